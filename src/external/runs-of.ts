import { entryBy } from '../journal/index.ts'
import { SEAT_NAMES, type Actor, type SeatRole } from '../kernel/actor.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import { Forbidden, NotFound, StepRefused } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { registrationWindow } from './external-deadlines.ts'
import type { ExternalNeeds, ExternalNumbers, RegisteredSchool } from './external-needs.ts'
import { mayOnRun, type ExternalPlace } from './external-policy.ts'
import { registrationUnmet, type RegistrationFacts } from './registration-rules.ts'
import type { Asked, Run } from './run.ts'
import { RUN_VERSION, runLife, runSteps, type RunEvent, type RunFacts, type RunState } from './run-machine.ts'
import type { RunChange } from './run-store.ts'
import { titleFactOn, type Decision } from './title.ts'

export interface OpenRun {
  readonly run: Run
  readonly school: RegisteredSchool
  readonly place: ExternalPlace
  readonly facts: RunFacts
  readonly numbers: ExternalNumbers
}

export const placeOfSchool = (school: RegisteredSchool): ExternalPlace => ({
  schoolId: school.id,
  ancestors: school.ancestors.map(({ id }) => id),
})

/** One run for who may read it; `NotFound` for everybody else. */
export async function openRun(needs: ExternalNeeds, actor: Actor, id: string): Promise<OpenRun> {
  const today = dayOf(needs.now())
  const run = await needs.runs.find(id)
  const school = run && (await needs.school(run.schoolId, today))
  if (!run || !school || !mayOnRun.read(actor, placeOfSchool(school)))
    throw new NotFound('Không tìm thấy hồ sơ đánh giá ngoài này.')
  const [numbers, titles] = await Promise.all([
    needs.numbers(run.schoolId, run.year, run.registeredOn),
    needs.titles.ofRuns([run.id]),
  ])
  const facts = factsOf(run, numbers, titles.length > 0, today)
  return { run, school, place: placeOfSchool(school), facts, numbers }
}

function factsOf(run: Run, numbers: ExternalNumbers, titleDecided: boolean, today: Day): RunFacts {
  return {
    today,
    underProvince: run.underProvince,
    limits: {
      min: numbers.teamMin,
      max: run.asked.national === undefined ? numbers.teamMax : numbers.teamMaxNational,
      years: numbers.assessorMinYears,
    },
    ...(run.team && { formedOn: run.team.formedOn }),
    titleDecided,
  }
}

/** Whose step it is, for the sentence of a refusal. */
export const seatsInWords = (who: readonly SeatRole[]): string =>
  [...new Set(who)].map(role => SEAT_NAMES[role]).join(', ')

/** What a school's registration for the year would rest on. */
export async function registrationFacts(
  needs: ExternalNeeds,
  schoolId: string,
  year: WorkingYear,
): Promise<RegistrationFacts> {
  const today = dayOf(needs.now())
  const [assessed, runs, titles, numbers] = await Promise.all([
    needs.assessed(schoolId, year),
    needs.runs.ofSchools([schoolId]),
    needs.titles.ofSchools([schoolId]),
    needs.numbers(schoolId, year, today),
  ])
  return {
    today,
    assessed,
    open: runs.some(run => run.state !== 'withdrawn' && run.state !== 'stopped' && run.state !== 'reported'),
    titles: titles.flatMap(title => titleFactOn(title, titles, today) ?? []),
    waitYearsHigher: numbers.waitYearsHigher,
    window: registrationWindow(today, numbers),
  }
}

/** The head registers the school for external assessment (Điều 26); `StepRefused` lists everything that is missing. */
export const register =
  (needs: ExternalNeeds) =>
  async (
    actor: Actor,
    wanted: { readonly schoolId: string; readonly year: WorkingYear; readonly asked: Asked; readonly letter: Decision },
  ): Promise<Run> => {
    const at = needs.now()
    const school = await needs.school(wanted.schoolId, dayOf(at))
    if (!school || !mayOnRun.read(actor, placeOfSchool(school))) throw new NotFound('Không tìm thấy trường này.')
    if (!mayOnRun.register(actor, placeOfSchool(school)))
      throw new Forbidden('Việc đăng ký đánh giá ngoài do hiệu trưởng thực hiện.', SEAT_NAMES.head)
    const facts = await registrationFacts(needs, school.id, wanted.year)
    const unmet = registrationUnmet(wanted.asked, facts)
    if (unmet.length > 0 || !facts.assessed)
      throw new StepRefused('Chưa thể đăng ký đánh giá ngoài: còn thiếu điều kiện.', unmet)
    const earlier = (await needs.runs.ofSchools([school.id])).filter(run => run.year === wanted.year).length
    const underProvince = school.ancestors[0]?.isProvince === true
    const run: Run = {
      id: `${school.id}.${wanted.year}.${earlier + 1}`,
      schoolId: school.id,
      year: wanted.year,
      assessmentId: facts.assessed.assessmentId,
      ancestors: school.ancestors.map(({ id }) => id),
      underProvince,
      state: underProvince ? 'atProvince' : 'registered',
      machine: RUN_VERSION,
      rev: 1,
      asked: wanted.asked,
      selfLevel: facts.assessed.level ?? 0,
      letter: wanted.letter,
      registeredOn: dayOf(at),
      completions: [],
      outbox: [],
    }
    await needs.runs.register(
      run,
      entryBy(actor, at, {
        id: `externalRun:${run.id}:1`,
        unitId: run.schoolId,
        year: run.year,
        subject: { kind: 'externalRun', id: run.id },
        event: 'register',
        to: run.state,
        facts: { asked: run.asked, letter: wanted.letter.number },
      }),
    )
    return run
  }

/** One step of a run: load, ask, step, write. */
export const stepRun =
  (needs: ExternalNeeds) =>
  async (actor: Actor, id: string, event: RunEvent): Promise<void> => {
    const { run, place, facts } = await openRun(needs, actor, id)
    if (!mayStepRun(actor, place, run, event.type)) {
      const lines = runSteps.filter(step => step.event === event.type && step.from === run.state)
      throw new Forbidden(
        `Nhiệm vụ đang giữ không gồm việc “${runLife.eventNames[event.type]}”.`,
        seatsInWords(lines.flatMap(step => step.who)),
      )
    }
    const at = needs.now()
    const state = nextState<RunState, RunFacts, RunEvent>(runLife, run.state, facts, event)
    const reason = 'reason' in event ? event.reason : undefined
    await needs.runs.step(
      run,
      { ...changeBy(run, event, dayOf(at)), state },
      entryBy(actor, at, {
        id: `externalRun:${run.id}:${run.rev + 1}`,
        unitId: run.schoolId,
        year: run.year,
        subject: { kind: 'externalRun', id: run.id },
        event: event.type,
        from: run.state,
        to: state,
        ...(reason !== undefined && { reason }),
        ...(event.type === 'report' && { facts: { level: event.level, report: event.report.number } }),
      }),
    )
  }

/** The policy's answer, narrowed to the seats that the table names for this very state (a commune asks, then the Sở). */
export function mayStepRun(actor: Actor, place: ExternalPlace, run: Run, type: RunEvent['type']): boolean {
  if (!mayOnRun[type](actor, place)) return false
  const who = runSteps.filter(step => step.event === type && step.from === run.state).flatMap(step => step.who)
  const units = [place.schoolId, ...place.ancestors]
  return who.length === 0 || actor.seats.some(seat => who.includes(seat.role) && units.includes(seat.unitId))
}

function changeBy(run: Run, event: RunEvent, today: Day): RunChange {
  switch (event.type) {
    case 'forwardDossier':
      return { forwardedOn: today }
    case 'askCompletion':
      return { completions: [...run.completions, { on: today, reason: event.reason }] }
    case 'complete':
      return {
        completions: run.completions.map((each, index) =>
          index === run.completions.length - 1 ? { ...each, answer: event.answer, answeredOn: today } : each,
        ),
      }
    case 'acceptForAssessment':
      return { acceptedOn: today }
    case 'formTeam':
      return { team: { decision: event.decision, formedOn: event.decision.date, members: event.members } }
    case 'replaceMember':
      return {
        team: { decision: event.decision, formedOn: run.team?.formedOn ?? event.decision.date, members: event.members },
      }
    case 'report': {
      const { visitedFrom, visitedTo, level, criteria, report } = event
      return { found: { visitedFrom, visitedTo, level, criteria, report } }
    }
    case 'reopenByProvince':
      return {}
    case 'withdraw':
    case 'stop':
      return { ended: { on: today, reason: event.reason } }
  }
}
