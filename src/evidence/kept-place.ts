import { open, readdir } from 'node:fs/promises'
import path from 'node:path'

const IS_HASH = /^[0-9a-f]{64}$/

/** Whether this is a SHA-256 in the letters in which files are kept. */
export const isHash = (text: string): boolean => IS_HASH.test(text)

/** Where the file of this hash lies below a folder of kept files: two levels of folders, so that none grows large. */
export const keptPlace = (folder: string, sha256: string): string =>
  path.join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)

/** Hashes of the files kept below a folder, sorted; none when it does not exist. */
export async function keptHashes(folder: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const first of await namesIn(folder)) {
    if (!/^[0-9a-f]{2}$/.test(first)) continue
    for (const second of await namesIn(path.join(folder, first)))
      for (const name of await namesIn(path.join(folder, first, second))) if (isHash(name)) found.push(name)
  }
  return found.toSorted()
}

/** Names in a folder; none when there is no such folder. */
export async function namesIn(place: string): Promise<readonly string[]> {
  try {
    return await readdir(place)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  }
}

/** Puts the names in a folder on the disk. */
export async function syncFolder(place: string): Promise<void> {
  const handle = await open(place, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
