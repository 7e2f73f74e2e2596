import { unzipOwn, zip } from '../kernel/zip.ts'

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
  const steady = (path: string, bytes: Buffer): Buffer => {
    if (path.endsWith('.xlsx')) return withoutChance(bytes, createdAt)
    if (!/\.(xml|rels)$/.test(path)) return bytes
    const text = recounted(bytes.toString('utf8').replace(RANDOM_ID, counted))
    return Buffer.from(path === 'docProps/core.xml' ? text.replace(TIMES, `$1${second}$2`) : text)
  }
  // The document names its links in reading order; the lists of relations follow with the same names.
  const parts = unzipOwn(office)
  const main = parts.get('word/document.xml')
  if (main) steady('word/document.xml', main)
  return zip(new Map([...parts].map(([path, bytes]) => [path, steady(path, bytes)])))
}

const TIMES = /(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)/g
