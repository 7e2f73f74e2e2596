import {
  gradeFor,
  recordTitle,
  register,
  stepRun,
  stepTitle,
  type Grade,
  type RunEvent,
  type TeamMember,
  type TitleKind,
} from '../external/index.ts'
import { addDays, type Day } from '../kernel/dates.ts'
import { firstCalendarYear, shiftYear, workingYearOf, type WorkingYear } from '../kernel/working-year.ts'
import { firstDayOf, managingUnitOn } from '../organisations/index.ts'
import { OFFICERS, PROVINCE_LEAD, PROVINCE_OFFICER } from './cast.ts'
import { PROVINCE } from './province.ts'
import { personOn } from './tell-period.ts'
import type { World } from './world.ts'

/** A title from its papers: how many years and days before today it was granted. */
interface OldTitle {
  readonly schoolId: string
  readonly kind: TitleKind
  readonly grade: Grade
  readonly years: number
  readonly days: number
}

/** Titles of the years before the system, one running out soon, one to be renewed at once, one expired, one revoked. */
const OLD_TITLES: readonly OldTitle[] = [
  { schoolId: 'thcs-3', kind: 'accreditation', grade: 2, years: 4, days: 100 },
  { schoolId: 'thcs-3', kind: 'national', grade: 1, years: 4, days: 100 },
  { schoolId: 'th-1', kind: 'accreditation', grade: 2, years: 3, days: 40 },
  { schoolId: 'thcs-4', kind: 'accreditation', grade: 3, years: 4, days: 330 },
  { schoolId: 'th-4', kind: 'accreditation', grade: 1, years: 5, days: 200 },
  { schoolId: 'thpt-2', kind: 'accreditation', grade: 2, years: 2, days: 15 },
  { schoolId: 'thpt-2', kind: 'national', grade: 1, years: 2, days: 15 },
  { schoolId: 'thcs-6', kind: 'accreditation', grade: 1, years: 2, days: 100 },
]

const REVOKED = 'thcs-6'

/** An external assessment and how far it comes; `days` after the day it was registered on. */
interface RunPlan {
  readonly schoolId: string
  /** Whose accepted report it stands on: years before the running one. */
  readonly back: 1 | 2
  /** Grades asked for are those that the self-assessment gave, the national one only where the level allows. */
  readonly national: boolean
  readonly reach: 'toComplete' | 'atProvince' | 'teamFormed' | 'reported' | 'granted'
}

const RUNS: readonly RunPlan[] = [
  { schoolId: 'mn-1', back: 2, national: true, reach: 'granted' },
  { schoolId: 'thcs-1', back: 2, national: true, reach: 'granted' },
  { schoolId: 'thpt-1', back: 2, national: false, reach: 'granted' },
  { schoolId: 'th-5', back: 2, national: true, reach: 'granted' },
  { schoolId: 'th-2', back: 1, national: true, reach: 'reported' },
  { schoolId: 'mn-3', back: 1, national: false, reach: 'teamFormed' },
  { schoolId: 'th-3', back: 1, national: false, reach: 'atProvince' },
  { schoolId: 'mn-5', back: 1, national: false, reach: 'toComplete' },
]

/** Fills the register of titles and takes external assessments as far as planned, each step by whose it is. */
export async function grantTitles(world: World): Promise<void> {
  for (const [index, title] of OLD_TITLES.entries()) await recordOld(world, title, index)
  await revoke(world)
  for (const [index, run] of RUNS.entries()) await tellRun(world, run, index)
}

const decidedOn = ({ today }: World, { years, days }: OldTitle): Day => {
  const at = addDays(today, -days)
  return addDays(`${Number(at.slice(0, 4)) - years}-${at.slice(5, 7)}-01`, Number(at.slice(8)) - 1)
}

async function recordOld(world: World, title: OldTitle, index: number): Promise<void> {
  const { externalNeeds } = world.system
  const { schoolId, kind, grade } = title
  const known = await externalNeeds.titles.ofSchools([schoolId])
  const decision = { number: `${310 + index}/QĐ-SGDĐT`, date: decidedOn(world, title) }
  if (known.some(each => each.decision?.number === decision.number)) return
  const officer = await personOn(
    world,
    PROVINCE_OFFICER,
    addDays(firstDayOf(shiftYear(workingYearOf(world.today), -1)), 4),
  )
  const registerNumber = `${kind === 'accreditation' ? 'KĐ' : 'CQG'}-${decision.date.slice(0, 4)}-${20 + index}`
  await recordTitle(externalNeeds)(officer, { schoolId, kind, grade, decision, registerNumber })
}

/** A title that did not stand up to a second look, in the winter of last year. */
async function revoke(world: World): Promise<void> {
  const { externalNeeds } = world.system
  const [title] = await externalNeeds.titles.ofSchools([REVOKED])
  if (!title || title.state === 'revoked') return
  const first = firstDayOf(shiftYear(workingYearOf(world.today), -1))
  if (title.state === 'granted') {
    const day = addDays(first, 120)
    await stepTitle(externalNeeds)(await personOn(world, PROVINCE_LEAD, day), title.id, {
      type: 'question',
      reason: 'Phản ánh về việc trường không duy trì phòng học bộ môn sau khi chuyển điểm trường.',
      decision: { number: '402/QĐ-SGDĐT', date: day },
    })
  }
  const day = addDays(first, 160)
  await stepTitle(externalNeeds)(await personOn(world, PROVINCE_LEAD, day), title.id, {
    type: 'revoke',
    conclusion: 'Trường không còn đáp ứng tiêu chí về phòng học và thiết bị ở Mức 1.',
    decision: { number: '437/QĐ-SGDĐT', date: day },
  })
}

const STAGES: readonly RunPlan['reach'][] = ['toComplete', 'atProvince', 'teamFormed', 'reported', 'granted']

/** On the report of a year, registered in the autumn after it; in the running year as far as today allows. */
async function tellRun(world: World, plan: RunPlan, index: number): Promise<void> {
  const { externalNeeds, units } = world.system
  const year = shiftYear(workingYearOf(world.today), -plan.back)
  const tree = await units.tree()
  const start = runDay(world, year, plan.back, 0)
  const on = (days: number): Day => runDay(world, year, plan.back, days)
  const reaches = (stage: RunPlan['reach']): boolean => STAGES.indexOf(plan.reach) >= STAGES.indexOf(stage)
  const assessed = await externalNeeds.assessed(plan.schoolId, year)
  const level = assessed?.level ?? 0
  const accreditation = gradeFor('accreditation', level)
  if (!assessed?.accepted || accreditation === undefined) return
  const national = plan.national ? gradeFor('national', level) : undefined
  const find = async () => (await externalNeeds.runs.ofSchools([plan.schoolId])).find(run => run.year === year)
  if (!(await find())) {
    const head = await personOn(world, `demo-${plan.schoolId}-hieutruong`, start)
    await register(externalNeeds)(head, {
      schoolId: plan.schoolId,
      year,
      asked: { accreditation, ...(national !== undefined && { national }) },
      letter: { number: `${60 + index}/CV-ĐKĐGN`, date: start },
    })
  }
  const step = async (personId: string, days: number, event: RunEvent): Promise<void> => {
    const run = await find()
    if (run) await stepRun(externalNeeds)(await personOn(world, personId, on(days)), run.id, event)
  }
  const state = async () => (await find())?.state
  const managing = managingUnitOn(tree, plan.schoolId, start)
  const lead = OFFICERS.find(each => each.unitId === managing?.id && each.role === 'middleLead')?.id ?? PROVINCE_LEAD
  if ((await state()) === 'registered')
    await step(
      lead,
      6,
      reaches('atProvince')
        ? { type: 'forwardDossier' }
        : { type: 'askCompletion', reason: 'Hồ sơ chưa có bản sao quyết định công nhận điểm trường mới.' },
    )
  if (reaches('teamFormed') && (await state()) === 'atProvince')
    await step(PROVINCE_LEAD, 14, { type: 'acceptForAssessment' })
  if (reaches('teamFormed') && (await state()) === 'queued')
    await step(PROVINCE_LEAD, 24, {
      type: 'formTeam',
      decision: { number: `${500 + index}/QĐ-SGDĐT`, date: on(24) },
      members: teamFor(plan, national !== undefined),
    })
  if (reaches('reported') && (await state()) === 'teamFormed')
    await step(PROVINCE_OFFICER, 50, {
      type: 'report',
      visitedFrom: on(32),
      visitedTo: on(36),
      level,
      criteria: {},
      report: { number: `0${index + 1}/BC-ĐĐGN`, date: on(48) },
    })
  if (reaches('granted')) await grant(world, (await find())?.id ?? '', on, index)
}

/** Registered in October after the year; of last year's reports in the running autumn, never after today. */
function runDay({ today }: World, year: WorkingYear, back: 1 | 2, days: number): Day {
  const first = `${firstCalendarYear(year) + 1}-10-01`
  if (back === 2) return addDays(first, days)
  const start = addDays(firstDayOf(workingYearOf(today)), 12)
  // The whole way takes fifty days; early in a year it is walked faster.
  const length = Math.max(0, Math.min(60, (Date.parse(today) - Date.parse(start)) / 86_400_000 - 1))
  return addDays(start, Math.floor((length * days) / 60))
}

async function grant(world: World, runId: string, on: (days: number) => Day, index: number): Promise<void> {
  const { externalNeeds } = world.system
  const run = await externalNeeds.runs.find(runId)
  if (!run?.found) return
  const decided = new Set((await externalNeeds.titles.ofRuns([runId])).map(({ kind }) => kind))
  for (const kind of ['accreditation', 'national'] as const) {
    const grade = run.asked[kind]
    if (grade === undefined || decided.has(kind)) continue
    const short = kind === 'accreditation' ? 'KĐ' : 'CQG'
    const id = `${runId}:${kind}`
    await stepTitle(externalNeeds)(await personOn(world, PROVINCE_LEAD, on(70)), id, {
      type: 'grant',
      decision: { number: `${(kind === 'accreditation' ? 600 : 640) + index}/QĐ-SGDĐT`, date: on(70) },
      registerNumber: `${short}-${on(70).slice(0, 4)}-${index + 1}`,
      grade,
      cohort: true,
    })
    await stepTitle(externalNeeds)(await personOn(world, PROVINCE_OFFICER, on(75)), id, {
      type: 'announce',
      place: `Trang thông tin của Sở Giáo dục và Đào tạo tỉnh ${PROVINCE.name}`,
    })
  }
}

const SURNAMES = ['Lưu', 'Quách', 'Tống', 'Viên', 'Doãn', 'Khúc', 'La'] as const
const ROLES: readonly TeamMember['role'][] = ['lead', 'deputy', 'secretary', 'member', 'member', 'member', 'member']

/** A lawful team of made-up people from elsewhere. */
const teamFor = ({ schoolId }: RunPlan, withDepartments: boolean): readonly TeamMember[] =>
  SURNAMES.slice(0, withDepartments ? 7 : 5).map((surname, index) => {
    const education = !withDepartments || index < 5
    return {
      name: `${surname} Văn Đánh Giá ${index + 1} (${schoolId.toUpperCase()})`,
      post: education ? 'Phó Hiệu trưởng' : 'Chuyên viên',
      workplace: education ? `Trường Mẫu Tỉnh Bạn ${index + 1}` : 'Sở Xây dựng tỉnh Minh Họa',
      role: ROLES[index] ?? 'member',
      education,
      yearsInService: 9 + index,
      trained: education,
      neverHere: true,
    }
  })
