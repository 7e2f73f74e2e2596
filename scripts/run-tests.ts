import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { explainStartError } from '../src/start-errors.ts'
import { NoBrowser, ensureChrome } from '../test/support/chrome.ts'
import { leaveAll, testDatabase } from '../test/support/database.ts'
import { LONGEST } from '../test/support/longest.ts'
import { runInLanes, type Counted, type FileDone } from './test-lanes.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const WORKER = fileURLToPath(new URL('./test-worker.ts', import.meta.url))

/** More processes than that were never tried; each has a database server of its own. */
const MOST_LANES = 2

/** Far above the longest file, on a machine that does other work besides. */
const LIMIT_MS = 20 * 60_000

const say = (line: string) => console.log(line)

class CannotRun extends Error {}

/** Whether `file` is the one that `pattern` names: the file itself, a folder above it, or a match of `*` and `**`. */
export function isNamedBy(pattern: string, file: string): boolean {
  const plain = pattern.replace(/^\.\//, '').replace(/\/+$/, '')
  if (file === plain || file.startsWith(`${plain}/`)) return true
  const expression = plain
    .split(/(\*\*\/?|\*)/)
    .map(part => {
      if (part === '*') return '[^/]*'
      if (part.startsWith('**')) return '.*'
      return part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    })
    .join('')
  return plain.includes('*') && new RegExp(`^${expression}$`).test(file)
}

/** The test files to run, in order, relative to the repository. */
export function chooseTests(files: readonly string[], patterns: readonly string[], withBrowser: boolean): string[] {
  return files
    .filter(file => file.endsWith('.test.ts'))
    .filter(file => withBrowser || !file.endsWith('.browser.test.ts'))
    .filter(file => patterns.length === 0 || patterns.some(pattern => isNamedBy(pattern, file)))
    .toSorted()
}

const isWithWorld = (file: string): boolean => /\.(db|http|browser)\.test\.ts$/.test(file)

/** None to be had: that is said before anything else, and what is fetched for the first one is fetched once. */
async function databaseToBeHad(): Promise<void> {
  await testDatabase()
  await leaveAll()
}

function allFiles(): string[] {
  const folder = join(ROOT, 'test')
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

/** Long files begin first, so that none of them is left over for one process at the end. */
export function longestFirst(files: readonly string[]): string[] {
  const rank = (file: string): number => {
    const place = LONGEST.indexOf(file)
    if (place >= 0) return place
    return LONGEST.length + (isWithWorld(file) ? 0 : 1)
  }
  return files.toSorted((a, b) => rank(a) - rank(b))
}

/** Files that did not go well are shown once more at the end, where they are found without searching. */
async function runFiles(files: readonly string[], grep: string | undefined): Promise<Counted> {
  const times: FileDone[] = []
  const result = await runInLanes(longestFirst(files), {
    lanes: Math.min(availableParallelism(), MOST_LANES),
    worker: WORKER,
    limitMs: LIMIT_MS,
    grep,
    onDone(done) {
      times.push(done)
      say(`\n${done.file} (${done.seconds.toFixed(1)} giây)`)
      say(done.printed)
    },
  })
  const bad = times.filter(({ failed }) => failed > 0)
  if (bad.length > 0 && times.length > 1) say(`\n${bad.length} tệp không đạt:`)
  if (times.length > 1) for (const { file, printed } of bad) say(`\n${file}\n${printed}`)
  return result
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { 'no-browser': { type: 'boolean', default: false }, grep: { type: 'string', short: 'g' } },
    })
  } catch (error) {
    const known = 'npm test -- [--no-browser] [--grep <chữ>] [tệp hoặc thư mục …]'
    throw new CannotRun(`Không hiểu tham số. Cách dùng: ${known}`, { cause: error })
  }
}

/** Runs the tests that `args` choose and ends the process; its last line is `N passed, N failed`. */
export async function runTests(args: string[]): Promise<void> {
  let result = { passed: 0, failed: 1 }
  // A test that ends the process itself must not look like a run that went well.
  process.once('exit', code => {
    console.log(`${result.passed} passed, ${result.failed} failed`)
    if (code === 0 && (result.failed > 0 || result.passed === 0)) process.exitCode = 1
  })
  try {
    const { values, positionals } = readArguments(args)
    const files = chooseTests(allFiles(), positionals, !values['no-browser'])
    if (files.length === 0) throw new CannotRun(`Không có tệp kiểm thử nào khớp với: ${positionals.join(' ')}`)
    if (files.some(file => file.endsWith('.browser.test.ts'))) say(`Trình duyệt: ${await ensureChrome(say)}.`)
    if (files.some(isWithWorld)) await databaseToBeHad()
    say(`Chạy ${files.length} tệp kiểm thử…`)
    result = await runFiles(files, values.grep)
  } catch (error) {
    const foreseen = error instanceof NoBrowser || error instanceof CannotRun
    const sentence = foreseen ? error.message : explainStartError(error)
    console.error(sentence === undefined ? error : `\n${sentence}`)
  }
  process.exit(result.failed > 0 || result.passed === 0 ? 1 : 0)
}
