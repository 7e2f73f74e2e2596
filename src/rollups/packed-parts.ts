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

const BYTES = Uint32Array.BYTES_PER_ELEMENT
const IS_LITTLE = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

/**
 * Copied, because a buffer of the driver need not begin where a number may, and into plain numbers, because a screen reads
 * thousands of these and a buffer of its own takes longer than the few numbers in it.
 */
function unpacked(bytes: Buffer): ArrayLike<number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const numbers: number[] = []
  for (let at = 0; at < bytes.byteLength; at += BYTES) numbers.push(view.getUint32(at, IS_LITTLE))
  return numbers
}

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
