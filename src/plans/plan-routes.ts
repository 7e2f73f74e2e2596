import { documentNumberFrom } from '../assessments/index.ts'
import { textField } from '../http/fields.ts'
import { page, redirect, type Request, type Route } from '../http/route.ts'
import { dayFrom, dayOf, parseDay } from '../kernel/dates.ts'
import { InvalidInput, NotFound } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import { outsideUnmet } from './approval-standing.ts'
import { approve, revise, type PlanApproval } from './approve-plan.ts'
import { sectionFrom } from './plan-input.ts'
import { openPlan, type PlanNeeds } from './plan-needs.ts'
import { planPage } from './plan-page.ts'
import { sectionBySlug, sectionHref, type SectionName } from './plan-sections.ts'
import type { SchoolBreak } from './plan-template.ts'
import { fillEvidence, layTimetable, saveSection, shiftPlan } from './save-plan.ts'
import { sectionPage } from './section-page.ts'

const TITLE = 'Kế hoạch tự đánh giá'

/** Lines of the journal among which the approvals of a year are looked for. */
const JOURNAL_LINES = 2000

/** The screens of the self-assessment plan: an overview with the approval, and a tab for each of its nine sections. */
export function planRoutes(needs: PlanNeeds): Route[] {
  const base = '/danh-gia/:id/ke-hoach'
  return [
    {
      method: 'get',
      path: base,
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const open = await openPlan(needs, actor, idIn(params))
        const { assessment } = open
        const [schoolName, outside, inForce, history] = await Promise.all([
          needs.schoolName(assessment.schoolId),
          outsideUnmet(needs, open),
          needs.plans.version(assessment.id, assessment.plan.version),
          needs.history(assessment.id, JOURNAL_LINES),
        ])
        const { paperHref } = needs
        const view = {
          ...outside,
          schoolName,
          history,
          paperHref,
          today: dayOf(needs.assessment.now()),
          ...(inForce && { inForce }),
        }
        return page('plans/overview', TITLE, planPage(actor, open, view))
      },
    },
    {
      method: 'get',
      path: `${base}/:muc`,
      access: 'signedIn',
      handle: async ({ actor, params, query }) => {
        const section = sectionIn(params)
        const open = await openPlan(needs, actor, idIn(params))
        const [schoolName, numbers] = await Promise.all([
          needs.schoolName(open.assessment.schoolId),
          needs.assessment.numbers(open.assessment),
        ])
        const standard = query['tieuchuan']
        const view = { section, schoolName, holidays: numbers.holidays, ...(standard !== undefined && { standard }) }
        return page('plans/section', TITLE, sectionPage(actor, open, view))
      },
    },
    ...approvals(needs, base),
    ...tools(needs, base),
    {
      method: 'post',
      path: `${base}/:muc`,
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const section = sectionIn(params)
        const standard = section.key === 'evidence' ? textField(body, 'standard') : undefined
        await saveSection(needs)(actor, idIn(params), {
          section: section.key,
          rev: revisionIn(body),
          content: sectionFrom(section.key, body),
          ...(standard !== undefined && { standard }),
        })
        flash('success', `Đã lưu mục ${section.no}. ${section.name}.`)
        return redirect(sectionHref(planHref(params), section.key, standard))
      },
    },
  ]
}

const approvals = (needs: PlanNeeds, base: string): readonly Route[] => [
  {
    method: 'post',
    path: `${base}/phe-duyet`,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      await approve(needs)(actor, idIn(params), approvalFrom(body))
      flash('success', 'Đã phê duyệt kế hoạch. Các phiếu đánh giá tiêu chí đã được mở.')
      return redirect(planHref(params))
    },
  },
  {
    method: 'post',
    path: `${base}/dieu-chinh`,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      await revise(needs)(actor, idIn(params), approvalFrom(body), reasonFrom(body))
      flash('success', 'Kế hoạch điều chỉnh đã có hiệu lực.')
      return redirect(planHref(params))
    },
  },
]

const tools = (needs: PlanNeeds, base: string): readonly Route[] => [
  {
    method: 'post',
    path: `${base}/minh-chung/goi-y`,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      const standard = textField(body, 'standard') || undefined
      const added = await fillEvidence(needs)(actor, idIn(params), revisionIn(body), standard)
      flash('success', added === 0 ? 'Không có minh chứng nào cần thêm.' : `Đã thêm ${added} minh chứng dự kiến.`)
      return redirect(sectionHref(planHref(params), 'evidence', textField(body, 'shown') || standard))
    },
  },
  {
    method: 'post',
    path: `${base}/thoi-gian-bieu/theo-mau`,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      const start = dayFrom('start', textField(body, 'start'))
      await layTimetable(needs)(actor, idIn(params), revisionIn(body), start, breaksFrom(body))
      flash('success', 'Đã lập thời gian biểu 20 tuần theo mẫu. Xin sửa từng dòng cho hợp với nhà trường.')
      return redirect(sectionHref(planHref(params), 'timetable'))
    },
  },
  {
    method: 'post',
    path: `${base}/thoi-gian-bieu/doi`,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      const weeks = weeksFrom(body)
      await shiftPlan(needs)(actor, idIn(params), revisionIn(body), weeks)
      flash('success', `Đã dời mọi ngày của kế hoạch ${weeks > 0 ? 'muộn hơn' : 'sớm hơn'} ${Math.abs(weeks)} tuần.`)
      return redirect(sectionHref(planHref(params), 'timetable'))
    },
  },
]

const idIn = (params: Request['params']): string => params['id'] ?? ''

const planHref = (params: Request['params']): string => `/danh-gia/${idIn(params)}/ke-hoach`

function sectionIn(params: Request['params']): SectionName {
  const section = sectionBySlug(params['muc'] ?? '')
  if (!section) throw new NotFound('Kế hoạch không có mục này.')
  return section
}

const revisionIn = (body: unknown): number => Number(/^\d+$/.exec(textField(body, 'revision'))?.[0] ?? 0)

const approvalFrom = (body: unknown): PlanApproval => ({
  number: documentNumberFrom('number', textField(body, 'number')),
  date: dayFrom('date', textField(body, 'date')),
  draftRev: revisionIn(body),
})

function reasonFrom(body: unknown): string {
  const reason = tidy(textField(body, 'reason'))
  if (reason === '') throw new InvalidInput({ reason: 'Cần ghi lý do điều chỉnh kế hoạch.' })
  return reason
}

/** Both days of the break, or none. */
function breaksFrom(body: unknown): readonly SchoolBreak[] {
  const [first, last] = [textField(body, 'tetFrom'), textField(body, 'tetTo')]
  if (first === '' && last === '') return []
  const [from, to] = [parseDay(first), parseDay(last)]
  if (from === undefined || to === undefined || from > to)
    throw new InvalidInput({
      [to === undefined ? 'tetTo' : 'tetFrom']: 'Kỳ nghỉ Tết cần ngày đầu và ngày cuối, đúng thứ tự.',
    })
  return [{ from, to }]
}

function weeksFrom(body: unknown): number {
  const text = tidy(textField(body, 'weeks'))
  const weeks = /^[+-]?\d{1,2}$/.test(text) ? Number(text) : 0
  if (weeks === 0 || Math.abs(weeks) > 30)
    throw new InvalidInput({ weeks: 'Số tuần là một số khác 0, nhiều nhất 30; số âm để dời sớm hơn.' })
  return weeks
}
