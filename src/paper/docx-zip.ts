import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'

/** One file of an archive. */
interface Entry {
  readonly path: string
  readonly bytes: Buffer
}

const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END = 0x06054b50
/** 1 January 1980, the first day that a zip archive can name. */
const DOS_DATE = 0x21
const UTF8_NAMES = 0x0800
const DEFLATED = 8

/** The files of an archive in the order of its central directory. Throws when it is none. */
export function unzipped(archive: Buffer): readonly Entry[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0) throw new Error('not a zip archive')
  const entries: Entry[] = []
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const size = archive.readUInt32LE(at + 20)
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map(offset => archive.readUInt16LE(at + offset))
    const path = archive.toString('utf8', at + 46, at + 46 + (nameLength ?? 0))
    const local = archive.readUInt32LE(at + 42)
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const stored = archive.subarray(start, start + size)
    const bytes = archive.readUInt16LE(at + 10) === DEFLATED ? inflateRawSync(stored) : Buffer.from(stored)
    if (!path.endsWith('/')) entries.push({ path, bytes })
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0)
  }
  return entries
}

/** An archive that says nothing of when or where it was made: the same files give the same bytes. */
export function zipped(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { path, bytes } of entries) {
    const name = Buffer.from(path)
    const packed = deflateRawSync(bytes)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(UTF8_NAMES, 2)
    shared.writeUInt16LE(DEFLATED, 4)
    shared.writeUInt16LE(DOS_DATE, 8)
    shared.writeUInt32LE(crc32(bytes), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(bytes.length, 18)
    shared.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([uint32(LOCAL), shared, name, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(uint32(CENTRAL), Buffer.from([20, 0]), shared, tail, name)
    parts.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, central, uint32(END), end])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** Ids that the library throws dice for (links to the web), and those that it counts over all documents of the process. */
const RANDOM_ID = /rId[a-z0-9_-]{21}(?=")/g
const COUNTED_ID = /(<(w:bookmark|wp:docPr)(?:Start|End)? (?:[^>]*? )?(?:w:)?id=")(\d+)/g

/** Each kind of counted id from 1 on, in reading order. */
function recounted(xml: string): string {
  const known = new Map<string, number>()
  const counts = new Map<string, number>()
  return xml.replace(COUNTED_ID, (_, before: string, kind: string, id: string) => {
    const number = known.get(`${kind}${id}`) ?? (counts.get(kind) ?? 0) + 1
    if (!known.has(`${kind}${id}`)) counts.set(kind, number)
    known.set(`${kind}${id}`, number)
    return `${before}${number}`
  })
}

/**
 * The same Office file without the clock and without dice: times of the archive, of its properties and of workbooks
 * inside it become fixed, random ids are counted. `createdAt` is the ISO time that the properties then carry.
 */
export function withoutChance(office: Buffer, createdAt: string): Buffer {
  const names = new Map<string, string>()
  const counted = (id: string): string => {
    const known = names.get(id) ?? `rIdLink${names.size + 1}`
    names.set(id, known)
    return known
  }
  const second = `${createdAt.slice(0, 19)}Z`
  const steady = ({ path, bytes }: Entry): Entry => {
    if (path.endsWith('.xlsx')) return { path, bytes: withoutChance(bytes, createdAt) }
    if (!/\.(xml|rels)$/.test(path)) return { path, bytes }
    const text = recounted(bytes.toString('utf8').replace(RANDOM_ID, counted))
    const timed = path === 'docProps/core.xml' ? text.replace(TIMES, `$1${second}$2`) : text
    return { path, bytes: Buffer.from(timed) }
  }
  // The document names its links in reading order; the lists of relations follow with the same names.
  const entries = unzipped(office)
  const main = entries.find(({ path }) => path === 'word/document.xml')
  if (main) steady(main)
  return zipped(entries.map(steady))
}

const TIMES = /(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)/g
