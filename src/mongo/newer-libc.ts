import { spawn } from 'node:child_process'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
} from 'node:fs'
import { rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NoDatabase, WAYS_TO_A_DATABASE } from './no-database.ts'

/** The embedded engine's binary is linked against this glibc. */
const NEEDED = [2, 38] as const

/** Releases whose glibc is too old, each with the next one that has a newer glibc. */
const NEWER_RELEASE: Readonly<Record<string, string>> = {
  bullseye: 'trixie',
  bookworm: 'trixie',
  focal: 'noble',
  jammy: 'noble',
}

const TRIPLETS: Readonly<Record<string, { folder: string; loader: string }>> = {
  x64: { folder: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { folder: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
}

/** A program and its arguments, ready for `spawn`. */
export type Command = { program: string; args: string[] }

/** `2.36` → whether the engine can run on it; an unknown version (musl) cannot. */
export function isNewEnough(version: string | undefined): boolean {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number)
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])
}

function systemGlibc(): string | undefined {
  const report: unknown = process.report.getReport()
  if (typeof report !== 'object' || report === null || !('header' in report)) return undefined
  const { header } = report
  if (typeof header !== 'object' || header === null || !('glibcVersionRuntime' in header)) return undefined
  return typeof header.glibcVersionRuntime === 'string' ? header.glibcVersionRuntime : undefined
}

/** An apt source list with its release's name replaced by a newer one, or undefined when it names no known old release. */
export function sourcesOfNewerRelease(text: string): string | undefined {
  const old = Object.keys(NEWER_RELEASE).find(name => new RegExp(`\\b${name}\\b`).test(text))
  const newer = old === undefined ? undefined : NEWER_RELEASE[old]
  return old === undefined || newer === undefined ? undefined : text.replaceAll(new RegExp(`\\b${old}\\b`, 'g'), newer)
}

function run(program: string, args: string[], cwd: string): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-600)))
    child.once('error', fail)
    child.once('exit', code =>
      code === 0 ? done() : fail(new Error(`${program} kết thúc với mã ${code}: ${complaint.trim()}`)),
    )
  })
}

/** Where the fetched libc is kept: beside the packages, or in the user's cache when that folder is not ours to write. */
function cacheFolder(): string {
  const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))
  try {
    accessSync(modules, constants.W_OK)
    return join(modules, '.cache', 'kiem-dinh')
  } catch {
    return join(homedir(), '.cache', 'kiem-dinh')
  }
}

function loaderIn(root: string): Command | undefined {
  const triplet = TRIPLETS[process.arch]
  if (triplet === undefined) return undefined
  const libraries = [join(root, 'usr/lib', triplet.folder), join(root, 'lib', triplet.folder)]
  const own = libraries.find(folder => existsSync(join(folder, triplet.loader)))
  if (own === undefined) return undefined
  const path = [own, `/usr/lib/${triplet.folder}`, `/lib/${triplet.folder}`].join(':')
  return { program: join(own, triplet.loader), args: ['--library-path', path] }
}

/** Downloads the next release's `libc6` with a private apt configuration: nothing of the system is read into or changed. */
async function fetchLibc(cache: string): Promise<void> {
  mkdirSync(cache, { recursive: true })
  const work = mkdtempSync(join(resolve(cache), 'apt-')) // apt reads relative folders against its own root
  try {
    for (const folder of ['lists/partial', 'cache/archives/partial', 'sources', 'out']) {
      mkdirSync(join(work, folder), { recursive: true })
    }
    const parts = existsSync('/etc/apt/sources.list.d') ? readdirSync('/etc/apt/sources.list.d') : []
    const candidates = ['/etc/apt/sources.list', ...parts.map(name => `/etc/apt/sources.list.d/${name}`)]
    let found = 0
    for (const file of candidates.filter(name => /\.(list|sources)$/.test(name) && existsSync(name))) {
      const sources = sourcesOfNewerRelease(readFileSync(file, 'utf8'))
      if (sources === undefined) continue
      writeFileSync(join(work, 'sources', `${found}-${file.split('/').at(-1)}`), sources)
      found += 1
    }
    if (found === 0) throw new Error('không thấy nguồn apt của một bản Debian/Ubuntu quen thuộc')
    const options = [
      'Dir::Etc::SourceList=/dev/null',
      `Dir::Etc::SourceParts=${join(work, 'sources')}`,
      `Dir::State::Lists=${join(work, 'lists')}`,
      `Dir::Cache=${join(work, 'cache')}`,
      'APT::Sandbox::User=',
      'Acquire::Languages=none',
    ].flatMap(option => ['-o', option])
    const out = join(work, 'out')
    await run('apt-get', [...options, 'update'], work)
    await run('apt-get', [...options, 'download', 'libc6'], out)
    const deb = readdirSync(out).find(name => name.endsWith('.deb'))
    if (deb === undefined) throw new Error('apt-get không tải về gói libc6 nào')
    const unpacked = join(work, 'libc')
    await run('dpkg-deb', ['-x', join(out, deb), unpacked], work)
    const target = join(cache, 'libc')
    // A process that fetched at the same time may have been faster; its copy is as good as ours.
    if (loaderIn(target) === undefined) {
      rmSync(target, { recursive: true, force: true })
      renameSync(unpacked, target)
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/**
 * The command that runs a script with Node where the embedded engine can load: plain `node` on a new enough system, or
 * `node` through a newer libc kept beside the system's own. Throws `NoDatabase` where neither can be had.
 */
export async function nodeForEngine(script: string, say: (line: string) => void): Promise<Command> {
  const plain: Command = { program: process.execPath, args: [script] }
  if (process.platform === 'darwin') return plain
  if (process.platform !== 'linux')
    throw new NoDatabase(`Bộ máy MongoDB đi kèm không chạy trên hệ điều hành này. ${WAYS_TO_A_DATABASE}`)
  const glibc = systemGlibc()
  if (isNewEnough(glibc)) return plain
  const cache = cacheFolder()
  const target = join(cache, 'libc')
  if (loaderIn(target) === undefined) {
    if (glibc === undefined) throw new NoDatabase(`Máy này không dùng glibc. ${WAYS_TO_A_DATABASE}`)
    say(
      `Máy này có glibc ${glibc}, bộ máy MongoDB cần từ ${NEEDED.join('.')}: đang tải libc6 mới hơn vào ${target} (không đổi gì của hệ thống)…`,
    )
    const began = Date.now()
    const ticking = setInterval(() => say(`  … vẫn đang tải, đã ${Math.round((Date.now() - began) / 1000)} giây`), 5000)
    try {
      await fetchLibc(cache)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      throw new NoDatabase(`Không lấy được libc6 mới hơn cho bộ máy MongoDB đi kèm (${why}). ${WAYS_TO_A_DATABASE}`, {
        cause: error,
      })
    } finally {
      clearInterval(ticking)
    }
    say(
      `Đã có libc6 mới hơn trong ${dirname(target)} sau ${((Date.now() - began) / 1000).toFixed(1)} giây; các lần sau dùng lại.`,
    )
  }
  const loader = loaderIn(target)
  if (loader === undefined)
    throw new NoDatabase(`Gói libc6 đã tải không hợp với kiến trúc ${process.arch}. ${WAYS_TO_A_DATABASE}`)
  return { program: loader.program, args: [...loader.args, process.execPath, script] }
}
