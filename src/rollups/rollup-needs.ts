import type { AssessmentStore } from '../assessments/index.ts'
import type { CriteriaSet } from '../catalogue/index.ts'
import type { TitlesOn } from '../external/index.ts'
import type { FigureStore } from '../figures/index.ts'
import type { Clock, Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { SettingStore, UnitStore, YearStore } from '../organisations/index.ts'
import type { RollupStore } from './rollup-store.ts'
import type { SchoolRow } from './school-row.ts'
import type { Part } from './tally.ts'

/** What the register and the external assessments know of one school. */
export type HeldFacts = Pick<SchoolRow, 'titles' | 'external'>

/** A unit in a year. */
export interface AskedLately {
  readonly unitId: string
  readonly year: WorkingYear
  /** Whose tree counts. */
  readonly day: Day
}

export interface RollupNeeds {
  readonly units: Pick<UnitStore, 'tree'>
  readonly years: Pick<YearStore, 'find' | 'all'>
  readonly overrides: Pick<SettingStore, 'of'>
  readonly assessments: Pick<AssessmentStore, 'ofSchools'>
  readonly figures: Pick<FigureStore, 'forSums'>
  readonly setOf: (hash: string) => Promise<CriteriaSet>
  readonly rollups: RollupStore
  /** Counts of a unit that are half a minute old at most: what a unit below is compared with. */
  readonly countsLately: (asked: AskedLately) => Promise<readonly Part[]>
  /** Titles by school as they stand on a day, for screens. */
  readonly titlesOn: TitlesOn
  /** Titles and external assessments as they stand on a day, read afresh; schools without any may be absent. */
  readonly externalFacts: (schoolIds: readonly string[], day: Day) => Promise<ReadonlyMap<string, HeldFacts>>
  /** Runs a heavy read while at most two others run. */
  readonly heavy: <T>(run: () => Promise<T>) => Promise<T>
  readonly now: Clock
}
