import type { CriteriaSet } from '../catalogue/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { printDay, printInstant, type Day } from '../kernel/dates.ts'
import { ratingOf } from './asked.ts'
import type { Assessment } from './assessment.ts'
import type { AssessmentFacts } from './assessment-conditions.ts'
import { may } from './assessment-policy.ts'
import { crumbsOf } from './assessment-tabs.ts'
import { levelName, stateBadge } from './assessment-words.ts'
import { assessmentHref, linksOf, sheetHref } from './links.ts'
import type { CitedEvidence } from './needs.ts'
import { reportForms } from './report-forms.ts'
import { reportProposals } from './report-proposals.ts'
import { REPORT, reportParts, type ReportPart } from './report-texts.ts'
import { knownFrom, toLabels } from './sheet-labels.ts'
import { citedIn } from './sheet-parts.ts'
import { readable } from './sheet-text.ts'
import type { Sheet, SheetPart } from './sheet.ts'

export interface ReportView {
  readonly actor: Actor
  readonly assessment: Assessment
  readonly schoolName: string
  readonly set: CriteriaSet
  readonly facts: AssessmentFacts
  readonly texts: Sheet
  readonly evidence: ReadonlyMap<string, CitedEvidence>
  readonly today: Day
  readonly paperHref: (paperId: string) => string
  readonly signedMinutes: readonly string[]
}

/** While the report is being made its own texts may be written. */
export const isReportOpen = ({ state }: Pick<Assessment, 'state'>): boolean =>
  state === 'working' || state === 'drafting'

/** The report desk: the steps of the report, what still stands in their way, and the report's own texts. */
export function reportPage(view: ReportView) {
  const { actor, assessment, set, facts, texts, evidence } = view
  const base = linksOf(assessment).report
  const writable = may.writeReport(actor, assessment) && isReportOpen(assessment)
  const proposals = writable
    ? reportProposals(set, ratingOf(assessment, set), assessment.year)
    : new Map<string, string>()
  const asked = reportParts(set).filter(
    ({ key, required }) =>
      texts.parts[key] || required || (writable && (assessment.aimsAtLevelFour || !key.startsWith('levelFour'))),
  )
  const parts = asked.map(part => ({
    ...reportPartModel(assessment, part, texts.parts[part.key], evidence),
    required: part.required,
    place: part.place,
    proposal: texts.parts[part.key] ? '' : (proposals.get(part.key) ?? ''),
  }))
  const agreed = facts.sheets.filter(({ state }) => state === 'agreed' || state === 'frozen').length
  return {
    wide: true,
    breadcrumbs: crumbsOf(assessment, view.schoolName),
    actions: [printOf(view)],
    state: stateBadge(assessment.state),
    person: actor.personId,
    sheetKey: `${assessment.id}:${REPORT}`,
    searchHref: `${linksOf(assessment).evidence}/tim`,
    writable,
    readOnlyBecause: writable ? '' : whyReadOnly(actor, assessment),
    forms: reportForms(view, base),
    sheets: { done: agreed, total: facts.sheets.length, href: `${assessmentHref(assessment.id)}/phieu` },
    waiting: facts.sheets
      .filter(({ state }) => state !== 'agreed' && state !== 'frozen')
      .map(({ code }) => ({ code, href: sheetHref(assessment.id, code) })),
    faults: faultsOf(assessment, facts),
    places: [...new Set(parts.map(({ place }) => place))].map(place => ({
      place,
      parts: parts.filter(part => part.place === place),
    })),
    written: parts.filter(part => part.required && part.text.trim() !== '').length,
    required: parts.filter(part => part.required).length,
    record: recordOf(view),
  }
}

/** The adopted report while it stands, else a draft of what is written now. */
function printOf({ assessment, paperHref }: ReportView) {
  const { adopted } = assessment.report
  const stands = adopted !== undefined && !isReportOpen(assessment) && assessment.state !== 'consulting'
  return stands
    ? { label: 'Báo cáo đã thông qua', href: paperHref(adopted.paperId), icon: 'print' }
    : {
        label: 'Bản nháp PDF',
        href: `${assessmentHref(assessment.id)}/giay-to/du-thao/report.pdf`,
        icon: 'print',
      }
}

function whyReadOnly(actor: Actor, assessment: Assessment): string {
  if (!may.writeReport(actor, assessment))
    return 'Thư ký, nhóm thư ký và chủ tịch hội đồng viết phần chung của báo cáo.'
  return assessment.state === 'consulting'
    ? 'Đang lấy ý kiến về dự thảo nên phần chung tạm khóa; sửa tiếp khi kết thúc lấy ý kiến.'
    : 'Ở bước này phần chung của báo cáo không sửa được.'
}

/** One of the report's own texts in the shape of a sheet's part, so that the same field and script serve both. */
export function reportPartModel(
  assessment: Pick<Assessment, 'id'>,
  { key, title }: Pick<ReportPart, 'key' | 'title'>,
  part: SheetPart | undefined,
  evidence: ReadonlyMap<string, CitedEvidence>,
) {
  const stored = part?.text ?? ''
  const anchor = `phan-${key.replaceAll('.', '-')}`
  return {
    key,
    anchor,
    fieldId: `o-${anchor}`,
    label: title,
    placeholder: 'Viết nội dung; gõ [ để chèn minh chứng…',
    underHeading: false,
    action: `${linksOf(assessment).report}/phan/${key}`,
    historyHref: `${linksOf(assessment).report}/phan/${key}/lich-su`,
    rev: part?.rev ?? 0,
    text: toLabels(stored, evidence),
    known: JSON.stringify(knownFrom([...evidence.values()].filter(item => stored.includes(item.id)))),
    blocks: readable(stored, evidence),
    ...citedIn(stored, evidence),
    written: part ? `${part.name}, ${printInstant(part.at)}` : '',
    notReviewed: part?.notReviewed === true,
    origin: part?.origin ?? '',
  }
}

/** Faults of the sheets by criterion: what the linter refuses and what is cited in vain. */
function faultsOf(assessment: Assessment, { report }: AssessmentFacts) {
  const codes = [...new Set([...report.lintErrors, ...report.brokenCitations].map(({ criterion }) => criterion))]
  return codes.map(code => ({
    code,
    lines: [
      ...report.lintErrors
        .filter(({ criterion }) => criterion === code)
        .map(({ message, anchor }) => ({ message, href: `${sheetHref(assessment.id, code)}#${anchor}` })),
      ...report.brokenCitations
        .filter(({ criterion }) => criterion === code)
        .map(({ citation }) => ({
          message: `Dẫn minh chứng ${citation} chưa có trong bảng danh mục mã.`,
          href: sheetHref(assessment.id, code),
        })),
    ],
  }))
}

/** What has become of the report so far. */
function recordOf({ assessment, paperHref }: ReportView) {
  const { draft, adopted, published } = assessment.report
  const last = assessment.submissions.at(-1)
  return [
    ...(draft
      ? [
          {
            term: 'Dự thảo trình hội đồng',
            text: printInstant(draft.at),
            href: paperHref(draft.paperId),
            note: levelName(draft.level),
          },
        ]
      : []),
    ...(adopted
      ? [
          {
            term: `Hội đồng thông qua (bản ${assessment.report.version})`,
            text: printDay(adopted.on),
            href: paperHref(adopted.paperId),
            note: `${levelName(adopted.level)}, ${adopted.votes.for}/${adopted.votes.total} phiếu tán thành. Biên bản: ${adopted.minutes}`,
          },
        ]
      : []),
    ...(published
      ? [
          {
            term: 'Công bố',
            text: printDay(published.on),
            note: `${published.place}${published.paper === 'paper' ? `. Bản giấy: ${published.note ?? ''}` : '. Có tệp đã ký'}`,
          },
        ]
      : []),
    ...(last
      ? [
          {
            term: last.recalledOn ? 'Đã gửi rồi rút lại' : 'Gửi cấp quản lý',
            text: printDay(last.on),
            note: `Công văn số ${last.number} ngày ${printDay(last.date)}`,
          },
        ]
      : []),
  ]
}
