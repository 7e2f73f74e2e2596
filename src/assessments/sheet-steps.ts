import type { Actor } from '../kernel/actor.ts'
import { printInstant } from '../kernel/dates.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { isPossible, unmetOf } from '../kernel/step.ts'
import { mayOnSheet } from './assessment-policy.ts'
import { WITH_GROUP, type CriterionState } from './criterion-conditions.ts'
import { criterionLife, CRITERION_STATE_NAMES, type CriterionEvent, type CriterionFacts } from './criterion-machine.ts'
import { whyNot } from './group-rights-words.ts'
import { sheetHref } from './links.ts'
import type { OpenSheet } from './open-sheet.ts'
import type { PartModel } from './sheet-parts.ts'

type ByPerson = Exclude<CriterionEvent['type'], 'freeze' | 'thaw'>

const EVENTS: readonly ByPerson[] = [
  'analyse',
  'draft',
  'handIn',
  'confirm',
  'agree',
  'returnToAuthor',
  'returnToGroup',
  'reopen',
]

const FORWARD: readonly ByPerson[] = ['draft', 'handIn', 'confirm', 'agree']
const ICONS: Readonly<Record<ByPerson, string>> = {
  analyse: 'list',
  draft: 'edit',
  handIn: 'send',
  confirm: 'check',
  agree: 'check',
  returnToAuthor: 'back',
  returnToGroup: 'back',
  reopen: 'unlock',
}

export const isWritable = (actor: Actor, { assessment, decision, place }: OpenSheet): boolean =>
  mayOnSheet.write(actor, place) && assessment.state === 'working' && WITH_GROUP.includes(decision.state)

/** Why the sheet can only be read now: the chair's decision, whose sheet it is, or where it stands. */
export function whyReadOnly(actor: Actor, { assessment, decision, place }: OpenSheet, today: string): string {
  if (!mayOnSheet.write(actor, place)) {
    const group = assessment.groups.find(each => each.id === decision.groupId)
    return (
      whyNot(assessment, actor.personId, decision.code, 'write', today) ??
      `Phiếu do ${group?.name ?? 'nhóm công tác'} viết; bạn đang xem nội dung.`
    )
  }
  if (assessment.state !== 'working') return 'Đợt tự đánh giá không còn ở bước đánh giá tiêu chí nên phiếu chỉ để xem.'
  if (decision.handedIn)
    return `Phiếu đã được ${decision.handedIn.name} nộp lúc ${printInstant(decision.handedIn.at)}; nội dung dưới đây là bản đã nộp.`
  return `Phiếu đang ở bước “${CRITERION_STATE_NAMES[decision.state]}” nên chỉ để xem.`
}

export interface SheetStep {
  readonly event: ByPerson
  readonly label: string
  readonly icon: string
  readonly action: string
  readonly primary: boolean
  /** What the form asks for besides the press of the button. */
  readonly asks: 'nothing' | 'reason' | 'reasonAndPlace' | 'decision'
}

/** Buttons of the sheet: only where the machine has the step from here and the policy lets this person take it. */
export function stepsOffered(actor: Actor, open: OpenSheet, facts: CriterionFacts): readonly SheetStep[] {
  const { assessment, decision, place } = open
  if (assessment.state !== 'working') return []
  return EVENTS.filter(
    event =>
      mayOnSheet[event](actor, place) &&
      isPossible(criterionLife, decision.state, facts, event) &&
      !(event === 'draft' && decision.state === 'assigned' && !facts.carriedOver),
  ).map(event => ({
    event,
    label: criterionLife.eventNames[event],
    icon: ICONS[event],
    action: `${sheetHref(assessment.id, decision.code)}/buoc/${event}`,
    primary: FORWARD.includes(event) || (event === 'analyse' && !facts.carriedOver),
    asks: asksOf(event),
  }))
}

function asksOf(event: ByPerson): SheetStep['asks'] {
  if (event === 'returnToAuthor') return 'reasonAndPlace'
  if (event === 'returnToGroup' || event === 'reopen') return 'reason'
  return event === 'agree' ? 'decision' : 'nothing'
}

/** What still keeps the sheet from its next step forward, and what that step is called. */
export function blockersOf(
  actor: Actor,
  state: CriterionState,
  facts: CriterionFacts,
): { readonly heading: string; readonly items: readonly Unmet[] } | undefined {
  switch (state) {
    case 'assigned':
    case 'drafting':
      return { heading: 'Còn thiếu để nộp', items: unmetOf(criterionLife.conditions, facts, { type: 'handIn' }) }
    case 'analysing':
      return {
        heading: 'Còn thiếu để chuyển sang viết phiếu',
        items: unmetOf(criterionLife.conditions, facts, { type: 'draft' }),
      }
    case 'groupReview':
      return {
        heading: 'Còn thiếu để xác nhận',
        items: unmetOf(criterionLife.conditions, facts, { type: 'confirm', by: actor.personId }),
      }
    case 'councilReview':
    case 'agreed':
    case 'frozen':
      return undefined
  }
}

/** Places that a return may point at, for the picker of its form. */
export const placesToReturn = (parts: readonly PartModel[]) =>
  parts.map(part => ({ value: part.anchor, label: part.label }))
