// tsx takes TypeScript on the main thread only; a worker must ask for it before it loads its program.
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(String(workerData))
