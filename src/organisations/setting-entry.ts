import type { UnitKind } from '../kernel/unit-kinds.ts'
import type { Span } from './dated.ts'

/** How far the number is known: text of the law, to be checked, older practice, our recommendation (process, head). */
export type Standing = 'confirmed' | 'u' | 'p' | 'R'

export type SettingUnit =
  | 'persons'
  | 'share'
  | 'weeks'
  | 'days'
  | 'workingDays'
  | 'months'
  | 'years'
  | 'dayOfYear'
  | 'dayRange'
  | 'range'
  | 'list'
  | 'count'

/** A day without a year, `MM-dd`; read inside the working year it is asked for. */
export type MonthDay = string

/** Two days, or the lower and upper bound of a size. */
export interface Range<T> {
  readonly from: T
  readonly to: T
}

export type AnySettingValue = number | string | Range<number> | Range<MonthDay> | readonly number[]

/** One line of the table of process § 15. */
export interface SettingEntry<V> {
  readonly group: 'assessment' | 'review' | 'external' | 'reporting' | 'data'
  readonly label: string
  readonly unit: SettingUnit
  readonly value: V
  readonly basis: string
  readonly standing: Standing
  /** Kinds of unit that may set their own value; empty: fixed by the regime. */
  readonly changedBy: readonly UnitKind[]
  /** Smallest and largest number a unit may choose. */
  readonly limits?: { readonly min: number; readonly max: number }
  /** Asked for a whole unit and not for one school, so that no kind of school can have a value of its own. */
  readonly forAllKinds?: true
  /** Values of days before today's rule. */
  readonly before?: readonly (Span & { readonly value: V })[]
}

export const NOBODY: readonly UnitKind[] = []
export const SCHOOL: readonly UnitKind[] = ['school']
export const PROVINCE: readonly UnitKind[] = ['province']
export const MIDDLE: readonly UnitKind[] = ['district', 'commune', 'province']

export const number = (entry: SettingEntry<number>): SettingEntry<number> => entry
export const range = (entry: SettingEntry<Range<number>>): SettingEntry<Range<number>> => entry
export const dayOfYear = (entry: Omit<SettingEntry<MonthDay>, 'unit'>): SettingEntry<MonthDay> => ({
  ...entry,
  unit: 'dayOfYear',
})
export const dayRange = (entry: Omit<SettingEntry<Range<MonthDay>>, 'unit'>): SettingEntry<Range<MonthDay>> => ({
  ...entry,
  unit: 'dayRange',
})

export const list = (entry: Omit<SettingEntry<readonly number[]>, 'unit'>): SettingEntry<readonly number[]> => ({
  ...entry,
  unit: 'list',
})

/** A week of the school's own timetable, counted from the opening of the assessment. */
export const week = (label: string, value: number, basis: string): SettingEntry<number> => ({
  group: 'assessment',
  label,
  unit: 'weeks',
  value,
  basis,
  standing: 'u',
  changedBy: SCHOOL,
  limits: { min: 1, max: 45 },
})

export const daysOfReview = (label: string, value: number): SettingEntry<number> => ({
  group: 'review',
  label,
  unit: 'workingDays',
  value,
  basis: 'Chưa thấy số ngày trong văn bản',
  standing: 'R',
  changedBy: PROVINCE,
  limits: { min: 1, max: 60 },
})

export const daysOfTeam = (label: string, value: number, changedBy: readonly UnitKind[]): SettingEntry<number> => ({
  group: 'external',
  label,
  unit: 'workingDays',
  value,
  basis: 'CV 5932/BGDĐT-QLCL, CV 5942/BGDĐT-QLCL phần II',
  standing: 'u',
  changedBy,
  limits: { min: 1, max: 90 },
})

export const retention = (label: string, value: number): SettingEntry<number> => ({
  group: 'data',
  label,
  unit: 'years',
  value,
  basis: 'Luật Lưu trữ 33/2024/QH15; TT 08/2025/TT-BGDĐT',
  standing: 'u',
  changedBy: PROVINCE,
  limits: { min: 0, max: 100 },
})

export const reporting = (label: string, value: MonthDay): SettingEntry<MonthDay> =>
  dayOfYear({
    group: 'reporting',
    label,
    value,
    basis: 'Quy định kỳ báo cáo của tỉnh',
    standing: 'p',
    changedBy: PROVINCE,
    forAllKinds: true,
  })

export const TIMETABLE = 'Gợi ý thời gian biểu của CV 5932/BGDĐT-QLCL, CV 5942/BGDĐT-QLCL'
