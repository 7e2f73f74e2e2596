import { dayOf, printDay, type Day } from '../kernel/dates.ts'
import { GIVEN_DEEDS, GROUP_DEEDS, type GroupDeed } from '../kernel/group-seats.ts'
import type { Assessment, Group } from './assessment.ts'
import { keyOf } from './assessment.ts'
import { isLead, mayInGroup, membersBesideLead, rightsOf, termsOf, type MemberTerms } from './group-rights.ts'

/** What each deed is called where the chair decides on it. */
export const DEED_NAMES: Readonly<Record<GroupDeed, string>> = {
  write: 'Viết phiếu',
  handIn: 'Nộp phiếu',
  readOthers: 'Đọc phiếu của nhóm khác khi đang đánh giá tiêu chí',
  addEvidence: 'Thêm, sửa minh chứng của nhóm',
  verifyEvidence: 'Kiểm tra minh chứng do thành viên khác của nhóm nộp',
  withdrawEvidence: 'Rút minh chứng của nhóm không phiếu nào còn dẫn',
  writeFigures: 'Nhập số liệu Phần I mà nhóm cần',
}

/** How the decision is named to somebody whom it keeps from what the process gives. */
const WITHHELD: Readonly<Partial<Record<GroupDeed, string>>> = {
  handIn: 'chỉ trưởng nhóm nộp phiếu',
  readOthers: 'thành viên chỉ đọc phiếu của nhóm mình khi đang đánh giá tiêu chí',
  addEvidence: 'thành viên của nhóm không thêm, sửa minh chứng',
}

const spanWords = ({ from, to }: Pick<MemberTerms, 'from' | 'to'>): string =>
  [from === undefined ? '' : `từ ${printDay(from)}`, to === undefined ? '' : `đến hết ${printDay(to)}`]
    .filter(words => words !== '')
    .join(' ')

/** `chỉ xem, từ 01/10/2025 đến hết 30/11/2025, tiêu chí 1.1`: the terms of one member. */
export const termsWords = (terms: MemberTerms): string =>
  [
    terms.role === 'read' ? 'chỉ xem' : 'viết',
    spanWords(terms),
    terms.criteria ? `chỉ tiêu chí ${terms.criteria.join(', ')}` : '',
  ]
    .filter(words => words !== '')
    .join(', ')

/** What a decision changes in a group, a phrase each; empty when it changes nothing. */
export function changesBetween(before: Group, after: Group): readonly string[] {
  const [old, next] = [rightsOf(before), rightsOf(after)]
  const deeds = GROUP_DEEDS.flatMap(deed => {
    const [had, has] = [old.deeds.includes(deed), next.deeds.includes(deed)]
    if (had === has) return []
    if (deed === 'handIn') return [has ? 'mọi thành viên nộp phiếu' : 'chỉ trưởng nhóm nộp phiếu']
    return [`${DEED_NAMES[deed]}: ${has ? 'có' : 'không'}`]
  })
  const members = membersBesideLead(after).flatMap(({ personId, name }) => {
    const [was, is] = [termsWords(termsOf(old, personId)), termsWords(termsOf(next, personId))]
    return was === is ? [] : [`${name}: ${is}`]
  })
  return [...deeds, ...members]
}

/** `Chủ tịch hội đồng … quyết định ngày …`: whose word it is, with the reason behind it. */
function decisionOn(group: Group, what: (by: string) => string): string | undefined {
  if (!group.rights) return undefined
  const { name, at, reason } = group.rights.decided
  return `${what(`quyết định ngày ${printDay(dayOf(at))} của chủ tịch hội đồng ${name}`)} Lý do: ${reason}`
}

/** Why somebody of this group may not do this with a criterion on the day; undefined when the decision does not say so. */
export function whyNotInGroup(
  group: Group,
  personId: string,
  code: string,
  deed: GroupDeed,
  day: Day,
): string | undefined {
  const inIt = group.members.some(member => member.personId === personId) && !isLead(group, personId)
  if (!inIt || !group.rights || mayInGroup(group, personId, code, deed, day)) return undefined
  // What no member has without a decision is not missing because of one.
  if (!GIVEN_DEEDS.includes(deed) && !group.rights.deeds.includes(deed)) return undefined
  const { role, from, to, criteria } = termsOf(group.rights, personId)
  if (to !== undefined && to < day)
    return decisionOn(
      group,
      by => `Thời gian bạn làm việc trong ${group.name} đã hết từ sau ngày ${printDay(to)}, theo ${by}.`,
    )
  if (from !== undefined && day < from)
    return decisionOn(group, by => `Bạn làm việc trong ${group.name} từ ngày ${printDay(from)}, theo ${by}.`)
  if (criteria && deed !== 'readOthers' && !criteria.includes(code))
    return decisionOn(group, by => `Trong ${group.name} bạn chỉ làm tiêu chí ${criteria.join(', ')}, theo ${by}.`)
  const withheld = WITHHELD[deed]
  return withheld === undefined || (role === 'read' && deed !== 'readOthers')
    ? decisionOn(group, by => `Bạn chỉ xem trong ${group.name}, theo ${by}.`)
    : decisionOn(group, by => `${group.name}: ${withheld}, theo ${by}.`)
}

/** The same for the group in charge of a criterion: what a refusal and a read-only page say. */
export function whyNot(
  { groups, criteria }: Pick<Assessment, 'groups' | 'criteria'>,
  personId: string,
  code: string,
  deed: GroupDeed,
  day: Day,
): string | undefined {
  const group = groups.find(({ id }) => id === criteria[keyOf(code)]?.groupId)
  return group && whyNotInGroup(group, personId, code, deed, day)
}

/** Why a member of a group may not read the sheets of others: the decision that keeps him or her apart. */
export const whyNotRead = ({ groups }: Pick<Assessment, 'groups'>, personId: string, day: Day): string | undefined =>
  groups.flatMap(group => whyNotInGroup(group, personId, '', 'readOthers', day) ?? [])[0]
