import { criterionOf, criterionResultWords, rateCriterion, type CriteriaSet } from '../catalogue/index.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { askedBy, forceOf } from './asked.ts'
import { crumbsOf } from './assessment-tabs.ts'
import { isLevelFour, keyOf, sheetCodes, type Assessment } from './assessment.ts'
import { verdictName } from './assessment-words.ts'
import { assessmentHref, sheetHref } from './links.ts'
import type { Between } from './mapping-between.ts'
import { moveSheets, nodesOf } from './move-sheets.ts'
import type { CitedEvidence } from './needs.ts'
import { REPORT } from './report-texts.ts'
import { indicatorName } from './sheet-anchor.ts'
import { compareTexts, type DiffPiece } from './sheet-history.ts'
import { toLabels } from './sheet-labels.ts'
import { partName } from './sheet-parts.ts'
import { descriptionPart, TEXT_PARTS, type Sheet } from './sheet.ts'

/** One year of a school with everything that a comparison reads. */
export interface ComparedYear {
  readonly assessment: Assessment
  readonly sheets: readonly Sheet[]
  readonly evidence: ReadonlyMap<string, CitedEvidence>
}

export interface CompareView {
  readonly earlier: ComparedYear
  readonly later: ComparedYear
  /** From the earlier year's set to the later one's. */
  readonly between: Between
  /** Criteria whose sheets the reader may not read now: they are left out. */
  readonly hidden: ReadonlySet<string>
  readonly schoolName: string
  /** The address of the page is that of this assessment. */
  readonly here: string
  /** Years with which it can be compared. */
  readonly years: readonly WorkingYear[]
  readonly chosen: WorkingYear
  readonly onlyChanged: boolean
}

export interface ComparedText {
  readonly name: string
  readonly changed: boolean
  readonly pieces: readonly DiffPiece[]
}

export interface ComparedCriterion {
  readonly code: string
  readonly title: string
  readonly href: string
  /** Codes under which the earlier year had it, when they differ. */
  readonly formerly: string
  readonly before: string
  readonly after: string
  readonly answers: readonly { readonly name: string; readonly before: string; readonly after: string }[]
  readonly texts: readonly ComparedText[]
  readonly changed: boolean
}

const verdictOf = ({ criteria }: Assessment, code: string, level: string, letter: string): string =>
  verdictName(criteria[keyOf(code)]?.answers[level]?.[letter])

/** The result of a criterion in words. */
function resultIn(assessment: Assessment, set: CriteriaSet, code: string): string {
  if (isLevelFour(code)) return verdictOf(assessment, code, '4', 'a')
  const criterion = criterionOf(set, code)
  const decision = assessment.criteria[keyOf(code)]
  if (!criterion || !decision) return '–'
  return criterionResultWords(rateCriterion(criterion, decision.answers, forceOf(assessment, set)))
}

type Compared = Pick<CompareView, 'earlier' | 'later' | 'between' | 'hidden'>

/** Two years side by side, criterion by criterion in the order of the later set; through the mapping where sets differ. */
export function compareYears({ earlier, later, between, hidden }: Compared): {
  readonly criteria: readonly ComparedCriterion[]
  readonly gone: readonly { readonly label: string; readonly text: string }[]
} {
  const { from, to, index } = between
  const own = (sheets: readonly Sheet[]) => sheets.filter(({ code }) => code !== REPORT)
  const { sheets: moved, left } = moveSheets(own(earlier.sheets), index, nodesOf(to))
  const before = new Map(moved.map(sheet => [sheet.code, sheet]))
  const now = new Map(later.sheets.map(sheet => [sheet.code, sheet]))
  const force = forceOf(later.assessment, to)
  const sourcesOf = (kind: 'criterion' | 'indicator' | 'clause', code: string): readonly string[] =>
    index ? index.sourcesOf(kind, code).flatMap(({ from: old }) => old ?? []) : [code]

  const criteria = sheetCodes(to, later.assessment.aimsAtLevelFour).flatMap((code): ComparedCriterion[] => {
    const asked = askedBy(to, code, force)
    if (!asked || hidden.has(code)) return []
    const kind = isLevelFour(code) ? 'clause' : 'criterion'
    const sources = sourcesOf(kind, code)
    const answers = asked.indicators.map(({ level, code: letter, lettered }) => {
      const old =
        kind === 'clause'
          ? sources.map(each => [each, '4', 'a'])
          : sourcesOf('indicator', `${code}/${level}/${letter}`).map(each => each.split('/'))
      const verdicts = old.map(([one = '', atLevel = '', which = '']) =>
        verdictOf(earlier.assessment, one, atLevel, which),
      )
      return {
        name: indicatorName(level, letter, lettered),
        before: verdicts.length === 0 ? 'Chưa có yêu cầu này' : [...new Set(verdicts)].join('; '),
        after: verdictOf(later.assessment, code, level, letter),
      }
    })
    const keys = [...asked.indicators.map(each => descriptionPart(each.level, each.code)), ...TEXT_PARTS]
    const texts = keys.flatMap((key): ComparedText[] => {
      const old = toLabels(before.get(code)?.parts[key]?.text ?? '', earlier.evidence)
      const fresh = toLabels(now.get(code)?.parts[key]?.text ?? '', later.evidence)
      if (old === '' && fresh === '') return []
      return [{ name: partName({ asked }, key), changed: old !== fresh, pieces: compareTexts(old, fresh) }]
    })
    const results = {
      before:
        sources.length === 0
          ? 'Chưa có tiêu chí này'
          : sources.map(each => resultIn(earlier.assessment, from, each)).join('; '),
      after: resultIn(later.assessment, to, code),
    }
    return [
      {
        code,
        title: asked.title,
        href: sheetHref(later.assessment.id, code),
        formerly: sources.length === 1 && sources[0] === code ? '' : sources.join('; '),
        ...results,
        answers,
        texts,
        changed:
          results.before !== results.after ||
          answers.some(answer => answer.before !== answer.after) ||
          texts.some(text => text.changed),
      },
    ]
  })
  return {
    criteria,
    gone: left
      .filter(({ key }) => !key.startsWith('analysis.'))
      .map(({ label, text }) => ({ label, text: toLabels(text, earlier.evidence) })),
  }
}

/** `/danh-gia/:id/so-sanh`: made for the screen and for paper alike. */
export function comparePage(view: CompareView) {
  const { earlier, later, between, here, years, chosen, onlyChanged } = view
  const { criteria, gone } = compareYears(view)
  const base = `${assessmentHref(here)}/so-sanh`
  const own = earlier.assessment.id === here ? earlier.assessment : later.assessment
  return {
    wide: true,
    breadcrumbs: crumbsOf(own, view.schoolName),
    subtitle: `${view.schoolName}: năm học ${earlier.assessment.year} và năm học ${later.assessment.year}`,
    action: base,
    years: years.map(year => ({ value: year, label: year })),
    chosen,
    onlyChanged,
    before: earlier.assessment.year,
    after: later.assessment.year,
    note: [
      between.index
        ? `Hai năm dùng hai phiên bản bộ tiêu chí; so sánh theo ${between.mapping ? 'bảng chuyển đổi Sở đã chốt' : 'bảng hệ thống đề xuất, Sở chưa chốt'}.`
        : '',
      view.hidden.size > 0
        ? `${view.hidden.size} tiêu chí của nhóm khác không hiện vì khi đang đánh giá tiêu chí bạn chỉ đọc phiếu của nhóm mình.`
        : '',
    ]
      .filter(words => words !== '')
      .join(' '),
    counts: `${criteria.filter(({ changed }) => changed).length}/${criteria.length} tiêu chí có thay đổi`,
    criteria: onlyChanged ? criteria.filter(({ changed }) => changed) : criteria,
    gone,
  }
}
