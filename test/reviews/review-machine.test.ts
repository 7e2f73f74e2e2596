import { expect } from 'chai'
import {
  REVIEW_VERSION,
  reviewLife,
  reviewMachine,
  reviewSteps,
  type ReviewEvent,
  type ReviewFacts,
  type ReviewState,
} from '../../src/reviews/review-machine.ts'
import { unmetOf } from '../../src/kernel/step.ts'
import {
  expectOneLack,
  itStepsAs,
  machineArrows,
  statesWith,
  tableArrows,
  type WholeTable,
} from '../assessments/whole-table.ts'

const TODAY = '2026-05-18'

/** Facts under which a step lacks nothing: a return wants something to be mended, an acceptance nothing. */
const facts = (own: Partial<ReviewFacts> = {}): ReviewFacts => ({
  today: TODAY,
  fixes: 0,
  openQuestions: [],
  reconciliation: 'verified',
  reconciliationHref: '/so-lieu/doi-sanh',
  formLacks: [],
  recognised: false,
  inProvinceHands: false,
  ...own,
})

const events: { readonly [K in ReviewEvent['type']]: Extract<ReviewEvent, { type: K }> } = {
  recall: { type: 'recall' },
  begin: { type: 'begin' },
  ask: { type: 'ask', text: 'Số lớp lấy từ đâu?', anchored: true },
  return: { type: 'return', number: '12/UBND', date: TODAY, due: '2026-06-01' },
  receiveAgain: { type: 'receiveAgain' },
  accept: { type: 'accept', number: '14/TB-UBND', date: TODAY },
  forward: { type: 'forward', ground: 'period', number: '20/UBND', date: TODAY },
  provinceReturn: { type: 'provinceReturn', reason: 'Thiếu bản ký.', due: '2026-06-01' },
  withdrawAcceptance: { type: 'withdrawAcceptance', reason: 'Phát hiện số liệu sai.' },
  takeOver: { type: 'takeOver', ground: 'noOfficer', number: '5/QĐ-SGDĐT', date: TODAY },
}

const no = 'refused'
const nothing: Readonly<Record<ReviewEvent['type'], 'refused'>> = {
  recall: no,
  begin: no,
  ask: no,
  return: no,
  receiveAgain: no,
  accept: no,
  forward: no,
  provinceReturn: no,
  withdrawAcceptance: no,
  takeOver: no,
}

/** `return` has its own facts below: what lets a report be returned keeps it from being accepted. */
const table: WholeTable<ReviewState, ReviewEvent['type']> = {
  received: { ...nothing, recall: 'recalled', begin: 'underReview', takeOver: 'received' },
  recalled: { ...nothing, receiveAgain: 'received' },
  underReview: { ...nothing, ask: 'underReview', return: 'returned', accept: 'accepted', takeOver: 'underReview' },
  returned: { ...nothing, receiveAgain: 'received' },
  accepted: { ...nothing, forward: 'forwarded', withdrawAcceptance: 'underReview' },
  forwarded: { ...nothing, provinceReturn: 'returned', withdrawAcceptance: 'underReview' },
}

const only = (kept: ReviewEvent['type']) =>
  // Rows keep the one event that is tried; the others stay as they are in the table.
  Object.fromEntries(
    Object.entries(table).map(([state, row]) => [state, { [kept]: row[kept] }]),
  ) as unknown as typeof table

const without = (dropped: ReviewEvent['type']) =>
  Object.fromEntries(
    Object.entries(table).map(([state, row]) => [
      state,
      Object.fromEntries(Object.entries(row).filter(([event]) => event !== dropped)),
    ]),
  ) as unknown as typeof table

describe('review machine', () => {
  describe('with nothing left to be mended', () => itStepsAs(reviewLife, without('return'), events, () => facts()))
  describe('with something to be mended', () =>
    itStepsAs(reviewLife, only('return'), events, () => facts({ fixes: 2 })))

  it('has the same steps as the table that policies and drawings read', () => {
    expect(tableArrows(reviewSteps)).to.deep.equal(machineArrows(reviewMachine))
  })

  it('carries the version that is stored beside each state', () => {
    expect(reviewMachine.version).to.equal(REVIEW_VERSION)
  })

  describe('names exactly what is missing', () => {
    const lacking: readonly [string, ReviewFacts, ReviewEvent][] = [
      ['anchorMissing', facts(), { ...events.ask, anchored: false }],
      ['textMissing', facts(), { ...events.ask, text: ' ' }],
      ['fixesMissing', facts(), events.return],
      ['numberMissing', facts({ fixes: 1 }), { ...events.return, number: '' }],
      ['dateMissing', facts({ fixes: 1 }), { type: 'return', number: '12', due: TODAY }],
      ['dueMissing', facts({ fixes: 1 }), { type: 'return', number: '12', date: TODAY }],
      ['dueInPast', facts({ fixes: 1 }), { ...events.return, due: '2026-05-17' }],
      ['fixesOpen', facts({ fixes: 1 }), events.accept],
      [
        'questionOpen',
        facts({ openQuestions: [{ code: 'questionOpen', message: 'Câu hỏi chưa khép.' }] }),
        events.accept,
      ],
      ['reconciliationNotVerified', facts({ reconciliation: 'confirmed' }), events.accept],
      ['sheetsOpen', facts({ formLacks: [{ code: 'sheetsOpen', message: 'Phiếu 1.1 chưa xong.' }] }), events.accept],
      ['numberMissing', facts(), { ...events.accept, number: '' }],
      ['dateMissing', facts(), { type: 'accept', number: '14' }],
      ['groundMissing', facts(), { ...events.forward, ground: '' }],
      ['numberMissing', facts(), { ...events.forward, number: '' }],
      ['dateMissing', facts(), { type: 'forward', ground: 'external', number: '20' }],
      ['reasonMissing', facts(), { ...events.provinceReturn, reason: '' }],
      ['dueMissing', facts(), { type: 'provinceReturn', reason: 'Thiếu bản ký.' }],
      ['dueInPast', facts(), { ...events.provinceReturn, due: '2026-05-01' }],
      ['reasonMissing', facts(), { type: 'withdrawAcceptance', reason: '' }],
      ['recognised', facts({ recognised: true }), events.withdrawAcceptance],
      ['alreadyThere', facts({ inProvinceHands: true }), events.takeOver],
      ['groundMissing', facts(), { ...events.takeOver, ground: 'vacation' }],
      ['numberMissing', facts(), { ...events.takeOver, number: '' }],
      ['dateMissing', facts(), { type: 'takeOver', ground: 'merger', number: '5' }],
    ]
    for (const [code, given, event] of lacking)
      it(`${event.type}: ${code}`, () => {
        expectOneLack(reviewLife, statesWith(table, event.type), given, event, code)
      })
  })

  it('accepts where the school was asked for no reconciliation', () => {
    expect(unmetOf(reviewLife.conditions, facts({ reconciliation: 'none' }), events.accept)).to.deep.equal([])
  })
})
