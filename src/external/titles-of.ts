import { entryBy } from '../journal/index.ts'
import { SEAT_NAMES, type Actor } from '../kernel/actor.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, NotFound } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import { workingYearOf } from '../kernel/working-year.ts'
import type { ExternalNeeds, ExternalNumbers, RegisteredSchool } from './external-needs.ts'
import { mayOnTitle, type ExternalPlace } from './external-policy.ts'
import { gradeFor, type Grade, type TitleFact, type TitleKind } from './facts.ts'
import type { Run } from './run.ts'
import { placeOfSchool, seatsInWords } from './runs-of.ts'
import { lastDayOfValidity, standingOn, titleFactOn, type Decision, type Standing, type Title } from './title.ts'
import {
  TITLE_VERSION,
  titleLife,
  titleSteps,
  type TitleEvent,
  type TitleFacts,
  type TitleState,
} from './title-machine.ts'
import type { TitleChange } from './title-store.ts'

export interface OpenTitle {
  readonly title: Title
  readonly school: RegisteredSchool
  readonly place: ExternalPlace
  readonly numbers: ExternalNumbers
  readonly run?: Run
  /** Absent while nothing has been granted. */
  readonly fact?: TitleFact
  readonly standing?: Standing
}

const KINDS: readonly TitleKind[] = ['accreditation', 'national']

/** The titles that a team's report proposes: one for each that was asked for and that its level gives. */
export const proposedBy = (run: Run): readonly Title[] => {
  const { found } = run
  if (run.state !== 'reported' || !found) return []
  return KINDS.flatMap(kind => {
    const asked = run.asked[kind]
    if (asked === undefined) return []
    const given = gradeFor(kind, found.level)
    const grade = given !== undefined && given < asked ? given : asked
    return [{ ...blank(`${run.id}:${kind}`, run.schoolId, kind, grade), runId: run.id }]
  })
}

const blank = (id: string, schoolId: string, kind: TitleKind, grade: Grade): Title => ({
  id,
  schoolId,
  kind,
  grade,
  state: 'proposed',
  machine: TITLE_VERSION,
  rev: 0,
  transfers: [],
  outbox: [],
})

/** Every title of these schools: decided ones from the register, proposed ones from the teams' reports. */
export async function titlesOf(needs: ExternalNeeds, schoolIds: readonly string[]): Promise<readonly Title[]> {
  const [decided, runs] = await Promise.all([needs.titles.ofSchools(schoolIds), needs.runs.ofSchools(schoolIds)])
  const known = new Set(decided.map(({ id }) => id))
  return [...decided, ...runs.flatMap(proposedBy).filter(({ id }) => !known.has(id))]
}

/** The titles within a person's reach, with how each stands today. */
export async function titlesInReach(needs: ExternalNeeds, actor: Actor): Promise<readonly OpenTitle[]> {
  const today = dayOf(needs.now())
  const schools = new Map((await needs.schoolsInReach(actor, today)).map(school => [school.id, school]))
  const titles = await titlesOf(needs, [...schools.keys()])
  const first = [...schools.keys()][0]
  if (first === undefined) return []
  // Validity and warnings are the same for all schools of a regime: one reading serves the list.
  const numbers = await needs.numbers(first, workingYearOf(today), today)
  return titles.flatMap(title => {
    const school = schools.get(title.schoolId)
    return school && mayOnTitle.read(actor, placeOfSchool(school))
      ? [opened(title, school, titles, numbers, today)]
      : []
  })
}

function opened(
  title: Title,
  school: RegisteredSchool,
  all: readonly Title[],
  numbers: ExternalNumbers,
  today: Day,
): OpenTitle {
  const fact = titleFactOn(
    title,
    all.filter(other => other.schoolId === title.schoolId),
    today,
  )
  const months = { warn: numbers.warnMonths, renew: numbers.renewMonthsBefore }
  return {
    title,
    school,
    place: placeOfSchool(school),
    numbers,
    ...(fact && { fact, standing: standingOn(title, fact, today, months) }),
  }
}

/** One title for who may read it; `NotFound` for everybody else. */
export async function openTitle(needs: ExternalNeeds, actor: Actor, id: string): Promise<OpenTitle> {
  const today = dayOf(needs.now())
  const runId = id.slice(0, Math.max(id.lastIndexOf(':'), 0))
  const run = runId === '' ? undefined : await needs.runs.find(runId)
  const title = (await needs.titles.find(id)) ?? (run && proposedBy(run).find(each => each.id === id))
  const school = title && (await needs.school(title.schoolId, today))
  if (!title || !school || !mayOnTitle.read(actor, placeOfSchool(school)))
    throw new NotFound('Không tìm thấy danh hiệu này.')
  const [numbers, all] = await Promise.all([
    needs.numbers(school.id, workingYearOf(today), today),
    needs.titles.ofSchools([school.id]),
  ])
  return { ...opened(title, school, all, numbers, today), ...(run && { run }) }
}

/** What the machine looks at for one title today. */
export function titleFacts(open: OpenTitle, today: Day, heir?: RegisteredSchool): TitleFacts {
  const { title, run, fact } = open
  const gradeFound = run?.found && gradeFor(title.kind, run.found.level)
  return {
    today,
    ended: fact?.ended !== undefined,
    heirFound: heir !== undefined && heir.active && heir.id !== title.schoolId,
    announced: title.announcedOn !== undefined,
    ...(gradeFound !== undefined && { gradeFound }),
    ...(run?.found && { reportedOn: run.found.report.date }),
    ...(title.grantedOn !== undefined && { grantedOn: title.grantedOn }),
  }
}

/** One step of a title: load, ask, step, write. */
export const stepTitle =
  (needs: ExternalNeeds) =>
  async (actor: Actor, id: string, event: TitleEvent): Promise<void> => {
    const open = await openTitle(needs, actor, id)
    const { title, place } = open
    if (!mayOnTitle[event.type](actor, place)) {
      const who = titleSteps.filter(step => step.event === event.type).flatMap(step => step.who)
      throw new Forbidden(`Nhiệm vụ đang giữ không gồm việc “${titleLife.eventNames[event.type]}”.`, seatsInWords(who))
    }
    const at = needs.now()
    const today = dayOf(at)
    const heir = event.type === 'transfer' ? await needs.school(event.toSchoolId, today) : undefined
    const facts = titleFacts(open, today, heir)
    const state = nextState<TitleState, TitleFacts, TitleEvent>(titleLife, title.state, facts, event)
    // A title is valid for as long as the law of its decision's day says.
    const decidedOn = 'decision' in event ? event.decision.date : today
    const { validYears } = await needs.numbers(title.schoolId, workingYearOf(decidedOn), decidedOn)
    const { change, unset = [] } = changeBy(title, event, today, validYears)
    const reason = 'reason' in event ? event.reason : 'conclusion' in event ? event.conclusion : undefined
    await needs.titles.step(
      title,
      { ...change, state },
      unset,
      entryBy(actor, at, {
        id: `title:${title.id}:${title.rev + 1}`,
        unitId: title.schoolId,
        subject: { kind: 'title', id: title.id },
        event: event.type,
        from: title.state,
        to: state,
        ...(reason !== undefined && { reason }),
        ...('decision' in event && { facts: { number: event.decision.number, date: event.decision.date } }),
      }),
    )
  }

function changeBy(
  title: Title,
  event: TitleEvent,
  today: Day,
  validYears: number,
): { readonly change: TitleChange; readonly unset?: readonly (keyof TitleChange)[] } {
  switch (event.type) {
    case 'grant': {
      const { decision, registerNumber, grade } = event
      const grantedOn = decision.date
      return {
        change: { decision, registerNumber, grade, grantedOn, expiresOn: lastDayOfValidity(grantedOn, validYears) },
      }
    }
    case 'refuse':
      return { change: { refused: { on: today, reason: event.reason, number: event.number } } }
    case 'announce':
      return { change: { announcedOn: today } }
    case 'question':
      return { change: { verification: { on: today, reason: event.reason, decision: event.decision } } }
    case 'clear':
      return { change: {}, unset: ['verification'] }
    case 'revoke':
      return {
        change: { revoked: { on: event.decision.date, reason: event.conclusion, decision: event.decision } },
        unset: ['verification'],
      }
    case 'transfer': {
      const { decision, reason, toSchoolId } = event
      const transfer = { fromSchoolId: title.schoolId, on: decision.date, reason, decision }
      return { change: { schoolId: toSchoolId, transfers: [...title.transfers, transfer] } }
    }
    case 'correct':
      return { change: { decision: event.decision, registerNumber: event.registerNumber } }
  }
}

/** A title that was decided on paper before it came into the system. */
export interface TitleOnPaper {
  readonly schoolId: string
  readonly kind: TitleKind
  readonly grade: Grade
  readonly decision: Decision
  readonly registerNumber: string
}

/** Enters a title from its papers; refuses one that the register has already. */
export const recordTitle =
  (needs: ExternalNeeds) =>
  async (actor: Actor, wanted: TitleOnPaper): Promise<Title> => {
    const at = needs.now()
    const today = dayOf(at)
    const school = await needs.school(wanted.schoolId, today)
    // Who records no titles learns nothing about which schools there are.
    if (!actor.seats.some(({ role }) => role === 'provinceOfficer' || role === 'provinceLead'))
      throw new Forbidden('Sổ danh hiệu do Sở ghi.', SEAT_NAMES.provinceOfficer)
    if (!school || !mayOnTitle.record(actor, placeOfSchool(school)))
      throw new InvalidInput({ schoolId: 'Xin chọn một trường.' })
    if (wanted.decision.date > today) throw new InvalidInput({ date: 'Ngày quyết định không thể ở sau hôm nay.' })
    const same = (await needs.titles.ofSchools([school.id])).find(
      title => title.kind === wanted.kind && title.decision?.number === wanted.decision.number,
    )
    if (same) throw new InvalidInput({ number: 'Sổ đã có danh hiệu theo quyết định này.' })
    const { validYears } = await needs.numbers(school.id, workingYearOf(wanted.decision.date), wanted.decision.date)
    const title = blank(needs.newId(), school.id, wanted.kind, wanted.grade)
    const change: TitleChange = {
      state: 'granted',
      decision: wanted.decision,
      registerNumber: wanted.registerNumber,
      grantedOn: wanted.decision.date,
      expiresOn: lastDayOfValidity(wanted.decision.date, validYears),
    }
    await needs.titles.step(
      title,
      change,
      [],
      entryBy(actor, at, {
        id: `title:${title.id}:1`,
        unitId: school.id,
        subject: { kind: 'title', id: title.id },
        event: 'record',
        to: 'granted',
        facts: { kind: wanted.kind, grade: wanted.grade, number: wanted.decision.number, date: wanted.decision.date },
      }),
    )
    return { ...title, ...change, rev: 1 }
  }
