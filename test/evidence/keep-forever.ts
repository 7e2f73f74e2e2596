// Run as a child process by file-store.test.ts, which kills it: keeps one new large file after the other and says so.
import { fileStore } from '../../src/evidence/file-store.ts'

const [, script, folder] = process.argv
// Loaded by anything else than that test it would only fill a disk; and even for the test twenty files are plenty.
if (script === import.meta.filename && folder !== undefined) {
  const store = fileStore(folder)
  for (let round = 0; round < 20; round++) {
    await store.keepBytes(Buffer.alloc(24 * 1024 * 1024, `${process.pid} ${round} `))
    process.stdout.write('kept\n')
  }
}
