import { keyOf, type Assessment, type CriterionDecision } from '../../src/assessments/assessment.ts'
import type { AssessmentFacts } from '../../src/assessments/assessment-machine.ts'
import { linksOf } from '../../src/assessments/links.ts'
import type { Actor, Seat, SeatRole } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { aCouncil, aGroup, aSetting } from './council-builders.ts'

export const YEAR = workingYear('2025-2026')
export const SCHOOL = 'truong-hoa-sen'

export const aDecision = (code: string, own: Partial<CriterionDecision> = {}): CriterionDecision => ({
  code,
  state: 'drafting',
  rev: 1,
  groupId: 'nhom-1',
  answers: {},
  authors: [],
  ...own,
})

export const criteriaFrom = (...decisions: readonly CriterionDecision[]): Assessment['criteria'] =>
  Object.fromEntries(decisions.map(decision => [keyOf(decision.code), decision]))

/** An assessment at work: council in force, plan approved, one group with two sheets. */
export const anAssessment = (own: Partial<Assessment> = {}): Assessment => ({
  id: `${SCHOOL}.${YEAR}`,
  schoolId: SCHOOL,
  year: YEAR,
  schoolKind: 'tieu_hoc',
  state: 'working',
  machine: 'assessment@1',
  rev: 3,
  set: { id: 'tt17', hash: 'x', switches: {} },
  ancestors: ['xa', 'so'],
  openedOn: '2025-09-01',
  council: aCouncil(),
  councilVersions: [
    { ...aCouncil(), version: 1, decision: { number: '15/QĐ-THHS', date: '2025-09-10' }, groups: [], paperId: 'p1' },
  ],
  groups: [aGroup()],
  peopleIds: [],
  criteria: criteriaFrom(aDecision('1.1'), aDecision('1.2', { state: 'groupReview' })),
  aimsAtLevelFour: false,
  plan: { version: 1, number: '20/KH', approvedOn: '2025-09-20', deadlines: { sheetDraftDue: '2025-11-20' } },
  report: { version: 0 },
  submissions: [],
  supplements: [],
  outbox: [],
  ...own,
})

export const facts = (assessment: Assessment, own: Partial<AssessmentFacts> = {}): AssessmentFacts => ({
  links: linksOf(assessment),
  council: {
    draft: assessment.council,
    setting: aSetting(),
    inForce: assessment.councilVersions.at(-1)?.members ?? [],
    voteShare: { numerator: 2, denominator: 3 },
  },
  groups: assessment.groups,
  sheets: Object.values(assessment.criteria),
  planUnmet: [],
  report: { emptyParts: [], lintErrors: [], brokenCitations: [], levelPrinted: 1, levelNow: 1 },
  comments: { days: 15, periodOver: false, unanswered: 0, roundHeld: false },
  figures: { locked: true, reconciliation: 'confirmed' },
  signedCopy: { kind: 'none' },
  managingUnit: { id: 'xa', name: 'UBND xã Sơn Thủy' },
  ancestors: ['xa', 'so'],
  reviewBegun: false,
  returnPoints: [],
  yearOpen: true,
  actionsLeftBehind: 0,
  ...own,
})

export const seatOf = (role: SeatRole, own: Partial<Seat> = {}): Seat => ({
  role,
  unitId: SCHOOL,
  year: YEAR,
  from: '2025-08-01',
  ...own,
})

/** Offices of the school are held for all years, seats of the council and the groups for one. */
export const person = (...seats: readonly Seat[]): Actor => ({ personId: 'nguoi', name: 'Người Mẫu', seats })
export const office = (role: SeatRole, unitId = SCHOOL): Seat => ({ role, unitId, from: '2020-01-01' })
