import type { CriteriaSet } from '../catalogue/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { printDay, printInstant, type Day } from '../kernel/dates.ts'
import type { Assessment } from './assessment.ts'
import type { AssessmentFacts } from './assessment-conditions.ts'
import { may } from './assessment-policy.ts'
import { crumbsOf } from './assessment-tabs.ts'
import type { Comment } from './comment-store.ts'
import { dueOn, DUE_TONES } from './deadlines.ts'
import { linksOf } from './links.ts'
import { mayStep, unmetBesidesForm } from './offered-steps.ts'
import { reportParts } from './report-texts.ts'

export interface CommentsView {
  readonly actor: Actor
  readonly assessment: Assessment
  readonly schoolName: string
  readonly set: CriteriaSet
  readonly facts: AssessmentFacts
  readonly comments: readonly Comment[]
  readonly today: Day
  readonly paperHref: (paperId: string) => string
}

/** The comment round on the draft: the draft, the days left, what was said and what the council answered. */
export function commentsPage(view: CommentsView) {
  const { actor, assessment, facts, comments, today } = view
  const base = linksOf(assessment).comments
  const round = assessment.consultation
  const running = assessment.state === 'consulting'
  const draft = assessment.report.draft
  const mayAnswer = running && may.answerComment(actor, assessment)
  return {
    breadcrumbs: crumbsOf(assessment, view.schoolName),
    round: round && {
      span: `Từ ${printDay(round.openedOn)} đến ${printDay(round.endsOn)}`,
      standing: round.closedOn
        ? { label: `Kết thúc ${printDay(round.closedOn)}`, tone: 'grey' as const }
        : roundBadge(round.endsOn, today),
      count: comments.length,
      unanswered: comments.filter(comment => !comment.answer).length,
    },
    draftHref: draft ? view.paperHref(draft.paperId) : '',
    add: running && may.comment(actor, assessment) ? { action: base, parts: partNames(view.set) } : undefined,
    comments: comments.map((comment, index) => ({
      number: index + 1,
      id: comment.id,
      who: comment.name,
      when: printInstant(comment.at),
      part: comment.part,
      text: comment.text,
      answer: comment.answer && {
        badge: comment.answer.accepted
          ? { label: 'Tiếp thu', tone: 'green' as const }
          : { label: 'Không tiếp thu', tone: 'orange' as const },
        why: comment.answer.why,
        by: `${comment.answer.name}, ${printInstant(comment.answer.at)}`,
      },
      answerAction: mayAnswer ? `${base}/${comment.id}` : '',
    })),
    close: mayStep(actor, assessment, facts, 'closeComments')
      ? { action: `${base}/ket-thuc`, unmet: unmetBesidesForm(facts, 'closeComments') }
      : undefined,
  }
}

function roundBadge(endsOn: Day, today: Day) {
  const due = dueOn(endsOn, today)
  return due.state === 'overdue'
    ? { label: 'đã hết thời gian lấy ý kiến', tone: 'blue' as const }
    : { label: due.words, tone: DUE_TONES[due.state] }
}

/** Parts and criteria that a comment may speak of. */
const partNames = (set: CriteriaSet): readonly string[] => [
  ...reportParts(set).map(({ title }) => title),
  ...set.standards.flatMap(standard => standard.criteria.map(({ code, title }) => `Tiêu chí ${code}: ${title}`)),
]
