import { expect } from 'chai'
import { StepRefused } from '../../src/kernel/refusals.ts'
import { isPossible, nextState } from '../../src/kernel/step.ts'
import {
  compare,
  reconciliationLife,
  type Reconciliation,
  type ReconciliationEvent,
  type ReconciliationFacts,
  type ReconciliationState,
} from '../../src/figures/index.ts'
import { rowsFor } from '../../src/figures/compared-rows.ts'
import { lacksOf, touchesReconciled } from '../../src/figures/reconciliation.ts'
import { soundThcs } from './some-figures.ts'

const LINKS = { form: '/so-lieu/doi-sanh', figures: '/so-lieu' }
const LEVELS = ['thcs'] as const
const decision = { number: '12/QĐ-UBND', day: '2025-08-01', issuer: 'UBND xã Suối Mây' }

/** Assigned exactly what is there, but for the changes. */
function assignedAsIs(changes: Readonly<Record<string, number>> = {}): Reconciliation['assigned'] {
  return compare(LEVELS, soundThcs(), undefined)
    .filter(row => row.of === undefined && row.current !== null)
    .map(row => ({ key: row.key, value: changes[row.key] ?? row.current ?? 0 }))
}

const lacking = (fields: Partial<Reconciliation>): readonly string[] => {
  const draft = {
    assigned: assignedAsIs(),
    explanations: [],
    planDecision: decision,
    staffDecision: decision,
    ...fields,
  }
  return lacksOf(compare(LEVELS, soundThcs(), draft), draft, LINKS).map(({ code }) => code)
}

describe('reconciling assigned with current numbers', () => {
  it('takes the current numbers from Phần I and sums the totals on both sides', () => {
    const rows = compare(LEVELS, soundThcs(), { assigned: assignedAsIs({ 'pupils.g6': 70 }), explanations: [] })
    const total = rows.find(row => row.key === 'pupils.total')
    expect(total).to.include({ assigned: 310, current: 320, difference: 10 })
    expect(rows.find(row => row.key === 'staff.all.total')).to.include({ assigned: 22, current: 22, difference: 0 })
  })

  it('asks for nothing more when all is as assigned', () => {
    expect(lacking({})).to.deep.equal([])
  })

  it('asks for the decisions behind assigned numbers', () => {
    const { planDecision: _plan, ...noPlan } = { planDecision: decision, staffDecision: decision }
    const draft = { assigned: assignedAsIs(), explanations: [], ...noPlan }
    const codes = lacksOf(compare(LEVELS, soundThcs(), draft), draft, LINKS).map(({ code }) => code)
    expect(codes).to.deep.equal(['planDecisionMissing'])
  })

  it('asks for every number on both sides', () => {
    expect(lacking({ assigned: assignedAsIs().filter(({ key }) => key !== 'classes.g6') })).to.deep.equal([
      'assignedMissing',
    ])
  })

  it('asks for a reason of each difference', () => {
    expect(lacking({ assigned: assignedAsIs({ 'pupils.g6': 79 }) })).to.deep.equal(['unexplained'])
    const explained = { key: 'pupils.g6', code: 'pupilsMoved', sentence: '' } as const
    expect(lacking({ assigned: assignedAsIs({ 'pupils.g6': 79 }), explanations: [explained] })).to.deep.equal([])
  })

  it('asks for a sentence from 10 % on and for “khác”, and for the mending of a wrong figure', () => {
    const assigned = assignedAsIs({ 'staff.teachers.total': 18 })
    const because = (code: 'notRecruited' | 'other' | 'wrongFigure', sentence = '') =>
      lacking({ assigned, explanations: [{ key: 'staff.teachers.total', code, sentence }] })
    expect(because('notRecruited')).to.deep.equal(['sentenceMissing'])
    expect(because('notRecruited', 'Thiếu nguồn tuyển môn Tin học.')).to.deep.equal([])
    expect(because('wrongFigure', 'Sửa.')).to.deep.equal(['figureToMend'])
    const small = assignedAsIs({ 'pupils.g7': 79 })
    expect(
      lacking({ assigned: small, explanations: [{ key: 'pupils.g7', code: 'other', sentence: '' }] }),
    ).to.deep.equal(['sentenceMissing'])
  })

  it('notices which changes of figures touch what was reconciled', () => {
    expect(touchesReconciled(LEVELS, soundThcs(), soundThcs({ 'pupils.g6': 81 }))).to.equal(true)
    expect(touchesReconciled(LEVELS, soundThcs(), soundThcs({ 'pupils.female': 151 }))).to.equal(false)
  })

  it('has the rows of blocks A to G', () => {
    expect(new Set(rowsFor(LEVELS).map(row => row.block))).to.deep.equal(new Set(['A', 'B', 'C', 'D', 'E', 'F', 'G']))
  })
})

describe('the life of a reconciliation', () => {
  const refused = Symbol('refused')
  type Cell = ReconciliationState | typeof refused
  const none = {
    explain: refused,
    confirm: refused,
    verify: refused,
    provinceVerify: refused,
    dispute: refused,
    redraft: refused,
  } as const
  const everyCell: Record<ReconciliationState, Record<ReconciliationEvent['type'], Cell>> = {
    drafting: { ...none, explain: 'explained' },
    explained: { ...none, confirm: 'confirmed', redraft: 'drafting' },
    confirmed: { ...none, verify: 'verified', dispute: 'disputed', redraft: 'drafting' },
    verified: { ...none, provinceVerify: 'provinceVerified', dispute: 'disputed' },
    provinceVerified: { ...none, dispute: 'disputed' },
    disputed: { ...none, redraft: 'drafting' },
  }
  const events: Record<ReconciliationEvent['type'], ReconciliationEvent> = {
    explain: { type: 'explain' },
    confirm: { type: 'confirm' },
    verify: { type: 'verify' },
    provinceVerify: { type: 'provinceVerify' },
    dispute: { type: 'dispute', reason: 'Số biên chế chưa đúng.' },
    redraft: { type: 'redraft', reason: 'Bổ sung quyết định.' },
  }
  const unmet = (count: number) => Array.from({ length: count }, () => ({ code: 'unexplained', message: 'Thiếu.' }))
  const step = (from: ReconciliationState, event: ReconciliationEvent, lacks = 0, scans = 0) =>
    nextState<ReconciliationState, ReconciliationFacts, ReconciliationEvent>(
      reconciliationLife,
      from,
      { lacks: unmet(lacks), scans: unmet(scans) },
      event,
    )

  for (const [from, row] of Object.entries(everyCell) as [ReconciliationState, (typeof everyCell)['drafting']][]) {
    for (const [type, to] of Object.entries(row) as [ReconciliationEvent['type'], Cell][]) {
      it(`${from} – ${type} → ${String(to)}`, () => {
        if (to === refused) expect(() => step(from, events[type])).to.throw(StepRefused)
        else expect(step(from, events[type])).to.equal(to)
        expect(isPossible(reconciliationLife, from, { lacks: [], scans: [] }, type)).to.equal(to !== refused)
      })
    }
  }

  it('neither explains nor confirms while something is lacking, and lists it', () => {
    expect(() => step('drafting', events.explain, 2))
      .to.throw(StepRefused)
      .with.property('unmet')
      .with.length(2)
    expect(() => step('explained', events.confirm, 1)).to.throw(StepRefused)
  })

  it('verifies only what can be checked against scans, and confirms without them', () => {
    expect(() => step('confirmed', events.verify, 0, 1)).to.throw(StepRefused)
    expect(step('explained', events.confirm, 0, 1)).to.equal('confirmed')
  })

  it('wants a reason for a dispute and a new draft', () => {
    expect(() => step('confirmed', { type: 'dispute', reason: '' })).to.throw(StepRefused)
    expect(() => step('explained', { type: 'redraft', reason: '' })).to.throw(StepRefused)
  })
})
