import { textField } from '../http/fields.ts'
import { fragment, page, redirect, type Request, type Route } from '../http/route.ts'
import { dayOf } from '../kernel/dates.ts'
import { StepRefused } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import { assessmentFactsOf } from './assessment-facts.ts'
import { appointCouncil, authoriseViceChair, demandEditingCouncil, reviseCouncil, saveCouncil } from './council.ts'
import { authorisationFrom, candidatesFrom, councilFrom, decisionFrom, proposedCouncil } from './council-input.ts'
import { checkOf, councilPage } from './council-page.ts'
import { linksOf } from './links.ts'
import { openForReading } from './open-sheet.ts'
import type { AssessmentScreenNeeds } from './screen-needs.ts'
import { demandStep } from './step-assessment.ts'

const BASE = '/danh-gia/:id/hoi-dong'

/** The council's screen: the draft list, the decision, later decisions, the authorisation of a vice chair. */
export function councilRoutes(needs: AssessmentScreenNeeds): Route[] {
  const open = async ({ actor, params }: Request) => {
    const assessment = await openForReading(needs, actor, params['id'] ?? '')
    const staff = await needs.staffOf(assessment.schoolId, dayOf(needs.now()))
    const lists = [assessment.council, ...assessment.councilVersions.slice(-1)]
    const candidates = candidatesFrom(
      staff,
      lists.flatMap(list => [list.members, list.secretariat]),
    )
    return { assessment, staff, candidates }
  }
  const save = async (request: Request) => {
    const { assessment, candidates } = await open(request)
    return saveCouncil(needs)(request.actor, assessment.id, councilFrom(request.body, candidates))
  }
  /** Who makes the list need not be who signs it: nothing is saved for somebody who may not sign. */
  const saveToSign = async (request: Request, type: 'appointCouncil' | 'reviseCouncil') => {
    const { actor, params } = request
    demandStep(actor, await openForReading(needs, actor, params['id'] ?? ''), type)
    return save(request)
  }
  return [
    {
      method: 'get',
      path: BASE,
      access: 'signedIn',
      handle: async request => {
        const { actor, query } = request
        const { assessment, candidates } = await open(request)
        const at = needs.now()
        const [facts, sizes, symbol, names] = await Promise.all([
          assessmentFactsOf(needs, assessment, at),
          needs.advisedSizes(assessment.schoolId, assessment.year),
          needs.symbolOf(assessment.schoolId),
          needs.unitNames([assessment.schoolId]),
        ])
        return page(
          'assessments/council',
          'Hội đồng tự đánh giá',
          councilPage({
            actor,
            assessment,
            schoolName: names.get(assessment.schoolId) ?? assessment.schoolId,
            facts,
            candidates,
            sizes,
            symbol,
            today: dayOf(at),
            paperHref: needs.paperHref,
            typed: { number: query['so'] ?? '', date: query['ngay'] ?? '' },
          }),
        )
      },
    },
    {
      method: 'post',
      path: BASE,
      access: 'signedIn',
      handle: async request => {
        const after = await save(request)
        request.flash('success', `Đã lưu danh sách hội đồng: ${after.council.members.length} thành viên.`)
        const typed = new URLSearchParams(
          [
            ['so', textField(request.body, 'number')],
            ['ngay', textField(request.body, 'date')],
          ].filter(([, value]) => value !== ''),
        ).toString()
        return redirect(`${linksOf(after).council}${typed === '' ? '' : `?${typed}`}`)
      },
    },
    {
      /** What the list on the screen lacks, for the page's script; writes nothing. */
      method: 'post',
      path: `${BASE}/xem-truoc`,
      access: 'signedIn',
      handle: async request => {
        const { assessment, candidates } = await open(request)
        const [facts, sizes] = await Promise.all([
          assessmentFactsOf(needs, assessment, needs.now()),
          needs.advisedSizes(assessment.schoolId, assessment.year),
        ])
        const council = councilFrom(request.body, candidates)
        return fragment('assessments/council-check', checkOf(council, facts.council.setting, sizes))
      },
    },
    {
      method: 'post',
      path: `${BASE}/de-xuat`,
      access: 'signedIn',
      handle: async request => {
        const { assessment, staff } = await open(request)
        demandEditingCouncil(request.actor, assessment)
        if (assessment.council.members.length > 0)
          throw new StepRefused('Danh sách hội đồng đã được lập; xin sửa ở danh sách dưới đây.')
        await saveCouncil(needs)(request.actor, assessment.id, proposedCouncil(staff))
        request.flash('success', 'Đã lập danh sách theo chức vụ. Xin xem lại và chọn thư ký hội đồng.')
        return redirect(linksOf(assessment).council)
      },
    },
    {
      method: 'post',
      path: `${BASE}/quyet-dinh`,
      access: 'signedIn',
      handle: async request => {
        const { id } = await saveToSign(request, 'appointCouncil')
        const decision = decisionFrom(request.body, dayOf(needs.now()))
        const after = await appointCouncil(needs)(request.actor, id, decision)
        request.flash('success', `Hội đồng đã thành lập theo Quyết định số ${decision.number}.`)
        return redirect(linksOf(after).council)
      },
    },
    {
      method: 'post',
      path: `${BASE}/kien-toan`,
      access: 'signedIn',
      handle: async request => {
        const { id } = await saveToSign(request, 'reviseCouncil')
        const decision = decisionFrom(request.body, dayOf(needs.now()))
        const reason = tidy(textField(request.body, 'reason'))
        const after = await reviseCouncil(needs)(request.actor, id, decision, reason)
        request.flash('success', `Hội đồng đã kiện toàn theo Quyết định số ${decision.number}.`)
        return redirect(linksOf(after).council)
      },
    },
    {
      method: 'post',
      path: `${BASE}/uy-quyen`,
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const { personId, to } = authorisationFrom(body)
        const after = await authoriseViceChair(needs)(actor, params['id'] ?? '', personId, to)
        flash('success', personId === undefined ? 'Đã kết thúc ủy quyền.' : 'Đã ghi ủy quyền điều hành hội đồng.')
        return redirect(linksOf(after).council)
      },
    },
  ]
}
