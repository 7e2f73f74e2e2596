import { assessmentHref, assessmentLife, dueOn, SENT } from '../assessments/index.ts'
import { isConfirmed, RECONCILIATION_STATE_NAMES, reconciliationStanding } from '../figures/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { calendarStore, type NoticeRouteNeeds } from '../notices/index.ts'
import {
  dutyStore,
  periodDeadlines,
  periodStore,
  periodTasks,
  reconciliationTasks,
  type PeriodNeeds,
  type SchoolStanding,
} from '../periods/index.ts'
import { reservesFor, snapshotStore, type RowsFor } from '../rollups/index.ts'
import { unitInForce } from '../seats/index.ts'
import type { BaseSystem } from './system-base.ts'
import type { Task } from '../tasks/index.ts'

/** Where the screens of a school's figures lie. */
const figuresHref = (path: string, schoolId: string, year: WorkingYear): string =>
  `${path}?${new URLSearchParams({ truong: schoolId, nam: year }).toString()}`

/** Reporting periods and the personal calendar of their deadlines. */
export function periodsOf(base: BaseSystem, rowsFor: RowsFor, baseUrl: string) {
  const { now } = base

  const holdersOf: PeriodNeeds['holdersOf'] = async (unitId, roles) => {
    const staff = await base.staff.staffOf(unitId, dayOf(now()))
    return staff.filter(({ seats }) => seats.some(seat => roles.includes(seat.role))).map(({ personId }) => personId)
  }

  const standingOf = async (schoolId: string, year: WorkingYear): Promise<SchoolStanding> => {
    const [row] = await rowsFor({ unitId: schoolId, year, day: dayOf(now()) })
    const state = row?.reconciliation?.state
    return {
      ...(row?.assessment && {
        assessment: {
          state: assessmentLife.stateNames[row.assessment.state] ?? row.assessment.state,
          tone: row.assessment.sentOn === undefined ? 'blue' : 'green',
          href: assessmentHref(row.assessment.id),
          sent: SENT.includes(row.assessment.state),
          ...(row.assessment.level !== undefined && { level: row.assessment.level }),
        },
      }),
      reconciliation: {
        done: state !== undefined && isConfirmed(state),
        label: state === undefined ? 'Chưa lập' : RECONCILIATION_STATE_NAMES[state],
        href: figuresHref('/so-lieu/doi-sanh', schoolId, year),
      },
      figures: { entered: row?.figures !== undefined, href: figuresHref('/so-lieu', schoolId, year) },
    }
  }

  const periodNeeds: PeriodNeeds = {
    periods: periodStore(base.db, base.post),
    duties: dutyStore(base.db, base.post),
    snapshots: snapshotStore(base.db),
    tree: () => base.units.tree(),
    provinceId: base.provinceId,
    settings: async (year, kind) => {
      const { effective } = await base.settings.allOf({ year, unitId: await base.provinceId() })
      const isStart = kind === 'start'
      return {
        unitClosing: effective(isStart ? 'unitClosingStart' : 'unitClosingEnd').value,
        unitDue: effective(isStart ? 'unitDueStart' : 'unitDueEnd').value,
        closing: effective(isStart ? 'closingDateStart' : 'closingDateEnd').value,
        ministryDue: effective(isStart ? 'ministryDueStart' : 'ministryDueEnd').value,
        schoolDueDays: effective('schoolDueDays').value,
        provinceDueDays: effective('provinceDue').value,
      }
    },
    holidays: async year => new Set((await base.years.find(year))?.holidays ?? []),
    rowsFor: (unitId, year, day) => rowsFor({ unitId, year, day }),
    reservesFor: reservesFor({ tree: () => base.units.tree(), reserves: base.reserves }),
    standingOf,
    lint: () => Promise.resolve([]),
    report: () => Promise.resolve({ href: '/bao-cao-nam' }),
    holdersOf,
    inChargeOf: async unitId => {
      const officers = await holdersOf(unitId, ['middleOfficer'])
      if (officers.length > 0) return officers
      const [newest] = (await base.assessments.ofSchool(unitId)).toSorted((a, b) => b.year.localeCompare(a.year))
      return (newest?.council.members ?? []).filter(({ role }) => role === 'secretary').map(({ personId }) => personId)
    },
    notify: base.notify,
    history: subject => base.journal.of(subject),
    unitInForce,
    now,
  }

  const noticeNeeds: NoticeRouteNeeds = {
    notices: base.notices,
    calendars: calendarStore(base.db),
    deadlinesOf: async personId => {
      const actor = await base.actorOf(personId)
      return actor ? periodDeadlines(periodNeeds)(actor) : []
    },
    baseUrl,
    now,
  }

  const reconciliations = reconciliationTasks({
    ...periodNeeds,
    reconciliationOf: reconciliationStanding(base.figures),
  })

  /** What periods ask of a person, as “Việc của tôi” lists it. */
  const periodWork = async (actor: Actor): Promise<readonly Task[]> => {
    const today = dayOf(now())
    const tasks = [...(await periodTasks(periodNeeds)(actor)), ...(await reconciliations(actor))]
    return tasks.map(({ unitName, due, ...task }) => ({
      ...task,
      schoolName: unitName,
      due: dueOn(due, today),
    }))
  }

  return { periodNeeds, noticeNeeds, periodWork }
}
