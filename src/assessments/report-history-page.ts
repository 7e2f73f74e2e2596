import type { CriteriaSet } from '../catalogue/index.ts'
import type { Assessment } from './assessment.ts'
import { linksOf } from './links.ts'
import type { CitedEvidence } from './needs.ts'
import { reportParts, type ReportPart } from './report-texts.ts'
import { wordings } from './sheet-history.ts'
import type { PartVersion } from './sheet-store.ts'
import type { Sheet } from './sheet.ts'

export interface ReportHistoryView {
  readonly assessment: Pick<Assessment, 'id'>
  readonly set: CriteriaSet
  readonly part: ReportPart
  readonly texts: Sheet
  readonly versions: readonly PartVersion[]
  readonly evidence: ReadonlyMap<string, CitedEvidence>
}

/** Earlier wordings of one of the report's own texts; drawn by the same view as those of a sheet. */
export function reportHistoryPage({ assessment, set, part, texts, versions, evidence }: ReportHistoryView) {
  const { report } = linksOf(assessment)
  return {
    breadcrumbs: [{ label: 'Báo cáo tự đánh giá', href: report }],
    subtitle: part.title,
    back: report,
    parts: reportParts(set).map(({ key, title }) => ({
      label: title,
      href: `${report}/phan/${key}/lich-su`,
      current: key === part.key,
      written: texts.parts[key] !== undefined,
    })),
    versions: wordings(texts.parts[part.key], versions, evidence),
  }
}
