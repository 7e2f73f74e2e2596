import { printDay, printDayInWords, type Day } from '../kernel/dates.ts'
import {
  cell,
  heading,
  note,
  paragraph,
  row,
  section,
  table,
  text,
  type Align,
  type Block,
  type Doc,
  type Letterhead,
  type Section,
  type Signer,
} from '../paper/index.ts'
import type { AnnualFacts } from './annual-facts.ts'
import { chartsFor } from './annual-charts.ts'
import type { AnnualTable } from './annual-table.ts'
import { COMPARISON_REASON, partsFor, type ReportPart } from './report-parts.ts'
import { cellText, headRows, isList } from './table-print.ts'

/** Form id and version are stored and printed with each frozen report. */
export const ANNUAL_FORMS = {
  province: { id: 'M12', version: '2026.1', name: 'Báo cáo kiểm định chất lượng giáo dục của Sở' },
  unit: { id: 'M11', version: '2026.1', name: 'Báo cáo tổng hợp của cấp quản lý trực tiếp' },
} as const

const DOTS = '……'

/** A report ready to be composed: figures, texts, and what the clerk and the signer give. */
export interface AnnualOnPaper {
  readonly facts: AnnualFacts
  readonly tables: readonly AnnualTable[]
  readonly texts: Readonly<Record<string, string>>
  readonly parentLine: string
  readonly issuerLine: string
  readonly place: string
  readonly periodName: string
  readonly signer?: Signer
  readonly receivers: readonly string[]
  readonly addressees: readonly string[]
  readonly number?: string
  readonly date?: Day
  /** Id of the frozen figures; absent: they are provisional. */
  readonly snapshotId?: string
  readonly draft: boolean
}

/** Where its figures come from, under each table. */
export const sourceWords = ({
  facts,
  snapshotId,
}: {
  readonly facts: Pick<AnnualFacts, 'closingDay'>
  readonly snapshotId?: string | undefined
}): string =>
  snapshotId === undefined
    ? `Số liệu tạm tính đến ngày ${printDay(facts.closingDay)}, chưa chốt.`
    : `Số liệu chốt ngày ${printDay(facts.closingDay)}, bản chốt ${snapshotId}.`

export const annualTitle = ({ facts }: Pick<AnnualOnPaper, 'facts'>): string =>
  facts.unit.isProvince
    ? `Công tác kiểm định chất lượng giáo dục và công nhận trường đạt chuẩn quốc gia năm học ${facts.year}`
    : `Kết quả công tác kiểm định chất lượng giáo dục và xây dựng trường đạt chuẩn quốc gia năm học ${facts.year}`

/** The annual report of a unit or of the Sở (forms § 11, § 12); the tables are annexes on wide pages. */
export function annualDoc(paper: AnnualOnPaper): Doc {
  const { facts, draft, date } = paper
  const form = facts.unit.isProvince ? ANNUAL_FORMS.province : ANNUAL_FORMS.unit
  return {
    meta: {
      title: `Báo cáo ${annualTitle(paper)} – ${facts.unit.name}`,
      author: facts.unit.name,
      createdAt: new Date(`${date ?? facts.closingDay}T00:00:00+07:00`).toISOString(),
      formId: form.id,
      formVersion: form.version,
    },
    draft,
    sections: [section(letterBlocks(paper), { restart: 1 }), ...annexSections(paper)],
  }
}

function letterBlocks(paper: AnnualOnPaper): readonly Block[] {
  const { parentLine, issuerLine, number, place, date, receivers, signer, addressees } = paper
  const head: Letterhead = {
    kind: 'letterhead',
    ...(parentLine !== '' && { parent: parentLine }),
    issuer: issuerLine,
    number: `Số: ${number ?? `${DOTS}/BC`}`,
    placeAndDate: `${place || DOTS}, ${date === undefined ? `ngày ${DOTS} tháng ${DOTS} năm ${DOTS}` : printDayInWords(date)}`,
  }
  return [
    head,
    paragraph('BÁO CÁO', { style: 'title' }),
    paragraph(annualTitle(paper), { style: 'abstract' }),
    ...addresseeBlocks(addressees),
    ...partBlocks(paper),
    {
      kind: 'signature',
      signers: [signer ?? { position: 'NGƯỜI KÝ', name: '' }],
      receivers: [...receivers],
    },
  ]
}

/** One addressee stands in the line itself, several below it, each with a dash (NĐ 30/2020, Phụ lục I). */
const addresseeBlocks = (names: readonly string[]): readonly Block[] =>
  names.length === 1
    ? [paragraph(`Kính gửi: ${names[0]}.`, { style: 'addressee' })]
    : [
        paragraph('Kính gửi:', { style: 'addressee', keepWithNext: true }),
        ...names.map((name, at) =>
          paragraph(`- ${name}${at === names.length - 1 ? '.' : ';'}`, { style: 'addressee' }),
        ),
      ]

const NOT_WRITTEN = '(Chưa viết)'
const NOT_WRITTEN_OPTIONAL = '(Chưa viết; phần không bắt buộc)'

/** The parts that are printed; what is optional and empty is left out when the report is signed, and the rest counted on. */
function partBlocks(paper: AnnualOnPaper): readonly Block[] {
  const { facts, texts, tables, draft } = paper
  const wordsOf = ({ key }: ReportPart): string => (texts[key] ?? '').trim()
  const seenIn = ({ tables: named = [] }: ReportPart): readonly string[] =>
    named.filter(id => tables.some(each => each.id === id && each.rows.length > 0))
  const printed = partsFor(facts.unit.isProvince).filter(
    part => draft || !part.written || part.required === true || wordsOf(part) !== '' || seenIn(part).length > 0,
  )
  return numbered(printed).flatMap(part => {
    const { key, title, level, written, required } = part
    const [words, seen] = [wordsOf(part), seenIn(part)]
    const blank = required === true ? NOT_WRITTEN : NOT_WRITTEN_OPTIONAL
    const body = !written
      ? []
      : words === ''
        ? draft
          ? [paragraph(text(blank, { italic: true }))]
          : []
        : words.split(/\n+/).map(line => paragraph(line))
    return [
      heading(level === 1 ? 2 : 3, title, { id: `phan-${key}` }),
      ...body,
      ...(key === 'III-1' && (texts[COMPARISON_REASON] ?? '') !== ''
        ? [note(`Lý do không so sánh với năm trước: ${texts[COMPARISON_REASON]}`)]
        : []),
      ...chartsFor(key, facts, tables),
      ...(seen.length > 0 ? [note(`Xem ${seen.length > 1 ? 'các bảng' : 'bảng'} ${seen.join(', ')} ở phụ lục.`)] : []),
    ]
  })
}

/** `1.`, `2.`, … within each chapter, without a gap where a part is left out. */
function numbered(parts: readonly ReportPart[]): readonly ReportPart[] {
  let last = 0
  return parts.map(part => {
    if (part.level === 1) last = 0
    else last += 1
    return part.level === 1 ? part : { ...part, title: part.title.replace(/^\d+\./, `${last}.`) }
  })
}

/** Longer tables begin a page of their own; short and empty ones follow one another. */
const SHORT_TABLE = 6

/** The tables on wide pages, numbered on from the letter. */
function annexSections(paper: AnnualOnPaper): readonly Section[] {
  const tables = paper.tables.filter(each => each.id !== 'P15' || each.rows.length > 0)
  if (tables.length === 0) return []
  const annexHead = [
    paragraph('PHỤ LỤC', { style: 'title' }),
    paragraph(text(`(Kèm theo Báo cáo ${annualTitle(paper)})`, { italic: true }), {
      style: 'centered',
      keepWithNext: true,
    }),
  ]
  const blocks = tables.flatMap((each, index) => tableBlocks(each, paper, index > 0 && each.rows.length > SHORT_TABLE))
  return [section([...annexHead, ...blocks], { landscape: true })]
}

function tableBlocks(given: AnnualTable, paper: AnnualOnPaper, pageBreakBefore: boolean): readonly Block[] {
  const title = heading(2, `${given.id}. ${given.title}`, { id: `bang-${given.id}`, pageBreakBefore })
  const source = paragraph(text(sourceWords(paper), { italic: true }), { style: 'small', keepWithNext: true })
  const notes = given.notes.map(words => note(words))
  return given.rows.length === 0
    ? [title, source, paragraph(text('Không có.', { italic: true })), ...notes]
    : [title, source, paperTable(given), ...notes]
}

/** Letters shrink with the number of columns, down to what can be read on paper. */
const sizeFor = (columns: number): number => (columns > 16 ? 8.5 : columns > 12 ? 9 : columns > 9 ? 10 : 11)

/** Wide enough for “– trong đó: công lập” beside many columns. */
const LABEL_WIDTH = 2.8

const INDENT = ['', '– ', '    – ']

function paperTable(given: AnnualTable): Block {
  const numbered = isList(given)
  const label = given.labelWidth ?? LABEL_WIDTH
  const align = (index: number): Align => (given.columns[index]?.text === true ? 'left' : 'right')
  return table({
    columns: [
      [label, numbered ? 'center' : 'left'],
      ...given.columns.map((column, index) => [column.width ?? 1, align(index)] as const),
    ],
    size: sizeFor(given.columns.length + 1),
    head: headRows(given).map(cells =>
      row(cells.map(({ text: words, colSpan, rowSpan }) => cell(words, { colSpan, rowSpan }))),
    ),
    rows: given.rows.map(({ label: words, indent = 0, total, cells }) =>
      row(
        [
          cell(`${INDENT[indent] ?? ''}${words}`, { rowHeader: true, bold: total === true, italic: indent > 0 }),
          ...cells.map(each => cell(cellText(each), { bold: total === true })),
        ],
        { total: total === true },
      ),
    ),
  })
}
