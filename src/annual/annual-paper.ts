import type { Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'

/** A signed annual report as it is kept: PDF, blocks and tables lie in the file store under their SHA-256. */
export interface AnnualPaper {
  readonly id: string
  readonly reportId: string
  readonly unitId: string
  readonly year: WorkingYear
  readonly version: number
  readonly formId: string
  readonly formVersion: string
  readonly snapshotId: string
  /** SHA-256 of the document's blocks, without the footer and the QR code that name it. */
  readonly contentHash: string
  /** SHA-256 of the PDF. */
  readonly sha256: string
  readonly docSha256: string
  /** SHA-256 of the kept tables with the schools behind each figure (JSON). */
  readonly tablesSha256: string
  readonly pages: number
  readonly title: string
  readonly number: string
  readonly date: Day
  readonly createdAt: Date
}
