import { page, redirect, type Route } from '../http/route.ts'
import { NotFound } from '../kernel/refusals.ts'
import type { Assessment } from './assessment.ts'
import { may } from './assessment-policy.ts'
import { comparePage, type ComparedYear } from './compare-years.ts'
import { confirmReview } from './confirm-review.ts'
import { sheetHref } from './links.ts'
import { mappingBetween } from './mapping-between.ts'
import { openForReading, unreadableCodes } from './open-sheet.ts'
import type { AssessmentScreenNeeds } from './screen-needs.ts'

const SHEET = '/danh-gia/:id/phieu/:code'

/** Going through what came over from another year: confirming texts, and comparing two years. */
export const carriedRoutes = (needs: AssessmentScreenNeeds): Route[] => [
  {
    method: 'post',
    path: `${SHEET}/ra-soat`,
    access: 'signedIn',
    handle: async ({ actor, params, flash }) => {
      const { id = '', code = '' } = params
      const confirmed = await confirmReview(needs)(actor, id, code)
      flash('success', confirmed > 0 ? `Đã xác nhận rà soát ${confirmed} phần.` : 'Không còn phần nào chờ rà soát.')
      return redirect(sheetHref(id, code))
    },
  },
  {
    method: 'post',
    path: `${SHEET}/phan/:part/ra-soat`,
    access: 'signedIn',
    handle: async ({ actor, params, flash }) => {
      const { id = '', code = '', part = '' } = params
      await confirmReview(needs)(actor, id, code, part)
      flash('success', 'Đã xác nhận rà soát phần này.')
      return redirect(sheetHref(id, code))
    },
  },
  {
    method: 'get',
    path: '/danh-gia/:id/so-sanh',
    access: 'signedIn',
    handle: async ({ actor, params, query }) => {
      const here = await openForReading(needs, actor, params['id'] ?? '')
      const all = await needs.assessments.ofSchool(here.schoolId)
      const others = all.filter(each => each.id !== here.id && may.read(actor, each))
      const wanted = query['voi']
      const other = wanted === undefined ? nearest(here, others) : others.find(({ year }) => year === wanted)
      if (!other)
        throw new NotFound(
          wanted === undefined
            ? 'Trường chưa có năm học nào khác để so sánh.'
            : 'Không có đợt tự đánh giá của năm học này.',
        )
      const [earlier, later] = other.year < here.year ? [other, here] : [here, other]
      const [between, before, after, names] = await Promise.all([
        mappingBetween(needs, earlier.set.hash, later.set.hash),
        yearOf(needs, earlier),
        yearOf(needs, later),
        needs.unitNames([here.schoolId]),
      ])
      const model = comparePage({
        earlier: before,
        later: after,
        between,
        hidden: new Set([...unreadableCodes(actor, earlier), ...unreadableCodes(actor, later)]),
        schoolName: names.get(here.schoolId) ?? here.schoolId,
        here: here.id,
        years: others.map(({ year }) => year),
        chosen: other.year,
        onlyChanged: query['chi'] === 'thay-doi',
      })
      return page('assessments/compare', 'So sánh hai năm học', model)
    },
  },
]

/** The year before this one that is nearest to it, else the nearest after. */
const nearest = (here: Assessment, others: readonly Assessment[]): Assessment | undefined => {
  const sorted = others.toSorted((a, b) => (a.year < b.year ? 1 : -1))
  return sorted.find(({ year }) => year < here.year) ?? sorted.at(-1)
}

const yearOf = async (needs: AssessmentScreenNeeds, assessment: Assessment): Promise<ComparedYear> => ({
  assessment,
  sheets: await needs.sheets.ofAssessment(assessment.id),
  evidence: await needs.evidence(assessment.id),
})
