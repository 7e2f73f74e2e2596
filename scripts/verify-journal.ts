import { verifyJournal } from '../src/journal/index.ts'
import { say, withSystem } from './with-system.ts'

// npm run verify:journal: checks every unit's chain; the exit code is 1 when one is broken.
await withSystem(async system => {
  await system.post.sweep()
  const { entries, broken } = await verifyJournal(system.journal)
  for (const sentence of broken) say(sentence)
  say(broken.length === 0 ? `Nhật ký nguyên vẹn: ${entries} mục.` : `Nhật ký có ${broken.length} chuỗi bị hỏng.`)
  if (broken.length > 0) process.exitCode = 1
})
