import { expect } from 'chai'
import { actionsLeftBehind, actionsOf, carryAllOver, stepAction } from '../../src/actions/index.ts'
import { assessmentId, type Assessment } from '../../src/assessments/index.ts'
import { Forbidden, NotFound, StaleWrite, StepRefused } from '../../src/kernel/refusals.ts'
import { shiftYear } from '../../src/kernel/working-year.ts'
import { refusalOf } from '../evidence/support.ts'
import { actor, CHAIR, ID, SCHOOL, seat, STRANGER, TEACHER, YEAR } from '../plans/bench.ts'
import { actionBench, agree, aLine } from './bench.ts'

const MEMBER = actor('Lò Thị Mẫu', seat('groupMember', { groupId: 'nhom-1' }))
const NEXT = shiftYear(YEAR, 1)

const nextYears = (assessment: Assessment): Assessment => ({
  ...assessment,
  id: assessmentId(SCHOOL, NEXT),
  year: NEXT,
  criteria: {},
})

describe('improvement actions', () => {
  let bench: Awaited<ReturnType<typeof actionBench>>
  before(async () => void (bench = await actionBench()))
  const listed = async () => actionsOf(bench.needs)(await bench.assessments.get(ID))
  const stateOf = async (line: string) => (await listed()).find(action => action.line === line)?.state

  it('are the lines of the agreed sheets, in the order of the criteria', async () => {
    const actions = await listed()
    expect(actions.map(action => [action.code, action.line, action.state, action.rev])).to.deep.equal([
      ['1.1', 'a', 'planned', 0],
      ['1.1', 'b', 'planned', 0],
      ['3.2', 'c', 'planned', 0],
    ])
    expect(actions[0]?.words).to.include({ what: 'Việc a', expected: 'Đủ thiết bị' })
  })

  it('are moved by the group and closed by the chair', async () => {
    const step = stepAction(bench.needs)
    await step(MEMBER, ID, '1.1', 'a', { type: 'start' })
    await step(MEMBER, ID, '1.1', 'a', { type: 'report', progress: 'Đã mua 10 bộ' })
    const finish = { type: 'finish', result: 'Đủ 12 bộ thiết bị', evidence: 'Biên bản nghiệm thu' } as const
    expect(await refusalOf(step(MEMBER, ID, '1.1', 'a', finish))).to.be.instanceOf(Forbidden)
    expect(await stateOf('a')).to.equal('doing')
    await step(CHAIR, ID, '1.1', 'a', finish)
    const action = (await listed()).find(each => each.line === 'a')
    expect(action).to.deep.include({
      state: 'done',
      rev: 3,
      done: { result: finish.result, evidence: finish.evidence },
    })
    expect(action?.progress.map(note => note.text)).to.deep.equal(['Đã mua 10 bộ'])
    const history = await bench.needs.history(`${ID}:1.1:a`)
    expect(history.map(entry => entry.event)).to.have.members(['start', 'report', 'finish'])
  })

  it('refuse what the machine does not know, and actions that nobody agreed to', async () => {
    const step = stepAction(bench.needs)
    expect(
      await refusalOf(step(CHAIR, ID, '1.1', 'b', { type: 'finish', result: 'x', evidence: 'y' })),
    ).to.be.instanceOf(StepRefused)
    expect(await refusalOf(step(CHAIR, ID, '1.1', 'zz', { type: 'start' }))).to.be.instanceOf(NotFound)
    expect(await refusalOf(step(STRANGER, ID, '1.1', 'b', { type: 'start' }))).to.be.instanceOf(NotFound)
    expect(await refusalOf(step(TEACHER, ID, '1.1', 'b', { type: 'start' }))).to.be.instanceOf(Forbidden)
    expect(await stateOf('b')).to.equal('planned')
  })

  it('let one of two first steps at the same moment win', async () => {
    const other = await actionBench()
    const step = stepAction(other.needs)
    const both = [step(MEMBER, ID, '1.1', 'a', { type: 'start' }), step(CHAIR, ID, '1.1', 'a', { type: 'start' })]
    const outcomes = await Promise.allSettled(both)
    const lost = outcomes.find(each => each.status === 'rejected')
    expect(outcomes.filter(each => each.status === 'fulfilled')).to.have.lengthOf(1)
    expect(lost?.reason).to.satisfy((error: unknown) => error instanceof StaleWrite || error instanceof StepRefused)
    expect((await other.needs.history(`${ID}:1.1:a`)).length).to.equal(1)
  })

  it('keep what has happened when the sheet is reopened and agreed again with other words', async () => {
    const other = await actionBench()
    await stepAction(other.needs)(MEMBER, ID, '1.1', 'a', { type: 'start' })
    await agree(other, '1.1', [aLine('a', { what: 'Việc a, viết lại' })])
    const actions = await actionsOf(other.needs)(await other.assessments.get(ID))
    expect(actions.map(({ line, state, words }) => [line, state, words.what])).to.deep.equal([
      ['a', 'doing', 'Việc a, viết lại'],
      ['c', 'planned', 'Việc c'],
    ])
  })

  it('hold the close of the year back until they are handed on, once however often it is asked', async () => {
    const assessment = await bench.assessments.get(ID)
    expect(await actionsLeftBehind(bench.needs)(assessment)).to.equal(2)
    await stepAction(bench.needs)(MEMBER, ID, '3.2', 'c', { type: 'start' })
    expect(await refusalOf(carryAllOver(bench.needs)(MEMBER, ID))).to.be.instanceOf(Forbidden)
    expect(await carryAllOver(bench.needs)(CHAIR, ID)).to.equal(2)
    expect(await carryAllOver(bench.needs)(CHAIR, ID)).to.equal(0)
    expect(await actionsLeftBehind(bench.needs)(assessment)).to.equal(0)
  })

  it('go on in the next year as far as they had come, and stay what they were in the old one', async () => {
    const now = await bench.assessments.get(ID)
    const next = await actionsOf(bench.needs)(nextYears(now))
    expect(next.map(({ id, state, cameFrom, year }) => [id, state, cameFrom, year])).to.deep.equal([
      [`${SCHOOL}.${NEXT}:1.1:b`, 'planned', YEAR, NEXT],
      [`${SCHOOL}.${NEXT}:3.2:c`, 'doing', YEAR, NEXT],
    ])
    expect(await actionsLeftBehind(bench.needs)(nextYears(now))).to.equal(2)
    await bench.assessments.insert({ ...nextYears(now), outbox: [] })
    const chair = actor('Chủ Tịch Mới', seat('chair', { year: NEXT }))
    await stepAction(bench.needs)(chair, `${SCHOOL}.${NEXT}`, '3.2', 'c', {
      type: 'finish',
      result: 'Đã xong',
      evidence: 'Ảnh chụp',
    })
    expect(await actionsLeftBehind(bench.needs)(nextYears(now))).to.equal(1)
    expect(await stateOf('c')).to.equal('carriedOver')
  })
})
