import {
  keyOf,
  may,
  type Assessment,
  type AssessmentStore,
  type SheetPin,
  type SheetStore,
} from '../assessments/index.ts'
import type { CriteriaSet } from '../catalogue/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { NotFound } from '../kernel/refusals.ts'
import { compareCodes } from '../kernel/words.ts'
import { actionId, isUnfinished, type Action } from './action.ts'
import { ACTION_VERSION } from './action-machine.ts'
import type { ActionPlace } from './action-policy.ts'
import type { ActionStore } from './action-store.ts'

/** What the list of actions is read from; the close of the assessment asks for no more. */
export interface ActionReadNeeds {
  readonly actions: ActionStore
  readonly sheets: Pick<SheetStore, 'pins'>
}

/** Everything that the screens and steps of improvement actions need; app.ts puts it together. */
export interface ActionNeeds extends ActionReadNeeds {
  readonly assessments: Pick<AssessmentStore, 'find'>
  readonly setOf: (hash: string) => Promise<CriteriaSet>
  readonly schoolName: (schoolId: string) => Promise<string>
  /** Accepted steps of one action. */
  readonly history: (actionId: string) => Promise<readonly JournalEntry[]>
  readonly now: Clock
}

/**
 * All improvement actions of an assessment, by criterion: the lines of the sheets that the council has agreed to, what
 * has happened to them since, and what an earlier year handed on. Nothing is copied when a sheet is agreed: the frozen
 * sheet is the list.
 */
export const actionsOf =
  ({ actions, sheets }: ActionReadNeeds) =>
  async (assessment: Assessment): Promise<readonly Action[]> => {
    const pinned = Object.values(assessment.criteria).flatMap(decision =>
      (decision.state === 'agreed' || decision.state === 'frozen') && decision.pin !== undefined
        ? [{ code: decision.code, pin: decision.pin }]
        : [],
    )
    const [pins, stepped, carried] = await Promise.all([
      sheets.pins(pinned.map(each => each.pin)),
      actions.ofAssessment(assessment.id),
      actions.carriedInto(assessment.schoolId, assessment.year),
    ])
    const byId = new Map<string, Action>()
    for (const earlier of carried) keep(byId, handedOn(assessment, earlier))
    for (const { code, pin } of pinned)
      for (const action of agreedIn(
        assessment,
        code,
        pins.find(each => each.id === pin),
      ))
        keep(byId, action)
    // What has happened counts; the words are those that the council agreed to last.
    for (const action of stepped) byId.set(action.id, { ...action, words: byId.get(action.id)?.words ?? action.words })
    return [...byId.values()].toSorted((a, b) => compareCodes(a.code, b.code))
  }

const keep = (byId: Map<string, Action>, action: Action): void => void byId.set(action.id, action)

const untouched = (assessment: Assessment, code: string, line: string, words: Action['words']): Action => ({
  id: actionId(assessment.id, code, line),
  assessmentId: assessment.id,
  schoolId: assessment.schoolId,
  year: assessment.year,
  code,
  line,
  words,
  state: 'planned',
  machine: ACTION_VERSION,
  rev: 0,
  progress: [],
  outbox: [],
})

const agreedIn = (assessment: Assessment, code: string, pin: SheetPin | undefined): readonly Action[] =>
  (pin?.actions ?? []).map(({ id, ...words }) => untouched(assessment, code, id, words))

/** An action of an earlier year as it begins in this one: as far as it had come, with its notes. */
const handedOn = (assessment: Assessment, earlier: Action): Action => ({
  ...untouched(assessment, earlier.code, earlier.line, earlier.words),
  state: earlier.carried?.from ?? 'planned',
  progress: earlier.progress,
  cameFrom: earlier.year,
  ...(earlier.extendedTo !== undefined && { extendedTo: earlier.extendedTo }),
})

/** Unfinished actions that have not been handed on: what keeps the assessment from being closed. */
export const actionsLeftBehind =
  (needs: ActionReadNeeds) =>
  async (assessment: Assessment): Promise<number> =>
    (await actionsOf(needs)(assessment)).filter(isUnfinished).length

/** The assessment of a list of actions, for who may read it; `NotFound` for everybody else. */
export async function openActions(
  needs: ActionNeeds,
  actor: Actor,
  id: string,
): Promise<{ readonly assessment: Assessment; readonly actions: readonly Action[] }> {
  const assessment = await needs.assessments.find(id)
  if (!assessment || !may.read(actor, assessment)) throw new NotFound('Không tìm thấy đợt tự đánh giá này.')
  return { assessment, actions: await actionsOf(needs)(assessment) }
}

/** In whose hands an action is: the group in charge of its criterion this year. */
export function placeOf(assessment: Assessment, code: string): ActionPlace {
  const groupId = assessment.criteria[keyOf(code)]?.groupId
  return { schoolId: assessment.schoolId, year: assessment.year, code, ...(groupId !== undefined && { groupId }) }
}
