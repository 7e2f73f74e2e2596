import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabase } from '../../src/mongo/open-database.ts'
import { findOnPath } from '../../src/mongo/own-server.ts'
import { forkBundled, nextMessage } from './bundled-process.ts'
import { writeImportFiles } from './import-files.ts'
import { sayNumbers, type Measured } from './report-numbers.ts'

/*
 * npm run bench -- imports [--schools 3000 --people 30000 --wrong 40]
 * P25: a province's schools and people from spreadsheets. The files are written here; what is measured is
 * import-process.ts, the bundled product in a process of its own beside the engine's.
 */
const { values } = parseArgs({
  allowPositionals: true,
  options: {
    schools: { type: 'string', default: '3000' },
    people: { type: 'string', default: '30000' },
    wrong: { type: 'string', default: '40' },
  },
})
const [schools, people, wrong] = [Number(values.schools), Number(values.people), Number(values.wrong)]

const folder = mkdtempSync(path.join(tmpdir(), 'kd-imports-'))
const engine = await openDatabase({
  mongodBinary: findOnPath('mongod', process.env['PATH'] ?? ''),
  dataDir: path.join(folder, 'data'),
  cacheMb: 512,
  say: () => {},
})
try {
  await writeImportFiles(folder, { schools, people, wrong })
  const sizes = [String(schools), String(people)]
  const child = await forkBundled('scripts/bench/import-process.ts', [engine.uri, folder, ...sizes])
  const numbers = await nextMessage<readonly Measured[]>(child)
  await once(child, 'exit')
  sayNumbers(numbers)
} finally {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
}
