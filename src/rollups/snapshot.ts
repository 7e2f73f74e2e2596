import type { Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { canonicalJson, sha256 } from './canonical-json.ts'
import type { SchoolRow } from './school-row.ts'
import { inUnitOrder, type UnitReserve } from './unit-reserve.ts'

/** A document that a frozen row stands on, in the revision in which it was read. */
export interface StandsOn {
  readonly kind: 'assessment' | 'title' | 'external' | 'reconciliation' | 'figures' | 'figureReserve'
  readonly id: string
  readonly rev: number
}

/** Why a later version of the same figures was made, and whose figures changed. */
export interface Correction {
  readonly reason: string
  readonly unitIds: readonly string[]
  /** The version that it corrects; it stays as it was. */
  readonly of: string
}

/** The figures of every school on one closing day, frozen: printed reports name it by id and hash. */
export interface Snapshot {
  /** `<subject>.v<version>`, e.g. `2025-2026-cuoi-nam.v1`. */
  readonly id: string
  /** What was closed: the id of a reporting period. */
  readonly subject: string
  readonly version: number
  readonly unitId: string
  readonly year: WorkingYear
  /** The day whose tree and facts it shows. */
  readonly day: Day
  readonly at: Date
  /** SHA-256 over the canonical JSON of year, day, rows and, where they are frozen, reserves. */
  readonly hash: string
  readonly schools: number
  /** SHA-256 of each piece of rows, in order. */
  readonly pieces: readonly string[]
  readonly correction?: Correction
  /** Chỉ tiêu dự phòng of the managing units, by unit id; absent: frozen without them, nothing is known of them. */
  readonly reserves?: readonly UnitReserve[]
}

/** Most rows of one stored piece: 3,000 schools are 15 documents of about 200 KB. */
export const ROWS_A_PIECE = 200

/** Rows in the order in which they are hashed and printed: by school id, which never changes. */
export const inOrder = (rows: readonly SchoolRow[]): readonly SchoolRow[] =>
  rows.toSorted((a, b) => (a.schoolId < b.schoolId ? -1 : a.schoolId > b.schoolId ? 1 : 0))

/** The hash that a snapshot of these rows carries; one without reserves has the hash that it always had. */
export const hashOf = (
  { year, day, reserves }: Pick<Snapshot, 'year' | 'day' | 'reserves'>,
  rows: readonly SchoolRow[],
): string =>
  sha256(canonicalJson({ year, day, rows: inOrder(rows), ...(reserves && { reserves: inUnitOrder(reserves) }) }))

/** Every document that the rows were read from, with its revision. */
export const documentsOf = (rows: readonly SchoolRow[]): readonly StandsOn[] =>
  rows.flatMap(({ schoolId, year, assessment, titles, external, reconciliation, figures }): readonly StandsOn[] => [
    ...(assessment ? [{ kind: 'assessment' as const, id: assessment.id, rev: assessment.rev }] : []),
    ...titles.map(({ id, rev }) => ({ kind: 'title' as const, id, rev })),
    ...external.map(({ id, rev }) => ({ kind: 'external' as const, id, rev })),
    ...(reconciliation
      ? [{ kind: 'reconciliation' as const, id: `${schoolId}.${year}`, rev: reconciliation.rev }]
      : []),
    ...(figures ? [{ kind: 'figures' as const, id: `${schoolId}.${year}`, rev: figures.rev }] : []),
  ])

/** A corrected version: the rows of the affected schools as they are now, all others as they were frozen. */
export function correctedRows(
  frozen: readonly SchoolRow[],
  now: readonly SchoolRow[],
  affected: (row: SchoolRow) => boolean,
): readonly SchoolRow[] {
  const touched = new Set([...frozen, ...now].filter(affected).map(row => row.schoolId))
  return inOrder([...frozen.filter(row => !touched.has(row.schoolId)), ...now.filter(row => touched.has(row.schoolId))])
}
