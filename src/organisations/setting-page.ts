import { printDay, printInstant, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { SettingUnit } from './setting-entry.ts'
import { defaultOf, type OwnValue } from './setting.ts'
import { printScope, printSetting, sourceWords, STANDING_NAMES, typedSetting, UNIT_WORDS } from './setting-words.ts'
import { settingEntry, type SettingKey } from './settings-catalogue.ts'
import { isAhead, isOver, KIND_OPTIONS } from './settings-page.ts'
import type { SettingsOfUnit } from './settings.ts'
import { nameOn } from './unit.ts'
import { firstDayOf, lastDayOf } from './year.ts'

export interface SettingView {
  readonly settings: SettingsOfUnit
  readonly year: WorkingYear
  /** Which of the unit's values is edited; none: a new one. */
  readonly valueId: string
  readonly history: readonly JournalEntry[]
  readonly nameOfUnit: (id: string) => string
}

/** One setting of one unit: what counts, the unit's own values with their days and schools, and the form of one of them. */
export function settingPage(key: SettingKey, { settings, year, valueId, history, nameOfUnit }: SettingView) {
  const { unit, day } = settings
  const entry = settingEntry(key)
  const found = settings.effective(key)
  const own = settings.set.find(each => each.key === key && each.unitId === unit.id)
  const edited = own?.values.find(({ id }) => id === valueId)
  const list = `/cai-dat?don-vi=${encodeURIComponent(unit.id)}&nam=${year}`
  const here = `/cai-dat/${key}?don-vi=${encodeURIComponent(unit.id)}&nam=${year}`
  const hidden = { unitId: unit.id, valueId: edited?.id ?? '', revision: own?.rev ?? 0 }
  return {
    breadcrumbs: [{ label: 'Cài đặt', href: list }],
    subtitle: `${nameOn(unit, day)} – năm học ${year}`,
    facts: [
      { term: 'Đang áp dụng', text: printSetting(entry.unit, found.value), note: sourceWords(found, nameOfUnit) },
      { term: 'Mặc định', text: printSetting(entry.unit, defaultOf(key, day)) },
      { term: 'Căn cứ', text: entry.basis },
      { term: 'Mức chắc chắn', badge: STANDING_NAMES[entry.standing] },
    ],
    own: {
      caption: 'Giá trị riêng của đơn vị',
      head: ['Giá trị', 'Cấp học', 'Từ ngày', 'Đến ngày', 'Tình trạng', ''],
      empty: 'Đơn vị chưa đặt giá trị riêng; giá trị của cấp trên hoặc mặc định được áp dụng.',
      rows: (own?.values ?? []).map(value => [
        printSetting(entry.unit, value.value),
        value.schoolKind === undefined ? 'Mọi cấp học' : SCHOOL_KIND_NAMES[value.schoolKind],
        value.from === undefined ? '–' : printDay(value.from),
        value.to === undefined ? '–' : printDay(value.to),
        { badge: standingOf(value, day) },
        { text: 'Sửa', href: `${here}&gia-tri=${value.id}#gia-tri` },
      ]),
    },
    formTitle: edited ? `Sửa giá trị: ${printScope(edited)}` : 'Thêm giá trị riêng',
    ...(edited && { another: { href: `${here}#gia-tri`, label: 'Thêm giá trị khác' } }),
    action: `/cai-dat/${key}`,
    cancel: list,
    hidden,
    fields: fieldsOf(entry.unit, edited ?? found),
    scopeFields: scopeFieldsOf(
      edited ?? { from: firstDayOf(year), to: lastDayOf(year) },
      unit.kind !== 'school' && !entry.forAllKinds,
    ),
    reason: { name: 'reason', label: 'Lý do', type: 'textarea', rows: 2, required: true, value: '' },
    withdrawal: edited && {
      action: `/cai-dat/${key}/bo`,
      label: 'Bỏ giá trị này',
      hidden,
      reason: { hint: 'Sau khi bỏ, giá trị của cấp trên hoặc mặc định lại có hiệu lực.' },
    },
    history: history.map(({ at, by, event, reason, facts }) => ({
      when: printInstant(at),
      who: by.name,
      what:
        event === 'withdrawSetting'
          ? `Bỏ ${printed(entry.unit, facts?.['from'])}`
          : `Đặt ${printed(entry.unit, facts?.['to'])}`,
      detail: reason ?? '',
    })),
  }
}

const standingOf = ({ from, to }: OwnValue, day: Day) =>
  isAhead(from, day)
    ? { label: 'Sắp áp dụng', tone: 'blue' }
    : isOver(to, day)
      ? { label: 'Đã hết thời gian', tone: 'grey' }
      : { label: 'Đang áp dụng', tone: 'green' }

function fieldsOf(unit: SettingUnit, { value }: Pick<OwnValue, 'value'>) {
  const typed = typedSetting(unit, value)
  const ranged = unit === 'range' || unit === 'dayRange'
  return [
    {
      name: 'value',
      label: ranged ? 'Từ' : `Giá trị (${UNIT_WORDS[unit]})`,
      value: typed.value,
      required: true,
      short: unit !== 'list',
    },
    ...(ranged ? [{ name: 'to', label: 'Đến', value: typed.to ?? '', required: true, short: true }] : []),
  ]
}

/** A school sets a value for itself, and some values hold for a whole unit: there no kind of school is chosen. */
const scopeFieldsOf = ({ schoolKind, from, to }: Partial<OwnValue>, mayChooseKind: boolean) => [
  ...(!mayChooseKind
    ? []
    : [
        {
          name: 'schoolKind',
          label: 'Cấp học',
          type: 'select',
          blank: 'Mọi cấp học',
          options: KIND_OPTIONS,
          value: schoolKind ?? '',
        },
      ]),
  {
    name: 'from',
    label: 'Áp dụng từ ngày',
    type: 'date',
    value: from ?? '',
    hint: 'Để trống: không có ngày bắt đầu.',
  },
  { name: 'until', label: 'Đến hết ngày', type: 'date', value: to ?? '', hint: 'Để trống: không có ngày kết thúc.' },
]

/** A value as it stands in the journal: written there by `changeSetting`, so it has the shape of a unit's value. */
function printed(unit: SettingUnit, fact: unknown): string {
  if (typeof fact !== 'object' || fact === null || !('value' in fact)) return '–'
  const own = fact as Omit<OwnValue, 'id'>
  return `${printSetting(unit, own.value)} cho ${printScope(own)}`
}
