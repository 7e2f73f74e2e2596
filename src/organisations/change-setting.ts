import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Clock } from '../kernel/dates.ts'
import { Forbidden, NotFound } from '../kernel/refusals.ts'
import { unitTarget } from './change-profile.ts'
import type { OverridePlace, SettingOverride } from './setting.ts'
import type { SettingStore } from './setting-store.ts'
import { settingEntry } from './settings-catalogue.ts'
import { whoMayChange } from './setting-words.ts'
import { mayUnit, WHO_CHANGES_SETTING } from './unit-policy.ts'
import type { UnitStore } from './unit-store.ts'

export interface SettingNeeds {
  readonly units: UnitStore
  readonly settings: SettingStore
  readonly now: Clock
}

export interface SettingChange {
  readonly place: OverridePlace
  /** `null` gives the default its force back. */
  readonly value: SettingOverride['value'] | null
  readonly seenRev: number
  readonly reason: string
}

/** A unit sets its own value where the catalogue lets its kind do so; the reason goes into the journal. */
export const changeSetting =
  ({ units, settings, now }: SettingNeeds) =>
  async (actor: Actor, { place, value, seenRev, reason }: SettingChange): Promise<void> => {
    const chain = await units.chainOf(place.unitId, dayOf(now()))
    const unit = chain[0]
    if (!unit) throw new NotFound(`unit ${place.unitId}`)
    const { changedBy, label } = settingEntry(place.key)
    if (!changedBy.includes(unit.kind))
      throw new Forbidden(`“${label}” không do đơn vị này quy định.`, whoMayChange(changedBy))
    if (!mayUnit.changeSetting(actor, unitTarget(unit, chain)))
      throw new Forbidden(`Không được đổi “${label}” của đơn vị này.`, WHO_CHANGES_SETTING)
    await settings.set(place, value, seenRev, { actor, at: now(), reason })
  }
