import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { makeBackup, restoreBackup } from '../../src/backup/index.ts'
import { fileStore } from '../../src/evidence/index.ts'
import { verifyJournal } from '../../src/journal/index.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { connect, type Database } from '../../src/mongo/connect.ts'
import { dumpedRows } from '../../src/mongo/dump.ts'
import { openDatabase } from '../../src/mongo/open-database.ts'
import { findOnPath } from '../../src/mongo/own-server.ts'
import { buildSystem } from '../../src/system/system.ts'
import { buildProvince } from './a-province.ts'
import { median, percentile, round } from './numbers.ts'
import { sayNumbers } from './report-numbers.ts'

/*
 * npm run bench -- backup [--rounds 6 --schools 36 --files 300 --writers 64]
 * R10: backups under load, each restored on an empty engine and compared document by document and file by file. Writers
 * count in pairs over two collections and two connections; a copy that is not of one moment has a pair that cannot be.
 */
const { values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '6' },
    schools: { type: 'string', default: '36' },
    files: { type: 'string', default: '300' },
    writers: { type: 'string', default: '64' },
  },
})
const FILE_BYTES = 64 * 1024
const quiet = async (): Promise<void> => undefined
const wait = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms))

const root = mkdtempSync(path.join(tmpdir(), 'kd-bench-backup-'))
const open = (folder: string) =>
  openDatabase({
    mongodBinary: findOnPath('mongod', process.env['PATH'] ?? ''),
    dataDir: folder,
    cacheMb: 512,
    say: () => {},
  })

interface Counter {
  readonly _id: string
  readonly n: number
}

/** Writers that count the left one up and then the right one, until told to end; each tells how long a write took. */
function load(connections: readonly Database[], waits: number[]) {
  let running = true
  const writer = async (at: number): Promise<void> => {
    const db = connections[at % connections.length]
    if (!db) return
    const rows = (name: string) => db.client.db(db.name).collection<Counter>(name)
    while (running)
      for (const name of ['benchLeft', 'benchRight']) {
        const begun = performance.now()
        await rows(name).updateOne(
          { _id: `writer-${at}` },
          { $inc: { n: 1 } },
          { upsert: true, writeConcern: db.durable },
        )
        waits.push(performance.now() - begun)
      }
  }
  const all = Array.from({ length: Number(values.writers) }, (_, at) => writer(at))
  return async (): Promise<void> => {
    running = false
    await Promise.all(all)
  }
}

async function wrongPairs(folder: string): Promise<number> {
  const numbers = async (name: string): Promise<ReadonlyMap<unknown, number>> => {
    const found = new Map<unknown, number>()
    for await (const { _id, n } of dumpedRows(path.join(folder, 'data', `${name}.bson`))) found.set(_id, Number(n))
    return found
  }
  const [left, right] = [await numbers('benchLeft'), await numbers('benchRight')]
  return [...left].filter(([id, n]) => ![0, 1].includes(n - (right.get(id) ?? 0))).length
}

/** Restores on an engine of its own and says whether everything was equal and the journal holds. */
async function restoresExactly(folder: string, round: number): Promise<boolean> {
  const engine = await open(path.join(root, `target-${round}`))
  const db = await connect(engine.uri, 'restored')
  const filesDir = path.join(root, `files-${round}`)
  try {
    // Throws at the first document or file that differs.
    await restoreBackup({ db, filesDir }, folder, quiet)
    const system = buildSystem(db, { filesDir })
    await ensureIndexes(db)
    await system.post.sweep()
    return (await verifyJournal(system.journal)).broken.length === 0
  } catch (error) {
    console.error(error)
    return false
  } finally {
    await db.close()
    await engine.close()
    rmSync(path.join(root, `target-${round}`), { recursive: true, force: true })
    rmSync(filesDir, { recursive: true, force: true })
  }
}

const engine = await open(path.join(root, 'data'))
const db = await connect(engine.uri, 'bench', { serves: true })
const beside = await connect(engine.uri, 'bench')
try {
  const filesDir = path.join(root, 'files')
  const system = buildSystem(db, { filesDir })
  await ensureIndexes(db)
  console.log(`Đang dựng ${values.schools} trường mẫu và ${values.files} tệp…`)
  await buildProvince(system, Number(values.schools))
  await system.post.settled()
  const files = fileStore(filesDir)
  for (let at = 0; at < Number(values.files); at++) await files.keepBytes(Buffer.alloc(FILE_BYTES, `tệp ${at} `))

  const pauses: number[] = []
  const copies: number[] = []
  const longest: number[] = []
  const wholes: number[] = []
  let [exact, pairs, bytes, documents] = [0, 0, 0, 0]
  console.log(
    '| vòng | bản ghi | MB | tạm dừng ghi, ms | trong đó chép, ms | cả bản, ms | ghi lâu nhất, ms | cặp sai | phục hồi |',
  )
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |')
  for (let turn = 1; turn <= Number(values.rounds); turn++) {
    const waits: number[] = []
    const end = load([db, beside], waits)
    await wait(1500)
    const begun = performance.now()
    const needs = { db, filesDir, application: 'bench', now: () => new Date() }
    const { folder, manifest } = await makeBackup(needs, path.join(root, 'backups'), quiet)
    const whole = performance.now() - begun
    await wait(500)
    await end()
    const wrong = await wrongPairs(folder)
    const good = await restoresExactly(folder, turn)
    documents = manifest.collections.reduce((sum, { count }) => sum + count, 0)
    bytes = manifest.collections.reduce((sum, each) => sum + each.bytes, 0)
    pauses.push(manifest.pausedMs)
    copies.push(manifest.copiedMs)
    wholes.push(whole)
    longest.push(percentile(waits, 1))
    exact += good ? 1 : 0
    pairs += wrong
    const cells = [
      turn,
      documents,
      round(bytes / 2 ** 20),
      manifest.pausedMs,
      manifest.copiedMs,
      round(whole, 0),
      round(percentile(waits, 1), 0),
      wrong,
    ]
    console.log(`| ${cells.join(' | ')} | ${good ? 'đúng' : 'SAI'} |`)
  }
  const words = pauses.map((pause, at) => pause - (copies[at] ?? 0))
  const detail = `${documents} documents, ${round(bytes / 2 ** 20)} MB, ${values.files} files, load ${round(loadavg()[0] ?? 0)}`
  const many = `${values.writers} writers over two connections`
  sayNumbers([
    {
      goal: 'R10',
      what: 'restored exactly',
      value: exact,
      unit: 'backups',
      gate: Number(values.rounds),
      more: true,
      detail,
    },
    { goal: 'R10', what: 'pairs of two moments', value: pairs, unit: '', gate: 0, detail: many },
    { goal: 'R10', what: 'write pause without the copy, median', value: median(words), unit: 'ms', gate: 500, detail },
    {
      goal: 'R10',
      what: 'write pause without the copy, longest',
      value: percentile(words, 1),
      unit: 'ms',
      gate: 500,
      detail,
    },
    { goal: '', what: 'copy, median', value: median(copies), unit: 'ms', detail },
    { goal: '', what: 'copy, longest', value: percentile(copies, 1), unit: 'ms', detail },
    { goal: '', what: 'longest write', value: percentile(longest, 1), unit: 'ms', detail: many },
    { goal: '', what: 'whole backup, median', value: median(wholes), unit: 'ms', detail },
  ])
} finally {
  await beside.close()
  await db.close()
  await engine.close()
  rmSync(root, { recursive: true, force: true })
}
