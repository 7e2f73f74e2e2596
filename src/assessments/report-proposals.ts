import type { CriteriaSet, LevelCounts, SchoolRating, StandardRating } from '../catalogue/index.ts'
import { printShare } from '../kernel/words.ts'
import { levelName } from './assessment-words.ts'

const LEVELS = [1, 2, 3] as const

/** Texts of the report that follow from the computed results, by part; an officer reads and changes them. */
export function reportProposals(set: CriteriaSet, rating: SchoolRating, year: string): ReadonlyMap<string, string> {
  return new Map([
    ['purpose', purpose(year)],
    ...set.standards.flatMap(standard => {
      const rated = rating.standards.find(one => one.code === standard.code)
      if (!rated) return []
      return [
        [
          `standard.${standard.code}.opening`,
          `Tiêu chuẩn ${standard.code} “${standard.title}” gồm ${standard.criteria.length} tiêu chí: ${standard.criteria
            .map(({ code, title }) => `${code} (${title})`)
            .join('; ')}.`,
        ] as const,
        ...(isComplete(rated.criteria)
          ? [[`standard.${standard.code}.conclusion`, standardConclusion(rated)] as const]
          : []),
      ]
    }),
    ...(isComplete(rating.criteria) ? [['conclusion', conclusion(rating)] as const] : []),
  ])
}

/** A conclusion waits until nothing is left to be answered. */
const isComplete = (criteria: SchoolRating['criteria']): boolean => criteria.every(({ open }) => open.length === 0)

const purpose = (year: string): string =>
  `Năm học ${year}, nhà trường tự đánh giá để xác định mức đạt được theo từng tiêu chí của Tiêu chuẩn đánh giá trường, ` +
  'nhìn rõ điểm mạnh, điểm yếu, từ đó lập và thực hiện kế hoạch cải tiến chất lượng giáo dục, công khai với cơ quan quản lý và xã hội về thực trạng của trường.'

function standardConclusion({ code, criteria, counts }: StandardRating): string {
  const applicable = criteria.filter(criterion => criterion.applicable)
  const failed = applicable.filter(criterion => criterion.level === 0).map(criterion => criterion.code)
  return [
    `Kết luận về Tiêu chuẩn ${code}: có ${applicable.length} tiêu chí được đánh giá.`,
    ...countLines(counts),
    failed.length === 0 ? '- Tiêu chí không đạt: không có.' : `- Tiêu chí không đạt: ${failed.join(', ')}.`,
  ].join('\n')
}

function conclusion({ counts, level, levelFour }: SchoolRating): string {
  return [
    'Kết quả tự đánh giá của nhà trường:',
    ...countLines(counts),
    ...(levelFour.result === 'met' ? ['- Mức 4: đạt tất cả các yêu cầu.'] : []),
    level === 0 ? 'Nhà trường tự đánh giá: không đạt Mức 1.' : `Nhà trường tự đánh giá: đạt ${levelName(level)}.`,
  ].join('\n')
}

/** `Đạt Mức 2: 20/27 tiêu chí (74,1%)`; the denominator is the criteria with requirements of their own at that level. */
const countLines = (counts: LevelCounts): readonly string[] =>
  LEVELS.filter(level => counts[level].of > 0).map(level => {
    const { met, of } = counts[level]
    return `- Đạt Mức ${level}: ${met}/${of} tiêu chí (${printShare(met, of)}); không đạt: ${of - met}/${of} tiêu chí (${printShare(of - met, of)}).`
  })
