import { mkdtempSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  assessmentId,
  isLevelFour,
  keyOf,
  sheetCodes,
  type Assessment,
  type AssessmentState,
} from '../../src/assessments/index.ts'
import {
  criterionOf,
  readCriteriaFile,
  type Answers,
  type CriteriaVersion,
  type Verdict,
} from '../../src/catalogue/index.ts'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { workingYear, type WorkingYear } from '../../src/kernel/working-year.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import type { DatedParent, Ownership } from '../../src/organisations/index.ts'
import { signInLimits } from '../../src/people/index.ts'
import { buildSystem } from '../../src/system/system.ts'
import { testDatabase } from '../support/database.ts'

export const LAST_YEAR = workingYear('2024-2025')
export const THIS_YEAR = workingYear('2025-2026')
export const YEARS = [LAST_YEAR, THIS_YEAR] as const
/** Before the switch of 1 July 2025, and after it. */
export const UNDER_DISTRICTS = '2025-05-31'
export const UNDER_COMMUNES = '2026-01-12'

const CRITERIA = path.resolve(import.meta.dirname, '../../criteria/tt17-2018-tieu-hoc.yaml')

const COMMUNES: Readonly<Record<string, string>> = { 'xa-1': 'phong-1', 'xa-2': 'phong-1', 'xa-3': 'phong-2' }
/** School → commune; the last two are the Sở's own. */
export const SCHOOLS: Readonly<Record<string, string>> = {
  'th-1': 'xa-1',
  'th-2': 'xa-1',
  'th-3': 'xa-2',
  'th-4': 'xa-2',
  'th-5': 'xa-3',
  'th-6': 'xa-3',
  'th-7': 'so',
  'th-8': 'so',
}
export const SCHOOL_IDS = Object.keys(SCHOOLS)

export type Province = Awaited<ReturnType<typeof aProvince>>

/** Two districts that end on 30 June 2025, three communes that take over their schools, and two schools of the Sở. */
export async function aProvince(watching: { readonly watchCommands?: boolean } = {}) {
  const db = await testDatabase(watching)
  const clock = { at: new Date('2026-01-12T02:41:00Z') }
  const faults: unknown[] = []
  const system = buildSystem(db, {
    filesDir: mkdtempSync(path.join(tmpdir(), 'kiem-dinh-rollups-')),
    now: () => clock.at,
    report: error => faults.push(error),
  })
  signInLimits(db)
  await ensureIndexes(db)
  const version = readCriteriaFile(await readFile(CRITERIA, 'utf8'))
  await system.criteriaSets.insertOnce(version, clock.at)
  const by = { actor: SYSTEM, at: clock.at }
  await system.units.add({ ...aUnit('so', 'province', 'Sở Mẫu'), parents: [] }, by)
  for (const id of ['phong-1', 'phong-2'])
    await system.units.add(
      { ...aUnit(id, 'district', `Phòng Mẫu ${id}`), parents: [under('so')], to: '2025-06-30' },
      by,
    )
  for (const id of Object.keys(COMMUNES)) {
    const commune = { ...aUnit(id, 'commune', `Xã Mẫu ${id}`), from: '2025-07-01' }
    await system.units.add({ ...commune, parents: [under('so', '2025-07-01')] }, by)
  }
  for (const [id, commune] of Object.entries(SCHOOLS)) {
    const parents =
      commune === 'so'
        ? [under('so')]
        : [{ ...under(COMMUNES[commune] ?? ''), to: '2025-06-30' }, under(commune, '2025-07-01')]
    await system.units.add(
      {
        ...aUnit(id, 'school', `Trường Tiểu học Mẫu ${id}`),
        parents,
        ...profile(id === 'th-2' ? 'private' : 'public'),
      },
      by,
    )
  }
  await system.years.open({ id: LAST_YEAR, closingDay: UNDER_DISTRICTS, holidays: [] }, 'so', by)
  await system.years.open({ id: THIS_YEAR, closingDay: '2026-05-31', holidays: [] }, 'so', by)
  await system.post.settled()
  return { db, system, clock, version, faults }
}

const under = (parentId: string, from = '2000-01-01'): DatedParent => ({ parentId, from })

const aUnit = <K extends 'province' | 'district' | 'commune' | 'school'>(id: string, kind: K, name: string) => ({
  id,
  kind,
  names: [{ name, from: '2000-01-01' }],
  places: [{ place: 'Minh Họa', from: '2000-01-01' }],
  symbol: id.toUpperCase(),
  from: '2000-01-01',
})

const profile = (ownership: Ownership) => ({
  school: {
    schoolKind: 'tieu_hoc' as const,
    levels: ['tieu_hoc' as const],
    ownership,
    formerNames: [],
    address: 'Thôn Mẫu',
    phone: '',
    website: '',
    campuses: 1,
    difficultArea: 'none' as const,
  },
})

/** Answers of a criterion that reach this level: everything up to it is met, everything above is not. */
export function answersTo(version: CriteriaVersion, code: string, level: number): Answers {
  const verdict = (at: string): Verdict => (Number(at) <= level ? 'met' : 'notMet')
  if (isLevelFour(code)) return { 4: { a: verdict('4') } }
  return Object.fromEntries(
    (criterionOf(version.set, code)?.levels ?? []).map(demand => [
      demand.level,
      Object.fromEntries(demand.indicators.map(({ code: indicator }) => [indicator, verdict(demand.level)])),
    ]),
  )
}

/** Decided criteria of a report that reaches a level everywhere, but for the criteria named with a level of their own. */
export const criteriaAt = (
  version: CriteriaVersion,
  level: number,
  others: Readonly<Record<string, number>> = {},
): Assessment['criteria'] =>
  Object.fromEntries(
    sheetCodes(version.set, false).map(code => [
      keyOf(code),
      { code, state: 'agreed', rev: 1, answers: answersTo(version, code, others[code] ?? level), authors: [] },
    ]),
  )

/** A school's assessment in a state; with `level`, all its indicators are answered. */
export function anAssessment(
  version: CriteriaVersion,
  schoolId: string,
  year: WorkingYear,
  state: AssessmentState,
  level?: number,
  own: Partial<Assessment> = {},
): Assessment {
  return {
    id: assessmentId(schoolId, year),
    schoolId,
    year,
    schoolKind: 'tieu_hoc',
    state,
    machine: 'assessment@1',
    rev: 1,
    set: { id: version.set.id, hash: version.hash, switches: {} },
    ancestors: ['so'],
    openedOn: '2025-09-05',
    council: { members: [], absentBodies: {}, secretariat: [] },
    councilVersions: [],
    groups: [],
    peopleIds: [],
    criteria: level === undefined ? {} : criteriaAt(version, level),
    aimsAtLevelFour: false,
    plan: { version: 0, deadlines: {} },
    report: { version: 0 },
    submissions: [],
    supplements: [],
    outbox: [],
    ...own,
  }
}

/** A journal entry of a step on an assessment. */
export const entryOf = ({ id, schoolId, year, rev }: Assessment) => ({
  id: `assessment:${id}:${rev + 1}`,
  at: new Date('2026-01-12T02:41:00Z'),
  by: { personId: 'nguoi-mau', name: 'Người Mẫu', seats: [] },
  unitId: schoolId,
  year,
  subject: { kind: 'assessment', id },
  event: 'step',
})
