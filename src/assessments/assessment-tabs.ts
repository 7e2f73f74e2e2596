import type { Assessment } from './assessment.ts'
import { assessmentHref, linksOf } from './links.ts'

export type AssessmentTab = 'overview' | 'council' | 'groups' | 'report' | 'comments' | 'history' | 'none'

/** The screens of one assessment, the same row on each of them. */
export const assessmentTabs = (assessment: Assessment, current: AssessmentTab) => {
  const links = linksOf(assessment)
  const tabs: readonly { readonly key: AssessmentTab; readonly label: string; readonly href: string }[] = [
    { key: 'overview', label: 'Tổng quan', href: assessmentHref(assessment.id) },
    { key: 'council', label: 'Hội đồng', href: links.council },
    { key: 'groups', label: 'Nhóm công tác', href: links.groups },
    { key: 'none', label: 'Kế hoạch', href: links.plan },
    ...(Object.keys(assessment.criteria).length > 0
      ? [{ key: 'none' as const, label: 'Phiếu tiêu chí', href: `${assessmentHref(assessment.id)}/phieu` }]
      : []),
    { key: 'none', label: 'Minh chứng', href: links.evidence },
    { key: 'report', label: 'Báo cáo', href: links.report },
    ...(assessment.consultation ? [{ key: 'comments' as const, label: 'Góp ý', href: links.comments }] : []),
    { key: 'none', label: 'Cải tiến', href: links.actions },
    { key: 'none', label: 'Giấy tờ', href: `${assessmentHref(assessment.id)}/giay-to` },
    { key: 'history', label: 'Nhật ký', href: `${assessmentHref(assessment.id)}/nhat-ky` },
  ]
  return tabs.map(({ key, label, href }) => ({ label, href, current: key === current && key !== 'none' }))
}

/** From the list of assessments to this one. */
export const crumbsOf = (assessment: Assessment, schoolName: string) => [
  { label: 'Tự đánh giá', href: '/danh-gia' },
  { label: `${schoolName}, năm học ${assessment.year}`, href: assessmentHref(assessment.id) },
]
