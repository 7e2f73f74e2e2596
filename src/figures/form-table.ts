import { printDay, type Day } from '../kernel/dates.ts'
import { managingUnitOn, nameOn, type School, type UnitTree } from '../organisations/index.ts'
import { boldRow, type SheetTable } from '../sheet-files/index.ts'
import { BLOCK_NAMES, BLOCKS } from './compared-rows.ts'
import { valuesOf, type FigureYear } from './figure-year.ts'
import { comparisonOf } from './reconcile.ts'
import { RECONCILIATION_STATE_NAMES } from './reconciliation-machine.ts'
import { assignmentOf, DECISION_KINDS, DECISION_NAMES, REASONS, type Comparison } from './reconciliation.ts'
import { normStanding, type StaffNorms } from './staff-norm.ts'

/** A school's form with all that stands around its numbers, for a file. */
export interface StandingForm {
  readonly school: School
  readonly figures: FigureYear
  readonly norms: StaffNorms
  readonly tree: UnitTree
  readonly day: Day
}

/** One line of form 13 with its number; lines without any number are left out. */
export interface FormLine {
  readonly number: number
  readonly row: Comparison
  readonly norm: number | null
  readonly gap: number | null
}

/** The lines of the form by block, numbered through; what was never assigned nor counted is not printed. */
export function formLines({ school, figures, norms }: StandingForm) {
  const norm = normStanding(school.school.levels, valuesOf(figures), norms)
  const rows = comparisonOf(school, figures).filter(
    ({ optional, assigned, current }) => !optional || assigned !== null || current !== null,
  )
  let number = 0
  return BLOCKS.map(block => ({
    title: BLOCK_NAMES[block],
    lines: rows
      .filter(row => row.block === block)
      .map((row): FormLine => {
        const teachers = row.key === 'staff.teachers.total'
        return {
          number: ++number,
          row,
          norm: teachers ? (norm?.asked ?? null) : null,
          gap: teachers ? (norm?.gap ?? null) : null,
        }
      }),
  })).filter(({ lines }) => lines.length > 0)
}

/** What the head of the form says: school, managing unit, decisions, closing day, state. */
export function formFacts({ school, figures, tree, day }: StandingForm): readonly string[] {
  const manager = managingUnitOn(tree, school.id, day)
  const assignment = assignmentOf(figures)
  const state = figures.reconciliation?.state ?? 'drafting'
  return [
    `Trường: ${nameOn(school, day)}`,
    ...(manager ? [`Cấp quản lý trực tiếp: ${nameOn(manager, day)}`] : []),
    ...DECISION_KINDS.flatMap(kind => {
      const decision = assignment[`${kind}Decision`]
      const name = DECISION_NAMES[kind].replace(' (nếu có)', '')
      return decision
        ? [
            `${name}: số ${decision.number} ngày ${printDay(decision.day)} của ${decision.issuer}${decision.scan ? ' (có bản quét)' : ''}`,
          ]
        : []
    }),
    `Thời điểm: ${printDay(day)}. Trạng thái: ${RECONCILIATION_STATE_NAMES[state]}.`,
  ]
}

export const FORM_TITLE = 'PHIẾU ĐỐI SÁNH SỐ LIỆU KẾ HOẠCH GIAO VÀ HIỆN CÓ'

/** Hướng xử lý and its day in one cell. */
export const remedyText = ({ explanation }: Comparison): string =>
  [explanation?.remedy ?? '', explanation?.due ? `xong trước ${printDay(explanation.due)}` : '']
    .filter(part => part !== '')
    .join(', ')

/** `98,5` of 98.46 per cent; nothing without a number to divide by. */
export const shareOf = ({ assigned, current }: Comparison): number | null =>
  assigned === null || current === null || assigned === 0 ? null : current / assigned

/** Form 13 as a sheet (forms § 13). */
export const formTable = (form: StandingForm): SheetTable => ({
  name: 'Đối sánh',
  title: [FORM_TITLE, `Năm học ${form.figures.year}`],
  notes: formFacts(form),
  landscape: true,
  frozenColumns: 2,
  columns: [
    { head: 'TT', kind: 'integer', width: 6 },
    { head: 'Nội dung', width: 40 },
    { head: 'Đơn vị tính', width: 10 },
    { head: 'Số giao', kind: 'integer', width: 10 },
    { head: 'Hiện có', kind: 'integer', width: 10 },
    { head: 'Chênh lệch', kind: 'integer', width: 11 },
    { head: 'Tỷ lệ hiện có so với số giao (%)', kind: 'percent', width: 13 },
    { head: 'Định mức', kind: 'decimal', width: 10 },
    { head: 'Thừa (+), thiếu (−) so định mức', kind: 'decimal', width: 13 },
    { head: 'Nguyên nhân', width: 24 },
    { head: 'Giải trình', width: 44 },
    { head: 'Hướng xử lý, thời hạn', width: 36 },
  ],
  rows: formLines(form).flatMap(({ title, lines }) => [
    boldRow(null, title),
    ...lines.map(({ number, row, norm, gap }) => ({
      cells: [
        number,
        row.label,
        row.unit,
        row.assigned,
        row.current,
        row.difference,
        shareOf(row),
        norm,
        gap,
        row.explanation ? REASONS[row.explanation.code] : null,
        row.explanation?.sentence ?? null,
        remedyText(row),
      ],
      bold: row.of !== undefined,
    })),
  ]),
})
