import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readCriteriaFile } from './criteria-file.ts'
import type { CriteriaVersion } from './criteria-set.ts'

export interface CriteriaText {
  readonly file: string
  readonly text: string
}

/** The texts of every `*.yaml` of a folder, in the order of their names. */
export async function criteriaTextsIn(folder: string): Promise<readonly CriteriaText[]> {
  const files = (await readdir(folder)).filter(name => name.endsWith('.yaml')).toSorted()
  return Promise.all(files.map(async file => ({ file, text: await readFile(join(folder, file), 'utf8') })))
}

/** Every criteria file of a folder, read; throws `CriteriaFileInvalid` at the first file whose shape is wrong. */
export async function readCriteriaFolder(
  folder: string,
): Promise<readonly { readonly file: string; readonly version: CriteriaVersion }[]> {
  return (await criteriaTextsIn(folder)).map(({ file, text }) => ({ file, version: readCriteriaFile(text) }))
}
