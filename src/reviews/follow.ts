import { markAccepted, markReturned, ratingOf, REPORT, type Assessment } from '../assessments/index.ts'
import { entryBy } from '../journal/index.ts'
import { SYSTEM, type Actor } from '../kernel/actor.ts'
import { addWorkingDays } from '../kernel/dates.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import type { ReviewNeeds } from './needs.ts'
import { pointsOf } from './points.ts'
import { lastRound, NO_DUE, withLastRound, type PinnedText, type Review, type Round } from './review.ts'
import { REVIEW_VERSION } from './review-machine.ts'
import type { ReviewChange } from './review-store.ts'

/**
 * Which document decides: what could meet a step of the school (sending, recall, beginning to read, taking an acceptance
 * back) is decided in the assessment and followed here; return and acceptance rest on remarks and questions, are decided
 * in the review, and are followed by the assessment (`settle`).
 */
type Follow = 'receive' | 'recall' | 'begin' | 'return' | 'accept' | 'provinceReturn' | 'withdrawAcceptance'

/** What the assessment has decided and the review has not followed yet; undefined when both say the same. */
export function nextFollow(
  review: Review | undefined,
  { submissions }: Pick<Assessment, 'submissions'>,
): Follow | undefined {
  if (submissions.length === 0) return undefined
  if (!review) return 'receive'
  const round = lastRound(review)
  const sent = submissions[round.submission]
  if (!sent) return undefined
  const { state } = review
  if (state === 'received' && sent.recalledOn !== undefined) return 'recall'
  const answered = sent.returned !== undefined || sent.acceptedOn !== undefined
  if (state === 'received' && (sent.readingSince !== undefined || answered)) return 'begin'
  if ((sent.withdrawals?.length ?? 0) > round.withdrawals) return 'withdrawAcceptance'
  if (state === 'underReview' && sent.returned !== undefined) return 'return'
  if (state === 'underReview' && sent.acceptedOn !== undefined) return 'accept'
  if ((state === 'accepted' || state === 'forwarded') && sent.returned?.byProvince === true) return 'provinceReturn'
  return submissions.length > round.submission + 1 ? 'receive' : undefined
}

/**
 * Brings the review to where the assessment stands; harmless when done twice or by two at once. Whoever has just written
 * the assessment hands it on, and it is read again only where somebody else was faster.
 */
export const follow =
  (needs: ReviewNeeds) =>
  async (by: Actor, assessmentId: string, written?: Assessment): Promise<Review | undefined> => {
    for (let standing = written; ; standing = undefined) {
      // Nothing reviews what has just been sent for the first time; where something does, the insert meets it.
      const isFirst = standing?.state === 'submitted' && standing.submissions.length === 1
      const [review, assessment] = await Promise.all([
        isFirst ? undefined : needs.reviews.find(assessmentId),
        standing ?? needs.assessment.assessments.get(assessmentId),
      ])
      const next = nextFollow(review, assessment)
      if (next === undefined) return review
      try {
        const followed = review
          ? await step(needs, by, review, assessment, next)
          : await needs.reviews.insert(await firstReview(needs, by, assessment))
        if (nextFollow(followed, assessment) === undefined) return followed
      } catch (error) {
        // Somebody else has followed meanwhile; look again.
        if (!(error instanceof StaleWrite)) throw error
      }
    }
  }

async function firstReview(needs: ReviewNeeds, by: Actor, assessment: Assessment): Promise<Review> {
  const at = needs.assessment.now()
  const round = await receive(needs, assessment, 0, at)
  const unitId = assessment.submissions[0]?.toUnitId ?? ''
  const provinceId = assessment.ancestors.at(-1) ?? unitId
  const { id, schoolId, year, schoolKind } = assessment
  return {
    id,
    schoolId,
    year,
    schoolKind,
    unitId,
    handlerId: unitId,
    provinceId,
    state: 'received',
    machine: REVIEW_VERSION,
    rev: 1,
    due: round.startDue,
    rounds: [round],
    letters: [],
    outbox: [entry(by, at, { id, year, unitId, rev: 1, event: 'receive', to: 'received' })],
  }
}

/** Freezes the words and figures that will be read, then makes the round that names them. */
async function receive(needs: ReviewNeeds, assessment: Assessment, submission: number, at: Date): Promise<Round> {
  const { sheets } = needs.assessment
  const [texts, figures, { reviewStartDays, reviewDays, holidays }, set] = await Promise.all([
    sheets.find(assessment.id, REPORT),
    needs.figuresSent(assessment),
    needs.reviewNumbers(assessment),
    needs.assessment.setOf(assessment.set.hash),
  ])
  const sent = assessment.submissions[submission]
  if (!sent) throw new Error(`assessment ${assessment.id} has no sending ${submission}`)
  const own = await sheets.pin({ ...texts, figures }, submission + 1, at)
  const rating = ratingOf(assessment, set)
  const levels = new Map([...rating.criteria, ...rating.local].map(({ code, level }) => [code, level]))
  const read = Object.values(assessment.criteria).flatMap(({ code, pin, answers }): readonly PinnedText[] => {
    const level = levels.get(code)
    return pin === undefined ? [] : [{ code, pin, answers, ...(level !== undefined && { level }) }]
  })
  return {
    submission,
    receivedOn: sent.on,
    dispatch: { number: sent.number, date: sent.date },
    reportVersion: sent.reportVersion,
    startDue: addWorkingDays(sent.on, reviewStartDays, holidays),
    answerDue: addWorkingDays(sent.on, reviewDays, holidays),
    level: assessment.report.adopted?.level ?? rating.level,
    read: [...read, { code: REPORT, pin: own.id }],
    remarks: [],
    withdrawals: 0,
  }
}

async function step(
  needs: ReviewNeeds,
  by: Actor,
  review: Review,
  assessment: Assessment,
  event: Follow,
): Promise<Review> {
  const at = needs.assessment.now()
  const { change, reason } = await effectOf(needs, by, review, assessment, event, at)
  return needs.reviews.advance(
    review,
    change,
    entry(by, at, {
      id: review.id,
      year: review.year,
      unitId: review.handlerId,
      rev: review.rev + 1,
      event: event === 'receive' ? 'receiveAgain' : event,
      from: review.state,
      to: change.state ?? review.state,
      ...(reason !== undefined && { reason }),
    }),
  )
}

async function effectOf(
  needs: ReviewNeeds,
  by: Actor,
  review: Review,
  assessment: Assessment,
  event: Follow,
  at: Date,
): Promise<{ readonly change: ReviewChange; readonly reason?: string }> {
  const round = lastRound(review)
  const sent = assessment.submissions[round.submission]
  const last = (change: Partial<Round>) => withLastRound(review, each => ({ ...each, ...change }))
  switch (event) {
    case 'receive': {
      const again = await receive(needs, assessment, round.submission + 1, at)
      return { change: { state: 'received', due: again.startDue, rounds: [...review.rounds, again] } }
    }
    case 'recall':
      return {
        change: { state: 'recalled', due: NO_DUE, rounds: last({ recalledOn: sent?.recalledOn ?? round.receivedOn }) },
      }
    case 'begin': {
      const reader = sent?.reader ?? { personId: by.personId, name: by.name }
      const on = sent?.readingSince ?? sent?.returned?.on ?? sent?.acceptedOn ?? round.receivedOn
      const officer = review.officer ?? reader
      return {
        change: { state: 'underReview', due: round.answerDue, officer, rounds: last({ begun: { ...reader, on } }) },
      }
    }
    case 'withdrawAcceptance': {
      const why = sent?.withdrawals?.at(-1)?.reason ?? ''
      const { outcome: _, ...kept } = round
      const rounds = withLastRound(review, () => ({ ...kept, withdrawals: round.withdrawals + 1 }))
      return { change: { state: 'underReview', due: round.answerDue, rounds, gone: ['forwarded'] }, reason: why }
    }
    case 'return':
    case 'provinceReturn': {
      const due = sent?.returned?.due ?? NO_DUE
      const person = { personId: by.personId, name: by.name }
      const outcome = { kind: 'returned', on: sent?.returned?.on ?? round.receivedOn, by: person, due } as const
      const reason = sent?.returned?.points.map(point => point.reason).join(' ') ?? ''
      return {
        change: { state: 'returned', due, rounds: last({ outcome }), gone: ['forwarded'] },
        reason,
      }
    }
    case 'accept': {
      const person = { personId: by.personId, name: by.name }
      const outcome = { kind: 'accepted', on: sent?.acceptedOn ?? round.receivedOn, by: person } as const
      return { change: { state: 'accepted', due: NO_DUE, rounds: last({ outcome }) } }
    }
  }
}

/** Marks in the assessment what the review has decided; harmless when done twice. */
export const settle =
  (needs: ReviewNeeds) =>
  async (by: Actor, review: Review): Promise<void> => {
    if (lastRound(review).outcome === undefined) return
    for (;;) {
      const assessment = await needs.assessment.assessments.get(review.id)
      const round = lastRound(review)
      const sent = assessment.submissions[round.submission]
      if (assessment.state !== 'submitted' || !sent || round.submission !== assessment.submissions.length - 1) return
      if ((sent.withdrawals?.length ?? 0) > round.withdrawals) return
      try {
        if (round.outcome?.kind === 'returned' && sent.returned === undefined)
          await markReturned(needs.assessment, by, assessment, { points: pointsOf(round), due: round.outcome.due })
        else if (round.outcome?.kind === 'accepted' && sent.acceptedOn === undefined)
          await markAccepted(needs.assessment, by, assessment)
        return
      } catch (error) {
        if (!(error instanceof StaleWrite)) throw error
      }
    }
  }

interface Told {
  readonly id: string
  readonly year: Review['year']
  readonly unitId: string
  readonly rev: number
  readonly event: string
  readonly from?: string
  readonly to?: string
  readonly reason?: string
  readonly facts?: Readonly<Record<string, unknown>>
}

/** The journal entry of a step of a review, kept with the unit that reviews. */
export const entry = (by: Actor, at: Date, { id, year, unitId, rev, ...told }: Told) =>
  entryBy(by, at, { id: `review:${id}:${rev}`, unitId, year, subject: { kind: 'review', id }, ...told })

/** States of an assessment in which a review may lag behind it, or it behind the review; accepted ones were decided here. */
const UNSETTLED: readonly Assessment['state'][] = ['published', 'submitted', 'returned']

/** Completes what a crash left between a decision and what follows from it; run at every start. */
export async function finishReviews(needs: ReviewNeeds): Promise<void> {
  for (const state of UNSETTLED) {
    const sent = (await needs.assessment.assessments.inState(state)).filter(each => each.submissions.length > 0)
    const reviews = new Map((await needs.reviews.ofAssessments(sent.map(({ id }) => id))).map(each => [each.id, each]))
    for (const assessment of sent) {
      const known = reviews.get(assessment.id)
      const isBehind = nextFollow(known, assessment) !== undefined
      const review = isBehind ? await follow(needs)(SYSTEM, assessment.id) : known
      if (review && state === 'submitted') await settle(needs)(SYSTEM, review)
    }
  }
}
