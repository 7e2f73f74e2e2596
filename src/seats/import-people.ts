import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { groupBy } from '../kernel/group-by.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { entryOf } from '../organisations/index.ts'
import { emailKey, usernameKey, type PeopleStore, type Person } from '../people/index.ts'
import {
  mustBeConfirmed,
  readRows,
  type ImportLine,
  type ImportPlan,
  type JudgedSheet,
  type UploadShelf,
} from '../sheet-files/index.ts'
import type { SeatNeeds } from './appoint.ts'
import { growingSeats, type OfficeSeat } from './office-seat.ts'
import { judgePeople, nameIn, PEOPLE_COLUMNS, seatOf, type PersonRow } from './people-sheet.ts'
import { STALE_SEATS } from './seat-store.ts'

export interface ImportPeopleNeeds extends SeatNeeds {
  readonly people: Pick<PeopleStore, 'takenUsernames' | 'inviteMany'>
  readonly shelf: UploadShelf
}

/** People written in one command. */
const PEOPLE_AT_ONCE = 1_000
const UNITS_AT_ONCE = 250

async function inChunks<T, R>(
  all: readonly T[],
  size: number,
  work: (some: readonly T[]) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  for (let at = 0; at < all.length; at += size) results.push(await work(all.slice(at, at + size)))
  return results
}

const byUsername = async (people: ImportPeopleNeeds['people'], usernames: readonly string[]) =>
  new Map<string, Person>(
    (await inChunks([...new Set(usernames)], PEOPLE_AT_ONCE, some => people.takenUsernames(some))).flatMap(found => [
      ...found,
    ]),
  )

/** What the kept file would do now, line by line. */
const judgeFile =
  ({ people, seats, units, shelf, now }: ImportPeopleNeeds) =>
  async (actor: Actor, token: string, see: (line: ImportLine<PersonRow>) => void): Promise<JudgedSheet> => {
    const table = await readRows(await shelf.bytesOf(token), PEOPLE_COLUMNS)
    const usernames = table.rows.map(({ values }) => usernameKey(values.username))
    const unitIds = [...new Set(table.rows.map(({ values }) => values.unitId))]
    const [tree, known, seated] = await Promise.all([
      units.tree(),
      byUsername(people, usernames),
      inChunks(unitIds, PEOPLE_AT_ONCE, some => seats.ofUnits(some)),
    ])
    const held = new Map(seated.flat().map(each => [each.unitId, each.seats]))
    return judgePeople(table, { actor, day: dayOf(now()), tree, people: known, seats: held }, see)
  }

/** What the kept file would do now, with all its lines. */
export const planOfPeople =
  (needs: ImportPeopleNeeds) =>
  async (actor: Actor, token: string): Promise<ImportPlan<PersonRow>> => {
    const lines: ImportLine<PersonRow>[] = []
    return { ...(await judgeFile(needs)(actor, token, line => lines.push(line))), lines }
  }

export interface Imported {
  readonly people: number
  readonly seats: number
}

/** What is left of a plan to be carried out: rows, and nothing that was shown of them. */
export interface RowsToEnter {
  readonly count: number
  readonly ofNewPeople: readonly PersonRow[]
  readonly byUnit: readonly (readonly [unitId: string, rows: readonly PersonRow[]])[]
}

/**
 * The rows of the file that change something. Refuses a file with faults; with a mark, also one that would no longer do
 * what was shown under it.
 */
export const rowsToEnter =
  (needs: ImportPeopleNeeds) =>
  async (actor: Actor, token: string, mark?: string): Promise<RowsToEnter> => {
    const lines: { readonly isNew: boolean; readonly values: PersonRow }[] = []
    const judged = await judgeFile(needs)(actor, token, ({ kind, row: { values } }) => {
      if (kind !== 'unchanged') lines.push({ isNew: kind === 'new', values })
    })
    mustBeConfirmed(judged, mark ?? judged.mark)
    const byUnit = [...groupBy(lines, ({ values }) => values.unitId)]
    return {
      count: lines.length,
      byUnit: byUnit.map(([unitId, some]) => [unitId, some.map(({ values }) => values)] as const),
      // People of one unit lie together, so that they share a journal entry.
      ofNewPeople: byUnit.flatMap(([, some]) => some.filter(({ isNew }) => isNew).map(({ values }) => values)),
    }
  }

/**
 * Enters the rows of a confirmed plan: people first (invited, without a password, so nothing is hashed), then the seats
 * of each unit in one write. Broken off and repeated with the rows that are left, it goes on where it was.
 */
export const importPeople =
  (needs: ImportPeopleNeeds) =>
  async (actor: Actor, rows: RowsToEnter): Promise<Imported> => {
    const people = await inChunks(rows.ofNewPeople, PEOPLE_AT_ONCE, some => enterPeople(needs, actor, some))
    const seats = await inChunks(rows.byUnit, UNITS_AT_ONCE, some => seatPeople(needs, actor, some))
    return { people: sum(people), seats: sum(seats) }
  }

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)

async function enterPeople(
  { people, now, newId }: ImportPeopleNeeds,
  actor: Actor,
  rows: readonly PersonRow[],
): Promise<number> {
  const wanted = rows.map(values => {
    const { email, phone, unitId } = values
    return {
      id: newId(),
      name: nameIn(values),
      unitId,
      username: usernameKey(values.username),
      ...(email !== undefined && { email: emailKey(email) }),
      ...(phone !== undefined && { phone }),
    }
  })
  return (await people.inviteMany(wanted, { actor, at: now(), event: 'importPeople' })).length
}

/** Writes the new seats of units, a write for each unit; a name that came to belong to somebody else meanwhile gets none. */
async function seatPeople(
  { people, seats, now, newId }: ImportPeopleNeeds,
  actor: Actor,
  byUnit: readonly (readonly [unitId: string, rows: readonly PersonRow[]])[],
): Promise<number> {
  const at = now()
  const usernames = byUnit.flatMap(([, rows]) => rows.map(({ username }) => usernameKey(username)))
  const [seated, known] = await Promise.all([
    seats.ofUnits(byUnit.map(([unitId]) => unitId)),
    byUsername(people, usernames),
  ])
  const held = new Map(seated.map(each => [each.unitId, each]))
  const changes = byUnit.flatMap(([unitId, rows]) => {
    const before = held.get(unitId) ?? { unitId, seats: [], handovers: [], rev: 0 }
    const beside = growingSeats(before.seats)
    const added: OfficeSeat[] = []
    for (const values of rows) {
      const person = known.get(usernameKey(values.username))
      if (!person || person.name !== nameIn(values)) continue
      const seat = { ...seatOf(values, dayOf(at)), id: newId(), personId: person.id }
      if (beside.faultOf(seat) !== undefined) continue
      beside.add(seat)
      added.push(seat)
    }
    if (added.length === 0) return []
    const entry = entryOf({ actor, at }, before.rev + 1, {
      unitId,
      subject: { kind: 'seats', id: unitId },
      event: 'importSeats',
      facts: { added: added.length, personIds: added.map(({ personId }) => personId) },
    })
    return [{ before, seats: [...before.seats, ...added], entry }]
  })
  const written = await seats.saveMany(changes)
  if (written.length < changes.length) throw new StaleWrite(STALE_SEATS)
  return sum(written.map(({ before, seats: after }) => after.length - before.seats.length))
}
