/**
 * The words every paper is written in: plain JSON, so a document can be stored, hashed, compared and posted to a worker.
 * Report builders compose blocks (see build.ts); the renderers draw them. All text is brought to NFC when it is drawn.
 */
export type Align = 'left' | 'center' | 'right' | 'justify'

export interface Marks {
  readonly bold?: boolean | undefined
  readonly italic?: boolean | undefined
  readonly underline?: boolean | undefined
}

export interface StyledText extends Marks {
  readonly kind: 'text'
  readonly text: string
}

/** A link to the world outside the paper: http(s) or mailto. */
export interface Link extends Marks {
  readonly kind: 'link'
  readonly text: string
  readonly href: string
}

/** A jump inside the paper, e.g. from the citation [H1-1.1-01] to its row in the catalogue. */
export interface Ref extends Marks {
  readonly kind: 'ref'
  readonly text: string
  readonly to: string
}

export interface LineBreak {
  readonly kind: 'break'
}

export type Inline = string | StyledText | Link | Ref | LineBreak

export interface Heading {
  readonly kind: 'heading'
  readonly level: 1 | 2 | 3 | 4
  readonly text: string
  /** Anchor that refs and the table of contents jump to; without it one is given by position. */
  readonly id?: string | undefined
  /** Levels 1–3 are in the table of contents and the bookmarks unless this is false. */
  readonly inToc?: boolean | undefined
  readonly pageBreakBefore?: boolean | undefined
  readonly align?: Align | undefined
}

/** Named looks of a paragraph; their values stand in the layout profile. */
export type ParagraphStyle = 'body' | 'plain' | 'basis' | 'title' | 'abstract' | 'centered' | 'addressee' | 'small'

export interface Paragraph {
  readonly kind: 'paragraph'
  readonly content: readonly Inline[]
  readonly style?: ParagraphStyle | undefined
  readonly align?: Align | undefined
  readonly anchor?: string | undefined
  readonly keepWithNext?: boolean | undefined
}

/** Remark set apart from the running text, such as "Chưa báo cáo: …". */
export interface Note {
  readonly kind: 'note'
  readonly content: readonly Inline[]
}

/** `letter` counts by the Vietnamese alphabet: a, b, c, d, đ, e. */
export type ListMarker = 'dash' | 'number' | 'letter'

export interface List {
  readonly kind: 'list'
  readonly marker: ListMarker
  readonly items: readonly (readonly Inline[])[]
}

export interface Column {
  /** Share of the text width; the shares of a table are scaled to sum to one. */
  readonly width: number
  readonly align?: Align | undefined
}

export interface Cell {
  readonly content: readonly Inline[]
  readonly colSpan?: number | undefined
  readonly rowSpan?: number | undefined
  readonly align?: Align | undefined
  readonly bold?: boolean | undefined
  readonly italic?: boolean | undefined
  readonly anchor?: string | undefined
  /** The cell names its row (first column); screen readers announce it. */
  readonly rowHeader?: boolean | undefined
}

export interface Row {
  readonly cells: readonly Cell[]
  readonly anchor?: string | undefined
  /** A row of sums: printed bold. */
  readonly total?: boolean | undefined
}

export interface Table {
  readonly kind: 'table'
  readonly columns: readonly Column[]
  readonly head: readonly Row[]
  readonly body: readonly Row[]
  readonly caption?: string | undefined
  /** Letter size in points; the profile's table size when absent. */
  readonly size?: number | undefined
}

export interface Series {
  readonly name: string
  readonly values: readonly number[]
}

export interface Chart {
  /** `bars` stand side by side for each label, `stacked` on one another, `lying` are horizontal. */
  readonly type: 'bars' | 'stacked' | 'lying'
  readonly labels: readonly string[]
  readonly series: readonly Series[]
  readonly unit?: string | undefined
}

export interface Figure {
  readonly kind: 'figure'
  readonly picture: { readonly chart: Chart } | { readonly pngBase64: string }
  /** What the picture says, for those who cannot see it. */
  readonly alt: string
  readonly caption?: string | undefined
  /** Height in millimetres; the picture keeps its proportions within the text width. */
  readonly heightMm?: number | undefined
}

/** Heading of an official letter: issuing body on the left, Quốc hiệu and Tiêu ngữ on the right. */
export interface Letterhead {
  readonly kind: 'letterhead'
  readonly parent?: string | undefined
  readonly issuer: string
  /** The whole line, e.g. `Số: 15/QĐ-THLL`. */
  readonly number?: string | undefined
  /** `V/v …` of a công văn, under the number. */
  readonly subject?: string | undefined
  readonly placeAndDate?: string | undefined
}

export interface Signer {
  /** `TM. HỘI ĐỒNG`, `KT. HIỆU TRƯỞNG` and the like. */
  readonly authority?: string | undefined
  readonly position: string
  readonly name: string
}

/** One signer stands on the right, two stand side by side. "Nơi nhận" is level with the signer's office. */
export interface Signature {
  readonly kind: 'signature'
  readonly signers: readonly Signer[]
  readonly receivers?: readonly string[] | undefined
}

export interface Toc {
  readonly kind: 'toc'
  readonly title: string
  readonly maxLevel: 1 | 2 | 3
}

export interface PageBreak {
  readonly kind: 'page-break'
}

/** A whole page: bodies at the top, title in the middle, place and year at the foot. */
export interface Cover {
  readonly kind: 'cover'
  readonly parent?: string | undefined
  readonly issuer: string
  readonly title: string
  readonly subtitle?: string | undefined
  readonly placeAndYear: string
}

export interface Qr {
  readonly kind: 'qr'
  readonly data: string
  readonly caption?: string | undefined
  readonly sizeMm?: number | undefined
}

export type Block =
  Heading | Paragraph | Note | List | Table | Figure | Letterhead | Signature | Toc | PageBreak | Cover | Qr

export interface Section {
  readonly landscape?: boolean | undefined
  readonly pageNumbers: 'none' | 'top-center'
  /** Printed number of the section's first page; the count goes on from the section before when absent. */
  readonly restart?: number | undefined
  readonly blocks: readonly Block[]
}

export interface DocMeta {
  readonly title: string
  readonly author: string
  /** ISO time from the record, never the clock: the same document gives the same bytes. */
  readonly createdAt: string
  readonly subject?: string | undefined
  readonly formId?: string | undefined
  readonly formVersion?: string | undefined
}

export interface Doc {
  readonly meta: DocMeta
  /** Prints the grey mark "BẢN NHÁP – chưa ban hành" under the text of every page. */
  readonly draft?: boolean | undefined
  /** Small print at the foot of every page: form id and version, snapshot id, first characters of the hash. */
  readonly footer?: string | undefined
  /** Id of a layout profile; the one valid on the day of `meta.createdAt` when absent. */
  readonly profile?: string | undefined
  readonly sections: readonly Section[]
}
