import type { Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { MinutesState } from './minutes-machine.ts'

export type MeetingKind = 'council' | 'secretariat' | 'group'

export const MEETING_NAMES: Readonly<Record<MeetingKind, string>> = {
  council: 'Hội đồng tự đánh giá',
  secretariat: 'Nhóm thư ký',
  group: 'Nhóm công tác',
}

export interface AgendaItem {
  readonly title: string
  readonly speaker: string
  readonly opinions: string
  readonly conclusion: string
}

/** Votes on one question; they are counted against all members, not those present (process § 3.1). */
export interface Vote {
  readonly question: string
  readonly for: number
  readonly against: number
  readonly other: number
}

export interface Assignment {
  readonly what: string
  readonly who: string
  readonly due?: Day
}

/** Somebody who belongs to the meeting, as listed when the record was begun. */
export interface Participant {
  readonly personId: string
  readonly name: string
  readonly post: string
  readonly present: boolean
  /** Why absent, where it is known. */
  readonly reason: string
}

/** What a meeting was about and decided (forms § 7). */
export interface MinutesWords {
  /** Printed number; meetings of groups may go without. */
  readonly number: string
  readonly on: Day
  /** `HH:MM`, Vietnamese time. */
  readonly from: string
  readonly until: string
  readonly place: string
  readonly chair: string
  readonly secretary: string
  readonly guests: string
  readonly participants: readonly Participant[]
  readonly agenda: readonly AgendaItem[]
  readonly votes: readonly Vote[]
  readonly assignments: readonly Assignment[]
}

/** Biên bản of one meeting of the council, the secretariat or a group of one assessment. */
export interface Minutes {
  /** `<assessmentId>:<n>`, counted within the assessment. */
  readonly id: string
  readonly assessmentId: string
  readonly schoolId: string
  readonly year: WorkingYear
  readonly kind: MeetingKind
  readonly groupId?: string
  /** Lần thứ, counted among the meetings of the same body. */
  readonly no: number
  readonly state: MinutesState
  readonly machine: string
  readonly rev: number
  readonly words: MinutesWords
  readonly signed?: {
    readonly on: Day
    readonly personId: string
    readonly name: string
    /** SHA-256 of the frozen PDF. */
    readonly sha256: string
  }
  readonly withdrawn?: { readonly on: Day; readonly name: string; readonly reason: string }
  readonly outbox: readonly JournalEntry[]
}

/** `Biên bản số 03/BB-THHS ngày 05/02/2026 (Hội đồng tự đánh giá, lần 3)`: how another paper names these minutes. */
export const citationOf = (
  { kind, no, words }: Pick<Minutes, 'kind' | 'no' | 'words'>,
  printed: (day: Day) => string,
): string =>
  `Biên bản${words.number === '' ? '' : ` số ${words.number}`} ngày ${printed(words.on)} (${MEETING_NAMES[kind]}, lần ${no})`
