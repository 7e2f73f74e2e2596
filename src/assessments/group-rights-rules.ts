import { addDays, printDay, type Day } from '../kernel/dates.ts'
import type { GroupDeed } from '../kernel/group-seats.ts'
import type { Unmet } from '../kernel/refusals.ts'
import type { CriterionDecision, Group } from './assessment.ts'
import { WITH_GROUP } from './criterion-conditions.ts'
import { mayInGroup, membersBesideLead, peopleOf, rightsOf, termsOf, type MemberTerms } from './group-rights.ts'

/** What is wrong with a decision, and where: in how one member works, or in who hands in. */
export interface RightsFault {
  readonly at: { readonly member: string } | 'handIn'
  readonly message: string
}

/**
 * What a decision must not do to a group: leave a criterion that only its lead may write, because nobody confirms a
 * sheet that he or she wrote alone, or sheets that nobody may hand in. Rights that begin later count.
 */
export function groupFaults(group: Group, codes: readonly string[], today: Day): readonly RightsFault[] {
  const rights = rightsOf(group)
  const members = membersBesideLead(group)
  if (members.length === 0) return []
  const may = (personId: string, code: string, deed: GroupDeed): boolean => {
    const { from } = termsOf(rights, personId)
    return mayInGroup(group, personId, code, deed, from !== undefined && from > today ? from : today)
  }
  const unwritten = codes.filter(code => !members.some(({ personId }) => may(personId, code, 'write')))
  const nobodyHandsIn = codes.some(code => !peopleOf(group).some(({ personId }) => may(personId, code, 'handIn')))
  const without = group.lead
    ? `ngoài trưởng nhóm không còn ai được viết tiêu chí ${unwritten.join(', ')}, mà trưởng nhóm không được xác nhận phiếu do một mình mình viết.`
    : `không còn ai được viết tiêu chí ${unwritten.join(', ')}.`
  return [
    ...(unwritten.length === 0
      ? []
      : members
          .filter(({ personId }) => unwritten.some(code => !may(personId, code, 'write')))
          .map(({ personId }) => ({ at: { member: personId }, message: `${group.name}: ${without}` }))),
    ...(nobodyHandsIn && unwritten.length === 0
      ? [{ at: 'handIn' as const, message: `${group.name} chưa có trưởng nhóm nên phải để thành viên nộp phiếu.` }]
      : []),
  ]
}

/** What stands open in the group when the chair decides. */
export interface OpenInGroup {
  readonly decisions: readonly CriterionDecision[]
  /** By criterion code: everybody whose words or answers stand in the sheet. */
  readonly authors: ReadonlyMap<string, readonly string[]>
  /** Items of evidence that wait, by criterion code. */
  readonly expected: ReadonlyMap<string, number>
  readonly collected: ReadonlyMap<string, number>
  readonly sheetHref: (code: string) => string
}

/** Open work that a narrowing would take out of somebody's hands, a sentence each: named before it is decided. */
export function strandedBy(before: Group, after: Group, open: OpenInGroup, today: Day): readonly Unmet[] {
  const members = membersBesideLead(after)
  const losers = (code: string, deed: GroupDeed) =>
    members.filter(
      ({ personId }) =>
        mayInGroup(before, personId, code, deed, today) &&
        !mayInGroup(after, personId, code, deed, firstDayWithout(termsOf(rightsOf(after), personId), today)),
    )
  const withGroup = open.decisions.filter(({ state }) => WITH_GROUP.includes(state))
  const named = (lost: Group['members']): string => lost.map(({ name }) => name).join(', ')
  const item = (code: string, message: string): Unmet => ({ code: 'stranded', message, href: open.sheetHref(code) })
  return [
    ...withGroup.flatMap(({ code }) => {
      const lost = losers(code, 'write').filter(({ personId }) => open.authors.get(code)?.includes(personId))
      return lost.length === 0
        ? []
        : [
            item(
              code,
              `Phiếu tiêu chí ${code} đang viết dở: ${named(lost)} sẽ không viết tiếp được${since(after, lost, today)}.`,
            ),
          ]
    }),
    ...withGroup.flatMap(({ code, state }) => {
      const lost = losers(code, 'handIn').filter(({ personId }) => open.authors.get(code)?.includes(personId))
      const keepsWriting = lost.filter(({ personId }) => mayInGroup(after, personId, code, 'write', today))
      return state !== 'drafting' || keepsWriting.length === 0
        ? []
        : [
            item(
              code,
              `Phiếu tiêu chí ${code} đang viết: ${named(keepsWriting)} không nộp được nữa, trưởng nhóm sẽ nộp.`,
            ),
          ]
    }),
    ...waiting(open.expected, code => losers(code, 'addEvidence')).map(({ code, count, lost }) =>
      item(code, `Tiêu chí ${code} còn ${count} minh chứng chờ thu thập: ${named(lost)} không ghi nhận được nữa.`),
    ),
    ...waiting(open.collected, code => losers(code, 'verifyEvidence')).map(({ code, count, lost }) =>
      item(code, `Tiêu chí ${code} còn ${count} minh chứng chờ kiểm tra: ${named(lost)} không kiểm tra được nữa.`),
    ),
  ]
}

/** Rights that end on a later day are asked about on the day after. */
const firstDayWithout = ({ to }: MemberTerms, today: Day): Day =>
  to !== undefined && to >= today ? addDays(to, 1) : today

function since(after: Group, lost: Group['members'], today: Day): string {
  const days = lost.map(({ personId }) => firstDayWithout(termsOf(rightsOf(after), personId), today))
  const [first] = days.toSorted()
  return first === undefined || first === today ? '' : ` từ ngày ${printDay(first)}`
}

const waiting = (counts: ReadonlyMap<string, number>, losers: (code: string) => Group['members']) =>
  [...counts].flatMap(([code, count]) => {
    const lost = losers(code)
    return count === 0 || lost.length === 0 ? [] : [{ code, count, lost }]
  })
