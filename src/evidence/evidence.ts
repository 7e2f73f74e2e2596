import type { Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { EvidenceState } from './evidence-machine.ts'

/** Who may see the file (process § 12): pupil, health and discipline records are `sensitive` by default. */
export type DataClass = 'public' | 'internal' | 'personal' | 'sensitive'

/** One item of evidence of one assessment; yearly documents are one item with one entry per school year. */
export interface Evidence {
  readonly id: string
  readonly assessmentId: string
  readonly schoolId: string
  readonly year: WorkingYear
  /** Running number in the assessment; shown as `[MC-012]` until the item is coded. */
  readonly no: number
  readonly state: EvidenceState
  readonly machine: string
  readonly rev: number
  /** The criterion under which it is first used: parts a.b of its code. */
  readonly criterion: string
  readonly name: string
  readonly kind: 'document' | 'record' | 'photo' | 'survey' | 'interview' | 'observation' | 'object'
  /** One entry per school year, or one without a year. */
  readonly entries: readonly EvidenceEntry[]
  /** Where it is kept when it is not in the box (daily records stay in use). */
  readonly place: string
  readonly note: string
  readonly dataClass?: DataClass
  readonly originalSeen?: { readonly by: string; readonly name: string; readonly on: Day }
  readonly expectedFrom?: { readonly where: string; readonly who: string; readonly by?: Day; readonly cost?: string }
  readonly missingReason?: string
  readonly rejected?: { readonly reason: string; readonly by: string; readonly name: string; readonly at: Date }
  readonly withdrawn?: { readonly reason: string; readonly by: string; readonly at: Date }
  /** `{ box: 1, a: 1, b: 1, c: 1 }` prints as `[H1-1.1-01]`. */
  readonly code?: EvidenceCode
  /** Earlier codes of the one renumbering that is allowed. */
  readonly formerCodes: readonly string[]
  readonly collectedBy?: { readonly personId: string; readonly name: string; readonly at: Date }
  readonly addedForVisit?: boolean
  readonly carriedFrom?: string
  readonly notReviewed?: boolean
  /** The move to a newer criteria set that filed it under its present criterion. */
  readonly filedBy?: string
  readonly disposed?: { readonly decision: string; readonly record: string; readonly name: string; readonly at: Date }
  readonly outbox: readonly JournalEntry[]
}

export interface EvidenceEntry {
  readonly id: string
  readonly schoolYear?: WorkingYear
  readonly number: string
  /** Day of issue, or of the survey, interview, observation. */
  readonly date?: Day
  readonly issuer: string
  readonly files: readonly EvidenceFile[]
}

/** A file kept once under its SHA-256; earlier versions stay. */
export interface EvidenceFile {
  readonly sha256: string
  readonly name: string
  readonly mime: string
  readonly size: number
  readonly addedBy: string
  readonly at: Date
  readonly replacedBy?: string
}

export interface EvidenceCode {
  readonly box: number
  readonly a: number
  readonly b: number
  readonly c: number
}
