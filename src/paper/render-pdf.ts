import { createHash } from 'node:crypto'
import type { Doc } from './blocks.ts'
import { draftWords } from './draft-words.ts'
import { faceOf, faceFor, printable } from './fonts.ts'
import { layout, type LaidPage, type Layout } from './layout.ts'
import { textWidth } from './line-break.ts'
import { pdfCanvas, short, type Canvas } from './pdf-canvas.ts'
import { structureTree, type Structure } from './pdf-structure.ts'
import {
  addToCatalogue,
  countOutline,
  openPdf,
  pdfString,
  type PdfImage,
  type PdfkitDocument,
  type PdfOutline,
} from './pdfkit-patches.ts'
import { webAddress } from './web-address.ts'
import type { BookmarkPiece, ImagePiece, Piece, Tag } from './pieces.ts'

export interface RenderedPdf {
  readonly bytes: Buffer
  readonly pages: number
  readonly sha256: string
  /** Page on which an anchor stands, counted from 1 at the first sheet. */
  readonly pageOf: ReadonlyMap<string, number>
}

export interface RenderOptions {
  readonly onProgress?: ((progress: { readonly page: number; readonly pages: number }) => void) | undefined
  /** Refuse letters that no embedded face has, instead of printing the replacement sign. */
  readonly strict?: boolean | undefined
}

export class UnknownLetters extends Error {
  readonly letters: readonly string[]

  constructor(letters: readonly string[]) {
    super(`no embedded face has: ${letters.map(l => `${l} (U+${l.codePointAt(0)?.toString(16)})`).join(', ')}`)
    this.name = 'UnknownLetters'
    this.letters = letters
  }
}

/** Letters of the document that no embedded face can draw. */
export function unknownLetters(doc: Doc): string[] {
  const unknown = new Set<string>()
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      for (const letter of printable(value).replace(/[\n\t]/g, '')) {
        if (!faceOf(letter.codePointAt(0) ?? 0, faceFor())) unknown.add(letter)
      }
    } else if (Array.isArray(value)) {
      value.forEach(visit)
    } else if (typeof value === 'object' && value !== null) {
      Object.values(value).forEach(visit)
    }
  }
  visit(doc.sections)
  visit(doc.footer)
  return [...unknown]
}

/** Destinations are looked up by bytes: anchors with other than ASCII letters are percent-encoded. */
const destination = (anchor: string): string => encodeURIComponent(anchor.normalize('NFC'))

/** Lets other work of the process run; a whole report is a quarter of a second. */
const breathe = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/**
 * The document as a tagged PDF. The same document gives the same bytes. Throws UnknownLetters when strict, and an Error
 * for a table row with more cells than columns, a picture that is not a PNG or an unknown layout profile.
 */
export async function renderPdf(doc: Doc, options: RenderOptions = {}): Promise<RenderedPdf> {
  if (options.strict) {
    const unknown = unknownLetters(doc)
    if (unknown.length > 0) throw new UnknownLetters(unknown)
  }
  const laid = layout(doc)
  const pages = laid.pages.length
  const { pdf, bytes } = openPdf(doc.meta, JSON.stringify(doc))
  const painter = new PagePainter(pdf, laid, await writtenImages(pdf, laid))
  for (const [index, page] of laid.pages.entries()) {
    painter.paint(page, index, doc)
    options.onProgress?.({ page: index + 1, pages })
    if (index % 10 === 9) await breathe()
  }
  painter.end()
  const whole = bytes()
  const sha256 = createHash('sha256').update(whole).digest('hex')
  return { bytes: whole, pages, sha256, pageOf: laid.pageOf }
}

/** Writes the pictures before the pages: transparent ones are unpacked asynchronously, which would shuffle the file. */
async function writtenImages(pdf: PdfkitDocument, laid: Layout): Promise<Map<string, PdfImage>> {
  const images = new Map<string, PdfImage>()
  for (const { pieces } of laid.pages) {
    for (const piece of pieces) {
      if (piece.kind !== 'image' || images.has(piece.pngBase64)) continue
      const image = pdf.openImage(Buffer.from(piece.pngBase64, 'base64'))
      image.embed(pdf)
      while (image.image !== null) await breathe()
      images.set(piece.pngBase64, image)
    }
  }
  return images
}

/** Draws laid out pages one after another. */
class PagePainter {
  readonly #pdf: PdfkitDocument
  readonly #layout: Layout
  readonly #images: ReadonlyMap<string, PdfImage>
  readonly #canvas: Canvas
  readonly #structure: Structure
  /** The last bookmark of each level, from 1; level 0 is the root. */
  readonly #bookmarks: PdfOutline[]
  readonly #named = new Set<string>()

  constructor(pdf: PdfkitDocument, laid: Layout, images: ReadonlyMap<string, PdfImage>) {
    this.#pdf = pdf
    this.#layout = laid
    this.#images = images
    this.#canvas = pdfCanvas(pdf)
    this.#structure = structureTree(pdf, laid.pages.length)
    this.#bookmarks = [pdf.outline]
  }

  paint(page: LaidPage, index: number, doc: Doc): void {
    const { profile } = this.#layout
    const pdf = this.#pdf
    pdf.addPage({ size: 'A4', margin: 0, layout: page.landscape ? 'landscape' : 'portrait' })
    this.#structure.startPage(index)
    if (doc.draft) this.#artifact(() => this.#canvas.draftMark(draftWords, pdf.page), 'Pagination')
    const width = pdf.page.width - profile.margin.left - profile.margin.right
    if (page.numbered) {
      const { size, fromTop } = profile.pageNumber
      const at = { x: profile.margin.left, y: fromTop + size, width, align: 'center', size } as const
      this.#artifact(() => this.#canvas.text(String(page.number), at), 'Pagination')
    }
    for (const piece of page.pieces) {
      this.#piece({ ...piece, x: piece.x + profile.margin.left, y: piece.y + profile.margin.top })
    }
    if (doc.footer) {
      const { footer } = doc
      const { size, fromBottom } = profile.footer
      const at = { x: profile.margin.left, y: pdf.page.height - fromBottom, width, align: 'left', size } as const
      this.#artifact(() => this.#canvas.text(footer, at), 'Pagination')
    }
    this.#structure.endPage()
  }

  end(): void {
    countOutline(this.#pdf.outline)
    this.#structure.end()
    this.#pageLabels()
    this.#pdf.end()
  }

  #artifact(draw: () => void, type: 'Pagination' | 'Layout' = 'Layout'): void {
    this.#structure.marked(undefined, draw, type)
  }

  #piece(piece: Piece): void {
    const { x, y } = piece
    const canvas = this.#canvas
    switch (piece.kind) {
      case 'text':
        return this.#text(piece)
      case 'box':
        return this.#artifact(() => canvas.box(x, y, piece.width, piece.height, piece.grey))
      case 'rule':
        return this.#artifact(() => canvas.rule(x, y, piece.width))
      case 'drawing':
        this.#figureBox(piece)
        return this.#structure.marked(piece.tag, () => canvas.shapes(piece.shapes, x, y))
      case 'image':
        return this.#image(piece)
      case 'toc-number':
        return this.#tocNumber(piece)
      case 'jump':
        return this.#link({ ...piece, target: { Dest: pdfString(destination(piece.to)) } })
      case 'anchor':
        return this.#anchor(piece.name, y)
      case 'bookmark':
        return this.#bookmark(piece)
    }
  }

  #text(piece: Extract<Piece, { kind: 'text' }>): void {
    for (const stretch of this.#canvas.stretches(piece)) {
      const { look } = stretch
      const target = piece.tag ? this.#targetOf(look) : undefined
      if (!piece.tag || !target) {
        this.#structure.marked(piece.tag, stretch.draw, 'Pagination')
        continue
      }
      const tag: Tag = { role: 'Link', parent: piece.tag }
      this.#structure.marked(tag, stretch.draw)
      const label = look.href ?? `Đến ${look.to ?? ''}`
      const area = { x: stretch.x, y: stretch.y - look.size * 0.9, width: stretch.width, height: look.size * 1.15 }
      this.#link({ ...area, label, tag, target })
    }
  }

  /** A ref whose anchor is nowhere in the paper stays plain text. */
  #targetOf(look: { href?: string; to?: string }): Record<string, unknown> | undefined {
    const address = look.href === undefined ? undefined : webAddress(look.href)
    if (address !== undefined) return { A: { S: 'URI', URI: pdfString(address) } }
    if (look.to !== undefined && this.#layout.pageOf.has(look.to)) return { Dest: pdfString(destination(look.to)) }
    return undefined
  }

  #link(area: {
    x: number
    y: number
    width: number
    height: number
    label: string
    tag: Tag
    target: Record<string, unknown>
  }): void {
    const key = this.#structure.nextAnnotationKey()
    const fields = {
      Subtype: 'Link',
      Contents: pdfString(area.label.normalize('NFC')),
      StructParent: key,
      ...area.target,
    }
    this.#pdf.annotate(area.x, area.y, area.width, area.height, fields)
    const annotation = this.#pdf.page.annotations.at(-1)
    if (annotation) this.#structure.annotate(area.tag, key, annotation)
  }

  #figureBox({ tag, x, y, width, height }: { tag: Tag; x: number; y: number; width: number; height: number }): void {
    const bottom = this.#pdf.page.height - y - height
    this.#structure.boundingBox(tag, [short(x), short(bottom), short(x + width), short(bottom + height)])
  }

  #image(piece: ImagePiece): void {
    const image = this.#images.get(piece.pngBase64)
    if (!image?.obj) throw new Error('a picture was not written before the pages')
    this.#pdf.page.xobjects[image.label] ??= image.obj
    this.#figureBox(piece)
    this.#structure.marked(piece.tag, () =>
      this.#canvas.image(image.label, piece.x, piece.y, piece.width, piece.height),
    )
  }

  #tocNumber(piece: Extract<Piece, { kind: 'toc-number' }>): void {
    const { x, y, width, size, bold, tag } = piece
    const sheet = this.#layout.pageOf.get(piece.to) ?? 1
    const words = String(this.#layout.pages[sheet - 1]?.number ?? sheet)
    const dotsEnd = width - textWidth(words, { size, bold }) - size / 4
    const count = Math.floor((dotsEnd - piece.textEnd - size / 4) / textWidth('.', { size }))
    const dots = '.'.repeat(Math.max(0, count))
    const dotsAt = { x, y, width: dotsEnd, align: 'right', size } as const
    this.#artifact(() => this.#canvas.text(dots, dotsAt))
    this.#structure.marked(tag, () => this.#canvas.text(words, { x, y, width, align: 'right', size, bold }))
  }

  #anchor(name: string, y: number): void {
    const key = destination(name)
    if (this.#named.has(key)) return
    this.#named.add(key)
    this.#pdf.addNamedDestination(key, 'XYZ', null, y - 4, null)
  }

  #bookmark({ level, title, y }: BookmarkPiece): void {
    const parent = this.#bookmarks.slice(0, level).findLast(item => item !== undefined) ?? this.#pdf.outline
    // pdfkit takes `left` from the page's width, so this is the left edge.
    const at = { fit: false, left: this.#pdf.page.width, top: y - 6, zoom: 0 }
    this.#bookmarks[level] = parent.addItem(title, at)
    this.#bookmarks.length = level + 1
  }

  /** Viewers show the printed numbers where a section starts its own count. */
  #pageLabels(): void {
    const nums: unknown[] = []
    this.#layout.pages.forEach((page, i) => {
      const before = this.#layout.pages[i - 1]
      if (!before || page.number !== before.number + 1) nums.push(i, { S: 'D', St: page.number })
    })
    addToCatalogue(this.#pdf, { PageLabels: { Nums: nums } })
  }
}
