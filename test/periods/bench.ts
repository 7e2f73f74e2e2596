import { journalStore, relay } from '../../src/journal/index.ts'
import { SYSTEM, type Actor, type Seat, type SeatRole } from '../../src/kernel/actor.ts'
import { workingYear, type WorkingYear } from '../../src/kernel/working-year.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { noticeStore, notifier } from '../../src/notices/index.ts'
import { treeOf, unitStore, type Unit } from '../../src/organisations/index.ts'
import {
  dutyStore,
  obligedUnits,
  periodStore,
  planPeriod,
  proposedPeriods,
  stepPeriod,
  type PeriodKind,
  type PeriodNeeds,
  type SignedReport,
  type SchoolStanding,
} from '../../src/periods/index.ts'
import { snapshotStore, type SchoolRow, type UnitReserve } from '../../src/rollups/index.ts'
import { unitInForce } from '../../src/seats/index.ts'
import { twoTierProvince } from '../organisations/a-tree.ts'
import { testDatabase } from '../support/database.ts'

export const YEAR = workingYear('2025-2026')

export const seat = (role: SeatRole, unitId: string): Seat => ({ role, unitId, from: '2020-01-01' })
export const actor = (personId: string, ...seats: readonly Seat[]): Actor => ({
  personId,
  name: `Người Mẫu ${personId}`,
  seats,
})

/** Everybody of the two-tier province; the id of each person names the seat. */
export const PEOPLE = {
  head: actor('head', seat('head', 'thcs')),
  principal: actor('principal', seat('head', 'thpt')),
  lead: actor('lead', seat('middleLead', 'xa')),
  officer: actor('officer', seat('middleOfficer', 'xa')),
  soOfficer: actor('soOfficer', seat('provinceOfficer', 'so')),
  soLead: actor('soLead', seat('provinceLead', 'so')),
} as const

export const READY: SchoolStanding = {
  reconciliation: { done: true, label: 'Hiệu trưởng đã xác nhận', href: '/so-lieu/doi-sanh' },
  figures: { entered: true, href: '/so-lieu' },
}

export const aRow = (schoolId: string, year: WorkingYear, own: Partial<SchoolRow> = {}): SchoolRow => ({
  schoolId,
  year,
  name: schoolId,
  kind: 'thcs',
  ownership: 'public',
  ancestors: [],
  titles: [],
  external: [],
  ...own,
})

/** Periods over a real database and the two-tier province (or other units), on a clock that the test sets. */
export async function periodBench(more: readonly Unit[] = []) {
  const db = await testDatabase()
  const journal = journalStore(db)
  const post = relay(db, journal, error => {
    throw error
  })
  const clock = { at: new Date('2026-03-02T01:00:00Z') }
  const now = (): Date => clock.at
  const units = unitStore(db, post)
  const notices = noticeStore(db)
  const standings = new Map<string, SchoolStanding>()
  const rows = new Map<string, Partial<SchoolRow>>()
  const reserves = new Map<string, UnitReserve>()
  const holidays = new Set<string>()
  const report: { signed?: NonNullable<SignedReport['signed']> } = {}
  const needs: PeriodNeeds = {
    periods: periodStore(db, post),
    duties: dutyStore(db, post),
    snapshots: snapshotStore(db),
    tree: () => units.tree(),
    provinceId: async () => 'so',
    settings: async (_year, kind) =>
      kind === 'start'
        ? {
            unitClosing: '09-15',
            unitDue: '10-15',
            closing: '09-30',
            ministryDue: '10-30',
            schoolDueDays: 10,
            provinceDueDays: 5,
          }
        : {
            unitClosing: '05-25',
            unitDue: '06-25',
            closing: '05-31',
            ministryDue: '06-30',
            schoolDueDays: 10,
            provinceDueDays: 5,
          },
    holidays: async () => holidays,
    rowsFor: async (unitId, year, day) =>
      obligedUnits(await units.tree(), unitId, day)
        .filter(unit => unit.unitKind === 'school')
        .map(({ unitId: id, ancestors, name }) => aRow(id, year, { ancestors, name, ...rows.get(id) })),
    reservesFor: async () => [...reserves.values()],
    standingOf: async schoolId => standings.get(schoolId) ?? READY,
    lint: async () => [],
    report: async () => ({ href: '/bao-cao-nam/so', ...(report.signed && { signed: report.signed }) }),
    holdersOf: async (unitId, roles) =>
      Object.values(PEOPLE)
        .filter(person => person.seats.some(each => each.unitId === unitId && roles.includes(each.role)))
        .map(person => person.personId),
    inChargeOf: async unitId => (unitId === 'thcs' ? ['secretary'] : []),
    notify: notifier({ notices, now }),
    history: async subject => {
      await post.settled()
      return journal.of(subject)
    },
    unitInForce,
    now,
  }
  await ensureIndexes(db)
  const province = treeOf([...twoTierProvince().values(), ...more])
  for (const { rev: _rev, ...unit } of province.values()) await units.add(unit, { actor: SYSTEM, at: now() })

  const plan = async (kind: PeriodKind = 'end', own: Readonly<Record<string, unknown>> = {}) => {
    const proposed = (await proposedPeriods(needs)(YEAR)).find(each => each.kind === kind)
    if (!proposed) throw new Error('already planned')
    const { kind: _kind, ...fields } = proposed
    return planPeriod(needs)(PEOPLE.soOfficer, YEAR, kind, { ...fields, ...own })
  }
  return {
    db,
    journal,
    post,
    units,
    notices,
    needs,
    clock,
    standings,
    rows,
    reserves,
    holidays,
    report,
    plan,
    /** A planned and opened period. */
    opened: async (kind: PeriodKind = 'end') => {
      const period = await plan(kind)
      return stepPeriod(needs)(PEOPLE.soLead, period.id, { type: 'open' })
    },
    /** Subjects of a person's inbox, oldest first. */
    inbox: async (personId: string): Promise<readonly string[]> =>
      (await notices.ofPerson(personId, 0, 100)).map(notice => notice.subject).toReversed(),
  }
}
