import type { Day } from '../kernel/dates.ts'
import { printDay } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES, type SchoolKind } from '../kernel/unit-kinds.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { boldRow, row, type SheetTable } from '../sheet-files/index.ts'
import type { UnitSetting } from './setting.ts'
import { GROUP_NAMES, printSetting, printScope, sourceWords, STANDING_NAMES, whoMayChange } from './setting-words.ts'
import { SETTING_KEYS, settingEntry, type SettingKey } from './settings-catalogue.ts'
import type { SettingsOfUnit } from './settings.ts'
import { nameOn } from './unit.ts'

export interface SettingsView {
  readonly settings: SettingsOfUnit
  readonly year: WorkingYear
  /** The kind of school that is asked about; a school is asked about itself. */
  readonly schoolKind?: SchoolKind
  readonly mayChange: boolean
  readonly nameOfUnit: (id: string) => string
}

const GROUPS = ['assessment', 'review', 'external', 'reporting', 'data'] as const
const inGroup = (group: (typeof GROUPS)[number]): readonly SettingKey[] =>
  SETTING_KEYS.filter(key => settingEntry(key).group === group)

/** Kinds of school to choose from; the empty choice means all of them. */
export const KIND_OPTIONS = Object.entries(SCHOOL_KIND_NAMES).map(([value, label]) => ({ value, label }))

/** The values that the units of the chain set for a key and may set, nearest unit first. */
function ownValues(key: SettingKey, { chain, set }: Pick<SettingsOfUnit, 'chain' | 'set'>) {
  const { changedBy } = settingEntry(key)
  return chain
    .filter(({ kind }) => changedBy.includes(kind))
    .flatMap(({ id }) =>
      (set.find(each => each.key === key && each.unitId === id)?.values ?? []).map(value => ({ unitId: id, value })),
    )
}

/** The same list as a spreadsheet, and on a second sheet every value that was set, for whatever days and schools. */
export function settingsSheets({ settings, year, nameOfUnit }: Omit<SettingsView, 'mayChange'>): readonly SheetTable[] {
  const { unit, day } = settings
  const columns = (heads: readonly string[], widths: readonly number[]) =>
    heads.map((head, at) => ({ head, width: widths[at] ?? 24 }))
  const title = [`Thời hạn và con số áp dụng: ${nameOn(unit, day)}`, `Năm học ${year}, ngày ${printDay(day)}`]
  return [
    {
      name: 'Cài đặt',
      title,
      columns: columns(
        ['Nội dung', 'Giá trị', 'Nguồn của giá trị', 'Căn cứ', 'Mức chắc chắn', 'Ai được đổi'],
        [60, 24, 44, 50, 22, 36],
      ),
      rows: GROUPS.flatMap(group => [
        boldRow(GROUP_NAMES[group]),
        ...inGroup(group).map(key => {
          const entry = settingEntry(key)
          const found = settings.effective(key)
          return row(
            entry.label,
            printSetting(entry.unit, found.value),
            sourceWords(found, nameOfUnit),
            entry.basis,
            STANDING_NAMES[entry.standing].label,
            whoMayChange(entry.changedBy),
          )
        }),
      ]),
      landscape: true,
    },
    {
      name: 'Giá trị riêng',
      title: ['Giá trị riêng của đơn vị và cấp trên', title[0] ?? ''],
      columns: columns(
        ['Nội dung', 'Đơn vị đặt', 'Giá trị', 'Cấp học', 'Từ ngày', 'Đến ngày'],
        [60, 40, 24, 32, 14, 14],
      ),
      rows: SETTING_KEYS.flatMap(key =>
        ownValues(key, settings).map(({ unitId, value: { value, schoolKind, from, to } }) =>
          row(
            settingEntry(key).label,
            nameOfUnit(unitId),
            printSetting(settingEntry(key).unit, value),
            schoolKind === undefined ? 'mọi cấp học' : SCHOOL_KIND_NAMES[schoolKind],
            from === undefined ? '' : printDay(from),
            to === undefined ? '' : printDay(to),
          ),
        ),
      ),
      landscape: true,
    },
  ]
}

/** Every deadline and number as it counts for one unit, kind of school and day, with its basis and who may change it. */
export function settingsPage({ settings, year, schoolKind, mayChange, nameOfUnit }: SettingsView) {
  const { unit, day } = settings
  const asked = new URLSearchParams({
    'don-vi': unit.id,
    nam: year,
    ...(schoolKind !== undefined && { loai: schoolKind }),
    ngay: day,
  })
  return {
    subtitle: `${nameOn(unit, day)} – năm học ${year}`,
    actions: [{ label: 'Tải bảng tính', href: `/cai-dat/bang.xlsx?${asked.toString()}`, icon: 'download' }],
    filters: {
      unitId: unit.id,
      year,
      day,
      kind: schoolKind ?? '',
      ...(unit.kind !== 'school' && { kinds: KIND_OPTIONS }),
    },
    head: ['Nội dung', 'Giá trị', 'Căn cứ', 'Mức chắc chắn', 'Ai được đổi', ''],
    groups: GROUPS.map(group => ({
      title: GROUP_NAMES[group],
      rows: inGroup(group).map(key => {
        const entry = settingEntry(key)
        const found = settings.effective(key)
        const changeable = mayChange && entry.changedBy.includes(unit.kind)
        return [
          entry.label,
          {
            text: printSetting(entry.unit, found.value),
            note: [sourceWords(found, nameOfUnit), ...otherwise(key, settings, nameOfUnit)].join('; '),
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

/** Values of other days or kinds of school, said beside the one that counts. */
function otherwise(key: SettingKey, settings: SettingsOfUnit, nameOfUnit: (id: string) => string): readonly string[] {
  const { setBy, scope } = settings.effective(key)
  const counts = (unitId: string, { schoolKind, from, to }: UnitSetting['values'][number]): boolean =>
    unitId === setBy && schoolKind === scope?.schoolKind && from === scope?.from && to === scope?.to
  const isElsewhere = ({ schoolKind, from, to }: UnitSetting['values'][number]): boolean =>
    schoolKind !== undefined || isAhead(from, settings.day) || isOver(to, settings.day)
  return ownValues(key, settings)
    .filter(({ unitId, value }) => !counts(unitId, value) && isElsewhere(value))
    .map(
      ({ unitId, value }) =>
        `${printSetting(settingEntry(key).unit, value.value)} cho ${printScope(value)} (${nameOfUnit(unitId)})`,
    )
}

export const isAhead = (from: Day | undefined, day: Day): boolean => from !== undefined && day < from
export const isOver = (to: Day | undefined, day: Day): boolean => to !== undefined && to < day
