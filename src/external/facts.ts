import type { Day } from '../kernel/dates.ts'

/** KĐCLGD: `grade` is the cấp độ 1–4; chuẩn quốc gia: the mức độ 1–2. */
export type TitleKind = 'accreditation' | 'national'
export type Grade = 1 | 2 | 3 | 4
/** Level found by a team for the school; 0 = không đạt. */
export type FoundLevel = 0 | 1 | 2 | 3 | 4

export const TITLE_KIND_NAMES: Readonly<Record<TitleKind, string>> = {
  accreditation: 'Kiểm định chất lượng giáo dục',
  national: 'Trường đạt chuẩn quốc gia',
}

/** `cấp độ 2`, `mức độ 1`: each title counts its grades by its own word (Điều 34, 37). */
export const gradeName = (kind: TitleKind, grade: Grade): string =>
  kind === 'accreditation' ? `Cấp độ ${grade}` : `Mức độ ${grade}`

/** The highest grade that a level found by the team gives (Điều 34–38); undefined when it gives none. */
export function gradeFor(kind: TitleKind, level: FoundLevel): Grade | undefined {
  if (kind === 'accreditation') return level === 0 ? undefined : level
  return level >= 3 ? 2 : level === 2 ? 1 : undefined
}

/** A title of a school as it stands on a closing day (process § 14.6). */
export interface TitleFact {
  readonly id: string
  readonly rev: number
  readonly kind: TitleKind
  readonly grade: Grade
  readonly decision: { readonly number: string; readonly date: Day }
  readonly grantedOn: Day
  readonly expiresOn: Day
  /** Granted to a school that held the title before. */
  readonly again: boolean
  /** Why it no longer counts on the closing day; absent: in force. */
  readonly ended?: { readonly how: 'expired' | 'replaced' | 'revoked'; readonly on: Day; readonly reason?: string }
}

/** How far one external assessment has come on a closing day (process § 14.5), and what it found. */
export interface ExternalFact {
  readonly id: string
  readonly rev: number
  readonly registeredOn: Day
  /** Grade asked for by title; absent in figures that were frozen before it was kept. */
  readonly asked?: Readonly<Partial<Record<TitleKind, Grade>>>
  readonly acceptedOn?: Day
  readonly teamFormedOn?: Day
  readonly teamSize?: number
  /** Days that all members together spent at the school: days of the visit × members. */
  readonly personDays?: number
  readonly assessedOn?: Day
  readonly level?: FoundLevel
  /** Level by criterion code found by the team, where it was entered. */
  readonly criteria?: Readonly<Record<string, 0 | 1 | 2 | 3>>
}
