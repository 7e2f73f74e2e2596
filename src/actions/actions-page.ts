import { assessmentId, crumbsOf, isLevelFour, linksOf, type Assessment } from '../assessments/index.ts'
import { criterionOf, type CriteriaSet } from '../catalogue/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { printDay, printInstant, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { isPossible } from '../kernel/step.ts'
import { shiftYear } from '../kernel/working-year.ts'
import { dueOf, isLate, isUnfinished, type Action } from './action.ts'
import { ACTION_STATES, actionLife, type ActionEvent, type ActionFacts } from './action-machine.ts'
import { mayOnAction } from './action-policy.ts'
import { placeOf } from './actions-of.ts'

/** What the routes have read. */
export interface ActionsView {
  readonly assessment: Assessment
  readonly set: CriteriaSet
  readonly schoolName: string
  readonly today: Day
}

/** Word in the address → state; `qua-han` is no state but is asked for most. */
const FILTERS = [
  { slug: '', label: 'Tất cả', has: () => true },
  { slug: 'qua-han', label: 'Quá hạn', has: isLate },
  { slug: 'chua-bat-dau', label: ACTION_STATES.planned.label, has: inState('planned') },
  { slug: 'dang-lam', label: ACTION_STATES.doing.label, has: inState('doing') },
  { slug: 'da-xong', label: ACTION_STATES.done.label, has: inState('done') },
  { slug: 'khong-lam', label: ACTION_STATES.dropped.label, has: inState('dropped') },
  { slug: 'chuyen-nam-sau', label: ACTION_STATES.carriedOver.label, has: inState('carriedOver') },
] as const

function inState(state: Action['state']): (action: Action) => boolean {
  return action => action.state === state
}

const hrefOf = ({ assessmentId: id, code, line }: Action): string =>
  `${linksOf({ id }).actions}/${code}/${encodeURIComponent(line)}`

const nameOf = (set: CriteriaSet, code: string): string => {
  const title = isLevelFour(code)
    ? set.levelFour.find(clause => clause.code === code)?.gist
    : criterionOf(set, code)?.title
  return title === undefined ? `Tiêu chí ${code}` : `Tiêu chí ${code}. ${title}`
}

const stateOf = (action: Action, today: Day) =>
  isLate(action, today)
    ? { label: `${ACTION_STATES[action.state].label}, quá hạn`, tone: 'red' }
    : ACTION_STATES[action.state]

const dueWords = (action: Action): string => {
  const due = dueOf(action)
  return due === undefined ? 'Không ghi hạn' : printDay(due)
}

/** The list by criterion, with what is late first to be seen and the way into the next year. */
export function actionsPage(actor: Actor, actions: readonly Action[], view: ActionsView, filter: string) {
  const { assessment, set, schoolName, today } = view
  const base = linksOf(assessment).actions
  const chosen = FILTERS.find(each => each.slug === filter) ?? FILTERS[0]
  const shown = actions.filter(action => chosen.has(action, today))
  const unfinished = actions.filter(isUnfinished).length
  const next = shiftYear(assessment.year, 1)
  return {
    breadcrumbs: crumbsOf(assessment, schoolName),
    tabs: FILTERS.map(each => ({
      label: each.label,
      href: each.slug === '' ? base : `${base}?trangthai=${each.slug}`,
      current: each === chosen,
      count: actions.filter(action => each.has(action, today)).length,
    })),
    nothing:
      actions.length === 0
        ? {
            title: 'Chưa có việc cải tiến nào',
            text: 'Việc cải tiến chất lượng vào đây khi hội đồng thống nhất phiếu đánh giá tiêu chí.',
          }
        : { title: 'Không có việc nào ở trạng thái này' },
    done: { value: actions.filter(action => action.state === 'done').length, max: actions.length },
    criteria: [...new Set(shown.map(action => action.code))].map(code => ({
      title: nameOf(set, code),
      caption: `Việc cải tiến của tiêu chí ${code}`,
      head: ['Việc', 'Người thực hiện', 'Hạn', 'Trạng thái'],
      rows: shown
        .filter(action => action.code === code)
        .map(action => [
          {
            text: action.words.what,
            href: hrefOf(action),
            ...(action.cameFrom !== undefined && { note: `Chuyển từ năm học ${action.cameFrom}` }),
          },
          action.words.who || '–',
          dueWords(action),
          { text: '', badge: stateOf(action, today) },
        ]),
    })),
    ...(unfinished > 0 &&
      assessment.state !== 'cancelled' &&
      mayOnAction.carryOver(actor, placeOf(assessment, '')) && {
        carry: {
          action: `${base}/chuyen-nam-sau`,
          label: `Chuyển ${unfinished} việc chưa xong sang năm học ${next}`,
          confirm: `Chuyển ${unfinished} việc chưa xong sang năm học ${next}? Ở năm học này các việc đó không sửa được nữa.`,
        },
      }),
  }
}

const EVENTS = ['start', 'report', 'extend', 'finish', 'drop'] as const satisfies readonly ActionEvent['type'][]

/** Steps that both the machine and the policy allow this person now. */
export const stepsFor = (
  actor: Actor,
  assessment: Assessment,
  action: Action,
  facts: ActionFacts,
): readonly (typeof EVENTS)[number][] =>
  facts.live
    ? EVENTS.filter(
        type =>
          mayOnAction[type](actor, placeOf(assessment, action.code)) &&
          isPossible(actionLife, action.state, facts, type),
      )
    : []

/** One action: what was agreed, how far it is, and what this person can do with it now. */
export function actionPage(
  actor: Actor,
  action: Action,
  { assessment, set, schoolName, today }: ActionsView,
  history: readonly JournalEntry[],
) {
  const { words, done } = action
  const base = linksOf(assessment)
  const href = hrefOf(action)
  const offered = stepsFor(actor, assessment, action, { live: assessment.state !== 'cancelled', today })
  return {
    breadcrumbs: [...crumbsOf(assessment, schoolName), { label: 'Việc cải tiến chất lượng', href: base.actions }],
    badge: stateOf(action, today),
    criterion: nameOf(set, action.code),
    what: words.what,
    facts: [
      { term: 'Điểm yếu cần khắc phục', text: words.weakness || '–' },
      { term: 'Người thực hiện', text: words.who || '–' },
      {
        term: 'Thời gian',
        text: words.from === undefined ? dueWords(action) : `${printDay(words.from)} – ${dueWords(action)}`,
      },
      { term: 'Điều kiện thực hiện', text: words.resources || '–' },
      { term: 'Kinh phí', text: words.cost || '–' },
      { term: 'Kết quả mong đợi', text: words.expected || '–' },
      ...(action.cameFrom === undefined
        ? []
        : [
            {
              term: 'Chuyển từ',
              text: `Năm học ${action.cameFrom}`,
              href: hrefOf({ ...action, assessmentId: assessmentId(action.schoolId, action.cameFrom) }),
            },
          ]),
      ...(action.carried === undefined ? [] : [{ term: 'Chuyển sang', text: `Năm học ${action.carried.to}` }]),
    ],
    sheet: { label: `Phiếu tiêu chí ${action.code}`, href: `${base.sheets}${action.code}` },
    ...(done && {
      result: [
        { term: 'Kết quả đạt được', text: done.result },
        { term: 'Minh chứng', text: done.evidence },
      ],
    }),
    ...(action.droppedBecause !== undefined && { droppedBecause: action.droppedBecause }),
    progress: action.progress
      .toReversed()
      .map(note => ({ when: printInstant(note.at), what: note.text, who: note.name, tone: 'blue' })),
    history: history
      .toSorted((a, b) => b.at.getTime() - a.at.getTime())
      .map(entry => ({
        when: printInstant(entry.at),
        what: actionLife.eventNames[eventIn(entry)],
        who: entry.by.name,
        ...(entry.reason !== undefined && { detail: entry.reason }),
      })),
    steps: Object.fromEntries(
      offered.map(type => [type, { action: `${href}/${SLUGS[type]}`, label: actionLife.eventNames[type] }]),
    ),
  }
}

/** Word of the address for each step. */
export const SLUGS: Readonly<Record<(typeof EVENTS)[number], string>> = {
  start: 'bat-dau',
  report: 'tien-do',
  extend: 'gia-han',
  finish: 'hoan-thanh',
  drop: 'khong-thuc-hien',
}

/** The journal holds the events of this life only, under its own subject. */
const eventIn = ({ event }: JournalEntry): ActionEvent['type'] => EVENTS.find(each => each === event) ?? 'carryOver'
