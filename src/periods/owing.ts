import { addDays, printDay, type Day } from '../kernel/dates.ts'
import { activeOn, ancestorsOn, type UnitTree } from '../organisations/index.ts'
import { isUnsent, type Duty } from './duty.ts'
import { DUTY_STATES, type DutyState } from './duty-machine.ts'
import { obligedUnits } from './obliged-units.ts'
import type { Period } from './period.ts'

type ClosingTree = Pick<Period, 'provinceId' | 'closing'>

/** A duty with what the tree of the closing day says of its unit. */
export interface SeenDuty extends Duty {
  /** Why the unit owes no report any more; undefined while it does, and once it has sent or was excused. */
  readonly gone: string | undefined
}

/** The obliged units of a tree, kept as long as the tree is: every page asks what periods want of a person. */
const obligedIn = new WeakMap<UnitTree, Map<string, ReadonlySet<string>>>()

function obligedIds(tree: UnitTree, { provinceId, closing }: ClosingTree): ReadonlySet<string> {
  const kept = obligedIn.get(tree) ?? new Map<string, ReadonlySet<string>>()
  obligedIn.set(tree, kept)
  const key = `${provinceId}@${closing}`
  const ids = kept.get(key) ?? new Set(obligedUnits(tree, provinceId, closing).map(({ unitId }) => unitId))
  kept.set(key, ids)
  return ids
}

/**
 * The one rule of who owes nothing any more: a report that is not sent, of a unit that would get no duty by the tree of
 * the closing day as it is known now. For a managing unit this includes having no school below it any more: its report
 * sums up schools (process § 7.2), and no duty is made for one without schools either.
 */
export function whyGone(
  tree: UnitTree,
  period: ClosingTree,
  duty: Pick<Duty, 'unitId' | 'unitKind' | 'state'>,
): string | undefined {
  if (!isUnsent(duty) || obligedIds(tree, period).has(duty.unitId)) return undefined
  const unit = tree.get(duty.unitId)
  const last = unit?.to
  if (last !== undefined && last < period.closing) return `Không còn hoạt động từ ${printDay(addDays(last, 1))}`
  const day = printDay(period.closing)
  const isBelow =
    unit !== undefined &&
    activeOn(unit, period.closing) &&
    ancestorsOn(tree, unit.id, period.closing).some(({ id }) => id === period.provinceId)
  return isBelow
    ? `Không còn quản lý trường nào vào ngày chốt số liệu ${day}`
    : `Không còn thuộc Sở vào ngày chốt số liệu ${day}`
}

/** What screens, counts, tasks and reminders ask of a duty, with the tree that answers. */
export const seenIn =
  (tree: UnitTree, period: ClosingTree) =>
  (duty: Duty): SeenDuty => ({ ...duty, gone: whyGone(tree, period, duty) })

/** A report that is still to be sent by a unit that has to. */
export const owes = (duty: Pick<SeenDuty, 'state' | 'gone'>): boolean => isUnsent(duty) && duty.gone === undefined

export const isLateDuty = (duty: Pick<SeenDuty, 'state' | 'gone' | 'due'>, today: Day): boolean =>
  owes(duty) && duty.due < today

/** How many duties stand in each state, how many of them are late, and how many are owed by nobody any more (`gone`, in no state). */
export type DutyCounts = Readonly<Record<DutyState | 'all' | 'late' | 'gone', number>>

/** Counts duties on a day. */
export function countsOf(duties: readonly SeenDuty[], today: Day): DutyCounts {
  const standing = duties.filter(({ gone }) => gone === undefined)
  const inState = (state: DutyState): number => standing.filter(duty => duty.state === state).length
  // Object.keys loses the literal types of the table's own keys.
  const states = Object.keys(DUTY_STATES) as DutyState[]
  const byState = Object.fromEntries(states.map(state => [state, inState(state)])) as Record<DutyState, number>
  return {
    ...byState,
    all: duties.length,
    late: duties.filter(duty => isLateDuty(duty, today)).length,
    gone: duties.length - standing.length,
  }
}
