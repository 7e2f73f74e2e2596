import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, link, mkdir, open, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { keptPlace } from '../evidence/index.ts'

/** A file kept under its SHA-256. */
export interface KeptFile {
  readonly sha256: string
  readonly size: number
}

const AT_ONCE = 4

/** SHA-256 of a file's bytes. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

export interface CopyFiles {
  readonly from: string
  readonly to: string
  /** Folder of an earlier backup's files on the same disk, which have been read through already. */
  readonly earlier?: string | undefined
  /** Whether `from` may share its bytes on the disk with the copy. */
  readonly mayLink: boolean
  readonly told?: (done: number, total: number) => Promise<void>
}

/**
 * Brings these files under `to` where they are not there yet, and reads through what no earlier backup has: `faulty` are those
 * whose bytes are not those of their name; they are left out. A file that is gone by now is left out without a word.
 */
export async function copyFiles(
  hashes: readonly string[],
  { from, to, earlier, mayLink, told }: CopyFiles,
): Promise<{ readonly copied: readonly KeptFile[]; readonly faulty: readonly string[] }> {
  const copied: KeptFile[] = []
  const faulty: string[] = []
  let links = mayLink
  const bring = async (sha256: string): Promise<void> => {
    const place = keptPlace(to, sha256)
    await mkdir(path.dirname(place), { recursive: true })
    if (earlier !== undefined && (await linked(keptPlace(earlier, sha256), place))) {
      copied.push({ sha256, size: (await stat(place)).size })
      return
    }
    const source = keptPlace(from, sha256)
    links = links && (await linked(source, place))
    if (!links && !(await copiedWhole(source, place))) return
    if ((await sha256Of(place)) === sha256) copied.push({ sha256, size: (await stat(place)).size })
    else {
      await rm(place)
      faulty.push(sha256)
    }
  }
  const waiting = hashes.values()
  let done = 0
  const worker = async (): Promise<void> => {
    for (const sha256 of waiting) {
      await bring(sha256)
      done++
      await told?.(done, hashes.length)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return { copied, faulty }
}

/** One file with two names; false where the disk does not do that or there is no such file. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw error
    return false
  }
}

/** A copy that is on the disk; false when the file is not there (any more). */
async function copiedWhole(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
  const handle = await open(to, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  return true
}
