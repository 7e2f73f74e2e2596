import { expect } from 'chai'
import { assessmentConditions } from '../../src/assessments/assessment-conditions.ts'
import { assessmentFactsOf } from '../../src/assessments/assessment-facts.ts'
import type { AssessmentEvent } from '../../src/assessments/assessment-machine.ts'
import {
  ALL_NEIGHBOURS,
  DECIDED_BY,
  type FactNeeds,
  type Neighbours,
} from '../../src/assessments/assessment-neighbours.ts'
import { TWO_THIRDS } from '../../src/assessments/vote.ts'
import { unmetOf } from '../../src/kernel/step.ts'
import { aCriterion, aSet } from '../catalogue/build.ts'
import { anAssessment, SCHOOL } from './assessment-builder.ts'

const AT = new Date('2026-05-12T03:00:00Z')
const set = aSet(['1.1', '1.2'].map(code => aCriterion(code, 'ab', 'a', '')))

/** Neighbours that keep nobody from anything, and such that keep everybody. */
const sound: Neighbours = {
  school: {
    id: SCHOOL,
    name: 'Trường Tiểu học Hoa Sen',
    kind: 'tieu_hoc',
    active: true,
    ownership: 'public',
    headId: 'p1',
    hasDeputy: true,
    managingUnit: { id: 'xa', name: 'UBND xã Sơn Thủy' },
    ancestors: ['xa', 'so'],
  },
  numbers: { councilMin: 7, voteShare: TWO_THIRDS, internalCommentDays: 0, holidays: new Set() },
  figures: { locked: true, reconciliation: 'confirmed' },
  sheets: [],
  evidence: new Map(),
  yearOpen: true,
  actionsLeftBehind: 0,
  planUnmet: [],
}
const { managingUnit: _, ...unmanaged } = sound.school
const poor: Neighbours = {
  ...sound,
  school: { ...unmanaged, headId: 'nguoi-khac', ancestors: [] },
  numbers: { ...sound.numbers, councilMin: 99, internalCommentDays: 15 },
  figures: { locked: false, reconciliation: 'none' },
  yearOpen: false,
  actionsLeftBehind: 3,
  planUnmet: [{ code: 'planEmpty', message: 'Kế hoạch còn trống.' }],
}

const events: readonly AssessmentEvent[] = [
  { type: 'appointCouncil' },
  { type: 'reviseCouncil', reason: 'Chuyển công tác.' },
  { type: 'approvePlan' },
  { type: 'revisePlan', reason: 'Đổi người phụ trách.' },
  { type: 'setGroupRights', reason: 'Nghỉ thai sản.', acknowledged: false },
  { type: 'startReport' },
  { type: 'reopenSheet', reason: 'Có thêm minh chứng.', criteria: ['1.2'] },
  { type: 'openComments' },
  { type: 'closeComments' },
  { type: 'adopt', votes: { for: 6, against: 0, other: 1, total: 7 } },
  { type: 'publish' },
  { type: 'submit', dispatchNumber: '12/CV', dispatchDate: '2026-05-12', receivingUnitId: 'xa' },
  { type: 'recall' },
  { type: 'markReturned' },
  { type: 'resume', answers: {} },
  { type: 'markAccepted' },
  { type: 'reopenReview', reason: 'Số liệu sai.' },
  { type: 'takeNewVersion' },
  { type: 'addSupplement' },
  { type: 'close' },
  { type: 'cancel', reason: 'Sáp nhập trường.', decisionNumber: '45/QĐ' },
]

/** What is read is noted. */
function needsOf(from: Neighbours, read: string[]): FactNeeds {
  const reading =
    <K extends keyof Neighbours>(name: K) =>
    async (): Promise<Neighbours[K]> => {
      read.push(name)
      return from[name]
    }
  return {
    setOf: async () => set,
    school: reading('school'),
    numbers: reading('numbers'),
    figures: reading('figures'),
    sheets: { ofAssessment: reading('sheets') },
    evidence: reading('evidence'),
    yearOpen: reading('yearOpen'),
    actionsLeftBehind: reading('actionsLeftBehind'),
    planUnmet: reading('planUnmet'),
  }
}

describe('what a step of an assessment reads', () => {
  const assessment = anAssessment()

  it('names every event and every neighbour', () => {
    expect(events.map(({ type }) => type)).to.have.members(Object.keys(DECIDED_BY))
    expect(ALL_NEIGHBOURS).to.have.members(Object.keys(sound))
  })

  for (const event of events)
    it(`is enough to decide “${event.type}” as with everything at hand, and no more`, async () => {
      for (const neighbours of [sound, poor]) {
        const read: string[] = []
        const some = await assessmentFactsOf(needsOf(neighbours, read), assessment, AT, {}, DECIDED_BY[event.type])
        const all = await assessmentFactsOf(needsOf(neighbours, []), assessment, AT)
        expect(unmetOf(assessmentConditions, some, event)).to.deep.equal(unmetOf(assessmentConditions, all, event))
        expect(read).to.have.members([...DECIDED_BY[event.type]])
      }
    })

  it('makes a difference for each step that names a neighbour', async () => {
    const lacks = async (neighbours: Neighbours, event: AssessmentEvent): Promise<readonly string[]> => {
      const facts = await assessmentFactsOf(needsOf(neighbours, []), assessment, AT, {}, DECIDED_BY[event.type])
      return unmetOf(assessmentConditions, facts, event).map(({ code }) => code)
    }
    for (const event of events.filter(({ type }) => DECIDED_BY[type].length > 0 && type !== 'openComments'))
      expect(await lacks(poor, event), event.type).not.to.deep.equal(await lacks(sound, event))
  })

  it('throws for what was not read instead of letting it pass', async () => {
    const facts = await assessmentFactsOf(needsOf(sound, []), assessment, AT, {}, [])
    expect(() => facts.figures).to.throw('figures was not read')
    expect(() => facts.actionsLeftBehind).to.throw('actionsLeftBehind was not read')
    expect(() => facts.report.lintErrors).to.throw('sheets was not read')
    expect(facts.managingUnit).to.equal(undefined)
  })

  it('keeps what lies above the school for who sends', async () => {
    const facts = await assessmentFactsOf(needsOf(sound, []), assessment, AT, {}, DECIDED_BY.submit)
    expect(facts.ancestors).to.deep.equal(['xa', 'so'])
  })
})
