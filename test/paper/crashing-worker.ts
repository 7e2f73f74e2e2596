import { parentPort } from 'node:worker_threads'
import '../../src/paper/pdf-worker.ts'
import type { WorkerJob } from '../../src/paper/pdf-worker.ts'

// Listens beside the real worker and falls over on papers with these titles before it can answer.
parentPort?.on('message', ({ doc }: WorkerJob) => {
  if (doc.meta.title === 'crash') process.exit(3)
  if (doc.meta.title === 'throw') throw new Error('worker fell over')
  if (doc.meta.title === 'hang') for (;;);
})
