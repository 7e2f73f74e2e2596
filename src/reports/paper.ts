import type { Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { PaperKind } from '../assessments/index.ts'

/** A kept paper: its bytes and its blocks lie in the file store under their SHA-256, unchanged for ever. */
export interface Paper {
  readonly id: string
  readonly kind: PaperKind
  readonly assessmentId: string
  readonly schoolId: string
  readonly year: WorkingYear
  readonly formId: string
  readonly formVersion: string
  /** SHA-256 of the document's blocks, without the footer and the QR code that name it. */
  readonly contentHash: string
  /** SHA-256 of the PDF. */
  readonly sha256: string
  /** SHA-256 of the kept blocks (JSON), for the preview on screen. */
  readonly docSha256: string
  readonly pages: number
  readonly title: string
  readonly number?: string
  readonly date?: Day
  /** From the record: the day of the decision, of the approval, of the adoption. */
  readonly createdAt: Date
  /** False for a draft that was printed for the council: it is kept, but it carries the draft mark. */
  readonly frozen: boolean
}
