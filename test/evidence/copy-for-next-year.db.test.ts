import { expect } from 'chai'
import { collect } from '../../src/evidence/collect.ts'
import { copyForNextYear } from '../../src/evidence/copy-for-next-year.ts'
import { confirmCarried } from '../../src/evidence/edit-evidence.ts'
import { evidenceOf } from '../../src/evidence/evidence-needs.ts'
import { forecast } from '../../src/evidence/forecast.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { aDossier, anInput, bench, HEAD, MEMBER, seat, type Bench } from './support.ts'

const LAST = aDossier().id
const NEXT_YEAR = workingYear('2026-2027')
const NEXT = 'truong-hoa-sen.2026-2027'

describe('evidence carried over into the next year', () => {
  let b: Bench
  beforeEach(async () => {
    b = await bench()
    b.dossiers.set(NEXT, aDossier({ id: NEXT, year: NEXT_YEAR }))
  })
  afterEach(() => b.close())

  const collected = async (name: string, year: string) => {
    const entry = { schoolYear: workingYear(year), number: name, issuer: '' }
    const files = [await b.received(name)]
    return (await collect(b.needs)(MEMBER, LAST, { input: anInput({ name, entry }), files })).item
  }

  it('comes along with its files and years, without code, marked as not reviewed', async () => {
    const before = await collected('Nghị quyết', '2025-2026')
    expect(await copyForNextYear(b.needs)(HEAD, LAST, NEXT)).to.equal(1)
    const [copy] = await evidenceOf(b.needs, NEXT)
    expect(copy).to.include({ state: 'collected', no: 1, carriedFrom: before.id, notReviewed: true, year: NEXT_YEAR })
    expect(copy?.entries[0]?.files[0]?.sha256).to.equal(before.entries[0]?.files[0]?.sha256)
    expect(copy?.code).to.equal(undefined)
    const [entry] = await b.historyOf(copy?.id ?? '')
    expect(entry?.event).to.equal('carryOver')
  })

  it('leaves behind what has grown too old and expects it anew; what was never found stays behind', async () => {
    await collected('Kế hoạch 2021-2022', '2021-2022')
    await forecast(b.needs)(MEMBER, LAST, { criterion: '1.1', name: 'Chưa tìm', where: 'Kho', who: 'Nhóm 1' })
    await copyForNextYear(b.needs)(HEAD, LAST, NEXT)
    const items = await evidenceOf(b.needs, NEXT)
    expect(items.map(item => [item.name, item.state, item.entries.length])).to.deep.equal([
      ['Kế hoạch 2021-2022', 'expected', 0],
    ])
  })

  it('adds nothing when it is run again after a crash', async () => {
    for (const name of ['a', 'b', 'c']) await collected(name, '2025-2026')
    let left = 2
    const dying = {
      ...b.needs,
      evidence: {
        ...b.needs.evidence,
        add: (item: Parameters<typeof b.needs.evidence.add>[0]) =>
          left-- > 0 ? b.needs.evidence.add(item) : Promise.reject(new Error('killed')),
      },
    }
    await copyForNextYear(dying)(HEAD, LAST, NEXT).catch(() => undefined)
    expect((await evidenceOf(b.needs, NEXT)).length).to.equal(2)
    await copyForNextYear(b.needs)(HEAD, LAST, NEXT)
    expect((await evidenceOf(b.needs, NEXT)).map(item => [item.no, item.name])).to.deep.equal([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ])
  })

  it('loses its mark when somebody of the new year confirms it', async () => {
    await collected('Nghị quyết', '2025-2026')
    await copyForNextYear(b.needs)(HEAD, LAST, NEXT)
    const [copy] = await evidenceOf(b.needs, NEXT)
    const member = { ...MEMBER, seats: [seat('groupMember', { groupId: 'g1', year: NEXT_YEAR })] }
    expect((await confirmCarried(b.needs)(member, copy?.id ?? '')).notReviewed).to.equal(undefined)
    expect((await evidenceOf(b.needs, NEXT))[0]).not.to.have.property('notReviewed')
  })
})
