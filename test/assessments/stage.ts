import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { pino } from 'pino'
import { createApp } from '../../src/app.ts'
import { keyOf, sheetCodes, type Assessment, type CriterionState } from '../../src/assessments/index.ts'
import { buildAssets, type Assets } from '../../src/http/assets.ts'
import { entryBy } from '../../src/journal/index.ts'
import { SYSTEM, type Actor } from '../../src/kernel/actor.ts'
import { addDays, dayOf } from '../../src/kernel/dates.ts'
import type { SchoolKind } from '../../src/kernel/unit-kinds.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { signInLimits, unprotectedCreatePerson } from '../../src/people/index.ts'
import type { OfficeSeat } from '../../src/seats/index.ts'
import { buildSystem } from '../../src/system/system.ts'
import { PASSWORD } from '../http/app-for-tests.ts'
import { testDatabase } from '../support/database.ts'

export const YEAR = workingYear('2025-2026')
export const SCHOOL = 'th-hoa-sen'
export const ID = `${SCHOOL}.${YEAR}`
export const HERE = `/danh-gia/${ID}`

const CRITERIA = path.resolve(import.meta.dirname, '../../criteria')
const SINCE = '2020-08-01'

type Post = Pick<OfficeSeat, 'role' | 'post' | 'postKind' | 'represents'>

const teacher = (...represents: OfficeSeat['represents']): Post => ({
  role: 'staff',
  post: 'Giáo viên',
  postKind: 'teacher',
  represents,
})

/** Everybody by user name: unit, name, post. */
const PEOPLE: Readonly<Record<string, readonly [unitId: string, name: string, post: Post]>> = {
  hieutruong: [
    SCHOOL,
    'Quàng Thị Hiệu Trưởng',
    { role: 'head', post: 'Hiệu trưởng', postKind: 'principal', represents: ['schoolBoard', 'partyCell'] },
  ],
  photruong: [
    SCHOOL,
    'Lò Văn Phó Trưởng',
    { role: 'staff', post: 'Phó Hiệu trưởng', postKind: 'deputy', represents: [] },
  ],
  toan: [
    SCHOOL,
    'Hà Thị Tổ Toán',
    { role: 'staff', post: 'Tổ trưởng chuyên môn tổ 1', postKind: 'teamLead', represents: ['subjectTeams'] },
  ],
  van: [
    SCHOOL,
    'Vàng Văn Tổ Văn',
    { role: 'staff', post: 'Tổ trưởng chuyên môn tổ 2', postKind: 'teamLead', represents: ['subjectTeams'] },
  ],
  vanphong: [
    SCHOOL,
    'Tòng Thị Văn Phòng',
    { role: 'staff', post: 'Tổ trưởng tổ Văn phòng', postKind: 'officeLead', represents: ['officeTeam'] },
  ],
  congdoan: [SCHOOL, 'Giàng A Công Đoàn', teacher('tradeUnion')],
  doi: [SCHOOL, 'Cà Thị Đội', teacher('youthUnion')],
  giaovien: [SCHOOL, 'Lường Văn Giáo Viên', teacher('teachers')],
  thanhvien: [SCHOOL, 'Mùa Thị Thành Viên', teacher()],
  dungngoai: [SCHOOL, 'Sùng Văn Đứng Ngoài', teacher()],
  vanthu: [SCHOOL, 'Bạc Thị Văn Thư', { role: 'clerk', post: 'Văn thư', postKind: 'staff', represents: [] }],
  nguoila: [
    'thcs-khac',
    'Hờ Văn Trường Khác',
    { role: 'head', post: 'Hiệu trưởng', postKind: 'principal', represents: [] },
  ],
  canboxa: [
    'xa',
    'Thào Thị Cán Bộ Xã',
    { role: 'middleOfficer', post: 'Công chức', postKind: 'officer', represents: [] },
  ],
  lanhdaoso: [
    'so',
    'Vì Văn Lãnh Đạo Sở',
    { role: 'provinceLead', post: 'Giám đốc', postKind: 'officer', represents: [] },
  ],
}

const COUNCIL = ['hieutruong', 'photruong', 'toan', 'van', 'vanphong', 'congdoan', 'doi', 'giaovien'] as const
const ROLES: Readonly<Record<string, 'chair' | 'viceChair' | 'secretary'>> = {
  hieutruong: 'chair',
  photruong: 'viceChair',
  toan: 'secretary',
}

const nameOf = (username: string): string => PEOPLE[username]?.[1] ?? username
const postOf = (username: string): string => PEOPLE[username]?.[2].post ?? ''
export const helper = (username: string) => ({ personId: username, name: nameOf(username), post: postOf(username) })

/** A council that lacks nothing, as a list. */
export const councilOf = (usernames: readonly string[] = COUNCIL) => ({
  members: usernames.map(username => ({
    ...helper(username),
    role: ROLES[username] ?? ('member' as const),
    represents: PEOPLE[username]?.[2].represents ?? [],
  })),
  absentBodies: {},
  secretariat: [helper('vanphong'), helper('giaovien')],
})

export const GROUPS: Assessment['groups'] = [
  {
    id: 'nhom-1',
    name: 'Nhóm 1',
    lead: helper('van'),
    members: [helper('van'), helper('thanhvien')],
  },
  { id: 'nhom-2', name: 'Nhóm 2', lead: helper('congdoan'), members: [helper('congdoan'), helper('doi')] },
]

const unit = (id: string, kind: 'province' | 'commune' | 'school', name: string, parent?: string) => ({
  id,
  kind,
  names: [{ name, from: SINCE }],
  places: [{ place: 'Sơn Thủy', from: SINCE }],
  parents: parent === undefined ? [] : [{ parentId: parent, from: SINCE }],
  symbol: kind === 'school' ? 'THHS' : id.toUpperCase(),
  from: SINCE,
  ...(kind === 'school' && {
    school: {
      schoolKind: 'tieu_hoc' as SchoolKind,
      levels: ['tieu_hoc' as const],
      ownership: 'public' as const,
      formerNames: [],
      address: 'Bản Mẫu',
      phone: '',
      website: '',
      campuses: 1,
      difficultArea: 'none' as const,
    },
  }),
})

let assets: Promise<Assets> | undefined

/** The whole application over a primary school with its staff, its commune and its Sở, in a clock of the test's own. */
export async function assessmentStage(begins = '2025-09-08T02:00:00Z') {
  assets ??= buildAssets()
  const db = await testDatabase()
  const clock = { at: new Date(begins) }
  const now = (): Date => clock.at
  const filesDir = mkdtempSync(path.join(tmpdir(), 'kiem-dinh-stage-'))
  const system = buildSystem(db, {
    filesDir,
    now,
    report: error => {
      throw error
    },
  })
  const limits = signInLimits(db)
  await ensureIndexes(db)
  const by = { actor: SYSTEM, at: now() }
  await system.units.add(unit('so', 'province', 'Sở Giáo dục và Đào tạo Sơn Thủy'), by)
  await system.units.add(unit('xa', 'commune', 'UBND xã Sơn Thủy', 'so'), by)
  await system.units.add(unit(SCHOOL, 'school', 'Trường Tiểu học Hoa Sen', 'xa'), by)
  await system.units.add(unit('thcs-khac', 'school', 'Trường Tiểu học Khác', 'xa'), by)
  await system.years.open({ id: YEAR, closingDay: '2026-05-31', holidays: [] }, 'so', by)
  await enter(system, now)
  await system.catalogue.importCriteriaFiles(CRITERIA)
  await system.catalogue.publishForYear(await actor('lanhdaoso'), YEAR)

  // A step gives what it has written without reading it again: every test on this stage shows that it is the same.
  const advance = system.assessments.advance.bind(system.assessments)
  Object.assign(system.assessments, {
    advance: async (...step: Parameters<typeof advance>): Promise<Assessment> => {
      const { outbox: _told, ...after } = await advance(...step)
      const { outbox, ...read } = await system.assessments.get(after.id)
      if (read.rev === after.rev) expect(after).to.deep.equal(read)
      return { ...after, outbox }
    },
  } satisfies Partial<typeof system.assessments>)

  async function actor(username: string): Promise<Actor> {
    const found = await system.actorOf(username)
    if (!found) throw new Error(`nobody called ${username}`)
    return found
  }

  /** Writes into the assessment past its steps: what happened before the test begins. */
  async function given(change: Parameters<typeof system.assessments.advance>[1]): Promise<Assessment> {
    const before = await system.assessments.get(ID)
    return system.assessments.advance(
      before,
      change,
      entryBy(SYSTEM, now(), {
        id: `assessment:${ID}:${before.rev + 1}`,
        unitId: SCHOOL,
        year: YEAR,
        subject: { kind: 'assessment', id: ID },
        event: 'saveCouncil',
      }),
    )
  }

  const app = createApp({
    system,
    limits,
    assets: await assets,
    config: { baseUrl: 'http://localhost', filesDir, sessionSecrets: ['a secret for tests only, 32 letters'] },
    log: pino({ level: 'error' }),
  })
  return { db, app, system, limits, clock, actor, given, today: () => dayOf(now()) }
}

export type Stage = Awaited<ReturnType<typeof assessmentStage>>

/** A council in force since the day before, with its groups. */
export const withCouncil = (stage: Stage) => ({
  council: councilOf(),
  councilVersions: [
    {
      ...councilOf(),
      version: 1,
      decision: { number: '15/QĐ-THHS', date: addDays(stage.today(), -1) },
      groups: GROUPS,
      paperId: 'quyet-dinh',
    },
  ],
  groups: GROUPS,
  peopleIds: Object.keys(PEOPLE),
})

async function enter(system: ReturnType<typeof buildSystem>, now: () => Date): Promise<void> {
  const create = unprotectedCreatePerson({ people: system.people, now })
  let hash: string | undefined
  for (const [id, [unitId, name]] of Object.entries(PEOPLE)) {
    if (hash === undefined) {
      await create(SYSTEM, { id, name, username: id, unitId }, PASSWORD, { mustChange: false })
      hash = (await system.people.accountOf(id))?.hash
    } else {
      const change = { actor: SYSTEM, at: now(), event: 'createPerson' }
      await system.people.add({ id, name, username: id, unitId }, hash, false, change)
    }
  }
  for (const unitId of new Set(Object.values(PEOPLE).map(([id]) => id))) {
    const seats = Object.entries(PEOPLE)
      .filter(([, [id]]) => id === unitId)
      .map(([personId, [, , post]]) => ({ id: `${unitId}-${personId}`, personId, unitId, from: SINCE, ...post }))
    const subject = { kind: 'seats', id: unitId }
    await system.seats.save(
      { unitId, seats: [], handovers: [], rev: 0 },
      seats,
      entryBy(SYSTEM, now(), { id: `seats:${unitId}:1`, unitId, subject, event: 'appoint' }),
    )
  }
}

/** Every sheet in one state, every indicator met. */
export async function sheetsIn(stage: Stage, state: CriterionState): Promise<Assessment['criteria']> {
  const { set } = await stage.system.assessments.get(ID)
  const content = await stage.system.catalogue.setOf(set.hash)
  const criteria = new Map(content.standards.flatMap(standard => standard.criteria).map(each => [each.code, each]))
  return Object.fromEntries(
    sheetCodes(content, false).map(code => [
      keyOf(code),
      {
        code,
        state,
        rev: 1,
        groupId: code.startsWith('1.') ? 'nhom-1' : 'nhom-2',
        answers: Object.fromEntries(
          (criteria.get(code)?.levels ?? []).map(({ level, indicators }) => [
            level,
            Object.fromEntries(indicators.map(indicator => [indicator.code, 'met' as const])),
          ]),
        ),
        authors: [],
      },
    ]),
  )
}
