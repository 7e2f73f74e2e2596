import type { Verdict } from '../catalogue/index.ts'
import type { Unmet } from '../kernel/refusals.ts'
import type { Conditions } from '../kernel/step.ts'
import { isFilled, need } from '../kernel/need.ts'
import { anchorId, indicatorName, type AnchorPart } from './sheet-anchor.ts'
import { votesUnmet, type CountedVotes, type Share } from './vote.ts'

/** While a sheet is with its group it may be written; from the handing in on its words rest on the pin. */
export const WITH_GROUP: readonly CriterionState[] = ['assigned', 'analysing', 'drafting']

export type CriterionState =
  'assigned' | 'analysing' | 'drafting' | 'groupReview' | 'councilReview' | 'agreed' | 'frozen'

/** What the council did on a sheet: a vote, or the item “thống nhất” in minutes that are signed. */
export type CouncilDecision =
  | { readonly kind: 'vote'; readonly votes: CountedVotes }
  | { readonly kind: 'minutes'; readonly minutesId: string; readonly signed: boolean }

export type CriterionEvent =
  | { readonly type: 'analyse' }
  | { readonly type: 'draft' }
  | { readonly type: 'handIn' }
  | { readonly type: 'returnToAuthor'; readonly reason: string; readonly anchor?: string }
  | { readonly type: 'confirm'; readonly by: string }
  | { readonly type: 'returnToGroup'; readonly reason: string }
  | { readonly type: 'agree'; readonly decision?: CouncilDecision }
  | { readonly type: 'reopen'; readonly reason: string }
  | { readonly type: 'freeze' }
  | { readonly type: 'thaw' }

/** One indicator that the pinned criteria set asks of this school; those not applicable are marked, not left out. */
export interface IndicatorFacts {
  readonly level: string
  readonly code: string
  readonly lettered: boolean
  readonly applicable: boolean
  /** Has questions and expected evidence, or “không cần” with a reason. */
  readonly analysed: boolean
  /** Absent: not answered yet. */
  readonly verdict?: Verdict
  /** How many items in state `coded` its text cites. */
  readonly codedCitations: number
}

export interface CriterionFacts {
  /** `draft` asks for something else from `assigned` than from `analysing`. */
  readonly state: CriterionState
  /** Whether the assessment is in one of the states in which sheets may be worked on: `working` or `drafting`. */
  readonly assessmentInWork: boolean
  readonly carriedOver: boolean
  readonly indicators: readonly IndicatorFacts[]
  readonly levelsClaimed: readonly string[]
  readonly levelsDescribed: readonly string[]
  /** Filled, or the words “Không có” typed. */
  readonly strengthsFilled: boolean
  readonly weaknessesFilled: boolean
  readonly actionCount: number
  readonly lintErrors: readonly { readonly message: string; readonly anchor: string }[]
  readonly authorIds: readonly string[]
  readonly groupSize: number
  /** All members of the council in force. */
  readonly councilSize: number
  readonly voteShare: Share
  readonly namedInReturn: boolean
  /** Address of the sheet. */
  readonly sheetHref: string
}

/** What each step of a criterion sheet asks for (process § 14.2), every lack as a sentence. */
export const criterionConditions: Conditions<CriterionFacts, CriterionEvent> = {
  draft: facts =>
    facts.state === 'assigned'
      ? need(
          facts.carriedOver,
          'notCarriedOver',
          'Phiếu này không kế thừa từ năm học trước, cần lập phiếu phân tích tiêu chí trước khi viết.',
          facts.sheetHref,
        )
      : applicable(facts)
          .filter(indicator => !indicator.analysed)
          .map(indicator => ({
            code: 'indicatorNotAnalysed',
            message: `${nameOf(indicator)} chưa có câu hỏi và minh chứng cần thu thập, cũng chưa ghi “không cần” kèm lý do.`,
            href: facts.sheetHref,
          })),

  handIn: facts => [
    ...applicable(facts).flatMap(indicator =>
      need(
        indicator.verdict === 'met' || indicator.verdict === 'notMet',
        'indicatorUnanswered',
        `${nameOf(indicator)} chưa được đánh giá Đạt hay Không đạt.`,
        at(facts, 'verdicts', indicator),
      ),
    ),
    ...facts.levelsClaimed
      .filter(level => !facts.levelsDescribed.includes(level))
      .map(level => ({
        code: 'levelNotDescribed',
        message: `Chưa viết mô tả hiện trạng cho Mức ${level} mà phiếu tự đánh giá là đạt.`,
        href: `${facts.sheetHref}#${anchorId({ part: 'description', level })}`,
      })),
    ...applicable(facts).flatMap(indicator =>
      need(
        indicator.verdict !== 'met' || indicator.codedCitations > 0,
        'metWithoutEvidence',
        `${nameOf(indicator)} tự đánh giá Đạt nhưng chưa dẫn minh chứng nào đã được mã hóa.`,
        at(facts, 'description', indicator),
      ),
    ),
    ...need(
      facts.strengthsFilled,
      'strengthsEmpty',
      'Mục 2. Điểm mạnh còn trống; nếu không có thì ghi “Không có”.',
      `${facts.sheetHref}#${anchorId({ part: 'strengths' })}`,
    ),
    ...need(
      facts.weaknessesFilled,
      'weaknessesEmpty',
      'Mục 3. Điểm yếu còn trống; nếu không có thì ghi “Không có”.',
      `${facts.sheetHref}#${anchorId({ part: 'weaknesses' })}`,
    ),
    ...need(
      facts.actionCount > 0 || applicable(facts).every(indicator => indicator.verdict !== 'notMet'),
      'actionMissing',
      'Có chỉ báo không đạt nhưng mục 4. Kế hoạch cải tiến chất lượng chưa có việc nào.',
      `${facts.sheetHref}#${anchorId({ part: 'improvement' })}`,
    ),
  ],

  returnToAuthor: (_, event) => [
    ...need(isFilled(event.reason), 'reasonMissing', 'Cần ghi lý do trả lại cho người viết.'),
    ...need(isFilled(event.anchor), 'anchorMissing', 'Cần chỉ rõ lý do trả lại thuộc phần nào của phiếu.'),
  ],

  confirm: (facts, event) => [
    ...need(
      facts.groupSize <= 1 || facts.authorIds.some(author => author !== event.by),
      'onlyAuthorConfirms',
      'Trưởng nhóm là người duy nhất viết phiếu này; cần một thành viên khác trong nhóm cùng viết hoặc rà soát.',
      facts.sheetHref,
    ),
    ...facts.lintErrors.map(error => ({
      code: 'lintError',
      message: error.message,
      href: `${facts.sheetHref}#${error.anchor}`,
    })),
  ],

  returnToGroup: (_, event) => need(isFilled(event.reason), 'reasonMissing', 'Cần ghi lý do hội đồng trả phiếu lại.'),

  agree: (facts, event) => decisionUnmet(facts, event.decision),

  reopen: (facts, event) => [
    ...need(
      facts.assessmentInWork,
      'assessmentNotInWork',
      'Chỉ mở lại phiếu khi đợt tự đánh giá đang đánh giá tiêu chí hoặc đang viết báo cáo.',
    ),
    ...need(isFilled(event.reason), 'reasonMissing', 'Cần ghi lý do mở lại phiếu.'),
  ],

  thaw: facts =>
    need(
      facts.namedInReturn,
      'notNamedInReturn',
      'Tiêu chí này không nằm trong nội dung bị trả lại nên phiếu vẫn được giữ nguyên.',
    ),
}

const applicable = (facts: CriterionFacts): readonly IndicatorFacts[] =>
  facts.indicators.filter(indicator => indicator.applicable)

const nameOf = (indicator: IndicatorFacts): string => indicatorName(indicator.level, indicator.code, indicator.lettered)

const at = (facts: CriterionFacts, part: AnchorPart, indicator: IndicatorFacts): string =>
  `${facts.sheetHref}#${anchorId({ part, level: indicator.level, indicator: indicator.code })}`

function decisionUnmet(facts: CriterionFacts, decision: CouncilDecision | undefined): readonly Unmet[] {
  if (!decision)
    return need(false, 'decisionMissing', 'Cần ghi kết quả biểu quyết hoặc dẫn biên bản họp đã thống nhất phiếu này.')
  return decision.kind === 'vote'
    ? votesUnmet(decision.votes, facts.councilSize, facts.voteShare)
    : need(decision.signed, 'minutesNotSigned', 'Biên bản họp hội đồng ghi nội dung thống nhất phiếu này chưa được ký.')
}
