import type {
  Align,
  Cell,
  Column,
  Heading,
  Inline,
  LineBreak,
  Link,
  List,
  ListMarker,
  Marks,
  Note,
  PageBreak,
  Paragraph,
  Ref,
  Row,
  Section,
  StyledText,
  Table,
  Toc,
} from './blocks.ts'

/** One piece of text or several in a row. */
export type Content = Inline | readonly Inline[]

/** A cell as report builders write it; text alone is enough. */
export type CellLike = string | Cell

const inlines = (content: Content): readonly Inline[] =>
  typeof content === 'string' || 'kind' in content ? [content] : content

export const text = (words: string, marks: Marks = {}): StyledText => ({ kind: 'text', text: words, ...marks })
export const bold = (words: string): StyledText => text(words, { bold: true })
export const italic = (words: string): StyledText => text(words, { italic: true })
export const underline = (words: string): StyledText => text(words, { underline: true })
export const link = (words: string, href: string): Link => ({ kind: 'link', text: words, href })
export const ref = (words: string, to: string): Ref => ({ kind: 'ref', text: words, to })
export const lineBreak: LineBreak = { kind: 'break' }

export const heading = (
  level: Heading['level'],
  words: string,
  options: Omit<Heading, 'kind' | 'level' | 'text'> = {},
): Heading => ({ kind: 'heading', level, text: words, ...options })

export const paragraph = (content: Content, options: Omit<Paragraph, 'kind' | 'content'> = {}): Paragraph => ({
  kind: 'paragraph',
  content: inlines(content),
  ...options,
})

export const note = (content: Content): Note => ({ kind: 'note', content: inlines(content) })

export const list = (items: readonly Content[], marker: ListMarker = 'dash'): List => ({
  kind: 'list',
  marker,
  items: items.map(inlines),
})

export const cell = (content: Content, options: Omit<Cell, 'content'> = {}): Cell => ({
  content: inlines(content),
  ...options,
})

const vietnamese = new Map<number, Intl.NumberFormat>()

/** Thousands with a dot, decimals with a comma; what is absent prints "–", for absent is not zero. */
export function numberText(value: number | null | undefined, decimals = 0): string {
  if (value === null || value === undefined) return '–'
  let format = vietnamese.get(decimals)
  if (!format) {
    format = new Intl.NumberFormat('vi-VN', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    vietnamese.set(decimals, format)
  }
  return format.format(value)
}

export const numberCell = (value: number | null | undefined, decimals = 0): Cell =>
  cell(numberText(value, decimals), { align: 'right' })

const cellFrom = (given: CellLike): Cell => (typeof given === 'string' ? cell(given) : given)

export const row = (cells: readonly CellLike[], options: Omit<Row, 'cells'> = {}): Row => ({
  cells: cells.map(cellFrom),
  ...options,
})

export const totalRow = (cells: readonly CellLike[]): Row => row(cells, { total: true })

const isRow = (given: readonly CellLike[] | Row): given is Row => 'cells' in given

const isRows = (head: readonly CellLike[] | readonly Row[]): head is readonly Row[] =>
  head.every(item => typeof item !== 'string' && 'cells' in item)

export interface TableInput {
  /** Shares of the width, with an alignment where it is not left. */
  readonly columns: readonly (number | Column | readonly [number, Align])[]
  /** One line of head cells, or several rows when the head has spans. */
  readonly head: readonly CellLike[] | readonly Row[]
  readonly rows: readonly (readonly CellLike[] | Row)[]
  readonly caption?: string | undefined
  readonly size?: number | undefined
}

const columnFrom = (given: TableInput['columns'][number]): Column => {
  if (typeof given === 'number') return { width: given }
  return 'width' in given ? given : { width: given[0], align: given[1] }
}

export const table = ({ columns, head, rows, caption, size }: TableInput): Table => ({
  kind: 'table',
  columns: columns.map(columnFrom),
  head: isRows(head) ? head : [row(head)],
  body: rows.map(given => (isRow(given) ? given : row(given))),
  caption,
  size,
})

export const toc = (title = 'MỤC LỤC', maxLevel: Toc['maxLevel'] = 3): Toc => ({ kind: 'toc', title, maxLevel })
export const pageBreak: PageBreak = { kind: 'page-break' }

export const section = (blocks: Section['blocks'], options: Partial<Omit<Section, 'blocks'>> = {}): Section => ({
  pageNumbers: 'top-center',
  ...options,
  blocks,
})
