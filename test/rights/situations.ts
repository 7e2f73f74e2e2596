import fc from 'fast-check'
import { actionLife } from '../../src/actions/action-machine.ts'
import { annualLife } from '../../src/annual/annual-machine.ts'
import { assessmentLife } from '../../src/assessments/assessment-machine.ts'
import { criterionLife } from '../../src/assessments/criterion-machine.ts'
import { evidenceLife } from '../../src/evidence/evidence-machine.ts'
import { runLife } from '../../src/external/run-machine.ts'
import { titleLife } from '../../src/external/title-machine.ts'
import { reconciliationLife } from '../../src/figures/reconciliation-machine.ts'
import { DELEGATED_DUTIES, type Actor, type Seat } from '../../src/kernel/actor.ts'
import { GROUP_DEEDS } from '../../src/kernel/group-seats.ts'
import { minutesLife } from '../../src/minutes/minutes-machine.ts'
import { operationLife } from '../../src/organisations/operation-machine.ts'
import { dutyLife } from '../../src/periods/duty-machine.ts'
import { periodLife } from '../../src/periods/period-machine.ts'
import { finishReviews } from '../../src/reviews/index.ts'
import { SCHOOL, YEAR } from '../reviews/review-stage.ts'
import type { RightsStage } from './rights-stage.ts'

interface Named {
  readonly stateNames: Readonly<Record<string, string>>
}

const anyOf = ({ stateNames }: Named): fc.Arbitrary<string> => fc.constantFrom(...Object.keys(stateNames))

/** States of the assessment that the review of its report does not share: it still says that the report went back. */
const BEFORE_OR_AFTER = Object.keys(assessmentLife.stateNames).filter(
  state => !['submitted', 'returned', 'accepted'].includes(state),
)

/** In which state each thing of the school stands; the rest of them stays as it is. */
export const situations = fc.record({
  // Sheets, evidence and council work only while the groups are at work, so that state comes up most.
  report: fc.oneof(
    fc.constant({ assessments: 'working', reviews: 'returned' }),
    fc.constantFrom(...BEFORE_OR_AFTER).map(assessments => ({ assessments, reviews: 'returned' })),
    fc.constantFrom(
      { assessments: 'submitted', reviews: 'received' },
      { assessments: 'submitted', reviews: 'underReview' },
      { assessments: 'returned', reviews: 'returned' },
      { assessments: 'accepted', reviews: 'accepted' },
      { assessments: 'accepted', reviews: 'forwarded' },
    ),
  ),
  sheet: anyOf(criterionLife),
  evidence: anyOf(evidenceLife),
  reconciliation: anyOf(reconciliationLife),
  externalRuns: anyOf(runLife),
  titles: anyOf(titleLife),
  periods: anyOf(periodLife),
  duties: anyOf(dutyLife),
  minutes: anyOf(minutesLife),
  unitOperations: anyOf(operationLife),
  actions: anyOf(actionLife),
  annualReports: anyOf(annualLife),
})

export type Situation = typeof situations extends fc.Arbitrary<infer S> ? S : never

/** The groups are writing, the council records a meeting, figures are open: most rights depend on somebody, not on a state. */
export const AT_WORK: Situation = {
  report: { assessments: 'working', reviews: 'returned' },
  sheet: 'drafting',
  evidence: 'collected',
  reconciliation: 'drafting',
  externalRuns: 'registered',
  titles: 'granted',
  periods: 'open',
  duties: 'sent',
  minutes: 'draft',
  unitOperations: 'planned',
  actions: 'doing',
  annualReports: 'drafting',
}

/** The managing level has the report, and checks the school's figures. */
export const UNDER_REVIEW: Situation = {
  ...AT_WORK,
  report: { assessments: 'submitted', reviews: 'underReview' },
  sheet: 'frozen',
  reconciliation: 'confirmed',
  annualReports: 'proposed',
}

/** Puts everything into these states, past their machines. */
export async function bringAbout({ db, system, ids }: RightsStage, situation: Situation): Promise<void> {
  const { sheet, reconciliation, report, ...others } = situation
  const lives = { ...others, ...report }
  for (const [collection, state] of Object.entries(lives))
    await db.connection.collection(collection).updateMany({}, { $set: { state } })
  await db.connection
    .collection('figures')
    .updateMany({ reconciliation: { $exists: true } }, { $set: { 'reconciliation.state': reconciliation } })
  const assessments = db.connection.collection('assessments')
  for await (const { _id, criteria } of assessments.find({}, { projection: { criteria: 1 } })) {
    // Criteria are kept by a key of their code, each with its state.
    const keys = Object.keys(criteria as Readonly<Record<string, unknown>>)
    await assessments.updateOne(
      { _id },
      { $set: Object.fromEntries(keys.map(key => [`criteria.${key}.state`, sheet])) },
    )
  }
  await assessments.updateOne({ 'submissions.0': { $exists: true } }, submissionIn(report.reviews))
  await db.connection.collection('reviews').updateMany({}, outcomeIn(report.reviews, ids.letter))
  await finishReviews(system.reviewNeeds)
}

/** What the last round of the review says of its answer; without it the review would be led back to where it ended. */
function outcomeIn(review: string, letter: string) {
  const by = { personId: 'lanhdaoxa', name: 'Lò Thị Lãnh Đạo Xã' }
  const outcome = { on: '2026-05-18', by, letter }
  if (review === 'returned')
    return { $set: { 'rounds.0.outcome': { ...outcome, kind: 'returned', due: '2026-06-01' } } }
  return review === 'accepted' || review === 'forwarded'
    ? { $set: { 'rounds.0.outcome': { ...outcome, kind: 'accepted' } } }
    : { $unset: { 'rounds.0.outcome': 1 as const } }
}

/** What the sending of the report says when its review stands there. */
function submissionIn(review: string) {
  const returned = { on: '2026-05-18', number: '12/UBND', due: '2026-06-01', points: [] }
  const [isBack, isAccepted] = [review === 'returned', review === 'accepted' || review === 'forwarded']
  const set = {
    ...(review !== 'received' && { 'submissions.0.readingSince': '2026-05-18' }),
    ...(isBack && { 'submissions.0.returned': returned }),
    ...(isAccepted && { 'submissions.0.acceptedOn': '2026-05-18' }),
  }
  const unset = {
    ...(review === 'received' && { 'submissions.0.readingSince': 1 as const }),
    ...(!isBack && { 'submissions.0.returned': 1 as const }),
    ...(!isAccepted && { 'submissions.0.acceptedOn': 1 as const }),
  }
  return { $set: set, $unset: unset }
}

const FROM = '2020-01-01'

const ofSchool: fc.Arbitrary<Seat> = fc
  .record({
    role: fc.constantFrom(
      'chair',
      'viceChair',
      'secretary',
      'councilMember',
      'secretariat',
      'groupLead',
      'groupMember',
    ),
    unitId: fc.constantFrom(SCHOOL, SCHOOL, SCHOOL, 'truong-ben'),
    groupId: fc.constantFrom('nhom-1', 'nhom-2'),
    // What the chair has decided about the member; most go by the process.
    deeds: fc.option(fc.subarray([...GROUP_DEEDS]), { nil: undefined, freq: 2 }),
    criteria: fc.option(fc.constantFrom(['1.1'], ['1.2']), { nil: undefined, freq: 2 }),
  })
  .map(({ role, unitId, groupId, deeds, criteria }) => ({
    role,
    unitId,
    year: YEAR,
    from: FROM,
    ...((role === 'groupLead' || role === 'groupMember') && { groupId }),
    ...(role === 'groupMember' && { ...(deeds && { deeds }), ...(criteria && { criteria }) }),
  }))

const ofOffice: fc.Arbitrary<Seat> = fc
  .oneof(
    fc.tuple(fc.constantFrom('head', 'clerk', 'staff'), fc.constantFrom(SCHOOL, SCHOOL, 'truong-ben')),
    fc.tuple(fc.constantFrom('middleOfficer', 'middleLead'), fc.constantFrom('xa', 'xa', 'xa-ben')),
    fc.tuple(fc.constantFrom('provinceOfficer', 'provinceLead', 'itAdmin'), fc.constant('so')),
  )
  .map(([role, unitId]) => ({ role, unitId, from: FROM }))

/** Somebody with offices alone, mostly one: those who build the tree of a year. */
export const officers: fc.Arbitrary<Actor> = fc
  .array(ofOffice, { minLength: 1, maxLength: 2 })
  .map(seats => ({ personId: 'giaovien', name: 'Lường Văn Giáo Viên', seats, actingFor: [] }))

/** Somebody of the school with any seats: none, one or several, in this school or beside it, in offices or by delegation. */
export const seatedActors: fc.Arbitrary<Actor> = fc
  .record({
    seats: fc.array(fc.oneof(ofSchool, ofOffice), { maxLength: 3 }),
    actingFor: fc.array(
      fc.record({
        delegationId: fc.constant('d'),
        unitId: fc.constant('xa'),
        byUnitId: fc.constant('so'),
        role: fc.constantFrom('middleLead', 'middleOfficer'),
        duties: fc.subarray([...DELEGATED_DUTIES]),
      }),
      { maxLength: 1 },
    ),
  })
  .map(held => ({ personId: 'giaovien', name: 'Lường Văn Giáo Viên', ...held }))
