import { createHash, randomUUID } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { NotFound } from '../kernel/refusals.ts'

const A_DAY = 86_400_000
const IS_HASH = /^[0-9a-f]{64}$/

export type UploadShelf = ReturnType<typeof uploadShelf>

/**
 * Keeps uploaded sheets for a day between the dry run and its confirmation, under the SHA-256 of their bytes, so that
 * what was shown is what is carried out. A folder of its own: a token opens nothing but such an upload.
 */
export function uploadShelf(folder: string) {
  const placeOf = (token: string): string => {
    if (!IS_HASH.test(token)) throw new NotFound(`upload ${token}`)
    return path.join(folder, token)
  }
  return {
    /** Keeps a received file; its token. What has lain for more than a day goes at the same time. */
    async keep(received: { readonly path: string; readonly sha256: string }, now: Date): Promise<string> {
      await mkdir(folder, { recursive: true })
      await dropOld(folder, now)
      const draft = path.join(folder, randomUUID())
      await copyFile(received.path, draft)
      await rename(draft, placeOf(received.sha256))
      return received.sha256
    },

    /** The bytes of a token; `NotFound` when it is unknown, older than a day, or no longer what was kept. */
    async bytesOf(token: string): Promise<Buffer> {
      const bytes = await readFile(placeOf(token)).catch(() => undefined)
      if (!bytes || createHash('sha256').update(bytes).digest('hex') !== token) {
        throw new NotFound('Tệp đã tải lên không còn. Xin tải tệp lên lần nữa.')
      }
      return bytes
    },
  }
}

async function dropOld(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder)) {
    const place = path.join(folder, name)
    const found = await stat(place).catch(() => undefined)
    if (found && now.getTime() - found.mtimeMs > A_DAY) await rm(place, { force: true })
  }
}
