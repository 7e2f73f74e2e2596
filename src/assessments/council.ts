import { randomUUID } from 'node:crypto'
import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, StepRefused } from '../kernel/refusals.ts'
import { entryBy } from '../journal/index.ts'
import type { Assessment, Council, Group } from './assessment.ts'
import { may } from './assessment-policy.ts'
import type { AssessmentChange } from './assessment-store.ts'
import { peopleIn } from './council-seats.ts'
import { groupFaults } from './group-rights-rules.ts'
import { criteriaWithoutGroup, groupsUnmet, type AssignedCriterion } from './group-rules.ts'
import { keyOf } from './assessment.ts'
import { linksOf } from './links.ts'
import type { AssessmentNeeds } from './needs.ts'
import { openForReading } from './open-sheet.ts'
import { afterChange } from './assessment-store.ts'
import { stepAssessment } from './step-assessment.ts'

const SETTLED: readonly Assessment['state'][] = ['adopted', 'published', 'submitted', 'accepted', 'closed', 'cancelled']

/** Lists can be changed until the report is adopted; each change stands in the journal. */
async function saveLists(
  needs: AssessmentNeeds,
  actor: Actor,
  before: Assessment,
  event: string,
  change: AssessmentChange,
): Promise<Assessment> {
  if (SETTLED.includes(before.state))
    throw new StepRefused('Báo cáo đã được thông qua nên danh sách không sửa được nữa.')
  return needs.assessments.advance(
    before,
    { ...change, peopleIds: peopleIn(afterChange(before, change)) },
    entryBy(actor, needs.now(), {
      id: `assessment:${before.id}:${before.rev + 1}`,
      unitId: before.schoolId,
      year: before.year,
      subject: { kind: 'assessment', id: before.id },
      event,
    }),
  )
}

/** Keeps the draft list of the council and the secretariat; it comes into force only by the decision. */
export const saveCouncil =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, council: Council): Promise<Assessment> => {
    const before = await openForReading(needs, actor, id)
    demandEditingCouncil(actor, before)
    return saveLists(needs, actor, before, 'saveCouncil', { council })
  }

export interface GroupsInput {
  readonly groups: readonly Group[]
  /** Criterion code → group id. */
  readonly assigned: Readonly<Record<string, string>>
}

/**
 * Keeps the working groups and, once the sheets exist, which group is in charge of which criterion. Before the plan is
 * approved the assignment is kept in the groups' draft (`criteria` holds decisions only from the plan on).
 */
export const saveGroups =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, input: GroupsInput): Promise<Assessment> => {
    const before = await openForReading(needs, actor, id)
    demandEditingGroups(actor, before)
    const groups = input.groups.map(group =>
      keepingRights(before, { ...group, id: group.id || randomUUID().slice(0, 8) }),
    )
    const known = new Set(groups.map(group => group.id))
    demandRemoving(actor, before, known)
    const unknown = Object.entries(input.assigned).find(([, groupId]) => groupId !== '' && !known.has(groupId))
    if (unknown) throw new InvalidInput({ [`assigned.${unknown[0]}`]: 'Nhóm này không còn trong danh sách.' })
    const decisions = Object.values(before.criteria)
    if (decisions.length === 0)
      return saveLists(needs, actor, before, 'saveGroups', { groups: withCriteria(groups, input.assigned) })
    const after = decisions.map(decision => {
      const groupId = input.assigned[decision.code] ?? decision.groupId
      return groupId === undefined ? { code: decision.code } : { code: decision.code, groupId }
    })
    const lost = criteriaWithoutGroup(groups, after, linksOf(before).groups)
    if (lost.length > 0) throw new StepRefused('Không tiêu chí nào được mất nhóm phụ trách.', lost)
    const council = before.councilVersions.at(-1)?.members ?? []
    const leaderless = groupsUnmet(inCharge(groups, after), after, council, linksOf(before).groups)
    if (leaderless.length > 0) throw new StepRefused('Nhóm đang phụ trách tiêu chí phải có trưởng nhóm.', leaderless)
    const unable = againstRights(groups, after, dayOf(needs.now()), linksOf(before).groups)
    if (unable.length > 0)
      throw new StepRefused('Danh sách mới không hợp với quyền mà chủ tịch đã đặt cho nhóm.', unable)
    return saveLists(needs, actor, before, 'saveGroups', {
      groups: withCriteria(groups, input.assigned),
      criteria: Object.fromEntries(
        decisions.flatMap(decision => {
          const groupId = input.assigned[decision.code]
          return groupId === undefined || groupId === decision.groupId
            ? []
            : [[keyOf(decision.code), { ...decision, groupId, rev: decision.rev + 1 }]]
        }),
      ),
    })
  }

/** Who makes the list leaves alone what the chair has decided about a group's rights. */
function keepingRights({ groups }: Assessment, group: Group): Group {
  const standing = groups.find(({ id }) => id === group.id)?.rights
  return standing ? { ...group, rights: standing } : group
}

/** A group on which the chair has decided is dropped by the chair alone: made anew it would be without the decision. */
function demandRemoving(actor: Actor, before: Assessment, kept: ReadonlySet<string>): void {
  const dropped = before.groups.find(({ id, rights }) => rights !== undefined && !kept.has(id))
  if (dropped && !may.setGroupRights(actor, before))
    throw new Forbidden(
      `Chủ tịch hội đồng đã đặt quyền riêng cho ${dropped.name} nên chỉ chủ tịch được bỏ nhóm này.`,
      'chủ tịch hội đồng',
    )
}

/** What the chair's decision on a group does not bear in a new list, a sentence each. */
const againstRights = (groups: readonly Group[], criteria: readonly AssignedCriterion[], today: Day, href: string) =>
  groups
    .filter(({ rights }) => rights !== undefined)
    .flatMap(group => groupFaults(group, codesIn(criteria, group.id), today))
    .map(({ message }) => ({ code: 'groupCannotWork', message, href }))

const codesIn = (criteria: readonly AssignedCriterion[], groupId: string): readonly string[] =>
  criteria.flatMap(each => (each.groupId === groupId ? [each.code] : []))

/** Passes, or refuses with whom to ask. */
export function demandEditingCouncil(actor: Actor, assessment: Assessment): void {
  if (!may.editCouncil(actor, assessment))
    throw new Forbidden('Chỉ hiệu trưởng được lập danh sách hội đồng.', 'hiệu trưởng')
}

/** Passes, or refuses with whom to ask. */
export function demandEditingGroups(actor: Actor, assessment: Assessment): void {
  if (!may.editGroups(actor, assessment))
    throw new Forbidden('Chỉ chủ tịch hội đồng hoặc thư ký được lập các nhóm công tác.', 'chủ tịch hội đồng')
}

const inCharge = (groups: readonly Group[], criteria: readonly AssignedCriterion[]): readonly Group[] =>
  groups.filter(group => criteria.some(({ groupId }) => groupId === group.id))

const withCriteria = (groups: readonly Group[], assigned: Readonly<Record<string, string>>): readonly Group[] =>
  groups.map(group => ({
    ...group,
    criteria: Object.entries(assigned)
      .filter(([, groupId]) => groupId === group.id)
      .map(([code]) => code),
  }))

type CouncilDecisionPaper = { readonly number: string; readonly date: Day }

/** Signs the decision on the council as drafted (Điều 24): the list comes into force with its number and date. */
export const appointCouncil =
  (needs: AssessmentNeeds) =>
  (actor: Actor, id: string, decision: CouncilDecisionPaper): Promise<Assessment> =>
    signCouncil(needs, actor, id, decision, { type: 'appointCouncil' })

/** Signs the supplementary decision (quyết định kiện toàn) while the work goes on; both lists stay with their dates. */
export const reviseCouncil =
  (needs: AssessmentNeeds) =>
  (actor: Actor, id: string, decision: CouncilDecisionPaper, reason: string): Promise<Assessment> =>
    signCouncil(needs, actor, id, decision, { type: 'reviseCouncil', reason })

const signCouncil = (
  needs: AssessmentNeeds,
  actor: Actor,
  id: string,
  decision: CouncilDecisionPaper,
  event: { type: 'appointCouncil' } | { type: 'reviseCouncil'; reason: string },
): Promise<Assessment> =>
  stepAssessment(needs, actor, {
    id,
    event,
    effect: async before => {
      const version = before.councilVersions.length + 1
      const reason = event.type === 'reviseCouncil' && { reason: event.reason }
      const drafted = { ...before.council, version, decision, ...reason, groups: before.groups, paperId: '' }
      const paper = await needs.freezePaper(
        'decision',
        afterChange(before, { councilVersions: [...before.councilVersions, drafted] }),
      )
      const councilVersions = [...before.councilVersions, { ...drafted, paperId: paper.id }]
      return {
        change: { councilVersions, peopleIds: peopleIn({ ...before, councilVersions }) },
        facts: {
          version,
          number: decision.number,
          date: decision.date,
          members: drafted.members.length,
          paper: paper.id,
        },
      }
    },
  })

/** Lets a vice chair preside until a day; an empty person takes it back. */
export const authoriseViceChair =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, personId: string | undefined, to: Day): Promise<Assessment> => {
    const before = await openForReading(needs, actor, id)
    if (!may.authorise(actor, before)) throw new Forbidden('Chỉ chủ tịch hội đồng được ủy quyền.', 'chủ tịch hội đồng')
    const isVice = before.councilVersions
      .at(-1)
      ?.members.some(member => member.personId === personId && member.role === 'viceChair')
    if (personId !== undefined && !isVice)
      throw new InvalidInput({ personId: 'Người được ủy quyền phải là phó chủ tịch hội đồng.' })
    if (personId !== undefined && to < dayOf(needs.now()))
      throw new InvalidInput({ to: 'Ngày hết hạn ủy quyền đã qua.' })
    return needs.assessments.advance(
      before,
      personId === undefined ? { gone: ['presiding'] } : { presiding: { personId, to } },
      entryBy(actor, needs.now(), {
        id: `assessment:${id}:${before.rev + 1}`,
        unitId: before.schoolId,
        year: before.year,
        subject: { kind: 'assessment', id },
        event: personId === undefined ? 'endAuthorisation' : 'authorise',
        facts: personId === undefined ? {} : { personId, to },
      }),
    )
  }
