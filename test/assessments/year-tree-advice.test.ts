import { expect } from 'chai'
import { askedBy } from '../../src/assessments/asked.ts'
import { requiredEvidenceOf } from '../../src/assessments/required-evidence.ts'
import { lintSheet } from '../../src/assessments/sheet-lint.ts'
import type { CitedEvidence } from '../../src/assessments/needs.ts'
import { EVERYTHING_ASKED } from '../../src/catalogue/index.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { aCriterion, aSet, anIndicator } from '../catalogue/build.ts'

const anItem = (name: string, over: Partial<CitedEvidence> = {}): CitedEvidence => ({
  id: name,
  state: 'coded',
  label: '[H1-1.1-01]',
  name,
  criterion: '1.1',
  years: [workingYear('2025-2026')],
  ...over,
})

const required = (items: readonly CitedEvidence[]) =>
  requiredEvidenceOf({ code: '1.1', advice: { requiredEvidence: ['Kế hoạch chiến lược'] } }, items)

describe('advice of the year tree on a sheet', () => {
  it('finds required evidence by its name in the criterion, marks and case aside', () => {
    expect(required([anItem('KẾ HOẠCH chiến lược 2025–2030')])).to.deep.equal([
      { name: 'Kế hoạch chiến lược', found: true },
    ])
  })

  it('does not take items of another criterion, withdrawn ones or those only expected', () => {
    const name = 'Kế hoạch chiến lược'
    for (const over of [{ criterion: '1.2' }, { state: 'withdrawn' }, { state: 'expected' }])
      expect(required([anItem(name, over)])[0]?.found, JSON.stringify(over)).to.equal(false)
  })

  it('warns of what is missing and keeps no sheet back for it', () => {
    const sheet = {
      today: '2025-10-05',
      years: [],
      indicators: [],
      answers: {},
      texts: { strengths: 'Có', weaknesses: 'Không có' },
      actions: [],
      evidence: [],
      required: [
        { name: 'Sổ đầu bài', found: false },
        { name: 'Kế hoạch', found: true },
      ],
    }
    const found = lintSheet(sheet).filter(one => one.rule === 'requiredEvidenceMissing')
    expect(found.map(one => [one.severity, one.message])).to.deep.equal([
      ['warning', 'Chưa có minh chứng bắt buộc của năm học: Sổ đầu bài.'],
    ])
  })

  it('tells the sheet what is local, and carries the advice', () => {
    const local = aCriterion('1.ĐP1', '', '', '', {
      local: true,
      levels: [{ level: '1', verification: 'confirmed', indicators: [anIndicator('ĐP1', { local: true })] }],
      guidance: 'Đọc kỹ',
    })
    const asked = askedBy(aSet([aCriterion('1.1'), local]), '1.ĐP1', EVERYTHING_ASKED)
    expect(asked).to.include({ local: true })
    expect(asked?.indicators[0]).to.include({ local: true })
    expect(asked?.advice?.guidance).to.equal('Đọc kỹ')
    expect(askedBy(aSet(), '1.1', EVERYTHING_ASKED)).not.to.have.any.keys('local', 'advice')
  })
})
