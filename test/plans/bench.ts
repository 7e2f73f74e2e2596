import {
  assessmentId,
  assessmentStore,
  commentStore,
  sheetStore,
  type Assessment,
  type AssessmentNeeds,
} from '../../src/assessments/index.ts'
import { readCriteriaFolder } from '../../src/catalogue/index.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import type { Actor, Seat, SeatRole } from '../../src/kernel/actor.ts'
import { NotFound } from '../../src/kernel/refusals.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { draftUnmet, planStore, type ExpectedItem, type PlanNeeds } from '../../src/plans/index.ts'
import { aCouncil, aGroup } from '../assessments/council-builders.ts'
import { testDatabase } from '../support/database.ts'

export const YEAR = workingYear('2025-2026')
export const SCHOOL = 'truong-hoa-sen'
export const ID = assessmentId(SCHOOL, YEAR)
export const NOW = new Date('2025-10-05T02:41:00Z')

export const seat = (role: SeatRole, more: Partial<Seat> = {}): Seat => ({
  role,
  unitId: SCHOOL,
  year: YEAR,
  from: '2025-08-01',
  ...more,
})
export const actor = (name: string, ...seats: readonly Seat[]): Actor => ({ personId: `p-${name}`, name, seats })

export const CHAIR = actor('Quàng Thị Thử', seat('head'), seat('chair'))
export const SECRETARY = actor('Hà Văn Mẫu', seat('secretary'), seat('councilMember'))
export const SECRETARIAT = actor('Giàng Thị Ví Dụ', seat('secretariat'))
export const TEACHER = actor('Lò Văn Thử', seat('staff'))
export const STRANGER = actor('Sùng Thị Lạ', seat('chair', { unitId: 'truong-khac' }))

/** The real criteria set of primary schools. */
export async function primarySet() {
  const files = await readCriteriaFolder('criteria')
  const found = files.find(({ version }) => version.set.id === 'tt17-2018-tieu-hoc')
  if (!found) throw new Error('the set of primary schools is not there')
  return found.version
}

/** Plans over a real database: one assessment with a council in force and one group that has every criterion. */
export async function planBench(changes: Partial<Assessment> = {}) {
  const db = await testDatabase()
  const journal = journalStore(db)
  const post = relay(db, journal, error => {
    throw error
  })
  const version = await primarySet()
  const codes = version.set.standards.flatMap(standard => standard.criteria.map(criterion => criterion.code))
  const assessments = assessmentStore(db, post)
  const sheets = sheetStore(db)
  const plans = planStore(db)
  const expected = new Map<string, ExpectedItem>()
  const papers: { kind: string; after: Assessment }[] = []
  const setOf = async () => version.set
  const facts = { plans, setOf, submitDue: async () => '2026-05-15' }
  const assessment: AssessmentNeeds = {
    assessments,
    sheets,
    comments: commentStore(db),
    now: () => NOW,
    setOf,
    setFor: async () => ({ version, switches: {} }),
    school: async () => ({
      id: SCHOOL,
      name: 'Trường Tiểu học Hoa Sen',
      kind: 'tieu_hoc',
      active: true,
      ownership: 'public',
      headId: 'a',
      hasDeputy: true,
      ancestors: ['xa', 'so'],
    }),
    yearOpen: async () => true,
    followReview: async () => undefined,
    numbers: async () => ({
      councilMin: 7,
      voteShare: { numerator: 2, denominator: 3 },
      internalCommentDays: 15,
      holidays: new Set(['2026-01-01', '2026-02-16', '2026-02-20']),
    }),
    evidence: async () => new Map(),
    freezeEvidence: async () => undefined,
    thawEvidence: async () => undefined,
    chosenMapping: async () => undefined,
    mappingByHash: async () => undefined,
    refileEvidence: async () => undefined,
    figures: async () => ({ locked: false, reconciliation: 'none' }),
    carryEvidence: async () => new Map(),
    lockFigures: async () => undefined,
    planUnmet: draftUnmet(facts),
    freezePaper: async (kind, after) => {
      papers.push({ kind, after })
      return { id: `${kind}-${after.rev}`, sha256: 'x' }
    },
    paperBytes: async id => {
      throw new NotFound(id)
    },
    keepFile: async () => 'x',
    actionsLeftBehind: async () => 0,
  }
  const needs: PlanNeeds = {
    ...facts,
    assessment,
    weeks: () => Promise.resolve({ sheetsDue: 13 }),
    schoolName: async () => 'Trường Tiểu học Hoa Sen',
    expectEvidence: async (_by, _assessment, items) => {
      for (const item of items) if (!expected.has(item.id)) expected.set(item.id, item)
    },
    history: async id => {
      await post.settled()
      return journal.of({ kind: 'assessment', id })
    },
    paperHref: id => `/giay-to/${id}`,
  }
  await ensureIndexes(db)
  const council = aCouncil()
  const groups = [aGroup({ criteria: codes })]
  await assessments.insert({
    id: ID,
    schoolId: SCHOOL,
    year: YEAR,
    schoolKind: 'tieu_hoc',
    state: 'preparing',
    machine: 'assessment@1',
    rev: 1,
    set: { id: version.set.id, hash: version.hash, switches: {} },
    ancestors: ['xa', 'so'],
    openedOn: '2025-09-08',
    council,
    councilVersions: [
      { ...council, version: 1, decision: { number: '12/QĐ-THHS', date: '2025-09-12' }, groups, paperId: 'decision-1' },
    ],
    groups,
    peopleIds: [],
    criteria: {},
    aimsAtLevelFour: false,
    plan: { version: 0, deadlines: {} },
    report: { version: 0 },
    submissions: [],
    supplements: [],
    outbox: [],
    ...changes,
  })
  return {
    db,
    needs,
    assessments,
    sheets,
    plans,
    expected,
    papers,
    codes,
    set: version.set,
    journal,
    settled: post.settled,
  }
}

export type PlanBench = Awaited<ReturnType<typeof planBench>>
