import { dayOf, type Clock, type Day } from '../kernel/dates.ts'
import type { SchoolKind } from '../kernel/unit-kinds.ts'
import { workingYearOf, type WorkingYear } from '../kernel/working-year.ts'
import { effectiveSetting, type EffectiveSetting, type SettingOverride } from './setting.ts'
import type { SettingKey, SettingValue } from './settings-catalogue.ts'
import type { SettingStore } from './setting-store.ts'
import type { Unit } from './unit.ts'
import type { UnitStore } from './unit-store.ts'
import { firstDayOf, lastDayOf } from './year.ts'

/** Whose value is asked for; `schoolKind` defaults to the unit's own kind where it is a school. */
export interface SettingQuestion {
  readonly year: WorkingYear
  readonly unitId: string
  readonly schoolKind?: SchoolKind
}

/** Every key answered for one unit and year from one reading. */
export interface SettingsOfUnit {
  readonly unit: Unit
  readonly overrides: readonly SettingOverride[]
  readonly effective: <K extends SettingKey>(key: K) => EffectiveSetting<K>
}

export interface Settings {
  /** The value that counts there; two or three reads by id. */
  readonly valueOf: <K extends SettingKey>(key: K, question: SettingQuestion) => Promise<SettingValue<K>>
  readonly allOf: (question: SettingQuestion) => Promise<SettingsOfUnit>
}

/** The day whose tree and rules count for a year: today inside the year, its last day when it is over, its first before it. */
export function settingDay(year: WorkingYear, today: Day): Day {
  if (workingYearOf(today) === year) return today
  return today < firstDayOf(year) ? firstDayOf(year) : lastDayOf(year)
}

export function settingsReader(needs: { units: UnitStore; store: SettingStore; now: Clock }): Settings {
  const allOf = async ({ year, unitId, schoolKind }: SettingQuestion): Promise<SettingsOfUnit> => {
    const day = settingDay(year, dayOf(needs.now()))
    const unit = await needs.units.get(unitId)
    const chain = await needs.units.chainOf(unitId, day)
    const overrides = await needs.store.of(chain.map(link => link.id))
    const kind = schoolKind ?? unit.school?.schoolKind
    const place = { year, unitChain: chain, ...(kind === undefined ? {} : { schoolKind: kind }) }
    return { unit, overrides, effective: key => effectiveSetting(key, place, day, overrides) }
  }
  return {
    allOf,
    valueOf: async (key, question) => (await allOf(question)).effective(key).value,
  }
}
