import { textField } from '../http/fields.ts'
import { filled, messages, type Messages } from '../http/rows-input.ts'
import { parseDay, type Day } from '../kernel/dates.ts'
import { GROUP_DEEDS, type GroupDeed } from '../kernel/group-seats.ts'
import { tidy } from '../kernel/words.ts'
import type { Group } from './assessment.ts'
import { manyOf } from './council-input.ts'
import { isLead, membersBesideLead, rightsOf, type ChosenRights, type MemberTerms } from './group-rights.ts'

/** `nhom-1.role.<person>`: fields of all groups stand on one page, so each is named after its group. */
export const rightsField = (groupId: string, ...name: readonly string[]): string => [groupId, ...name].join('.')

/** Longest reason, in characters. */
const MAX_REASON = 500

/** Deeds that stand as ticks; writing goes by each member's role, handing in has its own choice. */
export const TICKED_DEEDS: readonly GroupDeed[] = GROUP_DEEDS.filter(deed => deed !== 'write' && deed !== 'handIn')

export interface RightsForm extends ChosenRights {
  readonly reason: string
  /** The person has read which open work the decision takes out of somebody's hands. */
  readonly acknowledged: boolean
  /** The decision that the form was drawn over; empty: none. */
  readonly seen: string
}

/**
 * The chair's decision as the form of one group sends it: `handIn` (`members` or `lead`), `deeds`, and for each member
 * `role|from|to|criteria.<person>`, all under the group's id; all mistakes at once, each at its field.
 */
export function rightsFrom(body: unknown, group: Group, codes: readonly string[]): RightsForm {
  const said = messages()
  const named = (...name: readonly string[]): string => rightsField(group.id, ...name)
  const chosen = new Set(manyOf(body, named('deeds')))
  const reason = tidy(textField(body, named('reason')))
  if (reason.length > MAX_REASON) said.add(named('reason'), `Lý do dài quá ${MAX_REASON} ký tự.`)
  if (group.lead && textField(body, named('role', group.lead.personId)) === 'read')
    said.add(
      named('role', group.lead.personId),
      'Trưởng nhóm ký và trình phiếu nên không thể chỉ xem; muốn thay trưởng nhóm thì sửa ở danh sách nhóm.',
    )
  const terms = membersBesideLead(group).flatMap(({ personId }) =>
    termsFrom(body, { personId, codes, said, field: name => named(name, personId) }),
  )
  said.refuseIfAny()
  const kept = rightsOf(group).terms.filter(
    ({ personId }) => isLead(group, personId) || !group.members.some(member => member.personId === personId),
  )
  return {
    deeds: GROUP_DEEDS.filter(
      deed => deed === 'write' || (deed === 'handIn' ? textField(body, named('handIn')) !== 'lead' : chosen.has(deed)),
    ),
    // Terms of who is not a member now stay, so that leaving the list and coming back lifts nothing.
    terms: [...terms, ...kept],
    reason,
    acknowledged: textField(body, named('acknowledged')) !== '',
    seen: textField(body, named('seen')),
  }
}

interface MemberFields {
  readonly personId: string
  readonly codes: readonly string[]
  readonly said: Messages
  readonly field: (name: string) => string
}

/** A member's own terms; none when they are what everybody has. */
function termsFrom(body: unknown, { personId, codes, said, field }: MemberFields): readonly MemberTerms[] {
  const day = (name: string): Day | undefined => {
    const text = tidy(textField(body, field(name)))
    const found = text === '' ? undefined : parseDay(text)
    if (text !== '' && found === undefined)
      said.add(field(name), `“${text}” không phải là ngày; xin ghi ngày/tháng/năm.`)
    return found
  }
  const [from, to] = [day('from'), day('to')]
  if (from !== undefined && to !== undefined && from > to)
    said.add(field('to'), 'Ngày cuối phải từ ngày bắt đầu trở đi.')
  const ticked = manyOf(body, field('criteria'))
  const criteria = codes.filter(code => ticked.includes(code))
  const role = textField(body, field('role')) === 'read' ? 'read' : 'write'
  const some = criteria.length > 0 && criteria.length < codes.length
  if (role === 'write' && from === undefined && to === undefined && !some) return []
  return [{ personId, role, ...filled('from', from), ...filled('to', to), ...(some && { criteria }) }]
}
