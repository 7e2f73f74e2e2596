import type { Day } from '../kernel/dates.ts'
import type { Unmet } from '../kernel/refusals.ts'
import type { Assessment } from './assessment.ts'
import type { AssessmentEvent, AssessmentFacts } from './assessment-machine.ts'
import type { AssessmentNeeds, CitedEvidence, ProcessNumbers, SchoolFacts } from './needs.ts'
import type { Sheet } from './sheet.ts'
import type { SheetStore } from './sheet-store.ts'

/** What the conditions of steps rest on besides the assessment itself; each is a reading of its own. */
export interface Neighbours {
  readonly school: SchoolFacts
  readonly numbers: ProcessNumbers
  readonly figures: AssessmentFacts['figures']
  readonly sheets: readonly Sheet[]
  readonly evidence: ReadonlyMap<string, CitedEvidence>
  readonly yearOpen: boolean
  readonly actionsLeftBehind: number
  readonly planUnmet: readonly Unmet[]
}

/** The neighbours that decide about each step; what is not named here is not read for it. */
export const DECIDED_BY: Readonly<Record<AssessmentEvent['type'], readonly (keyof Neighbours)[]>> = {
  appointCouncil: ['school', 'numbers'],
  reviseCouncil: ['school', 'numbers'],
  approvePlan: ['planUnmet'],
  revisePlan: [],
  setGroupRights: [],
  startReport: [],
  reopenSheet: [],
  openComments: ['sheets', 'evidence'],
  closeComments: ['numbers'],
  adopt: ['numbers', 'figures'],
  publish: [],
  submit: ['school'],
  recall: [],
  markReturned: [],
  resume: [],
  markAccepted: [],
  reopenReview: [],
  takeNewVersion: ['yearOpen'],
  addSupplement: ['yearOpen'],
  close: ['actionsLeftBehind'],
  cancel: [],
}

export const ALL_NEIGHBOURS: readonly (keyof Neighbours)[] = [...new Set(Object.values(DECIDED_BY).flat())]

export type FactNeeds = Pick<
  AssessmentNeeds,
  'setOf' | 'school' | 'numbers' | 'figures' | 'evidence' | 'yearOpen' | 'actionsLeftBehind' | 'planUnmet'
> & { readonly sheets: Pick<SheetStore, 'ofAssessment'> }

/** Reads these neighbours side by side. The answer throws for one that was not asked for: it decides nothing. */
export async function readNeighbours(
  needs: FactNeeds,
  assessment: Assessment,
  today: Day,
  names: readonly (keyof Neighbours)[],
): Promise<<K extends keyof Neighbours>(name: K) => Neighbours[K]> {
  const readings: { readonly [K in keyof Neighbours]: () => Promise<Neighbours[K]> } = {
    school: () => needs.school(assessment.schoolId, today),
    numbers: () => needs.numbers(assessment),
    figures: () => needs.figures(assessment),
    sheets: () => needs.sheets.ofAssessment(assessment.id),
    evidence: () => needs.evidence(assessment.id),
    yearOpen: () => needs.yearOpen(assessment.year),
    actionsLeftBehind: () => needs.actionsLeftBehind(assessment),
    planUnmet: () => needs.planUnmet(assessment),
  }
  // Each name stands beside the reading of its own type.
  const read = Object.fromEntries(
    await Promise.all(names.map(async name => [name, await readings[name]()] as const)),
  ) as Partial<Neighbours>
  return name => {
    const neighbour = read[name]
    if (neighbour === undefined) throw new Error(`${name} was not read for this step`)
    return neighbour
  }
}
