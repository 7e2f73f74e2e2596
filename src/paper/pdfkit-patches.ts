// pdfkit names its inner members with an underscore; they are touched in this file alone.
/* oxlint-disable no-underscore-dangle */
import { createHash } from 'node:crypto'
import PDFDocument from 'pdfkit'
import type * as fontkit from 'fontkit'
import type { DocMeta } from './blocks.ts'
import { oneLine } from './fonts.ts'

/**
 * The members of pdfkit 0.20.2 that we build on and its types do not show. The version is pinned exactly, and a test
 * checks that they exist.
 */
export interface PdfRef {
  readonly id: number
  readonly data: Record<string, unknown>
  write(chunk: string | Uint8Array): void
  end(chunk?: string | Uint8Array): void
}

export interface PdfFont {
  readonly id: string
  readonly subset: { includeGlyph(glyph: number): number }
  readonly widths: (number | undefined)[]
  readonly unicode: (readonly number[] | undefined)[]
  ref(): PdfRef
}

export interface PdfPage {
  readonly width: number
  readonly height: number
  readonly dictionary: PdfRef
  readonly fonts: Record<string, PdfRef>
  readonly xobjects: Record<string, PdfRef>
  readonly annotations: PdfRef[]
  write(chunk: string | Uint8Array): void
}

export interface PdfOutline {
  readonly children: readonly PdfOutline[]
  readonly outlineData: Record<string, unknown>
  addItem(title: string, options: { fit: boolean; left: number; top: number; zoom: number }): PdfOutline
}

export interface PdfImage {
  readonly label: string
  readonly obj: PdfRef | null
  /** Null once the picture has been written. */
  readonly image: unknown
  embed(document: PdfkitDocument): void
}

type InfoKey = 'Title' | 'Author' | 'Subject' | 'Creator' | 'Producer'

export interface PdfkitDocument {
  readonly page: PdfPage
  readonly outline: PdfOutline
  readonly _root: PdfRef & {
    readonly data: {
      readonly Names: { readonly data: { readonly Dests: { _compareKeys(a: string, b: string): number } } }
    }
  }
  readonly _font: PdfFont
  info: Partial<Record<InfoKey, string>> & { CreationDate: Date }
  _id: Uint8Array
  _offset: number
  _addInfo(): void
  _write(chunk: string | Uint8Array): void
  push(chunk: Uint8Array | null): boolean
  addContent(operators: string): this
  addPage(options: { size: string; margin: number; layout: 'portrait' | 'landscape' }): this
  addNamedDestination(name: string, kind: 'XYZ', left: null, top: number, zoom: null): void
  annotate(x: number, y: number, w: number, h: number, options: Record<string, unknown>): this
  registerFont(name: string, font: fontkit.Font): this
  font(name: string): this
  openImage(png: Buffer): PdfImage
  ref(data: unknown): PdfRef
  getStructTreeRoot(): PdfRef & {
    readonly data: { ParentTreeNextKey: number; readonly ParentTree: { add(key: number, value: unknown): void } }
  }
  appendXML(xml: string): void
  end(): void
}

/** PDF strings are String objects to pdfkit; plain strings become names. */
export function pdfString(text: string): object {
  const boxed: object = Object(text)
  return boxed
}

/** Makes a face known to the document and gives its embedded form. */
export function embeddedFont(pdf: PdfkitDocument, name: string, font: fontkit.Font): PdfFont {
  pdf.registerFont(name, font)
  pdf.font(name)
  return pdf._font
}

/** Adds entries to the catalogue of the file. */
export const addToCatalogue = (pdf: PdfkitDocument, entries: Record<string, unknown>): void => {
  Object.assign(pdf._root.data, entries)
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** XMP is written from `info` without escaping: "Dạy & học" would break it. Escape it just while it is written. */
function escapeMetadata(pdf: PdfkitDocument): void {
  const addInfo = pdf._addInfo.bind(pdf)
  pdf._addInfo = () => {
    const plain = pdf.info
    const safe = { ...plain }
    for (const key of ['Title', 'Author', 'Subject', 'Creator', 'Producer'] as const) {
      const value = safe[key]
      if (value !== undefined) safe[key] = escaped(value)
    }
    pdf.info = safe
    addInfo()
    pdf.info = plain
  }
}

/** Name trees are searched by bytes, but pdfkit sorts them by locale. */
function sortNamesByBytes(pdf: PdfkitDocument): void {
  pdf._root.data.Names.data.Dests._compareKeys = (a, b) => (a < b ? -1 : a > b ? 1 : 0)
}

/** Collapsed outline items need a negative count of their children; pdfkit leaves it out. Call before the end. */
export function countOutline(item: PdfOutline, isRoot = true): void {
  const count = item.children.length
  if (count > 0) item.outlineData['Count'] = isRoot ? count : -count
  for (const child of item.children) countOutline(child, false)
}

/**
 * Takes the file out of pdfkit as one buffer: its stream pushes every line of the file as a chunk of its own.
 * Returns a function that gives the bytes once the document has ended.
 */
function gatherOutput(pdf: PdfkitDocument, written: readonly Uint8Array[]): () => Buffer {
  const chunks: Uint8Array[] = [...written]
  let ended = false
  pdf._write = chunk => {
    const bytes = typeof chunk === 'string' ? Buffer.from(`${chunk}\n`, 'latin1') : chunk
    chunks.push(bytes)
    pdf._offset += bytes.length
  }
  pdf.push = chunk => {
    if (chunk) chunks.push(chunk)
    else ended = true
    return true
  }
  return () => {
    if (!ended) throw new Error('the PDF is not complete: an object was never written')
    return Buffer.concat(chunks)
  }
}

/** PDF/A accepts PDF/UA's mark only with a description of its schema. */
const universalAccess = `
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of PDF/UA standard</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>`

export interface OpenPdf {
  readonly pdf: PdfkitDocument
  /** The whole file, after `pdf.end()`. */
  readonly bytes: () => Buffer
}

/** An empty tagged PDF/A-3a + PDF/UA document whose bytes depend on its content alone; `seed` becomes the file id. */
export function openPdf(meta: DocMeta, seed: string): OpenPdf {
  const created = new Date(meta.createdAt)
  if (Number.isNaN(created.getTime())) throw new Error(`createdAt is not a time: ${meta.createdAt}`)
  const options = {
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang: 'vi-VN',
    tagged: true,
    displayTitle: true,
    subset: 'PDF/A-3a',
    font: null,
    info: {
      Title: oneLine(meta.title),
      Author: oneLine(meta.author),
      // A key whose value is undefined makes pdfkit throw.
      ...(meta.subject ? { Subject: oneLine(meta.subject) } : {}),
      Creator: oneLine([meta.formId, meta.formVersion].filter(Boolean).join(' ')) || 'Kiểm Định',
      Producer: 'pdfkit',
      CreationDate: created,
    },
  }
  // Safe: the interface names members that exist in the pinned version, as the test of this file proves; its published
  // types lack them, and lack null as "no default font".
  const pdf = new PDFDocument(options as unknown as PDFKit.PDFDocumentOptions) as unknown as PdfkitDocument
  const header = Buffer.from('%PDF-1.7\n%\xFF\xFF\xFF\xFF\n', 'latin1')
  const bytes = gatherOutput(pdf, [header])
  pdf._id = createHash('md5').update(seed).digest()
  sortNamesByBytes(pdf)
  escapeMetadata(pdf)
  pdf.appendXML(universalAccess)
  return { pdf, bytes }
}
