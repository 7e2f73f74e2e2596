import type { Actor } from '../kernel/actor.ts'
import { dayOf, printDay, type Day } from '../kernel/dates.ts'
import { GROUP_DEEDS } from '../kernel/group-seats.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { Assessment, Group, Helper } from './assessment.ts'
import { assessmentSteps } from './assessment-machine.ts'
import { may } from './assessment-policy.ts'
import type { Badge } from './assessment-words.ts'
import { rightsField, TICKED_DEEDS } from './group-rights-input.ts'
import { DEED_NAMES, termsWords } from './group-rights-words.ts'
import { membersBesideLead, rightsOf, termsOf, type ChosenRights } from './group-rights.ts'
import { historyLines } from './history-page.ts'
import { linksOf } from './links.ts'
import { codesOf, seenOf } from './set-group-rights.ts'

export interface GroupRightsView {
  readonly actor: Actor
  readonly assessment: Assessment
  /** The journal of the assessment, newest first. */
  readonly journal: readonly JournalEntry[]
  readonly today: Day
}

const rightsAnchor = (groupId: string): string => `quyen-${groupId}`

/** Where the rights of one group stand on the page of groups. */
export const groupRightsHref = (assessmentId: string, groupId: string): string =>
  `${linksOf({ id: assessmentId }).groups}#${rightsAnchor(groupId)}`

/** What no decision of the chair moves, each with its reason (process §§ 2, 3.1, 3.3–3.5, 14). */
export const FIXED_RIGHTS: readonly { readonly what: string; readonly why: string }[] = [
  {
    what: 'Trưởng nhóm viết, nộp, xác nhận và trả lại mọi phiếu của nhóm; chỉ trưởng nhóm trình phiếu lên hội đồng.',
    why: 'Trưởng nhóm là thành viên hội đồng, ký phiếu và chịu trách nhiệm về phiếu của nhóm.',
  },
  {
    what: 'Không ai xác nhận phiếu do một mình mình viết, không ai kiểm tra minh chứng do chính mình nộp.',
    why: 'Người làm và người kiểm tra phải là hai người.',
  },
  {
    what: 'Hội đồng thống nhất từng phiếu và thông qua báo cáo bằng biểu quyết, ít nhất hai phần ba tổng số thành viên.',
    why: 'Thẩm quyền của tập thể hội đồng, chủ tịch không giao lại cho nhóm.',
  },
  {
    what: 'Mã minh chứng do nhóm thư ký cấp; đánh lại mã do thư ký; số liệu do hiệu trưởng xác nhận.',
    why: 'Mỗi minh chứng chỉ có một mã; số liệu gửi đi mang chữ ký của hiệu trưởng.',
  },
  {
    what: 'Chỉ chủ tịch hội đồng đặt quyền ở đây; phó chủ tịch được ủy quyền chủ trì, thư ký và nhóm thư ký không đặt thay.',
    why: 'Phân công nhiệm vụ là việc của chủ tịch (Điều 25); phó chủ tịch được ủy quyền thì chủ trì họp, thư ký soạn danh sách nhóm.',
  },
]

/** What each group's members may do: the chair's form, for everybody else the same in words, and who changed what when. */
export function groupRightsPage({ actor, assessment, journal, today }: GroupRightsView) {
  const maySet =
    may.setGroupRights(actor, assessment) &&
    assessmentSteps.some(({ event, from }) => event === 'setGroupRights' && from === assessment.state)
  return {
    maySet,
    fixed: FIXED_RIGHTS,
    groups: assessment.groups.map(group => groupModel(assessment, group, today)),
    history: historyLines(journal.filter(({ event }) => event === 'setGroupRights')),
  }
}

function groupModel(assessment: Assessment, group: Group, today: Day) {
  const rights = rightsOf(group)
  const codes = codesOf(assessment, group.id)
  const field = (...name: readonly string[]): string => rightsField(group.id, ...name)
  return {
    anchor: rightsAnchor(group.id),
    name: group.name,
    badge: badgeOf(group),
    decided: decidedWords(group),
    action: `${linksOf(assessment).groups}/${group.id}/quyen`,
    seen: { name: field('seen'), value: seenOf(group) },
    handIn: { name: field('handIn'), value: rights.deeds.includes('handIn') ? 'members' : 'lead' },
    deeds: {
      name: field('deeds'),
      value: rights.deeds,
      options: TICKED_DEEDS.map(deed => ({ value: deed, label: DEED_NAMES[deed] })),
    },
    reason: field('reason'),
    acknowledged: field('acknowledged'),
    lead: group.lead && { name: group.lead.name, id: `o-${field('role', group.lead.personId)}` },
    members: membersBesideLead(group).map(member => memberModel(member, rights, codes, field, today)),
    inWords: GROUP_DEEDS.filter(deed => deed !== 'write').map(deed => ({
      term: DEED_NAMES[deed],
      text: rights.deeds.includes(deed) ? 'có' : deed === 'handIn' ? 'chỉ trưởng nhóm' : 'không',
    })),
  }
}

function memberModel(
  { personId, name, post }: Helper,
  rights: ChosenRights,
  codes: readonly string[],
  field: (...name: readonly string[]) => string,
  today: Day,
) {
  const terms = termsOf(rights, personId)
  return {
    name,
    post,
    words: termsWords(terms),
    standing: standingOf(terms, today),
    role: { name: field('role', personId), value: terms.role },
    from: { name: field('from', personId), value: terms.from ?? '' },
    to: { name: field('to', personId), value: terms.to ?? '' },
    criteria: {
      name: field('criteria', personId),
      value: terms.criteria ?? [],
      options: codes.map(code => ({ value: code, label: code })),
    },
  }
}

const standingOf = ({ from, to }: { readonly from?: Day; readonly to?: Day }, today: Day): Badge | undefined => {
  if (to !== undefined && to < today) return { label: 'đã hết hạn', tone: 'orange' }
  return from !== undefined && today < from ? { label: 'chưa bắt đầu', tone: 'grey' } : undefined
}

const badgeOf = ({ rights }: Group): Badge =>
  rights ? { label: 'chủ tịch đã quyết định', tone: 'blue' } : { label: 'theo quy trình chung', tone: 'grey' }

const decidedWords = ({ rights }: Group): string =>
  rights
    ? `${rights.decided.name} quyết định ngày ${printDay(dayOf(rights.decided.at))}. Lý do: ${rights.decided.reason}`
    : 'Chủ tịch hội đồng chưa quyết định khác: mọi thành viên viết và nộp phiếu, thêm minh chứng của nhóm.'
