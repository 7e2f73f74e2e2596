import { dayOf, type Clock, type Day } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import type { SchoolKind } from '../kernel/unit-kinds.ts'
import { workingYearOf, type WorkingYear } from '../kernel/working-year.ts'
import { effectiveSetting, type EffectiveSetting, type UnitSetting } from './setting.ts'
import type { SettingKey, SettingValue } from './settings-catalogue.ts'
import type { SettingStore } from './setting-store.ts'
import { isSchool, schoolOn, type Unit } from './unit.ts'
import type { UnitStore } from './unit-store.ts'
import { firstDayOf, lastDayOf } from './year.ts'

/**
 * Whose value is asked for; `schoolKind` defaults to the unit's own kind where it is a school, `day` to the day that
 * counts for the year.
 */
export interface SettingQuestion {
  readonly year: WorkingYear
  readonly unitId: string
  readonly schoolKind?: SchoolKind
  readonly day?: Day
}

/** Every key answered for one unit and year from one reading. */
export interface SettingsOfUnit {
  readonly unit: Unit
  /** The unit and those above it on the day, nearest first. */
  readonly chain: readonly Unit[]
  readonly day: Day
  /** What these units set, for all days and kinds of school. */
  readonly set: readonly UnitSetting[]
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

export function settingsReader(needs: {
  units: Pick<UnitStore, 'chainOf'>
  store: Pick<SettingStore, 'of'>
  now: Clock
}): Settings {
  const allOf = async (question: SettingQuestion): Promise<SettingsOfUnit> => {
    const { year, unitId } = question
    const day = question.day ?? settingDay(year, dayOf(needs.now()))
    const chain = await needs.units.chainOf(unitId, day)
    const [unit] = chain
    if (!unit) throw new NotFound(`unit ${unitId}`)
    const set = await needs.store.of(chain.map(link => link.id))
    const kind = question.schoolKind ?? (isSchool(unit) ? schoolOn(unit, day).schoolKind : undefined)
    const place = { unitChain: chain, ...(kind === undefined ? {} : { schoolKind: kind }) }
    return { unit, chain, day, set, effective: key => effectiveSetting(key, place, day, set) }
  }
  return {
    allOf,
    valueOf: async (key, question) => (await allOf(question)).effective(key).value,
  }
}
