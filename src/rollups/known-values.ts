interface Known<Value> {
  readonly seq: number
  readonly value: Value
}

/** Remembers what was read since it was made; forgets to, once everything known was thrown away in between. */
export type Remember<Value> = (key: string, seq: number, value: Value) => void

/**
 * What was derived for sums, in memory under their key and the `seq` that they had before it was read, as much as weighs
 * `most`; beyond that the oldest make room. Every change below a place raises its `seq` before its journal entry is
 * delivered, so that a value is right as long as the `seq` stands; whoever asks reads it from the database first.
 */
export function knownValues<Value>(most: number, weightOf: (value: Value) => number) {
  const values = new Map<string, Known<Value>>()
  let weight = 0
  let lives = 0

  const forget = (key: string): void => {
    const known = values.get(key)
    if (known === undefined) return
    weight -= weightOf(known.value)
    values.delete(key)
  }

  return {
    of(key: string, seq: number | undefined): Value | undefined {
      const known = values.get(key)
      return known?.seq === seq ? known?.value : undefined
    },
    /** To be asked for before the `seq` is read. */
    remember(): Remember<Value> {
      const life = lives
      return (key, seq, value) => {
        if (life !== lives) return
        forget(key)
        values.set(key, { seq, value })
        weight += weightOf(value)
        for (const oldest of values.keys()) {
          if (weight <= most) break
          forget(oldest)
        }
      }
    },
    clear(): void {
      lives += 1
      values.clear()
      weight = 0
    },
  }
}
