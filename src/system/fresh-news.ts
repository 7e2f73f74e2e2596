import type { JournalEntry } from '../kernel/journal-entry.ts'

const FRESH_MS = 2 * 86_400_000

/** Older news tells nobody: an import, a restored copy or a demonstration must not fill inboxes and send e-mails. */
export const isFresh = ({ at }: Pick<JournalEntry, 'at'>, wallClock: number): boolean =>
  wallClock - at.getTime() <= FRESH_MS
