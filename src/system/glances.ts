import {
  sheetId,
  type Assessment,
  type AssessmentNeeds,
  type AssessmentStore,
  type SheetStore,
} from '../assessments/index.ts'
import { MANAGING_ROLES, type Actor } from '../kernel/actor.ts'
import { dayOf, type Clock, type Day } from '../kernel/dates.ts'
import { EVERY } from '../kernel/kept-reads.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { Database } from '../mongo/connect.ts'
import type { NoticeStore } from '../notices/index.ts'
import {
  ancestorsOn,
  settingsReader,
  type Settings,
  type SettingStore,
  type UnitStore,
} from '../organisations/index.ts'
import type { PeopleStore } from '../people/index.ts'
import { inForce, type SeatStore } from '../seats/index.ts'

/** What the glances read when nothing is kept. */
interface Readers {
  readonly people: Pick<PeopleStore, 'accountOf'>
  readonly units: UnitStore
  readonly overrides: SettingStore
  readonly assessments: Pick<AssessmentStore, 'find'>
  readonly sheets: Pick<SheetStore, 'find'>
  readonly withSeats: (person: Named) => Promise<Actor>
  readonly citedEvidence: AssessmentNeeds['evidence']
  readonly numbersBy: (settings: Settings) => AssessmentNeeds['numbers']
  readonly notices: Pick<NoticeStore, 'unreadOf'>
  readonly seats: Pick<SeatStore, 'ofUnit'>
  readonly now: Clock
}

interface Named {
  readonly id: string
  readonly name: string
}

/** Fields of an assessment from which its seats are read. */
const SEAT_FIELDS = ['schoolId', 'year', 'groups', 'councilVersions', 'peopleIds']

/** What changes all the time and is in no count of open work: texts, open pages, the journal's own rows. */
const QUIET = ['sheets', 'sheetPins', 'sheetVersions', 'presence', 'journal', 'sessions']
const BADGE_LIFE_MS = 5_000

/**
 * What every request and every page look at, kept for a moment and dropped by this process's own writes: who is asking,
 * and what is shown. Steps do not use these; they read the database (decision 7).
 */
export function glancesOver({ kept }: Database, readers: Readers) {
  const { people, units, assessments, sheets, citedEvidence, overrides, now } = readers
  // Keys of several parts are JSON made in this function, so taking them apart gives back what went in.

  const actor = kept.keep({
    load: key => readers.withSeats((JSON.parse(key) as { person: Named }).person),
    from: () => [
      { collection: 'seats' },
      { collection: 'delegations' },
      { collection: 'assessments', fields: SEAT_FIELDS },
    ],
  })
  const overridesOf = kept.keep({ load: unitId => overrides.of([unitId]), from: () => [{ collection: 'settings' }] })
  const settings = settingsReader({
    units: {
      chainOf: async (id, day) => {
        const whole = await units.tree()
        const unit = whole.get(id)
        return unit ? [unit, ...ancestorsOn(whole, id, day)] : units.chainOf(id, day)
      },
    },
    store: { ...overrides, of: async unitIds => (await Promise.all(unitIds.map(overridesOf))).flat() },
    now,
  })
  const numbers = kept.keep({
    load: key => readers.numbersBy(settings)(JSON.parse(key) as Pick<Assessment, 'schoolId' | 'year' | 'schoolKind'>),
    from: () => ['settings', 'units', 'years'].map(collection => ({ collection })),
  })
  const readersIn = kept.keep({
    load: async key => {
      const [unitId, day] = JSON.parse(key) as [string, Day]
      const held = inForce((await readers.seats.ofUnit(unitId)).seats, day)
      return [...new Set(held.filter(({ role }) => MANAGING_ROLES.includes(role)).map(({ personId }) => personId))]
    },
    from: key => [{ collection: 'seats', id: (JSON.parse(key) as [string, Day])[0] }],
  })
  const sheet = kept.keep({
    load: key => sheets.find(...(JSON.parse(key) as [assessmentId: string, code: string])),
    from: key => [{ collection: 'sheets', id: sheetId(...(JSON.parse(key) as [string, string])) }],
    most: 500,
  })

  return {
    account: kept.keep({ load: id => people.accountOf(id), from: id => [{ collection: 'people', id }] }),
    withSeats: ({ id, name }: Named): Promise<Actor> =>
      actor(JSON.stringify({ person: { id, name }, today: dayOf(now()) })),
    settings,
    /** Officers and leads of a managing unit today: who is told what arrives there. */
    readersIn: (unitId: string) => readersIn(JSON.stringify([unitId, dayOf(now())])),
    unread: kept.keep({
      load: id => readers.notices.unreadOf(id),
      from: () => [{ collection: 'notices' }],
      lifeMs: BADGE_LIFE_MS,
    }),
    assessment: kept.keep({
      load: id => assessments.find(id),
      from: id => [{ collection: 'assessments', id }],
      most: 300,
    }),
    sheet: (assessmentId: string, code: string) => sheet(JSON.stringify([assessmentId, code])),
    evidence: kept.keep({
      load: citedEvidence,
      from: () => [{ collection: 'evidence', fields: ['rev'] }, { collection: 'renumberings' }],
      most: 200,
    }),
    numbers: ({ schoolId, year, schoolKind }: Parameters<AssessmentNeeds['numbers']>[0]) =>
      numbers(JSON.stringify({ schoolId, year, schoolKind })),

    /** Keeps a number that every page of a person shows: any write but of texts drops it, another process's at the latest after five seconds. */
    countFor: (count: (actor: Actor, year: WorkingYear) => Promise<number>) => {
      const kepts = kept.keep({
        load: key => {
          const asked = JSON.parse(key) as { actor: Actor; year: WorkingYear }
          return count(asked.actor, asked.year)
        },
        from: () => [{ collection: EVERY, except: QUIET }],
        lifeMs: BADGE_LIFE_MS,
      })
      return (asking: Actor, year: WorkingYear): Promise<number> =>
        kepts(JSON.stringify({ actor: asking, year, today: dayOf(now()) }))
    },
  }
}
