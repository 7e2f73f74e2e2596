import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { StepRefused } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { entryOf } from '../organisations/index.ts'
import { mustBeAllowed, placeFor, type FigureNeeds } from './figure-access.ts'
import { rowsFor } from './compared-rows.ts'
import type { FigureYear } from './figure-year.ts'
import { againWhenOvertaken } from './overtaken.ts'
import { DECISION_KINDS, isVerified, type Assigned, type Decisions, type Targets } from './reconciliation.ts'

/** Numbers for one school by decision; what is not named stays as it was assigned. */
export interface TargetsWish extends Decisions {
  readonly schoolId: string
  readonly year: WorkingYear
  /** The unit in whose name they are assigned. */
  readonly unitId: string
  readonly assigned: Assigned
}

/** The targets after a wish; undefined when it changes nothing. */
export function targetsAfter(
  before: Targets | undefined,
  { assigned, unitId, ...decisions }: Decisions & { readonly assigned: Assigned; readonly unitId: string },
  on: string,
): Targets | undefined {
  const known = new Map(before?.assigned.map(({ key, value }) => [key, value]))
  const numbersDiffer = assigned.some(({ key, value }) => known.get(key) !== value)
  const decided = DECISION_KINDS.flatMap(kind => {
    const name = `${kind}Decision` as const
    const [old, wished] = [before?.[name], decisions[name]]
    const same = !wished || (old?.number === wished.number && old.day === wished.day && old.issuer === wished.issuer)
    if (same) return old ? [{ name, decision: old, differs: false }] : []
    return [{ name, decision: wished, differs: true }]
  })
  if (!numbersDiffer && !decided.some(({ differs }) => differs)) return undefined
  for (const { key, value } of assigned) known.set(key, value)
  return {
    ...Object.fromEntries(decided.map(({ name, decision }) => [name, decision])),
    assigned: [...known].map(([key, value]) => ({ key, value })),
    unitId,
    on,
  }
}

/**
 * Assigns numbers to a school by decision of its managing unit or the Sở. Doing it again changes nothing. Other numbers
 * take an explained or confirmed form back to its draft; one that has been verified must be disputed first.
 */
export const assignTargets =
  (needs: FigureNeeds) =>
  (actor: Actor, wish: TargetsWish): Promise<FigureYear> =>
    againWhenOvertaken(() => assign(needs, actor, wish))

async function assign(needs: FigureNeeds, actor: Actor, wish: TargetsWish): Promise<FigureYear> {
  const { schoolId, year, ...rest } = wish
  const { school, target } = await placeFor(needs, actor, schoolId, year)
  mustBeAllowed(actor, 'assign', target, 'Không được giao số liệu cho trường này.')
  const keys = new Set(rowsFor(school.school.levels).flatMap(row => (row.of === undefined ? [row.key] : [])))
  const before = await needs.figures.of(schoolId, year)
  const known = { ...rest, assigned: rest.assigned.filter(({ key }) => keys.has(key)) }
  const targets = targetsAfter(before.targets, known, dayOf(needs.now()))
  if (!targets) return before
  const { reconciliation } = before
  if (reconciliation && isVerified(reconciliation.state))
    throw new StepRefused('Phiếu đối sánh của trường đã được xác nhận khớp. Hãy trả lại phiếu trước khi giao số khác.')
  const redraft = reconciliation !== undefined && reconciliation.state !== 'drafting'
  const entry = entryOf({ actor, at: needs.now() }, before.rev + 1, {
    unitId: schoolId,
    year,
    subject: { kind: 'figures', id: before.id, part: 'reconciliation' },
    event: 'assignTargets',
    facts: { assigned: known.assigned, ...(redraft && { reconciliation: 'drafting' }) },
  })
  return needs.figures.save(
    before,
    { targets, ...(redraft && { reconciliation: { ...reconciliation, state: 'drafting' } }) },
    entry,
  )
}
