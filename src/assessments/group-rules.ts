import type { Unmet } from '../kernel/refusals.ts'
import type { Group } from './assessment.ts'
import type { CouncilMember } from './council-rules.ts'
import { need } from '../kernel/need.ts'

/** A criterion with the group that is in charge of it; by its shape never more than one. */
export interface AssignedCriterion {
  readonly code: string
  readonly groupId?: string
}

/** What keeps the plan from being approved: a criterion without a group, a group without a lead from the council. */
export function groupsUnmet(
  groups: readonly Group[],
  criteria: readonly AssignedCriterion[],
  council: readonly CouncilMember[],
  href?: string,
): readonly Unmet[] {
  const onCouncil = new Set(council.map(member => member.personId))
  return [
    ...criteriaWithoutGroup(groups, criteria, href),
    ...twiceAssigned(criteria).map(code => ({
      code: 'criterionInTwoGroups',
      message: `Tiêu chí ${code} đang được giao cho nhiều nhóm, mỗi tiêu chí chỉ thuộc một nhóm.`,
      ...(href === undefined ? {} : { href }),
    })),
    ...groups.flatMap(group =>
      group.lead === undefined
        ? need(false, 'groupWithoutLead', `${group.name} chưa có trưởng nhóm.`, href)
        : need(
            onCouncil.has(group.lead.personId),
            'leadNotOnCouncil',
            `${group.name}: trưởng nhóm ${group.lead.name} phải là thành viên hội đồng tự đánh giá.`,
            href,
          ),
    ),
  ]
}

/** Criteria that no existing group is in charge of; after a revision these are the ones that lost theirs. */
export function criteriaWithoutGroup(
  groups: readonly Group[],
  criteria: readonly AssignedCriterion[],
  href?: string,
): readonly Unmet[] {
  const known = new Set(groups.map(group => group.id))
  return criteria.flatMap(criterion =>
    need(
      criterion.groupId !== undefined && known.has(criterion.groupId),
      'criterionWithoutGroup',
      `Tiêu chí ${criterion.code} chưa được giao cho nhóm công tác nào.`,
      href,
    ),
  )
}

/** Sizes that practice advises (2–5, setting `groupSize`) and groups without work; warns only. */
export function groupWarnings(
  groups: readonly Group[],
  criteria: readonly AssignedCriterion[],
  size = { min: 2, max: 5 },
  href?: string,
): readonly Unmet[] {
  return groups.flatMap(group => {
    const count = groupSize(group)
    return [
      ...need(
        count >= size.min && count <= size.max,
        'groupSize',
        `${group.name} có ${count} người, thường gồm ${size.min} đến ${size.max} người.`,
        href,
      ),
      ...need(
        criteria.some(criterion => criterion.groupId === group.id),
        'groupWithoutCriteria',
        `${group.name} chưa phụ trách tiêu chí nào.`,
        href,
      ),
    ]
  })
}

/** Persons in a group; the lead counts once, also when listed among the members. */
export const groupSize = (group: Group): number =>
  new Set([...(group.lead ? [group.lead] : []), ...group.members].map(person => person.personId)).size

const twiceAssigned = (criteria: readonly AssignedCriterion[]): readonly string[] => {
  const codes = criteria.map(criterion => criterion.code)
  return [...new Set(codes.filter((code, index) => codes.indexOf(code) !== index))]
}
