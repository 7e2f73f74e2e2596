import { createHash, randomUUID } from 'node:crypto'
import { copyFile, readFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import path from 'node:path'
import { destination, pino } from 'pino'
import { createApp } from '../../src/app.ts'
import { buildAssets } from '../../src/http/assets.ts'
import { SYSTEM, type Actor } from '../../src/kernel/actor.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { connect } from '../../src/mongo/connect.ts'
import { applyOperation, checkOperation } from '../../src/organisations/index.ts'
import { planOperation } from '../../src/organisations/operate.ts'
import { readUnits } from '../../src/organisations/unit-sheets.ts'
import { signInLimits } from '../../src/people/index.ts'
import { beginImport } from '../../src/seats/import-job.ts'
import { planOfPeople } from '../../src/seats/import-people.ts'
import { importNeedsOf } from '../../src/system/import-needs.ts'
import { buildSystem } from '../../src/system/system.ts'
import { COMMUNES, communeId, DAY, FILES, SINCE, type ImportFile } from './import-files.ts'
import { managingUnitSince } from './managing-unit.ts'
import { peakMemory, round } from './numbers.ts'
import type { Measured } from './report-numbers.ts'

/*
 * The process that is measured by the bench of imports: the whole application over an empty database, of which the use
 * cases behind the screens are called. Files are read and judged cell by cell with some rows wrong, then carried out;
 * journal entries are delivered within the time. Sends its numbers once and ends.
 */
const [uri = '', folder = '', schoolsAsked = '', peopleAsked = ''] = process.argv.slice(2)
const [schools, peopleCount] = [Number(schoolsAsked), Number(peopleAsked)]

const IT_TEAM: Actor = {
  personId: 'ky-thuat',
  name: 'Người Mẫu',
  seats: [{ role: 'itAdmin', unitId: 'so', from: '2020-01-01' }],
}
const LEAD: Actor = {
  ...IT_TEAM,
  seats: [{ role: 'provinceLead', unitId: 'so', from: '2020-01-01' }, ...IT_TEAM.seats],
}

const filesDir = path.join(folder, 'files')
const db = await connect(uri, 'imports', { serves: true })
const system = buildSystem(db, { filesDir })
await ensureIndexes(db)
// Nobody asks it anything; it stands in the memory that is measured as it does where people are served.
createApp({
  system,
  limits: signInLimits(db),
  assets: await buildAssets(),
  config: { baseUrl: 'http://127.0.0.1', filesDir, sessionSecrets: ['a secret for benches only, 32 letters'] },
  log: pino({ level: 'info' }, destination('/dev/null')),
})

const numbers: Measured[] = []
let peak = 0
let total = 0

/** Seconds of the work, and the largest memory of this process meanwhile in MB. */
async function measured<T>(what: string, detail: (result: T) => string, work: () => Promise<T>): Promise<T> {
  let most = process.memoryUsage.rss()
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20)
  const began = performance.now()
  const cpu = process.cpuUsage()
  const result = await work()
  const took = (performance.now() - began) / 1000
  const { user, system: inKernel } = process.cpuUsage(cpu)
  clearInterval(watch)
  const words = `${detail(result)}; CPU of the program ${round((user + inKernel) / 1e6)} s, memory ${round(most / 2 ** 20, 0)} MB, load ${round(loadavg()[0] ?? 0)}`
  numbers.push({ goal: '', what, value: took, unit: 's', detail: words })
  console.log(what, round(took), words)
  peak = Math.max(peak, most / 2 ** 20)
  total += took
  return result
}

const file = (name: ImportFile): Promise<Buffer> => readFile(path.join(folder, FILES[name]))

async function addCommunes(): Promise<void> {
  const by = { actor: SYSTEM, at: new Date() }
  const node = managingUnitSince(SINCE)
  await system.units.add(node('so', 'province', 'Sở Giáo dục và Đào tạo Mẫu'), by)
  for (let no = 0; no < COMMUNES; no++)
    await system.units.add(node(communeId(no), 'commune', `UBND xã Mẫu ${no}`, 'so'), by)
  await system.post.settled()
}

async function importSchools(): Promise<void> {
  const needs = { ...system, newId: randomUUID }
  await measured(
    `${schools} schools with wrong rows, read`,
    ({ faults }) => `${faults} faults named`,
    async () => ({ faults: (await readUnits(await file('wrongSchools'), await system.units.treeNow())).faults.length }),
  )
  const { changes, faults } = await measured(
    `${schools} schools, read`,
    read => `${read.changes.length} changes, ${read.faults.length} faults`,
    async () => readUnits(await file('schools'), await system.units.treeNow()),
  )
  if (faults[0]) throw new Error(`a fault in the right file: ${JSON.stringify(faults[0])}`)
  await measured(
    `${schools} schools, planned, checked and carried out`,
    () => 'journal delivered',
    async () => {
      const draft = { kind: 'import' as const, changes, fileName: 'truong.xlsx' }
      const wanted = { provinceId: 'so', draft, from: DAY, decision: '', reason: 'Nhập từ bảng tính' }
      const planned = await planOperation(needs)(IT_TEAM, wanted)
      await applyOperation(needs)(LEAD, await checkOperation(needs)(IT_TEAM, planned))
      await system.post.settled()
    },
  )
  const { size } = await system.units.treeNow()
  if (size !== schools + COMMUNES + 1) throw new Error(`${size} units after the import`)
}

async function importEverybody(): Promise<void> {
  const needs = importNeedsOf(system)
  /** What an upload leaves on the shelf. */
  const kept = async (name: ImportFile): Promise<string> => {
    const upload = path.join(folder, 'upload.xlsx')
    await copyFile(path.join(folder, FILES[name]), upload)
    const sha256 = createHash('sha256')
      .update(await file(name))
      .digest('hex')
    return needs.shelf.keep({ path: upload, sha256 }, new Date())
  }
  // The screen keeps the mark of what it has shown, not the lines.
  const judged = async (token: string) => {
    const { mark, lines, faults } = await planOfPeople(needs)(IT_TEAM, token)
    return { mark, lines: lines.length, faults: faults.length }
  }
  const [wrong, right] = [await kept('wrongPeople'), await kept('people')]
  const inWords = ({ lines, faults }: { lines: number; faults: number }) =>
    `${lines} lines right, ${faults} faults named`
  await measured(`${peopleCount} people with wrong rows, read and judged`, inWords, () => judged(wrong))
  const { mark } = await measured(`${peopleCount} people, read and judged`, inWords, () => judged(right))
  const done = await measured(
    `${peopleCount} people, judged again and carried out`,
    job => `${job?.people} people, ${job?.seats} posts, journal delivered`,
    async () => {
      const { id, ended } = await beginImport(needs)(IT_TEAM, right, mark)
      await ended
      await system.post.settled()
      return system.importJobs.find(id)
    },
  )
  if (done?.people !== peopleCount || done.seats !== peopleCount)
    throw new Error(`after the import: ${JSON.stringify(done)}`)
}

await addCommunes()
await importSchools()
await importEverybody()
numbers.push(
  {
    goal: 'P25',
    what: 'both files, all steps',
    value: total,
    unit: 's',
    gate: 60,
    detail: 'read as often as the screens read',
  },
  {
    goal: 'P25',
    what: 'memory of the program, largest',
    value: Math.max(peak, peakMemory(process.pid)),
    unit: 'MB',
    gate: 500,
    detail: 'the bundled product with everything that serves people, from its start',
  },
)
process.send?.(numbers)
await db.close()
process.disconnect?.()
process.exit()
