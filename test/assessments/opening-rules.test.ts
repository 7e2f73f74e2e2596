import { expect } from 'chai'
import { openingUnmet, type OpeningFacts } from '../../src/assessments/opening-rules.ts'
import { workingYear } from '../../src/kernel/working-year.ts'

const href = '/danh-gia/truong-mau.2025-2026'

describe('opening an assessment', () => {
  const facts: OpeningFacts = {
    year: workingYear('2025-2026'),
    schoolActive: true,
    regimeFits: true,
    criteriaSetFits: true,
  }

  it('is possible for an active school with rules and a criteria set', () => {
    expect(openingUnmet(facts)).to.deep.equal([])
  })

  const lacking: readonly [string, Partial<OpeningFacts>][] = [
    ['schoolNotActive', { schoolActive: false }],
    ['alreadyOpen', { liveAssessmentHref: href }],
    ['regimeMissing', { regimeFits: false }],
    ['criteriaSetMissing', { criteriaSetFits: false }],
  ]
  for (const [code, own] of lacking)
    it(`names ${code}`, () => {
      expect(openingUnmet({ ...facts, ...own }).map(item => item.code)).to.deep.equal([code])
    })
})
