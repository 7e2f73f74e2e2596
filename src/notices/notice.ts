/** What happens to the e-mail of a notice; `uncertain`: the process died while sending, so it is never sent again. */
export type MailState = 'waiting' | 'sending' | 'sent' | 'none' | 'failed' | 'uncertain'

/** One fact told to one person: it stands in the inbox, and its subject and link go out by e-mail. */
export interface Notice {
  /** `<event>:<personId>`: the same event tells the same person once. */
  readonly id: string
  readonly personId: string
  /** A whole sentence without names of pupils; the only words that leave the system by e-mail. */
  readonly subject: string
  /** More of it, shown in the inbox alone. */
  readonly text: string
  /** A local address, e.g. `/ky-bao-cao/2025-2026-cuoi-nam`. */
  readonly href: string
  readonly at: Date
  readonly readAt?: Date
  readonly mail: MailState
}

/** What a feature says when it tells people something; `id` names the event, for ever the same on a retry. */
export interface Telling {
  readonly id: string
  readonly personIds: readonly string[]
  readonly subject: string
  readonly text: string
  readonly href: string
}

/** Tells everybody named once, however often it is called; never waits for the e-mail. */
export type Notify = (telling: Telling) => Promise<void>

/** Minutes to wait after the first, second … failed sending; after the last one the e-mail is given up. */
export const MAIL_BACKOFF_MINUTES: readonly number[] = [1, 5, 15, 60, 240, 720]

/** When a failed sending is tried again; undefined: not any more. */
export function retryAt(failures: number, now: Date): Date | undefined {
  const minutes = MAIL_BACKOFF_MINUTES[failures - 1]
  return minutes === undefined ? undefined : new Date(now.getTime() + minutes * 60_000)
}
