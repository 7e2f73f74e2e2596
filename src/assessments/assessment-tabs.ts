import { mayOnEvidence } from '../evidence/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { Assessment } from './assessment.ts'
import { assessmentHref, linksOf } from './links.ts'

/** The screens of one assessment that the reader may open, the same row on each; `path` is where the reader stands. */
export function assessmentTabs(
  assessment: Assessment,
  path: string,
  opens: { readonly minutes: boolean; readonly evidence: boolean },
) {
  const links = linksOf(assessment)
  const overview = assessmentHref(assessment.id)
  const tabs: readonly { readonly label: string; readonly href: string }[] = [
    { label: 'Tổng quan', href: overview },
    { label: 'Hội đồng', href: links.council },
    { label: 'Nhóm công tác', href: links.groups },
    { label: 'Kế hoạch', href: links.plan },
    ...(Object.keys(assessment.criteria).length > 0 ? [{ label: 'Phiếu tiêu chí', href: `${overview}/phieu` }] : []),
    ...(opens.evidence ? [{ label: 'Minh chứng', href: links.evidence }] : []),
    { label: 'Báo cáo', href: links.report },
    ...(assessment.consultation ? [{ label: 'Góp ý', href: links.comments }] : []),
    ...(assessment.submissions.length > 0 ? [{ label: 'Xem xét', href: `${overview}/xem-xet` }] : []),
    { label: 'Cải tiến', href: links.actions },
    ...(opens.minutes ? [{ label: 'Biên bản', href: `${overview}/bien-ban` }] : []),
    { label: 'Giấy tờ', href: `${overview}/giay-to` },
    { label: 'Nhật ký', href: `${overview}/nhat-ky` },
  ]
  const here = (href: string): boolean => path === href || (href !== overview && path.startsWith(`${href}/`))
  return tabs.map(tab => ({ ...tab, current: here(tab.href) }))
}

/** Whether a reader of the assessment may open its evidence too: staff without a seat in it may not. */
export const opensEvidence = (actor: Actor, { id, schoolId, year, ancestors }: Assessment): boolean =>
  mayOnEvidence.read(actor, { dossier: { id, schoolId, year, ancestors, criteria: [] } })

/** From the list of assessments to this one. */
export const crumbsOf = (assessment: Assessment, schoolName: string) => [
  { label: 'Tự đánh giá', href: '/danh-gia' },
  { label: `${schoolName}, năm học ${assessment.year}`, href: assessmentHref(assessment.id) },
]
