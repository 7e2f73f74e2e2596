import type { Day } from '../kernel/dates.ts'
import type { SchoolKind } from '../kernel/unit-kinds.ts'

/** Whether the official text was seen to say so. Unverified things warn, they never block. */
export type Verification = 'confirmed' | 'unverified'

export type RatingKind = 'levels' | 'points' | 'quota'

/**
 * A node that the Sở or a managing unit added for a year: asked and printed as “địa phương”, never counted in a level
 * (the circulars leave no room for demands of a place).
 */
interface Local {
  readonly local?: true
}

/** What one indicator (chỉ báo) asks at one level, in our own short words; `official` may be pasted by an officer. */
export interface Indicator extends Local {
  readonly code: string
  readonly gist: string
  readonly official?: string
  readonly cite: string
  /** False when the level holds a single demand that the text does not letter. */
  readonly lettered: boolean
  /** In force when absent. `repealed`: not asked from a day on, if `standing` is confirmed or the Sở switched it on. */
  readonly changes: readonly Change[]
}

/** A dated change by a later instrument: the node stops being asked, or its words changed. */
export interface Change {
  readonly id: string
  readonly instrument: string
  readonly from: Day
  readonly effect: 'repealed' | 'amended'
  readonly standing: Verification
  readonly note?: string
}

/** A numeric threshold behind an indicator; compared with the school's figures, warns only. */
export interface Threshold {
  readonly key: string
  readonly label: string
  readonly op: '>=' | '<=' | '=' | '>' | '<'
  readonly value: number
  readonly unit: string
  readonly level: string
  readonly indicator: string
  readonly appliesTo?: Readonly<Record<string, string>>
  readonly windowYears?: number
  readonly aggregate?: string
  readonly verification: Verification
  readonly source?: string
  /** True: falling short blocks instead of warning; the linter refuses it while `verification` is unverified. */
  readonly binding?: boolean
}

export interface LevelDemand {
  /** '1', '2' or '3'; the fourth level lives in `levelFour`. */
  readonly level: string
  readonly verification: Verification
  readonly indicators: readonly Indicator[]
}

export interface Criterion extends Local, Advice {
  readonly code: string
  readonly title: string
  readonly confidence: 'high' | 'medium' | 'low'
  readonly levels: readonly LevelDemand[]
  readonly thresholds: readonly Threshold[]
  readonly typicalEvidence: readonly string[]
  readonly note?: string
  readonly appliesTo?: readonly SchoolKind[]
  /** Points sets: how many points, or a mandatory condition; and its scored items. */
  readonly points?: PointsDemand
  /** Quota sets: comparisons computed from figures. */
  readonly quotas?: readonly Quota[]
  readonly changes: readonly Change[]
}

/** What a year's tree says beside a criterion; none of it is part of the official text. */
export interface Advice {
  readonly guidance?: string
  /** Examples of good evidence. */
  readonly goodEvidence?: readonly string[]
  /** Evidence that every school has to show; its absence warns. */
  readonly requiredEvidence?: readonly string[]
  /** `MM-DD`: the sheet is due on that day of the working year, when that is earlier than the plan's own day. */
  readonly due?: string
}

export interface PointsDemand {
  readonly kind: 'mandatory' | 'scored'
  readonly gist: string
  readonly max: number
  readonly maxVerification: Verification
  readonly items: readonly {
    readonly code: string
    readonly gist: string
    readonly max: number
    readonly verification: Verification
    readonly measure?: Measure
  }[]
  /** Figures that help to score the whole criterion. */
  readonly measures?: readonly Measure[]
  /** Bands of the criterion's own level; null when not known. */
  readonly bands: Readonly<Record<string, Band | null>>
  readonly bandsVerification: Verification
}

/** A figure behind a scored item; the points it earns are still given by a person. */
export interface Measure {
  readonly key: string
  readonly label?: string
  readonly unit: string
}

/** min, max include their mark; below, above do not. */
export interface Band {
  readonly min?: number
  readonly max?: number
  readonly below?: number
  readonly above?: number
}

export interface Quota {
  readonly key: string
  readonly label: string
  /** Names of statistics, numbers and + - * / only; a zero denominator gives no result. */
  readonly formula: string
  readonly op: Threshold['op']
  readonly value: number
  readonly unit: string
  readonly profile: string
  /** `gradeLevel` names the school kind whose figures are compared. */
  readonly appliesTo?: Readonly<Record<string, string>>
  readonly verification: Verification
  readonly source?: string
}

export interface Standard extends Local {
  readonly code: string
  readonly title: string
  readonly criteria: readonly Criterion[]
  readonly maxPoints?: number
}

/** A clause of the fourth level (khoản của Điều 22). */
export interface LevelFourClause {
  readonly code: string
  readonly gist: string
  readonly cite: string
  readonly verification: Verification
  readonly changes: readonly Change[]
}

/** One criteria set as published: immutable, named by the hash of its content. */
export interface CriteriaSet {
  readonly id: string
  readonly title: string
  /** Number of the circular or decision, e.g. `17/2018/TT-BGDĐT`. */
  readonly instrument: string
  readonly issuer: string
  readonly issued: Day
  readonly validFrom: Day
  readonly validTo?: Day
  readonly schoolKinds: readonly SchoolKind[]
  readonly rating: RatingKind
  readonly labels: { readonly standard: string; readonly criterion: string; readonly indicator: string }
  readonly note?: string
  readonly standards: readonly Standard[]
  readonly levelFour: readonly LevelFourClause[]
  readonly amendments: readonly Amendment[]
  /** Points sets: levels of the whole by total and by standard. Quota sets: the profiles to choose from. */
  readonly pointsRules?: {
    readonly totalPerStandard: number
    readonly levels: Readonly<Record<string, Band | null>>
    readonly verification: Verification
    readonly note?: string
    readonly levelNames?: Readonly<Record<string, string>>
    /** What a missing mandatory condition does to its standard: keep it at the lowest level, or only be shown. */
    readonly mandatory?: {
      readonly effect: 'holdAtLowest' | 'warnOnly'
      readonly verification: Verification
      readonly note?: string
    }
  }
  readonly profiles?: readonly Profile[]
  readonly statistics?: readonly Statistic[]
  /** Quota sets: the share of schools that should meet a criterion, for managing units. */
  readonly targets?: readonly Target[]
  /** Legal bases printed as Căn cứ of the decision and plan. */
  readonly legalBases: readonly string[]
  readonly procedure: Readonly<Record<string, unknown>>
  readonly relatedDocuments: readonly RelatedDocument[]
  /** Hash of the version that a year's tree added to; absent in what was imported. */
  readonly basedOn?: string
}

export interface RelatedDocument {
  readonly number: string
  readonly subject: string
  readonly usedBy: string
  readonly issued?: Day
  readonly verification?: Verification
  readonly note?: string
}

/** One published table of quotas; a place chooses one of them for a working year. */
export interface Profile {
  readonly code: string
  readonly name: string
  readonly scope?: string
  readonly verification: Verification
  readonly note?: string
}

export interface Statistic {
  readonly key: string
  readonly label: string
  readonly unit: string
  /** One value for each school kind of a multi-level school. */
  readonly perGradeLevel?: boolean
}

export interface Target {
  readonly key: string
  readonly label: string
  /** Codes of the criteria that a school must meet to be counted; empty when no criterion of the set measures it. */
  readonly criteria: readonly string[]
  readonly op: Threshold['op']
  /** Null when each office sets it for its own year. */
  readonly value: number | null
  readonly basis: 'stated' | 'setByOffice'
  readonly verification: Verification
  readonly source?: string
  readonly note?: string
}

export interface Amendment {
  readonly instrument: string
  /** Absent when the day is not known to us. */
  readonly issued?: Day
  readonly from?: Day
  readonly verification: Verification
  readonly notes: readonly { readonly target: string; readonly note: string; readonly verification: Verification }[]
}

/** A set with the hash of its content: what an assessment pins. */
export interface CriteriaVersion {
  readonly hash: string
  readonly set: CriteriaSet
}

/** An answer to one indicator. `notApplicable` only by catalogue or by a recorded decision of the Sở (process § 4). */
export type Verdict = 'met' | 'notMet' | 'notApplicable'

/** level → indicator → verdict of one criterion; a missing key is not answered. */
export type Answers = Readonly<Record<string, Readonly<Record<string, Verdict>>>>
