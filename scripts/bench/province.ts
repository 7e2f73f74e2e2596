import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { entryBy } from '../../src/journal/index.ts'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { workingYear, type WorkingYear } from '../../src/kernel/working-year.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { connect } from '../../src/mongo/connect.ts'
import { openDatabase } from '../../src/mongo/open-database.ts'
import { findOnPath } from '../../src/mongo/own-server.ts'
import { unprotectedCreatePerson } from '../../src/people/index.ts'
import { countOf, sumsFromDocuments, sumsOfUnit, totalCounts } from '../../src/rollups/index.ts'
import { buildSystem, type System } from '../../src/system/system.ts'
import { PASSWORD } from './a-province.ts'
import { startServer } from './bench-server.ts'
import { openLoop } from './http-load.ts'
import { cpuSeconds, enginePid, percentile, round } from './numbers.ts'
import { sayNumbers, type Measured } from './report-numbers.ts'
import { pageRequest, signIn } from './setting.ts'
import { checkReadBack, ROOT, schoolId, synthesise, type Size } from './synthetic-province.ts'

/*
 * npm run bench -- province [--schools 3000 --units 150 --provinces 0 --years 5]
 * The sums over a made-up province: from kept sums, from full documents, after one change, after a rebuild, over HTTP.
 */
const { values } = parseArgs({
  allowPositionals: true,
  options: {
    schools: { type: 'string', default: '3000' },
    units: { type: 'string', default: '150' },
    provinces: { type: 'string', default: '0' },
    years: { type: 'string', default: '5' },
  },
})
const ALL_YEARS = ['2021-2022', '2022-2023', '2023-2024', '2024-2025', '2025-2026'].map(workingYear)
const size: Size = {
  schools: Number(values.schools),
  units: Number(values.units),
  provinces: Number(values.provinces),
  years: ALL_YEARS.slice(-Number(values.years)),
}
const YEAR = workingYear('2025-2026')
const DAY = '2026-05-20'
const SAMPLES = 60
const CHANGES_A_SECOND = 50
const CHANGING_SECONDS = 15

const folder = mkdtempSync(path.join(tmpdir(), 'kd-province-'))
const engine = await openDatabase({
  mongodBinary: findOnPath('mongod', process.env['PATH'] ?? ''),
  dataDir: folder,
  cacheMb: 1024,
  say: () => {},
})
const db = await connect(engine.uri, 'province')
const numbers: Measured[] = []
const add = (
  goal: string,
  what: string,
  value: number,
  unit: string,
  detail = '',
  gate?: number,
  aim?: number,
): void => {
  const limits = { ...(gate !== undefined && { gate }), ...(aim !== undefined && { aim }) }
  const load = `load ${round(loadavg()[0] ?? 0)}`
  numbers.push({ goal, what, value, unit, detail: detail === '' ? load : `${detail}; ${load}`, ...limits })
  console.log(`${goal} ${what}: ${round(value, 2)} ${unit} (${detail}; ${load})`)
}
const timed = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
  const began = performance.now()
  const result = await work()
  return [result, performance.now() - began]
}
async function many(times: number, work: () => Promise<unknown>): Promise<readonly number[]> {
  const all: number[] = []
  for (let at = 0; at < times; at++) all.push((await timed(work))[1])
  return all
}

try {
  const system = buildSystem(db, { filesDir: path.join(folder, 'files'), now: () => new Date(`${DAY}T03:00:00Z`) })
  await ensureIndexes(db)
  const [, made] = await timed(() => synthesise(system, size))
  add('', `made ${size.schools} schools × ${size.years.length} years`, made / 1000, 's')
  await checkReadBack(system, size)
  for (const year of size.years)
    await system.years.open({ id: year, closingDay: `${year.slice(5)}-05-31`, holidays: [] }, ROOT, {
      actor: SYSTEM,
      at: new Date(),
    })
  const { rollupNeeds: needs } = system
  const sums = (years: readonly WorkingYear[], depth: 'counts' | 'verdicts') =>
    sumsOfUnit(needs, { unitId: ROOT, years, day: DAY, depth })

  await system.units.tree()
  const before = { program: process.cpuUsage(), engine: cpuSeconds(enginePid(process.pid)) }
  const [built, rebuild] = await timed(() => sums([YEAR], 'verdicts'))
  const program = process.cpuUsage(before.program)
  const ofProgram = round((program.user + program.system) / 1e6)
  const ofEngine = round(cpuSeconds(enginePid(process.pid)) - before.engine)
  const cpu = `CPU of the program ${ofProgram} s, of the engine ${ofEngine} s`
  add('P10', 'rebuild of one year from nothing', rebuild / 1000, 's', cpu, 15, 5)
  for (const year of size.years) if (year !== YEAR) await sums([year], 'counts')
  const [direct, naive] = await timed(() => sumsFromDocuments(needs, { unitId: ROOT, year: YEAR, day: DAY }))
  if (JSON.stringify(direct) !== JSON.stringify(built[0])) throw new Error('the sums differ from the documents')
  add('', 'naive: sum over the full documents, one read', naive, 'ms')

  await many(5, () => sums([YEAR], 'counts'))
  const counts = await many(SAMPLES, () => sums([YEAR], 'counts'))
  const isNation = size.provinces > 0
  add(
    isNation ? 'P7' : 'P6',
    'sums of one year, p95',
    percentile(counts, 0.95),
    'ms',
    `p50 ${round(percentile(counts, 0.5))}`,
    isNation ? 150 : 25,
    isNation ? 100 : 10,
  )
  const five = await many(SAMPLES, () => sums(size.years, 'counts'))
  add(
    isNation ? 'P7' : 'P6',
    `sums of ${size.years.length} years, p95`,
    percentile(five, 0.95),
    'ms',
    `p50 ${round(percentile(five, 0.5))}`,
    ...(isNation ? [500, 300] : []),
  )
  const verdicts = await many(SAMPLES, () => sums([YEAR], 'verdicts'))
  add(
    'P8',
    'every criterion and indicator, p95',
    percentile(verdicts, 0.95),
    'ms',
    `p50 ${round(percentile(verdicts, 0.5))}`,
    60,
    30,
  )

  await freshness(system)
  await staleness(system)
  await overHttp(system)
  sayNumbers(numbers)
} finally {
  await db.close()
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
}

/** Closes the assessment of an accepted school, as a use case's one write does; false where it is not accepted. */
async function close({ assessments }: System, no: number): Promise<boolean> {
  const before = await assessments.find(`${schoolId(no)}.${YEAR}`)
  if (before?.state !== 'accepted') return false
  const entry = entryBy(SYSTEM, new Date(), {
    id: `assessment:${before.id}:${before.rev + 1}`,
    unitId: before.schoolId,
    year: YEAR,
    subject: { kind: 'assessment', id: before.id },
    event: 'benchProvince',
  })
  await assessments.advance(before, { state: 'closed' }, entry)
  return true
}

async function closedIn({ rollupNeeds }: System): Promise<number> {
  const asked = { unitId: ROOT, years: [YEAR], day: DAY, depth: 'counts' } as const
  const [parts = []] = await sumsOfUnit(rollupNeeds, asked)
  return countOf(totalCounts(parts), 'state.closed')
}

/** A school's state changes; the next read must show it, whether or not anybody has delivered its journal entry. */
async function freshness(system: System): Promise<void> {
  let wrong = 0
  const reads: number[] = []
  let expected = await closedIn(system)
  for (let no = 0; reads.length < 30 && no < size.schools; no++) {
    if (!(await close(system, no))) continue
    expected += 1
    const [seen, took] = await timed(() => closedIn(system))
    if (seen !== expected) wrong += 1
    reads.push(took)
  }
  add(
    'P9',
    'reads right after a change that did not show it',
    wrong,
    'of 30',
    `read p95 ${round(percentile(reads, 0.95))} ms`,
    0,
    0,
  )
}

/** Schools change at a steady rate while somebody reads again and again: how old a change is when it is first shown. */
async function staleness(system: System): Promise<void> {
  const accepted = await system.db.connection
    .collection<{ readonly _id: string }>('assessments')
    .find({ year: YEAR, state: 'accepted' }, { projection: { _id: 1 }, limit: CHANGES_A_SECOND * CHANGING_SECONDS * 2 })
    .toArray()
  const seconds = Math.min(CHANGING_SECONDS, accepted.length / CHANGES_A_SECOND / 1.5)
  system.keepRollupsFresh()
  const base = await closedIn(system)
  const changed: number[] = []
  const ages: number[] = []
  let isChanging = true
  const reading = (async () => {
    while (isChanging || ages.length < changed.length) {
      const seen = (await closedIn(system)) - base
      const at = performance.now()
      while (ages.length < Math.min(seen, changed.length)) ages.push(at - (changed[ages.length] ?? at))
      await wait(20)
    }
  })()
  await openLoop(CHANGES_A_SECOND, seconds, async index => {
    const no = Number(/\d+/.exec(accepted[index]?._id ?? '')?.[0] ?? Number.NaN)
    if (await close(system, no)) changed.push(performance.now())
  })
  isChanging = false
  await reading
  add(
    'P9',
    `age of a change when a reader is first shown it, ${CHANGES_A_SECOND} changes a second, p95`,
    percentile(ages, 0.95) / 1000,
    's',
    `p50 ${round(percentile(ages, 0.5))} ms, longest ${round(Math.max(...ages), 0)} ms; ${ages.length} changes in ${round(seconds)} s`,
    0.5,
    0.1,
  )
}

/** The overview page and the criteria page of the whole province as an officer's browser asks for them. */
async function overHttp(system: System): Promise<void> {
  const create = unprotectedCreatePerson({ people: system.people, now: () => new Date() })
  await create(SYSTEM, { id: 'so', name: 'Người Mẫu', username: 'canboso', unitId: ROOT }, PASSWORD, {
    mustChange: false,
  })
  const seat = {
    id: 'ghe',
    personId: 'so',
    unitId: ROOT,
    role: 'provinceLead',
    from: '2020-01-01',
    post: 'Giám đốc',
    postKind: 'officer',
    represents: [],
  } as const
  const entry = entryBy(SYSTEM, new Date(), {
    id: 'seats:so:1',
    unitId: ROOT,
    subject: { kind: 'seats', id: ROOT },
    event: 'appoint',
  })
  await system.seats.save({ unitId: ROOT, seats: [], handovers: [], rev: 0 }, [seat], entry)
  const server = await startServer(engine.uri, 'province', path.join(folder, 'files'))
  const person = await signIn(server.port, 'canboso')
  for (const [what, address] of [
    ['overview page', `/tong-hop?nam=${YEAR}&don-vi=${ROOT}`],
    ['units page', `/tong-hop/don-vi?nam=${YEAR}&don-vi=${ROOT}`],
    ['criteria page', `/tong-hop/tieu-chi?nam=${YEAR}&don-vi=${ROOT}`],
    ['list of schools', `/tong-hop/danh-sach?nam=${YEAR}&don-vi=${ROOT}&loc=da-gui`],
  ] as const) {
    let bytes = 0
    const ask = async (): Promise<void> => {
      const answer = await person.connection.ask(pageRequest(address, person))
      if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`)
      bytes = answer.bytes
    }
    await many(5, ask)
    const cpu = cpuSeconds(server.pid)
    const times = await many(40, ask)
    const ofServer = ((cpuSeconds(server.pid) - cpu) * 1000) / times.length
    add(
      '',
      `${what} over HTTP, p95`,
      percentile(times, 0.95),
      'ms',
      `p50 ${round(percentile(times, 0.5))} ms, CPU of the server ${round(ofServer)} ms, ${round(bytes / 1024)} KB compressed`,
      undefined,
      what === 'list of schools' ? 25 : undefined,
    )
  }
  person.connection.close()
  server.stop()
}
