import { textField } from '../http/fields.ts'
import { page, redirect, type Route } from '../http/route.ts'
import { dayOf } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import { assessmentFactsOf } from './assessment-facts.ts'
import { may } from './assessment-policy.ts'
import { cancelFrom, startFrom } from './adoption-input.ts'
import { mayReadOldText } from './drawer-rights.ts'
import { historyFilter, historyPage } from './history-page.ts'
import { assessmentHref } from './links.ts'
import { listFilter, schoolPage, unitListPage } from './list-page.ts'
import { mayOpen, openAssessment } from './open-assessment.ts'
import { openForReading } from './open-sheet.ts'
import { overviewPage } from './overview-page.ts'
import { cancel, close } from './report-steps.ts'
import { newerVersionOf } from './take-new-version.ts'
import type { AssessmentScreenNeeds } from './screen-needs.ts'

const ONE = '/danh-gia/:id'

/** Lines of the journal on the overview. */
const LATEST = 6
/** Lines of the journal that its own screen reads back. */
const JOURNAL_LINES = 2_000

/** List of assessments, opening one, its overview and its journal. */
export const overviewRoutes = (needs: AssessmentScreenNeeds): Route[] => [
  {
    method: 'get',
    path: '/danh-gia',
    access: 'signedIn',
    handle: async ({ actor, year, unitId, query }) => {
      const home = await needs.homeUnit(actor, unitId)
      if (!home) throw new NotFound('Người này chưa có nhiệm vụ ở đơn vị nào.')
      if (!home.isSchool) {
        const found = await needs.assessments.list(year, may.read.where(actor))
        const names = await needs.unitNames(found.map(({ schoolId }) => schoolId))
        const model = unitListPage(home, year, found, names, listFilter(query))
        return page('assessments/units', 'Tự đánh giá của các trường', model)
      }
      const [all, school] = await Promise.all([
        needs.assessments.ofSchool(home.id),
        needs.school(home.id, dayOf(needs.now())),
      ])
      const assessments = all.filter(assessment => may.read(actor, assessment))
      const hashes = [...new Set(assessments.map(assessment => assessment.set.hash))]
      const sets = new Map(await Promise.all(hashes.map(async hash => [hash, await needs.setOf(hash)] as const)))
      return page(
        'assessments/school',
        'Tự đánh giá',
        schoolPage({ home, year, assessments, sets, mayOpen: mayOpen(actor, school, year) }),
      )
    },
  },
  {
    method: 'post',
    path: '/danh-gia',
    access: 'signedIn',
    handle: async ({ actor, year, body, flash }) => {
      const { id } = await openAssessment(needs)(actor, textField(body, 'schoolId'), year, startFrom(body))
      flash('success', 'Đã mở đợt tự đánh giá. Việc tiếp theo: lập danh sách hội đồng.')
      return redirect(assessmentHref(id))
    },
  },
  {
    method: 'get',
    path: ONE,
    access: 'signedIn',
    handle: async ({ actor, params }) => {
      const assessment = await openForReading(needs, actor, params['id'] ?? '')
      const at = needs.now()
      const [set, facts, deadlines, evidence, history, papers, names, oldTexts, newer] = await Promise.all([
        needs.setOf(assessment.set.hash),
        assessmentFactsOf(needs, assessment, at),
        needs.deadlines(assessment),
        needs.evidence(assessment.id),
        needs.history(assessment.id, LATEST),
        needs.papers(actor, assessment),
        needs.unitNames([assessment.schoolId]),
        needs.sheets.drawer.waitingIn(assessment.id),
        newerVersionOf(needs, assessment),
      ])
      const schoolName = names.get(assessment.schoolId) ?? assessment.schoolId
      return page(
        'assessments/overview',
        `${schoolName}, năm học ${assessment.year}`,
        overviewPage({
          actor,
          assessment,
          schoolName,
          set,
          facts,
          deadlines,
          evidence,
          history,
          papers,
          today: dayOf(at),
          oldTexts: oldTexts.filter(text => mayReadOldText(actor, assessment, text)).length,
          newerVersion: newer !== undefined,
        }),
      )
    },
  },
  {
    method: 'get',
    path: `${ONE}/nhat-ky`,
    access: 'signedIn',
    handle: async ({ actor, params, query }) => {
      const assessment = await openForReading(needs, actor, params['id'] ?? '')
      const [entries, names] = await Promise.all([
        needs.history(assessment.id, JOURNAL_LINES),
        needs.unitNames([assessment.schoolId]),
      ])
      const schoolName = names.get(assessment.schoolId) ?? assessment.schoolId
      return page(
        'assessments/history',
        'Nhật ký của đợt tự đánh giá',
        historyPage(assessment, schoolName, entries, historyFilter(query)),
      )
    },
  },
  {
    method: 'post',
    path: `${ONE}/ket-thuc`,
    access: 'signedIn',
    handle: async ({ actor, params, flash }) => {
      const { id } = await close(needs)(actor, params['id'] ?? '')
      flash('success', 'Đã kết thúc đợt tự đánh giá.')
      return redirect(assessmentHref(id))
    },
  },
  {
    method: 'post',
    path: `${ONE}/huy`,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      const { reason, decisionNumber } = cancelFrom(body)
      const { id } = await cancel(needs)(actor, params['id'] ?? '', reason, decisionNumber)
      flash('warning', 'Đã hủy đợt tự đánh giá. Nhật ký và giấy tờ được giữ nguyên.')
      return redirect(assessmentHref(id))
    },
  },
]
