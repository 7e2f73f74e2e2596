import { createHmac } from 'node:crypto'
import { promisify } from 'node:util'
import type { SessionData } from 'express-session'
import { descriptionPart, sheetId, TEXT_PARTS, type Assessment } from '../../src/assessments/index.ts'
import { dayOf } from '../../src/kernel/dates.ts'
import type { WorkingYear } from '../../src/kernel/working-year.ts'
import { mongoSessions } from '../../src/http/session.ts'
import { nameOn } from '../../src/organisations/index.ts'
import type { System } from '../../src/system/system.ts'
import { ROOT } from './synthetic-province.ts'

/** Whoever acts in the deadline hour, with what their browser sends along. */
export interface AtWork {
  readonly personId: string
  readonly headers: Readonly<Record<string, string>>
}

/** A head who is about to send the report of a school. */
export interface Sender extends AtWork {
  readonly assessmentId: string
  readonly toUnitId: string
}

/** A member of a group with the parts of sheets that the group writes. */
export interface Writer extends AtWork {
  readonly assessmentId: string
  readonly fields: readonly { readonly code: string; readonly part: string }[]
}

export interface DeadlineHour {
  readonly senders: readonly Sender[]
  readonly writers: readonly Writer[]
  readonly officers: readonly AtWork[]
}

export const SESSION_SECRET = 'a secret for benches only, 32 letters'
const SINCE = '2020-01-01'
const GROUPS = 5
const OFFICERS_OF_THE_PROVINCE = 5
const CSRF = 'deadline'
const DONE = ['published', 'submitted', 'returned', 'accepted']
/** Items of evidence of a school that is still at work, and of one that is done. */
const ITEMS = { working: 150, done: 60 } as const
const SENTENCE =
  'Trong năm học, nhà trường đã rà soát, bổ sung kế hoạch và công khai để cha mẹ học sinh cùng giám sát. '

/**
 * Makes a made-up province ready for its deadline: so many schools have published and not sent, people of others write,
 * officers watch. Sheets and evidence are written past the stores, and every person has a session as the session store
 * writes it: what signing in costs is not asked here.
 */
export async function prepareDeadline(
  system: System,
  year: WorkingYear,
  wanted: { readonly senders: number; readonly writers: number; readonly officers: number },
): Promise<DeadlineHour> {
  const rows = (name: string) => system.db.connection.collection<{ _id: string }>(name)
  const idsIn = async (states: readonly string[], limit: number): Promise<readonly string[]> => {
    const found = await rows('assessments')
      .find({ year, state: { $in: [...states] } }, { projection: { _id: 1 }, limit })
      .toArray()
    if (found.length < limit) throw new Error(`only ${found.length} of ${limit} schools are ${states.join(', ')}`)
    return found.map(({ _id }) => _id)
  }
  const sending = await idsIn(DONE, wanted.senders)
  const writing = await idsIn(['working'], Math.ceil(wanted.writers / GROUPS))
  await rows('assessments').updateMany(
    { _id: { $in: [...sending] } },
    { $set: { state: 'published', submissions: [] } },
  )
  const people = new People(system)
  const senders: Sender[] = []
  const writers: Writer[] = []
  for (const id of [...sending, ...writing]) {
    const assessment = await system.assessments.get(id)
    const isWriting = assessment.state === 'working'
    const parts = await writeContent(system, assessment, isWriting ? ITEMS.working : ITEMS.done)
    const [manager] = assessment.ancestors
    if (!isWriting) {
      const head = assessment.peopleIds[0] ?? ''
      people.add(head, assessment.schoolId, 'head')
      senders.push({ personId: head, headers: await people.signedIn(head), assessmentId: id, toUnitId: manager ?? '' })
      continue
    }
    for (const group of assessment.groups) {
      if (writers.length === wanted.writers) break
      const personId = group.lead?.personId ?? ''
      people.add(personId, assessment.schoolId)
      const fields = Object.values(assessment.criteria)
        .filter(({ groupId }) => groupId === group.id)
        .flatMap(({ code }) => (parts.get(code) ?? []).map(part => ({ code, part })))
      writers.push({ personId, headers: await people.signedIn(personId), assessmentId: id, fields })
    }
  }
  const units = [...(await system.units.tree()).values()].filter(({ kind }) => kind === 'commune')
  const officers: AtWork[] = []
  for (let no = 0; no < wanted.officers; no++) {
    const isProvince = no < OFFICERS_OF_THE_PROVINCE
    const unitId = isProvince ? ROOT : (units[no % units.length]?.id ?? ROOT)
    const personId = `can-bo-${no}`
    people.add(personId, unitId, isProvince ? 'provinceOfficer' : 'middleOfficer')
    officers.push({ personId, headers: await people.signedIn(personId) })
  }
  await people.write()
  return { senders, writers, officers }
}

/** Every sheet of an assessment with its texts, and its evidence; gives the parts by criterion. */
async function writeContent(
  system: System,
  assessment: Assessment,
  items: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const codes = Object.values(assessment.criteria).map(({ code }) => code)
  const parts = new Map(
    codes.map(code => {
      const levels = Object.entries(assessment.criteria[code.replaceAll('.', '_')]?.answers ?? {})
      const asked = levels.flatMap(([level, answers]) => Object.keys(answers).map(each => descriptionPart(level, each)))
      return [code, [...asked, ...TEXT_PARTS]] as const
    }),
  )
  const at = new Date('2026-03-01T02:00:00Z')
  const insert = (name: string, made: readonly object[]) =>
    system.db.connection.collection(name).insertMany([...made], { ordered: false })
  await insert(
    'sheets',
    [...parts].map(([code, keys]) => ({
      _id: sheetId(assessment.id, code),
      assessmentId: assessment.id,
      code,
      parts: Object.fromEntries(
        keys.map(key => [
          key.replaceAll('.', '_'),
          { key, text: SENTENCE.repeat(6), rev: 1, by: 'nguoi-mau', name: 'Người Viết Mẫu', at, since: at },
        ]),
      ),
      actions: [],
      analysis: [],
      rev: 0,
    })),
  )
  await insert(
    'evidence',
    Array.from({ length: items }, (_, no) => {
      const criterion = codes[no % codes.length] ?? '1.1'
      const [a = 1, b = 1] = criterion.split('.').map(Number)
      return {
        _id: `${assessment.id}-mc-${no}`,
        assessmentId: assessment.id,
        schoolId: assessment.schoolId,
        year: assessment.year,
        no: no + 1,
        state: 'coded',
        machine: 'evidence@1',
        rev: 3,
        criterion,
        name: `Kế hoạch hoạt động số ${no} của nhà trường`,
        kind: 'document',
        entries: [{ id: `${no}`, schoolYear: assessment.year, number: `${no}/KH`, issuer: 'Nhà trường', files: [] }],
        code: { box: a, a, b, c: Math.floor(no / codes.length) + 1 },
        formerCodes: [],
        outbox: [],
      }
    }),
  )
  return parts
}

type Role = 'head' | 'middleOfficer' | 'provinceOfficer'

/** People, their posts and their sessions, collected and written together. */
class People {
  readonly #people: object[] = []
  readonly #seats = new Map<string, object[]>()
  readonly #system: System
  readonly #store: ReturnType<typeof mongoSessions>

  constructor(system: System) {
    this.#system = system
    this.#store = mongoSessions(system.db.client, system.db.name)
  }

  add(personId: string, unitId: string, role?: Role): void {
    const name = `Người Mẫu ${this.#people.length}`
    const credential = { hash: 'none: nobody signs in here', mustChange: false, epoch: 1 }
    const row = { name, unitId, username: personId, active: true, rev: 1, sortKey: name, words: [], credential }
    this.#people.push({ _id: personId, ...row, outbox: [] })
    if (role === undefined) return
    const post = role === 'head' ? 'Hiệu trưởng' : 'Chuyên viên'
    const postKind = role === 'head' ? 'principal' : 'officer'
    const seat = { id: `${personId}-ghe`, personId, unitId, role, post, postKind, represents: [], from: SINCE }
    this.#seats.set(unitId, [...(this.#seats.get(unitId) ?? []), seat])
  }

  /** What the browser of a person with an open session sends along. */
  async signedIn(personId: string): Promise<AtWork['headers']> {
    const ticket = { personId, epoch: 1, began: new Date(), agent: 'bench', ip: '127.0.0.1' }
    const lasts = 8 * 3600 * 1000
    const cookie = { originalMaxAge: lasts, expires: new Date(Date.now() + lasts), httpOnly: true, path: '/' }
    const data = { cookie, csrfToken: CSRF, passport: { user: ticket } }
    const id = `deadline-${personId}`
    const set = promisify((done: (error?: unknown) => void) =>
      // The session's own type has the cookie as an object with methods; the store keeps these fields of it.
      this.#store.set(id, data as unknown as SessionData, done),
    )
    await set()
    const mark = createHmac('sha256', SESSION_SECRET).update(id).digest('base64').replace(/=+$/, '')
    return { cookie: `kiemdinh.sid=${encodeURIComponent(`s:${id}.${mark}`)}`, 'x-csrf-token': CSRF }
  }

  async write(): Promise<void> {
    const { connection } = this.#system.db
    await connection.collection('people').insertMany(this.#people, { ordered: false })
    const seats = [...this.#seats].map(([_id, list]) => ({ _id, seats: list, handovers: [], rev: 1, outbox: [] }))
    await connection.collection<(typeof seats)[number]>('seats').insertMany(seats, { ordered: false })
  }
}

/** The unit that a made-up school sends to must be the one that manages it today, or every sending is refused. */
export async function checkManager(system: System, { assessmentId, toUnitId }: Sender): Promise<void> {
  const { schoolId } = await system.assessments.get(assessmentId)
  const [, manager] = await system.units.chainOf(schoolId, dayOf(system.now()))
  if (manager?.id !== toUnitId) throw new Error(`${schoolId} is managed by ${manager && nameOn(manager, SINCE)}`)
}
