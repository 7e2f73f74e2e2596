import { createServer } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { destination, pino } from 'pino'
import { createApp } from '../../src/app.ts'
import { buildAssets } from '../../src/http/assets.ts'
import { connect } from '../../src/mongo/connect.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { signInLimits } from '../../src/people/index.ts'
import { buildSystem } from '../../src/system/system.ts'

/*
 * The whole application over a database that is there already, as a process of its own: started by the benches with the
 * database's address, its name and the folder of the files; tells its port, then answers `delay` with the longest pauses
 * of its event loop since the last question.
 */
const [uri = '', name = '', filesDir = ''] = process.argv.slice(2)
const db = await connect(uri, name, { serves: true })
const limits = signInLimits(db)
const system = buildSystem(db, { filesDir })
await ensureIndexes(db)
system.keepRollupsFresh() // as src/main.ts does
const app = createApp({
  system,
  limits,
  assets: await buildAssets(),
  config: { baseUrl: 'http://127.0.0.1', filesDir, sessionSecrets: ['a secret for benches only, 32 letters'] },
  log: pino({ level: 'info' }, destination('/dev/null')),
})
const plain = createServer((_, response) => response.end('Xin chào'))
const server = createServer(app)
// A bench leaves its connections alone for longer than a browser's patience.
for (const each of [plain, server]) each.keepAliveTimeout = 120_000
const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()

const portOf = (at: ReturnType<typeof plain.address>): number => (typeof at === 'object' ? (at?.port ?? 0) : 0)
await Promise.all([server, plain].map(each => new Promise<void>(done => each.listen(0, '127.0.0.1', done))))
process.on('message', () => {
  process.send?.({ p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 })
  delay.reset()
})
process.once('disconnect', () => process.exit(0))
process.send?.({ port: portOf(server.address()), plainPort: portOf(plain.address()) })
