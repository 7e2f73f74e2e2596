import { printDay } from '../kernel/dates.ts'
import { printNumber, searchKey } from '../kernel/words.ts'
import { withoutCitations } from './citations.ts'
import { isFilled } from '../kernel/need.ts'
import { asked, textOf, textsOf, verdictOf, type SheetLintInput, type SheetRule } from './sheet-lint-subject.ts'
import type { SheetAction } from './sheet.ts'

/** Rules about the words: no part left empty, no copy, no personal data, no number that Phần I denies. */
export const TEXT_RULES: readonly SheetRule[] = [
  {
    id: 'partEmpty',
    severity: 'error',
    check: sheet =>
      [
        { part: 'strengths' as const, name: 'Điểm mạnh' },
        { part: 'weaknesses' as const, name: 'Điểm yếu' },
      ]
        .filter(({ part }) => !isFilled(sheet.texts[part]))
        .map(({ part, name }) => ({
          message: `Mục “${name}” còn trống; nếu không có thì ghi “Không có”.`,
          at: { part },
        })),
  },
  {
    id: 'strengthsCopied',
    severity: 'warning',
    check: sheet => {
      const described = new Set(asked(sheet).flatMap(each => sentencesOf(textOf(sheet, each))))
      const strengths = sentencesOf(sheet.texts['strengths'] ?? '')
      const copied = strengths.filter(sentence => described.has(sentence))
      return copied.length > 0 && copied.length * 2 >= strengths.length
        ? [
            {
              message: 'Điểm mạnh chép lại nguyên văn mô tả hiện trạng; hãy nêu điều nổi bật rút ra từ mô tả.',
              at: { part: 'strengths' },
            },
          ]
        : []
    },
  },
  {
    id: 'personalData',
    severity: 'warning',
    check: sheet =>
      textsOf(sheet).flatMap(({ text, at }) =>
        personalDataIn(text).map(found => ({
          message: `“${found}” có thể là dữ liệu cá nhân (số điện thoại, số định danh, thư điện tử); hãy bỏ nếu không cần.`,
          at,
        })),
      ),
  },
  {
    id: 'totalDiffers',
    severity: 'warning',
    check: sheet =>
      textsOf(sheet).flatMap(({ text, at }) =>
        (sheet.totals ?? []).flatMap(({ noun, values }) =>
          [...text.matchAll(new RegExp(`tổng số (\\d[\\d.]*) ${noun}`, 'giu'))]
            .map(found => Number(found[1]?.replaceAll('.', '')))
            .filter(total => !values.includes(total))
            .map(total => ({
              message: `Tổng số ${printNumber(total)} ${noun} không khớp với năm nào trong Phần I. Cơ sở dữ liệu.`,
              at,
            })),
        ),
      ),
  },
  {
    id: 'notReviewed',
    severity: 'warning',
    check: sheet =>
      textsOf(sheet)
        .filter(({ key }) => sheet.notReviewed?.includes(key))
        .map(({ at }) => ({ message: 'Nội dung kế thừa từ năm học trước chưa được rà soát.', at })),
  },
]

/** Rules about the improvement plan: each weakness has an answer, each answer a person, a date and a way. */
export const ACTION_RULES: readonly SheetRule[] = [
  {
    id: 'notMetWithoutAction',
    severity: 'error',
    check: sheet =>
      sheet.actions.length === 0 && asked(sheet).some(each => verdictOf(sheet, each) === 'notMet')
        ? [
            {
              message: 'Có chỉ báo không đạt nhưng kế hoạch cải tiến chất lượng chưa có việc nào.',
              at: { part: 'improvement' },
            },
          ]
        : [],
  },
  {
    id: 'weaknessWithoutAction',
    severity: 'error',
    check: sheet =>
      weaknessesOf(sheet).length > 0 && sheet.actions.length === 0
        ? [
            {
              message: 'Đã nêu điểm yếu nhưng kế hoạch cải tiến chất lượng chưa có việc nào.',
              at: { part: 'improvement' },
            },
          ]
        : [],
  },
  {
    id: 'fewerActionsThanWeaknesses',
    severity: 'warning',
    check: sheet => {
      const [weaknesses, actions] = [weaknessesOf(sheet).length, sheet.actions.length]
      return actions > 0 && actions < weaknesses
        ? [
            {
              message: `Nêu ${weaknesses} điểm yếu nhưng chỉ có ${actions} việc cải tiến; mỗi điểm yếu cần một việc.`,
              at: { part: 'improvement' },
            },
          ]
        : []
    },
  },
  actionRule('actionWithoutWay', 'error', action => !isFilled(action.what), 'chưa ghi nội dung, giải pháp.'),
  actionRule('actionWithoutPerson', 'error', action => !isFilled(action.who), 'chưa ghi người thực hiện.'),
  actionRule('actionWithoutDate', 'error', action => action.to === undefined, 'chưa ghi thời gian hoàn thành.'),
  actionRule(
    'actionDatesReversed',
    'error',
    action => action.from !== undefined && action.to !== undefined && action.from > action.to,
    'có ngày bắt đầu sau ngày hoàn thành.',
  ),
  actionRule('actionWithoutResult', 'warning', action => !isFilled(action.expected), 'chưa ghi kết quả cần đạt.'),
  {
    id: 'actionInThePast',
    severity: 'warning',
    check: sheet =>
      sheet.actions.flatMap((action, at) =>
        action.to !== undefined && action.to < sheet.today
          ? [
              {
                message: `Việc cải tiến ${at + 1} có hạn ${printDay(action.to)} đã qua.`,
                at: { part: 'improvement' as const },
              },
            ]
          : [],
      ),
  },
]

function actionRule(
  id: string,
  severity: SheetRule['severity'],
  lacks: (action: SheetAction) => boolean,
  sentence: string,
): SheetRule {
  return {
    id,
    severity,
    check: sheet =>
      sheet.actions.flatMap((action, at) =>
        lacks(action) ? [{ message: `Việc cải tiến ${at + 1} ${sentence}`, at: { part: 'improvement' as const } }] : [],
      ),
  }
}

/** Sentences long enough that two people would not write the same by chance, as search keys. */
const sentencesOf = (text: string): readonly string[] =>
  withoutCitations(text)
    .split(/[.;\n]+/)
    .map(searchKey)
    .filter(sentence => sentence.length >= 30)

/** Points of the weaknesses part: list items, or paragraphs when it holds no list; “Không có” is none. */
function weaknessesOf(sheet: SheetLintInput): readonly string[] {
  const lines = (sheet.texts['weaknesses'] ?? '').split('\n').filter(isFilled)
  const items = lines.filter(line => /^\s*[-*+]\s/.test(line))
  return (items.length > 0 ? items : lines).filter(
    line => !/^(-\s*)?khong( co)?( diem yeu)?[.!]?$/.test(searchKey(line)),
  )
}

const PHONE = /(?<![\d.,])(?:\+84|0)(?:[ .-]?\d){9}(?!\d)/g
const LONG_NUMBER = /(?<![\d.,])\d{9,12}(?![\d])/g
const EMAIL = /[\w.+-]+@[\w-]+\.[\w.-]+\w/g

const personalDataIn = (text: string): readonly string[] => {
  const words = withoutCitations(text)
  return [...new Set([PHONE, LONG_NUMBER, EMAIL].flatMap(pattern => words.match(pattern) ?? []))]
}
