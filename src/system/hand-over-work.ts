import { randomUUID } from 'node:crypto'
import {
  assessmentId,
  linksOf,
  saveCouncil,
  saveGroups,
  type Assessment,
  type Council,
  type Group,
  type Helper,
} from '../assessments/index.ts'
import { dayOf } from '../kernel/dates.ts'
import { NotFound, type Unmet } from '../kernel/refusals.ts'
import { inForce, type HandOverNeeds, type OpenWork, type WorkMove } from '../seats/index.ts'
import type { System } from './system.ts'

/** States in which the lists of an assessment can still be changed. */
const SETTLED: readonly Assessment['state'][] = ['adopted', 'published', 'submitted', 'accepted', 'closed', 'cancelled']

const isIn = (people: readonly { readonly personId: string }[], personId: string): boolean =>
  people.some(each => each.personId === personId)

/** The list with the successor in the predecessor's place; somebody who is on it already is not listed twice. */
function replaced<Person extends Helper>(list: readonly Person[], { fromPersonId, to }: WorkMove): readonly Person[] {
  if (isIn(list, to.personId)) return list.filter(each => each.personId !== fromPersonId)
  return list.map(each => (each.personId === fromPersonId ? { ...each, ...to } : each))
}

const groupAfter = (group: Group, move: WorkMove): Group => {
  const { lead, ...rest } = group
  const isLead = lead?.personId === move.fromPersonId
  const members = replaced(group.members, move).filter(each => !isLead || each.personId !== move.to.personId)
  return { ...rest, members, ...(isLead ? { lead: move.to } : lead && { lead }) }
}

const councilAfter = (council: Council, move: WorkMove): Council => ({
  ...council,
  members: replaced(council.members, move),
  secretariat: replaced(council.secretariat, move),
})

const criteriaOf = (assessment: Assessment, group: Group): readonly string[] => {
  const decided = Object.values(assessment.criteria)
  return decided.length === 0
    ? (group.criteria ?? [])
    : decided.filter(({ groupId, state }) => groupId === group.id && state !== 'agreed').map(({ code }) => code)
}

/** What a person has in hand in one assessment whose lists can still change. */
function workIn(assessment: Assessment, personId: string): readonly OpenWork[] {
  const { council, groups } = linksOf(assessment)
  const inGroups = assessment.groups.flatMap((group): readonly OpenWork[] => {
    const leads = group.lead?.personId === personId
    if (!leads && !isIn(group.members, personId)) return []
    const codes = criteriaOf(assessment, group)
    const open = codes.length === 0 ? '' : `; tiêu chí ${codes.join(', ')}`
    const what = `${group.name}, ${leads ? 'trưởng nhóm' : 'thành viên'} (năm học ${assessment.year})${open}`
    return [{ id: `group:${assessment.id}:${group.id}`, what, href: groups, movable: true }]
  })
  const listed = [...assessment.council.members, ...assessment.council.secretariat]
  const decided = assessment.councilVersions.at(-1)
  const sits = decided && isIn([...decided.members, ...decided.secretariat], personId)
  const year = `(năm học ${assessment.year})`
  return [
    ...(isIn(listed, personId)
      ? [
          {
            id: `council:${assessment.id}`,
            what: `Dự thảo danh sách hội đồng, nhóm thư ký ${year}`,
            href: council,
            movable: true,
          },
        ]
      : []),
    ...(sits
      ? [
          {
            id: `decision:${assessment.id}`,
            what: `Ký quyết định kiện toàn hội đồng ${year}`,
            href: council,
            movable: false,
          },
        ]
      : []),
    ...inGroups,
  ]
}

/** How a seat's open work is found and moved: through the assessments' own use cases, with their rights and rules. */
export function handOverWork(
  system: Pick<System, 'assessments' | 'assessmentNeeds'>,
): Pick<HandOverNeeds, 'openWorkOf' | 'moveWork'> {
  const { assessments, assessmentNeeds } = system
  return {
    async openWorkOf(personId, unitId) {
      const held = (await assessments.ofPerson(personId)).filter(({ schoolId }) => schoolId === unitId)
      const found = await Promise.all(held.map(({ schoolId, year }) => assessments.find(assessmentId(schoolId, year))))
      return found.flatMap(each => (each && !SETTLED.includes(each.state) ? workIn(each, personId) : []))
    },

    async moveWork(actor, workId, move) {
      const [kind = '', id = '', groupId] = workId.split(':')
      const before = await assessments.find(id)
      if (!before) throw new NotFound(`assessment ${id}`)
      if (kind === 'council') {
        const people = [...before.council.members, ...before.council.secretariat]
        if (isIn(people, move.fromPersonId))
          await saveCouncil(assessmentNeeds)(actor, id, councilAfter(before.council, move))
        return
      }
      const group = before.groups.find(each => each.id === groupId)
      if (!group || !isIn([...group.members, ...(group.lead ? [group.lead] : [])], move.fromPersonId)) return
      const assigned = Object.fromEntries(
        before.groups.flatMap(each => (each.criteria ?? []).map(code => [code, each.id] as const)),
      )
      const decided = Object.values(before.criteria).flatMap(({ code, groupId: at }) =>
        at ? [[code, at] as const] : [],
      )
      await saveGroups(assessmentNeeds)(actor, id, {
        groups: before.groups.map(each => (each.id === groupId ? groupAfter(each, move) : each)),
        assigned: decided.length > 0 ? Object.fromEntries(decided) : assigned,
      })
    },
  }
}

/** What somebody who leaves still has in hand: posts, and work on running assessments, each where it is handed over. */
export const openWorkOf =
  ({ assessments, seats, now }: Pick<System, 'assessments' | 'seats' | 'now'>) =>
  async (personId: string): Promise<readonly Unmet[]> => {
    const [offices, named] = await Promise.all([seats.ofPerson(personId), assessments.ofPerson(personId)])
    const found = await Promise.all(named.map(({ schoolId, year }) => assessments.find(assessmentId(schoolId, year))))
    return [
      ...inForce(offices, dayOf(now())).map(({ id, unitId, post }) => ({
        code: 'seat',
        message: `Còn giữ vị trí ${post}`,
        href: `/don-vi/${encodeURIComponent(unitId)}/ban-giao?vitri=${encodeURIComponent(id)}`,
      })),
      ...found
        .flatMap(each => (each && !SETTLED.includes(each.state) ? workIn(each, personId) : []))
        .map(({ what, href }) => ({ code: 'work', message: what, ...(href !== undefined && { href }) })),
    ]
  }

/** All that handing a seat over needs, from the whole system. */
export const handOverNeeds = (system: System): HandOverNeeds => ({
  units: system.units,
  seats: system.seats,
  now: system.now,
  newId: randomUUID,
  whoCanSignIn: async ids => new Set((await system.people.withPassword(ids)).map(person => person.id)),
  actorOf: system.actorOf,
  namesOf: system.namesOf,
  ...handOverWork(system),
})
