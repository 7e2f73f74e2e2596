import { fieldsOf, textField } from '../http/fields.ts'
import { dayFrom, type Day } from '../kernel/dates.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import { BODIES, type Body, type StaffMember } from '../seats/index.ts'
import type { Council, Helper } from './assessment.ts'
import { COUNCIL_ROLE_NAMES, type CouncilMember, type CouncilRole } from './council-rules.ts'
import { documentNumberFrom } from './plan-step.ts'

/** A person who may be put on a list: of the staff today, or on the draft list already. */
export interface Candidate extends Helper {
  readonly represents: readonly Body[]
  /** Still of the school today. */
  readonly present: boolean
}

export const COUNCIL_ROLES: readonly CouncilRole[] = ['chair', 'viceChair', 'secretary', 'member']

/** Longest reason for a body without a seat, in characters. */
const MAX_REASON = 500

/** Staff of today first, then those on the lists who have left since. */
export function candidatesFrom(
  staff: readonly StaffMember[],
  lists: readonly (readonly Helper[])[],
): readonly Candidate[] {
  const present = staff.map(({ personId, name, post, represents }) => ({
    personId,
    name,
    post,
    represents,
    present: true,
  }))
  const known = new Set(present.map(({ personId }) => personId))
  const gone = lists.flat().filter(({ personId }) => !known.has(personId))
  return [
    ...present,
    ...[...new Map(gone.map(each => [each.personId, each])).values()].map(({ personId, name, post }) => ({
      personId,
      name,
      post,
      represents: [],
      present: false,
    })),
  ]
}

/** Values of a field that may be sent several times. */
export const manyOf = (body: unknown, name: string): readonly string[] =>
  [fieldsOf(body)[name] ?? []].flat().filter((value): value is string => typeof value === 'string')

/**
 * The list as the form sends it: a field `role.<person>` for everybody, `represents.<person>` for those whose bodies
 * were shown (`shown`); who is newly chosen speaks for the bodies of his or her seat.
 */
export function councilFrom(body: unknown, candidates: readonly Candidate[]): Council {
  const shown = new Set(manyOf(body, 'shown'))
  const members = candidates.flatMap((person): CouncilMember[] => {
    const role = COUNCIL_ROLES.find(each => each === textField(body, `role.${person.personId}`))
    if (!role) return []
    const chosen = manyOf(body, `represents.${person.personId}`)
    const represents = shown.has(person.personId) ? BODIES.filter(key => chosen.includes(key)) : person.represents
    return [{ personId: person.personId, name: person.name, post: person.post, role, represents }]
  })
  const chosen = new Set(manyOf(body, 'secretariat'))
  const reasons = BODIES.map(key => [key, tidy(textField(body, `absent.${key}`))] as const)
  const tooLong = reasons.filter(([, reason]) => reason.length > MAX_REASON)
  if (tooLong.length > 0)
    throw new InvalidInput(
      Object.fromEntries(tooLong.map(([key]) => [`absent.${key}`, `Lý do dài quá ${MAX_REASON} ký tự.`])),
    )
  return {
    members: inOrder(members),
    absentBodies: Object.fromEntries(reasons.filter(([, reason]) => reason !== '')),
    secretariat: candidates.filter(({ personId }) => chosen.has(personId)).map(helperOf),
  }
}

/** Chair, vice chairs, secretary, members: the order of the decision's annex (forms § 1). */
export const inOrder = (members: readonly CouncilMember[]): readonly CouncilMember[] =>
  members.toSorted((a, b) => COUNCIL_ROLES.indexOf(a.role) - COUNCIL_ROLES.indexOf(b.role))

export const helperOf = ({ personId, name, post }: Helper): Helper => ({ personId, name, post })

/**
 * A first list by posts: the head as chair, deputies as vice chairs, everybody who speaks for a body as member. The
 * secretary is left to the head.
 */
export function proposedCouncil(staff: readonly StaffMember[]): Council {
  const members = staff.flatMap(({ personId, name, post, postKind, represents }): CouncilMember[] => {
    const role = postKind === 'principal' ? 'chair' : postKind === 'deputy' ? 'viceChair' : 'member'
    return role === 'member' && represents.length === 0 ? [] : [{ personId, name, post, role, represents }]
  })
  return { members: inOrder(members), absentBodies: {}, secretariat: [] }
}

/** Number and date of a decision on the council, with every mistake at its field. */
export function decisionFrom(body: unknown, today: Day): { readonly number: string; readonly date: Day } {
  const wrong: Record<string, string> = {}
  const read = <T>(field: string, get: () => T): T | undefined => {
    try {
      return get()
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error
      wrong[field] = error.fields[field] ?? error.message
      return undefined
    }
  }
  const number = read('number', () => documentNumberFrom('number', textField(body, 'number')))
  const date = read('date', () => dayFrom('date', textField(body, 'date')))
  if (date !== undefined && date > today) wrong['date'] = 'Ngày ký quyết định không thể sau hôm nay.'
  if (number === undefined || date === undefined || Object.keys(wrong).length > 0) throw new InvalidInput(wrong)
  return { number, date }
}

/** Whom the chair lets preside and until when; nobody takes the authorisation back. */
export function authorisationFrom(body: unknown): { readonly personId: string | undefined; readonly to: Day } {
  const personId = textField(body, 'personId')
  if (personId === '') return { personId: undefined, to: '' }
  return { personId, to: dayFrom('to', textField(body, 'to')) }
}

export const roleName = (role: CouncilRole): string => COUNCIL_ROLE_NAMES[role]
