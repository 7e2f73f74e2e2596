import type { Answers, ChangeSwitches, CriteriaSet, RegimeId, Verdict } from '../catalogue/index.ts'
import type { Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { SchoolKind } from '../kernel/unit-kinds.ts'
import { workingYear, type WorkingYear } from '../kernel/working-year.ts'
import type { AssessmentState } from './assessment-machine.ts'
import type { Body } from '../seats/index.ts'
import type { CouncilMember } from './council-rules.ts'
import type { CouncilDecision, CriterionState } from './criterion-machine.ts'
import type { GroupRights } from './group-rights.ts'
import type { CountedVotes } from './vote.ts'

/** One school's self-assessment of one working year: the small document in which everything is decided (design § 4). */
export interface Assessment {
  /** `<schoolId>.<year>`, so that a school has one a year. */
  readonly id: string
  readonly schoolId: string
  readonly year: WorkingYear
  readonly schoolKind: SchoolKind
  readonly state: AssessmentState
  readonly machine: string
  readonly rev: number
  /** The criteria version that was pinned at the opening, by content hash, with the changes switched on or off then. */
  readonly set: { readonly id: string; readonly hash: string; readonly switches: ChangeSwitches }
  /** The regime in force at the opening; the oldest one where none is named. */
  readonly regime?: RegimeId
  /** Managing chain on the day of the opening, nearest first. */
  readonly ancestors: readonly string[]
  readonly openedOn: Day
  readonly council: Council
  /** Every list that was decided, oldest first; the last one is in force. */
  readonly councilVersions: readonly CouncilVersion[]
  readonly groups: readonly Group[]
  /** Persons on the council or in a group: what an actor's seats are read from. */
  readonly peopleIds: readonly string[]
  /** By `keyOf(code)`; clauses of Mức 4 stand here too when the school aims at it. */
  readonly criteria: Readonly<Record<string, CriterionDecision>>
  readonly aimsAtLevelFour: boolean
  /** The vice chair whom the chair has authorised to preside, to that day inclusive. */
  readonly presiding?: { readonly personId: string; readonly to: Day }
  readonly plan: PlanDecision
  readonly consultation?: Consultation
  readonly report: ReportDecision
  readonly submissions: readonly Submission[]
  /** Yearly additions to an accepted report, oldest first. */
  readonly supplements: readonly Supplement[]
  readonly cancelled?: { readonly reason: string; readonly decision: string; readonly on: Day }
  /** Whose texts and evidence it began with; absent: last year's, when that was adopted. */
  readonly startedFrom?: StartedFrom
  /** A newer criteria version has been taken and the sheets are being moved: nobody writes until that is done. */
  readonly moving?: {
    readonly fromHash: string
    readonly mapping: string
    readonly round: number
    /** By key of a criterion before the move: its group. */
    readonly groups?: Readonly<Record<string, string>>
  }
  /** By `keyOf(code)`: a criterion that comes back begins above this revision, so that no frozen text is taken for another. */
  readonly revFloors?: Readonly<Record<string, number>>
  /** Lives of this school and year that were cancelled, oldest first. */
  readonly earlier?: readonly EarlierLife[]
  readonly outbox: readonly JournalEntry[]
}

/** What has changed since the report was accepted (báo cáo tự đánh giá bổ sung), frozen as a paper. */
export interface Supplement {
  readonly paperId: string
  readonly on: Day
  readonly text: string
  readonly changes: readonly string[]
}

/** `nothing`: an empty start was chosen. */
export type StartedFrom = { readonly assessmentId: string } | 'nothing'

/** What stays readable of a cancelled life when the school opens the same year again. */
export type EarlierLife = Pick<
  Assessment,
  'openedOn' | 'set' | 'councilVersions' | 'groups' | 'criteria' | 'plan' | 'report' | 'cancelled'
> & { readonly lastRev: number }

export interface Council {
  readonly members: readonly CouncilMember[]
  /** Bodies of Điều 24 without a seat, each with the recorded reason. */
  readonly absentBodies: Readonly<Partial<Record<Body, string>>>
  readonly secretariat: readonly Helper[]
}

/** A person of the secretariat or of a group, with name and post as they were when the list was made. */
export interface Helper {
  readonly personId: string
  readonly name: string
  readonly post: string
}

export interface CouncilVersion extends Council {
  readonly version: number
  readonly decision: { readonly number: string; readonly date: Day }
  readonly groups: readonly Group[]
  /** Why the list was changed, on a supplementary decision (kiện toàn). */
  readonly reason?: string
  readonly paperId: string
}

export interface Group {
  readonly id: string
  readonly name: string
  readonly lead?: Helper
  readonly members: readonly Helper[]
  /** Codes of the criteria that the chair gives it; from the approval of the plan on, each criterion names its group too. */
  readonly criteria?: readonly string[]
  readonly duty?: string
  /** The chair's decision on what its members may do; absent: what the process gives. */
  readonly rights?: GroupRights
}

/** What is decided about one criterion; its texts live in its sheet. */
export interface CriterionDecision {
  readonly code: string
  readonly state: CriterionState
  /** Guards every write on this criterion, so that ten people on ten criteria never conflict. */
  readonly rev: number
  readonly groupId?: string
  readonly answers: Answers
  /** Everybody who has written in the sheet since it was last returned. */
  readonly authors: readonly string[]
  /** The frozen text on which the present state rests (`sheetPins`). */
  readonly pin?: string
  readonly handedIn?: Stamp
  readonly confirmed?: Stamp
  readonly agreed?: Stamp & { readonly decision: CouncilDecision }
  /** The last return, until the sheet is handed in again. */
  readonly returned?: Stamp & { readonly reason: string; readonly anchor: string; readonly from: 'group' | 'council' }
  /** Carried over from last year and not yet confirmed by a person. */
  readonly notReviewed?: boolean
}

export interface Stamp {
  readonly by: string
  readonly name: string
  readonly at: Date
}

export interface PlanDecision {
  /** Version in force: `plans` holds its frozen content; 0 when none has been approved. */
  readonly version: number
  readonly number?: string
  readonly approvedOn?: Day
  readonly paperId?: string
  /** Deadlines of the approved timetable by setting key. */
  readonly deadlines: Readonly<Record<string, Day>>
}

/** The comment round; the texts live in `comments`, their answers are counted here. */
export interface Consultation {
  readonly openedOn: Day
  readonly endsOn: Day
  readonly closedOn?: Day
  readonly comments: readonly { readonly id: string; readonly answered: boolean }[]
}

export interface ReportDecision {
  /** Counts the adopted versions: 0 until the first adoption. */
  readonly version: number
  /** The last draft that was printed for the council or the comment round, with the level that stands in it. */
  readonly draft?: { readonly level: number; readonly paperId: string; readonly at: Date }
  readonly adopted?: Stamp & {
    readonly on: Day
    readonly votes: CountedVotes
    readonly minutes: string
    /** Why no comment round was held. */
    readonly waived?: string
    readonly level: number
    readonly paperId: string
    readonly sha256: string
  }
  readonly published?: {
    readonly on: Day
    readonly place: string
    readonly paper: 'signedFile' | 'paper'
    readonly signedSha256?: string
    readonly note?: string
  }
}

export interface Submission {
  readonly on: Day
  readonly number: string
  readonly date: Day
  readonly toUnitId: string
  readonly reportVersion: number
  readonly recalledOn?: Day
  readonly returned?: {
    readonly on: Day
    readonly points: readonly ReturnPoint[]
    readonly due: Day
    /** Sent back by the Sở after the managing unit had accepted and forwarded it. */
    readonly byProvince?: boolean
  }
  readonly acceptedOn?: Day
  /** From here on the report can no longer be recalled. */
  readonly readingSince?: Day
  /** Who began to read it. */
  readonly reader?: { readonly personId: string; readonly name: string }
  /** Acceptances of this sending that were taken back, oldest first. */
  readonly withdrawals?: readonly { readonly on: Day; readonly reason: string; readonly name: string }[]
}

export interface ReturnPoint {
  readonly criterion?: string
  readonly anchor: string
  readonly reason: string
  /** The sentence of the report that it is about, as it was read. */
  readonly quote?: string
  readonly answer?: string
}

/** A criterion's code as a field name of MongoDB: `1.10` → `1_10`. */
export const keyOf = (code: string): string => code.replaceAll('.', '_')

export const assessmentId = (schoolId: string, year: WorkingYear): string => `${schoolId}.${year}`

/** What such an id is made of; throws for one that names no working year. */
export function partsOfId(id: string): { readonly schoolId: string; readonly year: WorkingYear } {
  const dot = id.lastIndexOf('.')
  return { schoolId: id.slice(0, dot), year: workingYear(id.slice(dot + 1)) }
}

export const isLevelFour = (code: string): boolean => code.startsWith('22.')

/** Codes of all sheets of an assessment in reading order; clauses of Mức 4 last and only when aimed at. */
export const sheetCodes = (set: CriteriaSet, aimsAtLevelFour: boolean): readonly string[] => [
  ...set.standards.flatMap(standard => standard.criteria.map(criterion => criterion.code)),
  ...(aimsAtLevelFour ? set.levelFour.map(clause => clause.code) : []),
]

/** Answers of all criteria by code, for the computation of levels. */
export const answersOf = (assessment: Assessment): Readonly<Record<string, Answers>> =>
  Object.fromEntries(Object.values(assessment.criteria).map(decision => [decision.code, decision.answers]))

/** Verdicts on the clauses of Mức 4 by clause code; a clause is answered as level 4, indicator a. */
export const levelFourAnswers = (assessment: Assessment): Readonly<Record<string, Verdict>> =>
  Object.fromEntries(
    Object.values(assessment.criteria).flatMap(decision => {
      const verdict = decision.answers['4']?.['a']
      return isLevelFour(decision.code) && verdict ? [[decision.code, verdict]] : []
    }),
  )
