import { expect } from 'chai'
import { holds } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import {
  actionLife,
  actionSteps,
  type ActionEvent,
  type ActionFacts,
  type ActionState,
} from '../../src/actions/action-machine.ts'
import { mayOnAction } from '../../src/actions/action-policy.ts'
import {
  expectOneLack,
  itStepsAs,
  machineArrows,
  statesWith,
  tableArrows,
  type WholeTable,
} from '../assessments/whole-table.ts'
import { actor, CHAIR, SCHOOL, seat, SECRETARIAT, SECRETARY, STRANGER, TEACHER, YEAR } from '../plans/bench.ts'

const refused = 'refused'
const facts: ActionFacts = { live: true, today: '2026-03-02' }
const events: { readonly [K in ActionEvent['type']]: Extract<ActionEvent, { type: K }> } = {
  start: { type: 'start' },
  report: { type: 'report', progress: 'Đã khảo sát 3 lớp' },
  extend: { type: 'extend', to: '2026-03-02' },
  finish: { type: 'finish', result: 'Đã sửa xong', evidence: 'Biên bản nghiệm thu' },
  drop: { type: 'drop', reason: 'Không còn phù hợp' },
  carryOver: { type: 'carryOver', to: workingYear('2026-2027') },
}
const everyCell: WholeTable<ActionState, ActionEvent['type']> = {
  planned: {
    start: 'doing',
    report: refused,
    extend: 'planned',
    finish: refused,
    drop: 'dropped',
    carryOver: 'carriedOver',
  },
  doing: {
    start: refused,
    report: 'doing',
    extend: 'doing',
    finish: 'done',
    drop: 'dropped',
    carryOver: 'carriedOver',
  },
  done: { start: refused, report: refused, extend: refused, finish: refused, drop: refused, carryOver: refused },
  dropped: { start: refused, report: refused, extend: refused, finish: refused, drop: refused, carryOver: refused },
  carriedOver: { start: refused, report: refused, extend: refused, finish: refused, drop: refused, carryOver: refused },
}

describe('life of an improvement action', () => {
  itStepsAs<ActionState, ActionFacts, ActionEvent>(actionLife, everyCell, events, () => facts)

  it('has exactly the arrows of its table of steps', () => {
    expect(tableArrows(actionSteps)).to.deep.equal(machineArrows(actionLife.machine))
  })

  const lacks: readonly [ActionEvent, string, ActionFacts?][] = [
    [{ type: 'report', progress: ' ' }, 'progressMissing'],
    [{ type: 'extend', to: '2026-03-01' }, 'dueInPast'],
    [{ ...events.finish, result: '' }, 'resultMissing'],
    [{ ...events.finish, evidence: ' ' }, 'evidenceMissing'],
    [{ type: 'drop', reason: '' }, 'reasonMissing'],
    ...Object.values(events).map((event): [ActionEvent, string, ActionFacts] => [
      event,
      'assessmentCancelled',
      { ...facts, live: false },
    ]),
  ]
  for (const [event, code, of = facts] of lacks)
    it(`refuses ${event.type} alone for ${code}`, () => {
      expectOneLack(actionLife, statesWith(everyCell, event.type), of, event, code)
    })
})

describe('rights on improvement actions', () => {
  const place = { schoolId: SCHOOL, year: YEAR, code: '1.1', groupId: 'g1' }
  const member = actor('Lò Thị Mẫu', seat('groupMember', { groupId: 'g1' }))
  const otherGroup = actor('Vàng Văn Khác', seat('groupLead', { groupId: 'g2' }))
  const lastYear = actor('Hờ Thị Cũ', seat('chair', { year: workingYear('2024-2025') }))
  const head = actor('Tòng Văn Thử', { role: 'head', unitId: SCHOOL, from: '2020-01-01' })
  const everybody = { CHAIR, SECRETARY, SECRETARIAT, TEACHER, STRANGER, member, otherGroup, lastYear, head }
  const whoMay: Readonly<Record<ActionEvent['type'], readonly (keyof typeof everybody)[]>> = {
    start: ['CHAIR', 'SECRETARY', 'member'],
    report: ['CHAIR', 'SECRETARY', 'member'],
    extend: ['CHAIR'],
    finish: ['CHAIR'],
    drop: ['CHAIR'],
    carryOver: ['CHAIR', 'head'],
  }
  for (const [event, expected] of Object.entries(whoMay))
    it(`${event}: ${expected.join(', ')} and nobody who almost may`, () => {
      // The keys of the table above.
      const rule = mayOnAction[event as ActionEvent['type']]
      const allowed = Object.entries(everybody).flatMap(([name, who]) => (rule(who, place) ? [name] : []))
      expect(allowed).to.have.members([...expected])
      expect(holds(lastYear, SCHOOL, YEAR, 'chair')).to.equal(false)
    })
})
