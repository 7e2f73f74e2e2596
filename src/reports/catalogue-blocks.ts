import type { CatalogueCriterion, CatalogueRow, CatalogueStandard } from '../evidence/index.ts'
import type { CriteriaSet } from '../catalogue/index.ts'
import type { Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import {
  bold,
  cell,
  heading,
  lineBreak,
  pageBreak,
  paragraph,
  ref,
  row,
  section,
  table,
  type Block,
  type Doc,
  type Row,
} from '../paper/index.ts'
import { evidenceAnchor } from './light-markdown.ts'
import { capitals, centred, docOf, orDash, startOfDay, yearWords } from './official.ts'
import type { SchoolOnDay } from './school-on-day.ts'
import { nameOfSheet } from './sheet-on-paper.ts'

export interface CataloguePaper {
  readonly school: SchoolOnDay
  readonly year: WorkingYear
  readonly set: CriteriaSet
  readonly standards: readonly CatalogueStandard[]
  readonly adopted: boolean
  readonly day: Day
}

/** Bảng danh mục mã minh chứng (form 5) as a print of its own, landscape. */
export const catalogueDoc = ({ school, year, set, standards, adopted, day }: CataloguePaper): Doc =>
  docOf(
    'catalogue',
    {
      title: `Bảng danh mục mã minh chứng – ${school.name} ${yearWords(year)}`,
      author: school.name,
      createdAt: startOfDay(day),
      draft: !adopted,
    },
    [
      section(
        [
          paragraph([school.parentLine, lineBreak, bold(school.issuerLine)], { style: 'plain', align: 'left' }),
          heading(1, 'BẢNG DANH MỤC MÃ MINH CHỨNG'),
          paragraph(`(${school.name}, ${yearWords(year)})`, { style: 'centered' }),
          catalogueTable(standards, set),
        ],
        { landscape: true },
      ),
    ],
  )

const COLUMNS = 7

/** A row that names the standard or criterion of the rows below. */
const wide = (words: string): Row => row([cell(words, { colSpan: COLUMNS, bold: true, rowHeader: true })])

/** The table alone: annex of the report and body of the separate print. Each item's row is where citations jump to. */
export function catalogueTable(standards: readonly CatalogueStandard[], set: CriteriaSet): Block {
  const titles = new Map(set.standards.map(standard => [standard.code, standard.title]))
  return table({
    columns: [6, [5, 'center'], [12, 'center'], 26, 25, 14, 12],
    head: [
      'Tiêu chí',
      'Số TT',
      'Mã minh chứng',
      'Tên minh chứng',
      'Số, ngày ban hành, hoặc thời điểm khảo sát, điều tra, phỏng vấn, quan sát…',
      'Nơi ban hành hoặc nhóm, cá nhân thực hiện',
      'Ghi chú',
    ],
    rows: standards.flatMap(standard => [
      wide(
        standard.code === '22'
          ? 'TIÊU CHÍ MỨC 4'
          : capitals(`Tiêu chuẩn ${standard.code}: ${titles.get(standard.code) ?? ''}`),
      ),
      ...standard.criteria.flatMap(criterion => [
        wide(`${nameOfSheet(criterion.code)}: ${criterion.title}`),
        ...criterion.rows.flatMap(item => itemRows(criterion.code, item)),
        ...seeAlsoRow(criterion),
      ]),
    ]),
  })
}

/** A yearly item is one code with a line for each school year. */
function itemRows(criterion: string, item: CatalogueRow): readonly Row[] {
  const lines = item.lines.length === 0 ? [{ issued: '', issuer: '' }] : item.lines
  const span = { rowSpan: lines.length }
  return lines.map((line, index) => {
    const issued =
      'schoolYear' in line && line.schoolYear ? `${line.schoolYear}: ${orDash(line.issued)}` : orDash(line.issued)
    if (index > 0) return row([issued, orDash(line.issuer)])
    return row(
      [
        cell(criterion, { ...span, align: 'center' }),
        cell(String(item.order), { ...span, align: 'center' }),
        cell(item.label, { ...span, align: 'center' }),
        cell(item.name, span),
        issued,
        orDash(line.issuer),
        cell(item.note, span),
      ],
      { anchor: evidenceAnchor(item.id) },
    )
  })
}

function seeAlsoRow({ code, rows, seeAlso }: CatalogueCriterion): readonly Row[] {
  if (seeAlso.length === 0)
    return rows.length === 0
      ? [row([centred(code), cell('Không có minh chứng.', { colSpan: COLUMNS - 1, italic: true })])]
      : []
  const refs = seeAlso.flatMap((item, index) => [
    ...(index === 0 ? ['Dùng chung, xem: '] : ['; ']),
    ref(item.label, evidenceAnchor(item.id)),
  ])
  return [row([centred(code), cell([...refs, '.'], { colSpan: COLUMNS - 1 })])]
}

/** What the label of one box says: what is in it, from which code to which. */
export interface BoxOnPaper {
  readonly box: number
  readonly standards: readonly string[]
  readonly criteria: readonly string[]
  readonly first: string
  readonly last: string
  readonly count: number
}

export interface BoxLabelsPaper extends Omit<CataloguePaper, 'standards'> {
  readonly boxes: readonly BoxOnPaper[]
}

const LABELS_A_PAGE = 3

/** Room to cut between two labels; a new page after every third. */
const between = (index: number): readonly Block[] =>
  index === 0 ? [] : index % LABELS_A_PAGE === 0 ? [pageBreak] : [paragraph(' '), paragraph(' ')]

/** Labels for the backs of the boxes, three to a page, to be cut out. */
export const boxLabelsDoc = ({ school, year, set, boxes, day }: BoxLabelsPaper): Doc =>
  docOf(
    'boxLabels',
    {
      title: `Nhãn hộp minh chứng – ${school.name} ${yearWords(year)}`,
      author: school.name,
      createdAt: startOfDay(day),
      draft: false,
    },
    [
      section(
        boxes.length === 0
          ? [paragraph('Chưa có minh chứng nào được mã hóa nên chưa có hộp để in nhãn.')]
          : boxes.flatMap((box, index) => [...between(index), labelTable(box, school, year, set)]),
        { pageNumbers: 'none' },
      ),
    ],
  )

const line = (label: string, value: string): Row => row([cell(label, { rowHeader: true, bold: true }), value])

function labelTable(box: BoxOnPaper, school: SchoolOnDay, year: WorkingYear, set: CriteriaSet): Block {
  const titles = new Map(set.standards.map(standard => [standard.code, standard.title]))
  const standards = box.standards.map(code =>
    code === '22' ? 'Tiêu chí Mức 4' : `Tiêu chuẩn ${code}: ${titles.get(code) ?? ''}`,
  )
  return table({
    columns: [28, 72],
    size: 16,
    head: [row([cell([bold(`HỘP SỐ ${box.box}`)], { colSpan: 2 })])],
    rows: [
      line('Trường', school.name),
      line('Năm học', year),
      line('Tiêu chuẩn', standards.join('; ')),
      line('Tiêu chí', box.criteria.join(', ')),
      line('Mã minh chứng', `Từ ${box.first} đến ${box.last}`),
      line('Số minh chứng', String(box.count)),
    ],
  })
}
