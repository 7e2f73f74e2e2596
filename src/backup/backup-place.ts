import { mkdir, realpath, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { BackupFailed, codeOf, printBytes } from './backup-words.ts'

/** The embedded engine ends on a full disk, so a backup never takes the last of it. */
const LEFT_FREE = 300 * 2 ** 20

export interface PlaceNeeds {
  /** Folders in which no backup may lie: those of the database and of the kept files. */
  readonly neverIn: readonly string[]
  /** Bytes that will be written, on a disk of its own and on the one that the kept files lie on. */
  readonly needed: (sharesDisk: boolean) => Promise<number>
  readonly filesDir: string
}

/**
 * Makes the folder for backups where it is not there yet, and looks whether it may lie there and has room. Throws
 * `BackupFailed` in words, or the fault of the disk as it came.
 */
export async function readyPlace(to: string, { neverIn, needed, filesDir }: PlaceNeeds): Promise<void> {
  const wanted = await trueName(to)
  for (const folder of neverIn)
    if (isWithin(wanted, await trueName(folder)))
      throw new BackupFailed(
        `Không sao lưu vào ${to}: đó là chỗ hệ thống giữ dữ liệu của chính mình (${folder}). Xin chọn thư mục khác, tốt nhất ở ổ đĩa khác.`,
      )
  await makeFolder(to)
  const [disk, own] = await Promise.all([statfs(to), stat(to)])
  const sharesDisk = await stat(filesDir).then(
    ({ dev }) => dev === own.dev,
    () => true,
  )
  const [free, wants] = [disk.bavail * disk.bsize, (await needed(sharesDisk)) + LEFT_FREE]
  if (free < wants)
    throw new BackupFailed(
      `Ổ đĩa chứa ${to} chỉ còn ${printBytes(free)}, bản sao lưu cần ít nhất ${printBytes(wants)}. Xin giải phóng chỗ hoặc chọn thư mục khác (BACKUP_DIR).`,
    )
}

/**
 * Makes a folder and those above it, one by one: asked for all at once, Node tries for ever where the system makes no
 * folders (`/proc`).
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await isFolder(folder))) return
    const above = path.dirname(folder)
    if (codeOf(error) !== 'ENOENT' || (await isFolder(above))) throw error
    await makeFolder(above)
    await mkdir(folder)
  }
}

const isFolder = (place: string): Promise<boolean> =>
  stat(place).then(
    found => found.isDirectory(),
    () => false,
  )

/** The place without links on its way, as far as it is there. */
async function trueName(place: string): Promise<string> {
  const above = path.dirname(place)
  return realpath(place).catch(async () =>
    above === place ? place : path.join(await trueName(above), path.basename(place)),
  )
}

const isWithin = (place: string, folder: string): boolean =>
  place === folder || place.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep)
