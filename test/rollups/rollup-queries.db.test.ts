import { expect } from 'chai'
import { explain, explainUsesIndex } from '../support/explain.ts'
import { anAssessment, aProvince, entryOf, SCHOOL_IDS, YEARS } from './a-province.ts'

describe('the reads behind every sum', () => {
  it('use an index, and look for undelivered entries without touching delivered ones', async () => {
    const { db, version } = await aProvince()
    const assessments = db.connection.collection('assessments')
    const rows = YEARS.flatMap(year =>
      SCHOOL_IDS.map(school => {
        const { id, ...row } = anAssessment(version, school, year, 'working')
        return { ...row, _id: id as never }
      }),
    )
    const [first, ...rest] = rows
    const waiting = { ...first, outbox: [entryOf(anAssessment(version, 'th-1', YEARS[0], 'working'))] }
    await assessments.insertMany([waiting, ...rest])
    const undelivered = await explainUsesIndex(assessments.find({ 'outbox.id': { $gt: '' } }))
    expect(undelivered).to.include({ keysExamined: 1, returned: 1 })
    const totals = db.connection.collection('unitTotals')
    const [schools, year] = ['th-1', YEARS[0]]
    expect((await explainUsesIndex(totals.find({ schools, year }))).indexes).to.deep.equal(['schools_1_year_1'])
    const facts = db.connection.collection('schoolFacts')
    expect((await explain(facts.find({ schoolId: 'th-1' }))).indexes).to.deep.equal(['schoolId_1'])
  })
})
