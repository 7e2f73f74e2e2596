import { expect } from 'chai'
import type { AssessmentEvent, AssessmentState } from '../../src/assessments/assessment-machine.ts'
import { assessmentTabs, opensEvidence } from '../../src/assessments/assessment-tabs.ts'
import { eventName } from '../../src/assessments/assessment-words.ts'
import { deadlineLines, dueOn } from '../../src/assessments/deadlines.ts'
import { historyLines } from '../../src/assessments/history-page.ts'
import { nextTurn, stepsOffered } from '../../src/assessments/offered-steps.ts'
import { progressBoard } from '../../src/assessments/progress-board.ts'
import { sevenSteps } from '../../src/assessments/seven-steps.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { aDecision, anAssessment, criteriaFrom, facts, office, person, seatOf } from './assessment-builder.ts'

const TODAY = '2025-11-15'
const CHAIR = person(office('head'), seatOf('chair'), seatOf('councilMember'))

describe('where an assessment stands', () => {
  it('offers evidence and the records of meetings only to those who may open them, and marks the screen shown', () => {
    const assessment = anAssessment()
    const tabs = (minutes: boolean, path = '') => assessmentTabs(assessment, path, { minutes, evidence: !minutes })
    expect(tabs(true).map(tab => tab.label)).to.include('Biên bản')
    expect(tabs(false).map(tab => tab.label))
      .to.include('Giấy tờ')
      .and.not.include('Biên bản')
    expect(tabs(true).map(tab => tab.label)).to.not.include('Minh chứng')
    expect(opensEvidence(CHAIR, assessment)).to.equal(true)
    expect(opensEvidence(person(office('staff')), assessment), 'staff without a seat').to.equal(false)
    const [council] = tabs(true, `/danh-gia/${assessment.id}/hoi-dong`).filter(tab => tab.current)
    expect(council?.label).to.equal('Hội đồng')
  })

  it('marks done, current and coming steps', () => {
    const standing = sevenSteps(anAssessment()).map(step => step.standing)
    expect(standing).to.deep.equal(['done', 'done', 'current', 'current', 'ahead', 'ahead', 'ahead'])
    const adopted = sevenSteps(
      anAssessment({
        state: 'adopted',
        criteria: criteriaFrom(aDecision('1.1', { state: 'frozen' })),
        report: {
          version: 1,
          adopted: {
            by: 'a',
            name: 'A',
            at: new Date(0),
            on: '2026-03-20',
            votes: { for: 7, against: 0, other: 0, total: 7 },
            minutes: '05/BB',
            level: 2,
            paperId: 'p',
            sha256: 'h',
          },
        },
      }),
    )
    expect(adopted.map(step => step.standing)).to.deep.equal([
      'done',
      'done',
      'done',
      'done',
      'done',
      'current',
      'ahead',
    ])
    expect(adopted[4]?.note).to.equal('Thông qua 20/03/2026')
  })

  it('leads to no screen of a step that has not come yet', () => {
    const preparing = sevenSteps(
      anAssessment({ state: 'preparing', councilVersions: [], plan: { version: 0, deadlines: {} }, criteria: {} }),
    )
    expect(preparing.filter(step => step.href !== undefined).map(step => step.no)).to.deep.equal([1])
  })

  it('counts the days to a deadline, the day itself and the days past it', () => {
    expect(dueOn('2025-11-20', TODAY)).to.deep.equal({ day: '2025-11-20', state: 'soon', words: 'còn 5 ngày' })
    expect(dueOn(TODAY, TODAY).words).to.equal('hạn hôm nay')
    expect(dueOn('2025-11-12', TODAY)).to.deep.include({ state: 'overdue', words: 'quá hạn 3 ngày' })
    expect(dueOn('2026-05-15', TODAY).state).to.equal('ahead')
  })

  it('shows a deadline as kept once the record says so, and takes those of the plan before those of the settings', () => {
    const lines = deadlineLines(anAssessment(), { councilDue: '2025-09-15', sheetDraftDue: '2025-10-01' }, TODAY)
    expect(lines.map(({ key, printed, done }) => [key, printed, done])).to.deep.equal([
      ['councilDue', '15/09/2025', true],
      ['sheetDraftDue', '20/11/2025', false],
    ])
  })

  it('puts each sheet under its group and state and finds the late ones', () => {
    const late = { analysisDue: '2025-10-01', sheetDraftDue: '2025-11-20' }
    const assessment = anAssessment({
      criteria: criteriaFrom(
        aDecision('1.10', { state: 'assigned' }),
        aDecision('1.2'),
        aDecision('1.1', { state: 'agreed' }),
        { code: '2.1', state: 'assigned', rev: 1, answers: {}, authors: [] },
      ),
    })
    const board = progressBoard(assessment, late, TODAY)
    expect(board).to.deep.include({ done: 1, total: 4, late: 2 })
    expect(board.rows.map(row => [row.name, row.cells.map(cell => cell.map(chip => chip.code).join())])).to.deep.equal([
      ['Nhóm 1', ['1.10', '1.2', '', '', '1.1']],
      ['Chưa giao nhóm', ['2.1', '', '', '', '']],
    ])
    expect(board.rows[0]?.cells[0]?.[0]?.words).to.equal('Đã phân công, quá hạn')
  })
})

const offered = (actor: Actor, state: AssessmentState): readonly AssessmentEvent['type'][] => {
  const assessment = anAssessment({ state })
  return stepsOffered(actor, assessment, facts(assessment)).map(step => step.event)
}

describe('the steps that an assessment offers', () => {
  const forTheChair: Readonly<Record<AssessmentState, readonly AssessmentEvent['type'][]>> = {
    preparing: ['approvePlan', 'cancel'],
    working: ['startReport', 'reviseCouncil', 'revisePlan'],
    drafting: ['openComments', 'adopt', 'reviseCouncil', 'reopenSheet'],
    consulting: ['reviseCouncil'],
    adopted: ['publish'],
    published: ['submit'],
    submitted: ['recall'],
    returned: ['resume'],
    accepted: ['close'],
    closed: [],
    cancelled: [],
  }
  // The table above names every state.
  for (const state of Object.keys(forTheChair) as AssessmentState[])
    it(`offers the chair in ${state}: ${forTheChair[state].join(', ') || 'nothing'}`, () => {
      expect(offered(CHAIR, state)).to.deep.equal(forTheChair[state])
    })

  it('offers nothing to the chair of another year or school, nor to staff without a seat', () => {
    const otherYear = person(seatOf('chair', { year: workingYear('2024-2025') }))
    const otherSchool = person(seatOf('chair', { unitId: 'truong-khac' }), office('head', 'truong-khac'))
    for (const who of [otherYear, otherSchool, person(office('staff'))])
      for (const state of ['preparing', 'working', 'drafting', 'adopted', 'returned'] as const)
        expect(offered(who, state)).to.deep.equal([])
  })

  it('offers to appoint the council while the plan is not approved', () => {
    const assessment = anAssessment({ state: 'preparing', plan: { version: 0, deadlines: {} }, councilVersions: [] })
    const steps = stepsOffered(CHAIR, assessment, facts(assessment))
    expect(steps.map(({ event, primary }) => [event, primary])).to.deep.equal([
      ['appointCouncil', true],
      ['cancel', false],
    ])
  })

  it('names what is missing besides what the form asks for', () => {
    const assessment = anAssessment()
    const [start] = stepsOffered(CHAIR, assessment, facts(assessment))
    expect(start?.unmet.map(({ href }) => href)).to.deep.equal([
      `/danh-gia/${assessment.id}/phieu/1.1`,
      `/danh-gia/${assessment.id}/phieu/1.2`,
    ])
    const drafting = anAssessment({ state: 'drafting' })
    const adopt = stepsOffered(
      CHAIR,
      drafting,
      facts(drafting, { figures: { locked: false, reconciliation: 'drafting' } }),
    ).find(({ event }) => event === 'adopt')
    expect(adopt?.unmet.map(({ code }) => code)).to.deep.equal(['reconciliationNotConfirmed', 'figuresNotLocked'])
  })

  it('says whose turn it is', () => {
    expect(nextTurn(anAssessment({ state: 'consulting' }))?.who).to.equal('thư ký hội đồng')
    expect(nextTurn(anAssessment({ state: 'submitted' }))?.who).to.equal('cơ quan quản lý trực tiếp')
    expect(nextTurn(anAssessment({ state: 'closed' }))).to.equal(undefined)
  })
})

describe('the journal in words', () => {
  it('has words for what is written beside the machines', () => {
    for (const event of [
      'confirmReview',
      'moveSheets',
      'dropPlanPin',
      'answerIndicator',
      'beginReading',
      'setGroupRights',
    ])
      expect(eventName(event)).to.not.equal(event)
  })

  it('tells event, person with seats, change, reason and the facts that matter', () => {
    const [returned, answered, adopted] = historyLines([
      {
        id: '1',
        at: new Date('2025-11-15T02:41:00Z'),
        by: { personId: 'v', name: 'Vàng Văn Mẫu', seats: ['groupLead'] },
        unitId: 'x',
        subject: { kind: 'assessment', id: 'x', part: '1.3' },
        event: 'returnToAuthor',
        from: 'groupReview',
        to: 'drafting',
        reason: 'Thiếu số liệu',
      },
      {
        id: '2',
        at: new Date('2025-11-15T02:41:00Z'),
        by: { personId: 'v', name: 'Vàng Văn Mẫu', seats: [] },
        unitId: 'x',
        subject: { kind: 'assessment', id: 'x', part: '1.3' },
        event: 'answerIndicator',
        to: 'met',
        facts: { level: '2', indicator: 'a' },
      },
      {
        id: '3',
        at: new Date('2025-11-15T02:41:00Z'),
        by: { personId: 'a', name: 'Quàng Thị Mẫu', seats: ['head', 'chair'] },
        unitId: 'x',
        subject: { kind: 'assessment', id: 'x' },
        event: 'adopt',
        from: 'drafting',
        to: 'adopted',
        facts: { level: 2, votes: { for: 6, against: 1, other: 0, total: 7 }, paper: 'p', sha256: 'h' },
      },
    ])
    expect(returned).to.deep.equal({
      when: '09:41 ngày 15/11/2025',
      what: 'Trả lại người viết – tiêu chí 1.3',
      who: 'Vàng Văn Mẫu (trưởng nhóm công tác)',
      detail: 'Chờ trưởng nhóm xác nhận → Đang viết phiếu · Lý do: Thiếu số liệu',
      tone: 'orange',
    })
    expect(answered?.detail).to.contain('Chỉ báo a Mức 2: Đạt')
    expect(adopted?.detail).to.equal('Đang viết báo cáo → Hội đồng đã thông qua · Mức 2, 6/7 phiếu tán thành')
  })
})
