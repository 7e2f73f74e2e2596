import { assessmentSteps, linksOf, may, type Assessment, type AssessmentEvent } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { firstCalendarYear } from '../kernel/working-year.ts'
import { addDays, type Day } from '../kernel/dates.ts'
import { only, type Draft, type Situation } from './task.ts'

type Type = AssessmentEvent['type']

/** So many days before its last day the supplementary report becomes a task: earlier there is nothing to say yet. */
const SUPPLEMENT_AHEAD = 45

/** The events that move an assessment on, when their turn is, and how the task is worded. */
const TURNS: readonly {
  readonly event: Type
  readonly isTurn: (situation: Situation, today: Day) => boolean
  readonly draft: (situation: Situation) => Draft
}[] = [
  {
    event: 'appointCouncil',
    isTurn: ({ assessment }) => assessment.councilVersions.length === 0,
    draft: ({ assessment }) => ({
      label: 'Lập danh sách hội đồng và ký quyết định thành lập',
      href: linksOf(assessment).council,
      deadline: 'councilDue',
    }),
  },
  {
    event: 'approvePlan',
    isTurn: ({ assessment }) => assessment.councilVersions.length > 0,
    draft: ({ assessment }) => ({
      label: 'Phê duyệt kế hoạch tự đánh giá',
      href: linksOf(assessment).plan,
      deadline: 'planDue',
    }),
  },
  {
    event: 'startReport',
    isTurn: ({ assessment }) => Object.values(assessment.criteria).every(({ state }) => state === 'agreed'),
    draft: ({ assessment }) => ({
      label: 'Bắt đầu viết báo cáo',
      detail: 'Mọi phiếu đánh giá tiêu chí đã được hội đồng thống nhất.',
      href: `${linksOf(assessment).report}#buoc-startReport`,
      deadline: 'sheetsDue',
    }),
  },
  {
    event: 'openComments',
    isTurn: ({ assessment }) => assessment.consultation?.closedOn === undefined,
    draft: ({ assessment }) => ({
      label: 'Lấy ý kiến về dự thảo báo cáo',
      href: `${linksOf(assessment).report}#buoc-openComments`,
      deadline: 'reportDraftDue',
    }),
  },
  {
    event: 'closeComments',
    isTurn: ({ assessment: { consultation } }, today) =>
      consultation !== undefined &&
      consultation.endsOn < today &&
      consultation.comments.every(comment => comment.answered),
    draft: ({ assessment }) => ({
      label: 'Kết thúc lấy ý kiến về dự thảo',
      href: linksOf(assessment).comments,
      deadline: 'internalCommentDays',
    }),
  },
  {
    event: 'adopt',
    isTurn: ({ assessment }) => assessment.consultation?.closedOn !== undefined,
    draft: ({ assessment }) => ({
      label: 'Họp hội đồng thông qua báo cáo',
      href: `${linksOf(assessment).report}#buoc-adopt`,
      deadline: 'adoptDue',
    }),
  },
  {
    event: 'publish',
    isTurn: () => true,
    draft: ({ assessment }) => ({
      label: 'Ký, đóng dấu và công bố báo cáo',
      href: `${linksOf(assessment).report}#buoc-publish`,
      deadline: 'publishDue',
    }),
  },
  {
    event: 'submit',
    isTurn: () => true,
    draft: ({ assessment }) => ({
      label: 'Gửi báo cáo lên cơ quan quản lý',
      href: `${linksOf(assessment).report}#buoc-submit`,
      deadline: 'submitDue',
    }),
  },
  {
    event: 'resume',
    isTurn: () => true,
    draft: ({ assessment }) => ({
      label: 'Trả lời các nội dung bị yêu cầu hoàn thiện',
      detail: `${assessment.submissions.at(-1)?.returned?.points.length ?? 0} nội dung`,
      href: `${linksOf(assessment).report}#buoc-resume`,
      deadline: 'resubmitDue',
    }),
  },
  {
    event: 'addSupplement',
    isTurn: ({ assessment, deadlines: { supplementDue } }, today) =>
      assessment.supplements.length === 0 &&
      supplementDue !== undefined &&
      today <= supplementDue &&
      addDays(today, SUPPLEMENT_AHEAD) >= supplementDue,
    draft: ({ assessment }) => ({
      label: 'Lập báo cáo bổ sung, nếu từ khi thông qua có thay đổi',
      href: `${linksOf(assessment).report}#buoc-addSupplement`,
      deadline: 'supplementDue',
    }),
  },
  {
    event: 'close',
    isTurn: ({ assessment }, today) => today > `${firstCalendarYear(assessment.year) + 1}-07-31`,
    draft: ({ assessment }) => ({
      label: 'Kết thúc đợt tự đánh giá',
      href: `/danh-gia/${assessment.id}#buoc-close`,
    }),
  },
]

/** Steps of the assessment whose turn it is, as far as the policy lets this person take them. */
export const stepTasks = (actor: Actor, today: Day, situation: Situation): readonly Draft[] =>
  TURNS.filter(
    ({ event, isTurn }) =>
      assessmentSteps.some(step => step.event === event && step.from === situation.assessment.state) &&
      may[event](actor, situation.assessment) &&
      isTurn(situation, today),
  ).map(({ draft }) => draft(situation))

/** Work around the steps: the plan's draft, the groups, the report's texts, the comment round. */
export function sideTasks(actor: Actor, today: Day, situation: Situation): readonly Draft[] {
  const { assessment, ownComments } = situation
  const links = linksOf(assessment)
  const council = assessment.councilVersions.length > 0
  const round = assessment.state === 'consulting' ? assessment.consultation : undefined
  const unanswered = round?.comments.filter(comment => !comment.answered).length ?? 0
  const is = (...states: readonly Assessment['state'][]): boolean => states.includes(assessment.state)
  return [
    ...only(is('preparing') && council && assessment.groups.length === 0 && may.editGroups(actor, assessment), {
      label: 'Lập các nhóm công tác',
      href: links.groups,
      deadline: 'planDue',
    }),
    ...only(is('preparing') && council && may.editPlan(actor, assessment) && !may.approvePlan(actor, assessment), {
      label: 'Soạn kế hoạch tự đánh giá trình chủ tịch',
      href: links.plan,
      deadline: 'planDue',
    }),
    ...only(is('drafting') && !assessment.consultation && may.writeReport(actor, assessment), {
      label: 'Viết phần chung của báo cáo',
      href: links.report,
      deadline: 'reportDraftDue',
    }),
    ...only(round !== undefined && round.endsOn >= today && ownComments === 0 && may.comment(actor, assessment), {
      label: 'Đọc dự thảo báo cáo và góp ý',
      href: links.comments,
      deadline: 'internalCommentDays',
    }),
    ...only(unanswered > 0 && may.answerComment(actor, assessment), {
      label: `Trả lời ${unanswered} ý kiến góp ý`,
      href: links.comments,
      deadline: 'internalCommentDays',
    }),
  ]
}
