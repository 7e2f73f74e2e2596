import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { Forbidden, NotFound, StaleWrite } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { entryOf, isSchool, type Unit } from '../organisations/index.ts'
import type { FigureNeeds } from './figure-access.ts'
import { mayCompareUnit, type ComparedUnit } from './reserve-policy.ts'
import type { Reserve, ReserveStore } from './reserve-store.ts'
import type { Assigned, AssigningDecision } from './reconciliation.ts'

export interface ReserveNeeds extends Pick<FigureNeeds, 'units' | 'now'> {
  readonly reserves: ReserveStore
}

/** A managing unit that this person may read the sums of; not found for others and for schools. */
export async function unitFor(
  { units, now }: Pick<FigureNeeds, 'units' | 'now'>,
  actor: Actor,
  unitId: string,
): Promise<{ readonly unit: Unit; readonly target: ComparedUnit }> {
  const chain = await units.chainOf(unitId, dayOf(now()))
  const target = { unitId, chain: chain.map(({ id }) => id) }
  const [unit] = chain
  if (!unit || isSchool(unit) || !mayCompareUnit.read(actor, target)) throw new NotFound(`unit ${unitId}`)
  return { unit, target }
}

/** Keeps what the unit was assigned and holds back from its schools. */
export const keepReserve =
  (needs: ReserveNeeds) =>
  async (
    actor: Actor,
    { unitId, year, seenRev }: { readonly unitId: string; readonly year: WorkingYear; readonly seenRev: number },
    change: { readonly values: Assigned; readonly decision?: AssigningDecision },
  ): Promise<Reserve> => {
    const { target } = await unitFor(needs, actor, unitId)
    if (!mayCompareUnit.keepReserve(actor, target))
      throw new Forbidden('Không được sửa chỉ tiêu dự phòng.', 'Chuyên viên, lãnh đạo của đơn vị')
    const before = await needs.reserves.of(unitId, year)
    if (before.rev !== seenRev) throw new StaleWrite('Chỉ tiêu dự phòng vừa được người khác sửa.')
    const entry = entryOf({ actor, at: needs.now() }, before.rev + 1, {
      unitId,
      year,
      subject: { kind: 'figureReserve', id: before.id },
      event: 'keepReserve',
      facts: { values: change.values },
    })
    return needs.reserves.save(before, change, entry)
  }
