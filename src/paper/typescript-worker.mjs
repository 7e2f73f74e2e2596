// tsx takes TypeScript on the main thread only; a worker must ask for it before it loads a source. A bundled program needs none.
import { workerData } from 'node:worker_threads'

const program = String(workerData)
if (program.endsWith('.ts')) {
  const { register } = await import('tsx/esm/api')
  register()
}
await import(program)
