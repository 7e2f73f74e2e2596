import path from 'node:path'
import { keptHashes } from '../evidence/index.ts'
import type { Database } from '../mongo/connect.ts'
import { collectionNames, fillCollection, firstDifference, isEmpty, unprotectedDropAll } from '../mongo/dump.ts'
import { BackupFailed, BadBackup, diskFault } from './backup-words.ts'
import { checkBackup } from './check-backup.ts'
import { copyFiles } from './kept-files.ts'
import type { Told } from './make-backup.ts'
import type { Manifest } from './manifest.ts'

export interface RestoreNeeds {
  readonly db: Database
  readonly filesDir: string
}

/** Stands in the database while a restore is under way; what is there is worth nothing as long as it does. */
const MARK = 'restoreUnfinished'
/** What every process writes by only being there. */
const OF_PROCESSES = ['writers', 'writePauses']
const MOST_TOLD = 5

/** Refuses to work on a database that a broken-off restore left half full. */
export async function refuseHalfRestored(db: Database): Promise<void> {
  if ((await collectionNames(db)).includes(MARK))
    throw new BackupFailed(
      'Lần phục hồi trước chưa xong nên dữ liệu còn thiếu. Xin chạy lại npm run restore với cùng bản sao lưu rồi mới mở hệ thống.',
    )
}

/**
 * Fills an empty database and an empty folder of files from a backup, and compares both with it document by document and
 * file by file. Refuses in words a backup that is not whole, and any database or folder that holds something. What it wrote
 * is taken away again when it fails.
 */
export async function restoreBackup({ db, filesDir }: RestoreNeeds, folder: string, told: Told): Promise<Manifest> {
  await requireEmpty(db, filesDir)
  const { manifest, files, faults } = await checkBackup(folder, told)
  if (faults.length > 0)
    throw new BadBackup(
      [
        `Bản sao lưu ${folder} không nguyên vẹn, không phục hồi từ bản này:`,
        ...faults.slice(0, MOST_TOLD),
        ...(faults.length > MOST_TOLD ? [`… và ${faults.length - MOST_TOLD} chỗ khác.`] : []),
      ].join('\n  - '),
    )
  const dataOf = (name: string): string => path.join(folder, 'data', `${name}.bson`)
  await db.connection.collection(MARK).insertOne({ from: folder }, { writeConcern: db.durable })
  try {
    let done = 0
    for (const { name } of manifest.collections) {
      await told('Đang nạp dữ liệu', done++, manifest.collections.length)
      await fillCollection(db, name, dataOf(name))
    }
    const words = (copied: number, total: number) => told('Đang chép tệp minh chứng và văn bản', copied, total)
    const hashes = files.map(({ sha256 }) => sha256)
    const found = await copyFiles(hashes, {
      from: path.join(folder, 'files'),
      to: filesDir,
      mayLink: false,
      told: words,
    })
    if (found.copied.length !== files.length) throw new BackupFailed('Có tệp chép sang không đúng. Xin kiểm tra ổ đĩa.')
    done = 0
    for (const { name } of manifest.collections) {
      await told('Đang so lại từng bản ghi', done++, manifest.collections.length)
      const place = await firstDifference(db, name, dataOf(name))
      if (place !== undefined)
        throw new BackupFailed(`Dữ liệu “${name}” sau khi nạp khác bản sao lưu ở bản ghi ${place}.`)
    }
    await unprotectedDropAll(db, [MARK])
    return manifest
  } catch (error) {
    await emptyAgain(db)
    throw diskFault(error, filesDir)
  }
}

const ours = async (db: Database): Promise<readonly string[]> =>
  (await collectionNames(db)).filter(name => !OF_PROCESSES.includes(name))

/** The mark goes last: whatever still stands while it does belongs to a restore that did not end. */
async function emptyAgain(db: Database): Promise<void> {
  const names = await ours(db)
  await unprotectedDropAll(db, [...names.filter(name => name !== MARK), ...names.filter(name => name === MARK)])
}

async function requireEmpty(db: Database, filesDir: string): Promise<void> {
  const names = await ours(db)
  if (names.includes(MARK)) await emptyAgain(db)
  else
    for (const name of names)
      if (!(await isEmpty(db, name)))
        throw new BackupFailed(
          'Cơ sở dữ liệu đích đã có dữ liệu; phục hồi không ghi đè. Xin đặt DATA_DIR (hoặc MONGODB_URI, DATABASE_NAME) tới một nơi trống rồi chạy lại.',
        )
  // A broken-off restore left its files behind: the same bytes under the same names do no harm.
  if (!names.includes(MARK) && (await keptHashes(filesDir)).length > 0)
    throw new BackupFailed(
      `Thư mục tệp ${filesDir} đã có tệp; phục hồi không ghi đè. Xin đặt FILES_DIR (hoặc DATA_DIR) tới một thư mục trống rồi chạy lại.`,
    )
}
