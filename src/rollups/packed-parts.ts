import type { Part, SetTally } from './tally.ts'

/** A part as it is stored: cells packed as 32-bit numbers; those that a screen does not need are not read. */
export interface KeptPart extends Omit<Part, 'counts' | 'sets'> {
  readonly counts: Buffer
  readonly sets: readonly (Omit<SetTally, 'levels' | 'verdicts'> & {
    readonly levels?: Buffer
    readonly verdicts?: Buffer
  })[]
}

const packed = (numbers: ArrayLike<number>): Buffer => Buffer.from(Uint32Array.from(numbers).buffer)

/** Copied, because a buffer of the driver need not begin where a number may. */
const unpacked = (bytes: Buffer): ArrayLike<number> => new Uint32Array(new Uint8Array(bytes).buffer)

export const toKept = ({ kind, ownership, counts, sets }: Part): KeptPart => ({
  kind,
  ownership,
  counts: packed(counts),
  sets: sets.map(({ hash, setId, n, levels, verdicts }) => ({
    hash,
    setId,
    n,
    levels: packed(levels),
    verdicts: packed(verdicts),
  })),
})

export const fromKept = ({ kind, ownership, counts, sets }: KeptPart): Part => ({
  kind,
  ownership,
  counts: unpacked(counts),
  sets: sets.map(({ hash, setId, n, levels, verdicts }) => ({
    hash,
    setId,
    n,
    levels: levels ? unpacked(levels) : [],
    verdicts: verdicts ? unpacked(verdicts) : [],
  })),
})
