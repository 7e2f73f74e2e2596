import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** One import (or re-export) of a source file. */
export interface Import {
  /** A package as written (`node:fs`, `mongoose`), or the path of our own file from `src/`. */
  readonly of: string
  readonly ours: boolean
  /** Only types: gone when the program runs. */
  readonly typeOnly: boolean
}

export interface SourceFile {
  /** From `src/`, with slashes: `seats/seat-store.ts`. */
  readonly path: string
  /** First folder, or the file itself when it lies in `src/`. */
  readonly place: string
  readonly text: string
  readonly imports: readonly Import[]
}

const FROM = /^(?:import|export)\s+(type\s)?([^'"();]*?)\sfrom\s+'([^']+)'/gm
const BARE = /^import\s+'([^']+)'/gm
const DYNAMIC = /\bimport\('([^']+)'\)/g

/** Whether a clause such as `{ type A, type B }` brings nothing but types. */
const onlyTypes = (clause: string): boolean => {
  const names = /^\{([^}]*)\}$/
    .exec(clause.trim())?.[1]
    ?.split(',')
    .map(name => name.trim())
  return names !== undefined && names.filter(name => name !== '').every(name => name.startsWith('type '))
}

/** What a source text imports; `from` is its own path below `src/`. */
export function importsIn(text: string, from: string): readonly Import[] {
  const found = (of: string, typeOnly: boolean): Import =>
    of.startsWith('.')
      ? { of: path.posix.join(path.posix.dirname(from), of), ours: true, typeOnly }
      : { of, ours: false, typeOnly }
  return [
    ...[...text.matchAll(FROM)].map(([, type, clause = '', of = '']) =>
      found(of, type !== undefined || onlyTypes(clause)),
    ),
    ...[...text.matchAll(BARE)].map(([, of = '']) => found(of, false)),
    ...[...text.matchAll(DYNAMIC)].map(([, of = '']) => found(of, false)),
  ]
}

/** A source file as the rules see it, from its path below `src/` and its text. */
export const sourceFile = (at: string, text: string): SourceFile => ({
  path: at,
  place: at.split('/')[0] ?? at,
  text,
  imports: importsIn(text, at),
})

const filesBelow = (folder: string, endings: RegExp): readonly { path: string; text: string }[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map(name => name.split(path.sep).join('/'))
    .filter(name => endings.test(name))
    .toSorted()
    .map(name => ({ path: name, text: readFileSync(path.join(ROOT, folder, name), 'utf8') }))

/** Every source file below `src/`. */
export const sourceFiles = (): readonly SourceFile[] =>
  filesBelow('src', /\.(ts|mjs)$/).map(file => sourceFile(file.path, file.text))

/** Every template below `views/`. */
export const viewFiles = (): readonly { readonly path: string; readonly text: string }[] =>
  filesBelow('views', /\.ejs$/)
