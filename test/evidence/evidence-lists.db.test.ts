import { expect } from 'chai'
import { explainUsesIndex } from '../support/explain.ts'
import { anItem, bench, type Bench } from './support.ts'

const HASH = (n: number): string => n.toString(16).padStart(64, '0')

describe('lists of evidence among 25,000 items', () => {
  let b: Bench
  before(async function () {
    this.timeout(180_000)
    b = await bench()
    const rows = Array.from({ length: 25_000 }, (_, n) => {
      const { id, ...item } = anItem({ assessmentId: `truong-${n % 100}`, no: Math.floor(n / 100) + 1 })
      return { ...item, _id: id, entries: [{ id: 'e', number: '', issuer: '', files: [{ sha256: HASH(n) }] }] }
    })
    await b.db.connection.collection('evidence').insertMany(rows as never)
  })
  after(() => b.close())

  const collection = () => b.db.connection.collection('evidence')

  it('reads the items of an assessment in the order of an index, and nothing else', async () => {
    expect((await b.needs.evidence.ofAssessment('truong-7')).map(item => item.no)).to.deep.equal(
      Array.from({ length: 250 }, (_, n) => n + 1),
    )
    const plan = await explainUsesIndex(collection().find({ assessmentId: 'truong-7' }).sort({ no: 1 }))
    expect(plan).to.include({ docsExamined: 250, returned: 250 })
  })

  it('knows from an index alone whether any item of an assessment has changed', async () => {
    const sums = [{ $match: { assessmentId: 'truong-7' } }, { $group: { _id: null, revs: { $sum: '$rev' } } }]
    const plan = await explainUsesIndex(collection().aggregate(sums))
    expect(plan).to.include({ keysExamined: 250, docsExamined: 0 })
  })

  it('gives items in short, read again as soon as one of them is changed or added, by whatever process', async () => {
    const { evidence } = b.needs
    const [first] = await evidence.briefsOf('truong-8')
    expect(first).to.include({ no: 1, name: 'Kế hoạch năm học' }).and.not.to.have.any.keys('entries', 'outbox')
    expect(await evidence.briefsOf('truong-8')).to.equal(await evidence.briefsOf('truong-8'))
    await collection().updateOne({ assessmentId: 'truong-8', no: 1 }, { $set: { name: 'Tên khác' }, $inc: { rev: 1 } })
    expect((await evidence.briefsOf('truong-8'))[0]).to.include({ name: 'Tên khác' })
    await evidence.add(anItem({ assessmentId: 'truong-8' }))
    expect(await evidence.briefsOf('truong-8')).to.have.length(251)
  })

  it('finds the next running number by one key', async () => {
    const plan = await explainUsesIndex(collection().find({ assessmentId: 'truong-7' }).sort({ no: -1 }).limit(1))
    expect(plan.keysExamined).to.equal(1)
  })

  it('answers which files are still named from the index on hashes', async () => {
    const asked = [HASH(5), HASH(24_999), 'f'.repeat(64)]
    expect([...(await b.needs.evidence.referenced(asked))]).to.have.members([HASH(5), HASH(24_999)])
    const plan = await explainUsesIndex(collection().find({ 'entries.files.sha256': { $in: asked } }))
    expect(plan.docsExamined).to.equal(2)
  })
})
