import type { Context } from 'mocha'
import { closeTestDatabases, dropFinished } from './database.ts'

/** Around every test: what earlier files left in the engine goes while the run goes on. */
export const mochaHooks = {
  async beforeEach(this: Context): Promise<void> {
    const file = this.currentTest?.file
    if (file !== undefined) await dropFinished(file)
  },
}

/** Mocha calls this after the last test; a run of pure tests never started an engine. */
export const mochaGlobalTeardown = closeTestDatabases
