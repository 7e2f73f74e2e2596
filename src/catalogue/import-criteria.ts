import type { Clock } from '../kernel/dates.ts'
import { CriteriaFileInvalid, lineOf, readCriteriaFile, type FileProblem } from './criteria-file.ts'
import { criteriaTextsIn } from './criteria-folder.ts'
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
    const read = texts.map(one => ({ ...one, version: readCriteriaFile(one.text) }))
    const versions = read.map(one => one.version)
    const linted = read.map(one => ({ ...one, findings: lint(one.version, versions) }))
    const problems = linted.flatMap(({ file, text, findings }) =>
      findings
        .filter(finding => finding.severity === 'error')
        .map((finding): FileProblem => ({
          line: lineOf(text, finding.path),
          path: finding.path.join('.'),
          message: `${file}: ${finding.place}: ${finding.message}`,
        })),
    )
    if (problems.length > 0) throw new CriteriaFileInvalid(problems)

    const imported: ImportedFile[] = []
    for (const { file, version, findings } of linted) {
      const isNew = await sets.insertOnce(version, now())
      imported.push({ file, setId: version.set.id, hash: version.hash, isNew, warnings: findings })
    }
    return imported
  }
