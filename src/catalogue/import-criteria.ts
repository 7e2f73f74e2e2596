import type { Clock } from '../kernel/dates.ts'
import { CriteriaFileInvalid, lineOf, readCriteriaFile, type FileProblem } from './criteria-file.ts'
import { criteriaTextsIn, type CriteriaText } from './criteria-folder.ts'
import type { CriteriaVersion } from './criteria-set.ts'
import type { CriteriaSetStore } from './criteria-set-store.ts'
import { lint, type Finding } from './linter.ts'

export interface ImportedFile {
  readonly file: string
  readonly setId: string
  readonly hash: string
  /** False when this very content had been imported before. */
  readonly isNew: boolean
  readonly warnings: readonly Finding[]
}

/**
 * Imports every criteria file of a folder: all are read and linted first, so that a folder with one error changes
 * nothing (`CriteriaFileInvalid`). Running it again adds only what is new.
 */
export const importCriteriaFiles =
  ({ sets, now }: { readonly sets: CriteriaSetStore; readonly now: Clock }) =>
  async (folder: string): Promise<readonly ImportedFile[]> => {
    const texts = await criteriaTextsIn(folder)
    const read = texts.map(one => ({ ...one, ...readOrProblems(one) }))
    const versions = read.flatMap(one => (one.version ? [one.version] : []))
    const linted = read.flatMap(({ file, text, version }) =>
      version ? [{ file, text, version, findings: lint(version, versions) }] : [],
    )
    const problems = [
      ...read.flatMap(one => one.problems),
      ...linted.flatMap(one => one.findings.filter(isError).map(finding => problemOf(one, finding))),
    ]
    if (problems.length > 0) throw new CriteriaFileInvalid(problems)

    const imported: ImportedFile[] = []
    for (const { file, version, findings } of linted) {
      const isNew = await sets.insertOnce(version, now())
      imported.push({ file, setId: version.set.id, hash: version.hash, isNew, warnings: findings })
    }
    return imported
  }

/** The version, or what is wrong with the shape of the file, each problem under the file's name. */
function readOrProblems({ file, text }: CriteriaText): {
  readonly version?: CriteriaVersion
  readonly problems: readonly FileProblem[]
} {
  try {
    return { version: readCriteriaFile(text), problems: [] }
  } catch (error) {
    if (!(error instanceof CriteriaFileInvalid)) throw error
    return { problems: error.problems.map(problem => ({ ...problem, message: `${file}: ${problem.message}` })) }
  }
}

const isError = (finding: Finding): boolean => finding.severity === 'error'

const problemOf = ({ file, text }: CriteriaText, { path, place, message }: Finding): FileProblem => ({
  line: lineOf(text, path),
  path: path.join('.'),
  message: `${file}: ${place}: ${message}`,
})
