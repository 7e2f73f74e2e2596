import { PassThrough } from 'node:stream'
import type { Assessment } from '../assessments/index.ts'
import type { Doc, RenderedPdf } from '../paper/index.ts'
import { documentOf, type Asked } from './gather.ts'
import type { ReportNeeds } from './report-needs.ts'
import { contentHashOf } from './seal.ts'

export type OnProgress = (progress: { readonly page: number; readonly pages: number }) => void

/** Draws a document; the last few are kept, so that the link at the end of a progress bar answers at once. */
export type Drawer = (doc: Doc, onProgress?: OnProgress) => Promise<RenderedPdf>

const KEPT = 6

export function keepingDrawer(draw: ReportNeeds['draw']): Drawer {
  const kept = new Map<string, Promise<RenderedPdf>>()
  return async (doc, onProgress) => {
    const hash = contentHashOf(doc)
    const known = kept.get(hash)
    if (known) return known
    const drawing = draw(doc, { onProgress })
    kept.set(hash, drawing)
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(oldest)
    // What could not be drawn is tried again by the next who asks.
    drawing.catch(() => kept.delete(hash))
    return drawing
  }
}

export interface DrawingStep {
  readonly done?: number
  readonly total?: number
  readonly message?: string
  readonly href?: string
}

/** Gathers and draws one print of an assessment. */
export const drawingSteps = (
  { needs, drawer }: { needs: ReportNeeds; drawer: Drawer },
  assessment: Assessment,
  asked: Asked,
  href: string,
): AsyncGenerator<DrawingStep> => drawingOf(drawer, () => documentOf(needs)(assessment, asked), href)

/** Gathers and draws one document, telling each page; the last step carries the address of the finished file. */
export async function* drawingOf(
  drawer: Drawer,
  gather: () => Promise<Doc>,
  href: string,
): AsyncGenerator<DrawingStep> {
  yield { done: 0, total: 1, message: 'Đang đọc dữ liệu của hồ sơ…' }
  const doc = await gather()
  yield { done: 0, total: 1, message: 'Đang dàn trang…' }
  const steps = new PassThrough({ objectMode: true })
  drawer(doc, ({ page, pages }) => {
    steps.write({ done: page, total: pages, message: `Đang vẽ trang ${page}/${pages}…` } satisfies DrawingStep)
  }).then(
    ({ pages }) =>
      steps.end({ done: pages, total: pages, message: `Đã xong ${pages} trang.`, href } satisfies DrawingStep),
    (error: unknown) => steps.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  // Only the lines above write into this stream.
  yield* steps as AsyncIterable<DrawingStep>
}
