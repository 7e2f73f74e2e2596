import { expect } from 'chai'
import { demoSchool, type DemoSchool, type UpTo } from '../../src/demo/index.ts'
import type { System } from '../../src/system/system.ts'
import { closeRenderWorker } from '../../src/paper/index.ts'
import { testDatabase } from '../support/database.ts'
import { builderOn, prepare, TODAY } from './demo-database.ts'

/** A school in a database of its own. */
async function schoolUpTo(upTo: UpTo, schoolId: string): Promise<{ system: System; school: DemoSchool }> {
  const db = await testDatabase()
  const build = builderOn(db)
  const system = await prepare(db, build)
  return { system, school: await demoSchool(build, { upTo, schoolId, today: TODAY }) }
}

describe('one school of the demonstration, alone', () => {
  after(closeRenderWorker)

  it('is brought to its council, whose people then hold their seats', async function () {
    this.timeout(120_000)
    const { system, school } = await schoolUpTo('council', 'thcs-2')
    const assessment = await system.assessments.get(school.assessmentId)
    expect(assessment.state).to.equal('preparing')
    expect(assessment.councilVersions.at(-1)?.members.length).to.equal(7)
    const secretary = await school.actor('thuky.thcs-2')
    expect(secretary.seats.map(seat => seat.role)).to.include.members(['staff', 'secretary'])
    expect((await school.actor('chuyenvienso')).seats.map(seat => seat.role)).to.deep.equal(['provinceOfficer'])
  })

  it('stands with sheets in every state', async function () {
    this.timeout(120_000)
    const { system, school } = await schoolUpTo('sheets', 'th-3')
    const { state, criteria } = await system.assessments.get(school.assessmentId)
    expect(state).to.equal('working')
    expect(new Set(Object.values(criteria).map(each => each.state))).to.have.keys(
      'assigned',
      'analysing',
      'drafting',
      'groupReview',
      'councilReview',
      'agreed',
    )
  })

  it('comes out at the level that was meant, its adopted report sent to the unit that manages it', async function () {
    this.timeout(120_000)
    const { system, school } = await schoolUpTo('submitted', 'mn-2')
    const { state, report, submissions } = await system.assessments.get(school.assessmentId)
    expect(state).to.equal('submitted')
    expect(report.adopted?.level).to.equal(1)
    expect(submissions.map(each => each.toUnitId)).to.deep.equal(['xa-vi-du-nam'])
  })
})
