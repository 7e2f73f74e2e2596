import { closeTestDatabases } from './database.ts'

/** Mocha calls this after the last test; a run of pure tests never started an engine. */
export const mochaGlobalTeardown = closeTestDatabases
