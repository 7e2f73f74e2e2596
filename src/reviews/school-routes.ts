import { assessmentHref } from '../assessments/index.ts'
import { page, redirect, type Route } from '../http/route.ts'
import { dayOf } from '../kernel/dates.ts'
import type { ReviewNeeds } from './needs.ts'
import { dossierOf, openAsSchool } from './open-review.ts'
import { answerQuestion } from './remarks.ts'
import { reviewHref } from './review-facts.ts'
import { answerTextFrom } from './review-input.ts'
import { mayOnReview } from './review-policy.ts'
import { schoolPage } from './school-page.ts'

const BASE = '/danh-gia/:id/xem-xet'

/** The review as the school sees it: where it stands, and the answers to its questions. */
export function schoolReviewRoutes(needs: ReviewNeeds): Route[] {
  return [
    {
      method: 'get',
      path: BASE,
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const known = await needs.reviews.find(params['id'] ?? '')
        // Who reads it for the managing level is led to the desk.
        if (known && mayOnReview.read(actor, known)) return redirect(reviewHref(known.id))
        const review = await openAsSchool(needs, actor, params['id'] ?? '')
        const [dossier, names] = await Promise.all([
          dossierOf(needs, review),
          needs.unitNames([review.schoolId, review.handlerId]),
        ])
        const today = dayOf(needs.assessment.now())
        return page('reviews/school', 'Cấp quản lý xem xét', schoolPage({ actor, review, dossier, names, today }))
      },
    },
    {
      method: 'post',
      path: `${BASE}/:remark`,
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const text = answerTextFrom(body)
        const { id } = await answerQuestion(needs)(actor, params['id'] ?? '', params['remark'] ?? '', text)
        flash('success', 'Đã gửi câu trả lời.')
        return redirect(`${assessmentHref(id)}/xem-xet`)
      },
    },
  ]
}
