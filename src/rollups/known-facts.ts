import type { SchoolFacts } from './school-facts.ts'

/** Years of schools kept at most: one year of the whole country, or a province's last twenty. */
const MOST = 60_000

/** Facts in the order of a place's schools. */
export type KnownPlace = readonly (SchoolFacts | undefined)[]

interface Known {
  readonly seq: number
  readonly facts: KnownPlace
}

/** Remembers what was read since it was made; forgets to, once everything known was thrown away in between. */
export type Remember = (key: string, seq: number, facts: KnownPlace) => void

export type KnownFacts = ReturnType<typeof knownFacts>

/**
 * Facts of whole places in memory, under the key of their sums and the `seq` that those had before the facts were read.
 * Every change below a place raises its `seq` before its journal entry is delivered, so that facts are right as long as
 * the `seq` stands; whoever asks reads it from the database first.
 */
export function knownFacts(most = MOST) {
  const places = new Map<string, Known>()
  let schools = 0
  let lives = 0

  const forget = (key: string): void => {
    schools -= places.get(key)?.facts.length ?? 0
    places.delete(key)
  }

  return {
    of(key: string, seq: number | undefined): KnownPlace | undefined {
      const known = places.get(key)
      return known?.seq === seq ? known?.facts : undefined
    },
    /** To be asked for before the `seq` is read. */
    remember(): Remember {
      const life = lives
      return (key, seq, facts) => {
        if (life !== lives) return
        forget(key)
        places.set(key, { seq, facts })
        schools += facts.length
        for (const oldest of places.keys()) {
          if (schools <= most) break
          forget(oldest)
        }
      }
    },
    clear(): void {
      lives += 1
      places.clear()
      schools = 0
    },
  }
}
