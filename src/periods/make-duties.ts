import { entryBy } from '../journal/index.ts'
import { SYSTEM } from '../kernel/actor.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { activeOn, type UnitTree } from '../organisations/index.ts'
import { dutyId, isSettled, type Duty } from './duty.ts'
import { DUTY_VERSION } from './duty-machine.ts'
import { obligedUnits, type ObligedUnit } from './obliged-units.ts'
import type { Period } from './period.ts'
import type { PeriodNeeds } from './period-needs.ts'

type Needs = Pick<PeriodNeeds, 'periods' | 'duties' | 'tree' | 'now'>

/**
 * Brings the duties of an open period in line with the tree of its closing day: a unit that has none gets one, a unit
 * that will be managed by another one by then moves under it. Doing it again changes nothing, so a crash in the middle is
 * finished by the next call. What a unit has done stays; one that is no longer obliged waits for the level above to excuse
 * it: the next one up that still exists, when its own has ended too.
 */
export const makeDuties =
  ({ periods, duties, tree, now }: Needs) =>
  async (period: Period): Promise<void> => {
    const units = await tree()
    const obliged = obligedUnits(units, period.provinceId, period.closing)
    const standing = await duties.idsOf(period.id)
    await duties.addMissing(
      obliged.filter(unit => !standing.has(dutyId(period.id, unit.unitId))).map(unit => newDuty(period, unit)),
    )
    if (!period.dutiesMade) await periods.dutiesStand(period.id)
    if (standing.size === 0) return
    const wanted = new Map(obliged.map(unit => [unit.unitId, unit]))
    for (const duty of await duties.list({ periodId: period.id })) {
      const unit = wanted.get(duty.unitId)
      const place = unit ?? (isSettled(duty) ? undefined : placeOfGone(units, period, duty))
      if (place && hasMoved(duty, place)) await move({ duties, now }, duty, place)
    }
  }

const newDuty = (period: Period, unit: ObligedUnit): Duty => ({
  id: dutyId(period.id, unit.unitId),
  periodId: period.id,
  year: period.year,
  ...unit,
  due: unit.unitKind === 'school' ? period.schoolDue : period.unitDue,
  state: 'due',
  machine: DUTY_VERSION,
  rev: 0,
  returns: 0,
  reminders: [],
  untold: [{ event: 'open', rev: 0 }],
  outbox: [],
})

type Place = Pick<ObligedUnit, 'parentId' | 'ancestors' | 'name'>

/** Where the report of a unit that is not obliged any more stands: as before, without the units above that have ended. */
function placeOfGone(tree: UnitTree, { closing }: Period, { ancestors, name }: Duty): Place {
  const standing = ancestors.filter(id => {
    const unit = tree.get(id)
    return unit !== undefined && activeOn(unit, closing)
  })
  return { parentId: standing[0] ?? '', ancestors: standing, name }
}

const hasMoved = (duty: Duty, { parentId, ancestors, name }: Place): boolean =>
  duty.parentId !== parentId || duty.name !== name || duty.ancestors.join() !== ancestors.join()

/** A step that lost against somebody else's is taken by the next look at the tree. */
async function move({ duties, now }: Pick<Needs, 'duties' | 'now'>, duty: Duty, unit: Place): Promise<void> {
  const { parentId, ancestors, name } = unit
  const entry = entryBy(SYSTEM, now(), {
    id: `duty:${duty.id}:${duty.rev + 1}`,
    unitId: duty.unitId,
    year: duty.year,
    subject: { kind: 'duty', id: duty.id },
    event: 'follow',
    from: duty.state,
    to: duty.state,
    facts: { before: duty.parentId, parentId, name },
  })
  try {
    await duties.step(duty, { parentId, ancestors, name }, entry)
  } catch (error) {
    if (!(error instanceof StaleWrite)) throw error
  }
}
