import { createHash } from 'node:crypto'
import type { JournalEntry } from '../kernel/journal-entry.ts'

/** An entry at its place in its unit's chain: `hash` covers the entry and the hash of the one before. */
export interface ChainedEntry {
  readonly entry: JournalEntry
  readonly seq: number
  readonly prev: string
  readonly hash: string
}

/** What stands before the first entry of a unit. */
export const GENESIS = '0'.repeat(64)

/** SHA-256, hex, of the hash before and the entry's canonical text (keys sorted, dates as ISO, nothing undefined). */
export const chainHash = (prev: string, entry: JournalEntry): string =>
  createHash('sha256').update(prev).update(canonical(entry)).digest('hex')

function canonical(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value.toISOString())
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`
  }
  return JSON.stringify(value ?? null)
}

/** The first place where a unit's chain does not hold, as a Vietnamese sentence; undefined when it holds. */
export function brokenAt(chain: readonly ChainedEntry[]): string | undefined {
  let prev = GENESIS
  for (const [index, link] of chain.entries()) {
    if (link.seq !== index + 1) return `thiếu mục số ${index + 1} (gặp số ${link.seq})`
    if (link.prev !== prev) return `mục số ${link.seq} không nối với mục trước nó`
    if (link.hash !== chainHash(prev, link.entry)) return `mục số ${link.seq} (${link.entry.event}) đã bị sửa`
    prev = link.hash
  }
  return undefined
}
