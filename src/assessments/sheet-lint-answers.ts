import type { Verdict } from '../catalogue/index.ts'
import { citationsIn, withoutCitations } from './citations.ts'
import {
  asked,
  descriptionOf,
  nameOf,
  textOf,
  textsOf,
  verdictOf,
  type Found,
  type LintEvidence,
  type LintIndicator,
  type SheetLintInput,
  type SheetRule,
} from './sheet-lint-subject.ts'

const CITABLE: ReadonlySet<string> = new Set(['coded', 'frozen'])
const LOST: ReadonlySet<string> = new Set(['withdrawn', 'disposed', 'rejected'])
const WORKED_ON: ReadonlySet<string> = new Set(['collected', 'verified'])

/** Rules about indicators: each is answered, described, proved. */
export const INDICATOR_RULES: readonly SheetRule[] = [
  {
    id: 'indicatorUnanswered',
    severity: 'error',
    check: sheet =>
      asked(sheet)
        .filter(each => verdictOf(sheet, each) === undefined)
        .map(each => ({
          message: `${nameOf(each)} chưa được đánh giá Đạt hay Không đạt.`,
          at: { part: 'verdicts', level: each.level, indicator: each.code },
        })),
  },
  {
    id: 'metWithoutText',
    severity: 'error',
    check: sheet => undescribed(sheet, 'met', 'tự đánh giá Đạt nhưng chưa có mô tả hiện trạng.'),
  },
  {
    id: 'notMetWithoutText',
    severity: 'warning',
    check: sheet => undescribed(sheet, 'notMet', 'tự đánh giá Không đạt nhưng chưa mô tả hiện trạng.'),
  },
  {
    id: 'metWithoutEvidence',
    severity: 'error',
    check: sheet =>
      asked(sheet)
        .filter(
          each => verdictOf(sheet, each) === 'met' && citedBy(sheet, each).every(item => !CITABLE.has(item.state)),
        )
        .map(each => ({
          message: `${nameOf(each)} tự đánh giá Đạt nhưng chưa dẫn minh chứng nào đã được mã hóa.`,
          at: descriptionOf(each),
        })),
  },
  {
    id: 'yearsNotProved',
    severity: 'warning',
    check: sheet =>
      asked(sheet).flatMap(each => {
        const proved = new Set(citedBy(sheet, each).flatMap(item => item.years))
        const holes = sheet.years.filter(year => !proved.has(year))
        return each.spansYears && verdictOf(sheet, each) === 'met' && proved.size > 0 && holes.length > 0
          ? [{ message: `${nameOf(each)} thiếu minh chứng của năm học ${holes.join(', ')}.`, at: descriptionOf(each) }]
          : []
      }),
  },
  {
    id: 'levelWithoutLower',
    severity: 'warning',
    check: sheet => {
      const levels = [...new Set(asked(sheet).map(each => each.level))].toSorted()
      const whole = (level: string): boolean =>
        asked(sheet).every(each => each.level !== level || verdictOf(sheet, each) === 'met')
      return levels.flatMap((level, at) => {
        const lower = levels.slice(0, at).filter(each => !whole(each))
        return whole(level) && lower.length > 0
          ? [
              {
                message: `Các chỉ báo Mức ${level} đều Đạt nhưng Mức ${lower.join(', ')} chưa đạt đủ, nên tiêu chí không được công nhận Mức ${level}.`,
                at: { part: 'verdicts' as const, level },
              },
            ]
          : []
      })
    },
  },
  {
    id: 'requiredEvidenceMissing',
    severity: 'warning',
    check: sheet =>
      (sheet.required ?? [])
        .filter(({ found }) => !found)
        .map(({ name }) => ({
          message: `Chưa có minh chứng bắt buộc của năm học: ${name}.`,
          at: { part: 'strengths' as const },
        })),
  },
  {
    id: 'thresholdNotMet',
    severity: 'warning',
    check: sheet =>
      asked(sheet).flatMap(each =>
        (sheet.thresholds ?? [])
          .filter(
            threshold =>
              threshold.level === each.level &&
              threshold.indicator === each.code &&
              !threshold.met &&
              verdictOf(sheet, each) === 'met',
          )
          .map(({ label, actual, demanded }) => ({
            message: `${nameOf(each)} tự đánh giá Đạt, nhưng theo số liệu của trường thì ${label} là ${actual}, quy định ${demanded}.`,
            at: descriptionOf(each),
          })),
      ),
  },
]

/** Rules about citations: what is cited is in the catalogue and may be shown. */
export const CITATION_RULES: readonly SheetRule[] = [
  {
    id: 'citationUnknown',
    severity: 'error',
    check: sheet =>
      textsOf(sheet).flatMap(({ text, at }) =>
        citationsIn(text)
          .filter(id => sheet.evidence.every(item => item.id !== id))
          .map(() => ({ message: 'Có dẫn một minh chứng không còn trong danh mục; hãy xóa hoặc chọn lại.', at })),
      ),
  },
  citationRule(
    'citationWithdrawn',
    LOST,
    label => `Minh chứng ${label} đã bị rút hoặc không được nhận, không dẫn được.`,
  ),
  citationRule(
    'citationMissing',
    new Set(['expected', 'missing']),
    label => `Minh chứng ${label} chưa có (mới dự kiến hoặc không tìm được), không dẫn được.`,
  ),
  citationRule('citationNotCoded', WORKED_ON, label => `Minh chứng ${label} chưa được mã hóa.`),
  {
    id: 'citationMalformed',
    severity: 'error',
    check: sheet =>
      textsOf(sheet)
        .filter(({ text }) => /\[\[|\]\]/.test(withoutCitations(text)))
        .map(({ at }) => ({ message: 'Có chỗ dẫn minh chứng bị hỏng, hãy xóa và chọn lại minh chứng.', at })),
  },
  {
    id: 'codeTyped',
    severity: 'warning',
    check: sheet =>
      textsOf(sheet).flatMap(({ text, at }) =>
        [...withoutCitations(text).matchAll(/\[H\d{1,2}[-.][\d.-]+\]/gi)].map(([code]) => ({
          message: `Mã ${code} được gõ tay nên sẽ không đổi theo danh mục; hãy chọn minh chứng từ danh sách.`,
          at,
        })),
      ),
  },
]

function citationRule(id: string, states: ReadonlySet<string>, say: (label: string) => string): SheetRule {
  return {
    id,
    severity: 'error',
    check: sheet =>
      textsOf(sheet).flatMap(({ text, at }) =>
        citationsIn(text).flatMap(cited =>
          sheet.evidence
            .filter(item => item.id === cited && states.has(item.state))
            .map(item => ({ message: say(item.label), at })),
        ),
      ),
  }
}

const citedBy = (sheet: SheetLintInput, indicator: LintIndicator): readonly LintEvidence[] => {
  const cited = new Set(citationsIn(textOf(sheet, indicator)))
  return sheet.evidence.filter(item => cited.has(item.id))
}

const undescribed = (sheet: SheetLintInput, verdict: Verdict, sentence: string): readonly Found[] =>
  asked(sheet)
    .filter(each => verdictOf(sheet, each) === verdict && withoutCitations(textOf(sheet, each)).trim() === '')
    .map(each => ({ message: `${nameOf(each)} ${sentence}`, at: descriptionOf(each) }))
