import { expect } from 'chai'
import { dueOn, type Assessment, type AssessmentState } from '../../src/assessments/index.ts'
import type { Actor, Seat } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { tasksOf, type Situation } from '../../src/tasks/index.ts'
import { tasksPage } from '../../src/tasks/tasks-page.ts'
import { aDecision, anAssessment, criteriaFrom, office, person, seatOf } from '../assessments/assessment-builder.ts'

const TODAY = '2025-11-15'

const aSituation = (assessment: Assessment, own: Partial<Situation> = {}): Situation => ({
  assessment,
  schoolName: 'Trường Tiểu học Hoa Sen',
  deadlines: { councilDue: '2025-09-15', planDue: '2025-09-22', adoptDue: '2026-03-20', submitDue: '2026-05-15' },
  evidence: [],
  figures: { locked: true, reconciliation: 'confirmed' },
  ownComments: 0,
  ...own,
})

const items = (state: string, count: number) => Array.from({ length: count }, () => ({ state, criterion: '1.1' }))

const mine = (actor: Actor, situation: Situation): readonly string[] =>
  tasksOf(actor, TODAY, [situation]).mine.map(task => task.label)

const HEAD: readonly Seat[] = [office('head'), seatOf('chair'), seatOf('councilMember')]
const VICE = [office('staff'), seatOf('viceChair'), seatOf('councilMember')]
const SECRETARY = [office('staff'), seatOf('secretary'), seatOf('councilMember')]
const SECRETARIAT = [office('staff'), seatOf('secretariat')]
const LEAD = [office('staff'), seatOf('groupLead', { groupId: 'nhom-1' }), seatOf('groupMember', { groupId: 'nhom-1' })]
const MEMBER = [office('staff'), seatOf('groupMember', { groupId: 'nhom-1' })]
const STAFF = [office('staff')]
const CLERK = [office('clerk')]
const EVERYBODY = { HEAD, VICE, SECRETARY, SECRETARIAT, LEAD, MEMBER, STAFF, CLERK }
type Who = keyof typeof EVERYBODY

const consulting = {
  openedOn: '2025-11-10',
  endsOn: '2025-12-01',
  comments: [{ id: 'c1', answered: false }],
}
const draftPlan = { version: 0, deadlines: {} }

/** What each seat finds in each state; a seat that is not named finds nothing. */
const TABLE: readonly {
  readonly when: string
  readonly state: AssessmentState
  readonly own?: Partial<Assessment>
  readonly more?: Partial<Situation>
  readonly finds: Readonly<Partial<Record<Who, readonly string[]>>>
}[] = [
  {
    when: 'no council has been appointed',
    state: 'preparing',
    own: { councilVersions: [], plan: draftPlan, groups: [], criteria: {} },
    finds: { HEAD: ['Lập danh sách hội đồng và ký quyết định thành lập'] },
  },
  {
    when: 'the council is in force and there is no group',
    state: 'preparing',
    own: { plan: draftPlan, groups: [], criteria: {} },
    finds: {
      HEAD: ['Phê duyệt kế hoạch tự đánh giá', 'Lập các nhóm công tác'],
      VICE: ['Soạn kế hoạch tự đánh giá trình chủ tịch'],
      SECRETARY: ['Lập các nhóm công tác', 'Soạn kế hoạch tự đánh giá trình chủ tịch'],
      SECRETARIAT: ['Soạn kế hoạch tự đánh giá trình chủ tịch'],
    },
  },
  {
    when: 'one sheet is being written and one waits for its lead',
    state: 'working',
    finds: {
      LEAD: ['Viết phiếu đánh giá tiêu chí 1.1', 'Xác nhận phiếu của nhóm, tiêu chí 1.2'],
      MEMBER: ['Viết phiếu đánh giá tiêu chí 1.1'],
    },
  },
  {
    when: 'a sheet lies with the council',
    state: 'working',
    own: { criteria: criteriaFrom(aDecision('1.1', { state: 'councilReview' })) },
    finds: { HEAD: ['Hội đồng thống nhất phiếu tiêu chí 1.1'] },
  },
  {
    when: 'a sheet lies with the council and the vice chair presides',
    state: 'working',
    own: {
      criteria: criteriaFrom(aDecision('1.1', { state: 'councilReview' })),
      presiding: { personId: 'nguoi', to: '2025-11-30' },
    },
    finds: {
      HEAD: ['Hội đồng thống nhất phiếu tiêu chí 1.1'],
      VICE: ['Hội đồng thống nhất phiếu tiêu chí 1.1'],
    },
  },
  {
    when: 'the authorisation of the vice chair has run out',
    state: 'working',
    own: {
      criteria: criteriaFrom(aDecision('1.1', { state: 'councilReview' })),
      presiding: { personId: 'nguoi', to: '2025-11-14' },
    },
    finds: { HEAD: ['Hội đồng thống nhất phiếu tiêu chí 1.1'] },
  },
  {
    when: 'evidence waits to be checked and coded',
    state: 'working',
    own: { criteria: criteriaFrom(aDecision('1.1', { state: 'councilReview', groupId: 'nhom-2' })) },
    more: { evidence: [...items('collected', 3), ...items('verified', 2), ...items('coded', 40)] },
    finds: {
      HEAD: ['Hội đồng thống nhất phiếu tiêu chí 1.1'],
      SECRETARIAT: ['Kiểm tra minh chứng mới thu thập (3)', 'Cấp mã minh chứng đã kiểm tra (2)'],
    },
  },
  {
    when: 'every sheet is agreed',
    state: 'working',
    own: { criteria: criteriaFrom(aDecision('1.1', { state: 'agreed' })) },
    finds: { HEAD: ['Bắt đầu viết báo cáo'], SECRETARY: ['Bắt đầu viết báo cáo'] },
  },
  {
    when: 'the report is being written',
    state: 'drafting',
    finds: {
      HEAD: ['Lấy ý kiến về dự thảo báo cáo', 'Viết phần chung của báo cáo'],
      VICE: ['Viết phần chung của báo cáo'],
      SECRETARY: ['Viết phần chung của báo cáo'],
      SECRETARIAT: ['Viết phần chung của báo cáo'],
    },
  },
  {
    when: 'comments are in and the figures are not settled',
    state: 'drafting',
    own: { consultation: { ...consulting, closedOn: '2025-11-12', comments: [] } },
    more: { figures: { locked: false, reconciliation: 'explained' } },
    finds: {
      HEAD: ['Họp hội đồng thông qua báo cáo', 'Xác nhận phiếu đối sánh số liệu', 'Rà soát và chốt số liệu Phần I'],
      VICE: ['Rà soát và chốt số liệu Phần I'],
      SECRETARY: ['Rà soát và chốt số liệu Phần I'],
      SECRETARIAT: ['Rà soát và chốt số liệu Phần I'],
    },
  },
  {
    when: 'the comment round runs and one comment is unanswered',
    state: 'consulting',
    own: { consultation: consulting },
    finds: {
      HEAD: ['Đọc dự thảo báo cáo và góp ý', 'Trả lời 1 ý kiến góp ý'],
      VICE: ['Đọc dự thảo báo cáo và góp ý'],
      SECRETARY: ['Đọc dự thảo báo cáo và góp ý', 'Trả lời 1 ý kiến góp ý'],
      SECRETARIAT: ['Đọc dự thảo báo cáo và góp ý'],
      LEAD: ['Đọc dự thảo báo cáo và góp ý'],
      MEMBER: ['Đọc dự thảo báo cáo và góp ý'],
      STAFF: ['Đọc dự thảo báo cáo và góp ý'],
      CLERK: ['Đọc dự thảo báo cáo và góp ý'],
    },
  },
  {
    when: 'the comment round is over and answered',
    state: 'consulting',
    own: { consultation: { ...consulting, endsOn: '2025-11-14', comments: [] } },
    finds: { SECRETARY: ['Kết thúc lấy ý kiến về dự thảo'] },
  },
  { when: 'the report is adopted', state: 'adopted', finds: { HEAD: ['Ký, đóng dấu và công bố báo cáo'] } },
  { when: 'the report is published', state: 'published', finds: { HEAD: ['Gửi báo cáo lên cơ quan quản lý'] } },
  { when: 'the report has been sent', state: 'submitted', finds: {} },
  {
    when: 'the report came back',
    state: 'returned',
    finds: { HEAD: ['Trả lời các nội dung bị yêu cầu hoàn thiện'] },
  },
  { when: 'the report is accepted and the year goes on', state: 'accepted', finds: {} },
  { when: 'the assessment is cancelled', state: 'cancelled', finds: {} },
]

const waiting = (seats: readonly Seat[], situation: Situation) =>
  tasksOf(person(...seats), TODAY, [situation]).waiting.map(({ label, who }) => [label, who])

describe('the tasks of a person', () => {
  for (const { when, state, own, more, finds } of TABLE)
    // The object above names every seat.
    for (const who of Object.keys(EVERYBODY) as Who[])
      it(`${who} when ${when}: ${finds[who]?.join(' | ') ?? 'nothing'}`, () => {
        const situation = aSituation(anAssessment({ state, ...own }), more)
        expect(mine(person(...EVERYBODY[who]), situation)).to.have.members([...(finds[who] ?? [])])
      })

  it('are none for who almost may: another year, another school, another group', () => {
    const lastYear = workingYear('2024-2025')
    const almost = [
      person(seatOf('chair', { year: lastYear }), seatOf('secretary', { year: lastYear })),
      person(seatOf('chair', { unitId: 'truong-khac' }), office('head', 'truong-khac')),
      person(seatOf('groupMember', { groupId: 'nhom-2' }), seatOf('groupLead', { groupId: 'nhom-2' })),
    ]
    const situation = aSituation(anAssessment(), { evidence: items('collected', 3) })
    for (const actor of almost) expect(mine(actor, situation)).to.deep.equal([])
  })

  it('end when the year is over, with the closing of the assessment', () => {
    const accepted = aSituation(anAssessment({ state: 'accepted' }))
    const labels = (today: string) => tasksOf(person(...HEAD), today, [accepted]).mine.map(task => task.label)
    expect(labels('2026-07-31')).to.deep.equal([])
    expect(labels('2026-08-01')).to.deep.equal(['Kết thúc đợt tự đánh giá'])
  })

  it('ask the chair for a supplement in the weeks before its last day, as long as there is none', () => {
    const deadlines = { supplementDue: '2026-06-30' }
    const labels = (today: string, own: Partial<Assessment> = {}) =>
      tasksOf(person(...HEAD), today, [
        aSituation(anAssessment({ state: 'accepted', ...own }), { deadlines }),
      ]).mine.map(({ label, due }) => [label, due?.day])
    const asked = [['Lập báo cáo bổ sung, nếu từ khi thông qua có thay đổi', '2026-06-30']]
    expect(labels('2026-05-15')).to.deep.equal([])
    expect(labels('2026-05-16')).to.deep.equal(asked)
    expect(labels('2026-06-30')).to.deep.equal(asked)
    expect(labels('2026-07-01')).to.deep.equal([])
    const supplements = [{ on: '2026-05-20', text: 'Có', changes: [], paperId: 'p' }]
    expect(labels('2026-06-01', { supplements })).to.deep.equal([])
  })

  it('name a returned sheet by itself, with reason and place', () => {
    const returned = {
      by: 'v',
      name: 'V',
      at: new Date(0),
      reason: 'Thiếu số liệu',
      anchor: 'mo-ta-1-a',
      from: 'group' as const,
    }
    const situation = aSituation(
      anAssessment({ criteria: criteriaFrom(aDecision('1.1', { returned }), aDecision('1.2'), aDecision('1.3')) }),
    )
    const [first, second] = tasksOf(person(...MEMBER), TODAY, [situation]).mine
    expect(first).to.deep.include({
      label: 'Sửa phiếu tiêu chí 1.1 bị trả lại',
      detail: 'Trưởng nhóm trả lại: Thiếu số liệu',
      href: `/danh-gia/${situation.assessment.id}/phieu/1.1#mo-ta-1-a`,
    })
    expect(second?.label).to.equal('Viết phiếu đánh giá tiêu chí (2)')
    expect(second?.sheets?.map(({ code }) => code)).to.deep.equal(['1.2', '1.3'])
  })

  it('come overdue first, then by date, those without a date last', () => {
    const late = aSituation(anAssessment({ plan: { version: 1, deadlines: { sheetDraftDue: '2025-11-01' } } }))
    const soon = aSituation(anAssessment({ id: 'b', state: 'published' }), { schoolName: 'B' })
    const work = tasksOf(
      person(...HEAD, ...MEMBER),
      TODAY,
      [soon, late],
      [
        {
          schoolId: 'c',
          schoolName: 'C',
          year: workingYear('2026-2027'),
          window: { from: '2026-08-15', to: '2026-09-30' },
        },
      ],
      [{ label: 'Việc khác', detail: '', href: '/khac', schoolName: 'D', year: workingYear('2025-2026') }],
    )
    expect(work.mine.map(task => task.due?.words)).to.deep.equal([
      'quá hạn 14 ngày',
      'còn 181 ngày',
      'còn 319 ngày',
      undefined,
    ])
    expect(work.mine[2]).to.deep.include({
      href: '/danh-gia?nam=2026-2027',
      detail: 'Thời gian mở đợt: 15/08/2026 – 30/09/2026.',
    })
  })

  it('asked for by the report and by a reporting period are one, under the earlier date', () => {
    const assessment = anAssessment({ state: 'drafting' })
    const situation = aSituation(assessment, { figures: { locked: true, reconciliation: 'none' } })
    const { schoolId, year } = assessment
    const href = `/so-lieu/doi-sanh?truong=${schoolId}&nam=${year}`
    const label = 'Lập phiếu đối sánh số liệu và giải trình'
    const due = dueOn('2025-11-20', TODAY)
    const further = [{ label, detail: '', href, schoolName: situation.schoolName, year, due }]
    const { mine: work } = tasksOf(person(...SECRETARY), TODAY, [situation], [], further)
    const asked = work.filter(task => task.label === label)
    expect(asked.map(task => [task.href, task.due?.day])).to.deep.equal([[href, '2025-11-20']])
  })

  it('lead who waits for the end of the comment round to where comments are still written', () => {
    const round = aSituation(anAssessment({ state: 'consulting', consultation: consulting }), { ownComments: 1 })
    const [task] = tasksOf(person(...STAFF), TODAY, [round]).waiting
    expect(task?.href).to.equal(`/danh-gia/${round.assessment.id}/gop-y`)
  })

  it('that are others’ are told with whom they wait for', () => {
    expect(waiting(MEMBER, aSituation(anAssessment()))).to.deep.equal([
      ['Xác nhận phiếu của nhóm, tiêu chí 1.2', 'trưởng nhóm công tác'],
    ])
    expect(waiting(STAFF, aSituation(anAssessment({ state: 'adopted' })))).to.deep.equal([
      ['Công bố báo cáo', 'hiệu trưởng'],
    ])
    expect(waiting([office('middleOfficer', 'xa')], aSituation(anAssessment()))).to.deep.equal([])
  })

  it('fill a page by school and year; an empty one says what comes next', () => {
    const actor = person(...STAFF)
    const empty = tasksPage(tasksOf(actor, TODAY, [aSituation(anAssessment({ state: 'adopted' }))]), actor.name)
    expect(empty.groups).to.deep.equal([])
    expect(empty.empty.text).to.equal('Tiếp theo: công bố báo cáo, chờ hiệu trưởng.')
    const full = tasksPage(tasksOf(person(...LEAD), TODAY, [aSituation(anAssessment())]), actor.name)
    expect(full.subtitle).to.equal('2 việc có thể làm ngay.')
    expect(full.groups.map(({ title }) => title)).to.deep.equal(['Trường Tiểu học Hoa Sen – năm học 2025-2026'])
  })
})
