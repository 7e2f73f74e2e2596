import type { Actor } from '../kernel/actor.ts'
import { dayOf, parseDay, type Day } from '../kernel/dates.ts'
import { Forbidden, NotFound } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { page, redirect, spreadsheet, type Request, type Route } from '../http/route.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { writeWorkbook } from '../sheet-files/index.ts'
import { unitTarget } from './change-profile.ts'
import { changeSetting, type SettingNeeds } from './change-setting.ts'
import { formFields, revisionFrom, type FormFields } from './form-fields.ts'
import { isSchoolKind, reasonFrom, settingFrom } from './setting-input.ts'
import { isSettingKey, settingEntry, type SettingKey } from './settings-catalogue.ts'
import { unitSettingId } from './setting.ts'
import { settingPage } from './setting-page.ts'
import { settingsPage, settingsSheets } from './settings-page.ts'
import { settingsReader } from './settings.ts'
import { nameOn } from './unit.ts'
import { mayUnit, WHO_CHANGES_SETTING } from './unit-policy.ts'

const keyIn = (params: Readonly<Record<string, string>>): SettingKey => {
  const key = params['key'] ?? ''
  if (!isSettingKey(key)) throw new NotFound(`setting ${key}`)
  return key
}

/** Which value of which unit a posted form means, and the revision of them that the person saw. */
const targetIn = (key: SettingKey, fields: FormFields) => ({
  key,
  unitId: fields.text('unitId'),
  ...(fields.text('valueId') !== '' && { valueId: fields.text('valueId') }),
  seenRev: revisionFrom(fields),
})

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
  const back = (unitId: string, year: WorkingYear): string =>
    `/cai-dat?don-vi=${encodeURIComponent(unitId)}&nam=${year}`

  const namesOn = async (day: Day): Promise<(id: string) => string> => {
    const tree = await units.tree()
    return id => {
      const unit = tree.get(id)
      return unit ? nameOn(unit, day) : id
    }
  }

  const viewOf = async ({ actor, query, year, unitId: chosen }: Request) => {
    const unitId = query['don-vi'] ?? chosen ?? actor.seats[0]?.unitId ?? ''
    const day = parseDay(query['ngay'] ?? '')
    const kind = query['loai'] ?? ''
    const schoolKind = isSchoolKind(kind) ? { schoolKind: kind } : {}
    const settings = await reader.allOf({ unitId, year, ...schoolKind, ...(day !== undefined && { day }) })
    return { settings, year, ...schoolKind, nameOfUnit: await namesOn(settings.day) }
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
        return spreadsheet(await writeWorkbook(settingsSheets(view)), `cai-dat-${view.settings.unit.id}.xlsx`)
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
        const settings = await reader.allOf({ unitId, year })
        const [past, nameOfUnit] = await Promise.all([
          needs.history({ kind: 'setting', id: unitSettingId({ key, unitId }) }),
          namesOn(settings.day),
        ])
        const history = past.toSorted((a, b) => b.at.getTime() - a.at.getTime())
        const view = { settings, year, valueId: query['gia-tri'] ?? '', history, nameOfUnit }
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
        const target = targetIn(key, fields)
        const { value, scope, reason } = settingFrom(settingEntry(key), fields)
        await change(actor, { ...target, value: { value, ...scope }, reason })
        flash('success', `Đã đổi “${settingEntry(key).label}”.`)
        return redirect(back(target.unitId, year))
      },
    },
    {
      method: 'post',
      path: '/cai-dat/:key/bo',
      access: 'signedIn',
      handle: async ({ actor, params, body, year, flash }) => {
        const fields = formFields(body)
        const target = targetIn(keyIn(params), fields)
        await change(actor, { ...target, value: null, reason: reasonFrom(fields) })
        flash('success', 'Đã bỏ giá trị riêng của đơn vị.')
        return redirect(back(target.unitId, year))
      },
    },
  ]
}
