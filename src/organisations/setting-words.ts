import { printDay } from '../kernel/dates.ts'
import { printNumber } from '../kernel/words.ts'
import { SCHOOL_KIND_NAMES, type UnitKind } from '../kernel/unit-kinds.ts'
import type { EffectiveSetting, SettingScope } from './setting.ts'
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
  if (typeof value === 'string') return printMonthDay(value)
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
  if (typeof value === 'string') return { value: printMonthDay(value) }
  if (typeof value !== 'number') return { value: value.join(', ') }
  return { value: unit === 'share' && value === 2 / 3 ? '2/3' : text(value) }
}

/** `Trung học cơ sở, từ 01/01/2026 đến 31/05/2026`; `mọi cấp học, không giới hạn thời gian`. */
export function printScope({ schoolKind, from, to }: SettingScope): string {
  const days = [
    ...(from === undefined ? [] : [`từ ${printDay(from)}`]),
    ...(to === undefined ? [] : [`đến ${printDay(to)}`]),
  ]
  const kind = schoolKind === undefined ? 'mọi cấp học' : SCHOOL_KIND_NAMES[schoolKind]
  return `${kind}, ${days.length === 0 ? 'không giới hạn thời gian' : days.join(' ')}`
}

/** Where a value comes from: `mặc định`, or who set it and where it holds. */
export function sourceWords(
  { setBy, scope }: Pick<EffectiveSetting<SettingKey>, 'setBy' | 'scope'>,
  nameOfUnit: (id: string) => string,
): string {
  if (setBy === undefined || scope === undefined) return 'mặc định'
  const limited = scope.schoolKind !== undefined || scope.from !== undefined || scope.to !== undefined
  return `do ${nameOfUnit(setBy)} quy định${limited ? ` (${printScope(scope)})` : ''}`
}
