import { expect } from 'chai'
import {
  markAccepted,
  markReading,
  markReopened,
  markReturned,
  openAssessment,
  recall,
  resume,
  type Assessment,
} from '../../src/assessments/index.ts'
import { StepRefused } from '../../src/kernel/refusals.ts'
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
  const now = (): Promise<Assessment> => stage.system.assessments.get(ID)
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
    const accepted = await markAccepted(stage.system.assessmentNeeds, lead, await now())
    expect(accepted.state).to.equal('accepted')
    expect(accepted.submissions.at(-1)?.acceptedOn).to.equal('2025-09-08')
  })

  it('returns it with its points; the school answers each and the sheets named are opened again', async () => {
    const needs = stage.system.assessmentNeeds
    const points = [{ criterion: '1.1', anchor: 'mo-ta-1-a', reason: 'Nêu rõ năm.' }]
    expect((await markReturned(needs, lead, await now(), { points, due: '2025-09-22' })).state).to.equal('returned')
    const head = await stage.system.actorOf('hieutruong')
    if (!head) throw new Error('the stage has no head')
    expect(await refusal(resume(needs)(head, ID, {}))).to.be.instanceOf(StepRefused)
    const resumed = await resume(needs)(head, ID, { '0': 'Đã nêu năm học 2024-2025.' })
    expect(resumed.state).to.equal('drafting')
    expect(resumed.criteria['1_1']?.state).to.equal('agreed')
    expect(resumed.criteria['1_2']?.state).to.equal('frozen')
  })

  it('takes an acceptance back: the report lies with the managing level again and cannot be recalled', async () => {
    const needs = stage.system.assessmentNeeds
    await markReading(needs, lead, await now())
    await markAccepted(needs, lead, await now())
    const reopened = await markReopened(needs, lead, await now(), 'Số liệu sai.')
    expect(reopened.state).to.equal('submitted')
    expect(reopened.submissions.at(-1)?.acceptedOn).to.equal(undefined)
    expect(reopened.submissions.at(-1)?.withdrawals?.map(({ reason }) => reason)).to.deep.equal(['Số liệu sai.'])
    expect((await stage.system.assessmentNeeds.assessments.get(ID)).submissions.at(-1)?.readingSince).to.be.a('string')
  })

  it('lets one person begin to read, and nobody recall the report afterwards', async () => {
    const needs = stage.system.assessmentNeeds
    const before = await now()
    const head = await stage.system.actorOf('hieutruong')
    if (!head) throw new Error('the stage has no head')
    const racing = await Promise.allSettled([markReading(needs, lead, before), markReading(needs, head, before)])
    expect(racing.map(({ status }) => status).toSorted()).to.deep.equal(['fulfilled', 'rejected'])
    expect(await refusal(recall(needs)(head, ID))).to.be.instanceOf(StepRefused)
  })
})
