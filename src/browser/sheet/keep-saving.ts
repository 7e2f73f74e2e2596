import type { SaveLine } from './save-line.ts'

/** What saves itself: a text, a verdict, rows. */
export interface SavesItself {
  readonly save: (leaving?: boolean) => Promise<void>
  readonly again: () => void
}

/**
 * Tries again when the connection or the person is back, sends what was typed when the page is left, and asks before
 * leaving while something is on this machine only.
 */
export function keepSaving(savers: readonly SavesItself[], line: SaveLine): void {
  const again = (): void => {
    for (const each of savers) each.again()
  }
  const flush = (): void => {
    for (const each of savers) void each.save(true)
  }
  window.addEventListener('online', again)
  window.addEventListener('focus', again)
  window.addEventListener('pagehide', flush)
  // Phones close a page in the background without a word.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) flush()
  })
  window.addEventListener('beforeunload', event => {
    flush()
    if (line.isUnsent()) event.preventDefault()
  })
}
