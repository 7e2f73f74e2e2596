import { cpuSeconds, median, percentile, round } from './numbers.ts'
import { openLoop } from './http-load.ts'
import type { Measured } from './report-numbers.ts'
import { pageRequest, signIn, type Setting, type SignedIn } from './setting.ts'

/** Pages a second, as goal P12 says. */
const RATE = 100
const SECONDS = 10
const READERS = 24

/** The criterion sheet's page as a browser asks for it, at a fixed rate; and its weight on the wire. */
export async function benchPages(setting: Setting): Promise<readonly Measured[]> {
  const { server, fields } = setting
  const readers: { readonly person: SignedIn; readonly request: string; busy: Promise<unknown> }[] = []
  for (const field of fields
    .filter((_, index) => index % Math.floor(fields.length / READERS) === 0)
    .slice(0, READERS)) {
    const person = await signIn(server.port, field.username)
    const request = pageRequest(`/danh-gia/${field.assessment}/phieu/${field.code}`, person)
    readers.push({ person, request, busy: Promise.resolve() })
  }
  let bytes = 0
  /** A connection carries one request at a time; the wait for it counts, as it would for a person. */
  const once = async (index: number): Promise<void> => {
    const reader = readers[index % readers.length]
    if (!reader) return
    const asked = reader.busy.then(() => reader.person.connection.ask(reader.request))
    reader.busy = asked
    const answer = await asked
    if (answer.status !== 200) throw new Error(`the sheet page answered ${answer.status}`)
    bytes = answer.bytes
  }
  await openLoop(RATE / 2, 4, once)
  const cpu = () => ({ server: cpuSeconds(server.pid), engine: cpuSeconds(setting.enginePid) })
  const before = cpu()
  const times = await openLoop(RATE, SECONDS, once)
  const after = cpu()
  const each = (key: 'server' | 'engine'): number => ((after[key] - before[key]) / times.length) * 1000
  const calm = await openLoop(10, 6, once)
  for (const { person } of readers) person.connection.close()
  return [
    {
      goal: 'P12',
      what: `sheet page p95 at ${RATE}/s`,
      value: percentile(times, 0.95),
      gate: 25,
      aim: 13,
      unit: 'ms',
      detail: `p50 ${round(median(times))} ms, p99 ${round(percentile(times, 0.99))} ms; at 10/s p50 ${round(median(calm))} ms, p95 ${round(percentile(calm, 0.95))} ms; server CPU ${round(each('server'))} ms a page, engine ${round(each('engine'))} ms`,
    },
    {
      goal: 'P23',
      what: 'sheet page after the first visit, compressed',
      value: bytes / 1024,
      gate: 30,
      unit: 'KB',
      detail: 'head and body on the wire',
    },
  ]
}
