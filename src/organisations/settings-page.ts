import type { WorkingYear } from '../kernel/working-year.ts'
import { printInstant, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { boldRow, row, type SheetTable } from '../sheet-files/index.ts'
import type { AnySettingValue, SettingUnit } from './setting-entry.ts'
import { defaultOf, overrideId } from './setting.ts'
import {
  GROUP_NAMES,
  printSetting,
  REFERENCE_ONLY,
  STANDING_NAMES,
  typedSetting,
  UNIT_WORDS,
  whoMayChange,
} from './setting-words.ts'
import { SETTING_KEYS, settingEntry, type SettingKey } from './settings-catalogue.ts'
import type { SettingsOfUnit } from './settings.ts'
import { nameOn } from './unit.ts'

export interface SettingsView {
  readonly settings: SettingsOfUnit
  readonly year: WorkingYear
  readonly day: Day
  readonly mayChange: boolean
  readonly nameOfUnit: (id: string) => string
}

const GROUPS = ['assessment', 'review', 'external', 'reporting', 'data'] as const

/** The same list as a spreadsheet. */
export function settingsSheet({ settings, year, day, nameOfUnit }: Omit<SettingsView, 'mayChange'>): SheetTable {
  const { unit } = settings
  const widths = [60, 24, 30, 50, 22, 36]
  const heads = ['Nội dung', 'Giá trị', 'Nguồn của giá trị', 'Căn cứ', 'Mức chắc chắn', 'Ai được đổi']
  return {
    name: 'Cài đặt',
    title: [`Thời hạn và con số áp dụng: ${nameOn(unit, day)}`, `Năm học ${year}`],
    columns: heads.map((head, at) => ({ head, width: widths[at] ?? 24 })),
    rows: GROUPS.flatMap(group => [
      boldRow(GROUP_NAMES[group]),
      ...SETTING_KEYS.filter(key => settingEntry(key).group === group).map(key => {
        const entry = settingEntry(key)
        const { value, setBy } = settings.effective(key)
        return row(
          entry.label,
          printSetting(entry.unit, value),
          setBy === undefined ? 'mặc định' : nameOfUnit(setBy),
          entry.basis,
          STANDING_NAMES[entry.standing].label,
          whoMayChange(entry.changedBy),
        )
      }),
    ]),
    landscape: true,
  }
}

/** Every deadline and number as it counts for one unit and year, with its basis and who may change it. */
export function settingsPage({ settings, year, day, mayChange, nameOfUnit }: SettingsView) {
  const { unit } = settings
  return {
    subtitle: `${nameOn(unit, day)} – năm học ${year}`,
    actions: [
      {
        label: 'Tải bảng tính',
        href: `/cai-dat/bang.xlsx?don-vi=${encodeURIComponent(unit.id)}&nam=${year}`,
        icon: 'download',
      },
    ],
    head: ['Nội dung', 'Giá trị', 'Căn cứ', 'Mức chắc chắn', 'Ai được đổi', ''],
    groups: GROUPS.map(group => ({
      title: GROUP_NAMES[group],
      rows: SETTING_KEYS.filter(key => settingEntry(key).group === group).map(key => {
        const entry = settingEntry(key)
        const { value, setBy } = settings.effective(key)
        const changeable = mayChange && entry.changedBy.includes(unit.kind)
        return [
          entry.label,
          {
            text: printSetting(entry.unit, value),
            note: [
              setBy === undefined ? 'mặc định' : `do ${nameOfUnit(setBy)} quy định`,
              ...(REFERENCE_ONLY.has(key) ? ['chỉ để tra cứu, hệ thống chưa tự tính'] : []),
            ].join('; '),
          },
          entry.basis,
          { badge: STANDING_NAMES[entry.standing] },
          whoMayChange(entry.changedBy),
          changeable ? { text: 'Đổi', href: `/cai-dat/${key}?don-vi=${encodeURIComponent(unit.id)}&nam=${year}` } : '',
        ]
      }),
    })),
  }
}

/** The form of one setting of one unit: for this year alone or for all years. */
export function settingPage(
  key: SettingKey,
  {
    settings,
    year,
    day,
    history,
  }: Omit<SettingsView, 'mayChange' | 'nameOfUnit'> & { readonly history: readonly JournalEntry[] },
) {
  const { unit, overrides } = settings
  const entry = settingEntry(key)
  const { value } = settings.effective(key)
  const typed = typedSetting(entry.unit, value)
  const own = (of?: WorkingYear) =>
    overrides.find(({ id }) => id === overrideId({ key, unitId: unit.id, ...(of ? { year: of } : {}) }))
  const scopes = [
    { scope: 'year', label: `Chỉ năm học ${year}`, override: own(year) },
    { scope: 'all', label: 'Mọi năm học', override: own() },
  ]
  const ranged = entry.unit === 'range' || entry.unit === 'dayRange'
  const action = `/cai-dat/${key}`
  return {
    breadcrumbs: [{ label: 'Cài đặt', href: `/cai-dat?don-vi=${encodeURIComponent(unit.id)}` }],
    subtitle: `${nameOn(unit, day)} – năm học ${year}`,
    facts: [
      { term: 'Đang áp dụng', text: printSetting(entry.unit, value) },
      { term: 'Mặc định', text: printSetting(entry.unit, defaultOf(key, day)) },
      { term: 'Căn cứ', text: entry.basis },
      { term: 'Mức chắc chắn', badge: STANDING_NAMES[entry.standing] },
    ],
    history: history.map(({ at, by, event, year: of, reason, facts }) => ({
      when: printInstant(at),
      who: by.name,
      what: event === 'withdrawSetting' ? 'Bỏ giá trị riêng' : `Đặt ${printed(entry.unit, facts?.['to'])}`,
      detail: `${of === undefined ? 'Mọi năm học' : `Năm học ${of}`}. ${reason ?? ''}`,
    })),
    action,
    cancel: `/cai-dat?don-vi=${encodeURIComponent(unit.id)}`,
    hidden: {
      unitId: unit.id,
      year,
      revisionYear: scopes[0]?.override?.rev ?? 0,
      revisionAll: scopes[1]?.override?.rev ?? 0,
    },
    fields: [
      {
        name: 'value',
        label: ranged ? 'Từ' : `Giá trị mới (${UNIT_WORDS[entry.unit]})`,
        value: typed.value,
        required: true,
        short: entry.unit !== 'list',
      },
      ...(ranged ? [{ name: 'to', label: 'Đến', value: typed.to ?? '', required: true, short: true }] : []),
      {
        name: 'scope',
        label: 'Áp dụng cho',
        type: 'radios',
        value: 'year',
        options: scopes.map(({ scope, label }) => ({ value: scope, label })),
      },
      { name: 'reason', label: 'Lý do', type: 'textarea', rows: 2, required: true, value: '' },
    ],
    withdrawals: scopes.flatMap(({ scope, label, override }) =>
      override === undefined
        ? []
        : [
            {
              action: `${action}/bo?pham-vi=${scope}`,
              label: `Bỏ giá trị riêng (${label.toLocaleLowerCase('vi')}: ${printSetting(entry.unit, override.value)})`,
              hidden: { unitId: unit.id, year, scope, revision: override.rev },
              reason: { hint: 'Sau khi bỏ, giá trị của cấp trên hoặc mặc định lại có hiệu lực.' },
            },
          ],
    ),
  }
}

/** A value as it stands in the journal: written there by the store, so it has the shape of the setting's values. */
const printed = (unit: SettingUnit, value: unknown): string =>
  value === null || value === undefined ? '–' : printSetting(unit, value as AnySettingValue)
