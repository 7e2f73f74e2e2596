import type { Day } from '../kernel/dates.ts'
import type { SchoolKind, UnitKind } from '../kernel/unit-kinds.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { covers } from './dated.ts'
import { settingEntry, type SettingKey, type SettingValue } from './settings-catalogue.ts'

/** A value that a unit set instead of the default, for all years or one, for all school kinds or one. */
export interface SettingOverride {
  readonly id: string
  readonly key: SettingKey
  readonly unitId: string
  readonly year?: WorkingYear
  readonly schoolKind?: SchoolKind
  readonly value: SettingValue<SettingKey>
  readonly rev: number
}

export type OverridePlace = Pick<SettingOverride, 'key' | 'unitId' | 'year' | 'schoolKind'>

/** One override per key, unit, year and school kind. */
export const overrideId = ({ key, unitId, year, schoolKind }: OverridePlace): string =>
  [key, unitId, year ?? 'all', schoolKind ?? 'all'].join(':')

/** For whom a setting is asked: the managing chain is nearest first, the unit itself at its head. */
export interface SettingPlace {
  readonly year: WorkingYear
  readonly unitChain: readonly { readonly id: string; readonly kind: UnitKind }[]
  readonly schoolKind?: SchoolKind
}

/** Who set the value that counts: the default of the law or of this system, or a unit. */
export interface EffectiveSetting<K extends SettingKey> {
  readonly value: SettingValue<K>
  /** The unit whose override counts; undefined for the default. */
  readonly setBy?: string
}

/** The catalogue's default on a day: dated where the law changed the number. */
export function defaultOf<K extends SettingKey>(key: K, day: Day): SettingValue<K> {
  const entry = settingEntry(key)
  const dated = entry.before?.find(span => covers(span, day))
  return dated ? dated.value : entry.value
}

const specificity = (override: SettingOverride): number =>
  (override.year === undefined ? 0 : 2) + (override.schoolKind === undefined ? 0 : 1)

/**
 * The value that counts at a place: the override of the nearest unit allowed to make one, in it the one for this year before the
 * one for all years, the one for this school kind before the one for all; else the default.
 */
export function effectiveSetting<K extends SettingKey>(
  key: K,
  place: SettingPlace,
  day: Day,
  overrides: readonly SettingOverride[],
): EffectiveSetting<K> {
  const entry = settingEntry(key)
  for (const unit of place.unitChain) {
    if (!entry.changedBy.includes(unit.kind)) continue
    const found = overrides
      .filter(
        override =>
          override.key === key &&
          override.unitId === unit.id &&
          (override.year === undefined || override.year === place.year) &&
          (override.schoolKind === undefined || override.schoolKind === place.schoolKind),
      )
      .toSorted((a, b) => specificity(b) - specificity(a))[0]
    // Overrides are read with their catalogue entry's own schema before they are stored, so the value has the key's type.
    if (found) return { value: found.value, setBy: unit.id }
  }
  return { value: defaultOf(key, day) }
}
