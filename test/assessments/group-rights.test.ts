import { expect } from 'chai'
import { mayOnAction } from '../../src/actions/action-policy.ts'
import type { Assessment, Group } from '../../src/assessments/assessment.ts'
import { mayOnSheet } from '../../src/assessments/assessment-policy.ts'
import { councilSeatsOf } from '../../src/assessments/council-seats.ts'
import { rightsFrom } from '../../src/assessments/group-rights-input.ts'
import { groupFaults, strandedBy, type OpenInGroup } from '../../src/assessments/group-rights-rules.ts'
import { changesBetween, whyNot } from '../../src/assessments/group-rights-words.ts'
import type { GroupRights, MemberTerms } from '../../src/assessments/group-rights.ts'
import { placeOf } from '../../src/assessments/open-sheet.ts'
import { groupUnder } from '../../src/assessments/take-new-version.ts'
import { mappingIndex } from '../../src/catalogue/mapping.ts'
import { may as mayOnEvidence } from '../../src/evidence/evidence-policy.ts'
import { mayFigure } from '../../src/figures/figure-policy.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import { GIVEN_DEEDS, type GroupDeed } from '../../src/kernel/group-seats.ts'
import { InvalidInput } from '../../src/kernel/refusals.ts'
import { mayOnMinutes } from '../../src/minutes/minutes-policy.ts'
import { actorFor } from '../../src/seats/actor-for.ts'
import { tasksOf } from '../../src/tasks/index.ts'
import { aDecision, anAssessment, criteriaFrom, office, SCHOOL, YEAR } from './assessment-builder.ts'
import { aGroup } from './council-builders.ts'

const TODAY = '2025-11-15'
const decided = { by: 'a', name: 'Thành Viên A', at: new Date('2025-11-10T02:00:00Z'), reason: 'Phân công lại.' }

const withRights = (own: Partial<GroupRights> = {}): Group =>
  aGroup({ rights: { deeds: GIVEN_DEEDS, terms: [], decided, ...own } })
const withTerms = (terms: Partial<MemberTerms>): Group =>
  withRights({ terms: [{ personId: 'x', role: 'write', ...terms }] })
const without = (deed: GroupDeed): Group => withRights({ deeds: GIVEN_DEEDS.filter(each => each !== deed) })
const withMore = (deed: GroupDeed): Group => withRights({ deeds: [...GIVEN_DEEDS, deed] })

const other = aGroup({
  id: 'nhom-2',
  name: 'Nhóm 2',
  lead: { personId: 'e', name: 'Thành Viên E', post: 'Giáo viên' },
  members: [{ personId: 'z', name: 'Giáo Viên Z', post: 'Giáo viên' }],
})

/** Nhóm 1 holds 1.1 and 1.2, Nhóm 2 holds 2.1; every sheet is being written. */
const at = (group: Group): Assessment =>
  anAssessment({
    groups: [group, other],
    criteria: criteriaFrom(aDecision('1.1'), aDecision('1.2'), aDecision('2.1', { groupId: 'nhom-2' })),
  })

/** Somebody of the school with the seats that this assessment gives on the day. */
const on = (day: string, group: Group, personId = 'x'): Actor =>
  actorFor({ id: personId, name: personId }, [office('staff'), ...councilSeatsOf(at(group), personId)], day)

const sheet = (code: string, group: Group, state: Assessment['state'] = 'working') => {
  const assessment = { ...at(group), state }
  return placeOf(assessment, aDecision(code, { groupId: code === '2.1' ? 'nhom-2' : 'nhom-1' }), TODAY)
}
const evidence = (criterion = '1.1', collectedBy = 'y') => ({
  dossier: {
    id: 'a',
    schoolId: SCHOOL,
    year: YEAR,
    ancestors: [],
    criteria: [
      { code: '1.1', groupId: 'nhom-1' },
      { code: '1.2', groupId: 'nhom-1' },
      { code: '2.1', groupId: 'nhom-2' },
    ],
  },
  criterion,
  collectedBy,
})
const figures = { schoolId: SCHOOL, year: YEAR, managerId: 'xa', chain: [SCHOOL, 'xa', 'so'] }

/** Every right that the chair can move, asked about 1.1 of Nhóm 1 (reading: about 2.1 of Nhóm 2). */
const RIGHTS = {
  write: (actor: Actor, group: Group) => mayOnSheet.write(actor, sheet('1.1', group)),
  draft: (actor: Actor, group: Group) => mayOnSheet.draft(actor, sheet('1.1', group)),
  handIn: (actor: Actor, group: Group) => mayOnSheet.handIn(actor, sheet('1.1', group)),
  confirm: (actor: Actor, group: Group) => mayOnSheet.confirm(actor, sheet('1.1', group)),
  readOthers: (actor: Actor, group: Group) => mayOnSheet.read(actor, sheet('2.1', group)),
  collect: (actor: Actor) => mayOnEvidence.collect(actor, evidence()),
  verify: (actor: Actor) => mayOnEvidence.verify(actor, evidence()),
  withdraw: (actor: Actor) => mayOnEvidence.withdraw(actor, evidence()),
  figures: (actor: Actor) => mayFigure.edit(actor, figures),
  action: (actor: Actor) => mayOnAction.report(actor, { schoolId: SCHOOL, year: YEAR, code: '1.1', groupId: 'nhom-1' }),
  minutes: (actor: Actor) =>
    mayOnMinutes.write(actor, { schoolId: SCHOOL, year: YEAR, groupId: 'nhom-1', kind: 'group' }),
} as const
type Right = keyof typeof RIGHTS

const granted = (actor: Actor, group: Group): readonly string[] =>
  Object.entries(RIGHTS).flatMap(([name, asks]) => (asks(actor, group) ? [name] : []))

const GIVEN: readonly Right[] = ['write', 'draft', 'handIn', 'readOthers', 'collect', 'action', 'minutes']
const LEAD: readonly Right[] = [...GIVEN, 'confirm']

const TABLE: readonly [who: string, actor: Actor, group: Group, may: readonly Right[]][] = [
  ['a member where nothing was decided', on(TODAY, aGroup()), aGroup(), GIVEN],
  ['a member of another group', on(TODAY, aGroup(), 'z'), aGroup(), ['readOthers']],
  ['a member on the first day', on('2025-11-15', withTerms({ from: '2025-11-15' })), withTerms({}), GIVEN],
  [
    'a member the day before the first',
    on('2025-11-14', withTerms({ from: '2025-11-15' })),
    withTerms({}),
    ['readOthers'],
  ],
  ['a member on the last day', on('2025-11-15', withTerms({ to: '2025-11-15' })), withTerms({}), GIVEN],
  ['a member the day after the last', on('2025-11-16', withTerms({ to: '2025-11-15' })), withTerms({}), ['readOthers']],
  ['a member who only reads', on(TODAY, withTerms({ role: 'read' })), withTerms({ role: 'read' }), ['readOthers']],
  ['a member with 1.1 alone', on(TODAY, withTerms({ criteria: ['1.1'] })), withTerms({}), GIVEN],
  ['a member with 1.2 alone', on(TODAY, withTerms({ criteria: ['1.2'] })), withTerms({}), ['readOthers', 'minutes']],
  [
    'a member where the lead hands in',
    on(TODAY, without('handIn')),
    without('handIn'),
    GIVEN.filter(r => r !== 'handIn'),
  ],
  [
    'a member kept to the own group',
    on(TODAY, without('readOthers')),
    without('readOthers'),
    GIVEN.filter(r => r !== 'readOthers'),
  ],
  [
    'a member who brings no evidence',
    on(TODAY, without('addEvidence')),
    without('addEvidence'),
    GIVEN.filter(r => r !== 'collect'),
  ],
  ['a member who checks', on(TODAY, withMore('verifyEvidence')), withMore('verifyEvidence'), [...GIVEN, 'verify']],
  [
    'a member who withdraws',
    on(TODAY, withMore('withdrawEvidence')),
    withMore('withdrawEvidence'),
    [...GIVEN, 'withdraw'],
  ],
  ['a member who writes figures', on(TODAY, withMore('writeFigures')), withMore('writeFigures'), [...GIVEN, 'figures']],
  ['the other group when this one checks', on(TODAY, withMore('verifyEvidence'), 'z'), aGroup(), ['readOthers']],
  ['the lead where nothing was decided', on(TODAY, aGroup(), 'd'), aGroup(), LEAD],
  ['the lead where members may nothing', on(TODAY, withRights({ deeds: ['write'] }), 'd'), aGroup(), LEAD],
  [
    'the lead with terms of an earlier time as member',
    on(TODAY, withRights({ terms: [{ personId: 'd', role: 'read' }] }), 'd'),
    aGroup(),
    LEAD,
  ],
  [
    'a former lead who only reads now',
    on(TODAY, aGroup({ ...withTerms({ role: 'read' }), lead: { personId: 'y', name: 'Y', post: '' } })),
    aGroup(),
    ['readOthers'],
  ],
  ['a former lead who left the group', on(TODAY, aGroup({ members: [] }), 'x'), aGroup(), ['readOthers']],
]

describe('rights of a working group and of its members', () => {
  for (const [who, actor, group, expected] of TABLE)
    it(`${who}: ${expected.join(', ')}`, () => {
      expect(granted(actor, group)).to.have.members([...expected])
    })

  it('let nobody of a group check what he or she brought', () => {
    const checker = on(TODAY, withMore('verifyEvidence'))
    expect(mayOnEvidence.verify(checker, evidence('1.1', 'x'))).to.equal(false)
    expect(mayOnEvidence.verify(checker, evidence('2.1'))).to.equal(false)
    expect(mayOnEvidence.verify(on(TODAY, withMore('verifyEvidence'), 'd'), evidence('1.1', 'd'))).to.equal(false)
  })

  it('keep somebody apart only while sheets are written, in that year, and never on the council', () => {
    const group = without('readOthers')
    expect(mayOnSheet.read(on(TODAY, group), sheet('1.2', group))).to.equal(true)
    for (const state of ['drafting', 'consulting', 'adopted'] as const)
      expect(mayOnSheet.read(on(TODAY, group), sheet('2.1', group, state)), state).to.equal(true)
    expect(mayOnSheet.read(on(TODAY, group), { ...sheet('2.1', group), year: '2024-2025' as typeof YEAR })).to.equal(
      true,
    )
    expect(mayOnSheet.read(on(TODAY, group, 'd'), sheet('2.1', group))).to.equal(true)
    const colleague = actorFor({ id: 'q', name: 'q' }, [office('staff')], TODAY)
    expect(mayOnSheet.read(colleague, sheet('2.1', group))).to.equal(true)
  })

  it('never begin before the council is in force', () => {
    const seats = councilSeatsOf(at(withTerms({ from: '2025-01-01', to: '2025-12-31' })), 'x')
    expect(seats.map(({ from, to }) => [from, to])).to.deep.equal([['2025-09-10', '2025-12-31']])
  })
})

describe('the decision on a group’s rights', () => {
  const codes = ['1.1', '1.2']
  const refusedAt = (body: object, group = aGroup()) => {
    try {
      rightsFrom(body, group, codes)
    } catch (error) {
      if (error instanceof InvalidInput) return Object.keys(error.fields)
      throw error
    }
    return []
  }

  it('reads the form; what everybody has is kept as no terms', () => {
    const form = rightsFrom(
      {
        'nhom-1.handIn': 'lead',
        'nhom-1.deeds': ['', 'addEvidence', 'hack'],
        'nhom-1.role.x': 'read',
        'nhom-1.to.x': '2025-12-01',
        'nhom-1.role.y': 'write',
        'nhom-1.criteria.y': ['', '1.1', '1.2'],
        'nhom-1.reason': '  Nghỉ thai sản ',
      },
      aGroup(),
      codes,
    )
    expect(form.deeds).to.deep.equal(['write', 'addEvidence'])
    expect(form.terms).to.deep.equal([{ personId: 'x', role: 'read', to: '2025-12-01' }])
    expect([form.reason, form.acknowledged, form.seen]).to.deep.equal(['Nghỉ thai sản', false, ''])
  })

  it('names every mistake at its field', () => {
    expect(
      refusedAt({
        'nhom-1.role.d': 'read',
        'nhom-1.from.x': '2025-12-02',
        'nhom-1.to.x': '2025-12-01',
        'nhom-1.from.y': 'ngày mai',
        'nhom-1.reason': 'x'.repeat(501),
      }),
    ).to.have.members(['nhom-1.role.d', 'nhom-1.to.x', 'nhom-1.from.y', 'nhom-1.reason'])
  })

  it('keeps the terms of who is not on the list now', () => {
    const group = withRights({ terms: [{ personId: 'da-di', role: 'read' }] })
    expect(rightsFrom({}, group, codes).terms).to.deep.equal([{ personId: 'da-di', role: 'read' }])
  })

  it('must leave somebody besides the lead who writes each criterion, and somebody who hands in', () => {
    const places = (group: Group) => groupFaults(group, codes, TODAY).map(fault => fault.at)
    const both = (terms: Partial<MemberTerms>) =>
      withRights({ terms: ['x', 'y'].map(personId => ({ personId, role: 'write', ...terms })) })
    expect(places(withTerms({ role: 'read' }))).to.deep.equal([])
    expect(places(both({ role: 'read' }))).to.deep.equal([{ member: 'x' }, { member: 'y' }])
    expect(places(both({ criteria: ['1.1'] }))).to.deep.equal([{ member: 'x' }, { member: 'y' }])
    expect(places(both({ to: '2025-11-14' }))).to.deep.equal([{ member: 'x' }, { member: 'y' }])
    expect(places(both({ from: '2025-12-01' }))).to.deep.equal([])
    const { lead: _lead, ...leaderless } = without('handIn')
    expect(places(leaderless)).to.deep.equal(['handIn'])
    expect(places(aGroup({ members: [] }))).to.deep.equal([])
  })

  it('follows a newer version of the criteria', () => {
    const index = mappingIndex({ rows: [{ kind: 'criterion', from: '1.1', to: ['1.3', '1.4'], how: 'split' }] })
    const terms = ['1.1', '1.2'].map(code => ({ personId: code, role: 'write' as const, criteria: [code] }))
    const moved = groupUnder({ ...withRights({ terms }), criteria: ['1.1', '1.2'] }, index)
    expect(moved.criteria).to.deep.equal(['1.3', '1.4'])
    expect(moved.rights?.terms).to.deep.equal([
      { personId: '1.1', role: 'write', criteria: ['1.3', '1.4'] },
      { personId: '1.2', role: 'write' },
    ])
    expect(moved.rights?.decided).to.deep.equal(decided)
  })

  it('says in words what it changes, and nothing when it changes nothing', () => {
    expect(changesBetween(aGroup(), withRights())).to.deep.equal([])
    const after = withRights({
      deeds: ['write', 'readOthers', 'addEvidence', 'verifyEvidence'],
      terms: [{ personId: 'x', role: 'read', from: '2025-11-01', to: '2025-11-30', criteria: ['1.1'] }],
    })
    expect(changesBetween(aGroup(), after)).to.deep.equal([
      'chỉ trưởng nhóm nộp phiếu',
      'Kiểm tra minh chứng do thành viên khác của nhóm nộp: có',
      'Giáo Viên X: chỉ xem, từ 01/11/2025 đến hết 30/11/2025, chỉ tiêu chí 1.1',
    ])
  })

  it('names the open work that it takes out of somebody’s hands', () => {
    const open: OpenInGroup = {
      decisions: [aDecision('1.1'), aDecision('1.2', { state: 'groupReview' })],
      authors: new Map([
        ['1.1', ['x']],
        ['1.2', ['x']],
      ]),
      expected: new Map([['1.1', 2]]),
      collected: new Map([['1.1', 3]]),
      sheetHref: code => `/phieu/${code}`,
    }
    const messages = (before: Group, after: Group) => strandedBy(before, after, open, TODAY).map(each => each.message)
    expect(messages(aGroup(), withTerms({ role: 'read' }))).to.deep.equal([
      'Phiếu tiêu chí 1.1 đang viết dở: Giáo Viên X sẽ không viết tiếp được.',
      'Tiêu chí 1.1 còn 2 minh chứng chờ thu thập: Giáo Viên X không ghi nhận được nữa.',
    ])
    expect(messages(aGroup(), withTerms({ to: '2025-11-20' }))[0]).to.equal(
      'Phiếu tiêu chí 1.1 đang viết dở: Giáo Viên X sẽ không viết tiếp được từ ngày 21/11/2025.',
    )
    expect(messages(aGroup(), without('handIn'))).to.deep.equal([
      'Phiếu tiêu chí 1.1 đang viết: Giáo Viên X không nộp được nữa, trưởng nhóm sẽ nộp.',
    ])
    expect(messages(withMore('verifyEvidence'), withRights())).to.deep.equal([
      'Tiêu chí 1.1 còn 3 minh chứng chờ kiểm tra: Giáo Viên X, Giáo Viên Y không kiểm tra được nữa.',
    ])
    expect(messages(aGroup(), withMore('verifyEvidence'))).to.deep.equal([])
  })

  const why = (group: Group, deed: GroupDeed, personId = 'x', day = TODAY) =>
    whyNot(at(group), personId, '1.1', deed, day)
  const BY = 'theo quyết định ngày 10/11/2025 của chủ tịch hội đồng Thành Viên A. Lý do: Phân công lại.'

  it('is told to whom it keeps from something, with chair, day and reason', () => {
    expect(why(withTerms({ to: '2025-11-14' }), 'write')).to.equal(
      `Thời gian bạn làm việc trong Nhóm 1 đã hết từ sau ngày 14/11/2025, ${BY}`,
    )
    expect(why(withTerms({ from: '2025-12-01' }), 'write')).to.equal(
      `Bạn làm việc trong Nhóm 1 từ ngày 01/12/2025, ${BY}`,
    )
    expect(why(withTerms({ role: 'read' }), 'write')).to.equal(`Bạn chỉ xem trong Nhóm 1, ${BY}`)
    expect(why(withTerms({ criteria: ['1.2'] }), 'write')).to.equal(`Trong Nhóm 1 bạn chỉ làm tiêu chí 1.2, ${BY}`)
    expect(why(without('handIn'), 'handIn')).to.equal(`Nhóm 1: chỉ trưởng nhóm nộp phiếu, ${BY}`)
    expect(why(withRights(), 'verifyEvidence')).to.equal(undefined)
    expect(why(withTerms({ role: 'read' }), 'write', 'y')).to.equal(undefined)
    expect(why(withTerms({ role: 'read' }), 'write', 'z')).to.equal(undefined)
    expect(why(withTerms({ role: 'read' }), 'write', 'd')).to.equal(undefined)
  })
})

describe('“Việc của tôi” under a decision on rights', () => {
  const workOf = (group: Group, personId = 'x', evidenceOf: readonly object[] = []) => {
    const assessment = at(group)
    const situation = {
      assessment: { ...assessment, criteria: criteriaFrom(aDecision('1.1'), aDecision('2.1', { groupId: 'nhom-2' })) },
      schoolName: 'Trường Tiểu học Hoa Sen',
      deadlines: {},
      evidence: evidenceOf.map(item => ({ state: 'collected', criterion: '1.1', ...item })),
      figures: { locked: true, reconciliation: 'confirmed' },
      ownComments: 0,
    }
    return tasksOf(on(TODAY, group, personId), TODAY, [situation])
  }
  const labels = (work: ReturnType<typeof workOf>) => work.mine.map(({ label }) => label)

  it('gives a reader nothing to write and says with whom the sheet lies', () => {
    const work = workOf(withTerms({ role: 'read' }))
    expect(labels(work)).to.deep.equal([])
    expect(work.waiting.map(({ label, who }) => [label, who])).to.deep.equal([
      ['Viết phiếu đánh giá tiêu chí 1.1', 'Thành Viên D, Giáo Viên Y'],
    ])
  })

  it('leaves the writing to members where only the lead hands in, and says who does', () => {
    const [task] = workOf(without('handIn')).mine
    expect([task?.label, task?.detail]).to.deep.equal([
      'Viết phiếu đánh giá tiêu chí 1.1',
      'Trưởng nhóm nộp phiếu, theo quyết định của chủ tịch hội đồng.',
    ])
  })

  it('gives who checks within the group the items of the group that others brought', () => {
    const items = [{ collectedBy: 'y' }, { collectedBy: 'x' }, { criterion: '2.1', collectedBy: 'y' }]
    const check = 'Kiểm tra minh chứng mới thu thập (1)'
    expect(labels(workOf(withMore('verifyEvidence'), 'x', items))).to.include(check)
    expect(labels(workOf(aGroup(), 'x', items))).to.not.include(check)
  })
})
