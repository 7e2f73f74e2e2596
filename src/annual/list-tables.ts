import { addDays, printDay, type Day } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { compareVietnamese } from '../kernel/words.ts'
import type { SchoolRow, TitleFact, TitleKind } from '../rollups/index.ts'
import type { AnnualFacts } from './annual-facts.ts'
import type { AnnualTable, FigureCell, TableColumn, TableRow, YearFacts } from './annual-table.ts'
import { batchWords, NEXT_YEAR_NOTE, nextYearOf } from './next-year.ts'
import {
  endedInYear,
  finished,
  grantedInYear,
  inForce,
  levelUntold,
  mustReport,
  notReported,
  ranOut,
} from './row-facts.ts'
import { KINDS, placeOf } from './row-groups.ts'

export const TITLE_NAMES: Readonly<Record<TitleKind, string>> = {
  accreditation: 'Đạt kiểm định chất lượng giáo dục',
  national: 'Trường đạt chuẩn quốc gia',
}

export const gradeWords = (kind: TitleKind, grade: number): string =>
  `${kind === 'accreditation' ? 'Cấp độ' : 'Mức độ'} ${grade}`

export const textCell = (text: string): FigureCell => ({ kind: 'text', text: text === '' ? '–' : text })
export const dayCell = (day: Day | undefined): FigureCell => ({ kind: 'day', ...(day !== undefined && { day }) })

/** By kind of school, then by the Vietnamese alphabet. */
export const inReadingOrder = (rows: readonly SchoolRow[]): readonly SchoolRow[] =>
  rows.toSorted(
    (one, other) =>
      KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) ||
      compareVietnamese(one.name, other.name) ||
      (one.schoolId < other.schoolId ? -1 : 1),
  )

const NAME: TableColumn = { id: 'school', head: 'Trường', width: 3, text: true }
const PLACE: TableColumn = { id: 'place', head: 'Địa bàn', width: 2, text: true }
const KIND: TableColumn = { id: 'kind', head: 'Cấp học', width: 1.6, text: true }
const schoolCell = ({ name, schoolId }: SchoolRow): FigureCell => ({ kind: 'text', text: name, schools: [schoolId] })
const placeCell = (row: SchoolRow, { unitName }: AnnualFacts): FigureCell => textCell(unitName(placeOf(row)))
const kindCell = (row: SchoolRow): FigureCell => textCell(SCHOOL_KIND_NAMES[row.kind])

/** A list of schools, numbered. */
export const listTable = (
  { id, title, notes = [] }: { readonly id: string; readonly title: string; readonly notes?: readonly string[] },
  columns: readonly TableColumn[],
  lines: readonly { readonly key: string; readonly cells: readonly FigureCell[] }[],
): AnnualTable => ({
  id,
  title,
  rowsHead: 'TT',
  labelWidth: 0.7,
  columns,
  rows: lines.map(({ key, cells }, index): TableRow => ({ key, label: String(index + 1), cells })),
  notes,
})

const titleLines = (
  facts: AnnualFacts,
  wanted: (row: SchoolRow) => readonly { readonly title: TitleFact; readonly more?: readonly FigureCell[] }[],
) =>
  inReadingOrder(facts.rows).flatMap(row =>
    wanted(row).map(({ title, more = [] }) => ({
      key: `${row.schoolId}-${title.id}`,
      cells: [
        schoolCell(row),
        placeCell(row, facts),
        kindCell(row),
        textCell(TITLE_NAMES[title.kind]),
        textCell(gradeWords(title.kind, title.grade)),
        textCell(`${title.decision.number}, ngày ${printDay(title.decision.date)}`),
        dayCell(title.expiresOn),
        ...more,
      ],
    })),
  )

const TITLE_COLUMNS: readonly TableColumn[] = [
  NAME,
  PLACE,
  KIND,
  { id: 'title', head: 'Loại', width: 2, text: true },
  { id: 'grade', head: 'Cấp độ, mức độ', width: 1.2, text: true },
  { id: 'decision', head: 'Quyết định số, ngày', width: 2.4, text: true },
  { id: 'expires', head: 'Hết hạn', width: 1.7, text: true },
]

const bothKinds = ['accreditation', 'national'] as const

export const p7 = (facts: AnnualFacts): AnnualTable =>
  listTable(
    { id: 'P7', title: 'Danh sách trường được công nhận trong năm' },
    [...TITLE_COLUMNS, { id: 'again', head: 'Ghi chú', width: 1.4, text: true }],
    titleLines(facts, row =>
      bothKinds.flatMap(kind =>
        grantedInYear(row, kind, facts).map(title => ({
          title,
          more: [textCell(title.again ? 'Công nhận lại' : 'Công nhận mới')],
        })),
      ),
    ),
  )

/** Months in which a title is told to run out (process § 6). */
const SOON_DAYS = 365

export const soonOver = (title: TitleFact, { closingDay }: Pick<YearFacts, 'closingDay'>): boolean =>
  inForce(title, { closingDay }) && title.expiresOn <= addDays(closingDay, SOON_DAYS)

export const p8 = (facts: AnnualFacts): AnnualTable => {
  const standing = (row: SchoolRow, title: TitleFact): string | undefined => {
    const held = row.titles.some(other => other.kind === title.kind && inForce(other, facts))
    if (endedInYear(title, 'revoked', facts)) return `Bị thu hồi${title.ended?.reason ? `: ${title.ended.reason}` : ''}`
    if (ranOut(title, facts) && !held) return 'Hết hạn, chưa công nhận lại'
    return soonOver(title, facts) ? 'Hết hạn trong 12 tháng tới' : undefined
  }
  return listTable(
    { id: 'P8', title: 'Hết hạn và thu hồi' },
    [...TITLE_COLUMNS, { id: 'standing', head: 'Tình trạng', width: 2.2, text: true }],
    titleLines(facts, row =>
      row.titles.flatMap(title => {
        const words = standing(row, title)
        return words === undefined ? [] : [{ title, more: [textCell(words)] }]
      }),
    ),
  )
}

/** What a school still owes, in words; undefined when it has reported. */
export function missingOf(row: SchoolRow, facts: YearFacts): string | undefined {
  if (!notReported(row, facts)) return undefined
  if (!row.assessment) return 'Chưa mở đợt tự đánh giá'
  if (!finished(row, facts)) {
    const { agreed, all } = row.assessment.sheets
    return `Chưa thông qua báo cáo tự đánh giá (đã thống nhất ${agreed}/${all} phiếu)`
  }
  return 'Đã thông qua nhưng chưa gửi báo cáo'
}

const remindedCell = (row: SchoolRow, { reminders }: AnnualFacts): FigureCell =>
  textCell((reminders.get(row.schoolId) ?? []).map(printDay).join('; '))

export const p12 = (facts: AnnualFacts): AnnualTable =>
  listTable(
    { id: 'P12', title: 'Đơn vị chưa báo cáo' },
    [
      NAME,
      { ...PLACE, head: 'Đơn vị quản lý' },
      KIND,
      { id: 'missing', head: 'Phần còn thiếu', width: 3.4, text: true },
      { id: 'reminded', head: 'Đã nhắc ngày', width: 1.6, text: true },
    ],
    inReadingOrder(facts.rows).flatMap(row => {
      const missing = missingOf(row, facts)
      return missing === undefined
        ? []
        : [
            {
              key: row.schoolId,
              cells: [
                schoolCell(row),
                placeCell(row, facts),
                kindCell(row),
                textCell(missing),
                remindedCell(row, facts),
              ],
            },
          ]
    }),
  )

/** M1: how far each school of the unit has come. */
export const m1 = (facts: AnnualFacts): AnnualTable =>
  listTable(
    { id: 'M1', title: 'Tiến độ tự đánh giá' },
    [
      NAME,
      KIND,
      { id: 'council', head: 'QĐ thành lập hội đồng (số, ngày)', width: 2, text: true },
      { id: 'plan', head: 'Kế hoạch', width: 1.7, text: true },
      { id: 'agreed', head: '% phiếu đã thống nhất', width: 1.2 },
      { id: 'adopted', head: 'Hoàn thành báo cáo', width: 1.7, text: true },
      { id: 'published', head: 'Ngày công bố', width: 1.7, text: true },
      { id: 'sent', head: 'Ngày gửi', width: 1.7, text: true },
      { id: 'returns', head: 'Số lần trả lại', width: 1 },
      { id: 'level', head: 'Mức tự đánh giá', width: 1.2, text: true },
      { id: 'note', head: 'Ghi chú', width: 1.6, text: true },
    ],
    inReadingOrder(facts.rows).map(row => ({ key: row.schoolId, cells: progressCells(row) })),
  )

function progressCells(row: SchoolRow): readonly FigureCell[] {
  const { assessment } = row
  const schools = [row.schoolId]
  if (!assessment)
    return [
      schoolCell(row),
      kindCell(row),
      ...Array.from({ length: 8 }, () => textCell('')),
      textCell('Chưa mở đợt tự đánh giá'),
    ]
  const { council, sheets } = assessment
  return [
    schoolCell(row),
    kindCell(row),
    textCell(council ? `${council.number}, ngày ${printDay(council.date)}` : ''),
    dayCell(assessment.planOn),
    { kind: 'share', part: sheets.agreed, whole: sheets.all, schools },
    dayCell(assessment.adoptedOn),
    dayCell(assessment.publishedOn),
    dayCell(assessment.sentOn),
    { kind: 'number', value: assessment.returns },
    textCell(levelWords(assessment.level)),
    textCell(assessment.state === 'cancelled' ? 'Đã hủy đợt tự đánh giá' : ''),
  ]
}

/** `Mức 2`, `Không đạt`; empty while answers are missing. */
export const levelWords = (level: number | undefined): string =>
  level === undefined ? '' : level === 0 ? 'Không đạt' : `Mức ${level}`

/** M3: titles in force. */
export const m3 = (facts: AnnualFacts): AnnualTable =>
  listTable(
    { id: 'M3', title: 'Danh hiệu đang có' },
    [...TITLE_COLUMNS.filter(column => column !== PLACE), { id: 'soon', head: 'Ghi chú', width: 1.6, text: true }],
    titleLines(facts, row =>
      row.titles
        .filter(title => inForce(title, facts))
        .map(title => ({ title, more: [textCell(soonOver(title, facts) ? 'Sắp hết hạn' : '')] })),
    ).map(({ key, cells }) => ({ key, cells: cells.filter((_, index) => index !== 1) })),
  )

/** M4 and the list under P13: who asks for what next year. */
export function plannedTable(facts: AnnualFacts, id: string): AnnualTable {
  const known = nextYearOf(facts)
  return listTable(
    {
      id,
      title: 'Danh sách trường đăng ký công nhận năm học tới',
      notes: known.length === 0 ? [] : [NEXT_YEAR_NOTE],
    },
    [
      NAME,
      PLACE,
      KIND,
      { id: 'title', head: 'Loại đề nghị', width: 2.4, text: true },
      { id: 'grade', head: 'Cấp độ, mức độ', width: 1.4, text: true },
      { id: 'batch', head: 'Đợt', width: 1.6, text: true },
    ],
    inReadingOrder([...new Set(known.map(({ row }) => row))]).flatMap(row =>
      known
        .filter(each => each.row === row)
        .map(plan => ({
          key: `${row.schoolId}-${plan.kind}`,
          cells: [
            schoolCell(row),
            placeCell(row, facts),
            kindCell(row),
            textCell(TITLE_NAMES[plan.kind]),
            textCell(gradeWords(plan.kind, plan.grade)),
            textCell(batchWords(plan)),
          ],
        })),
    ),
  )
}

/** M5: as P12, for one unit. */
export const m5 = (facts: AnnualFacts): AnnualTable => {
  const table = p12(facts)
  return {
    ...table,
    id: 'M5',
    columns: table.columns.filter((_, index) => index !== 1),
    rows: table.rows.map(row => ({ ...row, cells: row.cells.filter((_, index) => index !== 1) })),
  }
}

/** Schools that are counted out of the denominators, with the reason; printed under P1. */
export const excusedNote = (facts: YearFacts): readonly string[] => {
  const excused = facts.rows.filter(row => !mustReport(row, facts))
  return excused.length === 0
    ? []
    : [`Không tính vào số phải báo cáo (đợt tự đánh giá đã hủy): ${excused.map(row => row.name).join('; ')}.`]
}

/** Schools that are among the finished and at no level; printed under P1. */
export const untoldNote = (facts: YearFacts): readonly string[] => {
  const untold = facts.rows.filter(row => levelUntold(row, facts)).length
  return untold === 0 ? [] : [`${untold} trường đã hoàn thành nhưng chưa gửi báo cáo: chưa có trong kết quả theo mức.`]
}
