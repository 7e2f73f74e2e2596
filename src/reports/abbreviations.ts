import { tidy, compareVietnamese } from '../kernel/words.ts'
import type { Block, Inline, Row } from '../paper/index.ts'

export interface Abbreviation {
  readonly short: string
  readonly meaning: string
}

/** Abbreviations of the field that schools use without explaining them; the school's own list comes first. */
const COMMON: readonly Abbreviation[] = [
  { short: 'BĐDCMHS', meaning: 'Ban đại diện cha mẹ học sinh' },
  { short: 'CBQL', meaning: 'Cán bộ quản lý' },
  { short: 'CMHS', meaning: 'Cha mẹ học sinh' },
  { short: 'CNTT', meaning: 'Công nghệ thông tin' },
  { short: 'CSVC', meaning: 'Cơ sở vật chất' },
  { short: 'GDPT', meaning: 'Giáo dục phổ thông' },
  { short: 'GD&ĐT', meaning: 'Giáo dục và Đào tạo' },
  { short: 'GV', meaning: 'Giáo viên' },
  { short: 'HĐND', meaning: 'Hội đồng nhân dân' },
  { short: 'HĐTĐG', meaning: 'Hội đồng tự đánh giá' },
  { short: 'HĐTN', meaning: 'Hoạt động trải nghiệm' },
  { short: 'HS', meaning: 'Học sinh' },
  { short: 'HSG', meaning: 'Học sinh giỏi' },
  { short: 'KĐCLGD', meaning: 'Kiểm định chất lượng giáo dục' },
  { short: 'NV', meaning: 'Nhân viên' },
  { short: 'SGK', meaning: 'Sách giáo khoa' },
  { short: 'TĐG', meaning: 'Tự đánh giá' },
  { short: 'THCS', meaning: 'Trung học cơ sở' },
  { short: 'THPT', meaning: 'Trung học phổ thông' },
  { short: 'TNCS', meaning: 'Thanh niên Cộng sản' },
  { short: 'TNTP', meaning: 'Thiếu niên Tiền phong' },
  { short: 'UBND', meaning: 'Ủy ban nhân dân' },
]

const LINE = /^\s*[-+•*]?\s*([^:=–\s][^:=–]{0,24}?)\s*(?::|=|–|\s-\s)\s*(\S.*)$/

/** The school's own list, one to a line: `CBQL: Cán bộ quản lý`, with or without a dash in front. */
export const abbreviationsIn = (written: string | undefined): readonly Abbreviation[] =>
  tidy(written ?? '')
    .split('\n')
    .flatMap(line => {
      const found = LINE.exec(line)
      return found?.[1] === undefined || found[2] === undefined ? [] : [{ short: found[1], meaning: found[2].trim() }]
    })

/** Numbers of documents and evidence codes are no abbreviations, whatever letters stand in them. */
const NOT_PROSE = /\d+\/[\p{L}\d&/.-]+|\[[^\]]*\]/gu

const isUsedIn = (prose: string, { short }: Abbreviation): boolean => {
  const escaped = short.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(String.raw`(?<![\p{L}\d&])${escaped}(?![\p{L}\d&])`, 'u').test(prose)
}

/** Those that the text really uses, by the Vietnamese alphabet, each once. */
export function abbreviationsUsed(own: readonly Abbreviation[], words: readonly string[]): readonly Abbreviation[] {
  const prose = words.join('\n').replace(NOT_PROSE, ' ')
  const known = new Map([...COMMON, ...own].map(one => [one.short, one]))
  return [...known.values()]
    .filter(one => isUsedIn(prose, one))
    .toSorted((one, other) => compareVietnamese(one.short, other.short))
}

const inlineWords = (content: readonly Inline[]): string =>
  content.map(piece => (typeof piece === 'string' ? piece : 'text' in piece ? piece.text : ' ')).join('')

const rowWords = (rows: readonly Row[]): readonly string[] =>
  rows.flatMap(row => row.cells.map(cell => inlineWords(cell.content)))

/** The words of blocks as a reader sees them, one text for each paragraph, item and cell. */
export const wordsOf = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap(block => {
    if (block.kind === 'heading') return [block.text]
    if (block.kind === 'paragraph' || block.kind === 'note') return [inlineWords(block.content)]
    if (block.kind === 'list') return block.items.map(inlineWords)
    return block.kind === 'table' ? [...rowWords(block.head), ...rowWords(block.body)] : []
  })
