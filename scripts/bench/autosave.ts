import { MongoClient } from 'mongodb'
import { closedLoop, openConnection, openLoop, requestText } from './http-load.ts'
import { cpuSeconds, median, percentile, round } from './numbers.ts'
import { signIn, type Setting, type SignedIn } from './setting.ts'
import type { Field } from './a-province.ts'
import type { Measured } from './report-numbers.ts'

const WORKERS = 32
const ROUNDS = 5
const SECONDS = 3
const WARM_UP_SECONDS = 4
/** Peak of the whole country (estimate of the design): autosaves a second. */
const PEAK_RATE = 200

const TEXT = 'Hằng năm nhà trường rà soát, bổ sung kế hoạch và công khai để cha mẹ học sinh cùng giám sát. '.repeat(15)

interface Writer {
  readonly field: Field
  readonly person: SignedIn
  rev: number
  turn: number
}

/** One save of a text part as the page's script sends it; a conflict or an error ends the bench. */
async function save(writer: Writer): Promise<void> {
  const { assessment, code, part } = writer.field
  writer.turn++
  const text = `${TEXT}${writer.turn}`
  const path = `/danh-gia/${assessment}/phieu/${code}/phan/${part}`
  const { status, body } = await writer.person.connection.ask(
    requestText('PUT', path, writer.person.headers, { rev: writer.rev, text }),
  )
  if (status !== 200) throw new Error(`autosave answered ${status}: ${body.toString().slice(0, 300)}`)
  writer.rev++
}

/** The same bytes into the same kind of document, by the driver alone. */
async function rawWriter(setting: Setting) {
  const client = new MongoClient(setting.uri, { maxPoolSize: WORKERS, writeConcern: { w: 1, journal: true } })
  const rows = client.db('bench').collection<{ _id: string }>('rawSheets')
  const sheets = await setting.db.connection.collection<{ _id: string }>('sheets').find().limit(1000).toArray()
  await rows.insertMany(sheets)
  let turn = 0
  return {
    write: async (worker: number): Promise<void> => {
      const id = sheets[(worker * 29 + turn) % sheets.length]?._id ?? ''
      turn++
      await rows.updateOne(
        { _id: id },
        { $set: { 'parts.strengths': { text: `${TEXT}${turn}`, rev: turn, at: new Date() } } },
      )
    },
    read: (worker: number) => rows.findOne({ _id: sheets[worker]?._id ?? '' }),
    close: () => client.close(),
  }
}

/** Autosave over HTTP against the driver alone and against a bare server, in turns within one run. */
export async function benchAutosave(setting: Setting): Promise<readonly Measured[]> {
  const { server } = setting
  const mine = setting.fields.filter((_, index) => index % Math.floor(setting.fields.length / WORKERS) === 0)
  const writers: Writer[] = []
  for (const field of mine.slice(0, WORKERS))
    writers.push({ field, person: await signIn(server.port, field.username), rev: 1, turn: 0 })
  const raw = await rawWriter(setting)
  const plain = await Promise.all(writers.map(() => openConnection(server.plainPort)))
  const hello = requestText('GET', '/', {})
  const byWorker = (worker: number): Writer => {
    const writer = writers[worker]
    if (!writer) throw new Error(`no writer ${worker}`)
    return writer
  }

  await closedLoop(WORKERS, WARM_UP_SECONDS, worker => save(byWorker(worker)))
  await closedLoop(WORKERS, 1, worker => raw.write(worker))
  const rounds: { saves: number; raw: number; hello: number; server: number; engine: number; rawEngine: number }[] = []
  const times: number[] = []
  for (let turn = 0; turn < ROUNDS; turn++) {
    const before = { server: cpuSeconds(server.pid), engine: cpuSeconds(setting.enginePid) }
    const saves = await closedLoop(WORKERS, SECONDS, worker => save(byWorker(worker)))
    const after = { server: cpuSeconds(server.pid), engine: cpuSeconds(setting.enginePid) }
    times.push(...saves.times)
    const writes = await closedLoop(WORKERS, SECONDS, worker => raw.write(worker))
    const rawEngine = (cpuSeconds(setting.enginePid) - after.engine) / writes.times.length
    const hellos = await closedLoop(WORKERS, 1, worker => plain[worker]?.ask(hello) ?? Promise.resolve())
    rounds.push({
      saves: saves.perSecond,
      raw: writes.perSecond,
      hello: hellos.perSecond,
      server: (after.server - before.server) / saves.times.length,
      engine: (after.engine - before.engine) / saves.times.length,
      rawEngine,
    })
  }
  const reads = await closedLoop(1, 2, () => raw.read(1))
  const poisson = await openLoop(PEAK_RATE, 8, index => inTurn(byWorker(index % WORKERS)))
  await raw.close()
  for (const each of [...plain, ...writers.map(writer => writer.person.connection)]) each.close()

  const of = (key: keyof (typeof rounds)[number]): number => median(rounds.map(each => each[key]))
  const spread = Math.max(...rounds.map(each => each.raw)) / Math.min(...rounds.map(each => each.raw))
  return [
    {
      goal: 'P1',
      what: 'autosave over HTTP, 32 at once, of the raw driver',
      value: of('saves') / of('raw'),
      gate: 0.3,
      aim: 0.5,
      more: true,
      unit: '×',
      detail: `${round(of('saves'), 0)}/s of ${round(of('raw'), 0)}/s (raw spread ${round(spread)}×), p50 ${round(median(times))} ms, p95 ${round(percentile(times, 0.95))} ms`,
    },
    {
      goal: '',
      what: 'bare node:http hello in the same process, autosave of it',
      value: of('saves') / of('hello'),
      unit: '×',
      detail: `${round(of('hello'), 0)}/s`,
    },
    {
      goal: 'P2',
      what: 'engine CPU of an autosave, of one raw update',
      value: of('engine') / of('rawEngine'),
      gate: 2.2,
      aim: 1.2,
      more: false,
      unit: '×',
      detail: `${round(of('engine') * 1e6, 0)} µs of ${round(of('rawEngine') * 1e6, 0)} µs; server ${round(of('server') * 1e6, 0)} µs`,
    },
    {
      goal: 'P5',
      what: `autosave p95 at ${PEAK_RATE}/s, of one findOne`,
      value: percentile(poisson, 0.95) / median(reads.times),
      gate: 40,
      aim: 20,
      more: false,
      unit: '×',
      detail: `p50 ${round(median(poisson))} ms, p95 ${round(percentile(poisson, 0.95))} ms, p99 ${round(percentile(poisson, 0.99))} ms; findOne ${round(median(reads.times), 2)} ms`,
    },
  ]
}

const queues = new WeakMap<Writer, Promise<void>>()

/** A connection carries one request at a time, and a person saves a part once after the other. */
const inTurn = (writer: Writer): Promise<void> => {
  const next = (queues.get(writer) ?? Promise.resolve()).then(() => save(writer))
  queues.set(writer, next)
  return next
}
