import type { OpenSheet } from './open-sheet.ts'
import { sheetHref } from './links.ts'
import type { CitedEvidence } from './needs.ts'
import { indicatorName } from './sheet-anchor.ts'
import { chipOf } from './sheet-parts.ts'
import type { Sheet } from './sheet.ts'

/** Phiếu xác định nội hàm, phân tích tiêu chí tìm minh chứng: a row per indicator (forms § 3). */
export function analysisPage(
  { assessment, decision, asked }: Pick<OpenSheet, 'assessment' | 'decision' | 'asked'>,
  sheet: Sheet,
  evidence: ReadonlyMap<string, CitedEvidence>,
  writable: boolean,
) {
  const base = sheetHref(assessment.id, decision.code)
  const group = assessment.groups.find(each => each.id === decision.groupId)
  return {
    breadcrumbs: [{ label: `Phiếu tiêu chí ${decision.code}`, href: base }],
    subtitle: `Tiêu chí ${decision.code}. ${asked.title}${group ? ` – ${group.name}` : ''}`,
    actions: [{ label: 'Về phiếu', href: base, icon: 'back' }],
    action: `${base}/phan-tich`,
    expectAction: `${base}/phan-tich/du-kien`,
    rev: sheet.rev,
    writable,
    typical: asked.typicalEvidence,
    rows: asked.indicators.map((indicator, index) => {
      const row = sheet.analysis.find(each => each.level === indicator.level && each.indicator === indicator.code)
      return {
        index,
        level: indicator.level,
        indicator: indicator.code,
        name: indicatorName(indicator.level, indicator.code, indicator.lettered),
        gist: indicator.gist,
        cite: indicator.cite,
        applicable: indicator.applicable,
        whyNot: indicator.whyNot ?? '',
        questions: row?.questions ?? '',
        evidenceNeeded: row?.evidenceNeeded ?? '',
        source: row?.source ?? '',
        notNeeded: row?.notNeeded ?? '',
        note: row?.note ?? '',
      }
    }),
    evidence: [...evidence.values()].filter(item => item.criterion === decision.code).map(chipOf),
  }
}
