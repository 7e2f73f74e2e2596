// The server's TypeScript as one JavaScript program, made once for each state of the sources: reading it takes a third of
// the time that translating and linking several hundred files takes at every start.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const MAIN = 'src/main.ts'

/** A program that still runs reads its parts when it first needs them, so a few older ones stay. */
const KEPT = 3

/** @param {string} folder */
const sourcesIn = folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .toSorted()
    .map(name => join(folder, name))

/** Changes with every source, with the packages, with this file and with the place of the installation, which the program names. */
export function fingerprintOf(root, entry = MAIN) {
  const hash = createHash('sha256').update(`${root}\0${process.versions.node}\0${entry}\0`)
  hash.update(readFileSync(new URL(import.meta.url)))
  const files = new Set(['package-lock.json', entry].map(file => join(root, file)).concat(sourcesIn(join(root, 'src'))))
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex').slice(0, 24)
}

/** Programs of threads: each is bundled beside the main one, and found there instead of among the sources. */
const THREADS = ['src/paper/pdf-worker.ts']

/**
 * A source knows its place by `import.meta`; in the program it is told the place that it came from. The address of a
 * thread's program is left to the program itself (`import.meta['url']` is what the replacement does not touch).
 */
const ownPlaces = {
  name: 'own places',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8')
        .replaceAll(
          /new URL\('\.\/([\w-]+-worker)\.ts', import\.meta\.url\)/g,
          "new URL('./$1.mjs', import.meta['url'])",
        )
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
    }))
  },
}

function dropOld(cache) {
  const byAge = readdirSync(cache)
    .map(name => ({ name, at: statSync(join(cache, name)).mtimeMs }))
    .toSorted((a, b) => b.at - a.at)
  for (const { name } of byAge.slice(KEPT)) rmSync(join(cache, name), { recursive: true, force: true })
}

/** Address of the program that begins with `entry`, for the sources as they stand now; made if there is none yet. */
export async function bundled(root, entry = MAIN) {
  const cache = join(root, 'node_modules', '.cache', 'kiem-dinh', 'program')
  const folder = join(cache, fingerprintOf(root, entry))
  const program = join(folder, `${basename(entry, '.ts')}.mjs`)
  if (!existsSync(program)) {
    mkdirSync(cache, { recursive: true })
    const draft = mkdtempSync(join(cache, 'draft-'))
    const { build } = await import('esbuild')
    await build({
      absWorkingDir: root,
      entryPoints: [entry, ...THREADS.filter(thread => existsSync(join(root, thread)))],
      entryNames: '[name]',
      outdir: draft,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
      sourcemap: 'linked',
      sourcesContent: false,
      plugins: [ownPlaces],
      logLevel: 'silent',
    })
    rmSync(folder, { recursive: true, force: true })
    renameSync(draft, folder) // whole or not there at all, however many starts run at once
    dropOld(cache)
  }
  return pathToFileURL(program).href
}
