import type { CriteriaSet } from '../catalogue/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { comparePeople } from '../kernel/words.ts'
import type { Assessment, Group } from './assessment.ts'
import { may } from './assessment-policy.ts'
import { crumbsOf } from './assessment-tabs.ts'
import type { Candidate } from './council-input.ts'
import { groupSize, groupsUnmet, groupWarnings, type AssignedCriterion } from './group-rules.ts'
import { assignedIn } from './groups-input.ts'
import { linksOf } from './links.ts'
import type { AdvisedSizes } from './screen-needs.ts'

export interface GroupsView {
  readonly actor: Actor
  readonly assessment: Assessment
  readonly schoolName: string
  readonly set: CriteriaSet
  readonly candidates: readonly Candidate[]
  readonly sizes: AdvisedSizes
}

/** Working groups with lead, members and criteria; what is missing, and how much lies on whom. */
export function groupsPage(view: GroupsView) {
  const { actor, assessment, set, candidates, sizes } = view
  const { groups } = assessment
  const base = linksOf(assessment).groups
  const mayEdit =
    may.editGroups(actor, assessment) &&
    ['preparing', 'working', 'drafting', 'consulting', 'returned'].includes(assessment.state)
  const council = (assessment.councilVersions.at(-1) ?? assessment.council).members
  const assigned = assignedIn(assessment)
  const codes = codesOf(assessment, set)
  const criteria: readonly AssignedCriterion[] = codes.map(code => {
    const groupId = assigned.get(code)
    return groupId === undefined ? { code } : { code, groupId }
  })
  return {
    wide: true,
    breadcrumbs: crumbsOf(assessment, view.schoolName),
    mayEdit,
    action: base,
    proposeAction: mayEdit && groups.length === 0 ? `${base}/de-xuat` : '',
    noCouncil: council.length === 0,
    councilHref: linksOf(assessment).council,
    leads: council.map(({ personId, name, post }) => ({ value: personId, label: `${name} – ${post}` })),
    people: candidates.map(({ personId, name, post }) => ({ value: personId, name, post })),
    groups: groups.map((group, at) => ({
      at,
      id: group.id,
      name: group.name,
      leadId: group.lead?.personId ?? '',
      lead: group.lead?.name ?? 'chưa có trưởng nhóm',
      duty: group.duty ?? '',
      memberIds: group.members.map(({ personId }) => personId),
      members: group.members.map(({ name }) => name),
      size: groupSize(group),
      criteria: codes.filter(code => assigned.get(code) === group.id),
    })),
    options: groups.map(({ id, name }) => ({ value: id, label: name })),
    standards: standardsOf(assessment, set, assigned),
    unmet: groups.length === 0 ? [] : shortened(groupsUnmet(groups, criteria, council)),
    warnings: groupWarnings(groups, criteria, sizes.group),
    load: loadOf(groups, assigned),
  }
}

/** Criteria without a group as one line: right after the groups were made they are all of them. */
function shortened(unmet: readonly Unmet[]): readonly Unmet[] {
  const without = unmet.filter(({ code }) => code === 'criterionWithoutGroup')
  if (without.length < 2) return unmet
  const others = unmet.filter(({ code }) => code !== 'criterionWithoutGroup')
  return [
    { code: 'criterionWithoutGroup', message: `${without.length} tiêu chí chưa được giao cho nhóm công tác nào.` },
    ...others,
  ]
}

/** Clauses of Mức 4 may be given out while the plan is not approved, because it may aim at that level. */
const codesOf = (assessment: Assessment, set: CriteriaSet): readonly string[] => [
  ...set.standards.flatMap(standard => standard.criteria.map(({ code }) => code)),
  ...(assessment.aimsAtLevelFour ? set.levelFour.map(({ code }) => code) : []),
]

function standardsOf(assessment: Assessment, set: CriteriaSet, assigned: ReadonlyMap<string, string>) {
  const rowOf = (code: string, title: string) => ({
    code,
    name: `assigned.${code}`,
    title,
    groupId: assigned.get(code) ?? '',
    group: assessment.groups.find(({ id }) => id === assigned.get(code))?.name ?? 'chưa giao',
  })
  const levelFour = assessment.state === 'preparing' || assessment.aimsAtLevelFour ? set.levelFour : []
  return [
    ...set.standards.map(standard => ({
      code: standard.code,
      title: `Tiêu chuẩn ${standard.code}: ${standard.title}`,
      name: `standard.${standard.code}`,
      note: '',
      rows: standard.criteria.map(({ code, title }) => rowOf(code, title)),
    })),
    ...(levelFour.length === 0
      ? []
      : [
          {
            code: '22',
            title: 'Tiêu chí Mức 4',
            name: '',
            note: assessment.aimsAtLevelFour ? '' : 'Chỉ giao khi kế hoạch hướng tới Mức 4.',
            rows: levelFour.map(({ code, gist }) => rowOf(code, gist)),
          },
        ]),
  ]
}

/** Each person with the groups he or she works in and how many criteria those have. */
function loadOf(groups: readonly Group[], assigned: ReadonlyMap<string, string>) {
  const criteria = (group: Group): number => [...assigned.values()].filter(id => id === group.id).length
  const people = new Map<string, { name: string; groups: readonly string[]; criteria: number }>()
  for (const group of groups) {
    const everybody = new Map(
      [...(group.lead ? [group.lead] : []), ...group.members].map(each => [each.personId, each.name]),
    )
    for (const [personId, name] of everybody) {
      const before = people.get(personId)
      people.set(personId, {
        name,
        groups: [...(before?.groups ?? []), group.name],
        criteria: (before?.criteria ?? 0) + criteria(group),
      })
    }
  }
  return [...people.values()]
    .toSorted((a, b) => b.criteria - a.criteria || comparePeople(a.name, b.name))
    .map(({ name, groups: own, criteria: count }) => [name, own.join(', '), String(count)])
}
