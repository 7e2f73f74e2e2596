import { printNumber } from '../kernel/words.ts'
import type { UnitKind } from '../kernel/unit-kinds.ts'
import type { SettingKey } from './settings-catalogue.ts'
import type { AnySettingValue, MonthDay, Range, SettingUnit, Standing } from './setting-entry.ts'

export const STANDING_NAMES: Readonly<Record<Standing, { readonly label: string; readonly tone: string }>> = {
  confirmed: { label: 'Theo văn bản', tone: 'green' },
  u: { label: 'Cần kiểm tra văn bản', tone: 'orange' },
  p: { label: 'Theo hướng dẫn cũ', tone: 'orange' },
  R: { label: 'Khuyến nghị', tone: 'blue' },
}

export const GROUP_NAMES = {
  assessment: 'Tự đánh giá',
  review: 'Xem xét của cấp quản lý',
  external: 'Đánh giá ngoài và công nhận',
  reporting: 'Kỳ báo cáo',
  data: 'Số liệu và lưu trữ',
} as const

export const UNIT_WORDS: Readonly<Record<SettingUnit, string>> = {
  persons: 'người',
  share: 'tỷ lệ',
  weeks: 'tuần kể từ khi mở đợt',
  days: 'ngày',
  workingDays: 'ngày làm việc',
  months: 'tháng',
  years: 'năm',
  dayOfYear: 'ngày/tháng',
  dayRange: 'từ ngày – đến ngày',
  range: 'từ – đến',
  list: 'danh sách số',
  text: 'chữ',
  count: 'số',
}

/** `Trường`, `cấp quản lý trực tiếp`, `Sở`: who may set a key. */
export function whoMayChange(kinds: readonly UnitKind[]): string {
  if (kinds.length === 0) return 'Không ai (theo văn bản)'
  const names = [
    kinds.includes('school') ? 'trường' : '',
    kinds.includes('commune') || kinds.includes('district') ? 'cấp quản lý trực tiếp' : '',
    kinds.includes('province') ? 'Sở' : '',
  ].filter(name => name !== '')
  const text = names.join(', ')
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1)
}

/** `15/05` of `05-15`. */
export const printMonthDay = (day: MonthDay): string => day.split('-').toReversed().join('/')

const isRange = (value: AnySettingValue): value is Range<number> | Range<MonthDay> =>
  typeof value === 'object' && 'from' in value

/** The value as people read it, with its unit. */
export function printSetting(unit: SettingUnit, value: AnySettingValue): string {
  if (isRange(value)) {
    const [from, to] = [value.from, value.to].map(end =>
      typeof end === 'string' ? printMonthDay(end) : printNumber(end),
    )
    return `${from} – ${to}`
  }
  if (typeof value === 'string') return unit === 'dayOfYear' ? printMonthDay(value) : value
  if (typeof value !== 'number') return value.map(part => printNumber(part)).join(', ')
  if (unit === 'share') return value === 2 / 3 ? '2/3' : printNumber(value, 2)
  return unit === 'weeks' ? `tuần ${printNumber(value)}` : `${printNumber(value)} ${UNIT_WORDS[unit]}`
}

/** The value as it stands in the input of the form; the upper end of a range has its own input. */
export function typedSetting(
  unit: SettingUnit,
  value: AnySettingValue,
): { readonly value: string; readonly to?: string } {
  const text = (part: number | string): string =>
    typeof part === 'string' ? printMonthDay(part) : String(part).replace('.', ',')
  if (isRange(value)) return { value: text(value.from), to: text(value.to) }
  if (typeof value === 'string') return { value: unit === 'dayOfYear' ? printMonthDay(value) : value }
  if (typeof value !== 'number') return { value: value.join(', ') }
  return { value: unit === 'share' && value === 2 / 3 ? '2/3' : text(value) }
}

/** Keys that nothing is computed from yet: the screen says that they are there to be looked up. */
export const REFERENCE_ONLY: ReadonlySet<SettingKey> = new Set<SettingKey>([
  'yearsOfData',
  'retentionFinal',
  'retentionDrafts',
  'minSurveyAnswers',
  'levelFourCodePrefix',
  'registerWindowSummer',
  'registerWindowAutumn',
  'studyDays',
  'prelimVisitDays',
  'gapBeforeVisit',
  'visitDays',
  'draftDays',
  'feedbackDays',
  'replyDays',
  'complaintDays',
])
