import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Clock } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, NotFound, StaleWrite } from '../kernel/refusals.ts'
import { unitTarget } from './change-profile.ts'
import { overlapping, unitSettingId, type OwnValue, type UnitSetting } from './setting.ts'
import { STALE_SETTING, type SettingStore } from './setting-store.ts'
import { settingEntry, type SettingKey } from './settings-catalogue.ts'
import { printScope, whoMayChange } from './setting-words.ts'
import { entryOf } from './step-entry.ts'
import { mayUnit, WHO_CHANGES_SETTING } from './unit-policy.ts'
import type { UnitStore } from './unit-store.ts'

export interface SettingNeeds {
  readonly units: UnitStore
  readonly settings: SettingStore
  readonly now: Clock
}

export interface SettingChange {
  readonly key: SettingKey
  readonly unitId: string
  /** Which value of the unit is changed; undefined adds one. */
  readonly valueId?: string
  /** `null` withdraws it: what is set above, or the default, counts again. */
  readonly value: Omit<OwnValue, 'id'> | null
  /** Revision of the unit's values that the person saw. */
  readonly seenRev: number
  readonly reason: string
}

/** A unit sets its own value where the catalogue lets its kind do so; the reason goes into the journal. */
export const changeSetting =
  ({ units, settings, now }: SettingNeeds) =>
  async (actor: Actor, change: SettingChange): Promise<void> => {
    const { key, unitId, valueId, value, seenRev, reason } = change
    const chain = await units.chainOf(unitId, dayOf(now()))
    const unit = chain[0]
    if (!unit) throw new NotFound(`unit ${unitId}`)
    const { changedBy, label, forAllKinds } = settingEntry(key)
    if (!changedBy.includes(unit.kind))
      throw new Forbidden(`“${label}” không do đơn vị này quy định.`, whoMayChange(changedBy))
    if (!mayUnit.changeSetting(actor, unitTarget(unit, chain)))
      throw new Forbidden(`Không được đổi “${label}” của đơn vị này.`, WHO_CHANGES_SETTING)
    if (unit.kind === 'school' && value?.schoolKind !== undefined)
      throw new InvalidInput({ schoolKind: 'Trường đặt giá trị cho chính mình, không chọn cấp học.' })
    if (forAllKinds && value?.schoolKind !== undefined)
      throw new InvalidInput({ schoolKind: 'Giá trị này áp dụng chung cho mọi cấp học.' })
    const before = await settings.ofKey(key, unitId)
    if (before.rev !== seenRev) throw new StaleWrite(STALE_SETTING)
    const old = before.values.find(({ id }) => id === valueId)
    if (!old && (value === null || valueId !== undefined)) throw new NotFound(`value ${valueId ?? ''} of ${key}`)
    const rev = before.rev + 1
    const entry = entryOf({ actor, at: now(), reason }, rev, {
      unitId,
      subject: { kind: 'setting', id: unitSettingId(before), part: key },
      event: value === null ? 'withdrawSetting' : 'changeSetting',
      facts: { from: old ?? null, to: value },
    })
    await settings.write(before, valuesAfter(before, old, value, String(rev)), entry)
  }

/** The unit's values with the change in them; refused at the field when two of them would hold for the same schools at once. */
function valuesAfter(
  { values }: UnitSetting,
  old: OwnValue | undefined,
  value: Omit<OwnValue, 'id'> | null,
  newId: string,
): readonly OwnValue[] {
  const others = values.filter(each => each !== old)
  if (value === null) return others
  const other = overlapping(others, value)
  if (other)
    throw new InvalidInput({
      from: `Trùng thời gian với giá trị đã đặt cho ${printScope(other)}. Xin kết thúc giá trị đó trước ngày này.`,
    })
  return [...others, { ...value, id: old?.id ?? newId }]
}
