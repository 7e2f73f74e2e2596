import type { SchoolKind } from '../kernel/unit-kinds.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { Change, CriteriaSet, CriteriaVersion, RatingKind } from './criteria-set.ts'
import { changesOf } from './criteria-tree.ts'
import { closingDayOf, type ChangeSwitches } from './in-force.ts'
import type { RegimeId } from './regimes.ts'
import type { TreeVersionState } from './year-tree-machine.ts'

/** The version of one set that a Sở uses in a working year. */
export interface PublishedSet {
  readonly setId: string
  readonly hash: string
  readonly rating: RatingKind
  readonly schoolKinds: readonly SchoolKind[]
  /** The version that local nodes were added to, of a set with additions. */
  readonly basedOn?: string
}

/** What the Sở decided about one unverified change of one set, and who, when and why. */
export interface ChangeSwitch {
  readonly setId: string
  readonly changeId: string
  readonly state: 'on' | 'off'
  readonly reason: string
  readonly at: Date
  readonly by: { readonly personId: string; readonly name: string }
}

/** One publication of a year's tree; the last one is in force. */
export interface TreeVersion {
  readonly number: number
  readonly state: TreeVersionState
  /** Revision of the draft that was published. */
  readonly draftRev: number
  readonly sets: readonly PublishedSet[]
  readonly note: string
  readonly at: Date
  readonly by: { readonly personId: string; readonly name: string }
}

/** The catalogue of one Sở in one working year, or what a managing unit adds to it. */
export interface YearTree {
  readonly provinceId: string
  /** The managing unit whose additions these are; absent on the Sở's own tree. */
  readonly unitId?: string
  readonly year: WorkingYear
  readonly sets: readonly PublishedSet[]
  readonly switches: readonly ChangeSwitch[]
  /** Publications from the year-tree desk, oldest first; absent while only imported versions were taken. */
  readonly versions?: readonly TreeVersion[]
  /** What managing units may add in this year; nothing when absent. */
  readonly unitsMayAdd?: UnitsMayAdd
  /** Regimes under which schools may be assessed in this year, the usual one first; the first known one when absent. */
  readonly regimes?: readonly RegimeId[]
  readonly rev: number
}

/** How far managing units may go within the Sở's tree. */
export type UnitsMayAdd = 'nothing' | 'guidance' | 'criteria'

export const emptyTree = (provinceId: string, year: WorkingYear): YearTree => ({
  provinceId,
  year,
  sets: [],
  switches: [],
  rev: 0,
})

/** The switches of one set in the shape that `inForce` takes; ids of changes are only unique within a set. */
export const switchesOf = (tree: YearTree, setId: string): ChangeSwitches =>
  Object.fromEntries(tree.switches.filter(one => one.setId === setId).map(one => [one.changeId, one.state]))

/** The published set by which schools of this kind are accredited in the year. */
export const levelSetFor = (tree: YearTree, kind: SchoolKind): PublishedSet | undefined =>
  tree.sets.find(one => one.rating === 'levels' && one.schoolKinds.includes(kind))

/** True on the day on which the year is judged. */
export const validIn = (set: CriteriaSet, year: WorkingYear): boolean => {
  const day = closingDayOf(year)
  return set.validFrom <= day && (set.validTo === undefined || day <= set.validTo)
}

/** The change, when the Sở may decide about it in this year: an unverified repeal that reaches the year. */
export const switchable = (set: CriteriaSet, changeId: string, year: WorkingYear): Change | undefined =>
  changesOf(set)
    .map(({ change }) => change)
    .find(change => change.id === changeId && isSwitchable(change, year))

export const isSwitchable = (change: Change, year: WorkingYear): boolean =>
  change.effect === 'repealed' && change.standing === 'unverified' && change.from <= closingDayOf(year)

/** Why these versions cannot be the catalogue of the year together; empty when they can. */
export function publishingFaults(versions: readonly CriteriaVersion[], year: WorkingYear): readonly string[] {
  const invalid = versions
    .filter(({ set }) => !validIn(set, year))
    .map(({ set }) => `Bộ ${set.instrument} không có hiệu lực vào ngày kết thúc năm học ${year}.`)
  const rivals = versions.flatMap(({ set }, at) =>
    versions
      .slice(0, at)
      .filter(other => overlap(other.set, set))
      .map(other =>
        other.set.id === set.id
          ? `Bộ ${set.instrument} được chọn hai phiên bản.`
          : `Hai bộ ${other.set.instrument} và ${set.instrument} cùng xếp mức cho một loại trường.`,
      ),
  )
  return [...invalid, ...rivals]
}

const overlap = (a: CriteriaSet, b: CriteriaSet): boolean =>
  a.id === b.id ||
  (a.rating === 'levels' && b.rating === 'levels' && a.schoolKinds.some(kind => b.schoolKinds.includes(kind)))
