import { textField } from '../http/fields.ts'
import { json, page, redirect, type Request, type Route } from '../http/route.ts'
import { dayOf, printInstant } from '../kernel/dates.ts'
import { NotFound, StaleWrite } from '../kernel/refusals.ts'
import {
  adoptionFrom,
  answersFrom,
  dispatchFrom,
  publicationFrom,
  reopeningFrom,
  supplementFrom,
} from './adoption-input.ts'
import { assessmentFactsOf } from './assessment-facts.ts'
import { linksOf } from './links.ts'
import { openForReading } from './open-sheet.ts'
import { reportPage, reportPartModel } from './report-page.ts'
import {
  addSupplement,
  adopt,
  openComments,
  printDraft,
  publish,
  recall,
  reopenSheets,
  resume,
  settleFigures,
  startReport,
  submit,
  writeReportPart,
} from './report-steps.ts'
import { REPORT, reportParts } from './report-texts.ts'
import type { AssessmentScreenNeeds } from './screen-needs.ts'
import { reportHistoryPage } from './report-history-page.ts'
import { compareTexts } from './sheet-history.ts'
import { sheetId } from './sheet.ts'
import { writtenFrom } from './sheet-input.ts'
import { fromLabels, toLabels } from './sheet-labels.ts'

const BASE = '/danh-gia/:id/bao-cao'
const PART = `${BASE}/phan/:part`

/** A signed report with its pictures of seals; larger ones are refused by the edge. */
const SIGNED = { maxBytes: 64 * 1024 * 1024, maxFiles: 1 } as const

const back = (id: string) => redirect(linksOf({ id }).report)
const idOf = ({ params }: Request): string => params['id'] ?? ''

/** The report desk: the report's own texts and its steps from the first draft to the sending. */
export function reportRoutes(needs: AssessmentScreenNeeds): Route[] {
  const today = () => dayOf(needs.now())
  return [
    {
      method: 'get',
      path: BASE,
      access: 'signedIn',
      handle: async request => {
        const { actor } = request
        const assessment = await openForReading(needs, actor, idOf(request))
        const [set, facts, texts, evidence, names, signedMinutes] = await Promise.all([
          needs.setOf(assessment.set.hash),
          assessmentFactsOf(needs, assessment, needs.now()),
          needs.sheets.find(assessment.id, REPORT),
          needs.evidence(assessment.id),
          needs.unitNames([assessment.schoolId]),
          needs.signedMinutes(assessment.id),
        ])
        const schoolName = names.get(assessment.schoolId) ?? assessment.schoolId
        const model = reportPage({
          actor,
          assessment,
          schoolName,
          set,
          facts,
          texts,
          evidence,
          today: today(),
          paperHref: needs.paperHref,
          signedMinutes,
        })
        return page('assessments/report', 'Báo cáo tự đánh giá', model)
      },
    },
    ...partRoutes(needs),
    {
      method: 'post',
      path: `${BASE}/bat-dau`,
      access: 'signedIn',
      handle: async request => {
        const { id } = await startReport(needs)(request.actor, idOf(request))
        request.flash('success', 'Bắt đầu viết báo cáo. Các phiếu đã thống nhất được giữ nguyên.')
        return back(id)
      },
    },
    {
      method: 'post',
      path: `${BASE}/bo-sung`,
      access: 'signedIn',
      handle: async request => {
        const { id } = await addSupplement(needs)(request.actor, idOf(request), supplementFrom(request.body))
        request.flash('success', 'Đã lập báo cáo bổ sung và giữ bản PDF trong Giấy tờ.')
        return back(id)
      },
    },
    {
      method: 'post',
      path: `${BASE}/in-du-thao`,
      access: 'signedIn',
      handle: async request => {
        const { id } = await printDraft(needs)(request.actor, idOf(request))
        request.flash('success', 'Đã in dự thảo trình hội đồng và giữ trong Giấy tờ.')
        return back(id)
      },
    },
    {
      method: 'post',
      path: `${BASE}/so-lieu`,
      access: 'signedIn',
      handle: async request => {
        const lock = textField(request.body, 'lock') === 'yes'
        await settleFigures(needs)(request.actor, idOf(request), lock)
        request.flash('success', lock ? 'Đã chốt số liệu Phần I của năm năm học.' : 'Đã mở lại số liệu.')
        return back(idOf(request))
      },
    },
    {
      method: 'post',
      path: `${BASE}/lay-y-kien`,
      access: 'signedIn',
      handle: async request => {
        const { id } = await openComments(needs)(request.actor, idOf(request))
        request.flash('success', 'Đã công bố dự thảo trong trường để lấy ý kiến.')
        return redirect(linksOf({ id }).comments)
      },
    },
    {
      method: 'post',
      path: `${BASE}/thong-qua`,
      access: 'signedIn',
      handle: async request => {
        const adoption = adoptionFrom(request.body, today())
        const { id } = await adopt(needs)(request.actor, idOf(request), adoption)
        request.flash('success', 'Hội đồng đã thông qua báo cáo. Báo cáo, phiếu và mã minh chứng được đóng băng.')
        return back(id)
      },
    },
    {
      method: 'post',
      path: `${BASE}/cong-bo`,
      access: 'signedIn',
      upload: SIGNED,
      handle: async request => {
        const { signed, on, place } = publicationFrom(request.body, request.files, today())
        const { id } = await publish(needs)(request.actor, idOf(request), signed, on, place)
        request.flash('success', 'Đã ghi nhận công bố báo cáo.')
        return back(id)
      },
    },
    {
      method: 'post',
      path: `${BASE}/gui`,
      access: 'signedIn',
      handle: async request => {
        const { id } = await submit(needs)(request.actor, idOf(request), dispatchFrom(request.body))
        request.flash('success', 'Đã gửi báo cáo lên cơ quan quản lý.')
        return back(id)
      },
    },
    {
      method: 'post',
      path: `${BASE}/rut-lai`,
      access: 'signedIn',
      handle: async request => {
        const { id } = await recall(needs)(request.actor, idOf(request))
        request.flash('success', 'Đã rút lại báo cáo.')
        return back(id)
      },
    },
    {
      method: 'post',
      path: `${BASE}/hoan-thien`,
      access: 'signedIn',
      handle: async request => {
        const { id } = await resume(needs)(request.actor, idOf(request), answersFrom(request.body))
        request.flash('success', 'Đã nhận yêu cầu hoàn thiện. Các phiếu được nêu có thể mở lại để sửa.')
        return back(id)
      },
    },
    {
      method: 'post',
      path: `${BASE}/mo-lai-phieu`,
      access: 'signedIn',
      handle: async request => {
        const { criteria, reason } = reopeningFrom(request.body)
        const { id } = await reopenSheets(needs)(request.actor, idOf(request), criteria, reason)
        request.flash('success', `Đã mở lại phiếu tiêu chí ${criteria.join(', ')}.`)
        return back(id)
      },
    },
  ]
}

/** Writing the report's own texts: the same four addresses as a part of a sheet, so that one script serves both. */
function partRoutes(needs: AssessmentScreenNeeds): Route[] {
  const read = async ({ actor, params }: Request) => {
    const assessment = await openForReading(needs, actor, params['id'] ?? '')
    const [set, texts, evidence] = await Promise.all([
      needs.setOf(assessment.set.hash),
      needs.sheets.find(assessment.id, REPORT),
      needs.evidence(assessment.id),
    ])
    const part = reportParts(set).find(({ key }) => key === params['part'])
    if (!part) throw new NotFound('Báo cáo không có phần này.')
    const standing = texts.parts[part.key]
    const { rev, text, cited } = reportPartModel(assessment, part, standing, evidence)
    const current = { rev, text, cited, by: standing?.name ?? '', at: standing ? printInstant(standing.at) : '' }
    return { assessment, part, evidence, current }
  }
  const write = async (request: Request) => {
    const { assessment, part, evidence } = await read(request)
    const { rev, text, known } = writtenFrom(request.body)
    const stored = fromLabels(text, evidence, known)
    await writeReportPart(needs)(request.actor, assessment.id, part.key, { rev, text: stored })
    return part
  }
  return [
    {
      method: 'get',
      path: `${PART}/lich-su`,
      access: 'signedIn',
      handle: async request => {
        const { assessment, part, evidence } = await read(request)
        const [set, texts, versions] = await Promise.all([
          needs.setOf(assessment.set.hash),
          needs.sheets.find(assessment.id, REPORT),
          needs.sheets.versions(sheetId(assessment.id, REPORT), part.key),
        ])
        const model = reportHistoryPage({ assessment, set, part, texts, versions, evidence })
        return page('assessments/sheet-history', 'Lịch sử báo cáo', model)
      },
    },
    { method: 'get', path: PART, access: 'signedIn', handle: async request => json((await read(request)).current) },
    {
      method: 'put',
      path: PART,
      access: 'signedIn',
      handle: async request => {
        try {
          await write(request)
          return json((await read(request)).current)
        } catch (error) {
          if (!(error instanceof StaleWrite)) throw error
          const { current, evidence } = await read(request)
          const { text, known } = writtenFrom(request.body)
          const mine = toLabels(fromLabels(text, evidence, known), evidence)
          const conflict = { status: 409, code: 'staleWrite', message: error.message }
          return json({ error: conflict, current, pieces: compareTexts(current.text, mine) }, 409)
        }
      },
    },
    {
      method: 'post',
      path: PART,
      access: 'signedIn',
      handle: async request => {
        const part = await write(request)
        request.flash('success', `Đã lưu “${part.title}”.`)
        return redirect(`${linksOf({ id: request.params['id'] ?? '' }).report}#phan-${part.key.replaceAll('.', '-')}`)
      },
    },
    {
      /** Compares a text kept on the person's machine with what stands here now; writes nothing. */
      method: 'post',
      path: `${PART}/so-sanh`,
      access: 'signedIn',
      handle: async request => {
        const { current } = await read(request)
        return json({ current, pieces: compareTexts(current.text, textField(request.body, 'text')) })
      },
    },
  ]
}
