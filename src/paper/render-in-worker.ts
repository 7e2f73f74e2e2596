import { Worker } from 'node:worker_threads'
import type { Doc } from './blocks.ts'
import type { WorkerAnswer, WorkerJob } from './pdf-worker.ts'
import type { RenderedPdf, RenderOptions } from './render-pdf.ts'

/** The document could not be drawn: it is at fault, or the worker crashed or took too long. */
export class RenderFailed extends Error {
  constructor(reason: string) {
    super(`document not made: ${reason}`)
    this.name = 'RenderFailed'
  }
}

export interface RenderPool {
  /** Draws off the main thread, one document after another. Throws RenderFailed. */
  render(doc: Doc, options?: RenderOptions): Promise<RenderedPdf>
  /** The same document as an editable Word file, in the same queue. Throws RenderFailed. */
  renderWord(doc: Doc): Promise<Buffer>
  /** Stops the worker; a document in work is refused. */
  close(): Promise<void>
}

export interface PoolOptions {
  /** Milliseconds that one document may take. */
  readonly timeoutMs?: number
  /** The program of the worker, for tests of crashes. */
  readonly script?: URL
}

/** Most of what drawing a page makes dies with the page; with more room than this it only lies about (30 MB less at the peak). */
const YOUNG = { maxYoungGenerationSizeMb: 12 }

type Finished = Extract<WorkerAnswer, { kind: 'done' | 'word' }>

const starter = new URL('./typescript-worker.mjs', import.meta.url)

/** One worker: a second would draw no more pages a second on small machines; the gain is a free event loop. */
export function renderPool({
  timeoutMs = 60_000,
  script = new URL('./pdf-worker.ts', import.meta.url),
}: PoolOptions = {}): RenderPool {
  let worker: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()

  const start = (): Worker => {
    const made = new Worker(starter, { workerData: script.href, execArgv: [], resourceLimits: YOUNG })
    // An idle worker does not keep the process alive.
    made.unref()
    return made
  }

  const drop = async (broken: Worker): Promise<void> => {
    if (worker === broken) worker = undefined
    await broken.terminate()
  }

  /** Sends one job and gives what the worker ends it with; progress is told on the way. */
  const run = (job: WorkerJob, onProgress?: RenderOptions['onProgress']): Promise<Finished> =>
    new Promise((resolve, reject) => {
      const current = (worker ??= start())
      current.ref()
      const settle = (finish: () => void): void => {
        clearTimeout(timer)
        current.off('message', onMessage).off('error', onError).off('exit', onExit)
        current.unref()
        finish()
      }
      const fail = (reason: string): void => {
        settle(() => void drop(current).finally(() => reject(new RenderFailed(reason))))
      }
      const onMessage = (answer: WorkerAnswer): void => {
        if (answer.kind === 'progress') {
          onProgress?.({ page: answer.page, pages: answer.pages })
        } else if (answer.kind === 'failed') {
          settle(() => reject(new RenderFailed(answer.message)))
        } else {
          settle(() => resolve(answer))
        }
      }
      const onError = (error: unknown): void => fail(error instanceof Error ? error.message : String(error))
      const onExit = (code: number): void => fail(`the worker ended with code ${code}`)
      const timer = setTimeout(() => fail(`not ready after ${timeoutMs} ms`), timeoutMs)
      current.on('message', onMessage).on('error', onError).on('exit', onExit)
      current.postMessage(job)
    })

  const queued = (job: WorkerJob, onProgress?: RenderOptions['onProgress']): Promise<Finished> => {
    const result = last.then(() => run(job, onProgress))
    last = result.catch(() => undefined)
    return result
  }

  return {
    async render(doc, options = {}) {
      const answer = await queued({ doc, strict: options.strict ?? false }, options.onProgress)
      if (answer.kind !== 'done') throw new RenderFailed('the worker answered with another kind of file')
      const { pages, sha256, pageOf } = answer
      return { bytes: Buffer.from(answer.bytes.buffer), pages, sha256, pageOf }
    },
    async renderWord(doc) {
      const { bytes } = await queued({ doc, strict: false, format: 'docx' })
      return Buffer.from(bytes.buffer)
    },
    async close() {
      if (worker) await drop(worker)
    },
  }
}

let shared: RenderPool | undefined

/** Draws in the process's one worker, which starts with the first document. Throws RenderFailed. */
export const renderInWorker: RenderPool['render'] = (doc, options) => (shared ??= renderPool()).render(doc, options)

/** The same worker, for an editable Word file of the same document. Throws RenderFailed. */
export const renderWordInWorker: RenderPool['renderWord'] = doc => (shared ??= renderPool()).renderWord(doc)

/** For a graceful stop of the process. */
export const closeRenderWorker = async (): Promise<void> => {
  await shared?.close()
  shared = undefined
}
