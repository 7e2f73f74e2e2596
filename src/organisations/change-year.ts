import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Clock, type Day } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, NotFound, StaleWrite, StepRefused } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { unitTarget } from './change-profile.ts'
import { firstDayOf, lastDayOf, type Year } from './year.ts'
import type { YearStore } from './year-store.ts'
import { mayUnit, WHO_CHANGES_YEAR } from './unit-policy.ts'
import type { UnitStore } from './unit-store.ts'

export interface YearNeeds {
  readonly units: UnitStore
  readonly years: YearStore
  readonly now: Clock
}

export interface YearDays {
  readonly closingDay: Day
  readonly holidays: readonly Day[]
}

/** The Sở at which this person may open and close years; refuses everybody else. */
async function provinceOf({ units, now }: YearNeeds, actor: Actor): Promise<string> {
  for (const id of new Set(actor.seats.map(seat => seat.unitId))) {
    const chain = await units.chainOf(id, dayOf(now()))
    if (chain[0] && mayUnit.changeYear(actor, unitTarget(chain[0], chain))) return id
  }
  throw new Forbidden('Không được mở, đóng hoặc sửa năm học.', WHO_CHANGES_YEAR)
}

/** Both the closing day and every holiday lie inside the year. */
function checkDays(year: WorkingYear, { closingDay, holidays }: YearDays): void {
  const inside = (day: Day): boolean => firstDayOf(year) <= day && day <= lastDayOf(year)
  const message = `Ngày phải nằm trong năm học ${year} (01/8 đến 31/7).`
  const fields = {
    ...(inside(closingDay) ? {} : { closingDay: message }),
    ...(holidays.every(inside) ? {} : { holidays: message }),
  }
  if (Object.keys(fields).length > 0) throw new InvalidInput(fields)
}

/** The Sở opens a working year for the whole province. */
export const openYear =
  (needs: YearNeeds) =>
  async (actor: Actor, year: WorkingYear, days: YearDays): Promise<Year> => {
    const provinceId = await provinceOf(needs, actor)
    checkDays(year, days)
    return needs.years.open({ id: year, ...days }, provinceId, { actor, at: needs.now() })
  }

/** Changes closing day and holidays, closes a year, or opens it again with a reason. */
export const changeYear =
  (needs: YearNeeds) =>
  async (
    actor: Actor,
    id: WorkingYear,
    change: YearDays | { readonly state: Year['state'] },
    { seenRev, reason }: { readonly seenRev: number; readonly reason?: string },
  ): Promise<Year> => {
    const provinceId = await provinceOf(needs, actor)
    const year = await needs.years.find(id)
    if (!year) throw new NotFound(`year ${id}`)
    if ('state' in change) {
      if (year.state === change.state) throw new StepRefused(`Năm học ${id} đã ở trạng thái này.`)
      if (!reason) throw new InvalidInput({ reason: 'Xin ghi lý do.' })
    } else {
      checkDays(id, change)
    }
    if (year.rev !== seenRev) throw new StaleWrite(`Năm học ${id} vừa được người khác sửa.`)
    const by = { actor, at: needs.now(), ...(reason ? { reason } : {}) }
    return needs.years.change(year, change, provinceId, by)
  }

/** Whether this person may change working years at all: decides which forms are shown. */
export const mayChangeYears =
  (needs: YearNeeds) =>
  (actor: Actor): Promise<boolean> =>
    provinceOf(needs, actor).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Forbidden) return false
        throw error
      },
    )
