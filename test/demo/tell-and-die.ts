import { loadDemo } from '../../src/demo/index.ts'
import { connect } from '../../src/mongo/connect.ts'
import { builderOn, prepare, TODAY } from './demo-database.ts'

// Begins the demonstration in the database named on the command line and is killed by itself at the given step.
const [uri = '', name = '', filesDir = '', steps = ''] = process.argv.slice(2)
const db = await connect(uri, name)
const build = builderOn(db, filesDir)
await prepare(db, build)
let left = Number(steps)
await loadDemo(build, {
  say: () => {},
  essentialOnly: true,
  today: TODAY,
  stopped: () => {
    if (left-- === 0) process.kill(process.pid, 'SIGKILL')
    return false
  },
})
