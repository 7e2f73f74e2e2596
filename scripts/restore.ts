import path from 'node:path'
import { parseArgs } from 'node:util'
import { markRestored, restoreBackup } from '../src/backup/index.ts'
import { readConfig } from '../src/config.ts'
import { verifyJournal } from '../src/journal/index.ts'
import { ensureIndexes } from '../src/mongo/collection.ts'
import { connect } from '../src/mongo/connect.ts'
import { openDatabase } from '../src/mongo/open-database.ts'
import { secretSeal } from '../src/people/index.ts'
import { explainStartError } from '../src/start-errors.ts'
import { buildSystem } from '../src/system/system.ts'
import { say } from './with-system.ts'

// npm run restore -- FOLDER: fills an empty database and folder of files from a backup; the exit code is 1 when it failed.
const { positionals } = parseArgs({ allowPositionals: true })
const [given] = positionals

async function restore(folder: string): Promise<void> {
  const config = readConfig()
  const { mongodbUri: uri, mongodBinary, dataDir, engineCacheMb: cacheMb } = config
  const opened = await openDatabase({ uri, mongodBinary, dataDir, cacheMb, say: () => {} })
  try {
    const db = await connect(opened.uri, config.databaseName)
    try {
      let said = ''
      const manifest = await restoreBackup({ db, filesDir: config.filesDir }, folder, async words => {
        if (words !== said) say(`${words}…`)
        said = words
      })
      const system = buildSystem(db, { filesDir: config.filesDir, baseUrl: config.baseUrl })
      await ensureIndexes(db)
      await markRestored(system.backupNeeds, folder, manifest)
      await system.post.sweep()
      const { entries, broken } = await verifyJournal(system.journal)
      for (const sentence of broken) say(sentence)
      if (broken.length > 0) process.exitCode = 1
      const documents = manifest.collections.reduce((sum, { count }) => sum + count, 0)
      say(`Đã phục hồi ${documents} bản ghi và ${manifest.files.count} tệp, khớp hoàn toàn với bản sao lưu.`)
      say(broken.length === 0 ? `Nhật ký nguyên vẹn: ${entries} mục.` : `Nhật ký có ${broken.length} chuỗi bị hỏng.`)
      await sayLostKeys(system, [config.sessionSecret, ...(config.previousSecret ? [config.previousSecret] : [])])
      say('Số liệu tổng hợp tự lập lại khi có người xem. Mọi người đăng nhập lại. Chạy npm start để mở hệ thống.')
    } finally {
      await db.close()
    }
  } finally {
    await opened.close()
  }
}

async function sayLostKeys({ people }: ReturnType<typeof buildSystem>, secrets: readonly string[]): Promise<void> {
  const seal = secretSeal(secrets)
  let lost = 0
  for await (const { secret } of people.factorSecrets()) if (seal.standing(secret) === 'unknown') lost++
  if (lost > 0)
    say(
      `Thiếu khóa của hệ thống cũ: ${lost} tài khoản không dùng được ứng dụng xác thực. Đặt SESSION_SECRET (hoặc tệp secret trong DATA_DIR) như ở máy cũ,\n` +
        'hoặc đặt giá trị cũ vào SESSION_SECRET_PREVIOUS. Không còn khóa cũ thì họ vào bằng mã khôi phục, hoặc quản trị gỡ xác thực hai bước.',
    )
}

if (given === undefined) {
  process.stderr.write('Xin ghi thư mục của bản sao lưu: npm run restore -- data/backups/sao-luu-2026-02-05-020000\n')
  process.exitCode = 1
} else
  try {
    await restore(path.resolve(given))
  } catch (error) {
    process.stderr.write(`${explainStartError(error) ?? (error instanceof Error ? error.message : String(error))}\n`)
    process.exitCode = 1
  }
