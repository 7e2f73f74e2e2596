import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { StaleWrite, StepRefused } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { entryOf, type School } from '../organisations/index.ts'
import { rowsFor } from './compared-rows.ts'
import { mustBeAllowed, placeFor, type FigureNeeds } from './figure-access.ts'
import { valuesOf, type FigureYear } from './figure-year.ts'
import {
  RECONCILIATION_VERSION,
  reconciliationLife,
  type ReconciliationEvent,
  type ReconciliationFacts,
} from './reconciliation-machine.ts'
import {
  assignmentOf,
  compare,
  DECISION_KINDS,
  DECISION_NAMES,
  lacksOf,
  scansMissing,
  type Comparison,
  type Decisions,
  type Reconciliation,
  type ReconciliationState,
} from './reconciliation.ts'

export type ReconciliationDraft = Decisions & Pick<Reconciliation, 'assigned' | 'explanations'>

export const BLANK_RECONCILIATION: Reconciliation = {
  state: 'drafting',
  machine: RECONCILIATION_VERSION,
  assigned: [],
  explanations: [],
}

const STALE = 'Phiếu đối sánh vừa được người khác sửa.'

/** The rows of a school's form for one year: what was assigned by anybody, beside what is there. */
export const comparisonOf = ({ school }: Pick<School, 'school'>, figures: FigureYear): readonly Comparison[] =>
  compare(school.levels, { ...valuesOf(figures), campuses: school.campuses }, assignmentOf(figures))

/** What stands between this school's reconciliation and the next step. */
export const factsOf = (school: Pick<School, 'school'>, figures: FigureYear): ReconciliationFacts => {
  const address = new URLSearchParams({ truong: figures.schoolId, nam: figures.year }).toString()
  const links = { form: `/so-lieu/doi-sanh?${address}`, figures: `/so-lieu?${address}` }
  const rows = comparisonOf(school, figures)
  const assignment = assignmentOf(figures)
  return {
    lacks: lacksOf(rows, assignment, links),
    scans: scansMissing(rows, assignment).map(kind => ({
      code: `${kind}ScanMissing`,
      message: `Chưa đính kèm bản quét ${DECISION_NAMES[kind].replace(' (nếu có)', '').toLowerCase()}.`,
      href: `${links.form}#quet-${kind}`,
    })),
  }
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
    const fixed = assignmentOf(before).fixed
    const reconciliation: Reconciliation = {
      ...withScans(draft, current),
      state: 'drafting',
      machine: RECONCILIATION_VERSION,
      // What came from above stays what it is, whatever a form still carries.
      assigned: draft.assigned.filter(({ key }) => keys.has(key) && !fixed.has(key)),
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

/** The decisions of the draft; a scan stays with its decision as long as the decision's number stays. */
const withScans = (draft: Decisions, current: Decisions): Decisions =>
  Object.fromEntries(
    DECISION_KINDS.flatMap(kind => {
      const name = `${kind}Decision` as const
      const [decision, before] = [draft[name], current[name]]
      if (!decision) return []
      const scan = decision.scan ?? (before?.number === decision.number ? before.scan : undefined)
      return [[name, scan ? { ...decision, scan } : decision]]
    }),
  )

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
      factsOf(school, before),
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
    const reconciliation = {
      ...current,
      state,
      machine: RECONCILIATION_VERSION,
      ...signatureOf(event, actor, dayOf(needs.now())),
    }
    return needs.figures.save(before, { reconciliation }, entry)
  }

function signatureOf(
  event: ReconciliationEvent,
  { personId, name }: Actor,
  on: string,
): Partial<Pick<Reconciliation, 'confirmed' | 'answered' | 'province'>> {
  if (event.type === 'confirm') return { confirmed: { personId, name, on } }
  if (event.type === 'verify') return { answered: { name, on } }
  if (event.type === 'provinceVerify') return { province: { name, on } }
  return event.type === 'dispute' ? { answered: { name, on, reason: event.reason } } : {}
}
