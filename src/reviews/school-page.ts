import { assessmentHref, crumbsOf, linksOf, type Assessment } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { printDay, printInstant, type Day } from '../kernel/dates.ts'
import { dueBadge } from './desk-page.ts'
import { nameOfPlace, quoteInWords, quoteParts } from './places.ts'
import { elementOf, isCriterion } from './points.ts'
import { isOpenQuestion, lastRound, type Anchor, type Remark, type Review, type Round } from './review.ts'
import { reviewHref, type Dossier } from './review-facts.ts'
import { REVIEW_STATES } from './review-machine.ts'
import { mayOnReview } from './review-policy.ts'
import { REASONS, REMARK_KINDS } from './review-words.ts'

export interface SchoolView {
  readonly actor: Actor
  readonly review: Review
  readonly dossier: Dossier
  readonly names: ReadonlyMap<string, string>
  readonly today: Day
}

/** The review as the school sees it: where it stands, questions to answer, points to mend, letters. */
export function schoolPage({ actor, review, dossier, names, today }: SchoolView) {
  const { assessment } = dossier
  const round = lastRound(review)
  const mayAnswer = mayOnReview.answer(actor, review) && review.state === 'underReview'
  return {
    wide: true,
    breadcrumbs: crumbsOf(assessment, names.get(review.schoolId) ?? review.schoolId),
    state: REVIEW_STATES[review.state],
    words: wordsFor(review, names.get(review.handlerId) ?? review.handlerId),
    due: review.state === 'returned' ? dueBadge(review, today) : undefined,
    facts: [
      { term: 'Đơn vị xem xét', text: names.get(review.handlerId) ?? review.handlerId },
      { term: 'Công văn đã gửi', text: `Số ${round.dispatch.number} ngày ${printDay(round.dispatch.date)}` },
      { term: 'Nơi nhận ghi nhận', text: printDay(round.receivedOn) },
      ...(review.state === 'received' || review.state === 'underReview'
        ? [{ term: 'Hạn trả lời trường', text: printDay(round.answerDue) }]
        : []),
    ],
    questions: round.remarks
      .filter(({ kind }) => kind === 'question')
      .map(remark => questionModel(remark, review, dossier, mayAnswer)),
    resume:
      assessment.state === 'returned'
        ? { href: `${linksOf(assessment).report}#buoc-resume`, count: pointsIn(assessment) }
        : undefined,
    points: decided(round) ? pointLines(round, assessment, dossier) : [],
    letters: review.letters
      .map(letter => ({
        term: letter.title,
        text: `Số ${letter.number} ngày ${printDay(letter.date)}`,
        href: `${reviewHref(review.id)}/van-ban/${letter.id}.pdf`,
      }))
      .toReversed(),
    rounds: review.rounds
      .slice(0, -1)
      .map((each, index) => ({
        title: `Lần ${index + 1}, gửi ngày ${printDay(each.receivedOn)}`,
        words: each.recalledOn === undefined ? '' : `Trường rút lại ngày ${printDay(each.recalledOn)}.`,
        points: decided(each) ? pointLines(each, assessment, dossier) : [],
      }))
      .toReversed(),
  }
}

const decided = ({ outcome }: Round): boolean => outcome !== undefined

const pointsIn = ({ submissions }: Assessment): number => submissions.at(-1)?.returned?.points.length ?? 0

function wordsFor(review: Review, unit: string): string {
  switch (review.state) {
    case 'received':
      return `${unit} đã nhận báo cáo, chưa bắt đầu đọc. Trường còn rút lại được ở mục Báo cáo.`
    case 'underReview':
      return `${unit} đang xem xét báo cáo.`
    case 'returned':
      return `${unit} yêu cầu hoàn thiện báo cáo. Hội đồng trả lời từng nội dung, sửa rồi gửi lại.`
    case 'recalled':
      return 'Trường đã rút lại báo cáo; gửi lại ở mục Báo cáo.'
    case 'accepted':
      return `${unit} đã chấp nhận báo cáo.`
    case 'forwarded':
      return `${unit} đã chấp nhận báo cáo và chuyển hồ sơ lên Sở.`
  }
}

function questionModel(remark: Remark, review: Review, dossier: Dossier, mayAnswer: boolean) {
  const { id, anchor, text, by, at, answer } = remark
  const open = isOpenQuestion(remark)
  return {
    id: `cau-hoi-${id}`,
    place: nameOfPlace(anchor, dossier),
    placeHref: placeHref(review.id, anchor),
    quote: quoteParts(anchor, dossier),
    text,
    by: `${by.name}, ${printInstant(at)}`,
    answer: answer && { text: answer.text, by: `${answer.by.name}, ${printInstant(answer.at)}` },
    badge: open
      ? answer
        ? { label: 'Đã trả lời, chờ khép', tone: 'blue' }
        : { label: 'Chờ trả lời', tone: 'orange' }
      : { label: 'Đã khép', tone: 'green' },
    action: open && mayAnswer ? `${assessmentHref(review.id)}/xem-xet/${id}` : '',
    fieldId: `o-tra-loi-${id}`,
  }
}

/** The place on the school's own screens. */
function placeHref(assessmentId: string, anchor: Anchor): string {
  const base = assessmentHref(assessmentId)
  const element = elementOf(anchor)
  const hash = element === '' ? '' : `#${element}`
  return isCriterion(anchor) ? `${base}/phieu/${anchor.code}${hash}` : `${base}/bao-cao${hash}`
}

/** What the managing level asks to be mended or advises, with the answers that the school gave. */
function pointLines(round: Round, assessment: Assessment, dossier: Dossier) {
  const answers = assessment.submissions[round.submission]?.returned?.points ?? []
  const fixes = round.remarks.filter(({ kind }) => kind === 'fix')
  const advice = round.remarks.filter(({ kind }) => kind === 'advice')
  const line = (remark: Remark, answer: string) => ({
    badge: { label: REMARK_KINDS[remark.kind].label, tone: REMARK_KINDS[remark.kind].tone },
    place: nameOfPlace(remark.anchor, dossier),
    placeHref: placeHref(assessment.id, remark.anchor),
    quote: quoteInWords(remark.anchor.quote, dossier),
    words: remark.text === '' ? REASONS[remark.reason] : `${REASONS[remark.reason]}: ${remark.text}`,
    answer,
  })
  const ofRemarks = [
    ...fixes.map((remark, index) => line(remark, answers[index]?.answer ?? '')),
    ...advice.map(remark => line(remark, '')),
  ]
  // What the Sở sends back later rests on its own words and on no remark of the unit.
  if (fixes.length > 0 || answers.length === 0) return ofRemarks
  return [
    ...answers.map(({ reason, quote, answer }) => ({
      badge: { label: REMARK_KINDS.fix.label, tone: REMARK_KINDS.fix.tone },
      place: '',
      placeHref: '',
      quote: quote === undefined ? '' : quoteInWords(quote, dossier),
      words: reason,
      answer: answer ?? '',
    })),
    ...ofRemarks,
  ]
}
