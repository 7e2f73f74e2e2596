import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { assessmentId, keyOf, sheetCodes, type Assessment, type AssessmentState } from '../../src/assessments/index.ts'
import {
  CRITERION_LEVELS,
  criterionOf,
  demandAt,
  readCriteriaFile,
  type Answers,
  type CriteriaVersion,
} from '../../src/catalogue/index.ts'
import { gradesOf, figureYearId } from '../../src/figures/index.ts'
import type { SchoolKind } from '../../src/kernel/unit-kinds.ts'
import type { WorkingYear } from '../../src/kernel/working-year.ts'
import type { SchoolLevel, Unit } from '../../src/organisations/index.ts'
import type { System } from '../../src/system/system.ts'
import { managingUnitSince } from './managing-unit.ts'

/** How large a made-up province is. */
export interface Size {
  readonly schools: number
  /** Smallest managing units. */
  readonly units: number
  /** Units between the root and the smallest ones; 0 for a province, 34 for the whole country. */
  readonly provinces: number
  /** Years of assessments and figures, oldest first. */
  readonly years: readonly WorkingYear[]
}

const CRITERIA = path.resolve(import.meta.dirname, '../../criteria')
export const ROOT = 'so'
const SINCE = '2000-01-01'
const AT_ONCE = 500

const KINDS: readonly { readonly kind: SchoolKind; readonly levels: readonly SchoolLevel[]; readonly set: string }[] = [
  { kind: 'mam_non', levels: ['mam_non'], set: 'tt19-2018-mam-non' },
  { kind: 'tieu_hoc', levels: ['tieu_hoc'], set: 'tt17-2018-tieu-hoc' },
  { kind: 'thcs', levels: ['thcs'], set: 'tt18-2018-thcs-thpt' },
]

/** The same numbers at every run. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Fills an empty database with a province of this size: units, assessments and figures as the stores would have written
 * them after their journal entries were delivered, written past the stores because 15,000 assessments stepped through
 * their lives would take hours. `checkReadBack` compares what is read through the stores with what was made.
 */
export async function synthesise(system: System, { schools, units, provinces, years }: Size): Promise<void> {
  const throwDice = dice(20261122)
  const versions = new Map<string, CriteriaVersion>()
  for (const { set } of KINDS) {
    const version = readCriteriaFile(await readFile(path.join(CRITERIA, `${set}.yaml`), 'utf8'))
    await system.criteriaSets.insertOnce(version, new Date())
    versions.set(set, version)
  }
  await insertAll(system, 'units', [...managingUnits(units, provinces)].map(unitRow))
  for (let from = 0; from < schools; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, schools - from) }, (_, at) => from + at)
    await insertAll(
      system,
      'units',
      some.map(no => unitRow(aSchool(no, units))),
    )
    for (const year of years) {
      const made = some.map(no => anAssessment(no, year, units, provinces, versions, throwDice))
      await insertAll(
        system,
        'assessments',
        made.flatMap(each => (each ? [rowOf(each)] : [])),
      )
      await insertAll(
        system,
        'figures',
        some.map(no => figures(no, year)),
      )
    }
  }
}

/** Reads some of what was made through the stores; throws where they would not have written it so. */
export async function checkReadBack(system: System, { schools, years }: Size): Promise<void> {
  for (const no of [0, 1, Math.floor(schools / 2), schools - 1]) {
    const unit = await system.units.getSchool(schoolId(no))
    if (unit.school.schoolKind !== kindOf(no).kind) throw new Error(`${unit.id} is not what was made`)
    for (const year of years) {
      const sheet = await system.figures.of(unit.id, year)
      if (sheet.rev !== 1) throw new Error(`${sheet.id} is not what was made`)
      const assessment = await system.assessments.find(assessmentId(unit.id, year))
      // Sheets come with the approval of the plan.
      if (!assessment || assessment.state === 'preparing') continue
      const set = await system.catalogue.setOf(assessment.set.hash)
      const codes = sheetCodes(set, false)
      if (codes.some(code => assessment.criteria[keyOf(code)]?.code !== code))
        throw new Error(`${assessment.id} is not what was made`)
    }
  }
}

const insertAll = async (system: System, collection: string, rows: readonly object[]): Promise<void> => {
  if (rows.length > 0) await system.db.connection.collection(collection).insertMany([...rows], { ordered: false })
}

export const schoolId = (no: number): string => `truong-${String(no).padStart(5, '0')}`
const unitId = (no: number): string => `dv-${String(no).padStart(4, '0')}`
const kindOf = (no: number): (typeof KINDS)[number] => KINDS[no % KINDS.length] ?? { kind: 'thcs', levels: [], set: '' }

const node = managingUnitSince(SINCE)

function* managingUnits(units: number, provinces: number): Generator<Unit> {
  yield node(ROOT, 'province', provinces > 0 ? 'Cả nước mẫu' : 'Sở Giáo dục và Đào tạo Mẫu')
  for (let no = 0; no < provinces; no++) yield node(`tinh-${no}`, 'province', `Sở Mẫu ${no}`, ROOT)
  for (let no = 0; no < units; no++)
    yield node(unitId(no), 'commune', `UBND xã Mẫu ${no}`, provinces > 0 ? `tinh-${no % provinces}` : ROOT)
}

const aSchool = (no: number, units: number): Unit => ({
  ...node(schoolId(no), 'school', `Trường Mẫu số ${no}`, unitId(no % units)),
  school: {
    schoolKind: kindOf(no).kind,
    levels: kindOf(no).levels,
    ownership: no % 11 === 0 ? 'private' : 'public',
    formerNames: [],
    address: 'Thôn Mẫu',
    phone: '',
    website: '',
    campuses: 1,
    difficultArea: 'none',
  },
})

const unitRow = ({ id, ...unit }: Unit) => ({
  _id: id,
  ...unit,
  searchText: `${unit.names[0]?.name ?? ''} ${unit.symbol}`.toLowerCase(),
  changedAt: new Date('2026-01-01T00:00:00Z'),
  outbox: [],
})

const rowOf = ({ id, ...rest }: Assessment) => ({ _id: id, ...rest })

/** How far schools of a year are: in old years nearly all are done. */
function stateOf(roll: number): AssessmentState | undefined {
  if (roll < 0.04) return undefined
  if (roll < 0.1) return 'preparing'
  if (roll < 0.22) return 'working'
  if (roll < 0.28) return 'drafting'
  if (roll < 0.36) return 'published'
  if (roll < 0.6) return 'submitted'
  return roll < 0.63 ? 'returned' : 'accepted'
}

const DONE: readonly AssessmentState[] = ['published', 'submitted', 'returned', 'accepted']

function anAssessment(
  no: number,
  year: WorkingYear,
  units: number,
  provinces: number,
  versions: ReadonlyMap<string, CriteriaVersion>,
  throwDice: () => number,
): Assessment | undefined {
  const state = stateOf(throwDice())
  const { kind, set } = kindOf(no)
  const version = versions.get(set)
  if (state === undefined || !version) return undefined
  const id = assessmentId(schoolId(no), year)
  const people = Array.from({ length: 11 }, (_, at) => `${schoolId(no)}-nguoi-${at}`)
  const helper = (at: number) => ({ personId: people[at] ?? '', name: `Người Mẫu Số ${at}`, post: 'Giáo viên' })
  const groups = [0, 1, 2, 3, 4].map(at => ({
    id: `nhom-${at + 1}`,
    name: `Nhóm công tác ${at + 1}`,
    lead: helper(at * 2),
    members: [helper(at * 2), helper(at * 2 + 1)],
  }))
  const council = {
    members: people.slice(0, 9).map((_, at) => ({
      ...helper(at),
      role: at === 0 ? ('chair' as const) : at === 1 ? ('secretary' as const) : ('member' as const),
      represents: [],
    })),
    absentBodies: {},
    secretariat: [helper(1), helper(9)],
  }
  const isDone = DONE.includes(state)
  // Most schools reach one level nearly everywhere; a few criteria fall short of it.
  const aim = throwDice() < 0.12 ? 1 : throwDice() < 0.6 ? 2 : 3
  const parent = unitId(no % units)
  const ancestors = provinces > 0 ? [parent, `tinh-${(no % units) % provinces}`, ROOT] : [parent, ROOT]
  const stamp = { by: people[0] ?? '', name: 'Người Mẫu Số 0', at: new Date('2026-01-05T02:00:00Z') }
  return {
    id,
    schoolId: schoolId(no),
    year,
    schoolKind: kind,
    state,
    machine: 'assessment@1',
    rev: 40,
    set: { id: version.set.id, hash: version.hash, switches: {} },
    ancestors,
    openedOn: `${year.slice(0, 4)}-09-05`,
    council,
    councilVersions: [
      {
        ...council,
        version: 1,
        decision: { number: '15/QĐ', date: `${year.slice(0, 4)}-09-10` },
        groups,
        paperId: 'p',
      },
    ],
    groups,
    peopleIds: people,
    criteria: Object.fromEntries(
      (state === 'preparing' ? [] : sheetCodes(version.set, false)).map((code, at) => [
        keyOf(code),
        {
          code,
          state: isDone ? 'frozen' : 'drafting',
          rev: 6,
          groupId: `nhom-${(at % 5) + 1}`,
          answers: answers(version, code, isDone, throwDice() < 0.06 ? aim - 1 : aim, throwDice),
          authors: [people[at % 9] ?? ''],
          ...(isDone && { handedIn: stamp, confirmed: stamp }),
        },
      ]),
    ),
    aimsAtLevelFour: false,
    plan: { version: 1, number: '20/KH', approvedOn: `${year.slice(0, 4)}-09-20`, deadlines: {} },
    report: isDone
      ? { version: 1, published: { on: `${year.slice(5)}-04-20`, place: 'Trang web của trường', paper: 'paper' } }
      : { version: 0 },
    submissions:
      isDone && state !== 'published'
        ? [
            {
              on: `${year.slice(5)}-05-02`,
              number: '30/BC',
              date: `${year.slice(5)}-05-02`,
              toUnitId: parent,
              reportVersion: 1,
              ...(state === 'accepted' && { acceptedOn: `${year.slice(5)}-05-20` }),
            },
          ]
        : [],
    supplements: [],
    outbox: [],
  }
}

function answers(
  { set }: CriteriaVersion,
  code: string,
  isDone: boolean,
  level: number,
  throwDice: () => number,
): Answers {
  const criterion = criterionOf(set, code)
  if (!criterion) return {}
  return Object.fromEntries(
    CRITERION_LEVELS.flatMap(at => {
      const demand = demandAt(criterion, at)
      if (!demand) return []
      const verdicts = demand.indicators.flatMap(({ code: indicator }) =>
        isDone || throwDice() < 0.5
          ? [[indicator, at <= level || throwDice() < 0.5 ? ('met' as const) : ('notMet' as const)] as const]
          : [],
      )
      return [[String(at), Object.fromEntries(verdicts)]]
    }),
  )
}

function figures(no: number, year: WorkingYear) {
  const grades = gradesOf(kindOf(no).levels)
  const cell = (key: string, value: number) => ({ key, value, rev: 1 })
  return {
    _id: figureYearId(schoolId(no), year),
    schoolId: schoolId(no),
    year,
    cells: [
      ...grades.flatMap(({ key }) => [cell(`classes.${key}`, 3), cell(`pupils.${key}`, 90 + (no % 17))]),
      ...['head', 'deputies', 'teachers', 'support'].map((post, at) =>
        cell(`staff.${post}.total`, [1, 2, 24, 5][at] ?? 0),
      ),
    ],
    rev: 1,
    lockedFor: [],
    outbox: [],
  }
}
