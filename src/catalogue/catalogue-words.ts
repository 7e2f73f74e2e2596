import { printDay } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES, type SchoolKind } from '../kernel/unit-kinds.ts'
import { printNumber } from '../kernel/words.ts'
import type { Band, Change, CriteriaSet, Criterion, RatingKind, Threshold, Verification } from './criteria-set.ts'

export interface Badge {
  readonly label: string
  readonly tone: 'grey' | 'blue' | 'green' | 'orange' | 'red'
}

export const RATING_NAMES: Readonly<Record<RatingKind, string>> = {
  levels: 'Xếp theo mức',
  points: 'Chấm điểm',
  quota: 'So với định mức',
}

const VERIFICATION_BADGES: Readonly<Record<Verification, Badge>> = {
  confirmed: { label: 'đã đối chiếu', tone: 'green' },
  unverified: { label: 'chưa đối chiếu văn bản gốc', tone: 'orange' },
}
export const verificationBadge = (verification: Verification): Badge => VERIFICATION_BADGES[verification]

const CONFIDENCE_BADGES: Readonly<Record<Criterion['confidence'], Badge>> = {
  high: { label: 'độ tin cậy cao', tone: 'green' },
  medium: { label: 'độ tin cậy vừa', tone: 'grey' },
  low: { label: 'độ tin cậy thấp', tone: 'orange' },
}
export const confidenceBadge = (confidence: Criterion['confidence']): Badge => CONFIDENCE_BADGES[confidence]

const OPS: Readonly<Record<Threshold['op'], string>> = {
  '>=': 'từ',
  '<=': 'không quá',
  '=': 'bằng',
  '>': 'trên',
  '<': 'dưới',
}

const UNITS: Readonly<Record<string, string>> = {
  percent: '%',
  count: '',
  flag: '',
  count_per_year: ' mỗi năm',
  years: ' năm',
  classes: ' lớp',
  students_per_class: ' học sinh/lớp',
  children_per_class: ' trẻ/lớp',
  students_per_computer: ' học sinh/máy',
}

const AGGREGATES: Readonly<Record<string, string>> = {
  every_year: 'xét từng năm',
  count_years: 'đếm số năm',
  total: 'cộng các năm',
}

/** `từ 80%`, `không quá 35 học sinh/lớp`. */
export const comparisonWords = (op: Threshold['op'], value: number, unit: string): string =>
  `${OPS[op]} ${printNumber(value, Number.isInteger(value) ? 0 : 1)}${UNITS[unit] ?? ` ${unit}`}`

/** `trong 5 năm, đếm số năm`; empty for a threshold of one year. */
export const windowWords = ({ windowYears, aggregate }: Threshold): string =>
  [
    windowYears === undefined ? '' : `trong ${windowYears} năm`,
    aggregate === undefined ? '' : (AGGREGATES[aggregate] ?? aggregate),
  ]
    .filter(part => part !== '')
    .join(', ')

/** To whom a threshold applies, by the terms that the file explains; the bare value where it explains none. */
export const appliesWords = (set: CriteriaSet, appliesTo: Readonly<Record<string, string>> = {}): string =>
  Object.entries(appliesTo)
    .map(([key, value]) => termOf(set, key, value) ?? kindName(value) ?? value)
    .join(', ')

const kindName = (value: string): string | undefined =>
  Object.entries(SCHOOL_KIND_NAMES).find(([kind]) => kind === value)?.[1]

function termOf(set: CriteriaSet, key: string, value: string): string | undefined {
  const word = propertyOf(propertyOf(set.procedure['terms'], key), value)
  return typeof word === 'string' ? word : undefined
}

const propertyOf = (from: unknown, key: string): unknown =>
  typeof from === 'object' && from !== null ? Object.entries(from).find(([name]) => name === key)?.[1] : undefined

export const kindsWords = (kinds: readonly SchoolKind[]): string =>
  kinds.map(kind => SCHOOL_KIND_NAMES[kind]).join(', ')

/** `Hiệu lực từ 10/10/2018`, with the last day when there is one. */
export const validityWords = ({ validFrom, validTo }: CriteriaSet): string =>
  `từ ${printDay(validFrom)}${validTo === undefined ? '' : ` đến hết ${printDay(validTo)}`}`

/** `dưới 50`, `từ 50 đến 75`, `trên 75`; `chưa biết` for null. */
export function bandWords(band: Band | null): string {
  if (band === null) return 'chưa biết'
  const parts = [
    band.min === undefined ? '' : `từ ${printNumber(band.min)}`,
    band.above === undefined ? '' : `trên ${printNumber(band.above)}`,
    band.max === undefined ? '' : `đến ${printNumber(band.max)}`,
    band.below === undefined ? '' : `dưới ${printNumber(band.below)}`,
  ]
  return parts.filter(part => part !== '').join(' ')
}

/** `Bãi bỏ theo 22/2024/TT-BGDĐT từ 25/01/2025`. */
export const changeWords = ({ effect, instrument, from }: Change): string =>
  `${effect === 'repealed' ? 'Bãi bỏ' : 'Sửa đổi'} theo ${instrument} từ ${printDay(from)}`
