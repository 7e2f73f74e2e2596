import { textField } from '../http/fields.ts'
import { page, redirect, type Route } from '../http/route.ts'
import { dayOf } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, NotFound } from '../kernel/refusals.ts'
import { unmetOf } from '../kernel/step.ts'
import { assessmentConditions } from './assessment-conditions.ts'
import { assessmentFactsOf } from './assessment-facts.ts'
import { assessmentLife } from './assessment-machine.ts'
import { isPossible } from '../kernel/step.ts'
import { may } from './assessment-policy.ts'
import { mayReadOldText } from './drawer-rights.ts'
import { assessmentHref, sheetHref } from './links.ts'
import { mappingBetween } from './mapping-between.ts'
import { previewMove } from './move-preview.ts'
import { drawerPage, newVersionPage, openingPage } from './move-page.ts'
import { mayOpen } from './open-assessment.ts'
import { openForReading, openSheet } from './open-sheet.ts'
import type { AssessmentScreenNeeds } from './screen-needs.ts'
import { maySettle, setOldTextAside, useOldText, writableCodes } from './settle-drawer.ts'
import { partName } from './sheet-parts.ts'
import { newerVersionOf, takeNewVersion } from './take-new-version.ts'
import { partsOf } from './write-sheet.ts'

const NEW_VERSION = '/danh-gia/:id/chuyen-bo-tieu-chi'
const DRAWER = '/danh-gia/:id/noi-dung-cu'

/** Beginning a year from another, taking a newer version of the criteria, and the drawer of old texts. */
export const moveRoutes = (needs: AssessmentScreenNeeds): Route[] => [
  {
    method: 'get',
    path: '/danh-gia/mo',
    access: 'signedIn',
    handle: async ({ actor, year, unitId, query }) => {
      const home = await needs.homeUnit(actor, unitId)
      const schoolId = query['truong'] ?? home?.id ?? ''
      const school = await needs.school(schoolId, dayOf(needs.now()))
      if (!mayOpen(actor, school, year))
        throw new Forbidden('Chỉ hiệu trưởng hoặc Sở được mở đợt tự đánh giá của trường.', 'hiệu trưởng')
      const applicable = await needs.setFor(year, school.kind, schoolId)
      const all = await needs.assessments.ofSchool(schoolId)
      const sources = all.filter(({ report, year: of }) => report.version > 0 && of < year)
      const chosen = query['tu'] ?? sources[0]?.id ?? 'khong'
      const from = sources.find(({ id }) => id === chosen)
      const preview = from && applicable && (await previewOf(needs, from, applicable.version.hash))
      const model = openingPage({
        schoolId,
        schoolName: school.name,
        year,
        sources,
        chosen,
        setTitle: applicable?.version.set.title ?? 'Sở chưa ban hành bộ tiêu chí cho năm học này.',
        ...(preview && { preview }),
      })
      return page('assessments/opening', 'Mở đợt tự đánh giá', model)
    },
  },
  {
    method: 'get',
    path: NEW_VERSION,
    access: 'signedIn',
    handle: async ({ actor, params }) => {
      const assessment = await needs.assessments.find(params['id'] ?? '')
      if (!assessment || !(may.read(actor, assessment) || may.takeNewVersion(actor, assessment)))
        throw new NotFound('Không tìm thấy đợt tự đánh giá này.')
      const newer = await newerVersionOf(needs, assessment)
      const facts = await assessmentFactsOf(needs, assessment, needs.now(), {
        newVersion: { there: newer !== undefined, mapped: newer?.mapping !== undefined },
      })
      const preview = newer && (await previewOf(needs, assessment, newer.set.hash))
      const possible = isPossible(assessmentLife, assessment.state, facts, 'takeNewVersion')
      const model = newVersionPage({
        assessment,
        schoolName: (await needs.school(assessment.schoolId, dayOf(needs.now()))).name,
        unmet: possible
          ? unmetOf(assessmentConditions, facts, { type: 'takeNewVersion' })
          : [{ code: 'tooLate', message: 'Chỉ đổi phiên bản bộ tiêu chí trước khi báo cáo được thông qua.' }],
        mayTake: possible && may.takeNewVersion(actor, assessment),
        ...(preview && { preview }),
      })
      return page('assessments/new-version', 'Chuyển sang phiên bản mới của bộ tiêu chí', model)
    },
  },
  {
    method: 'post',
    path: NEW_VERSION,
    access: 'signedIn',
    handle: async ({ actor, params, flash }) => {
      const taken = await takeNewVersion(needs)(actor, params['id'] ?? '')
      const waiting = await needs.sheets.drawer.waiting(taken.id)
      flash(
        'success',
        `Đã chuyển sang phiên bản mới của bộ tiêu chí.${waiting > 0 ? ` ${waiting} nội dung của tiêu chí cũ chờ xử lý.` : ''}`,
      )
      if (!may.read(actor, taken)) return redirect('/danh-gia')
      return redirect(waiting > 0 ? `${assessmentHref(taken.id)}/noi-dung-cu` : assessmentHref(taken.id))
    },
  },
  {
    method: 'get',
    path: DRAWER,
    access: 'signedIn',
    handle: async ({ actor, params, query }) => {
      const assessment = await openForReading(needs, actor, params['id'] ?? '')
      const today = dayOf(needs.now())
      const codes = writableCodes(actor, assessment, today)
      const chosen = codes.filter(code => query['phieu'] === undefined || query['phieu'] === code)
      const opened = await Promise.all(chosen.map(code => openSheet(needs, actor, assessment.id, code)))
      const model = drawerPage({
        assessment,
        texts: (await needs.sheets.drawer.ofAssessment(assessment.id)).filter(text =>
          mayReadOldText(actor, assessment, text),
        ),
        maySettle: maySettle(actor, assessment, today),
        places: opened.flatMap(open =>
          partsOf(open).map(part => ({
            value: `${open.decision.code}:${part}`,
            label: `${open.decision.code} – ${partName(open, part)}`,
          })),
        ),
      })
      return page('assessments/drawer', 'Nội dung của tiêu chí cũ', model)
    },
  },
  {
    method: 'post',
    path: `${DRAWER}/dung`,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      const id = params['id'] ?? ''
      const [code = '', part = ''] = textField(body, 'to').split(':')
      if (code === '' || part === '') throw new InvalidInput({ to: 'Cần chọn phần của phiếu để đưa nội dung vào.' })
      await useOldText(needs)(actor, id, textField(body, 'text'), { code, part })
      flash('success', `Đã đưa nội dung vào phiếu tiêu chí ${code}. Xin đọc lại và sửa cho liền mạch.`)
      return redirect(sheetHref(id, code))
    },
  },
  {
    method: 'post',
    path: `${DRAWER}/gac-lai`,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      const id = params['id'] ?? ''
      await setOldTextAside(needs)(actor, id, textField(body, 'text'), textField(body, 'reason'))
      flash('success', 'Đã gác lại nội dung; vẫn xem được trong ngăn nội dung cũ.')
      return redirect(`${assessmentHref(id)}/noi-dung-cu`)
    },
  },
]

async function previewOf(
  needs: AssessmentScreenNeeds,
  from: Parameters<typeof previewMove>[0] & { readonly id: string; readonly set: { readonly hash: string } },
  toHash: string,
) {
  const [between, sheets, evidence] = await Promise.all([
    mappingBetween(needs, from.set.hash, toHash),
    needs.sheets.ofAssessment(from.id),
    needs.evidence(from.id),
  ])
  return { between, move: previewMove(from, between, sheets, evidence) }
}
