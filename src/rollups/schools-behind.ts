import { may, SENT, type Assessment } from '../assessments/index.ts'
import type { LineFact } from '../figures/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import type { Place, PlacedSchool } from './places.ts'
import type { Condition, Filter } from './rollup-input.ts'
import type { SchoolFacts } from './school-facts.ts'
import type { TitleFact } from './school-row.ts'
import type { SetLayout } from './set-layout.ts'
import type { LineCount } from './tally.ts'

/** A school behind a cell, with what is known of its year. */
export interface SchoolBehind {
  readonly school: PlacedSchool
  readonly place: Place
  readonly facts?: SchoolFacts
  /** Absent where nobody asked for them. */
  readonly titles?: readonly TitleFact[]
}

/** What a condition is judged by beside the school's own facts. */
export interface Matching {
  readonly today: Day
  readonly dueOf: (place: Place) => Day
  /** Of the version that a sent report was made by; undefined for a version that is not asked about. */
  readonly layoutOf: (hash: string) => SetLayout | undefined
}

const IS_SENT = new Set(SENT)

/** The sent report of a school's year: what it says may be counted and shown above the school. */
export function sentReport(facts: SchoolFacts | undefined): SchoolFacts['assessment'] {
  const assessment = facts?.assessment
  return assessment && IS_SENT.has(assessment.state) ? assessment : undefined
}

/** Whether a school stands behind the cell: the same conditions that the sums count by. */
export function standsBehind(
  condition: Condition,
  behind: SchoolBehind,
  { today, dueOf, layoutOf }: Matching,
): boolean {
  const { facts, place, titles = [] } = behind
  const state = facts?.assessment?.state
  const sent = sentReport(facts)
  const stillToSend = sent === undefined && state !== 'cancelled'
  switch (condition.is) {
    case 'all':
      return true
    case 'notOpened':
      return state === undefined
    case 'opened':
      return state !== undefined
    case 'sent':
      return sent !== undefined
    case 'notSent':
      return stillToSend
    case 'late':
      return stillToSend && today > dueOf(place)
    case 'state':
      return state === condition.state
    case 'level':
      return sent?.level === condition.level
    case 'atLeast':
      return sent?.level !== undefined && sent.level >= condition.level
    case 'criterionAt':
      return levelLetter(sent, condition.code, layoutOf) === String(condition.level)
    case 'criterionBelow': {
      const letter = levelLetter(sent, condition.code, layoutOf)
      return isDigit(letter) && Number(letter) < condition.level
    }
    case 'criterionRated':
      return isDigit(levelLetter(sent, condition.code, layoutOf))
    case 'met':
      return verdictLetter(sent, condition.code, layoutOf) === 'm'
    case 'notMet':
      return verdictLetter(sent, condition.code, layoutOf) === 'n'
    case 'blocked':
      return sent !== undefined && layoutOf(sent.setHash) !== undefined && sent.blockedBy.includes(condition.code)
    case 'reconciliation':
      return (facts?.reconciliation?.state ?? 'none') === condition.state
    case 'line':
      return countsUnder(facts?.compared?.lines[condition.line], condition.what)
    case 'differing':
      return condition.what === 'apart'
        ? (facts?.compared?.differing ?? 0) > 0
        : (facts?.compared?.unexplained ?? 0) > 0
    case 'figures':
      return facts?.figures !== undefined
    case 'title':
      return titles.some(each => !each.ended && each.kind === condition.kind && each.grade === condition.grade)
  }
}

/** The level of a criterion or a standard as a sent report says it. */
function levelLetter(
  sent: ReturnType<typeof sentReport>,
  code: string,
  layoutOf: Matching['layoutOf'],
): string | undefined {
  const layout = sent && layoutOf(sent.setHash)
  const at = layout ? [...layout.standards, ...layout.criteria].indexOf(code) : -1
  return at >= 0 ? sent?.levels[at] : undefined
}

/** How an indicator or a clause was judged by a sent report. */
function verdictLetter(
  sent: ReturnType<typeof sentReport>,
  code: string,
  layoutOf: Matching['layoutOf'],
): string | undefined {
  const at = (sent && layoutOf(sent.setHash))?.asked.findIndex(asked => asked.code === code) ?? -1
  return at >= 0 ? sent?.verdicts[at] : undefined
}

/** Whether the line of a school adds to this count. */
function countsUnder(fact: LineFact | undefined, what: LineCount): boolean {
  const { assigned, current, difference } = fact ?? {}
  switch (what) {
    case 'assigned':
    case 'given':
      return assigned !== undefined
    case 'current':
    case 'there':
      return current !== undefined
    case 'both':
      return difference !== undefined
    case 'apart':
      return difference !== undefined && difference !== 0
    case 'more':
      return difference !== undefined && difference > 0
    case 'less':
      return difference !== undefined && difference < 0
  }
}

const isDigit = (letter: string | undefined): boolean => letter !== undefined && /^\d$/.test(letter)

/** Whether the filter keeps a school, whatever its year. */
export const isKept = (school: PlacedSchool, { kind, ownership }: Pick<Filter, 'kind' | 'ownership'>): boolean =>
  (kind === undefined || school.kind === kind) && (ownership === undefined || school.ownership === ownership)

/** Whether this person may open the school's assessment: the rule of the assessment itself. */
export function mayOpenIt(actor: Actor, facts: SchoolFacts | undefined): boolean {
  if (!facts?.assessment) return false
  const { id, state, ancestors } = facts.assessment
  // The conditions of `read` ask for these fields alone.
  const asked = { id, state, ancestors, schoolId: facts.schoolId, year: facts.year } satisfies Partial<Assessment>
  return may.read(actor, asked as unknown as Assessment)
}
