// Run as a child process by file-store.test.ts, which kills it: keeps ever new large files and says so after each.
import { fileStore } from '../../src/evidence/file-store.ts'

const store = fileStore(process.argv[2] ?? '')
for (let round = 0; ; round++) {
  await store.keepBytes(Buffer.alloc(24 * 1024 * 1024, `${process.pid} ${round} `))
  process.stdout.write('kept\n')
}
