import { fork } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { SYSTEM, type Actor } from '../../src/kernel/actor.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { connect } from '../../src/mongo/connect.ts'
import { openDatabase } from '../../src/mongo/open-database.ts'
import { findOnPath } from '../../src/mongo/own-server.ts'
import { applyOperation, checkOperation } from '../../src/organisations/index.ts'
import { planOperation } from '../../src/organisations/operate.ts'
import { readUnits } from '../../src/organisations/unit-sheets.ts'
import { importPeople, planOfPeople } from '../../src/seats/import-people.ts'
import { uploadShelf } from '../../src/sheet-files/index.ts'
import { buildSystem } from '../../src/system/system.ts'
import { COMMUNES, communeId, DAY, FILES, SINCE, writeImportFiles } from './import-files.ts'
import { round } from './numbers.ts'
import { sayNumbers, type Measured } from './report-numbers.ts'

/*
 * npm run bench -- imports [--schools 3000 --people 30000 --wrong 40]
 * P25: a province's schools and people from spreadsheets, through the use cases behind the screens: read and judged cell
 * by cell with some rows wrong, then carried out. Journal entries are delivered within the time.
 */
const { values } = parseArgs({
  allowPositionals: true,
  options: {
    schools: { type: 'string', default: '3000' },
    people: { type: 'string', default: '30000' },
    wrong: { type: 'string', default: '40' },
    'write-files': { type: 'string' },
  },
})
const [schools, peopleCount] = [Number(values.schools), Number(values.people)]

// The files are made by a process of its own, so that the memory measured is that of reading and carrying out alone.
const filesFor = values['write-files']
if (filesFor !== undefined) {
  await writeImportFiles(filesFor, { schools, people: peopleCount, wrong: Number(values.wrong) })
  process.exit()
}
const IT_TEAM: Actor = {
  personId: 'ky-thuat',
  name: 'Người Mẫu',
  seats: [{ role: 'itAdmin', unitId: 'so', from: '2020-01-01' }],
}
const LEAD: Actor = {
  ...IT_TEAM,
  seats: [{ role: 'provinceLead', unitId: 'so', from: '2020-01-01' }, ...IT_TEAM.seats],
}

/** The four files, written by another process. */
async function filesMadeElsewhere(): Promise<readonly Buffer[]> {
  const sizes = ['--schools', values.schools, '--people', values.people, '--wrong', values.wrong]
  const child = fork(import.meta.filename, ['--write-files', folder, ...sizes], { execArgv: ['--import', 'tsx'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`the files could not be written: ${code}`)
  return Promise.all(FILES.map(name => readFile(path.join(folder, name))))
}

const folder = mkdtempSync(path.join(tmpdir(), 'kd-imports-'))
const engine = await openDatabase({
  mongodBinary: findOnPath('mongod', process.env['PATH'] ?? ''),
  dataDir: path.join(folder, 'data'),
  cacheMb: 512,
  say: () => {},
})
const db = await connect(engine.uri, 'imports')
const numbers: Measured[] = []

/** Seconds of the work, and the largest memory of this process meanwhile in MB. */
async function measured<T>(
  goal: string,
  what: string,
  detail: (result: T) => string,
  work: () => Promise<T>,
): Promise<T> {
  let most = process.memoryUsage.rss()
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20)
  const began = performance.now()
  const cpu = process.cpuUsage()
  const result = await work()
  const took = (performance.now() - began) / 1000
  const used = (process.cpuUsage(cpu).user + process.cpuUsage(cpu).system) / 1e6
  clearInterval(watch)
  const words = `${detail(result)}; CPU of the program ${round(used)} s, memory ${round(most / 2 ** 20, 0)} MB, load ${round(loadavg()[0] ?? 0)}`
  numbers.push({ goal, what, value: took, unit: 's', detail: words })
  console.log(what, round(took), words)
  peak = Math.max(peak, most / 2 ** 20)
  total += took
  return result
}
let peak = 0
let total = 0

try {
  const system = buildSystem(db, { filesDir: path.join(folder, 'files') })
  await ensureIndexes(db)
  const by = { actor: SYSTEM, at: new Date() }
  const node = (id: string, kind: 'province' | 'commune', name: string, parentId?: string) => ({
    id,
    kind,
    names: [{ name, from: SINCE }],
    places: [{ place: 'Minh Họa', from: SINCE }],
    parents: parentId === undefined ? [] : [{ parentId, from: SINCE }],
    symbol: id.toUpperCase(),
    from: SINCE,
  })
  await system.units.add(node('so', 'province', 'Sở Giáo dục và Đào tạo Mẫu'), by)
  for (let no = 0; no < COMMUNES; no++)
    await system.units.add(node(communeId(no), 'commune', `UBND xã Mẫu ${no}`, 'so'), by)
  await system.post.settled()

  const [faulty, right, faultyPeople, rightPeople] = await filesMadeElsewhere()
  if (!faulty || !right || !faultyPeople || !rightPeople) throw new Error('a file is missing')

  const shelf = uploadShelf(path.join(folder, 'imports'))
  const needs = { ...system, operations: system.operations, shelf, newId: randomUUID }

  await measured(
    '',
    `${schools} schools with wrong rows, read`,
    ({ faults }) => `${faults.length} faults named`,
    async () => readUnits(faulty, await system.units.treeNow()),
  )
  const read = await measured(
    '',
    `${schools} schools, read`,
    ({ changes, faults }) => `${changes.length} changes, ${faults.length} faults`,
    async () => readUnits(right, await system.units.treeNow()),
  )
  if (read.faults[0]) throw new Error(`a fault in the right file: ${JSON.stringify(read.faults[0])}`)
  await measured(
    '',
    `${schools} schools, planned, checked and carried out`,
    () => 'journal delivered',
    async () => {
      const draft = { kind: 'import' as const, changes: read.changes, fileName: 'truong.xlsx' }
      const planned = await planOperation(needs)(IT_TEAM, {
        provinceId: 'so',
        draft,
        from: DAY,
        decision: '',
        reason: 'Nhập từ bảng tính',
      })
      const applied = await applyOperation(needs)(LEAD, await checkOperation(needs)(IT_TEAM, planned))
      await system.post.settled()
      return applied
    },
  )
  const tree = await system.units.treeNow()
  if (tree.size !== schools + COMMUNES + 1) throw new Error(`${tree.size} units after the import`)

  const kept = async (bytes: Buffer): Promise<string> => {
    const upload = path.join(folder, 'nhan-su.xlsx')
    await writeFile(upload, bytes)
    return shelf.keep({ path: upload, sha256: createHash('sha256').update(bytes).digest('hex') }, new Date())
  }
  const wrongPeople = await kept(faultyPeople)
  const token = await kept(rightPeople)
  await measured(
    '',
    `${peopleCount} people with wrong rows, read and judged`,
    ({ lines, faults }) => `${lines.length} lines right, ${faults.length} faults named`,
    () => planOfPeople(needs)(IT_TEAM, wrongPeople),
  )
  // The screen keeps the mark of what it has shown, not the lines.
  const { mark } = await measured(
    '',
    `${peopleCount} people, read and judged`,
    ({ lines, faults }) => `${lines} lines, ${faults} faults`,
    async () => {
      const plan = await planOfPeople(needs)(IT_TEAM, token)
      return { mark: plan.mark, lines: plan.lines.length, faults: plan.faults.length }
    },
  )
  const done = await measured(
    '',
    `${peopleCount} people, carried out`,
    result => `${result.people} people, ${result.seats} posts, journal delivered`,
    async () => {
      const imported = await importPeople(needs)(IT_TEAM, token, mark)
      await system.post.settled()
      return imported
    },
  )
  if (done.people !== peopleCount || done.seats !== peopleCount)
    throw new Error(`${done.people} people and ${done.seats} posts after the import`)
  numbers.push(
    {
      goal: 'P25',
      what: 'both files, all steps',
      value: total,
      unit: 's',
      gate: 60,
      detail: 'read twice where the screens read twice',
    },
    {
      goal: 'P25',
      what: 'memory of the program, largest',
      value: peak,
      unit: 'MB',
      gate: 500,
      detail: 'tsx included; the files were written by another process',
    },
  )
  sayNumbers(numbers)
} finally {
  await db.close()
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
}
