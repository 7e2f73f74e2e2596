import { expect } from 'chai'
import {
  CRITERION_VERSION,
  criterionLife,
  criterionMachine,
  type CriterionEvent,
  type CriterionFacts,
  type CriterionState,
  type IndicatorFacts,
} from '../../src/assessments/criterion-machine.ts'
import { criterionSteps } from '../../src/assessments/criterion-steps.ts'
import { TWO_THIRDS } from '../../src/assessments/vote.ts'
import { isPossible, nextState, unmetOf } from '../../src/kernel/step.ts'
import { expectOneLack, itStepsAs, machineArrows, statesWith, tableArrows, type WholeTable } from './whole-table.ts'

const anIndicator = (own: Partial<IndicatorFacts> = {}): IndicatorFacts => ({
  level: '1',
  code: 'a',
  lettered: true,
  applicable: true,
  analysed: true,
  verdict: 'met',
  codedCitations: 1,
  ...own,
})

const complete = (own: Partial<CriterionFacts> = {}): CriterionFacts => ({
  state: 'assigned',
  assessmentInWork: true,
  carriedOver: true,
  indicators: [
    anIndicator(),
    anIndicator({ code: 'b' }),
    anIndicator({ level: '2', verdict: 'notMet', codedCitations: 0 }),
  ],
  levelsClaimed: ['1'],
  levelsDescribed: ['1'],
  strengthsFilled: true,
  weaknessesFilled: true,
  actionCount: 1,
  lintErrors: [],
  authorIds: ['an', 'binh'],
  groupSize: 3,
  councilSize: 9,
  voteShare: TWO_THIRDS,
  namedInReturn: true,
  sheetHref: '/danh-gia/truong-mau.2025-2026/phieu/1.1',
  ...own,
})

const carried: CriterionEvent = {
  type: 'agree',
  decision: { kind: 'vote', votes: { for: 6, against: 1, other: 2, total: 9 } },
}

const events: { readonly [K in CriterionEvent['type']]: Extract<CriterionEvent, { type: K }> } = {
  analyse: { type: 'analyse' },
  draft: { type: 'draft' },
  handIn: { type: 'handIn' },
  returnToAuthor: { type: 'returnToAuthor', reason: 'Chưa nêu số liệu năm học này.', anchor: 'mo-ta-1-a' },
  confirm: { type: 'confirm', by: 'binh' },
  returnToGroup: { type: 'returnToGroup', reason: 'Điểm yếu chưa sát.' },
  agree: carried,
  reopen: { type: 'reopen', reason: 'Có thêm minh chứng.' },
  freeze: { type: 'freeze' },
  thaw: { type: 'thaw' },
}

const no = 'refused'
const nothing: Readonly<Record<CriterionEvent['type'], 'refused'>> = {
  analyse: no,
  draft: no,
  handIn: no,
  returnToAuthor: no,
  confirm: no,
  returnToGroup: no,
  agree: no,
  reopen: no,
  freeze: no,
  thaw: no,
}
const table: WholeTable<CriterionState, CriterionEvent['type']> = {
  assigned: { ...nothing, analyse: 'analysing', draft: 'drafting' },
  analysing: { ...nothing, draft: 'drafting' },
  drafting: { ...nothing, handIn: 'groupReview' },
  groupReview: { ...nothing, returnToAuthor: 'drafting', confirm: 'councilReview' },
  councilReview: { ...nothing, returnToGroup: 'drafting', agree: 'agreed' },
  agreed: { ...nothing, reopen: 'drafting', freeze: 'frozen' },
  frozen: { ...nothing, thaw: 'agreed' },
}

describe('criterion machine', () => {
  itStepsAs(criterionLife, table, events, state => complete({ state }))

  it('has the same steps as the table that policies and drawings read', () => {
    expect(tableArrows(criterionSteps)).to.deep.equal(machineArrows(criterionMachine))
  })

  it('carries the version that is stored beside each state', () => {
    expect(criterionMachine.version).to.equal(CRITERION_VERSION)
  })

  describe('names exactly what is missing', () => {
    const lacking: readonly [string, Partial<CriterionFacts>, CriterionEvent][] = [
      ['notCarriedOver', { carriedOver: false }, events.draft],
      ['indicatorNotAnalysed', { state: 'analysing', indicators: [anIndicator({ analysed: false })] }, events.draft],
      ['indicatorUnanswered', { indicators: [anIndicator({ verdict: 'notApplicable' })] }, events.handIn],
      ['levelNotDescribed', { levelsDescribed: [] }, events.handIn],
      ['metWithoutEvidence', { indicators: [anIndicator({ codedCitations: 0 })] }, events.handIn],
      ['strengthsEmpty', { strengthsFilled: false }, events.handIn],
      ['weaknessesEmpty', { weaknessesFilled: false }, events.handIn],
      ['actionMissing', { actionCount: 0 }, events.handIn],
      ['reasonMissing', {}, { ...events.returnToAuthor, reason: '  ' }],
      ['anchorMissing', {}, { type: 'returnToAuthor', reason: 'Chưa rõ.' }],
      ['onlyAuthorConfirms', { authorIds: ['binh'] }, events.confirm],
      ['lintError', { lintErrors: [{ message: 'Chưa có mô tả.', anchor: 'mo-ta-1-a' }] }, events.confirm],
      ['reasonMissing', {}, { type: 'returnToGroup', reason: '' }],
      ['decisionMissing', {}, { type: 'agree' }],
      ['minutesNotSigned', {}, { type: 'agree', decision: { kind: 'minutes', minutesId: 'bb-1', signed: false } }],
      [
        'votesTooFew',
        {},
        { type: 'agree', decision: { kind: 'vote', votes: { for: 5, against: 0, other: 4, total: 9 } } },
      ],
      [
        'votesDoNotAddUp',
        {},
        { type: 'agree', decision: { kind: 'vote', votes: { for: 6, against: 0, other: 0, total: 9 } } },
      ],
      [
        'votesOfOtherCouncil',
        {},
        { type: 'agree', decision: { kind: 'vote', votes: { for: 7, against: 0, other: 0, total: 7 } } },
      ],
      ['assessmentNotInWork', { assessmentInWork: false }, events.reopen],
      ['reasonMissing', {}, { type: 'reopen', reason: '' }],
      ['notNamedInReturn', { namedInReturn: false }, events.thaw],
    ]
    for (const [code, own, event] of lacking)
      it(`${event.type}: ${code}`, () => {
        const facts = complete(own)
        // `draft` asks for something else from each of its two states.
        const states = event.type === 'draft' ? [facts.state] : statesWith(table, event.type)
        expectOneLack(criterionLife, states, facts, event, code)
      })
  })

  it('lists every indicator without an answer, each with its place on the sheet', () => {
    const { verdict: _, ...unanswered } = anIndicator({ codedCitations: 0 })
    const facts = complete({
      indicators: [unanswered, { ...unanswered, code: 'b' }, { ...unanswered, applicable: false }],
    })
    expect(
      unmetOf(criterionLife.conditions, facts, events.handIn).map(item => [item.message, item.href]),
    ).to.deep.equal([
      ['Mức 1, chỉ báo a chưa được đánh giá Đạt hay Không đạt.', `${facts.sheetHref}#tu-danh-gia-1-a`],
      ['Mức 1, chỉ báo b chưa được đánh giá Đạt hay Không đạt.', `${facts.sheetHref}#tu-danh-gia-1-b`],
    ])
  })

  it('lets the lead confirm alone when the group is one person', () => {
    const facts = complete({ groupSize: 1, authorIds: ['binh'] })
    expect(nextState(criterionLife, 'groupReview', facts, events.confirm)).to.equal('councilReview')
  })

  it('takes signed minutes in place of a vote', () => {
    const event: CriterionEvent = { type: 'agree', decision: { kind: 'minutes', minutesId: 'bb-1', signed: true } }
    expect(nextState(criterionLife, 'councilReview', complete({ state: 'councilReview' }), event)).to.equal('agreed')
  })

  it('does not ask a carried-over sheet for its analysis again, but one that is being analysed', () => {
    const indicators = [anIndicator({ analysed: false })]
    expect(nextState(criterionLife, 'assigned', complete({ indicators }), events.draft)).to.equal('drafting')
    expect(() =>
      nextState(criterionLife, 'analysing', complete({ state: 'analysing', indicators }), events.draft),
    ).to.throw('còn thiếu điều kiện')
  })

  it('offers a step whose conditions are not met, and not one that the state lacks', () => {
    const facts = complete({ state: 'drafting', strengthsFilled: false })
    expect(isPossible(criterionLife, 'drafting', facts, 'handIn')).to.equal(true)
    expect(isPossible(criterionLife, 'drafting', facts, 'agree')).to.equal(false)
  })
})
