import type { Day } from '../kernel/dates.ts'
import type { SchoolKind, UnitKind } from '../kernel/unit-kinds.ts'
import { covers } from './dated.ts'
import { settingEntry, type SettingKey, type SettingValue } from './settings-catalogue.ts'

/** Where a value of a unit holds: schools of one kind or of all, the days between two days (both included) or all days. */
export interface SettingScope {
  readonly schoolKind?: SchoolKind
  readonly from?: Day
  readonly to?: Day
}

/** A value that a unit set instead of the default. */
export interface OwnValue extends SettingScope {
  /** Unlike any other of the same unit and key; the revision that made it. */
  readonly id: string
  readonly value: SettingValue<SettingKey>
}

/** All values of one unit for one key; one document, so that no two of them can come to hold at once. */
export interface UnitSetting {
  readonly key: SettingKey
  readonly unitId: string
  readonly values: readonly OwnValue[]
  readonly rev: number
}

export const unitSettingId = ({ key, unitId }: Pick<UnitSetting, 'key' | 'unitId'>): string => `${key}:${unitId}`

/** For whom a setting is asked: the managing chain is nearest first, the unit itself at its head. */
export interface SettingPlace {
  readonly unitChain: readonly { readonly id: string; readonly kind: UnitKind }[]
  readonly schoolKind?: SchoolKind
}

/** Who set the value that counts: the default of the law or of this system, or a unit. */
export interface EffectiveSetting<K extends SettingKey> {
  readonly value: SettingValue<K>
  /** The unit whose value counts; undefined for the default. */
  readonly setBy?: string
  /** Where that unit's value holds; undefined for the default. */
  readonly scope?: SettingScope
}

/** The catalogue's default on a day: dated where the law changed the number. */
export function defaultOf<K extends SettingKey>(key: K, day: Day): SettingValue<K> {
  const entry = settingEntry(key)
  const dated = entry.before?.find(span => covers(span, day))
  return dated ? dated.value : entry.value
}

/** Before every day and after every day that is written with four digits of the year. */
const EVER = '0000'
const NEVER = '9999-99'

export const holdsOn = ({ from = EVER, to = NEVER }: SettingScope, day: Day): boolean => from <= day && day <= to

/** The value of the list that would hold on a day of `scope` for the same schools; `id` is left out of account. */
export const overlapping = (
  values: readonly OwnValue[],
  { schoolKind, from = EVER, to = NEVER }: SettingScope,
  id?: string,
): OwnValue | undefined =>
  values.find(
    other =>
      other.id !== id && other.schoolKind === schoolKind && (other.from ?? EVER) <= to && from <= (other.to ?? NEVER),
  )

/**
 * The value that counts at a place on a day: that of the nearest unit allowed to set the key, in it the one for this kind of
 * school before the one for all; else the default.
 */
export function effectiveSetting<K extends SettingKey>(
  key: K,
  place: SettingPlace,
  day: Day,
  set: readonly UnitSetting[],
): EffectiveSetting<K> {
  const entry = settingEntry(key)
  for (const unit of place.unitChain) {
    if (!entry.changedBy.includes(unit.kind)) continue
    const values = (set.find(each => each.key === key && each.unitId === unit.id)?.values ?? []).filter(value =>
      holdsOn(value, day),
    )
    const found =
      values.find(({ schoolKind }) => schoolKind !== undefined && schoolKind === place.schoolKind) ??
      values.find(({ schoolKind }) => schoolKind === undefined)
    if (!found) continue
    const { id: _id, value, ...scope } = found
    // Values are read with their catalogue entry's own schema before they are stored, so the value has the key's type.
    return { value, setBy: unit.id, scope }
  }
  return { value: defaultOf(key, day) }
}
