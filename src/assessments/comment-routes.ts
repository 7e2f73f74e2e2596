import { page, redirect, type Route } from '../http/route.ts'
import { dayOf } from '../kernel/dates.ts'
import { answerFrom, commentFrom } from './adoption-input.ts'
import { assessmentFactsOf } from './assessment-facts.ts'
import { addComment, answerComment } from './comments.ts'
import { commentsPage } from './comments-page.ts'
import { linksOf } from './links.ts'
import { openForReading } from './open-sheet.ts'
import { closeComments } from './report-steps.ts'
import type { AssessmentScreenNeeds } from './screen-needs.ts'

const BASE = '/danh-gia/:id/gop-y'

/** The comment round of the school on the draft report. */
export const commentRoutes = (needs: AssessmentScreenNeeds): Route[] => [
  {
    method: 'get',
    path: BASE,
    access: 'signedIn',
    handle: async ({ actor, params }) => {
      const assessment = await openForReading(needs, actor, params['id'] ?? '')
      const at = needs.now()
      const [set, facts, comments, names] = await Promise.all([
        needs.setOf(assessment.set.hash),
        assessmentFactsOf(needs, assessment, at),
        needs.comments.ofAssessment(assessment.id),
        needs.unitNames([assessment.schoolId]),
      ])
      const schoolName = names.get(assessment.schoolId) ?? assessment.schoolId
      const { paperHref } = needs
      const model = { actor, assessment, schoolName, set, facts, comments, today: dayOf(at), paperHref }
      return page('assessments/comments', 'Góp ý cho dự thảo báo cáo', commentsPage(model))
    },
  },
  {
    method: 'post',
    path: BASE,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      await addComment(needs)(actor, params['id'] ?? '', commentFrom(body))
      flash('success', 'Đã gửi góp ý. Thư ký hội đồng sẽ trả lời.')
      return redirect(linksOf({ id: params['id'] ?? '' }).comments)
    },
  },
  {
    method: 'post',
    path: `${BASE}/ket-thuc`,
    access: 'signedIn',
    handle: async ({ actor, params, flash }) => {
      const { id } = await closeComments(needs)(actor, params['id'] ?? '')
      flash('success', 'Đã kết thúc lấy ý kiến. Việc tiếp theo: hoàn thiện và trình hội đồng thông qua.')
      return redirect(linksOf({ id }).report)
    },
  },
  {
    method: 'post',
    path: `${BASE}/:commentId`,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      await answerComment(needs)(actor, params['id'] ?? '', params['commentId'] ?? '', answerFrom(body))
      flash('success', 'Đã trả lời góp ý.')
      return redirect(linksOf({ id: params['id'] ?? '' }).comments)
    },
  },
]
