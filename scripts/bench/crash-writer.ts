import type { AssessmentState } from '../../src/assessments/index.ts'
import { entryBy } from '../../src/journal/index.ts'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { connect } from '../../src/mongo/connect.ts'
import { sumsOfUnit } from '../../src/rollups/index.ts'
import { buildSystem } from '../../src/system/system.ts'
import { schoolId } from './synthetic-province.ts'

/*
 * One of the processes that the crash bench kills: steps random schools between sent and returned as fast as it can, with
 * the relay, the marks and the background sums of the product, and reads the sums now and then. Beside them it keeps the
 * naive total, a counter that is moved after each write. Tells `ready` once.
 */
const [uri = '', name = '', filesDir = '', schools = '0'] = process.argv.slice(2)
const YEAR = workingYear('2025-2026')
const WRITERS = 8
const STATES: readonly AssessmentState[] = ['submitted', 'returned', 'accepted']

const db = await connect(uri, name, { patienceMs: 2_000 })
const system = buildSystem(db, { filesDir, report: () => {} })
system.keepRollupsFresh()
const naive = db.connection.collection<{ _id: string; n: number }>('naiveTotals')

async function step(): Promise<void> {
  const before = await system.assessments.find(`${schoolId(Math.floor(Math.random() * Number(schools)))}.${YEAR}`)
  if (!before || !STATES.includes(before.state)) return
  const state = STATES[(STATES.indexOf(before.state) + 1) % STATES.length] ?? 'submitted'
  const entry = entryBy(SYSTEM, new Date(), {
    id: `assessment:${before.id}:${before.rev + 1}`,
    unitId: before.schoolId,
    year: YEAR,
    subject: { kind: 'assessment', id: before.id },
    event: 'crashBench',
  })
  await system.assessments.advance(before, { state }, entry)
  await naive.updateOne({ _id: before.state }, { $inc: { n: -1 } }, { upsert: true })
  await naive.updateOne({ _id: state }, { $inc: { n: 1 } }, { upsert: true })
}

const again = async (work: () => Promise<unknown>): Promise<never> => {
  for (;;) await work().catch(() => undefined) // lost races, and a dead engine, are what this bench is about
}
for (let writer = 0; writer < WRITERS; writer++) void again(step)
void again(() => sumsOfUnit(system.rollupNeeds, { unitId: 'so', years: [YEAR], day: '2026-05-20', depth: 'counts' }))
process.once('disconnect', () => process.exit(0))
process.send?.('ready')
