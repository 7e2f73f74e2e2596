import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { Forbidden, NotFound } from '../kernel/refusals.ts'
import { parseWorkingYear, type WorkingYear } from '../kernel/working-year.ts'
import { page, redirect, spreadsheet, type Request, type Route } from '../http/route.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { writeWorkbook } from '../sheet-files/index.ts'
import { unitTarget } from './change-profile.ts'
import { changeSetting, type SettingNeeds } from './change-setting.ts'
import { formFields, type FormFields } from './form-fields.ts'
import { reasonFrom, settingValueFrom } from './setting-input.ts'
import { isSettingKey, settingEntry, type SettingKey } from './settings-catalogue.ts'
import { overrideId, type OverridePlace } from './setting.ts'
import { settingPage, settingsPage, settingsSheet } from './settings-page.ts'
import { settingDay, settingsReader } from './settings.ts'
import { nameOn } from './unit.ts'
import { mayUnit, WHO_CHANGES_SETTING } from './unit-policy.ts'

const keyIn = (params: Readonly<Record<string, string>>): SettingKey => {
  const key = params['key'] ?? ''
  if (!isSettingKey(key)) throw new NotFound(`setting ${key}`)
  return key
}

/** Which override a posted form means, and the revision of it that the person saw. */
function placeFrom(key: SettingKey, fields: FormFields, fallback: WorkingYear) {
  const forAll = fields.text('scope') === 'all'
  const year = parseWorkingYear(fields.text('year')) ?? fallback
  const place: OverridePlace = { key, unitId: fields.text('unitId'), ...(forAll ? {} : { year }) }
  const seen = fields.text('revision') || fields.text(forAll ? 'revisionAll' : 'revisionYear')
  return { place, seenRev: /^\d+$/.test(seen) ? Number(seen) : 0 }
}

interface SettingHistory {
  readonly history: (subject: { readonly kind: string; readonly id: string }) => Promise<readonly JournalEntry[]>
}

/** Deadlines and numbers (process § 15): the list of a unit, and the form of one of them. */
export const settingsRoutes = (needs: SettingNeeds & SettingHistory): readonly Route[] => {
  const { units, now } = needs
  const reader = settingsReader({ units, store: needs.settings, now })
  const change = changeSetting(needs)

  const mayChange = async (actor: Actor, unitId: string): Promise<boolean> => {
    const chain = await units.chainOf(unitId, dayOf(now()))
    return chain[0] !== undefined && mayUnit.changeSetting(actor, unitTarget(chain[0], chain))
  }
  const back = (unitId: string): string => `/cai-dat?don-vi=${encodeURIComponent(unitId)}`

  const viewOf = async ({ actor, query, year, unitId: chosen }: Request) => {
    const unitId = query['don-vi'] ?? chosen ?? actor.seats[0]?.unitId ?? ''
    const day = settingDay(year, dayOf(now()))
    const [settings, tree] = await Promise.all([reader.allOf({ unitId, year }), units.tree()])
    const nameOfUnit = (id: string): string => {
      const unit = tree.get(id)
      return unit ? nameOn(unit, day) : id
    }
    return { settings, year, day, nameOfUnit }
  }

  return [
    {
      method: 'get',
      path: '/cai-dat',
      access: 'signedIn',
      handle: async request => {
        const view = await viewOf(request)
        const changeable = await mayChange(request.actor, view.settings.unit.id)
        return page('organisations/settings', 'Cài đặt', settingsPage({ ...view, mayChange: changeable }))
      },
    },
    {
      method: 'get',
      path: '/cai-dat/bang.xlsx',
      access: 'signedIn',
      handle: async request => {
        const view = await viewOf(request)
        return spreadsheet(await writeWorkbook([settingsSheet(view)]), `cai-dat-${view.settings.unit.id}.xlsx`)
      },
    },
    {
      method: 'get',
      path: '/cai-dat/:key',
      access: 'signedIn',
      handle: async ({ actor, params, query, year, unitId: chosen }) => {
        const key = keyIn(params)
        const unitId = query['don-vi'] ?? chosen ?? actor.seats[0]?.unitId ?? ''
        if (!(await mayChange(actor, unitId)))
          throw new Forbidden('Không được đổi cài đặt của đơn vị này.', WHO_CHANGES_SETTING)
        const places = [
          { key, unitId, year },
          { key, unitId },
        ]
        const [settings, ...past] = await Promise.all([
          reader.allOf({ unitId, year }),
          ...places.map(place => needs.history({ kind: 'setting', id: overrideId(place) })),
        ])
        const history = past.flat().toSorted((a, b) => b.at.getTime() - a.at.getTime())
        const view = { settings, year, day: settingDay(year, dayOf(now())), history }
        return page('organisations/setting', settingEntry(key).label, settingPage(key, view))
      },
    },
    {
      method: 'post',
      path: '/cai-dat/:key',
      access: 'signedIn',
      handle: async ({ actor, params, body, year, flash }) => {
        const key = keyIn(params)
        const fields = formFields(body)
        const value = settingValueFrom(settingEntry(key), fields)
        const at = placeFrom(key, fields, year)
        await change(actor, { ...at, value, reason: reasonFrom(fields) })
        flash('success', `Đã đổi “${settingEntry(key).label}”.`)
        return redirect(back(at.place.unitId))
      },
    },
    {
      method: 'post',
      path: '/cai-dat/:key/bo',
      access: 'signedIn',
      handle: async ({ actor, params, body, year, flash }) => {
        const fields = formFields(body)
        const at = placeFrom(keyIn(params), fields, year)
        await change(actor, { ...at, value: null, reason: reasonFrom(fields) })
        flash('success', 'Đã bỏ giá trị riêng của đơn vị.')
        return redirect(back(at.place.unitId))
      },
    },
  ]
}
