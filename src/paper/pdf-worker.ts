import { parentPort } from 'node:worker_threads'
import type { Doc } from './blocks.ts'
import { renderPdf } from './render-pdf.ts'

export interface WorkerJob {
  readonly doc: Doc
  readonly strict: boolean
  /** Absent: a PDF. */
  readonly format?: 'pdf' | 'docx'
}

export type WorkerAnswer =
  | { readonly kind: 'progress'; readonly page: number; readonly pages: number }
  | {
      readonly kind: 'done'
      readonly bytes: Uint8Array<ArrayBuffer>
      readonly pages: number
      readonly sha256: string
      readonly pageOf: ReadonlyMap<string, number>
    }
  | { readonly kind: 'word'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'failed'; readonly message: string }

/** Told at most this many times a document, so that progress costs nothing. */
const progressSteps = 20

async function answer(
  { doc, strict, format }: WorkerJob,
  send: (answer: WorkerAnswer, move?: ArrayBuffer[]) => void,
): Promise<void> {
  try {
    if (format === 'docx') {
      const { renderDocx } = await import('./render-docx.ts')
      const word = new Uint8Array(await renderDocx(doc))
      send({ kind: 'word', bytes: word }, [word.buffer])
      return
    }
    const { bytes, ...rest } = await renderPdf(doc, {
      strict,
      onProgress({ page, pages }) {
        if (page === pages || page % Math.ceil(pages / progressSteps) === 0) send({ kind: 'progress', page, pages })
      },
    })
    // A copy of its own memory, so that it can be moved and not copied once more.
    const moved = new Uint8Array(bytes)
    send({ kind: 'done', bytes: moved, ...rest }, [moved.buffer])
  } catch (error) {
    send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
}

const port = parentPort
port?.on('message', (job: WorkerJob) => {
  void answer(job, (message, move) => port.postMessage(message, move))
})
