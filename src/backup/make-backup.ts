import { createHash } from 'node:crypto'
import { open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { keptHashes, keptPlace } from '../evidence/index.ts'
import type { Clock } from '../kernel/dates.ts'
import type { Database } from '../mongo/connect.ts'
import { collectionNames, dataBytes, dumpCollection, dumpedRows, type Dumped } from '../mongo/dump.ts'
import { makeFolder, readyPlace } from './backup-place.ts'
import { diskFault, LEFT_OUT } from './backup-words.ts'
import { copyFiles, type KeptFile } from './kept-files.ts'
import { FILE_LIST, MANIFEST, printManifest, readManifest, type Manifest } from './manifest.ts'

export interface MakeNeeds {
  readonly db: Database
  readonly filesDir: string
  /** Folders of the database, in which no backup may lie. */
  readonly databaseDirs?: readonly string[]
  /** Version of this application. */
  readonly application: string
  readonly now: Clock
}

export interface Made {
  readonly name: string
  readonly folder: string
  readonly manifest: Manifest
}

/** How far it is; `total` 0 while that is not known. */
export type Told = (words: string, done?: number, total?: number) => Promise<void>

const AT_ONCE = 2
const PARTIAL = '.partial'
const A_DAY = 86_400_000

/** `sao-luu-2026-02-05-094107`, Vietnamese time. */
export const nameAt = (at: Date): string =>
  `sao-luu-${new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')}`

/** Names of the complete backups in a folder, oldest first. */
export async function backupsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [])
  const complete = await Promise.all(
    names.map(
      async name =>
        name.startsWith('sao-luu-') && !name.endsWith(PARTIAL) && (await isThere(path.join(folder, name, MANIFEST))),
    ),
  )
  return names.filter((_, at) => complete[at]).toSorted()
}

/**
 * Makes a backup below `to`: files first and last, all collections of one moment in between, while no process writes. The
 * folder has its name only when everything in it is on the disk. Refuses in words when it cannot.
 */
export async function makeBackup(needs: MakeNeeds, to: string, told: Told): Promise<Made> {
  await lookAtPlace(needs, to)
  const hold = await needs.db.holdPauses()
  const at = needs.now()
  const name = nameAt(at)
  const folder = path.join(to, name)
  const draft = `${folder}${PARTIAL}`
  try {
    await dropCut(to)
    await makeFolder(draft)
    await makeFolder(path.join(draft, 'data'))
    const files = filesInto(needs.filesDir, path.join(draft, 'files'), await earlierIn(to), told)
    await files.bring()
    await told('Tạm dừng ghi, đang chép dữ liệu')
    const {
      result: collections,
      pausedMs,
      workMs,
    } = await hold.during(() => dumpAll(needs.db, path.join(draft, 'data')))
    for (const collection of collections) await sync(path.join(draft, 'data', `${collection.name}.bson`))
    await sync(path.join(draft, 'data'))
    await files.bring()
    const manifest = printManifest({
      application: needs.application,
      at: at.toISOString(),
      database: needs.db.name,
      pausedMs: Math.round(pausedMs),
      copiedMs: Math.round(workMs),
      collections,
      leftOut: Object.entries(LEFT_OUT).map(([left, why]) => ({ name: left, why })),
      files: await files.list(path.join(draft, FILE_LIST)),
      journal: await journalEnds(path.join(draft, 'data', 'journal.bson'), collections),
    })
    await writeFile(path.join(draft, 'DOC-TRUOC.txt'), README, { flush: true })
    await writeFile(path.join(draft, MANIFEST), manifest, { flush: true })
    await sync(draft)
    await rename(draft, folder)
    await sync(to)
    return { name, folder, manifest: await readManifest(folder) }
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined)
    throw diskFault(error, to)
  } finally {
    await hold.release()
  }
}

/** Whether backups may be laid there: asked before anybody's work is held up. */
async function lookAtPlace({ db, filesDir, databaseDirs = [] }: MakeNeeds, to: string): Promise<void> {
  try {
    await readyPlace(to, {
      neverIn: [filesDir, ...databaseDirs],
      filesDir,
      // On one disk files are linked, not copied.
      needed: async sharesDisk => (await dataBytes(db)) + (sharesDisk ? 0 : await newBytes(filesDir, to)),
    })
  } catch (error) {
    throw diskFault(error, to)
  }
}

/** Bytes of the kept files that the last backup in this folder does not have. */
async function newBytes(filesDir: string, to: string): Promise<number> {
  const last = (await backupsIn(to)).at(-1)
  const list = last === undefined ? '' : await readFile(path.join(to, last, FILE_LIST), 'utf8').catch(() => '')
  const there = new Set(list.split('\n').map(line => line.split(' ')[0]))
  let bytes = 0
  for (const sha256 of await keptHashes(filesDir))
    if (!there.has(sha256))
      bytes += await stat(keptPlace(filesDir, sha256)).then(
        ({ size }) => size,
        () => 0,
      )
  return bytes
}

/** Throws away what a killed backup left a day ago or earlier. */
async function dropCut(to: string): Promise<void> {
  for (const left of (await readdir(to)).filter(name => name.startsWith('sao-luu-') && name.endsWith(PARTIAL))) {
    const { mtimeMs } = await stat(path.join(to, left))
    if (mtimeMs < Date.now() - A_DAY) await rm(path.join(to, left), { recursive: true, force: true })
  }
}

const earlierIn = async (to: string): Promise<string | undefined> => {
  const last = (await backupsIn(to)).at(-1)
  return last === undefined ? undefined : path.join(to, last, 'files')
}

/** Files of evidence and papers: `bring` copies those that are not there yet, `list` writes down what was copied. */
function filesInto(from: string, to: string, earlier: string | undefined, told: Told) {
  const kept = new Map<string, KeptFile>()
  const faulty = new Set<string>()
  return {
    async bring(): Promise<void> {
      const wanted = (await keptHashes(from)).filter(sha256 => !kept.has(sha256) && !faulty.has(sha256))
      const words = (done: number, total: number) => told('Đang chép tệp minh chứng và văn bản', done, total)
      const found = await copyFiles(wanted, { from, to, earlier, mayLink: true, told: words })
      for (const file of found.copied) kept.set(file.sha256, file)
      for (const sha256 of found.faulty) faulty.add(sha256)
    },
    async list(file: string): Promise<Manifest['files']> {
      const all = [...kept.values()].toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
      const text = all.map(({ sha256, size }) => `${sha256} ${size}\n`).join('')
      await writeFile(file, text, { flush: true })
      return {
        count: all.length,
        bytes: all.reduce((sum, { size }) => sum + size, 0),
        sha256: createHash('sha256').update(text).digest('hex'),
        faulty: [...faulty].toSorted(),
      }
    },
  }
}

type Collections = readonly (Dumped & { readonly name: string })[]

/** Every collection that is kept, as it stands now. */
async function dumpAll(db: Database, folder: string): Promise<Manifest['collections']> {
  const names = (await collectionNames(db)).filter(name => !(name in LEFT_OUT))
  const dumped: (Dumped & { readonly name: string })[] = []
  const waiting = names.values()
  const worker = async (): Promise<void> => {
    for (const name of waiting)
      dumped.push({ name, ...(await dumpCollection(db, name, path.join(folder, `${name}.bson`))) })
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return dumped.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

async function journalEnds(file: string, collections: Collections): Promise<Manifest['journal']> {
  if (!collections.some(({ name }) => name === 'journal')) return []
  const ends = new Map<string, Manifest['journal'][number]>()
  for await (const { unitId, seq, hash } of dumpedRows(file)) {
    if (typeof unitId !== 'string' || typeof seq !== 'number' || typeof hash !== 'string') continue
    if ((ends.get(unitId)?.seq ?? 0) < seq) ends.set(unitId, { unitId, seq, hash })
  }
  return [...ends.values()].toSorted((a, b) => (a.unitId < b.unitId ? -1 : 1))
}

/** Brings a file, or the names in a folder, to the disk. */
async function sync(place: string): Promise<void> {
  const handle = await open(place, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )

const README = `BẢN SAO LƯU CỦA HỆ THỐNG KIỂM ĐỊNH CHẤT LƯỢNG GIÁO DỤC

Phục hồi: dừng hệ thống, chọn một DATA_DIR (và FILES_DIR) trống, chạy
  npm run restore -- THƯ-MỤC-NÀY

Bản này KHÔNG có: khóa của hệ thống (SESSION_SECRET, hoặc tệp "secret" trong
DATA_DIR), mật khẩu máy chủ thư, khóa của cổng định danh. Hãy giữ chúng ở nơi
khác, an toàn. Thiếu khóa của hệ thống thì người đã bật xác thực hai bước chỉ
vào được bằng mã khôi phục.

Bản này CÓ dữ liệu của mọi đơn vị: hãy giữ như hồ sơ mật.
`
