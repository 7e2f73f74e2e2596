import {
  assessmentHref,
  criterionSteps,
  mayOnSheet,
  placeOf,
  sheetHref,
  SHEET_DEADLINES,
  type Assessment,
  type CriterionDecision,
  type CriterionState,
  whoMay,
  WITH_GROUP,
} from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import { groupSeats } from '../kernel/group-seats.ts'
import { compareCodes } from '../kernel/words.ts'
import type { Draft } from './task.ts'

type Event = keyof typeof mayOnSheet

const isEvent = (event: string): event is Event => event in mayOnSheet

/** The way forward of a sheet; returns and reopenings are offered on the sheet, they are nobody's duty. */
const FORWARD: readonly string[] = ['analyse', 'draft', 'handIn', 'confirm', 'agree']

const LABELS: Readonly<Partial<Record<CriterionState, string>>> = {
  assigned: 'Bắt đầu phân tích tiêu chí',
  analysing: 'Tìm minh chứng, phân tích tiêu chí',
  drafting: 'Viết phiếu đánh giá tiêu chí',
  groupReview: 'Xác nhận phiếu của nhóm, tiêu chí',
  councilReview: 'Hội đồng thống nhất phiếu tiêu chí',
}

/** Whom a sheet waits for in each state. */
const WAITS_FOR: Readonly<Partial<Record<CriterionState, string>>> = {
  groupReview: 'trưởng nhóm công tác',
  councilReview: 'hội đồng tự đánh giá',
}

/** Whether this person takes this sheet's next step, or writes it on the way there. */
function isMine(actor: Actor, today: Day, assessment: Assessment, decision: CriterionDecision): boolean {
  const place = placeOf(assessment, decision, today)
  return (
    (WITH_GROUP.includes(decision.state) && mayOnSheet.write(actor, place)) ||
    criterionSteps.some(
      ({ from, event }) =>
        from === decision.state && FORWARD.includes(event) && isEvent(event) && mayOnSheet[event](actor, place),
    )
  )
}

const mayHandIn = (actor: Actor, today: Day, assessment: Assessment, decision: CriterionDecision): boolean =>
  mayOnSheet.handIn(actor, placeOf(assessment, decision, today))

/** Sheets by what is to be done with them; a returned one stands by itself with the reason. */
export function sheetTasks(actor: Actor, today: Day, assessment: Assessment): readonly Draft[] {
  if (assessment.state !== 'working') return []
  const mine = decisionsOf(assessment).filter(decision => isMine(actor, today, assessment, decision))
  const returned = mine.filter(({ state, returned: back }) => state === 'drafting' && back !== undefined)
  const plain = mine.filter(decision => !returned.includes(decision))
  return [
    ...returned.map(({ code, returned: back }) => ({
      label: `Sửa phiếu tiêu chí ${code} bị trả lại`,
      detail: `${back?.from === 'council' ? 'Hội đồng' : 'Trưởng nhóm'} trả lại: ${back?.reason ?? ''}`,
      href: `${sheetHref(assessment.id, code)}${back?.anchor ? `#${back.anchor}` : ''}`,
      deadline: 'sheetDraftDue',
      sheets: [code],
    })),
    ...byState(plain).flatMap(([state, decisions]) => {
      const label = LABELS[state]
      if (label === undefined) return []
      const others = state === 'drafting' && decisions.every(decision => !mayHandIn(actor, today, assessment, decision))
      return [
        {
          ...draftFor(assessment, label, state, decisions),
          ...(others && { detail: 'Trưởng nhóm nộp phiếu, theo quyết định của chủ tịch hội đồng.' }),
        },
      ]
    }),
  ]
}

/** Sheets of the person's own groups that lie with somebody else: with its writers, its lead or the council. */
export function sheetsWaiting(actor: Actor, today: Day, assessment: Assessment): readonly Draft[] {
  if (assessment.state !== 'working') return []
  const own = new Set(
    groupSeats(actor)
      .filter(seat => seat.unitId === assessment.schoolId && seat.year === assessment.year)
      .map(({ groupId }) => groupId),
  )
  const ofMine = decisionsOf(assessment).filter(
    decision =>
      decision.groupId !== undefined && own.has(decision.groupId) && !isMine(actor, today, assessment, decision),
  )
  return byState(ofMine).flatMap(([state, decisions]) => {
    const who = WAITS_FOR[state] ?? writersOf(assessment, decisions, today)
    const label = LABELS[state]
    return who === '' || label === undefined ? [] : [{ ...draftFor(assessment, label, state, decisions), who }]
  })
}

/** Who writes these sheets today, for somebody of the group who does not. */
const writersOf = ({ groups }: Assessment, decisions: readonly CriterionDecision[], today: Day): string => {
  const writers = decisions.flatMap(({ code, groupId }) => {
    const group = groups.find(({ id }) => id === groupId)
    return group ? whoMay(group, code, 'write', today).map(({ name }) => name) : []
  })
  return [...new Set(writers)].join(', ')
}

const decisionsOf = ({ criteria }: Assessment): readonly CriterionDecision[] =>
  Object.values(criteria).toSorted((a, b) => compareCodes(a.code, b.code))

function byState(decisions: readonly CriterionDecision[]): readonly (readonly [CriterionState, CriterionDecision[]])[] {
  const groups = new Map<CriterionState, CriterionDecision[]>()
  for (const decision of decisions) groups.set(decision.state, [...(groups.get(decision.state) ?? []), decision])
  return [...groups]
}

function draftFor(
  assessment: Assessment,
  label: string,
  state: CriterionState,
  decisions: readonly CriterionDecision[],
): Draft {
  const [first] = decisions
  const deadline = SHEET_DEADLINES[state]
  return {
    label: `${label} ${decisions.length === 1 ? (first?.code ?? '') : `(${decisions.length})`}`,
    href: first ? sheetHref(assessment.id, first.code) : assessmentHref(assessment.id),
    ...(deadline !== undefined && { deadline }),
    sheets: decisions.map(({ code }) => code),
  }
}
