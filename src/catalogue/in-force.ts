import type { Day } from '../kernel/dates.ts'
import type { SchoolKind } from '../kernel/unit-kinds.ts'
import { firstCalendarYear, type WorkingYear } from '../kernel/working-year.ts'
import type { Change, CriteriaSet } from './criteria-set.ts'
import { allCriteria, changesOf, criterionKey } from './criteria-tree.ts'

/**
 * Month and day on which an assessed school year closes: teaching ends on 31 May (process § 7.1), and a school is judged
 * by the law of that day, so a repeal that starts in June counts from the next year.
 */
export const YEAR_CLOSING = '05-31'

export const closingDayOf = (year: WorkingYear): Day => `${firstCalendarYear(year) + 1}-${YEAR_CLOSING}`

/** What the Sở decided about changes whose standing is unverified, by change id. */
export type ChangeSwitches = Readonly<Record<string, 'on' | 'off'>>

/** Why a node is not asked this year. */
export interface Dropped {
  readonly reason: 'repealed' | 'otherSchoolKind'
  readonly change?: Change
}

/** Which nodes of a set are asked in a working year; keys are those of criteria-tree. Everything not dropped is asked. */
export interface InForce {
  readonly dropped: ReadonlyMap<string, Dropped>
  /** Changes of words that reach this year, by node: shown, never computed with. */
  readonly amended: ReadonlyMap<string, readonly Change[]>
  /** Unverified repeals that reach this year and that nobody has switched: the Sở has to decide. */
  readonly undecided: readonly Change[]
}

/**
 * The nodes asked in `year`: a repeal that has begun by the closing day takes its node away when it is confirmed, or when
 * the Sở switched it on. With a school kind, criteria that do not apply to that kind are dropped as well.
 */
export function inForce(
  set: CriteriaSet,
  year: WorkingYear,
  switches: ChangeSwitches = {},
  kind?: SchoolKind,
): InForce {
  const begun = changesOf(set).filter(({ change }) => change.from <= closingDayOf(year))
  const repeals = begun.filter(({ change }) => change.effect === 'repealed')
  const counts = (change: Change): boolean => change.standing === 'confirmed' || switches[change.id] === 'on'
  const otherKind = allCriteria(set).filter(
    criterion => kind !== undefined && criterion.appliesTo !== undefined && !criterion.appliesTo.includes(kind),
  )
  const amended = new Map<string, readonly Change[]>()
  for (const { key, change } of begun) {
    if (change.effect === 'amended') amended.set(key, [...(amended.get(key) ?? []), change])
  }
  return {
    dropped: new Map<string, Dropped>([
      ...otherKind.map(criterion => [criterionKey(criterion.code), { reason: 'otherSchoolKind' as const }] as const),
      ...repeals
        .filter(({ change }) => counts(change))
        .map(({ key, change }) => [key, { reason: 'repealed' as const, change }] as const),
    ]),
    amended,
    undecided: repeals
      .map(({ change }) => change)
      .filter(change => change.standing === 'unverified' && switches[change.id] === undefined),
  }
}

/** The set exactly as published, no change counted: for previews and for tests. */
export const EVERYTHING_ASKED: InForce = { dropped: new Map(), amended: new Map(), undecided: [] }
