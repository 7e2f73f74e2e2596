import type { ExternalFact, SchoolRow, TitleFact, TitleKind } from '../rollups/index.ts'
import type { YearFacts } from './annual-table.ts'

type Fact = (row: SchoolRow, facts: YearFacts) => boolean

const byClosing = (day: string | undefined, { closingDay }: YearFacts): boolean =>
  day !== undefined && day <= closingDay

/** The closing day of the year before, as a rule of the same date. */
export const closedBefore = ({ closingDay }: Pick<YearFacts, 'closingDay'>): string =>
  `${Number(closingDay.slice(0, 4)) - 1}${closingDay.slice(4)}`

/** From one closing day to the next: what happens after a closing belongs to the period that follows (process § 14.7). */
const inYear = (day: string | undefined, facts: YearFacts): boolean =>
  day !== undefined && day > closedBefore(facts) && day <= facts.closingDay

export const everySchool: Fact = () => true

/** A cancelled self-assessment (school dissolved, merged) is counted out of the denominator (process § 14.7 `excuse`). */
export const mustReport: Fact = ({ assessment }) => assessment?.state !== 'cancelled'

export const hasCouncil: Fact = (row, facts) =>
  mustReport(row, facts) && byClosing(row.assessment?.council?.date, facts)

/** Finished: the council has adopted the report (process § 3.6). */
export const finished: Fact = (row, facts) => mustReport(row, facts) && byClosing(row.assessment?.adoptedOn, facts)

/** Finished, but its level is the school's own until it sends its report. */
export const levelUntold: Fact = (row, facts) =>
  finished(row, facts) && row.assessment?.level === undefined && row.assessment?.sentOn === undefined

export const underWay: Fact = (row, facts) =>
  mustReport(row, facts) && row.assessment !== undefined && !finished(row, facts)

export const hasReported: Fact = (row, facts) => mustReport(row, facts) && byClosing(row.assessment?.sentOn, facts)

export const notReported: Fact = (row, facts) => mustReport(row, facts) && !hasReported(row, facts)

export const finishedAt =
  (level: 0 | 1 | 2 | 3 | 4): Fact =>
  (row, facts) =>
    finished(row, facts) && row.assessment?.level === level

/** The run of the year: the one that was assessed in it, else the one registered last. */
export function runOf(row: SchoolRow, facts: YearFacts): ExternalFact | undefined {
  const assessed = row.external.filter(run => inYear(run.assessedOn, facts))
  const known = row.external.filter(run => inYear(run.registeredOn, facts))
  return [...known.toSorted(byRegistration), ...assessed.toSorted(byRegistration)].at(-1)
}

const byRegistration = (one: ExternalFact, other: ExternalFact): number =>
  one.registeredOn < other.registeredOn ? -1 : one.registeredOn > other.registeredOn ? 1 : one.id < other.id ? -1 : 1

export const registered: Fact = (row, facts) => row.external.some(run => inYear(run.registeredOn, facts))
export const dossierAccepted: Fact = (row, facts) => row.external.some(run => inYear(run.acceptedOn, facts))
export const teamFormed: Fact = (row, facts) => row.external.some(run => inYear(run.teamFormedOn, facts))
export const assessed: Fact = (row, facts) => row.external.some(run => inYear(run.assessedOn, facts))

export const assessedAt =
  (level: 0 | 1 | 2 | 3 | 4): Fact =>
  (row, facts) =>
    assessed(row, facts) && runOf(row, facts)?.level === level

/** Level of the team beside the school's own; undefined where one of them is not known. */
function levels(row: SchoolRow, facts: YearFacts): { readonly own: number; readonly team: number } | undefined {
  const team = assessed(row, facts) ? runOf(row, facts)?.level : undefined
  const own = row.assessment?.level
  return team === undefined || own === undefined ? undefined : { own, team }
}

export const agreesWithTeam: Fact = (row, facts) => {
  const pair = levels(row, facts)
  return pair !== undefined && pair.own === pair.team
}
/** The team found less than the school. */
export const teamLower: Fact = (row, facts) => {
  const pair = levels(row, facts)
  return pair !== undefined && pair.team < pair.own
}
export const teamHigher: Fact = (row, facts) => {
  const pair = levels(row, facts)
  return pair !== undefined && pair.team > pair.own
}

/** Counts on the closing day: granted ≤ d < expiry, neither replaced nor revoked by then (process § 6). */
export const inForce = (title: TitleFact, { closingDay }: Pick<YearFacts, 'closingDay'>): boolean =>
  title.grantedOn <= closingDay &&
  closingDay < title.expiresOn &&
  (title.ended === undefined || title.ended.on > closingDay)

/** The title in force; a renewed one is not counted twice, the highest and newest stands. */
export const titleInForce = (row: SchoolRow, kind: TitleKind, facts: YearFacts): TitleFact | undefined =>
  row.titles
    .filter(title => title.kind === kind && inForce(title, facts))
    .toSorted((one, other) => one.grade - other.grade || (one.grantedOn < other.grantedOn ? -1 : 1))
    .at(-1)

export const grantedInYear = (row: SchoolRow, kind: TitleKind, facts: YearFacts): readonly TitleFact[] =>
  row.titles.filter(title => title.kind === kind && inYear(title.grantedOn, facts))

export const holds =
  (kind: TitleKind, grade?: TitleFact['grade']): Fact =>
  (row, facts) => {
    const title = titleInForce(row, kind, facts)
    return title !== undefined && (grade === undefined || title.grade === grade)
  }

/** Granted in the year; `again` tells new recognitions from renewed ones where that matters. */
export const granted =
  (kind: TitleKind, { grade, again }: { readonly grade?: TitleFact['grade']; readonly again?: boolean } = {}): Fact =>
  (row, facts) =>
    grantedInYear(row, kind, facts).some(
      title => (grade === undefined || title.grade === grade) && (again === undefined || title.again === again),
    )

/** The last title ran out in the year and no other of its kind is in force. */
export const expiredUnrenewed =
  (kind: TitleKind): Fact =>
  (row, facts) =>
    titleInForce(row, kind, facts) === undefined &&
    row.titles.some(title => title.kind === kind && ranOut(title, facts))

/** Ran out in the year, by its date and not by a decision. */
export const ranOut = (title: TitleFact, facts: YearFacts): boolean =>
  title.ended?.how !== 'revoked' && title.ended?.how !== 'replaced' && inYear(title.expiresOn, facts)

export const endedInYear = (title: TitleFact, how: 'revoked' | 'replaced', facts: YearFacts): boolean =>
  title.ended?.how === how && inYear(title.ended.on, facts)
