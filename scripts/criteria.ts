import { readFile, writeFile } from 'node:fs/promises'
import { CriteriaFileInvalid, criteriaYaml, lineOf, readCriteriaFile } from '../src/catalogue/criteria-file.ts'
import { criteriaTextsIn, type CriteriaText } from '../src/catalogue/criteria-folder.ts'
import { criteriaWorkbook, readCriteriaWorkbook } from '../src/catalogue/criteria-sheet.ts'
import type { CriteriaSet, CriteriaVersion } from '../src/catalogue/criteria-set.ts'
import { criteriaSetStore } from '../src/catalogue/criteria-set-store.ts'
import { allCriteria } from '../src/catalogue/criteria-tree.ts'
import { importCriteriaFiles } from '../src/catalogue/import-criteria.ts'
import { lint } from '../src/catalogue/linter.ts'
import { readConfig } from '../src/config.ts'
import { InvalidInput } from '../src/kernel/refusals.ts'
import { ensureIndexes } from '../src/mongo/collection.ts'
import { connect } from '../src/mongo/connect.ts'
import { openDatabase } from '../src/mongo/open-database.ts'

const say = (line: string): boolean => process.stdout.write(`${line}\n`)

interface ReadFile extends CriteriaText {
  readonly version: CriteriaVersion
}

/** Reads every file and prints what is wrong with its shape; a file that cannot be read counts as one error. */
function readAll(texts: readonly CriteriaText[]): { readonly read: readonly ReadFile[]; readonly broken: number } {
  const read: ReadFile[] = []
  for (const one of texts) {
    try {
      read.push({ ...one, version: readCriteriaFile(one.text) })
    } catch (problem) {
      if (!(problem instanceof CriteriaFileInvalid)) throw problem
      for (const { line, message } of problem.problems) say(`${one.file}:${line}  LỖI  ${message}`)
    }
  }
  return { read, broken: texts.length - read.length }
}

/** Prints each finding with file and line; the exit code is 1 when any is an error. */
function lintAll(texts: readonly CriteriaText[]): void {
  const { read, broken } = readAll(texts)
  const versions = read.map(one => one.version)
  const findings = read.flatMap(one => lint(one.version, versions).map(finding => ({ ...one, finding })))
  for (const { file, text, finding } of findings) {
    const severity = finding.severity === 'error' ? 'LỖI' : 'Lưu ý'
    say(`${file}:${lineOf(text, finding.path)}  ${severity}  ${finding.place}: ${finding.message} [${finding.rule}]`)
  }
  const errors = broken + findings.filter(({ finding }) => finding.severity === 'error').length
  say(`Đã soát ${texts.length} tệp: ${errors} lỗi, ${findings.length + broken - errors} lưu ý.`)
  if (errors > 0) process.exitCode = 1
}

function listAll(texts: readonly CriteriaText[]): void {
  for (const { file, version } of readAll(texts).read) {
    const { set, hash } = version
    say(`${hash.slice(0, 12)}  ${file}  ${set.instrument}  ${allCriteria(set).length} tiêu chí  ${set.title}`)
  }
}

/** Adds what is new to the database of this installation, also while the server runs; errors change nothing. */
async function importAll(folder: string): Promise<void> {
  const config = readConfig()
  const opened = await openDatabase({
    uri: config.mongodbUri,
    mongodBinary: config.mongodBinary,
    dataDir: config.dataDir,
    cacheMb: config.engineCacheMb,
    join: true,
    say,
  })
  const db = await connect(opened.uri, config.databaseName)
  try {
    const sets = criteriaSetStore(db)
    await ensureIndexes(db)
    const now = (): Date => new Date()
    for (const { file, hash, isNew } of await importCriteriaFiles({ sets, now })(folder)) {
      say(`${hash.slice(0, 12)}  ${file}  ${isNew ? 'đã thêm' : 'đã có'}`)
    }
  } finally {
    await db.close()
    await opened.close()
  }
}

/** A set of the folder, or the one in a spreadsheet that was written by this command. */
async function setFrom(source: string): Promise<CriteriaSet> {
  if (source.endsWith('.xlsx')) {
    const { set, faults } = await readCriteriaWorkbook(await readFile(source))
    if (set) return set
    throw new InvalidInput({ file: faults.map(({ cell, message }) => `Ô ${cell || '?'}: ${message}`).join('\n') })
  }
  const found = readAll(await criteriaTextsIn('criteria')).read.find(one => one.version.set.id === source)
  if (!found) throw new InvalidInput({}, `Không có bộ “${source}” trong thư mục criteria.`)
  return found.version.set
}

/** Writes a set as a spreadsheet or as YAML beside where the command is called. */
async function exportOne(source: string, form = '--xlsx'): Promise<void> {
  const set = await setFrom(source)
  const file = form === '--yaml' ? `${set.id}.yaml` : `${set.id}.xlsx`
  await writeFile(file, form === '--yaml' ? criteriaYaml(set) : await criteriaWorkbook(set), { flag: 'wx' })
  say(`Đã viết ${file}.`)
}

const COMMANDS: Readonly<Record<string, (folder: string, form?: string) => Promise<void>>> = {
  lint: async folder => lintAll(await criteriaTextsIn(folder)),
  list: async folder => listAll(await criteriaTextsIn(folder)),
  import: importAll,
  export: exportOne,
}

const [command = '', folder = 'criteria', form] = process.argv.slice(2)
const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined
try {
  if (!run)
    throw new InvalidInput(
      {},
      'Cách dùng: npx tsx scripts/criteria.ts lint|list|import [thư mục], hoặc export <mã bộ hoặc tệp .xlsx> --xlsx|--yaml',
    )
  await run(folder, form)
} catch (problem) {
  if (!(problem instanceof InvalidInput)) throw problem
  const lines = Object.values(problem.fields)
  say(lines.length > 0 ? lines.join('\n') : problem.message)
  process.exitCode = 2
}
