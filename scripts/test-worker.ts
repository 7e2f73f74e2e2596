// The process in which test files run, one after the other as the parent names them. It prints what mocha says of a file
// and then tells the parent the count; a file that ends the process, or never ends, is for the parent to notice.
import { resolve } from 'node:path'
import Mocha from 'mocha'
import { leaveAll } from '../test/support/database.ts'
import { mochaHooks } from '../test/support/global.ts'
import type { Counted, FileToRun } from './test-lanes.ts'

async function run({ file, grep }: FileToRun): Promise<Counted> {
  const mocha = new Mocha({
    reporter: 'spec',
    timeout: 120_000,
    forbidOnly: true,
    forbidPending: true,
    rootHooks: mochaHooks,
  })
  if (grep !== undefined) mocha.grep(grep)
  mocha.addFile(resolve(file))
  await mocha.loadFilesAsync()
  return new Promise(done => {
    const runner = mocha.run(failed => {
      mocha.dispose() // it would go on listening for rejections of the files after it
      done({ passed: runner.stats?.passes ?? 0, failed })
    })
  })
}

// As mocha's own command does: what nobody waited for fails the test that is running.
process.on('unhandledRejection', reason => {
  throw reason
})

process.on('message', (asked: FileToRun) => {
  void run(asked)
    .catch((error: unknown) => {
      console.error(error)
      return { passed: 0, failed: 1 }
    })
    .then(counted => process.send?.(counted))
})

process.on('disconnect', () => {
  leaveAll().then(
    () => process.exit(0),
    error => {
      console.error(error)
      process.exit(1)
    },
  )
})
