import { expect } from 'chai'
import {
  ancestorsOn,
  childrenOn,
  isWithin,
  letterheadOf,
  managingUnitOn,
  nameOn,
  schoolsUnder,
  treeOf,
  type Unit,
} from '../../src/organisations/index.ts'
import { aUnit, twoTierProvince } from './a-tree.ts'

const tree = twoTierProvince()
const unit = (id: string): Unit => {
  const found = tree.get(id)
  if (!found) throw new Error(`no unit ${id}`)
  return found
}
const ids = (units: readonly Unit[]): readonly string[] => units.map(({ id }) => id)

describe('the dated tree of units', () => {
  it('names the district as manager on its last day and the commune on the next', () => {
    expect(managingUnitOn(tree, 'thcs', '2025-06-30')?.id).to.equal('phong')
    expect(managingUnitOn(tree, 'thcs', '2025-07-01')?.id).to.equal('xa')
    expect(managingUnitOn(tree, 'so', '2025-07-01')).to.equal(undefined)
  })

  it('gives the managing chain of a day, nearest first', () => {
    expect(ids(ancestorsOn(tree, 'thcs', '2024-09-05'))).to.deep.equal(['phong', 'so'])
    expect(ids(ancestorsOn(tree, 'thpt', '2025-09-05'))).to.deep.equal(['so'])
  })

  it('lists children and schools as they hung together on the day', () => {
    expect(ids(childrenOn(tree, 'so', '2025-09-05'))).to.deep.equal(['thpt', 'xa'])
    expect(ids(schoolsUnder(tree, 'phong', '2025-06-30'))).to.deep.equal(['thcs'])
    expect(ids(schoolsUnder(tree, 'phong', '2025-07-01'))).to.deep.equal([])
    expect(ids(schoolsUnder(tree, 'so', '2026-01-01'))).to.deep.equal(['thcs', 'thpt'])
  })

  it('knows who stands under whom only for the day asked', () => {
    expect(isWithin(tree, 'thcs', 'xa', '2025-06-30')).to.equal(false)
    expect(isWithin(tree, 'thcs', 'xa', '2025-07-01')).to.equal(true)
  })

  it('keeps a school through its renames', () => {
    const renamed = aUnit('s', {
      names: [
        { name: 'Trường PTCS Lá Lúa', from: '2000-01-01', to: '2009-12-31' },
        { name: 'Trường THCS Lá Lúa', from: '2010-01-01' },
      ],
    })
    expect(nameOn(renamed, '2009-12-31')).to.equal('Trường PTCS Lá Lúa')
    expect(nameOn(renamed, '2010-01-01')).to.equal('Trường THCS Lá Lúa')
    expect(nameOn(renamed, '1999-01-01')).to.equal('Trường PTCS Lá Lúa')
  })

  it('stops at a cycle instead of walking for ever', () => {
    const loop = treeOf([
      aUnit('a', { kind: 'commune', parents: [{ parentId: 'b', from: '2000-01-01' }] }),
      aUnit('b', { kind: 'commune', parents: [{ parentId: 'a', from: '2000-01-01' }] }),
    ])
    expect(ids(ancestorsOn(loop, 'a', '2025-01-01'))).to.deep.equal(['b'])
  })
})

describe('the letterhead', () => {
  const lines = (id: string, day: string): readonly string[] => {
    const { parentLine, issuerLine } = letterheadOf(unit(id), tree, day)
    return [parentLine, issuerLine]
  }

  it('changes with the managing unit on 1/7/2025', () => {
    expect(lines('thcs', '2025-06-30')).to.deep.equal(['PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN MÂY', 'TRƯỜNG THCS LÁ LÚA'])
    expect(lines('thcs', '2025-07-01')).to.deep.equal(['UBND XÃ SUỐI MÂY', 'TRƯỜNG THCS LÁ LÚA'])
  })

  it('puts an upper-secondary school under the Sở', () => {
    expect(lines('thpt', '2026-01-01')).to.deep.equal(['SỞ GIÁO DỤC VÀ ĐÀO TẠO SƠN THỦY', 'TRƯỜNG THPT ĐỒI THÔNG'])
  })

  it('puts the Sở and the Phòng under their UBND and lets the UBND of a commune stand alone', () => {
    expect(lines('so', '2026-01-01')).to.deep.equal(['UBND TỈNH SƠN THỦY', 'SỞ GIÁO DỤC VÀ ĐÀO TẠO SƠN THỦY'])
    expect(lines('phong', '2025-01-01')[0]).to.equal('UBND HUYỆN MÂY')
    expect(lines('xa', '2026-01-01')).to.deep.equal(['', 'UBND XÃ SUỐI MÂY'])
  })
})
