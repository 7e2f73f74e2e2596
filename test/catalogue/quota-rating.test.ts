import { expect } from 'chai'
import { readCriteriaFolder } from '../../src/catalogue/criteria-folder.ts'
import type { CriteriaSet } from '../../src/catalogue/criteria-set.ts'
import { EVERYTHING_ASKED } from '../../src/catalogue/in-force.ts'
import { rateQuotas, type QuotaSchool } from '../../src/catalogue/quota-rating.ts'

const PRIMARY: QuotaSchool = {
  kind: 'tieu_hoc',
  gradeLevels: ['tieu_hoc'],
  figures: {
    so_hs: 500,
    so_may_tinh_day_hoc: 18,
    so_may_tinh_van_phong: 3,
    so_may_in: 1,
    so_webcam: 0,
    so_may_chieu: 0,
    so_phong_may: 3,
    so_phong_may_noi_mang: 3,
    so_to_bo_mon: 5,
    so_to_bo_mon_co_may_rieng: 4,
    co_cap_quang: 1,
  },
}

describe('rating the IT equipment quotas', () => {
  let set: CriteriaSet
  before(async () => {
    const files = await readCriteriaFolder('criteria')
    const found = files.find(file => file.version.set.id === 'trang-thiet-bi-cntt')
    if (!found) throw new Error('no file')
    set = found.version.set
  })
  const rate = (profile: string, school: QuotaSchool) => rateQuotas(set, profile, school, EVERYTHING_ASKED)
  const results = (profile: string, school: QuotaSchool) =>
    Object.fromEntries(rate(profile, school).criteria.map(criterion => [criterion.code, criterion.result]))
  const comparison = (profile: string, school: QuotaSchool, code: string) =>
    rate(profile, school).criteria.find(criterion => criterion.code === code)?.comparisons[0]

  it('compares the figures of a primary school with the table of the ministry', () => {
    expect(results('bo-4622-2016', PRIMARY)).to.deep.equal({
      '1.1': 'notMet',
      '1.2': 'met',
      '2.1': 'met',
      '2.2': 'met',
      '2.3': 'notMet',
      '2.4': 'notMet',
      '2.5': 'met',
      '3.1': 'notApplicable',
      '3.2': 'notApplicable',
    })
    expect(rate('bo-4622-2016', PRIMARY)).to.deep.include({ of: 7, met: 4, notMet: 3, notComputable: 0 })
  })

  it('tells how many computers are missing: 500 pupils at 24 need 21, there are 18', () => {
    expect(comparison('bo-4622-2016', PRIMARY, '1.1')).to.deep.include({ result: 'notMet', shortfall: 3 })
    expect(comparison('bo-4622-2016', PRIMARY, '2.3')).to.deep.include({ result: 'notMet', shortfall: 1 })
    expect(comparison('bo-4622-2016', PRIMARY, '2.4')).not.to.have.property('shortfall')
  })

  it('takes the values of the chosen profile', () => {
    expect(results('ha-dong-2019', PRIMARY)).to.include({ '2.1': 'notMet', '2.4': 'notApplicable' })
    expect(results('ben-tre-2016', PRIMARY)).to.include({ '2.1': 'met' })
    expect(rate('khong-co', PRIMARY)).to.include({ of: 0, met: 0 })
  })

  it('computes nothing without a figure or with a zero denominator, and never calls that met', () => {
    const figures = { ...PRIMARY.figures, so_phong_may: 0, so_phong_may_noi_mang: 0 }
    expect(comparison('bo-4622-2016', { ...PRIMARY, figures }, '1.2')).to.deep.include({
      result: 'notComputable',
      missing: [],
    })
    const { so_to_bo_mon: _left, ...rest } = PRIMARY.figures
    expect(comparison('bo-4622-2016', { ...PRIMARY, figures: rest }, '2.4')).to.deep.include({
      result: 'notComputable',
      missing: ['so_to_bo_mon'],
    })
  })

  it('compares each grade level of a multi-level school with its own figures', () => {
    const school: QuotaSchool = {
      ...PRIMARY,
      kind: 'pho_thong_nhieu_cap_hoc',
      gradeLevels: ['tieu_hoc', 'thcs'],
      figuresByGradeLevel: {
        tieu_hoc: { so_hs: 240, so_may_tinh_day_hoc: 10 },
        thcs: { so_hs: 170, so_may_tinh_day_hoc: 10 },
      },
    }
    const rated = rate('bo-4622-2016', school).criteria.find(criterion => criterion.code === '1.1')
    expect(rated?.comparisons.map(one => [one.quota.appliesTo?.['gradeLevel'], one.value, one.result])).to.deep.equal([
      ['tieu_hoc', 24, 'met'],
      ['thcs', 17, 'notMet'],
    ])
    const { figuresByGradeLevel: _left, ...withoutParts } = school
    expect(results('bo-4622-2016', withoutParts)['1.1']).to.equal('notComputable')
  })

  it('asks a preschool only what its profile says', () => {
    const preschool: QuotaSchool = {
      kind: 'mam_non',
      gradeLevels: ['mam_non'],
      figures: { so_may_tinh_van_phong: 4, so_may_chieu: 0, so_may_in: 2, so_webcam: 1 },
    }
    expect(results('ha-dong-2019', preschool)).to.deep.equal({
      '1.1': 'notApplicable',
      '1.2': 'notApplicable',
      '2.1': 'met',
      '2.2': 'met',
      '2.3': 'met',
      '2.4': 'notApplicable',
      '2.5': 'notApplicable',
      '3.1': 'met',
      '3.2': 'notMet',
    })
  })
})
