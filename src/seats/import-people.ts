import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { groupBy } from '../kernel/group-by.ts'
import { entryOf } from '../organisations/index.ts'
import { emailKey, usernameKey, type PeopleStore, type Person } from '../people/index.ts'
import { linesToApply, mustBeConfirmed, readRows, type ImportLine, type UploadShelf } from '../sheet-files/index.ts'
import type { SeatNeeds } from './appoint.ts'
import { faultOf, type OfficeSeat } from './office-seat.ts'
import { nameIn, PEOPLE_COLUMNS, planPeople, seatOf, type PersonRow } from './people-sheet.ts'

export interface ImportPeopleNeeds extends SeatNeeds {
  readonly people: Pick<PeopleStore, 'takenUsernames' | 'inviteMany'>
  readonly shelf: UploadShelf
}

/** People written in one command. */
const AT_ONCE = 1_000

async function inChunks<T, R>(all: readonly T[], work: (some: readonly T[]) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = []
  for (let at = 0; at < all.length; at += AT_ONCE) results.push(await work(all.slice(at, at + AT_ONCE)))
  return results
}

const byUsername = async (people: ImportPeopleNeeds['people'], usernames: readonly string[]) =>
  new Map<string, Person>(
    (await inChunks([...new Set(usernames)], some => people.takenUsernames(some))).flatMap(found => [...found]),
  )

/** What the kept file would do now. */
export const planOfPeople =
  ({ people, seats, units, shelf, now }: ImportPeopleNeeds) =>
  async (actor: Actor, token: string) => {
    const table = await readRows(await shelf.bytesOf(token), PEOPLE_COLUMNS)
    const usernames = table.rows.map(({ values }) => usernameKey(values.username))
    const unitIds = [...new Set(table.rows.map(({ values }) => values.unitId))]
    const [tree, known, seated] = await Promise.all([
      units.tree(),
      byUsername(people, usernames),
      inChunks(unitIds, some => seats.ofUnits(some)),
    ])
    const held = new Map(seated.flat().map(each => [each.unitId, each.seats]))
    return planPeople(table, { actor, day: dayOf(now()), tree, people: known, seats: held })
  }

export interface Imported {
  readonly people: number
  readonly seats: number
}

/**
 * Carries out the plan that was shown: people first (invited, without a password, so nothing is hashed), then the seats
 * of each unit in one write. Broken off and repeated, it goes on where it was.
 */
export const importPeople =
  (needs: ImportPeopleNeeds) =>
  async (actor: Actor, token: string, mark: string): Promise<Imported> => {
    const plan = await planOfPeople(needs)(actor, token)
    mustBeConfirmed(plan, mark)
    const lines = linesToApply(plan)
    const entered = await enterPeople(needs, actor, lines)
    const known = await byUsername(
      needs.people,
      lines.map(({ row }) => usernameKey(row.values.username)),
    )
    let seats = 0
    for (const [unitId, ofUnit] of groupBy(lines, line => line.row.values.unitId))
      seats += await seatPeople(needs, actor, unitId, ofUnit, known)
    return { people: entered, seats }
  }

async function enterPeople(
  { people, now, newId }: ImportPeopleNeeds,
  actor: Actor,
  lines: readonly ImportLine<PersonRow>[],
): Promise<number> {
  const wanted = new Map(
    lines
      .filter(({ kind }) => kind === 'new')
      .map(({ row: { values } }) => {
        const { email, phone, unitId } = values
        const username = usernameKey(values.username)
        const reached = {
          ...(email !== undefined && { email: emailKey(email) }),
          ...(phone !== undefined && { phone }),
        }
        return [username, { id: newId(), name: nameIn(values), unitId, username, ...reached }] as const
      }),
  )
  const by = { actor, at: now(), event: 'importPeople' }
  // People of one unit lie together, so that they share a journal entry.
  const inOrder = [...wanted.values()].toSorted((a, b) => (a.unitId < b.unitId ? -1 : a.unitId > b.unitId ? 1 : 0))
  const entered = await inChunks(inOrder, some => people.inviteMany(some, by))
  return entered.flat().length
}

/** Writes the unit's new seats; a name that came to belong to somebody else meanwhile gets none. */
async function seatPeople(
  { seats, now, newId }: ImportPeopleNeeds,
  actor: Actor,
  unitId: string,
  lines: readonly ImportLine<PersonRow>[],
  known: ReadonlyMap<string, Person>,
): Promise<number> {
  const before = await seats.ofUnit(unitId)
  const after: OfficeSeat[] = [...before.seats]
  for (const { row } of lines) {
    const person = known.get(usernameKey(row.values.username))
    if (!person || person.name !== nameIn(row.values)) continue
    const seat = { ...seatOf(row.values, dayOf(now())), id: newId(), personId: person.id }
    if (faultOf(after, seat) === undefined) after.push(seat)
  }
  const added = after.length - before.seats.length
  if (added === 0) return 0
  const entry = entryOf({ actor, at: now() }, before.rev + 1, {
    unitId,
    subject: { kind: 'seats', id: unitId },
    event: 'importSeats',
    facts: { added, personIds: after.slice(before.seats.length).map(({ personId }) => personId) },
  })
  await seats.save(before, after, entry)
  return added
}
