import { assessmentLife, SENT, type AssessmentState } from '../assessments/index.ts'
import {
  COMPARED_LINES,
  RECONCILIATION_STATE_NAMES,
  type ComparedFact,
  type ReconciliationState,
} from '../figures/index.ts'
import type { SchoolKind } from '../kernel/unit-kinds.ts'
import type { Ownership } from '../organisations/index.ts'
import type { SchoolFacts } from './school-facts.ts'

/** States in the order of the machine's life, from the first to the last. */
// The machine names exactly its states.
export const STATES = Object.keys(assessmentLife.stateNames) as readonly AssessmentState[]
// The table is typed by the states.
export const RECONCILIATIONS = Object.keys(RECONCILIATION_STATE_NAMES) as readonly ReconciliationState[]
export const SCHOOL_LEVELS = [0, 1, 2, 3, 4] as const

/**
 * Of one line of form 13: numbers assigned and current where they are known, what is too many and too few; then the schools
 * that were given a number, have one, have both, and those of the last where the two differ.
 */
export const LINE_COUNTS = ['assigned', 'current', 'more', 'less', 'given', 'there', 'both', 'apart'] as const
export type LineCount = (typeof LINE_COUNTS)[number]

/** The counts of a group of schools, in the order in which they are kept. */
export const COUNTS = [
  'schools',
  'none',
  ...STATES.map(state => `state.${state}` as const),
  'council',
  'plan',
  'adopted',
  'sent',
  'returnedEver',
  'level.open',
  ...SCHOOL_LEVELS.map(level => `level.${level}` as const),
  'sheetsAgreed',
  'sheets',
  'withFigures',
  'classes',
  'pupils',
  'staff',
  'reconciliation.none',
  ...RECONCILIATIONS.map(state => `reconciliation.${state}` as const),
  'apart',
  'unexplained',
  ...COMPARED_LINES.flatMap(line => LINE_COUNTS.map(what => `${line}.${what}` as const)),
] as const
export type Count = (typeof COUNTS)[number]

const PLACE = new Map<Count, number>(COUNTS.map((name, at) => [name, at]))

/** Sums over the sent reports of one version of a set. */
export interface SetTally {
  readonly hash: string
  readonly setId: string
  /** Reports. */
  readonly n: number
  /** Per standard, then per criterion: reports at level 0, 1, 2, 3. */
  readonly levels: ArrayLike<number>
  /** Per indicator and clause: met, not met, keeps the school from its next level. */
  readonly verdicts: ArrayLike<number>
}

/** One kind of school under one ownership inside a managing unit. */
export interface Part {
  readonly kind: SchoolKind
  readonly ownership: Ownership
  /** In the order of `COUNTS`. */
  readonly counts: ArrayLike<number>
  /** By hash, sorted. */
  readonly sets: readonly SetTally[]
}

export const countOf = (counts: ArrayLike<number>, name: Count): number => counts[PLACE.get(name) ?? -1] ?? 0

/** What a school's facts are counted under. */
export interface Member {
  readonly id: string
  readonly kind: SchoolKind
  readonly ownership: Ownership
}

interface Growing {
  readonly kind: SchoolKind
  readonly ownership: Ownership
  readonly counts: number[]
  readonly sets: Map<
    string,
    { readonly setId: string; n: number; readonly levels: number[]; readonly verdicts: number[] }
  >
}

const sorted = (parts: Iterable<Growing>): readonly Part[] =>
  [...parts]
    .map(part => ({
      ...part,
      sets: [...part.sets].map(([hash, tally]) => ({ hash, ...tally })).toSorted((a, b) => (a.hash < b.hash ? -1 : 1)),
    }))
    .toSorted((a, b) => (`${a.kind}/${a.ownership}` < `${b.kind}/${b.ownership}` ? -1 : 1))

const bump = (cells: number[], at: number, by = 1): void => {
  cells[at] = (cells[at] ?? 0) + by
}

const partOf = (parts: Map<string, Growing>, kind: SchoolKind, ownership: Ownership): Growing => {
  const key = `${kind}/${ownership}`
  const part = parts.get(key) ?? { kind, ownership, counts: COUNTS.map(() => 0), sets: new Map() }
  parts.set(key, part)
  return part
}

/**
 * Counts schools. Everybody's state is counted; what a report says (levels, verdicts) only when it has been sent, because
 * until then it is the school's own. A school without facts counts as one that has not begun.
 */
export function tallyOf(
  members: readonly Member[],
  factsOf: (schoolId: string) => SchoolFacts | undefined,
  codesOf: (hash: string) => readonly string[],
): readonly Part[] {
  const parts = new Map<string, Growing>()
  for (const member of members) {
    const part = partOf(parts, member.kind, member.ownership)
    const facts = factsOf(member.id)
    countSchool(part.counts, facts)
    const assessment = facts?.assessment
    if (assessment && SENT.includes(assessment.state)) countReport(part, assessment, codesOf(assessment.setHash))
  }
  return sorted(parts.values())
}

function countSchool(counts: number[], facts: SchoolFacts | undefined): void {
  const count = (name: Count, by = 1): void => bump(counts, PLACE.get(name) ?? 0, by)
  const assessment = facts?.assessment
  count('schools')
  count(assessment ? `state.${assessment.state}` : 'none')
  if (assessment) {
    if (assessment.council) count('council')
    if (assessment.planOn !== undefined) count('plan')
    if (assessment.adoptedOn !== undefined) count('adopted')
    if (assessment.returns > 0) count('returnedEver')
    if (SENT.includes(assessment.state)) {
      count('sent')
      count(assessment.level === undefined ? 'level.open' : `level.${assessment.level}`)
    }
    count('sheetsAgreed', assessment.sheets.agreed)
    count('sheets', assessment.sheets.all)
  }
  if (facts?.figures) {
    count('withFigures')
    count('classes', facts.figures.classes)
    count('pupils', facts.figures.pupils)
    count('staff', facts.figures.staff)
  }
  count(facts?.reconciliation ? `reconciliation.${facts.reconciliation.state}` : 'reconciliation.none')
  if (facts?.compared) countLines(count, facts.compared)
}

function countLines(count: (name: Count, by?: number) => void, { lines, differing, unexplained }: ComparedFact): void {
  if (differing > 0) count('apart')
  if (unexplained > 0) count('unexplained')
  for (const line of COMPARED_LINES) {
    const { assigned, current, difference } = lines[line] ?? {}
    count(`${line}.assigned`, assigned ?? 0)
    count(`${line}.current`, current ?? 0)
    if (assigned !== undefined) count(`${line}.given`)
    if (current !== undefined) count(`${line}.there`)
    if (difference === undefined) continue
    count(`${line}.both`)
    if (difference !== 0) count(`${line}.apart`)
    // Cells are kept as unsigned numbers: what is too few is counted apart.
    count(difference > 0 ? `${line}.more` : `${line}.less`, Math.abs(difference))
  }
}

function countReport(
  part: Growing,
  { setHash, setId, levels, verdicts, blockedBy }: NonNullable<SchoolFacts['assessment']>,
  codes: readonly string[],
): void {
  const tally = part.sets.get(setHash) ?? {
    setId,
    n: 0,
    levels: Array.from({ length: levels.length * 4 }, () => 0),
    verdicts: Array.from({ length: verdicts.length * 3 }, () => 0),
  }
  part.sets.set(setHash, tally)
  tally.n += 1
  for (let at = 0; at < levels.length; at++) {
    const level = levels.charCodeAt(at) - 48
    if (level >= 0 && level <= 3) bump(tally.levels, at * 4 + level)
  }
  for (let at = 0; at < verdicts.length; at++) {
    if (verdicts[at] === 'm') bump(tally.verdicts, at * 3)
    else if (verdicts[at] === 'n') bump(tally.verdicts, at * 3 + 1)
  }
  for (const code of blockedBy) {
    const at = codes.indexOf(code)
    if (at >= 0) bump(tally.verdicts, at * 3 + 2)
  }
}

/** A unit is the sum of what it manages, a province the sum of its units; the same cells at every level. */
export function sumParts(all: Iterable<readonly Part[]>): readonly Part[] {
  const parts = new Map<string, Growing>()
  for (const each of all) {
    for (const part of each) {
      const sum = partOf(parts, part.kind, part.ownership)
      addTo(sum.counts, part.counts)
      for (const { hash, setId, n, levels, verdicts } of part.sets) {
        const tally = sum.sets.get(hash)
        if (tally) {
          tally.n += n
          addTo(tally.levels, levels)
          addTo(tally.verdicts, verdicts)
        } else {
          sum.sets.set(hash, { setId, n, levels: Array.from(levels), verdicts: Array.from(verdicts) })
        }
      }
    }
  }
  return sorted(parts.values())
}

function addTo(sum: number[], more: ArrayLike<number>): void {
  for (let at = 0; at < more.length; at++) sum[at] = (sum[at] ?? 0) + (more[at] ?? 0)
}

/** Counts of several parts in one line. */
export function totalCounts(parts: readonly Part[]): readonly number[] {
  const sum = COUNTS.map(() => 0)
  for (const part of parts) addTo(sum, part.counts)
  return sum
}

/** Versions of several parts together, by hash. */
export const totalSets = (parts: readonly Part[]): readonly SetTally[] =>
  sumParts([parts.map(part => ({ ...part, kind: 'tieu_hoc' as const, ownership: 'public' as const }))])[0]?.sets ?? []

export const LEAST = [1, 2, 3] as const

/** Sent reports that reach a level or a higher one. */
export const atLeast = (counts: ArrayLike<number>, least: number): number =>
  SCHOOL_LEVELS.filter(level => level >= least).reduce<number>(
    (sum, level) => sum + countOf(counts, `level.${level}`),
    0,
  )
