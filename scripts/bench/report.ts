import { monitorEventLoopDelay } from 'node:perf_hooks'
import { closeRenderWorker, renderInWorker } from '../../src/paper/index.ts'
import { documentOf } from '../../src/reports/index.ts'
import { requestText } from './http-load.ts'
import { median, peakMemory, round } from './numbers.ts'
import type { Measured } from './report-numbers.ts'
import { signIn, type Setting } from './setting.ts'

const ROUNDS = 6

/** The whole report of one school: read, composed and drawn in the worker, while the main thread stays free. */
export async function benchReport({ system, fields, server }: Setting): Promise<readonly Measured[]> {
  const id = fields[0]?.assessment ?? ''
  const assessment = await system.assessments.get(id)
  const gather = documentOf(system.reportNeeds)
  const times: { readonly read: number; readonly draw: number }[] = []
  let pages = 0
  const delay = monitorEventLoopDelay({ resolution: 1 })
  for (let turn = 0; turn < ROUNDS; turn++) {
    const began = performance.now()
    const doc = await gather(assessment, { kind: 'report', draft: true })
    const read = performance.now()
    if (turn > 0) delay.enable()
    pages = (await renderInWorker(doc)).pages
    delay.disable()
    times.push({ read: read - began, draw: performance.now() - read })
  }
  await closeRenderWorker()
  const reader = await signIn(server.port, fields[0]?.username ?? '')
  const path = `/danh-gia/${id}/giay-to/du-thao/report.pdf`
  for (let turn = 0; turn < ROUNDS; turn++) {
    const { status } = await reader.connection.ask(requestText('GET', path, reader.headers))
    if (status !== 200) throw new Error(`the draft of the report answered ${status}`)
  }
  reader.connection.close()
  const [first, ...warm] = times
  const draw = median(warm.map(each => each.draw))
  const read = median(warm.map(each => each.read))
  return [
    {
      goal: 'P20',
      what: 'event loop p99 while a report is drawn',
      value: delay.percentile(99) / 1e6,
      gate: 30,
      unit: 'ms',
      detail: `longest ${round(delay.max / 1e6)} ms`,
    },
    {
      goal: '',
      what: `report of one school, ${pages} pages, drawn warm`,
      value: draw / 1000,
      unit: 's',
      detail: `${round(pages / (draw / 1000), 0)} pages/s; read and composed in ${round(read, 0)} ms; first one ${round(((first?.read ?? 0) + (first?.draw ?? 0)) / 1000)} s`,
    },
    {
      goal: 'P20',
      what: `memory of the server with its worker, peak, ${ROUNDS} reports drawn`,
      value: peakMemory(server.pid),
      gate: 300,
      unit: 'MB',
      detail: 'its own process, after all that the chosen benches asked of it before; the engine is another process',
    },
  ]
}
