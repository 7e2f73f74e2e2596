import { printDay } from '../kernel/dates.ts'
import type { Assessment } from './assessment.ts'
import { WITH_GROUP } from './criterion-conditions.ts'
import { linksOf } from './links.ts'

/** One of the seven steps of Điều 23 as the step line shows it. */
export interface StepShown {
  readonly no: number
  readonly name: string
  readonly standing: 'done' | 'current' | 'ahead'
  readonly note: string
  readonly href?: string
}

/** Where the assessment stands in the seven steps; steps 3 and 4 run side by side, sheet by sheet. */
export function sevenSteps(assessment: Assessment): readonly StepShown[] {
  const { state, plan, report, councilVersions } = assessment
  const links = linksOf(assessment)
  const decisions = Object.values(assessment.criteria)
  const all = decisions.length
  const written = decisions.filter(decision => !WITH_GROUP.includes(decision.state)).length
  const agreed = decisions.filter(({ state: at }) => at === 'agreed' || at === 'frozen').length
  const council = councilVersions.at(-1)
  const adopted = report.adopted !== undefined && state !== 'drafting' && state !== 'consulting' && state !== 'returned'
  const published = adopted && state !== 'adopted'
  const stops: readonly (Omit<StepShown, 'no' | 'standing'> & { readonly done: boolean; readonly begun: boolean })[] = [
    {
      name: 'Thành lập hội đồng',
      done: council !== undefined,
      begun: true,
      note: council ? `QĐ ${council.decision.number}, ${printDay(council.decision.date)}` : 'Chưa có quyết định',
      href: links.council,
    },
    {
      name: 'Lập kế hoạch',
      done: plan.version > 0,
      begun: council !== undefined,
      note: plan.approvedOn ? `Phê duyệt ${printDay(plan.approvedOn)}` : '',
      href: links.plan,
    },
    {
      name: 'Thu thập, phân tích minh chứng',
      done: all > 0 && written === all,
      begun: plan.version > 0,
      note: all > 0 ? `${written}/${all} tiêu chí` : '',
      href: links.evidence,
    },
    {
      name: 'Đánh giá các tiêu chí',
      done: all > 0 && agreed === all,
      begun: plan.version > 0,
      note: all > 0 ? `${agreed}/${all} phiếu đã thống nhất` : '',
      ...(all > 0 && { href: `/danh-gia/${assessment.id}/phieu` }),
    },
    {
      name: 'Viết báo cáo',
      done: adopted,
      begun: state === 'drafting' || state === 'consulting' || state === 'returned',
      note: adopted && report.adopted ? `Thông qua ${printDay(report.adopted.on)}` : '',
      href: links.report,
    },
    {
      name: 'Công bố báo cáo',
      done: published,
      begun: state === 'adopted',
      note: published && report.published ? `Công bố ${printDay(report.published.on)}` : '',
      href: links.report,
    },
    {
      name: 'Gửi báo cáo, cải tiến chất lượng',
      done: state === 'closed',
      begun: published,
      note: '',
      href: links.actions,
    },
  ]
  return stops.map(({ done, begun, href, ...stop }, index) => ({
    no: index + 1,
    ...stop,
    standing: state === 'cancelled' ? 'ahead' : done ? 'done' : begun ? 'current' : 'ahead',
    ...((done || begun) && href !== undefined && { href }),
  }))
}
