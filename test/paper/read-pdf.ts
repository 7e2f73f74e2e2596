import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'

export interface Mark {
  readonly tag: string
  text: string
}

export interface ReadPage {
  /** Stretches of text in drawing order, each with the structure tag (or Artifact) it was drawn under. */
  readonly marks: readonly Mark[]
  /** What a reader copies: everything but artifacts, a line's end as one blank. */
  readonly text: string
  readonly artifacts: string
}

export async function openPdfBytes(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  return getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false }).promise
}

async function readPage(page: PDFPageProxy): Promise<ReadPage> {
  const { items } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true })
  const marks: Mark[] = []
  let open: Mark | undefined
  for (const item of items) {
    if ('str' in item) {
      if (!open) throw new Error(`text outside marked content: ${item.str}`)
      open.text += item.hasEOL ? `${item.str} ` : item.str
    } else if (item.type.startsWith('begin')) {
      open = { tag: 'tag' in item && typeof item.tag === 'string' ? item.tag : '', text: '' }
      marks.push(open)
    } else {
      open = undefined
    }
  }
  const join = (wanted: (mark: Mark) => boolean): string =>
    marks
      .filter(wanted)
      .map(mark => mark.text)
      .join('')
      .replace(/ +/g, ' ')
      .trim()
  return { marks, text: join(mark => mark.tag !== 'Artifact'), artifacts: join(mark => mark.tag === 'Artifact') }
}

export async function readPages(bytes: Uint8Array): Promise<ReadPage[]> {
  const pdf = await openPdfBytes(bytes)
  const pages: ReadPage[] = []
  for (let number = 1; number <= pdf.numPages; number++) pages.push(await readPage(await pdf.getPage(number)))
  await pdf.loadingTask.destroy()
  return pages
}
