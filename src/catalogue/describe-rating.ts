import { printDay } from '../kernel/dates.ts'
import type { CriteriaSet } from './criteria-set.ts'
import { CRITERION_LEVELS, changesOf, clauseWords, criterionOf, demandAt } from './criteria-tree.ts'
import type { InForce } from './in-force.ts'
import type { CriterionRating, IndicatorBlock, SchoolRating } from './level-rating.ts'

/** Longer lists are cut: the reader opens the progress board for the rest. */
const MOST_NAMED = 5

const WHY = { notMet: 'không đạt', open: 'chưa được đánh giá' } as const

/** `Không đạt`, `Mức 2`, `Chưa đánh giá xong`, `Không áp dụng`: the result of a criterion in one word or two. */
export function criterionResultWords(rating: CriterionRating): string {
  if (!rating.applicable) return 'Không áp dụng'
  if (rating.level > 0) return `Mức ${rating.level}`
  return rating.blockedBy.some(block => block.why === 'notMet') ? 'Không đạt' : 'Chưa đánh giá xong'
}

/** The result of the school and why each higher level is not reached, in short Vietnamese sentences. */
export function describeRating(set: CriteriaSet, rating: SchoolRating, force: InForce): readonly string[] {
  return [
    rating.level === 0 ? schoolWithoutLevel(rating) : `Trường đạt Mức ${rating.level}.`,
    ...CRITERION_LEVELS.filter(level => level > rating.level).flatMap(level => {
      const why = rating.blocks[level].map(block => `${blockWords(set, block)} ${WHY[block.why]}`)
      return why.length === 0 ? [] : [`Chưa đạt Mức ${level} vì ${listed(why)}.`]
    }),
    ...(rating.level < 4 && rating.levelFour.blocks.length > 0
      ? [
          `Chưa đạt Mức 4 vì ${listed(rating.levelFour.blocks.map(one => `${wordsOfClause(set, one.clause)} ${WHY[one.why]}`))}.`,
        ]
      : []),
    ...describeDropped(set, force),
  ]
}

/** Why one criterion is not at its next level; empty when nothing is left to reach. */
export function describeCriterion(set: CriteriaSet, rating: CriterionRating): readonly string[] {
  const [first] = rating.blockedBy
  if (!first) return []
  const why = rating.blockedBy.map(block => `${indicatorWords(set, block)} ${WHY[block.why]}`.trim())
  return [`Chưa đạt Mức ${first.level} vì ${listed(why)}.`]
}

/** What is not asked this year, each with its instrument, so that nothing is left out in silence. */
export const describeDropped = (set: CriteriaSet, force: InForce): readonly string[] => [
  ...changesOf(set)
    .filter(({ key, change }) => force.dropped.get(key)?.change?.id === change.id)
    .map(
      ({ place, change }) =>
        `${place}: không áp dụng, bãi bỏ theo ${change.instrument} từ ngày ${printDay(change.from)}` +
        (change.standing === 'unverified' ? ' (chưa đối chiếu văn bản gốc, áp dụng theo quyết định của Sở).' : '.'),
    ),
  ...[...force.dropped]
    .filter(([, dropped]) => dropped.reason === 'otherSchoolKind')
    .map(([code]) => `${set.labels.criterion} ${code}: không áp dụng cho loại trường này.`),
]

function schoolWithoutLevel(rating: SchoolRating): string {
  return rating.counts[1].notMet > 0 || rating.counts[1].of === 0
    ? 'Trường chưa đạt mức nào.'
    : 'Trường chưa đánh giá xong Mức 1.'
}

const wordsOfClause = (set: CriteriaSet, code: string): string => {
  const clause = set.levelFour.find(one => one.code === code)
  return clause ? clauseWords(clause) : code
}

const blockWords = (set: CriteriaSet, block: IndicatorBlock): string =>
  `${lower(set.labels.criterion)} ${block.criterion} ${indicatorWords(set, block)}`

/** `chỉ báo b Mức 2`; without a letter when the level holds a single unlettered demand. */
function indicatorWords(set: CriteriaSet, { criterion, level, indicator }: IndicatorBlock): string {
  const found = criterionOf(set, criterion)
  const lettered = found && demandAt(found, level)?.indicators.find(one => one.code === indicator)?.lettered
  return lettered === false ? `yêu cầu Mức ${level}` : `${lower(set.labels.indicator)} ${indicator} Mức ${level}`
}

const lower = (label: string): string => label.toLocaleLowerCase('vi')

const listed = (parts: readonly string[]): string =>
  parts.length <= MOST_NAMED
    ? parts.join('; ')
    : `${parts.slice(0, MOST_NAMED).join('; ')} và ${parts.length - MOST_NAMED} chỗ khác`
