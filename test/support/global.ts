import type { Context } from 'mocha'
import { leaveAll, leaveFinished } from './database.ts'

/** Around every test: the databases of earlier files go while the run goes on. */
export const mochaHooks = {
  async beforeEach(this: Context): Promise<void> {
    const file = this.currentTest?.file
    if (file !== undefined) await leaveFinished(file)
  },
}

/** Mocha calls this after the last test; a run of pure tests never started an engine. */
export const mochaGlobalTeardown = leaveAll
