import type { Actor } from '../kernel/actor.ts'
import type { Clock, Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { Unmet } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { UnitTree } from '../organisations/index.ts'
import type { RenderPool } from '../paper/index.ts'
import type { KeptFiles } from '../reports/index.ts'
import type { AnnualPaperStore } from './annual-paper-store.ts'
import type { AnnualVersion, PeriodSlug, ReportPlace } from './annual-report.ts'
import type { AnnualReportStore } from './annual-report-store.ts'
import type { YearFacts } from './annual-table.ts'

export type SignedAs = Pick<AnnualVersion, 'number' | 'date'>

/** The schools of a unit in a reporting period. */
export interface PeriodFigures extends YearFacts {
  /** Id of the frozen figures; absent: live rows, provisional. */
  readonly snapshotId?: string
}

/** Everything that annual reports need; the composition puts it together. */
export interface AnnualNeeds {
  readonly reports: AnnualReportStore
  readonly papers: AnnualPaperStore
  readonly files: KeptFiles
  readonly draw: RenderPool['render']
  readonly drawWord: RenderPool['renderWord']
  readonly tree: () => Promise<UnitTree>
  /** Frozen rows where the period is closed, live ones of today else. */
  readonly figures: (unitId: string, year: WorkingYear, period: PeriodSlug) => Promise<PeriodFigures>
  /** The schools of a unit among frozen figures. */
  readonly frozenFigures: (snapshotId: string, unitId: string) => Promise<YearFacts>
  /** What is kept of another year: frozen rows, else what stands in the documents; undefined when nothing is known. */
  readonly pastFigures: (unitId: string, year: WorkingYear) => Promise<YearFacts | undefined>
  /** The windows of registration of the year, by their settings: a day gives the words of its window. */
  readonly batches: (unitId: string, year: WorkingYear) => Promise<(day: Day) => string>
  /** The Sở's report is the paper that a period ends in: what the period still lacks for it, and the step that follows the signature. */
  readonly period: {
    readonly unmet: (place: ReportPlace, signed: SignedAs) => Promise<readonly Unmet[]>
    readonly follow: (actor: Actor, place: ReportPlace, signed: SignedAs) => Promise<void>
  }
  /** Title of a criterion or indicator of a set. */
  readonly criterionTitle: (setHash: string) => Promise<(code: string) => string>
  /** Days on which schools of the unit were reminded in the period. */
  readonly reminders: (
    unitId: string,
    year: WorkingYear,
    period: PeriodSlug,
  ) => Promise<ReadonlyMap<string, readonly Day[]>>
  /** The unit that pages speak of. */
  readonly unitInForce: (actor: Actor, chosen: string | undefined) => string | undefined
  readonly history: (reportId: string) => Promise<readonly JournalEntry[]>
  /** Address that people type, without a slash at the end: QR codes lead there. */
  readonly baseUrl: string
  readonly now: Clock
}
