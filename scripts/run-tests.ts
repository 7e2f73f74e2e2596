import { readdirSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import Mocha from 'mocha'
import { explainStartError } from '../src/start-errors.ts'
import { NoBrowser, ensureChrome } from '../test/support/chrome.ts'
import { leaveAll, testDatabase } from '../test/support/database.ts'
import { mochaHooks } from '../test/support/global.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
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

function allFiles(): string[] {
  const folder = join(ROOT, 'test')
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

async function runMocha(
  files: readonly string[],
  grep: string | undefined,
): Promise<{ passed: number; failed: number }> {
  const mocha = new Mocha({
    reporter: 'spec',
    timeout: 20_000,
    forbidOnly: true,
    forbidPending: true,
    rootHooks: mochaHooks,
  })
  if (grep !== undefined) mocha.grep(grep)
  for (const file of files) mocha.addFile(resolve(ROOT, file))
  await mocha.loadFilesAsync()
  return new Promise(done => {
    const runner = mocha.run(failed => done({ passed: runner.stats?.passes ?? 0, failed }))
  })
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
    if (files.some(file => /\.(db|http|browser)\.test\.ts$/.test(file))) await testDatabase() // none to be had: say so before anything else
    say(`Chạy ${files.length} tệp kiểm thử…`)
    result = await runMocha(files, values.grep)
  } catch (error) {
    const foreseen = error instanceof NoBrowser || error instanceof CannotRun
    const sentence = foreseen ? error.message : explainStartError(error)
    console.error(sentence === undefined ? error : `\n${sentence}`)
  } finally {
    await leaveAll()
  }
  process.exit(result.failed > 0 || result.passed === 0 ? 1 : 0)
}
