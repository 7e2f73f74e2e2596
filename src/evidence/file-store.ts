import { createHash, randomUUID } from 'node:crypto'
import { copyFile, mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { NotFound } from '../kernel/refusals.ts'
import { isHash, keptHashes, keptPlace, namesIn, syncFolder } from './kept-place.ts'

/** A received file as the HTTP edge hands it over: on disk under a temporary name, hash taken on the way. */
export interface FileToKeep {
  readonly path: string
  readonly size: number
  readonly sha256: string
}

/** Says which of these hashes some record still names; everything that keeps files here is asked. */
export type References = (hashes: readonly string[]) => Promise<ReadonlySet<string>>

export type FileStore = ReturnType<typeof fileStore>

const A_DAY = 86_400_000
const ASKED_AT_ONCE = 500

/**
 * Files kept once under their SHA-256 in two levels of folders under `folder`. A file has its final name only when all
 * of its bytes are on the disk, so that a crash at any moment leaves either the whole file or none. `move` renames a
 * received file; it fails with EXDEV when uploads arrive on another disk.
 */
export function fileStore(folder: string, move: typeof rename = rename) {
  const root = path.resolve(folder)
  const workshop = path.join(root, 'tmp')
  const placeOf = (sha256: string): string => {
    if (!isHash(sha256)) throw new NotFound(`file ${sha256}`)
    return keptPlace(root, sha256)
  }
  const temporary = async (): Promise<string> => {
    await mkdir(workshop, { recursive: true })
    return path.join(workshop, randomUUID())
  }

  /** Renames a complete file to its place and makes the file, its name and its folders durable. */
  const settle = async (source: string, sha256: string, to = rename): Promise<void> => {
    const place = placeOf(sha256)
    await syncFile(source)
    const made = await mkdir(path.dirname(place), { recursive: true })
    await to(source, place)
    await syncFolder(path.dirname(place))
    if (made !== undefined) {
      await syncFolder(path.dirname(path.dirname(place)))
      await syncFolder(root)
    }
  }

  return {
    /** Keeps a received file and takes it away from its temporary place; keeping the same bytes twice changes nothing. */
    async keep(file: FileToKeep): Promise<void> {
      if (await renew(placeOf(file.sha256))) {
        await rm(file.path, { force: true })
        return
      }
      const { size } = await stat(file.path)
      if (size !== file.size) throw new Error(`received file ${file.sha256} has ${size} bytes, not ${file.size}`)
      try {
        await settle(file.path, file.sha256, move)
      } catch (error) {
        if (!isCode(error, 'EXDEV')) throw error
        // A rename cannot cross disks, so a copy on this one is what gets the final name.
        const copy = await temporary()
        await copyFile(file.path, copy)
        await settle(copy, file.sha256)
        await rm(file.path, { force: true })
      }
    },

    /** Keeps bytes made by the system itself (papers); gives their SHA-256. */
    async keepBytes(bytes: Uint8Array): Promise<string> {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      if (await renew(placeOf(sha256))) return sha256
      const draft = await temporary()
      const handle = await open(draft, 'wx')
      try {
        await handle.writeFile(bytes)
      } finally {
        await handle.close()
      }
      await settle(draft, sha256)
      return sha256
    },

    /** Where the file lies and its size in bytes; `NotFound` when it is not kept here. */
    async open(sha256: string): Promise<{ readonly path: string; readonly size: number }> {
      const place = placeOf(sha256)
      const found = await statOf(place)
      if (!found) throw new NotFound(`file ${sha256}`)
      return { path: place, size: found.size }
    },

    has: async (sha256: string): Promise<boolean> => isHash(sha256) && (await statOf(placeOf(sha256))) !== undefined,

    /** Removes what nobody refers to and has lain untouched for a day; gives the hashes removed. Safe to run at any time. */
    async sweep(referenced: References, now: Date): Promise<readonly string[]> {
      const before = now.getTime() - A_DAY
      const isOld = async (place: string): Promise<boolean> => ((await statOf(place))?.mtimeMs ?? Infinity) < before
      for (const name of await namesIn(workshop)) {
        const place = path.join(workshop, name)
        if (await isOld(place)) await rm(place, { force: true })
      }
      const old: string[] = []
      for (const sha256 of await keptHashes(root)) if (await isOld(placeOf(sha256))) old.push(sha256)
      const removed: string[] = []
      for (let at = 0; at < old.length; at += ASKED_AT_ONCE) {
        const asked = old.slice(at, at + ASKED_AT_ONCE)
        const needed = await referenced(asked)
        for (const sha256 of asked.filter(hash => !needed.has(hash))) {
          // Out of its place first, then looked at again: whoever keeps the same bytes now either renewed it before (it
          // goes back) or finds nothing there and writes it anew.
          const aside = await temporary()
          await rename(placeOf(sha256), aside)
          if (await isOld(aside)) {
            await rm(aside)
            removed.push(sha256)
          } else await rename(aside, placeOf(sha256))
        }
      }
      return removed
    },
  }
}

/** Marks a kept file as wanted now, so that a sweep leaves it alone until the record naming it is written. */
async function renew(place: string): Promise<boolean> {
  const now = new Date()
  try {
    await utimes(place, now, now)
    return true
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false
    throw error
  }
}

async function syncFile(place: string): Promise<void> {
  const handle = await open(place, 'r+')
  try {
    const now = new Date()
    await handle.utimes(now, now)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const statOf = async (place: string): Promise<{ size: number; mtimeMs: number } | undefined> => {
  try {
    return await stat(place)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
