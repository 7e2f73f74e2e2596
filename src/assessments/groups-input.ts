import { textField } from '../http/fields.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import { compareCodes, tidy } from '../kernel/words.ts'
import type { CriteriaSet } from '../catalogue/index.ts'
import type { Assessment, Group, Helper } from './assessment.ts'
import { sheetCodes } from './assessment.ts'
import { helperOf, manyOf, type Candidate } from './council-input.ts'

/** More groups than this is a slip of the keyboard. */
const MOST_GROUPS = 20

export interface GroupsForm {
  readonly groups: readonly Group[]
  readonly assigned: Readonly<Record<string, string>>
}

/**
 * The groups as the form sends them: `group.<n>.id|name|lead|members|duty|remove`, `assigned.<code>` with a group's id,
 * `standard.<code>` to give a whole standard to one group, `add` for one more group.
 */
export function groupsFrom(body: unknown, candidates: readonly Candidate[], set: CriteriaSet): GroupsForm {
  const people = new Map(candidates.map(person => [person.personId, helperOf(person)]))
  const wrong: Record<string, string> = {}
  const sent = Array.from({ length: MOST_GROUPS }, (_, at) => at).flatMap(at => {
    const id = textField(body, `group.${at}.id`)
    if (id === '' || textField(body, `group.${at}.remove`) !== '') return []
    const name = tidy(textField(body, `group.${at}.name`)).slice(0, 120)
    if (name === '') wrong[`group.${at}.name`] = 'Cần ghi tên nhóm.'
    return [groupFrom(id, name, body, at, people)]
  })
  if (Object.keys(wrong).length > 0) throw new InvalidInput(wrong)
  const groups = textField(body, 'add') === '' || sent.length >= MOST_GROUPS ? sent : [...sent, emptyGroup(sent)]
  const known = new Set(groups.map(({ id }) => id))
  const ofStandard = new Map(
    set.standards.flatMap(standard =>
      standard.criteria.map(criterion => [criterion.code, textField(body, `standard.${standard.code}`)]),
    ),
  )
  const assigned = sheetCodes(set, true).flatMap(code => {
    const groupId = ofStandard.get(code) || textField(body, `assigned.${code}`)
    return known.has(groupId) ? [[code, groupId]] : []
  })
  return { groups, assigned: Object.fromEntries(assigned) }
}

function groupFrom(id: string, name: string, body: unknown, at: number, people: ReadonlyMap<string, Helper>): Group {
  const lead = people.get(textField(body, `group.${at}.lead`))
  const duty = tidy(textField(body, `group.${at}.duty`)).slice(0, 500)
  return {
    id,
    name,
    ...(lead && { lead }),
    members: manyOf(body, `group.${at}.members`).flatMap(personId => people.get(personId) ?? []),
    ...(duty !== '' && { duty }),
  }
}

/** A new group under the first free number, so that the form can name it before it is saved. */
function emptyGroup(groups: readonly Pick<Group, 'id'>[]): Group {
  const taken = new Set(groups.map(({ id }) => id))
  const number =
    Array.from({ length: MOST_GROUPS + 1 }, (_, at) => at + 1).find(each => !taken.has(`nhom-${each}`)) ?? 0
  return { id: `nhom-${number}`, name: `Nhóm ${number}`, members: [] }
}

/** One group per standard, each with all criteria of it: the usual way to begin (process § 3.1). */
export function proposedGroups(set: CriteriaSet): GroupsForm {
  const groups = set.standards.map((standard, at) => ({
    id: `nhom-${at + 1}`,
    name: `Nhóm ${at + 1}`,
    members: [],
    duty: `Tiêu chuẩn ${standard.code}: ${standard.title}`,
  }))
  const assigned = set.standards.flatMap((standard, at) =>
    standard.criteria.map(criterion => [criterion.code, `nhom-${at + 1}`]),
  )
  return { groups, assigned: Object.fromEntries(assigned) }
}

/** Criterion code → group id as it stands: on the sheets once they exist, before that in the groups' own lists. */
export function assignedIn(assessment: Pick<Assessment, 'groups' | 'criteria'>): ReadonlyMap<string, string> {
  const lists = assessment.groups.flatMap(({ id, criteria = [] }) => criteria.map(code => [code, id] as const))
  const sheets = Object.values(assessment.criteria).flatMap(({ code, groupId }) =>
    groupId === undefined ? [] : [[code, groupId] as const],
  )
  return new Map([...lists, ...sheets].toSorted(([a], [b]) => compareCodes(a, b)))
}
