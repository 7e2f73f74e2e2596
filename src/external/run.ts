import { daysBetween, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { ExternalFact, FoundLevel, Grade, TitleKind } from './facts.ts'
import type { RunState } from './run-machine.ts'
import type { Decision } from './title.ts'

export type TeamRole = 'lead' | 'deputy' | 'secretary' | 'member'

export const TEAM_ROLE_NAMES: Readonly<Record<TeamRole, string>> = {
  lead: 'Trưởng đoàn',
  deputy: 'Phó trưởng đoàn',
  secretary: 'Thư ký',
  member: 'Thành viên',
}

/** A member of a team with the conditions of Điều 30 as they were declared. */
export interface TeamMember {
  readonly name: string
  readonly post: string
  readonly workplace: string
  readonly role: TeamRole
  /** Of the education sector; others come from the departments concerned (chuẩn quốc gia). */
  readonly education: boolean
  readonly yearsInService: number
  readonly trained: boolean
  /** Has never worked at this school. */
  readonly neverHere: boolean
}

/** Which grades the school asks for (Điều 26): one title or both. */
export type Asked = Readonly<Partial<Record<TitleKind, Grade>>>

/** One external assessment of one school: its registration, its team and what it found (process § 14.5). */
export interface Run {
  /** `<schoolId>.<year>.<n>`: a school may register again after a withdrawal. */
  readonly id: string
  readonly schoolId: string
  readonly year: WorkingYear
  readonly assessmentId: string
  /** Managing chain on the day of registration, nearest first. */
  readonly ancestors: readonly string[]
  /** The Sở manages the school itself: its registration goes straight to the Sở. */
  readonly underProvince: boolean
  readonly state: RunState
  readonly machine: string
  readonly rev: number
  readonly asked: Asked
  readonly selfLevel: FoundLevel
  readonly letter: Decision
  readonly registeredOn: Day
  readonly completions: readonly {
    readonly on: Day
    readonly reason: string
    readonly answer?: string
    readonly answeredOn?: Day
  }[]
  readonly forwardedOn?: Day
  readonly acceptedOn?: Day
  readonly team?: {
    readonly decision: Decision
    readonly formedOn: Day
    readonly members: readonly TeamMember[]
  }
  readonly found?: {
    readonly visitedFrom: Day
    readonly visitedTo: Day
    readonly level: FoundLevel
    readonly criteria: Readonly<Record<string, 0 | 1 | 2 | 3>>
    readonly report: Decision
  }
  readonly ended?: { readonly on: Day; readonly reason: string }
  readonly outbox: readonly JournalEntry[]
}

/** Days of the official visit, the first and the last included. */
export const visitLength = ({ visitedFrom, visitedTo }: NonNullable<Run['found']>): number =>
  daysBetween(visitedFrom, visitedTo) + 1

/** What the run had come to on a day; undefined before it was registered, and when it was withdrawn or stopped. */
export function externalFactOn(run: Run, day: Day): ExternalFact | undefined {
  if (run.registeredOn > day || run.ended) return undefined
  const accepted = run.acceptedOn !== undefined && run.acceptedOn <= day ? run.acceptedOn : undefined
  const team = run.team && run.team.formedOn <= day ? run.team : undefined
  const found = run.found && run.found.report.date <= day ? run.found : undefined
  return {
    id: run.id,
    rev: run.rev,
    registeredOn: run.registeredOn,
    asked: run.asked,
    ...(accepted !== undefined && { acceptedOn: accepted }),
    ...(team && { teamFormedOn: team.formedOn, teamSize: team.members.length }),
    ...(found && team && { personDays: visitLength(found) * team.members.length }),
    ...(found && { assessedOn: found.report.date, level: found.level }),
    ...(found && Object.keys(found.criteria).length > 0 && { criteria: found.criteria }),
  }
}
