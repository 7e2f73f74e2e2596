import { constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib'

/** The parts of a ZIP file by their path. */
export type ZipParts = ReadonlyMap<string, Buffer>

export interface ZipLimits {
  readonly maxParts: number
  /** Bytes of all parts together once they are inflated. */
  readonly maxBytes: number
}

/** The bytes are no ZIP file that we read, or they inflate to more than the limits allow. */
export class ZipRefused extends Error {
  readonly reason: 'broken' | 'tooLarge'
  constructor(reason: 'broken' | 'tooLarge') {
    super(`zip ${reason}`)
    this.reason = reason
  }
}

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const END_SIZE = 22
const STORED = 0
const DEFLATED = 8

/**
 * Inflates the parts named by the central directory that `wanted` asks for.
 * The sizes written in the file are not believed: inflating stops at the limit itself.
 */
export function unzip(bytes: Buffer, limits: ZipLimits, wanted: (path: string) => boolean): ZipParts {
  try {
    return partsOf(bytes, limits, wanted)
  } catch (error) {
    if (error instanceof ZipRefused) throw error
    // zlib says by this code that the output passed `maxOutputLength`.
    const tooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw new ZipRefused(tooLarge ? 'tooLarge' : 'broken')
  }
}

/** What we packed ourselves, or somebody whom we trust, is unpacked without limits; folders are no parts. */
export const unzipOwn = (bytes: Buffer): ZipParts =>
  unzip(bytes, { maxParts: 65_535, maxBytes: 2_000_000_000 }, path => !path.endsWith('/'))

function partsOf(bytes: Buffer, limits: ZipLimits, wanted: (path: string) => boolean): ZipParts {
  const end = endOf(bytes)
  const count = bytes.readUInt16LE(end + 10)
  if (count > limits.maxParts) throw new ZipRefused('tooLarge')
  const parts = new Map<string, Buffer>()
  let left = limits.maxBytes
  let at = bytes.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new ZipRefused('broken')
    const [nameSize, extraSize, noteSize] = [28, 30, 32].map(offset => bytes.readUInt16LE(at + offset))
    const name = bytes.toString('utf8', at + 46, at + 46 + (nameSize ?? 0))
    if (wanted(name)) {
      const part = inflate(bytes, at, left)
      left -= part.length
      if (left < 0) throw new ZipRefused('tooLarge')
      parts.set(name, part)
    }
    at += 46 + (nameSize ?? 0) + (extraSize ?? 0) + (noteSize ?? 0)
  }
  return parts
}

/** Where the end record stands; a comment of up to 64 KB may follow it. */
function endOf(bytes: Buffer): number {
  for (let at = bytes.length - END_SIZE; at >= Math.max(0, bytes.length - END_SIZE - 65_535); at--) {
    if (bytes.readUInt32LE(at) === END) return at
  }
  throw new ZipRefused('broken')
}

function inflate(bytes: Buffer, entry: number, left: number): Buffer {
  const method = bytes.readUInt16LE(entry + 10)
  const size = bytes.readUInt32LE(entry + 20)
  const local = bytes.readUInt32LE(entry + 42)
  const encrypted = (bytes.readUInt16LE(entry + 8) & 1) === 1
  if (encrypted || bytes.readUInt32LE(local) !== LOCAL) throw new ZipRefused('broken')
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const packed = bytes.subarray(start, start + size)
  if (method === STORED) return packed
  if (method !== DEFLATED) throw new ZipRefused('broken')
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, left) })
}

/** 1 January 1980, the first day that the format knows: the same parts give the same bytes. */
const FIRST_DAY = 0x0021

/** Packs parts in the given order without a clock. `stored` leaves them as they are, for a reader in the same process. */
export const zip = (parts: ZipParts, packing: 'deflated' | 'stored' = 'deflated'): Buffer =>
  Buffer.concat([...zipPieces(parts, packing)])

/** The same bytes one after the other, for a reader who need not have them all at once. */
export function* zipPieces(parts: ZipParts, packing: 'deflated' | 'stored'): Generator<Buffer> {
  const entries: Buffer[] = []
  let at = 0
  for (const [path, part] of parts) {
    const name = Buffer.from(path, 'utf8')
    const body = packing === 'stored' ? part : deflateRawSync(part, { level: constants.Z_DEFAULT_COMPRESSION })
    // What the local head and the directory say alike: version, UTF-8 names, method, time, day, checksum, sizes.
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(packing === 'stored' ? STORED : DEFLATED, 4)
    common.writeUInt16LE(FIRST_DAY, 8)
    common.writeUInt32LE(crc32(part), 10)
    common.writeUInt32LE(body.length, 14)
    common.writeUInt32LE(part.length, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([uint32(LOCAL), common, name])
    const directory = Buffer.alloc(14)
    directory.writeUInt32LE(at, 10)
    entries.push(uint32(ENTRY), Buffer.from([20, 0]), common, directory, name)
    yield local
    yield body
    at += local.length + body.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(END_SIZE)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(parts.size, 8)
  end.writeUInt16LE(parts.size, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  yield directory
  yield end
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
