import { dueOn, type RecordTask } from '../assessments/index.ts'
import { MANAGING_ROLES, type Actor } from '../kernel/actor.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import { groupBy } from '../kernel/group-by.ts'
import { shiftYear, workingYearOf } from '../kernel/working-year.ts'
import { runDue, titleDue } from './external-deadlines.ts'
import type { ExternalNeeds } from './external-needs.ts'
import { mayOnRun, mayOnTitle, type ExternalPlace } from './external-policy.ts'
import type { Run } from './run.ts'
import type { RunEvent, RunState } from './run-machine.ts'
import { mayStepRun } from './runs-of.ts'
import { RUNS, runHref } from './runs-page.ts'
import { proposedBy } from './titles-of.ts'
import { titleHref, TITLES } from './titles-page.ts'

type Needs = Pick<ExternalNeeds, 'runs' | 'titles' | 'school' | 'numbers' | 'now'>

/** The step that moves a dossier on from each state, and how the task is worded. */
const TURNS = {
  registered: { event: 'forwardDossier', label: 'Kiểm tra hồ sơ đăng ký đánh giá ngoài' },
  toComplete: { event: 'complete', label: 'Bổ sung hồ sơ đăng ký đánh giá ngoài' },
  atProvince: { event: 'acceptForAssessment', label: 'Kiểm tra hồ sơ đăng ký đánh giá ngoài' },
  queued: { event: 'formTeam', label: 'Thành lập đoàn đánh giá ngoài' },
  teamFormed: { event: 'report', label: 'Ghi nhận báo cáo đánh giá ngoài' },
} as const satisfies Partial<Record<RunState, { event: RunEvent['type']; label: string }>>

type Open = keyof typeof TURNS
const isOpen = (state: RunState): state is Open => Object.hasOwn(TURNS, state)
// Built from the table's own keys.
const OPEN = Object.keys(TURNS) as Open[]

/** More than these are worked off on the lists themselves. */
const MOST = 200

interface Piece {
  readonly kind: string
  readonly label: string
  readonly href: string
  readonly list: string
  readonly run: Run
  readonly due?: Day
}

const placeOf = ({ schoolId, ancestors }: Run): ExternalPlace => ({ schoolId, ancestors })

/** What external assessments and titles ask of a person: several dossiers at the same step are one line with the earliest day. */
export const externalTasks =
  (needs: Needs) =>
  async (actor: Actor): Promise<readonly RecordTask[]> => {
    const today = dayOf(needs.now())
    const acts = actor.seats.some(({ role }) => role === 'head' || MANAGING_ROLES.includes(role))
    if (!acts) return []
    const where = mayOnRun.read.where(actor)
    const years = [workingYearOf(today), shiftYear(workingYearOf(today), -1)]
    const [open, reported] = await Promise.all([
      needs.runs.waiting(where, OPEN, MOST),
      needs.runs.reportedIn(where, years),
    ])
    const pieces = [
      ...(await Promise.all(open.map(run => ofRun(needs, actor, run)))),
      ...(await ofTitles(needs, actor, reported)),
    ].flat()
    return Promise.all([...groupBy(pieces, ({ kind }) => kind).values()].map(same => inOne(needs, same, today)))
  }

async function ofRun(needs: Needs, actor: Actor, run: Run): Promise<readonly Piece[]> {
  if (!isOpen(run.state)) return []
  const { event, label } = TURNS[run.state]
  if (!mayStepRun(actor, placeOf(run), run, event)) return []
  const due = runDue(run, await needs.numbers(run.schoolId, run.year, run.registeredOn))
  return [
    {
      kind: `${run.year}:${run.state}`,
      label,
      href: runHref(run.id),
      list: `${RUNS}?nam=${run.year}&trangthai=${run.state}`,
      run,
      ...(due !== undefined && { due }),
    },
  ]
}

/** Titles that wait for the Sở's decision, and granted ones that wait to be made known. */
async function ofTitles(needs: Needs, actor: Actor, runs: readonly Run[]): Promise<readonly Piece[]> {
  const mine = runs.filter(run => mayOnTitle.announce(actor, placeOf(run)))
  if (mine.length === 0) return []
  const decided = new Map((await needs.titles.ofRuns(mine.map(({ id }) => id))).map(title => [title.id, title]))
  const pieces = mine.flatMap(run =>
    proposedBy(run).map(async (proposed): Promise<readonly Piece[]> => {
      const title = decided.get(proposed.id) ?? proposed
      const due = titleDue(title, run, await needs.numbers(run.schoolId, run.year, run.registeredOn))
      const waits = title.state === 'proposed'
      if (due === undefined || (waits && !mayOnTitle.grant(actor, placeOf(run)))) return []
      return [
        {
          kind: `${run.year}:${waits ? 'grant' : 'announce'}`,
          label: waits ? 'Quyết định công nhận danh hiệu' : 'Công bố danh hiệu đã công nhận',
          href: titleHref(title.id),
          list: waits ? `${TITLES}?tinhtrang=proposed` : TITLES,
          run,
          due,
        },
      ]
    }),
  )
  return (await Promise.all(pieces)).flat()
}

async function inOne(needs: Needs, same: readonly Piece[], today: Day): Promise<RecordTask> {
  const [first, ...others] = same.toSorted((a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999'))
  // Groups are made of pieces, so there is a first one.
  const { label, href, list, run, due } = first as Piece
  const school = await needs.school(run.schoolId, today)
  return {
    label: others.length === 0 ? label : `${label} (${same.length})`,
    detail: '',
    href: others.length === 0 ? href : list,
    schoolName: others.length === 0 ? (school?.name ?? run.schoolId) : `${same.length} hồ sơ`,
    year: run.year,
    ...(due !== undefined && { due: dueOn(due, today) }),
  }
}
