import type { RootHookObject } from 'mocha'
import { closeTestDatabases, dropFinished } from './database.ts'

/** Around every test: what earlier files left in the engine goes while the run goes on. */
export const mochaHooks: RootHookObject = {
  async beforeEach() {
    if (this.currentTest?.file !== undefined) await dropFinished(this.currentTest.file)
  },
}

/** Mocha calls this after the last test; a run of pure tests never started an engine. */
export const mochaGlobalTeardown = closeTestDatabases
