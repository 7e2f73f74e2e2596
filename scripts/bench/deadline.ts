import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { connect } from '../../src/mongo/connect.ts'
import { openDatabase } from '../../src/mongo/open-database.ts'
import { findOnPath } from '../../src/mongo/own-server.ts'
import { sumsOfUnit } from '../../src/rollups/index.ts'
import { buildSystem } from '../../src/system/system.ts'
import { startServer } from './bench-server.ts'
import { checkManager, prepareDeadline, type AtWork, type Sender, type Writer } from './deadline-province.ts'
import { openConnection, openLoop, requestText, type Answered, type Connection } from './http-load.ts'
import { cpuSeconds, enginePid, peakMemory, percentile, round } from './numbers.ts'
import { sayNumbers, type Measured } from './report-numbers.ts'
import { ROOT, synthesise } from './synthetic-province.ts'

/*
 * npm run bench -- deadline [--schools 2800 --units 150 --senders 1400 --people 500 --every 10 --officers 25 --pages 4
 *                            --seconds 60 --warm-up 8]
 * P24: the last hour before the deadline, pressed into `seconds`: so many schools send their reports over HTTP, so many
 * people save a part every `every` seconds, officers open `pages` overviews and desks a second. Every save and sending
 * that was acknowledged is then looked for in the database.
 */
const { values } = parseArgs({
  allowPositionals: true,
  options: {
    schools: { type: 'string', default: '2800' },
    units: { type: 'string', default: '150' },
    senders: { type: 'string', default: '1400' },
    people: { type: 'string', default: '500' },
    every: { type: 'string', default: '10' },
    officers: { type: 'string', default: '25' },
    pages: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '60' },
    'warm-up': { type: 'string', default: '8' },
  },
})
const YEAR = workingYear('2025-2026')
const SECONDS = Number(values.seconds)
const WARM_UP = Number(values['warm-up'])
const SAVES_A_SECOND = Number(values.people) / Number(values.every)
const DISPATCH = { date: '2026-05-20' } as const

const folder = mkdtempSync(path.join(tmpdir(), 'kd-deadline-'))
const filesDir = path.join(folder, 'files')
const engine = await openDatabase({
  mongodBinary: findOnPath('mongod', process.env['PATH'] ?? ''),
  dataDir: path.join(folder, 'data'),
  cacheMb: 1024,
  say: () => {},
})
// The server is not there yet while this process writes, and must not count it as another one later.
const db = await connect(engine.uri, 'deadline', { writes: false })
const numbers: Measured[] = []
const errors = new Map<string, number>()
const failed = (what: string): void => void errors.set(what, (errors.get(what) ?? 0) + 1)

try {
  const system = buildSystem(db, { filesDir })
  await ensureIndexes(db)
  console.log('Đang dựng tỉnh mẫu…')
  await synthesise(system, {
    schools: Number(values.schools),
    units: Number(values.units),
    provinces: 0,
    years: [YEAR],
  })
  await system.years.open({ id: YEAR, closingDay: '2026-05-31', holidays: [] }, ROOT, { actor: SYSTEM, at: new Date() })
  // A server that has served all day runs compiled code: a few schools send while it warms up, half as fast as the others.
  const early = Math.ceil((Number(values.senders) / SECONDS / 2) * WARM_UP)
  const {
    senders: all,
    writers,
    officers,
  } = await prepareDeadline(system, YEAR, {
    senders: Number(values.senders) + early,
    writers: Number(values.people),
    officers: Number(values.officers),
  })
  if (all[0]) await checkManager(system, all[0])
  const [first, senders] = [all.slice(0, early), all.slice(early)]
  const server = await startServer(engine.uri, 'deadline', filesDir)
  const hour = hourOf(server.port)

  console.log(`Đang khởi động ${WARM_UP} giây…`)
  await Promise.all([
    openLoop(SAVES_A_SECOND, WARM_UP, index => hour.save(writers[index % writers.length])),
    openLoop(early / WARM_UP, WARM_UP, index => hour.send(first[index])),
    openLoop(Number(values.pages), WARM_UP, index => hour.look(officers[index % officers.length], index)),
  ])
  errors.clear()
  const cpu = () => ({ server: cpuSeconds(server.pid), engine: cpuSeconds(enginePid(process.pid)) })
  const before = cpu()
  const began = performance.now()
  console.log(`Đang đo ${SECONDS} giây…`)
  const [saves, sendings, pages] = await Promise.all([
    openLoop(SAVES_A_SECOND, SECONDS, index => hour.save(writers[(index * 7) % writers.length])),
    inWindow(senders, sender => hour.send(sender)),
    openLoop(Number(values.pages), SECONDS, index => hour.look(officers[index % officers.length], index)),
  ])
  const took = (performance.now() - began) / 1000
  const after = cpu()

  const lost = await hour.lost()
  const [parts = []] = await sumsOfUnit(system.rollupNeeds, {
    unitId: ROOT,
    years: [YEAR],
    day: '2026-05-20',
    depth: 'counts',
  })
  const add = (goal: string, what: string, value: number, unit: string, detail: string, gate?: number): void =>
    void numbers.push({ goal, what, value, unit, detail, ...(gate !== undefined && { gate }) })
  const spread = (times: readonly number[]): string =>
    [0.5, 0.95].map(share => `p${share * 100} ${round(percentile(times, share))} ms`).join(', ') +
    `; ${times.length}, ${round(times.length / took)} a second`
  const seen = [...errors]
    .slice(0, 5)
    .map(([what, times]) => `${what} × ${times}`)
    .join('; ')
  const wrong = [...errors.values()].reduce((sum, times) => sum + times, 0)
  add('P24', 'errors', wrong, '', seen === '' ? 'over HTTP' : seen, 0)
  add(
    'P24',
    'acknowledged and not read back',
    lost.length,
    '',
    `of ${hour.acknowledged()}; ${lost.slice(0, 3).join(', ')}`,
    0,
  )
  add('P24', 'autosave p99', percentile(saves, 0.99), 'ms', spread(saves), 250)
  add('P24', 'pages p99', percentile(pages, 0.99), 'ms', spread(pages), 400)
  add('', 'sending p99', percentile(sendings, 0.99), 'ms', spread(sendings))
  add('', 'the hour took', took, 's', `of ${SECONDS} s; load ${round(loadavg()[0] ?? 0)}`)
  add(
    '',
    'CPU of the server',
    (after.server - before.server) / took,
    'cores',
    `peak memory ${round(peakMemory(server.pid), 0)} MB`,
  )
  add(
    '',
    'CPU of the engine',
    (after.engine - before.engine) / took,
    'cores',
    `${parts.length} kinds of schools in the sums`,
  )
  sayNumbers(numbers)
  hour.close()
  server.stop()
} finally {
  await db.close()
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
}

/** Each sends at a random moment of the window; gives the milliseconds from the moment at which each was due. */
async function inWindow(
  senders: readonly Sender[],
  send: (sender: Sender) => Promise<void>,
): Promise<readonly number[]> {
  const began = performance.now()
  return Promise.all(
    senders.map(async sender => {
      const due = began + Math.random() * SECONDS * 1000
      await wait(due - performance.now())
      await send(sender)
      return performance.now() - due
    }),
  )
}

/** What people do in the hour, over connections of their own, and what they were told was kept. */
function hourOf(port: number) {
  const connections = new Map<string, Promise<Connection>>()
  const turns = new Map<string, Promise<unknown>>()
  const revs = new Map<string, number>()
  const saved = new Map<string, { readonly writer: Writer; readonly at: number; readonly text: string }>()
  const sent = new Map<string, Sender>()
  let turn = 0

  /** A connection carries one request at a time; the wait for it counts, as it would for a person. */
  const inTurn = ({ personId }: AtWork, ask: (connection: Connection) => Promise<void>): Promise<void> => {
    const connection = connections.get(personId) ?? openConnection(port)
    connections.set(personId, connection)
    const mine = (turns.get(personId) ?? Promise.resolve())
      .then(async () => ask(await connection))
      .catch((error: unknown) => failed(error instanceof Error ? error.message : 'unknown'))
    turns.set(personId, mine)
    return mine
  }
  const checked = (what: string, { status, body }: Answered, wanted: number): boolean => {
    if (status !== wanted) failed(`${what} ${status}: ${body.toString().slice(0, 60)}`)
    return status === wanted
  }

  return {
    save: (writer: Writer | undefined): Promise<void> => {
      if (!writer) return Promise.resolve()
      return inTurn(writer, async connection => {
        const at = turn++ % writer.fields.length
        const field = writer.fields[at]
        if (!field) return
        const key = `${writer.personId} ${at}`
        const rev = revs.get(key) ?? 1
        const text = `Hằng năm nhà trường rà soát, bổ sung kế hoạch và công khai. ${'Cha mẹ học sinh cùng giám sát. '.repeat(30)}${turn}`
        const address = `/danh-gia/${writer.assessmentId}/phieu/${field.code}/phan/${field.part}`
        const headers = { ...writer.headers, accept: 'application/json' }
        const answer = await connection.ask(requestText('PUT', address, headers, { rev, text }))
        if (!checked('autosave', answer, 200)) return
        revs.set(key, rev + 1)
        saved.set(key, { writer, at, text })
      })
    },
    send: (sender: Sender | undefined): Promise<void> => {
      if (!sender) return Promise.resolve()
      return inTurn(sender, async connection => {
        const address = `/danh-gia/${sender.assessmentId}/bao-cao/gui`
        const dispatch = { number: '99/BC-HT', ...DISPATCH, toUnitId: sender.toUnitId }
        const answer = await connection.ask(requestText('POST', address, sender.headers, dispatch))
        // A page's script is told where to go next; a form without script would be led there by 303.
        if (checked('sending', answer, 200)) sent.set(sender.assessmentId, sender)
      })
    },
    look: (officer: AtWork | undefined, index: number): Promise<void> => {
      if (!officer) return Promise.resolve()
      const address = [`/tong-hop?nam=${YEAR}`, `/xem-xet?nam=${YEAR}`, `/tong-hop/don-vi?nam=${YEAR}`][index % 3] ?? ''
      return inTurn(officer, async connection => {
        const headers = { ...officer.headers, accept: 'text/html', 'accept-encoding': 'gzip' }
        checked(address, await connection.ask(requestText('GET', address, headers)), 200)
      })
    },
    acknowledged: () => saved.size + sent.size,

    /** What was acknowledged and is not there: the last save of each part, and every sending. */
    async lost(): Promise<readonly string[]> {
      const missing: string[] = []
      const system = buildSystem(db, { filesDir })
      for (const [key, { writer, at, text }] of saved) {
        const field = writer.fields[at]
        const part = field && (await system.sheets.find(writer.assessmentId, field.code)).parts[field.part]
        if (part?.text !== text || part.rev !== revs.get(key)) missing.push(key)
      }
      for (const id of sent.keys()) {
        const { state, submissions } = await system.assessments.get(id)
        if (state !== 'submitted' || submissions.at(-1)?.number !== '99/BC-HT') missing.push(id)
      }
      return missing
    },
    close: () => {
      for (const connection of connections.values()) void connection.then(each => each.close())
    },
  }
}
