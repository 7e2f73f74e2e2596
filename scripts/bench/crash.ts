import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { verifyJournal } from '../../src/journal/index.ts'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { connect, type Database } from '../../src/mongo/connect.ts'
import { openDatabase } from '../../src/mongo/open-database.ts'
import { findOnPath } from '../../src/mongo/own-server.ts'
import { countOf, sumsFromDocuments, sumsOfUnit, totalCounts } from '../../src/rollups/index.ts'
import { buildSystem, type System } from '../../src/system/system.ts'
import { enginePid, percentile, round } from './numbers.ts'
import { sayNumbers, type Measured } from './report-numbers.ts'
import { ROOT, synthesise } from './synthetic-province.ts'

/*
 * npm run bench -- crash [--kills 20 --engineKills 20 --schools 300]
 * R3: two processes step schools and are killed with SIGKILL; then the engine is. After each kill the sums must be those
 * of the documents. The naive counter beside them must not be, or the bench proves nothing.
 */
const { values } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '20' },
    engineKills: { type: 'string', default: '20' },
    schools: { type: 'string', default: '300' },
  },
})
const YEAR = workingYear('2025-2026')
const DAY = '2026-05-20'
const WRITERS = 2
/** Long enough for some hundred steps, never the same place in them. */
const span = (): number => 400 + Math.random() * 800

const folder = mkdtempSync(path.join(tmpdir(), 'kd-crash-'))
const filesDir = path.join(folder, 'files')
const open = () =>
  openDatabase({
    mongodBinary: findOnPath('mongod', process.env['PATH'] ?? ''),
    dataDir: path.join(folder, 'data'),
    cacheMb: 512,
    say: () => {},
  })

const wait = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms))

async function startWriters(uri: string): Promise<readonly ChildProcess[]> {
  const children = Array.from({ length: WRITERS }, () =>
    fork(path.join(import.meta.dirname, 'crash-writer.ts'), [uri, 'crash', filesDir, values.schools], {
      execArgv: ['--import', 'tsx'],
    }),
  )
  await Promise.all(children.map(child => new Promise(done => child.once('message', done))))
  return children
}

const kill = (child: ChildProcess): Promise<unknown> =>
  new Promise(done => {
    child.once('exit', done)
    child.kill('SIGKILL')
  })

interface Round {
  readonly exact: boolean
  readonly naiveExact: boolean
  /** Chains of the journal that do not hold once everything is delivered. */
  readonly broken: number
  readonly settledMs: number
}

/** What a reader is told right after the crash, against the documents; then the naive counter, set right for the next round. */
async function judge(system: System, db: Database): Promise<Round> {
  const began = performance.now()
  const [kept = []] = await sumsOfUnit(system.rollupNeeds, { unitId: ROOT, years: [YEAR], day: DAY, depth: 'verdicts' })
  const settledMs = performance.now() - began
  const truth = await sumsFromDocuments(system.rollupNeeds, { unitId: ROOT, year: YEAR, day: DAY })
  const counts = totalCounts(truth)
  const states = ['submitted', 'returned', 'accepted'] as const
  const naive = db.connection.collection<{ _id: string; n: number }>('naiveTotals')
  const counted = new Map((await naive.find().toArray()).map(({ _id, n }) => [_id, n]))
  const naiveExact = states.every(state => (counted.get(state) ?? 0) === countOf(counts, `state.${state}`))
  for (const state of states)
    await naive.updateOne({ _id: state }, { $set: { n: countOf(counts, `state.${state}`) } }, { upsert: true })
  await system.post.sweep()
  const { broken } = await verifyJournal(system.journal)
  return { exact: JSON.stringify(kept) === JSON.stringify(truth), naiveExact, broken: broken.length, settledMs }
}

const numbers: Measured[] = []
function report(what: string, rounds: readonly Round[]): void {
  const wrong = rounds.filter(each => !each.exact).length
  const naiveWrong = rounds.filter(each => !each.naiveExact).length
  const detail = `first read after the crash p95 ${round(
    percentile(
      rounds.map(each => each.settledMs),
      0.95,
    ),
  )} ms; load ${round(loadavg()[0] ?? 0)}`
  numbers.push({
    goal: 'R3',
    what: `${what}: rounds with wrong sums`,
    value: wrong,
    unit: `of ${rounds.length}`,
    gate: 0,
    detail,
  })
  numbers.push({
    goal: 'R3',
    what: `${what}: rounds that broke a chain of the journal`,
    value: rounds.filter(each => each.broken > 0).length,
    unit: `of ${rounds.length}`,
    gate: 0,
    detail: 'after a sweep',
  })
  numbers.push({
    goal: 'R3',
    what: `${what}: rounds in which the naive counter was wrong`,
    value: naiveWrong,
    unit: `of ${rounds.length}`,
    gate: 1,
    more: true,
    detail: 'must fail',
  })
}

let engine = await open()
let db = await connect(engine.uri, 'crash')
try {
  let system = buildSystem(db, { filesDir })
  await ensureIndexes(db)
  await synthesise(system, { schools: Number(values.schools), units: 15, provinces: 0, years: [YEAR] })
  await system.years.open({ id: YEAR, closingDay: DAY, holidays: [] }, ROOT, { actor: SYSTEM, at: new Date() })
  await judge(system, db)
  const ofApp: Round[] = []
  for (let kills = 0; kills < Number(values.kills); kills++) {
    const writers = await startWriters(engine.uri)
    await wait(span())
    await Promise.all(writers.map(kill))
    ofApp.push(await judge(system, db))
    console.log(`kill ${kills + 1} of the applications`, ofApp.at(-1))
  }
  report('kill -9 of both applications', ofApp)
  const ofEngine: Round[] = []
  for (let kills = 0; kills < Number(values.engineKills); kills++) {
    const writers = await startWriters(engine.uri)
    await wait(span())
    process.kill(enginePid(process.pid), 'SIGKILL')
    await Promise.all(writers.map(kill))
    await db.close().catch(() => undefined)
    await engine.close().catch(() => undefined)
    engine = await open()
    db = await connect(engine.uri, 'crash')
    system = buildSystem(db, { filesDir })
    ofEngine.push(await judge(system, db))
    console.log(`kill ${kills + 1} of the engine`, ofEngine.at(-1))
  }
  report('kill -9 of the engine', ofEngine)
  sayNumbers(numbers)
} finally {
  await db.close().catch(() => undefined)
  await engine.close().catch(() => undefined)
  rmSync(folder, { recursive: true, force: true })
}
