import { addDays, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { Grade, TitleFact, TitleKind } from './facts.ts'
import type { TitleState } from './title-machine.ts'

/** Number and day of a decision, as they stand on the paper. */
export interface Decision {
  readonly number: string
  readonly date: Day
}

/**
 * One title of one school. A title proposed by a team is read from its run until it is granted or refused (`rev` 0: no
 * document yet). Expired and replaced are never stored: both follow from days (process § 6).
 */
export interface Title {
  /** `<runId>:<kind>`, or an id of its own for a title from before. */
  readonly id: string
  /** Who holds it now; earlier holders stand in `transfers`. */
  readonly schoolId: string
  readonly kind: TitleKind
  readonly grade: Grade
  readonly state: TitleState
  readonly machine: string
  readonly rev: number
  /** The external assessment that proposed it; absent for a title entered from its papers. */
  readonly runId?: string
  readonly decision?: Decision
  /** Số vào sổ cấp chứng nhận, bằng. */
  readonly registerNumber?: string
  readonly grantedOn?: Day
  readonly expiresOn?: Day
  readonly announcedOn?: Day
  readonly refused?: { readonly on: Day; readonly reason: string; readonly number: string }
  readonly verification?: { readonly on: Day; readonly reason: string; readonly decision: Decision }
  readonly revoked?: { readonly on: Day; readonly reason: string; readonly decision: Decision }
  readonly transfers: readonly {
    readonly fromSchoolId: string
    readonly on: Day
    readonly reason: string
    readonly decision: Decision
  }[]
  readonly outbox: readonly JournalEntry[]
}

/** `years` later, the day before: a title of 05/02/2026 for five years is valid to 04/02/2031 inclusive. */
export const lastDayOfValidity = (grantedOn: Day, years: number): Day => {
  const shifted = `${Number(grantedOn.slice(0, 4)) + years}${grantedOn.slice(4)}`
  // 29 February of a year without one: the day before 1 March.
  return addDays(shifted.endsWith('-02-29') ? addDays(`${shifted.slice(0, 4)}-03-01`, 0) : shifted, -1)
}

/** Which school held the title on a day: a transfer counts from its day on. */
export const holderOn = (title: Title, day: Day): string =>
  title.transfers.find(transfer => transfer.on > day)?.fromSchoolId ?? title.schoolId

const grantedBy = (title: Title, day: Day): boolean => title.grantedOn !== undefined && title.grantedOn <= day

/**
 * A title as it stands on a day beside the other titles of the same school; undefined while it has not been granted.
 * A newer title of the same kind replaces it from its own day on, so that nothing is counted twice (process § 6).
 */
export function titleFactOn(title: Title, siblings: readonly Title[], day: Day): TitleFact | undefined {
  const { id, rev, kind, grade, decision, grantedOn, expiresOn } = title
  if (!decision || grantedOn === undefined || expiresOn === undefined || grantedOn > day) return undefined
  const newer = siblings
    .filter(other => other.id !== id && other.kind === kind && grantedBy(other, day))
    .map(other => other.grantedOn ?? day)
    .filter(on => on > grantedOn)
    .toSorted()[0]
  const ended = firstEnd([
    ...(title.revoked && title.revoked.on <= day
      ? [{ how: 'revoked' as const, on: title.revoked.on, reason: title.revoked.reason }]
      : []),
    ...(newer === undefined ? [] : [{ how: 'replaced' as const, on: newer }]),
    ...(expiresOn < day ? [{ how: 'expired' as const, on: addDays(expiresOn, 1) }] : []),
  ])
  const again = siblings.some(
    other => other.id !== id && other.kind === kind && other.grantedOn !== undefined && other.grantedOn < grantedOn,
  )
  return { id, rev, kind, grade, decision, grantedOn, expiresOn, again, ...(ended && { ended }) }
}

const firstEnd = (ends: readonly NonNullable<TitleFact['ended']>[]): TitleFact['ended'] =>
  ends.toSorted((a, b) => a.on.localeCompare(b.on))[0]

/** How a title stands today, in the words of process § 6. */
export type Standing = 'valid' | 'expiring' | 'renewNow' | 'expired' | 'replaced' | 'revoked' | 'verifying'

export const STANDINGS: Readonly<Record<Standing, { readonly label: string; readonly tone: string }>> = {
  valid: { label: 'Còn hạn', tone: 'green' },
  expiring: { label: 'Sắp hết hạn', tone: 'orange' },
  renewNow: { label: 'Phải đăng ký lại ngay', tone: 'red' },
  expired: { label: 'Hết hạn', tone: 'grey' },
  replaced: { label: 'Đã thay bằng danh hiệu mới', tone: 'grey' },
  revoked: { label: 'Đã thu hồi', tone: 'red' },
  verifying: { label: 'Đang kiểm tra lại', tone: 'orange' },
}

/** So many months later (earlier for a negative number), on the same date or the last one of a shorter month. */
export const monthsFrom = (day: Day, months: number): Day => {
  const at = new Date(`${day}T00:00:00Z`)
  const wanted = at.getUTCDate()
  at.setUTCDate(1)
  at.setUTCMonth(at.getUTCMonth() + months)
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()
  at.setUTCDate(Math.min(wanted, last))
  return at.toISOString().slice(0, 10)
}

export function standingOn(
  title: Title,
  fact: TitleFact,
  day: Day,
  months: { readonly warn: number; readonly renew: number },
): Standing {
  if (fact.ended) return fact.ended.how
  if (title.state === 'underVerification') return 'verifying'
  if (day >= monthsFrom(fact.expiresOn, -months.renew)) return 'renewNow'
  return day >= monthsFrom(fact.expiresOn, -months.warn) ? 'expiring' : 'valid'
}
