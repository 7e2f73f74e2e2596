import type { Assessment } from '../assessments/index.ts'
import type { Clock } from '../kernel/dates.ts'
import type { Doc } from '../paper/index.ts'
import type { UnitTree } from '../organisations/index.ts'
import type { MinutesStore } from './minutes-store.ts'

/** What records of meetings are handed by the composition. */
export interface MinutesNeeds {
  readonly minutes: MinutesStore
  readonly assessment: (id: string) => Promise<Assessment | undefined>
  readonly tree: () => Promise<UnitTree>
  readonly draw: (doc: Doc) => Promise<{ readonly bytes: Uint8Array; readonly sha256: string }>
  readonly keepBytes: (bytes: Uint8Array) => Promise<unknown>
  readonly openBytes: (sha256: string) => Promise<Uint8Array>
  readonly now: Clock
}
