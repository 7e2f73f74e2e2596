import { expect } from 'chai'
import { normStanding } from '../../src/figures/index.ts'
import { soundThcs } from './some-figures.ts'

const NORMS = { nursery: 2.5, kindergarten: 2.2, tieu_hoc: 1.5, thcs: 1.9, thpt: 2.25 }

describe('teachers by norm', () => {
  it('asks for classes × norm and tells surplus and shortage in tenths', () => {
    expect(normStanding(['thcs'], soundThcs(), NORMS)).to.deep.include({ asked: 15.2, teachers: 16, gap: 0.8 })
  })
  it('counts groups and classes of a preschool apart, and each level of a school of several', () => {
    const preschool = { n1: 1, n2: 1, n3: 2, m1: 2, m2: 2, m3: 1 }
    const values = {
      ...soundThcs(),
      ...Object.fromEntries(Object.entries(preschool).map(([key, count]) => [`classes.${key}`, count])),
    }
    const found = normStanding(['thcs', 'mam_non'], values, NORMS)
    expect(found?.lines.map(({ label, classes }) => [label, classes])).to.deep.equal([
      ['Nhóm trẻ', 4],
      ['Lớp mẫu giáo', 5],
      ['Lớp THCS', 8],
    ])
    expect(found?.asked).to.equal(36.2)
  })
  it('says nothing while a number of classes is missing', () => {
    expect(normStanding(['thcs'], soundThcs({ 'classes.g9': null }), NORMS)).to.equal(undefined)
  })
})
