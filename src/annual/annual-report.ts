import type { Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { TypedFacts } from './annual-facts.ts'
import { NOTHING_TYPED } from './annual-facts.ts'
import { ANNUAL_VERSION, type AnnualState } from './annual-machine.ts'

/** Which report of the year: the part of its address behind the year. */
export const PERIOD_SLUGS = ['dau-nam', 'cuoi-nam'] as const
export type PeriodSlug = (typeof PERIOD_SLUGS)[number]

export const PERIOD_NAMES: Readonly<Record<PeriodSlug, string>> = {
  'cuoi-nam': 'Cuối năm học',
  'dau-nam': 'Đầu năm học',
}

export interface WrittenText {
  readonly text: string
  readonly rev: number
  readonly by: string
  readonly at: Date
}

/** One signed version; a later one replaces it and leaves it as it was. */
export interface AnnualVersion {
  readonly version: number
  readonly number: string
  readonly date: Day
  readonly paperId: string
  /** Of the PDF. */
  readonly sha256: string
  /** Frozen figures that it stands on. */
  readonly snapshotId: string
  readonly signedBy: { readonly personId: string; readonly name: string; readonly position: string }
  /** Why the version before was corrected. */
  readonly reason?: string
  readonly sentOn?: Day
}

/** The annual report of one managing unit in one reporting period: its texts, what its officer types, its versions. */
export interface AnnualReport {
  /** `<unit>.<year>-<period>`. */
  readonly id: string
  readonly unitId: string
  readonly year: WorkingYear
  readonly period: PeriodSlug
  /** Units above it when it was first written down: the Sở reads what was sent. */
  readonly ancestors: readonly string[]
  readonly state: AnnualState
  readonly machine: string
  readonly rev: number
  readonly texts: Readonly<Record<string, WrittenText>>
  readonly typed: TypedFacts
  readonly versions: readonly AnnualVersion[]
  /** Whether a version has been sent: from then on the level above reads it. */
  readonly everSent: boolean
  /** Why the next version is written. */
  readonly correcting?: string
  readonly outbox: readonly JournalEntry[]
}

export interface ReportPlace {
  readonly unitId: string
  readonly year: WorkingYear
  readonly period: PeriodSlug
}

export const annualId = ({ unitId, year, period }: ReportPlace): string => `${unitId}.${year}-${period}`

export const annualHref = ({ unitId, year, period }: ReportPlace): string =>
  `/bao-cao-nam/${encodeURIComponent(unitId)}/${year}/${period}`

/** A report that nobody has written a word of yet: it is not stored before something is. */
export const newReport = (place: ReportPlace, ancestors: readonly string[]): AnnualReport => ({
  ...place,
  id: annualId(place),
  ancestors,
  state: 'drafting',
  machine: ANNUAL_VERSION,
  rev: 0,
  texts: {},
  typed: NOTHING_TYPED,
  versions: [],
  everSent: false,
  outbox: [],
})

/** The version that counts: the newest signed one. */
export const newestVersion = ({ versions }: Pick<AnnualReport, 'versions'>): AnnualVersion | undefined =>
  versions.at(-1)

/** The newest version that the level above was sent. */
export const newestSent = ({ versions }: Pick<AnnualReport, 'versions'>): AnnualVersion | undefined =>
  versions.findLast(version => version.sentOn !== undefined)

/** Texts without who wrote them. */
export const wordsOf = ({ texts }: Pick<AnnualReport, 'texts'>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(texts).map(([key, { text }]) => [key, text]))
