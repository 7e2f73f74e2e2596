import { mkdtempSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import {
  assessmentId,
  keyOf,
  sheetCodes,
  type Assessment,
  type AssessmentNeeds,
  type CriterionDecision,
} from '../../src/assessments/index.ts'
import { readCriteriaFile } from '../../src/catalogue/index.ts'
import type { EvidenceState } from '../../src/evidence/index.ts'
import { buildAssets, type Assets } from '../../src/http/assets.ts'
import type { Route } from '../../src/http/route.ts'
import { createServer } from '../../src/http/server.ts'
import { mongoSessions } from '../../src/http/session.ts'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import type { Database } from '../../src/mongo/connect.ts'
import {
  accountRoutes,
  checkCredentials,
  passportAuthenticator,
  secretSeal,
  signInLimits,
  unprotectedCreatePerson,
} from '../../src/people/index.ts'
import { buildSystem, type System } from '../../src/system/system.ts'
import { testDatabase } from './database.ts'

export const PASSWORD = 'Câu dễ nhớ: hoa sữa'
export const YEAR = workingYear('2025-2026')
export const SCHOOL = 'truong-hoa-sen'

const CRITERIA = path.resolve(import.meta.dirname, '../../criteria/tt17-2018-tieu-hoc.yaml')
const BEGAN = '2025-08-20'

/** Everybody of the school, by user name: a council of three, two groups, and somebody of another school. */
export const PEOPLE = {
  chutich: 'Quàng Thị Thử',
  thuky: 'Hà Văn Mẫu',
  truongnhom: 'Vàng Văn Ví Dụ',
  thanhvien: 'Lò Thị Mẫu',
  dongnghiep: 'Giàng A Thử',
  nhomkhac: 'Tòng Thị Mẫu',
  nguoila: 'Lường Văn Ví Dụ',
} as const
export type Username = keyof typeof PEOPLE

const helper = (username: Username) => ({ personId: username, name: PEOPLE[username], post: 'Giáo viên' })

/** Group 1 works on standard 1, group 2 on everything else. */
const GROUPS = [
  {
    id: 'nhom-1',
    name: 'Nhóm công tác 1',
    lead: helper('truongnhom'),
    members: [helper('truongnhom'), helper('thanhvien'), helper('dongnghiep')],
  },
  { id: 'nhom-2', name: 'Nhóm công tác 2', lead: helper('thuky'), members: [helper('thuky'), helper('nhomkhac')] },
]

export interface SchoolAtWork {
  readonly db: Database
  readonly system: System
  readonly id: string
  /** Needs of the use cases of assessments; what the work on sheets never asks for rejects. */
  readonly needs: AssessmentNeeds
  readonly clock: { at: Date }
  /** Adds an item of evidence; one that is coded gets the next code of its criterion. */
  readonly evidence: (criterion: string, name: string, state?: EvidenceState) => Promise<{ id: string; label: string }>
}

const never = (): Promise<never> => Promise.reject(new Error('not part of this test'))

/** A primary school whose plan is approved, so that its groups work on their sheets; nothing is written yet. */
export async function schoolAtWork(
  change: (criteria: Assessment['criteria']) => Assessment['criteria'] = criteria => criteria,
): Promise<SchoolAtWork> {
  const db = await testDatabase()
  const clock = { at: new Date('2026-01-12T02:41:00Z') }
  const now = (): Date => clock.at
  const filesDir = mkdtempSync(path.join(tmpdir(), 'kiem-dinh-school-'))
  const faults: unknown[] = []
  const system = buildSystem(db, { filesDir, now, report: error => faults.push(error) })
  signInLimits(db)
  await ensureIndexes(db)

  const version = readCriteriaFile(await readFile(CRITERIA, 'utf8'))
  await system.criteriaSets.insertOnce(version, now())
  const by = { actor: SYSTEM, at: now() }
  await system.units.add(aUnit('so', 'province', 'Sở Giáo dục và Đào tạo Sơn Thủy'), by)
  await system.units.add(aUnit(SCHOOL, 'school', 'Trường Tiểu học Hoa Sen'), by)
  const create = unprotectedCreatePerson({ people: system.people, now })
  for (const [username, name] of Object.entries(PEOPLE))
    await create(SYSTEM, { id: username, name, username, unitId: SCHOOL }, PASSWORD, { mustChange: false })

  const id = assessmentId(SCHOOL, YEAR)
  await system.assessments.insert(anAssessment(id, version.hash, change, sheetCodes(version.set, false)))
  return {
    db,
    system,
    id,
    clock,
    needs: {
      assessments: system.assessments,
      sheets: system.sheets,
      comments: system.comments,
      now,
      setOf: hash => system.catalogue.setOf(hash),
      setFor: never,
      school: never,
      yearOpen: never,
      numbers: assessment => system.numbers(assessment),
      evidence: assessment => system.citedEvidence(assessment),
      freezeEvidence: never,
      thawEvidence: never,
      chosenMapping: never,
      mappingByHash: never,
      refileEvidence: never,
      figures: never,
      planUnmet: never,
      freezePaper: never,
      paperBytes: never,
      keepFile: never,
      carryEvidence: never,
      lockFigures: never,
      actionsLeftBehind: never,
      followReview: never,
    },
    async evidence(criterion, name, state = 'coded') {
      const items = await system.evidenceNeeds.evidence.ofAssessment(id)
      const [a = 1, b = 1] = criterion.split('.').map(Number)
      const c = items.filter(item => item.code !== undefined && item.criterion === criterion).length + 1
      const item = await system.evidenceNeeds.evidence.add({
        id: system.evidenceNeeds.newId(),
        assessmentId: id,
        schoolId: SCHOOL,
        year: YEAR,
        state,
        machine: 'evidence@1',
        rev: 0,
        criterion,
        name,
        kind: 'document',
        entries: [{ id: system.evidenceNeeds.newId(), schoolYear: YEAR, number: '1/KH', issuer: 'Trường', files: [] }],
        place: '',
        note: '',
        ...(state === 'coded' && { code: { box: a, a, b, c } }),
        formerCodes: [],
        outbox: [],
      })
      const cited = (await system.citedEvidence(id)).get(item.id)
      return { id: item.id, label: cited?.label ?? '' }
    },
  }
}

const aUnit = (id: string, kind: 'province' | 'school', name: string) => ({
  id,
  kind,
  names: [{ name, from: '2000-01-01' }],
  places: [{ place: 'Sơn Thủy', from: '2000-01-01' }],
  parents: kind === 'school' ? [{ parentId: 'so', from: '2000-01-01' }] : [],
  symbol: id.toUpperCase(),
  from: '2000-01-01',
  ...(kind === 'school' && {
    school: {
      schoolKind: 'tieu_hoc' as const,
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

function anAssessment(
  id: string,
  hash: string,
  change: (criteria: Assessment['criteria']) => Assessment['criteria'],
  codes: readonly string[],
): Assessment {
  const council = {
    members: [
      { ...helper('chutich'), role: 'chair' as const, represents: [] },
      { ...helper('thuky'), role: 'secretary' as const, represents: [] },
      { ...helper('truongnhom'), role: 'member' as const, represents: [] },
    ],
    absentBodies: {},
    secretariat: [helper('thuky')],
  }
  const decision = (code: string): CriterionDecision => ({
    code,
    state: 'drafting',
    rev: 1,
    groupId: code.startsWith('1.') ? 'nhom-1' : 'nhom-2',
    answers: {},
    authors: [],
  })
  return {
    id,
    schoolId: SCHOOL,
    year: YEAR,
    schoolKind: 'tieu_hoc',
    state: 'working',
    machine: 'assessment@1',
    rev: 1,
    set: { id: 'tt17-2018-tieu-hoc', hash, switches: {} },
    ancestors: ['so'],
    openedOn: BEGAN,
    council,
    councilVersions: [
      { ...council, version: 1, decision: { number: '10/QĐ', date: BEGAN }, groups: GROUPS, paperId: 'p1' },
    ],
    groups: GROUPS,
    peopleIds: ['chutich', 'thuky', 'truongnhom', 'thanhvien', 'dongnghiep', 'nhomkhac'],
    criteria: change(Object.fromEntries(codes.map(code => [keyOf(code), decision(code)]))),
    aimsAtLevelFour: false,
    plan: { version: 1, deadlines: { sheetDraftDue: '2026-02-15', sheetsDue: '2026-03-20' } },
    report: { version: 0 },
    submissions: [],
    supplements: [],
    outbox: [],
  }
}

let assets: Promise<Assets> | undefined

/** The real server over the school's own system, with these screens and the account screens. */
export async function appOf({ db, system }: SchoolAtWork, routes: readonly Route[]) {
  assets ??= buildAssets()
  return createServer({
    routes: [
      ...routes,
      ...accountRoutes({
        people: system.people,
        rules: system.accountRules,
        sessions: system.sessions,
        limits: signInLimits(db),
        rolesOf: () => Promise.resolve([]),
        seal: secretSeal(['a secret for tests only, 32 letters']),
        now: system.now,
        unitNames: ids => Promise.resolve(new Map(ids.map(id => [id, 'Trường Tiểu học Hoa Sen']))),
        seatsInWords: () => Promise.resolve([]),
      }),
    ],
    authenticator: passportAuthenticator({
      people: system.people,
      check: checkCredentials({ people: system.people, limits: signInLimits(db) }),
    }),
    actorOf: system.withSeats,
    shellOf: (actor, place) =>
      Promise.resolve({
        nav: [
          { label: 'Việc của tôi', href: '/viec-cua-toi', current: false },
          { label: 'Tự đánh giá', href: '/danh-gia', current: true },
          { label: 'Số liệu', href: '/so-lieu', current: false },
        ],
        years: [YEAR],
        year: place.year,
        personName: actor.name,
        seatLabel: 'Thành viên nhóm công tác',
      }),
    defaultYear: () => YEAR,
    ready: () => Promise.resolve(),
    sessions: mongoSessions(db.client, db.name),
    assets: await assets,
    config: {
      baseUrl: 'http://localhost',
      filesDir: mkdtempSync(path.join(tmpdir(), 'kiem-dinh-school-http-')),
      sessionSecrets: ['a secret for tests only, 32 letters'],
    },
    log: pino({ level: 'error' }),
  })
}

/** The application on a port of this machine, for a real browser. */
export async function listening(
  app: Awaited<ReturnType<typeof appOf>>,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createHttpServer(app).listen(0, '127.0.0.1')
  await new Promise(done => server.once('listening', done))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    close: () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
