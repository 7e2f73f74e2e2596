import { assessmentHref, levelName, ratingOf, resultOf, type Assessment } from '../assessments/index.ts'
import { RECONCILIATION_STATE_NAMES } from '../figures/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { addWorkingDays, printDay, type Day } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { dueBadge } from './desk-page.ts'
import { lacksOf, offers } from './offered-reviews.ts'
import type { ReviewNumbers } from './needs.ts'
import { comparedWith, lastRound, NO_DUE, type Person, type Review, type Round } from './review.ts'
import { figuresHref, formChecks, reconciliationHref, reviewFactsOf, reviewHref, type Dossier } from './review-facts.ts'
import { REVIEW_STATES } from './review-machine.ts'
import { mayOnReview } from './review-policy.ts'
import { FORWARD_GROUNDS, TAKE_OVER_GROUNDS } from './review-words.ts'

export interface ReviewView {
  readonly actor: Actor
  readonly review: Review
  readonly dossier: Dossier
  readonly names: ReadonlyMap<string, string>
  readonly numbers: ReviewNumbers
  /** The assessment of the year before, where there is one. */
  readonly lastYear: Assessment | undefined
  readonly officers: readonly (Person & { readonly post: string })[]
  readonly today: Day
}

/** The tabs of one dossier; `current` is the last part of the address. */
export function reviewTabs(review: Review, current: '' | 'doc' | 'nhan-xet' | 'so-sanh') {
  const base = reviewHref(review.id)
  const remarks = lastRound(review).remarks.length
  return {
    label: 'Các phần của hồ sơ',
    items: [
      { label: 'Tổng quan', href: base, current: current === '' },
      { label: 'Đọc báo cáo', href: `${base}/doc`, current: current === 'doc' },
      { label: 'Nhận xét', href: `${base}/nhan-xet`, current: current === 'nhan-xet', count: remarks },
      ...(comparedWith(review)
        ? [{ label: 'So sánh với lần trước', href: `${base}/so-sanh`, current: current === 'so-sanh' }]
        : []),
    ],
  }
}

export const crumbs = (review: Review, names: ReadonlyMap<string, string>) => [
  { label: 'Xem xét báo cáo', href: `/xem-xet?nam=${review.year}` },
  { label: `${names.get(review.schoolId) ?? review.schoolId}, năm học ${review.year}`, href: reviewHref(review.id) },
]

/** One dossier at a glance: where it stands, what the report claims, what the form check found, what can be done. */
export function reviewPage(view: ReviewView) {
  const { actor, review, dossier, names, numbers, today } = view
  const { assessment, set } = dossier
  const round = lastRound(review)
  const base = reviewHref(review.id)
  const facts = reviewFactsOf(review, dossier, today)
  const form = <T extends object>(type: Parameters<typeof offers>[3], path: string, more: T) =>
    offers(actor, review, facts, type)
      ? { id: `buoc-${type}`, action: `${base}/${path}`, unmet: lacksOf(facts, type), ...more }
      : undefined
  const result = resultOf(assessment, set)
  const adopted = assessment.report.adopted
  return {
    wide: true,
    breadcrumbs: crumbs(review, names).slice(0, 1),
    tabs: reviewTabs(review, ''),
    subtitle: `Năm học ${review.year} · ${SCHOOL_KIND_NAMES[review.schoolKind]} · ${set.title}`,
    state: REVIEW_STATES[review.state],
    due: dueBadge(review, today),
    facts: factsOf(view),
    paper: adopted && {
      preview: `/giay-to/${adopted.paperId}/xem`,
      pdf: `/giay-to/${adopted.paperId}.pdf`,
      papers: `${assessmentHref(assessment.id)}/giay-to`,
      overview: assessmentHref(assessment.id),
    },
    result: {
      badge: result.badge,
      why: result.why,
      levels: result.levels,
      lastYear:
        view.lastYear?.report.adopted === undefined
          ? 'Năm học trước không có báo cáo đã thông qua.'
          : `Năm học ${view.lastYear.year}: ${levelName(view.lastYear.report.adopted.level)}. ${changesSince(view)}`,
    },
    checks: formChecks(dossier).map(({ label, met, message, href }) => ({ label, met, message, href: href ?? '' })),
    figures: {
      href: figuresHref(review),
      reconciliation: reconciliationHref(review),
      badge: reconciliationBadge(dossier.figures.reconciliation),
    },
    begin: form('begin', 'bat-dau', {}),
    accept: form('accept', 'chap-nhan', { date: today, revision: review.rev }),
    back: form('return', 'tra-lai', {
      revision: review.rev,
      date: today,
      due: addWorkingDays(today, numbers.resubmitDue, numbers.holidays),
      points: facts.fixes,
    }),
    forward: form('forward', 'chuyen', {
      date: today,
      grounds: optionsOf(FORWARD_GROUNDS),
      due: forwardDue(round, numbers),
    }),
    provinceReturn: form('provinceReturn', 'so-tra-lai', {
      due: addWorkingDays(today, numbers.resubmitDue, numbers.holidays),
    }),
    withdraw: form('withdrawAcceptance', 'rut-chap-nhan', {}),
    takeOver: form('takeOver', 'so-lam-thay', { date: today, grounds: optionsOf(TAKE_OVER_GROUNDS) }),
    assign:
      mayOnReview.assign(actor, review) && (review.state === 'received' || review.state === 'underReview')
        ? {
            action: `${base}/phan-cong`,
            officer: review.officer?.personId ?? '',
            options: view.officers.map(({ personId, name, post }) => ({ value: personId, label: `${name} (${post})` })),
          }
        : undefined,
    rounds: review.rounds.map((each, index) => roundLine(each, index, REVIEW_STATES[review.state].label)).toReversed(),
    letters: review.letters
      .map(letter => ({
        term: letter.title,
        text: `Số ${letter.number} ngày ${printDay(letter.date)}`,
        href: `${base}/van-ban/${letter.id}.pdf`,
      }))
      .toReversed(),
    readHref: `${base}/doc`,
    readLabel:
      mayOnReview.remark(actor, review) && review.state === 'underReview' ? 'Đọc và ghi nhận xét' : 'Đọc báo cáo',
    differenceHref: comparedWith(review) ? `${base}/so-sanh` : '',
  }
}

const optionsOf = (table: Readonly<Record<string, string>>) =>
  Object.entries(table).map(([value, label]) => ({ value, label }))

const forwardDue = ({ outcome }: Round, { forwardDays, holidays }: ReviewNumbers): string =>
  outcome?.kind === 'accepted' ? printDay(addWorkingDays(outcome.on, forwardDays, holidays)) : ''

function reconciliationBadge(state: string) {
  const names: Readonly<Record<string, string>> = RECONCILIATION_STATE_NAMES
  const tone =
    state === 'verified' ? ('green' as const) : state === 'disputed' ? ('orange' as const) : ('grey' as const)
  return { label: names[state] ?? 'Không có phiếu đối sánh', tone }
}

function factsOf({ review, names }: ReviewView) {
  const round = lastRound(review)
  const { takenOver, forwarded } = review
  return [
    { term: 'Công văn của trường', text: `Số ${round.dispatch.number} ngày ${printDay(round.dispatch.date)}` },
    {
      term: 'Ngày đến',
      text: printDay(round.receivedOn),
      note: round.receivedNumber === undefined ? '' : `số đến ${round.receivedNumber}`,
    },
    {
      term: 'Đơn vị xem xét',
      text: names.get(review.handlerId) ?? review.handlerId,
      note: takenOver
        ? `Sở làm thay theo Quyết định số ${takenOver.decision.number} ngày ${printDay(takenOver.decision.date)}: ` +
          TAKE_OVER_GROUNDS[takenOver.ground].toLocaleLowerCase('vi')
        : '',
    },
    {
      term: 'Người xem xét',
      text: review.officer?.name ?? 'chưa phân công',
      note: round.begun ? `bắt đầu đọc ngày ${printDay(round.begun.on)}` : '',
    },
    { term: 'Hạn trả lời', text: printDay(round.answerDue) },
    ...(forwarded
      ? [
          {
            term: 'Chuyển Sở',
            text: `Số ${forwarded.number} ngày ${printDay(forwarded.date)}`,
            note: FORWARD_GROUNDS[forwarded.ground],
          },
        ]
      : []),
  ]
}

/** `now` is what the round without an end is called: the review's own state. */
function roundLine(round: Round, index: number, now: string) {
  const { outcome } = round
  const what =
    round.recalledOn !== undefined
      ? `Trường rút lại ngày ${printDay(round.recalledOn)}`
      : outcome?.kind === 'returned'
        ? `Trả để hoàn thiện ngày ${printDay(outcome.on)}`
        : outcome?.kind === 'accepted'
          ? `Chấp nhận ngày ${printDay(outcome.on)}`
          : now
  const until = outcome?.kind === 'returned' && outcome.due !== NO_DUE ? ` Hạn gửi lại ${printDay(outcome.due)}.` : ''
  const count = round.remarks.length === 0 ? 'không có nhận xét' : `${round.remarks.length} nhận xét`
  return {
    when: `Lần ${index + 1}, đến ngày ${printDay(round.receivedOn)}`,
    what,
    who: outcome?.by.name ?? '',
    detail: `Báo cáo bản ${round.reportVersion}, ${count}.${until}`,
    tone: outcome?.kind === 'accepted' ? 'green' : outcome?.kind === 'returned' ? 'orange' : 'grey',
  }
}

/** Which criteria reached another level than the year before; sets of different versions are not compared. */
function changesSince({ dossier: { assessment, set }, lastYear }: ReviewView): string {
  if (!lastYear || lastYear.set.hash !== assessment.set.hash) return ''
  const before = new Map(ratingOf(lastYear, set).criteria.map(({ code, level }) => [code, level]))
  const moved = ratingOf(assessment, set).criteria.filter(({ code, level }) => (before.get(code) ?? level) !== level)
  const words = (up: boolean): string =>
    moved
      .filter(({ code, level }) => level > (before.get(code) ?? level) === up)
      .map(({ code }) => code)
      .join(', ')
  const [up, down] = [words(true), words(false)]
  return [up === '' ? '' : `Tăng mức: ${up}.`, down === '' ? '' : `Giảm mức: ${down}.`].filter(Boolean).join(' ')
}
