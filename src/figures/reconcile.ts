import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { StaleWrite, StepRefused } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { entryOf } from '../organisations/index.ts'
import { mustBeAllowed, placeFor, type FigureNeeds } from './figure-access.ts'
import { valuesOf, type FigureYear } from './figure-year.ts'
import {
  RECONCILIATION_VERSION,
  reconciliationLife,
  type ReconciliationEvent,
  type ReconciliationFacts,
} from './reconciliation-machine.ts'
import { compare, lacksOf, rowsFor, type Reconciliation, type ReconciliationState } from './reconciliation.ts'

export type ReconciliationDraft = Pick<Reconciliation, 'assigned' | 'explanations' | 'planDecision' | 'staffDecision'>

export const BLANK_RECONCILIATION: Reconciliation = {
  state: 'drafting',
  machine: RECONCILIATION_VERSION,
  assigned: [],
  explanations: [],
}

const STALE = 'Phiếu đối sánh vừa được người khác sửa.'

/** What stands between this school's reconciliation and the next step. */
export const factsOf = (levels: Parameters<typeof compare>[0], figures: FigureYear): ReconciliationFacts => {
  const reconciliation = figures.reconciliation ?? BLANK_RECONCILIATION
  const address = new URLSearchParams({ truong: figures.schoolId, nam: figures.year }).toString()
  const links = { form: `/so-lieu/doi-sanh?${address}`, figures: `/so-lieu?${address}` }
  return { lacks: lacksOf(compare(levels, valuesOf(figures), reconciliation), reconciliation, links) }
}

export interface Asked {
  readonly schoolId: string
  readonly year: WorkingYear
  /** Revision of the school year's document that the person saw. */
  readonly seenRev: number
}

/** Keeps assigned numbers, decisions and explanations while the reconciliation is a draft. */
export const saveReconciliation =
  (needs: FigureNeeds) =>
  async (actor: Actor, { schoolId, year, seenRev }: Asked, draft: ReconciliationDraft): Promise<FigureYear> => {
    const { school, target } = await placeFor(needs, actor, schoolId, year)
    mustBeAllowed(actor, 'edit', target, 'Không được sửa phiếu đối sánh.')
    const before = await needs.figures.of(schoolId, year)
    const current = before.reconciliation ?? BLANK_RECONCILIATION
    if (current.state !== 'drafting')
      throw new StepRefused('Phiếu đối sánh đã hoàn thành giải trình. Hãy mở lại phiếu trước khi sửa.')
    if (before.rev !== seenRev) throw new StaleWrite(STALE)
    const keys = new Set(rowsFor(school.school.levels).map(row => row.key))
    const reconciliation: Reconciliation = {
      ...draft,
      state: 'drafting',
      machine: RECONCILIATION_VERSION,
      assigned: draft.assigned.filter(({ key }) => keys.has(key)),
      explanations: draft.explanations.filter(({ key }) => keys.has(key)),
    }
    const entry = entryOf({ actor, at: needs.now() }, before.rev + 1, {
      unitId: schoolId,
      year,
      subject: { kind: 'figures', id: before.id, part: 'reconciliation' },
      event: 'saveReconciliation',
      facts: { assigned: reconciliation.assigned, explanations: reconciliation.explanations },
    })
    return needs.figures.save(before, { reconciliation }, entry)
  }

/** Takes one step of the reconciliation's life (process § 14.8). */
export const stepReconciliation =
  (needs: FigureNeeds) =>
  async (actor: Actor, { schoolId, year, seenRev }: Asked, event: ReconciliationEvent): Promise<FigureYear> => {
    const { school, target } = await placeFor(needs, actor, schoolId, year)
    mustBeAllowed(actor, event.type, target, `Không được ${reconciliationLife.eventNames[event.type].toLowerCase()}.`)
    const before = await needs.figures.of(schoolId, year)
    const current = before.reconciliation ?? BLANK_RECONCILIATION
    const state = nextState<ReconciliationState, ReconciliationFacts, ReconciliationEvent>(
      reconciliationLife,
      current.state,
      factsOf(school.school.levels, before),
      event,
    )
    if (before.rev !== seenRev) throw new StaleWrite(STALE)
    const reason = 'reason' in event ? event.reason : undefined
    const by = { actor, at: needs.now(), ...(reason === undefined ? {} : { reason }) }
    const entry = entryOf(by, before.rev + 1, {
      unitId: schoolId,
      year,
      subject: { kind: 'figures', id: before.id, part: 'reconciliation' },
      event: event.type,
      from: current.state,
      to: state,
    })
    const reconciliation = { ...current, state, ...signatureOf(event, actor, dayOf(needs.now())) }
    return needs.figures.save(before, { reconciliation }, entry)
  }

function signatureOf(
  event: ReconciliationEvent,
  { personId, name }: Actor,
  on: string,
): Partial<Pick<Reconciliation, 'confirmed' | 'answered'>> {
  if (event.type === 'confirm') return { confirmed: { personId, name, on } }
  if (event.type === 'verify') return { answered: { name, on } }
  return event.type === 'dispute' ? { answered: { name, on, reason: event.reason } } : {}
}
