import path from 'node:path'
import { parseArgs } from 'node:util'
import { COMMAND_LINE, printBytes, runBackup } from '../src/backup/index.ts'
import { say, withSystem } from './with-system.ts'

// npm run backup [-- --to FOLDER]: one backup, also while the server runs; the exit code is 1 when it failed.
const { values } = parseArgs({ options: { to: { type: 'string' } } })
const to = values.to === undefined ? undefined : path.resolve(values.to)

await withSystem(async system => {
  const { made, why } = await runBackup(system.backupNeeds, COMMAND_LINE)
  if (!made) {
    process.stderr.write(`Sao lưu không thành công. ${why ?? ''}\n`)
    process.exitCode = 1
    return
  }
  const { collections, files, pausedMs, leftOut } = made.manifest
  const bytes = collections.reduce((sum, each) => sum + each.bytes, 0)
  const documents = collections.reduce((sum, { count }) => sum + count, 0)
  say(`Đã sao lưu vào ${made.folder}`)
  say(`  ${documents} bản ghi (${printBytes(bytes)}), ${files.count} tệp (${printBytes(files.bytes)}).`)
  say(`  Tạm dừng ghi ${pausedMs} mili giây.`)
  if (files.faulty.length > 0) {
    say(`  ${files.faulty.length} tệp đã hỏng trên ổ đĩa nên không có trong bản này: ${files.faulty.join(', ')}`)
    process.exitCode = 1
  }
  say(`  Không sao lưu, vì tự lập lại được: ${leftOut.map(({ name }) => name).join(', ')}.`)
  say('  Khóa của hệ thống (SESSION_SECRET hoặc tệp secret trong DATA_DIR) không nằm trong bản này: hãy giữ riêng.')
}, to)
