import { createHash } from 'node:crypto'
import type { Day } from '../kernel/dates.ts'
import { groupBy } from '../kernel/group-by.ts'
import {
  activeOn,
  ancestorsOn,
  isSchool,
  schoolOn,
  parentIdOn,
  type School,
  type SchoolLevel,
  type UnitTree,
} from '../organisations/index.ts'
import { COUNTS, type Member } from './tally.ts'

/** A school as it hangs in the tree of a day. */
export interface PlacedSchool extends Member {
  readonly levels: readonly SchoolLevel[]
  /** Điểm trường, as the profile has them now. */
  readonly campuses: number
}

/** A smallest managing unit with the schools that it manages on a day. */
export interface Place {
  readonly unitId: string
  readonly schools: readonly PlacedSchool[]
  /** Names exactly these schools with what they are counted under: sums over another list bear another name. */
  readonly members: string
  /** The unit and what is above it, nearest first. */
  readonly chain: readonly string[]
}

const placed = (school: School, day: Day): PlacedSchool => {
  const { schoolKind, ownership, levels } = schoolOn(school, day)
  return { id: school.id, kind: schoolKind, ownership, levels, campuses: school.school.campuses }
}

/** Sums in another order of cells must not be taken for these. */
const LAYOUT = COUNTS.join()

const nameOfMembers = (schools: readonly PlacedSchool[]): string =>
  createHash('sha256')
    .update(LAYOUT)
    .update(JSON.stringify(schools.map(({ id, kind, ownership, levels }) => [id, kind, ownership, levels])))
    .digest('hex')
    .slice(0, 20)

const known = new WeakMap<UnitTree, Map<Day, ReadonlyMap<string, Place>>>()

/**
 * Every smallest managing unit of a day: each school that is active then stands in exactly one of them. Kept as long as
 * the tree is.
 */
export function placesOn(tree: UnitTree, day: Day): ReadonlyMap<string, Place> {
  const days = known.get(tree) ?? new Map<Day, ReadonlyMap<string, Place>>()
  known.set(tree, days)
  const before = days.get(day)
  if (before) return before
  const active = [...tree.values()].filter(isSchool).filter(school => activeOn(school, day))
  const places = new Map(
    [...groupBy(active, school => parentIdOn(school, day))].flatMap(([unitId, members]) => {
      if (unitId === undefined) return []
      const inOrder = members.map(school => placed(school, day)).toSorted((a, b) => (a.id < b.id ? -1 : 1))
      const chain = [unitId, ...ancestorsOn(tree, unitId, day).map(unit => unit.id)]
      return [[unitId, { unitId, schools: inOrder, members: nameOfMembers(inOrder), chain }] as const]
    }),
  )
  days.set(day, places)
  return places
}

/** The smallest managing units at and below a unit on the day. */
export const placesUnder = (tree: UnitTree, unitId: string, day: Day): readonly Place[] =>
  [...placesOn(tree, day).values()].filter(place => place.chain.includes(unitId))
