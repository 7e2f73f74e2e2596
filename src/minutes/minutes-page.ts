import { assessmentHref, type Assessment } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf, printDay } from '../kernel/dates.ts'
import { unmetOf } from '../kernel/step.ts'
import { MEETING_NAMES, type MeetingKind, type Minutes } from './minutes.ts'
import { MINUTES_STATES, minutesConditions } from './minutes-machine.ts'
import { mayOnMinutes } from './minutes-policy.ts'

export const minutesHref = (assessmentId: string): string => `${assessmentHref(assessmentId)}/bien-ban`
const recordHref = ({ assessmentId, id }: Minutes): string =>
  `${minutesHref(assessmentId)}/${id.slice(assessmentId.length + 1)}`

const bodyOf = (
  { groups }: Pick<Assessment, 'groups'>,
  { kind, groupId }: Pick<Minutes, 'kind' | 'groupId'>,
): string => {
  const group = groups.find(each => each.id === groupId)
  return group ? group.name : MEETING_NAMES[kind]
}

const crumbs = (assessment: Assessment) => [
  { label: 'Tự đánh giá', href: '/danh-gia' },
  { label: `Năm học ${assessment.year}`, href: assessmentHref(assessment.id) },
]

/** All records of an assessment, newest first, and which ones this person may begin. */
export function listPage(actor: Actor, assessment: Assessment, all: readonly Minutes[]) {
  const { schoolId, year, groups } = assessment
  const bodies: readonly { readonly kind: MeetingKind; readonly groupId?: string }[] = [
    { kind: 'council' },
    { kind: 'secretariat' },
    ...groups.map(group => ({ kind: 'group' as const, groupId: group.id })),
  ]
  return {
    breadcrumbs: crumbs(assessment),
    table: {
      caption: 'Biên bản họp',
      head: ['Ngày họp', 'Cuộc họp', 'Số', 'Kết luận', 'Trạng thái'],
      empty: 'Chưa có biên bản nào.',
      rows: all
        .toSorted((a, b) => b.words.on.localeCompare(a.words.on) || b.id.localeCompare(a.id, 'vi', { numeric: true }))
        .map(minutes => [
          { text: printDay(minutes.words.on), href: recordHref(minutes) },
          `${bodyOf(assessment, minutes)}, lần ${minutes.no}`,
          minutes.words.number || '–',
          minutes.words.agenda.map(item => item.title).join('; ') || '–',
          { text: '', badge: MINUTES_STATES[minutes.state] },
        ]),
    },
    begin: {
      action: minutesHref(assessment.id),
      options: bodies
        .filter(body => mayOnMinutes.write(actor, { schoolId, year, ...body }))
        .map(body => ({ value: body.groupId ?? body.kind, label: bodyOf(assessment, body) })),
    },
  }
}

const area = (name: string, label: string) => ({ name, label, kind: 'area' })
const text = (name: string, label: string) => ({ name, label, kind: 'text' })
const count = (name: string, label: string) => ({ name, label, kind: 'week' })

/** One record: the form while it is a draft and this person may write, its words afterwards. */
export function recordPage(actor: Actor, assessment: Assessment, minutes: Minutes, now: Date) {
  const { words } = minutes
  const href = recordHref(minutes)
  const mayWrite = minutes.state === 'draft' && mayOnMinutes.write(actor, minutes)
  const facts = { today: dayOf(now), words }
  const tables = {
    agenda: {
      caption: 'Nội dung họp',
      columns: [
        area('title', 'Nội dung'),
        text('speaker', 'Người trình bày'),
        area('opinions', 'Ý kiến'),
        area('conclusion', 'Kết luận'),
      ],
      rows: words.agenda,
    },
    votes: {
      caption: 'Biểu quyết',
      columns: [
        area('question', 'Vấn đề'),
        count('for', 'Đồng ý'),
        count('against', 'Không đồng ý'),
        count('other', 'Ý kiến khác'),
      ],
      rows: words.votes,
    },
    assignments: {
      caption: 'Giao việc',
      columns: [area('what', 'Việc'), text('who', 'Người thực hiện'), { name: 'due', label: 'Hạn', kind: 'day' }],
      rows: words.assignments,
    },
  }
  return {
    breadcrumbs: [...crumbs(assessment), { label: 'Biên bản họp', href: minutesHref(assessment.id) }],
    subtitle: `${bodyOf(assessment, minutes)}, lần ${minutes.no}`,
    actions: [
      { label: minutes.signed ? 'Tải PDF' : 'Xem bản nháp PDF', href: `${href}/bien-ban.pdf`, icon: 'download' },
    ],
    badge: MINUTES_STATES[minutes.state],
    action: href,
    mayWrite,
    revision: minutes.rev,
    words,
    tables,
    day: printDay(words.on),
    ...(minutes.signed && { signed: `${minutes.signed.name} ký ngày ${printDay(minutes.signed.on)}` }),
    ...(minutes.withdrawn && {
      withdrawn: `${minutes.withdrawn.name} hủy ngày ${printDay(minutes.withdrawn.on)}: ${minutes.withdrawn.reason}`,
    }),
    ...(minutes.state === 'draft' &&
      mayOnMinutes.sign(actor, minutes) && {
        sign: {
          action: `${href}/ky`,
          label: 'Ký biên bản',
          unmet: unmetOf(minutesConditions, facts, { type: 'sign' }),
        },
      }),
    ...(minutes.state !== 'withdrawn' &&
      mayOnMinutes.withdraw(actor, minutes) && { withdraw: { action: `${href}/huy`, label: 'Hủy biên bản' } }),
  }
}
