import { expect } from 'chai'
import { markAccepted, markReturned, openAssessment, resume } from '../../src/assessments/index.ts'
import { Forbidden, InvalidInput, NotFound, StepRefused } from '../../src/kernel/refusals.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import { assessmentStage, ID, SCHOOL, sheetsIn, withCouncil, YEAR, type Stage } from './stage.ts'

const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('what the review leaves in an assessment', () => {
  let stage: Stage
  let lead: Actor
  beforeEach(async () => {
    stage = await assessmentStage()
    const found = await stage.system.actorOf('lanhdaoso')
    if (!found) throw new Error('the stage has no lead of the Sở')
    lead = found
    const head = await stage.system.actorOf('hieutruong')
    if (!head) throw new Error('the stage has no head')
    await openAssessment(stage.system.assessmentNeeds)(head, SCHOOL, YEAR)
    await stage.given({
      ...withCouncil(stage),
      state: 'submitted',
      criteria: await sheetsIn(stage, 'frozen'),
      submissions: [{ on: '2025-09-08', number: '1/CV', date: '2025-09-08', toUnitId: 'xa', reportVersion: 1 }],
    })
  })

  it('accepts a sent report and keeps the day', async () => {
    const accepted = await markAccepted(stage.system.assessmentNeeds)(lead, ID)
    expect(accepted.state).to.equal('accepted')
    expect(accepted.submissions.at(-1)?.acceptedOn).to.equal('2025-09-08')
  })

  it('returns it with its points; the school answers each and the sheets named are opened again', async () => {
    const needs = stage.system.assessmentNeeds
    const points = [{ criterion: '1.1', anchor: 'mo-ta-1-a', reason: 'Nêu rõ năm.' }]
    expect((await markReturned(needs)(lead, ID, points, '2025-09-22')).state).to.equal('returned')
    const head = await stage.system.actorOf('hieutruong')
    if (!head) throw new Error('the stage has no head')
    expect(await refusal(resume(needs)(head, ID, {}))).to.be.instanceOf(StepRefused)
    const resumed = await resume(needs)(head, ID, { '0': 'Đã nêu năm học 2024-2025.' })
    expect(resumed.state).to.equal('drafting')
    expect(resumed.criteria['1_1']?.state).to.equal('agreed')
    expect(resumed.criteria['1_2']?.state).to.equal('frozen')
  })

  it('wants a reason for each point', async () => {
    const empty = markReturned(stage.system.assessmentNeeds)(lead, ID, [{ anchor: '', reason: ' ' }], '2025-09-22')
    expect(await refusal(empty)).to.be.instanceOf(InvalidInput)
  })

  it('is not for the head, an officer without a lead, a lead of another unit, or a lead who sits in the school', async () => {
    const accept = markAccepted(stage.system.assessmentNeeds)
    const others = await Promise.all(['hieutruong', 'canboxa'].map(id => stage.system.actorOf(id)))
    for (const other of others) if (other) expect(await refusal(accept(other, ID))).to.be.instanceOf(Forbidden)
    const elsewhere = { ...lead, seats: lead.seats.map(seat => ({ ...seat, unitId: 'so-khac' })) }
    expect(await refusal(accept(elsewhere, ID))).to.be.instanceOf(NotFound)
    const inside: Actor = {
      ...lead,
      seats: [...lead.seats, { role: 'councilMember', unitId: SCHOOL, year: YEAR, from: '2025-08-01' }],
    }
    expect(await refusal(accept(inside, ID))).to.be.instanceOf(Forbidden)
    expect((await stage.system.assessments.get(ID)).state).to.equal('submitted')
  })
})
