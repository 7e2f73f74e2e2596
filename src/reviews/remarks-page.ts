import { remarkModel } from './remark-model.ts'
import { isOpenQuestion, lastRound, type RemarkKind } from './review.ts'
import { REVIEW_STATES } from './review-machine.ts'
import { crumbs, reviewTabs, type ReviewView } from './review-page.ts'
import { mayOnReview } from './review-policy.ts'
import { REMARK_KINDS } from './review-words.ts'

/** All remarks of the present round by kind, questions with their answers first. */
export function remarksPage(view: ReviewView) {
  const { actor, review, dossier, names } = view
  const { remarks } = lastRound(review)
  const writable = mayOnReview.remark(actor, review) && review.state === 'underReview'
  const kinds: readonly RemarkKind[] = ['question', 'fix', 'advice']
  const open = remarks.filter(isOpenQuestion)
  return {
    wide: true,
    breadcrumbs: crumbs(review, names),
    tabs: reviewTabs(review, 'nhan-xet'),
    state: REVIEW_STATES[review.state],
    subtitle:
      open.length === 0
        ? 'Mọi câu hỏi đã khép.'
        : `${open.length} câu hỏi chưa khép, ${open.filter(({ answer }) => answer).length} câu trường đã trả lời.`,
    groups: kinds.map(kind => ({
      title: REMARK_KINDS[kind].label,
      hint: REMARK_KINDS[kind].hint,
      remarks: remarks
        .filter(each => each.kind === kind)
        .map(remark => remarkModel({ actor, review, dossier, writable }, remark)),
    })),
  }
}
