import { assessmentHref, DUE_TONES, dueOn } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { printDay, printInstant, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { isPossible } from '../kernel/step.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { compareVietnamese } from '../kernel/words.ts'
import { complaintUntil, registrationWindow, runDue, teamTimetable, visitRemarks } from './external-deadlines.ts'
import { RUN_FORMS, TEAM_ROWS } from './external-input.ts'
import type { RegisteredSchool } from './external-needs.ts'
import { gradeName, TITLE_KIND_NAMES, type FoundLevel, type TitleKind } from './facts.ts'
import { registrationUnmet, type RegistrationFacts } from './registration-rules.ts'
import { TEAM_ROLE_NAMES, type Asked, type Run } from './run.ts'
import { RUN_STATES, runLife, type RunEvent, type RunState } from './run-machine.ts'
import { mayStepRun, type OpenRun } from './runs-of.ts'
import { proposedBy } from './titles-of.ts'

export const RUNS = '/danh-gia-ngoai'
export const runHref = (id: string): string => `${RUNS}/${encodeURIComponent(id)}`

const levelName = (level: FoundLevel): string => (level === 0 ? 'Không đạt' : `Mức ${level}`)
export const askedInWords = (asked: Asked): string =>
  (['accreditation', 'national'] as const satisfies readonly TitleKind[])
    .flatMap(kind => {
      const grade = asked[kind]
      return grade === undefined ? [] : [`${TITLE_KIND_NAMES[kind]} – ${gradeName(kind, grade).toLowerCase()}`]
    })
    .join('; ')

/** All external assessments within the person's reach in one year, and the way to register the own school. */
export function runsPage(
  runs: readonly Run[],
  schools: ReadonlyMap<string, RegisteredSchool>,
  view: { readonly year: WorkingYear; readonly state: string; readonly own?: RegistrationFacts & { schoolId: string } },
) {
  const ofYear = runs.filter(run => run.year === view.year)
  // Only words of the table itself come through.
  const states = Object.keys(RUN_STATES) as RunState[]
  const chosen = states.find(state => state === view.state)
  const shown = ofYear.filter(run => chosen === undefined || run.state === chosen)
  const tab = (label: string, state?: RunState) => ({
    label,
    href: state === undefined ? `${RUNS}?nam=${view.year}` : `${RUNS}?nam=${view.year}&trangthai=${state}`,
    current: chosen === state,
    count: state === undefined ? ofYear.length : ofYear.filter(run => run.state === state).length,
  })
  return {
    subtitle: `Năm học ${view.year}`,
    tabs: [
      tab('Tất cả'),
      ...states
        .filter(state => ofYear.some(run => run.state === state))
        .map(state => tab(RUN_STATES[state].label, state)),
    ],
    table: {
      caption: 'Hồ sơ đăng ký đánh giá ngoài',
      head: ['Trường', 'Cấp học', 'Danh hiệu đề nghị', 'Ngày đăng ký', 'Kết quả', 'Trạng thái'],
      empty: 'Chưa có trường nào đăng ký đánh giá ngoài trong năm học này.',
      emptyText: 'Hiệu trưởng đăng ký khi báo cáo tự đánh giá của năm học đã được cấp quản lý chấp nhận.',
      rows: shown
        .toSorted((a, b) => compareVietnamese(nameOf(schools, a), nameOf(schools, b)))
        .map(run => {
          const school = schools.get(run.schoolId)
          return [
            {
              text: nameOf(schools, run),
              href: runHref(run.id),
              ...(school?.ancestors[0] && { note: school.ancestors[0].name }),
            },
            school ? SCHOOL_KIND_NAMES[school.kind] : '–',
            askedInWords(run.asked),
            printDay(run.registeredOn),
            run.found ? levelName(run.found.level) : '–',
            { text: '', badge: RUN_STATES[run.state] },
          ]
        }),
    },
    ...(view.own && {
      register: {
        action: `${RUNS}/dang-ky/${view.own.schoolId}`,
        // Asked with the lowest grade: what no choice in the form can mend is told before it is filled in.
        unmet: registrationUnmet({ accreditation: 1 }, view.own),
        level: view.own.assessed?.level,
        window: `Đang nhận đăng ký ${view.own.window.name}, đến hết ngày ${printDay(view.own.window.until)}.`,
      },
    }),
  }
}

const nameOf = (schools: ReadonlyMap<string, RegisteredSchool>, run: Run): string =>
  schools.get(run.schoolId)?.name ?? run.schoolId

/** A deadline among the facts of a page, with how near or past it is; nothing where there is none. */
export const dueLine = (term: string, due: Day | undefined, today: Day) => {
  if (due === undefined) return []
  const { state, words } = dueOn(due, today)
  return [{ term, text: printDay(due), badge: { label: words, tone: DUE_TONES[state] } }]
}

const EVENT_NAMES: Readonly<Record<string, string>> = { ...runLife.eventNames, register: 'Đăng ký đánh giá ngoài' }

export const historyOf = (names: Readonly<Record<string, string>>, history: readonly JournalEntry[]) =>
  history
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .map(entry => ({
      when: printInstant(entry.at),
      what: names[entry.event] ?? entry.event,
      who: entry.by.name,
      ...(entry.reason !== undefined && { detail: entry.reason }),
    }))

/** One external assessment: what was asked for, how far it is, what the team found, and this person's steps. */
export function runPage(
  actor: Actor,
  { run, school, place, facts, numbers }: OpenRun,
  codes: readonly string[],
  history: readonly JournalEntry[],
) {
  const { team, found } = run
  const base = runHref(run.id)
  const types = Object.keys(RUN_FORMS) as RunEvent['type'][]
  const offered = types.filter(
    type => mayStepRun(actor, place, run, type) && isPossible(runLife, run.state, facts, type),
  )
  const last = run.completions.at(-1)
  const due = runDue(run, numbers)
  const complaint = run.state === 'reported' ? complaintUntil(run, numbers) : undefined
  const window = registrationWindow(run.registeredOn, numbers)
  return {
    breadcrumbs: [{ label: 'Đánh giá ngoài', href: RUNS }],
    subtitle: `${school.name} – năm học ${run.year}`,
    badge: RUN_STATES[run.state],
    facts: [
      { term: 'Danh hiệu đề nghị', text: askedInWords(run.asked) },
      { term: 'Công văn đăng ký', text: `Số ${run.letter.number} ngày ${printDay(run.letter.date)}` },
      {
        term: 'Ngày đăng ký',
        text: printDay(run.registeredOn),
        note: `${window.name}, nhận đến hết ngày ${printDay(window.until)}`,
      },
      ...dueLine('Hạn của bước này', due, facts.today),
      { term: 'Tự đánh giá', text: levelName(run.selfLevel), href: assessmentHref(run.assessmentId) },
      ...(run.forwardedOn === undefined ? [] : [{ term: 'Chuyển lên Sở', text: printDay(run.forwardedOn) }]),
      ...(run.acceptedOn === undefined ? [] : [{ term: 'Sở chấp nhận', text: printDay(run.acceptedOn) }]),
      ...(run.ended === undefined
        ? []
        : [{ term: RUN_STATES[run.state].label, text: printDay(run.ended.on), note: run.ended.reason }]),
    ],
    ...(last && run.state === 'toComplete' && { asked: last.reason }),
    ...(team && {
      team: {
        decision: `Quyết định số ${team.decision.number} ngày ${printDay(team.decision.date)}`,
        caption: 'Đoàn đánh giá ngoài',
        head: ['Họ và tên', 'Chức vụ', 'Nơi công tác', 'Nhiệm vụ'],
        rows: team.members.map(member => [
          member.name,
          member.post || '–',
          member.workplace,
          TEAM_ROLE_NAMES[member.role],
        ]),
        ...(run.state === 'teamFormed' && {
          timetable: {
            caption: 'Lịch làm việc của đoàn theo thời hạn trong cài đặt',
            head: ['Việc', 'Từ ngày', 'Chậm nhất'],
            rows: teamTimetable(team.formedOn, numbers).map(work => [
              work.name,
              printDay(work.from),
              printDay(work.to),
            ]),
          },
        }),
      },
    }),
    ...(found && {
      found: {
        facts: [
          { term: 'Khảo sát', text: `${printDay(found.visitedFrom)} – ${printDay(found.visitedTo)}` },
          { term: 'Báo cáo', text: `Số ${found.report.number} ngày ${printDay(found.report.date)}` },
          { term: 'Kết quả', text: levelName(found.level) },
          ...(complaint === undefined
            ? []
            : [{ term: 'Trường được khiếu nại', text: `Đến hết ngày ${printDay(complaint)}` }]),
        ],
        remarks: visitRemarks(run, numbers),
        table: {
          caption: 'Kết quả theo tiêu chí',
          head: ['Tiêu chí', 'Đoàn đánh giá'],
          rows: codes.flatMap(code => {
            const level = found.criteria[code]
            return level === undefined ? [] : [[code, levelName(level)]]
          }),
        },
        titles: proposedBy(run).map(title => ({
          label: `${TITLE_KIND_NAMES[title.kind]} – ${gradeName(title.kind, title.grade).toLowerCase()}`,
          href: `/danh-hieu/${encodeURIComponent(title.id)}`,
        })),
      },
    }),
    history: historyOf(EVENT_NAMES, history),
    steps: Object.fromEntries(
      offered.map(type => [type, { action: `${base}/${RUN_FORMS[type].slug}`, label: runLife.eventNames[type] }]),
    ),
    limits: facts.limits,
    rows: Array.from(
      { length: Math.min(TEAM_ROWS, Math.max(facts.limits.max, team?.members.length ?? 0)) },
      (_, row) => ({
        row,
        member: team?.members[row],
      }),
    ),
    roles: Object.entries(TEAM_ROLE_NAMES).map(([value, label]) => ({ value, label })),
    levels: ([0, 1, 2, 3, 4] as const).map(level => ({ value: String(level), label: levelName(level) })),
    codes,
  }
}
