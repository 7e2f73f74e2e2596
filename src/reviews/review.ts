import type { Answers } from '../catalogue/index.ts'
import type { Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { SchoolKind } from '../kernel/unit-kinds.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { ReviewState } from './review-machine.ts'

/** The managing level's review of one school's assessment of one year: a round for each sending (process § 14.4). */
export interface Review {
  /** The assessment's own id: one review each. */
  readonly id: string
  readonly schoolId: string
  readonly year: WorkingYear
  readonly schoolKind: SchoolKind
  /** The unit that the report was sent to. */
  readonly unitId: string
  /** The unit that reviews it now: the receiver, or the Sở after it has taken over. */
  readonly handlerId: string
  /** The Sở above the receiver. */
  readonly provinceId: string
  readonly state: ReviewState
  readonly machine: string
  readonly rev: number
  readonly officer?: Person
  /** By when the present state is to be left; `NO_DUE` where nothing is due. Lists are sorted by it. */
  readonly due: Day
  readonly rounds: readonly Round[]
  readonly letters: readonly Letter[]
  readonly takenOver?: TakeOver
  readonly forwarded?: Forwarding
  readonly outbox: readonly JournalEntry[]
}

export interface Person {
  readonly personId: string
  readonly name: string
}

/** Sorts behind every real day. */
export const NO_DUE: Day = '9999-12-31'

/** One reading of one sending. */
export interface Round {
  /** Index of the sending in the assessment's `submissions`. */
  readonly submission: number
  readonly receivedOn: Day
  /** Number in the receiver's own book of incoming papers (số đến), when it was entered. */
  readonly receivedNumber?: string
  readonly dispatch: { readonly number: string; readonly date: Day }
  readonly reportVersion: number
  /** By when reading is to begin and the answer is to be given, in working days from the receipt. */
  readonly startDue: Day
  readonly answerDue: Day
  /** Level printed in the report; 0 is “không đạt”. */
  readonly level: number
  /** The frozen words that were read: one pin per criterion, and one of the report's own texts. */
  readonly read: readonly PinnedText[]
  readonly begun?: Person & { readonly on: Day }
  readonly remarks: readonly Remark[]
  readonly recalledOn?: Day
  readonly outcome?: Outcome
  /** Acceptances of this round that were taken back. */
  readonly withdrawals: number
}

export interface PinnedText {
  /** Criterion code, or `REPORT` for the report's own texts. */
  readonly code: string
  readonly pin: string
  /** Level that the criterion had then; absent for the report's texts and where it was not computed. */
  readonly level?: number
  /** The school's answers by level and indicator as they were sent; absent in rounds that did not keep them yet. */
  readonly answers?: Answers
}

/** `fix`: must be mended, a return rests on it; `question`: the school answers without a return; `advice`: binds nobody. */
export type RemarkKind = 'fix' | 'question' | 'advice'

export type ReasonCode =
  'noEvidence' | 'descriptionDiffers' | 'levelUnfounded' | 'figuresDiffer' | 'weakPlan' | 'formFault' | 'other'

/** A place in the report: a part of a sheet or of the report's own texts, and a sentence in it. */
export interface Anchor {
  /** Criterion code, `REPORT`, or `FIGURES` for the tables of Phần I. */
  readonly code: string
  /** Part key (`description.1.a`, `strengths`, `situation`); empty: the sheet or the tables as a whole. */
  readonly part: string
  /** The sentence as it was stored, with `[[id]]` citations; empty: the whole part. */
  readonly quote: string
  /** Where the sentence began in the stored text, in characters. */
  readonly offset: number
  /** Words inside the sentence that were marked, as they were shown. */
  readonly words?: string
}

/** Remarks on the tables of Phần I are anchored here. */
export const FIGURES = 'phan-1'

export interface Remark {
  readonly id: string
  readonly kind: RemarkKind
  readonly anchor: Anchor
  readonly reason: ReasonCode
  readonly text: string
  readonly by: Person
  readonly at: Date
  /** The school's answer to a question. */
  readonly answer?: { readonly text: string; readonly by: Person; readonly at: Date }
  /** A question that the officer holds for settled. */
  readonly closedOn?: Day
}

export type Outcome =
  | { readonly kind: 'returned'; readonly on: Day; readonly by: Person; readonly due: Day; readonly letter?: string }
  | { readonly kind: 'accepted'; readonly on: Day; readonly by: Person; readonly letter?: string }

/** A frozen letter of the managing level to the school: bytes and blocks lie in the file store by their SHA-256. */
export interface Letter {
  readonly id: string
  readonly kind: 'return' | 'accept'
  readonly title: string
  readonly number: string
  readonly date: Day
  readonly sha256: string
  readonly docSha256: string
  readonly pages: number
}

/** Why the Sở does it for the unit: no officer there, a conflict of interest, or a merger. */
export type TakeOverGround = 'noOfficer' | 'conflict' | 'merger'

export interface TakeOver {
  readonly ground: TakeOverGround
  readonly decision: { readonly number: string; readonly date: Day }
  readonly on: Day
  readonly by: Person
}

/** What a forwarding rests on: the school has registered for the external assessment, or the period's report lists it. */
export type ForwardGround = 'external' | 'period'

export interface Forwarding {
  readonly ground: ForwardGround
  readonly number: string
  readonly date: Day
}

/** The round that is being read, or was last. A review has one from its first moment. */
export function lastRound({ rounds }: Pick<Review, 'rounds'>): Round {
  const round = rounds.at(-1)
  if (!round) throw new Error('a review without a round')
  return round
}

/** The earlier round that the present one is compared with: one that was answered, not one that the school took back. */
export const comparedWith = ({ rounds }: Pick<Review, 'rounds'>): Round | undefined =>
  rounds.slice(0, -1).findLast(({ recalledOn }) => recalledOn === undefined)

/** The rounds with the last one changed. */
export const withLastRound = ({ rounds }: Pick<Review, 'rounds'>, change: (round: Round) => Round): readonly Round[] =>
  rounds.map((round, index) => (index === rounds.length - 1 ? change(round) : round))

export const isOpenQuestion = ({ kind, closedOn }: Remark): boolean => kind === 'question' && closedOn === undefined

/** Questions of the present round that the school still has to answer. */
export const questionsToAnswer = (review: Pick<Review, 'rounds'>): readonly Remark[] =>
  lastRound(review).remarks.filter(remark => isOpenQuestion(remark) && remark.answer === undefined)
