import { isLevelFour } from '../assessments/index.ts'
import type { CriteriaSet } from '../catalogue/index.ts'
import { printDay } from '../kernel/dates.ts'
import { PLAN_STEP_NAMES, RESOURCE_KIND_NAMES, type PlanContent } from './plan-content.ts'
import { criterionName } from './plan-needs.ts'
import type { PlanSection } from './plan-sections.ts'
import { DEADLINE_NAMES } from './plan-words.ts'

/** A column of an editable table; its name is the name of the posted field. */
export interface Column {
  readonly name: string
  readonly label: string
  /** `fixed`: the value is shown as words and posted unchanged. */
  readonly kind: 'text' | 'area' | 'day' | 'week' | 'select' | 'fixed'
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  /** First entry of a select, standing for nothing. */
  readonly blank?: string
  /** Drawn in the cell of the column before it, so that a wide table fits a laptop. */
  readonly under?: boolean
}

/** A table as the view draws it: to be written in, or to be read. */
export interface SectionTable {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** The lines are given (IV.4): none can be added or taken away. */
  readonly fixed: boolean
}

const text = (name: string, label: string): Column => ({ name, label, kind: 'text' })
const area = (name: string, label: string): Column => ({ name, label, kind: 'area' })
const day = (name: string, label: string): Column => ({ name, label, kind: 'day' })
const under = (column: Column): Column => ({ ...column, under: true })

const optionsOf = (names: Readonly<Record<string, string>>): Column['options'] =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

/** The criteria of one standard to choose from; clauses of Mức 4 stand under 22. */
const criteriaOptions = (set: CriteriaSet, codes: readonly string[]): NonNullable<Column['options']> =>
  codes.map(code => ({
    value: code,
    label: isLevelFour(code) ? `Khoản ${code.slice(3)} (Mức 4)` : `${code} ${criterionName(set, code) ?? ''}`,
  }))

type Criteria = NonNullable<Column['options']>

const TABLES: Readonly<Partial<Record<PlanSection, (content: PlanContent, criteria: Criteria) => SectionTable>>> = {
  tools: content => ({
    caption: 'Công cụ tự đánh giá',
    columns: [area('tool', 'Công cụ')],
    rows: content.tools.map(tool => ({ tool })),
    fixed: false,
  }),

  assignments: (content, criteria) => ({
    caption: 'Phân công thực hiện từng tiêu chí',
    columns: [
      { name: 'criterion', label: 'Tiêu chí', kind: 'fixed', options: criteria },
      text('responsible', 'Người chịu trách nhiệm chính'),
      area('supporting', 'Người phối hợp'),
      day('from', 'Bắt đầu'),
      under(day('to', 'Hoàn thành')),
    ],
    rows: content.assignments.map(({ from, to, ...row }) => ({ ...row, from: from ?? '', to: to ?? '' })),
    fixed: true,
  }),

  training: content => ({
    caption: 'Các buổi tập huấn nghiệp vụ tự đánh giá',
    columns: [
      day('on', 'Thời gian'),
      text('place', 'Địa điểm'),
      area('participants', 'Thành phần'),
      area('content', 'Nội dung'),
      text('trainer', 'Người hướng dẫn'),
    ],
    rows: content.training.map(({ on, ...row }) => ({ ...row, on: on ?? '' })),
    fixed: false,
  }),

  resources: content => ({
    caption: 'Nguồn lực cần huy động',
    columns: [
      text('for', 'Tiêu chuẩn, tiêu chí'),
      area('activity', 'Hoạt động'),
      { name: 'kind', label: 'Loại nguồn lực', kind: 'select', options: optionsOf(RESOURCE_KIND_NAMES) ?? [] },
      text('when', 'Thời điểm huy động'),
      text('note', 'Ghi chú'),
    ],
    rows: content.resources.map(row => ({ ...row })),
    fixed: false,
  }),

  evidence: (content, criteria) => ({
    caption: 'Minh chứng dự kiến thu thập',
    columns: [
      { name: 'criterion', label: 'Tiêu chí', kind: 'select', options: criteria },
      area('name', 'Minh chứng cần thu thập'),
      text('where', 'Nơi thu thập'),
      under(text('who', 'Nhóm, cá nhân thu thập')),
      day('by', 'Thời gian'),
      under(text('cost', 'Chi phí (nếu có)')),
      area('note', 'Ghi chú'),
    ],
    rows: content.evidence.map(({ by, ...row }) => ({ ...row, by: by ?? '' })),
    fixed: false,
  }),

  experts: content => ({
    caption: 'Chuyên gia dự kiến thuê',
    columns: [
      text('name', 'Họ và tên'),
      text('field', 'Lĩnh vực'),
      text('for', 'Tiêu chuẩn, tiêu chí'),
      text('when', 'Thời gian'),
      text('cost', 'Kinh phí'),
    ],
    rows: content.experts.map(row => ({ ...row })),
    fixed: false,
  }),

  timetable: content => ({
    caption: 'Thời gian biểu',
    columns: [
      { name: 'weekFrom', label: 'Từ tuần', kind: 'week' },
      under({ name: 'weekTo', label: 'Đến tuần', kind: 'week' }),
      day('from', 'Từ ngày'),
      under(day('to', 'Đến ngày')),
      area('activity', 'Hoạt động'),
      area('responsible', 'Người chịu trách nhiệm'),
      area('result', 'Kết quả'),
      {
        name: 'step',
        label: 'Bước',
        kind: 'select',
        options: Object.entries(PLAN_STEP_NAMES).map(([value, name]) => ({ value, label: `${value}. ${name}` })),
      },
      under({
        name: 'deadlineKey',
        label: 'Là hạn của việc',
        kind: 'select',
        blank: 'Không là hạn',
        options: DEADLINE_NAMES.map(([value, label]) => ({ value, label })),
      }),
    ],
    rows: content.timetable.map(({ weekFrom, weekTo, step, deadlineKey, ...row }) => ({
      ...row,
      weekFrom: String(weekFrom),
      weekTo: String(weekTo),
      step: String(step),
      deadlineKey: deadlineKey ?? '',
    })),
    fixed: false,
  }),
}

/** The table of a section with the lines of this plan; sections I and II have none. */
export const tableOf = (
  section: PlanSection,
  content: PlanContent,
  set: CriteriaSet,
  codes: readonly string[],
): SectionTable | undefined => TABLES[section]?.(content, criteriaOptions(set, codes))

/** The same table for people who only read: every cell in words. */
export const wordsOf = ({ caption, columns, rows }: SectionTable) => ({
  caption,
  head: columns.map(column => column.label),
  rows: rows.map(row => columns.map(column => wordOf(column, row[column.name] ?? ''))),
  empty: 'Mục này chưa có nội dung.',
})

const wordOf = ({ kind, options = [], blank }: Column, value: string): string => {
  if (kind === 'day') return value === '' ? '–' : printDay(value)
  const label = options.find(option => option.value === value)?.label
  return label ?? (value === '' ? (blank ?? '–') : value)
}
