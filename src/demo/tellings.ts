import type { WorkingYear } from '../kernel/working-year.ts'
import type { EvidenceGoals } from './gather-evidence.ts'
import { fullWords } from './full-words.ts'
import { PRIMARY_WORDS } from './primary/index.ts'
import { FULL_PRIMARY, FULL_SECONDARY, type Reach, type SchoolPlan } from './province.ts'
import { chance } from './school-figures.ts'
import { SECONDARY_WORDS } from './secondary/index.ts'
import { shortWords } from './short-words.ts'
import type { YearTelling } from './tell-year.ts'
import type { SheetGoal, Teller } from './write-sheets.ts'

/** How one year of one school is told; `back` counts the years before the running one. */
export function tellingOf(plan: SchoolPlan, year: WorkingYear, reach: Reach, back: number): YearTelling {
  const words = wordsOf(plan, back)
  if (reach !== 'working') return { reach, words }
  const sheet =
    plan.id === FULL_SECONDARY.id && back === 0 ? (code: string) => HALF_WAY[code] ?? 'assigned' : atWork(plan, year)
  return { reach, words, sheet, evidence: evidenceFor(sheet) }
}

const wordsOf = (plan: SchoolPlan, back: number): Teller =>
  plan.id === FULL_SECONDARY.id
    ? fullWords(plan, back, SECONDARY_WORDS)
    : plan.id === FULL_PRIMARY.id
      ? fullWords(plan, back, PRIMARY_WORDS)
      : shortWords(plan)

/** The school that waits for everybody: something to do for each seat. */
const HALF_WAY: Readonly<Record<string, SheetGoal>> = {
  '1.1': 'agreed',
  '1.2': 'agreed',
  '1.3': 'agreed',
  '1.4': 'councilReview',
  '1.5': 'councilReview',
  '1.6': 'groupReview',
  '1.7': 'groupReview',
  '1.8': 'drafting',
  '1.9': 'returned',
  '1.10': 'drafting',
  '2.1': 'agreed',
  '2.2': 'councilReview',
  '2.3': 'sentBack',
  '2.4': 'drafting',
  '3.1': 'agreed',
  '3.2': 'groupReview',
  '3.3': 'drafting',
  '3.4': 'returned',
  '3.5': 'analysing',
  '4.1': 'councilReview',
  '4.2': 'drafting',
  '5.1': 'groupReview',
  '5.2': 'drafting',
  '5.3': 'analysing',
  '5.4': 'drafting',
  '5.5': 'drafting',
  '5.6': 'groupReview',
  '5.ĐP1': 'drafting',
}

const STAGES: readonly SheetGoal[] = [
  'assigned',
  'analysing',
  'drafting',
  'returned',
  'groupReview',
  'sentBack',
  'councilReview',
  'agreed',
  'agreed',
]

/** Any school at work: further in the first standards, nothing agreed twice in the same way. */
const atWork =
  (plan: SchoolPlan, year: WorkingYear) =>
  (code: string): SheetGoal =>
    STAGES[Math.floor(chance(plan.id, year, code) * STAGES.length)] ?? 'assigned'

/** What a sheet cites must be coded; where it is still being written, something waits for the secretariat. */
const evidenceFor =
  (sheet: (code: string) => SheetGoal): EvidenceGoals =>
  (code, index, isNew) => {
    const goal = sheet(code)
    if (goal === 'assigned') return isNew ? 'expected' : 'collected'
    if (goal === 'analysing') return isNew ? 'missing' : index === 1 ? 'rejected' : 'collected'
    if (goal !== 'drafting' || index === 0) return 'coded'
    return isNew ? 'expected' : index === 1 ? 'verified' : 'collected'
  }
