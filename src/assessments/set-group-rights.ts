import { SEAT_NAMES, type Actor } from '../kernel/actor.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, NotFound, StaleWrite } from '../kernel/refusals.ts'
import { stampOf } from './advance-criterion.ts'
import type { Assessment, Group } from './assessment.ts'
import { may } from './assessment-policy.ts'
import { authorsOf } from './criterion-facts.ts'
import { rightsField, type RightsForm } from './group-rights-input.ts'
import { newsOf } from './group-rights-news.ts'
import { groupFaults, strandedBy, type OpenInGroup } from './group-rights-rules.ts'
import { changesBetween } from './group-rights-words.ts'
import { assignedIn } from './groups-input.ts'
import { sheetHref } from './links.ts'
import type { AssessmentNeeds } from './needs.ts'
import { openForReading } from './open-sheet.ts'
import { writeStep } from './step-assessment.ts'

/** The group of this assessment; `NotFound` when the list has none of that id. */
export function groupOf({ groups }: Assessment, groupId: string): Group {
  const group = groups.find(({ id }) => id === groupId)
  if (!group) throw new NotFound('Đợt tự đánh giá này không có nhóm đó.')
  return group
}

/** Codes of the criteria that a group is in charge of, in reading order. */
export const codesOf = (assessment: Assessment, groupId: string): readonly string[] =>
  [...assignedIn(assessment)].flatMap(([code, of]) => (of === groupId ? [code] : []))

/** Passes for the chair; refuses with whom to ask. */
export function demandSettingRights(actor: Actor, assessment: Assessment): void {
  if (!may.setGroupRights(actor, assessment))
    throw new Forbidden('Chỉ chủ tịch hội đồng được đặt quyền của nhóm công tác.', SEAT_NAMES.chair)
}

/**
 * The chair's decision on what one group's members may do: a step of the assessment, in force with the write, because
 * seats are read from the list of groups.
 */
export const setGroupRights =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, groupId: string, form: RightsForm): Promise<Assessment> => {
    const before = await openForReading(needs, actor, id)
    demandSettingRights(actor, before)
    const at = needs.now()
    const group = groupOf(before, groupId)
    if (form.seen !== seenOf(group))
      throw new StaleWrite('Quyền của nhóm vừa được thay đổi. Xin xem lại rồi lưu lần nữa.')
    const { deeds, terms, reason, acknowledged } = form
    const after: Group = { ...group, rights: { deeds, terms, decided: { ...stampOf(actor, at), reason } } }
    const codes = codesOf(before, groupId)
    const faults = groupFaults(after, codes, dayOf(at))
    if (faults.length > 0)
      throw new InvalidInput(
        Object.fromEntries(
          faults.map(({ at: place, message }) => [
            place === 'handIn' ? rightsField(groupId, place) : rightsField(groupId, 'role', place.member),
            message,
          ]),
        ),
      )
    const changes = changesBetween(group, after)
    return writeStep(needs, actor, before, {
      event: { type: 'setGroupRights', reason, acknowledged },
      prospect: { rights: { changes, stranded: await strandedIn(needs, before, group, after, dayOf(at)) } },
      effect: () => ({
        change: { groups: before.groups.map(each => (each.id === groupId ? after : each)) },
        facts: { groupId, group: group.name, changes, people: newsOf(group, after, codes, dayOf(at)) },
      }),
    })
  }

/** Names the decision that a form was drawn over. */
export const seenOf = ({ rights }: Pick<Group, 'rights'>): string => rights?.decided.at.toISOString() ?? ''

async function strandedIn(needs: AssessmentNeeds, assessment: Assessment, before: Group, after: Group, today: Day) {
  const [sheets, evidence] = await Promise.all([
    needs.sheets.ofAssessment(assessment.id),
    needs.evidence(assessment.id),
  ])
  const decisions = Object.values(assessment.criteria).filter(({ groupId }) => groupId === before.id)
  const inState = (code: string, state: string): number =>
    [...evidence.values()].filter(item => item.criterion === code && item.state === state).length
  const counted = (state: string) => new Map(decisions.map(({ code }) => [code, inState(code, state)]))
  const open: OpenInGroup = {
    decisions,
    authors: new Map(
      decisions.map(({ code, authors }) => {
        const sheet = sheets.find(each => each.code === code)
        return [code, sheet ? authorsOf(authors, sheet) : authors]
      }),
    ),
    expected: counted('expected'),
    collected: counted('collected'),
    sheetHref: code => sheetHref(assessment.id, code),
  }
  return strandedBy(before, after, open, today)
}
