import { expect } from 'chai'
import { workingYear } from '../../src/kernel/working-year.ts'
import { defaultOf, effectiveSetting, type SettingOverride } from '../../src/organisations/setting.ts'
import { SETTING_KEYS, settingEntry, type SettingKey } from '../../src/organisations/settings-catalogue.ts'
import { defaultYear } from '../../src/organisations/index.ts'
import { settingDay } from '../../src/organisations/settings.ts'

const year = workingYear('2025-2026')
const chain = [
  { id: 'school', kind: 'school' },
  { id: 'xa', kind: 'commune' },
  { id: 'so', kind: 'province' },
] as const
const override = (key: SettingKey, unitId: string, value: SettingOverride['value'], rest = {}): SettingOverride => ({
  id: `${key}:${unitId}`,
  key,
  unitId,
  value,
  rev: 1,
  ...rest,
})
const at = (key: SettingKey, overrides: readonly SettingOverride[], schoolKind?: 'thcs') =>
  effectiveSetting(key, { year, unitChain: chain, ...(schoolKind ? { schoolKind } : {}) }, '2025-11-01', overrides)

describe('settings', () => {
  it('gives the default where nobody set another', () => {
    expect(at('councilMin', [])).to.deep.equal({ value: 7 })
    expect(at('openWindow', []).value).to.deep.equal({ from: '08-15', to: '09-30' })
  })

  it('takes the nearest unit that may set the key', () => {
    const both = [override('submitDue', 'so', '05-20'), override('submitDue', 'xa', '05-10')]
    expect(at('submitDue', both)).to.deep.equal({ value: '05-10', setBy: 'xa' })
  })

  it('ignores a value of a unit that may not set the key', () => {
    expect(at('councilMin', [override('councilMin', 'so', 5)]).value).to.equal(7)
    expect(at('voteShare', [override('voteShare', 'school', 0.5)]).value).to.be.closeTo(0.6667, 0.001)
    expect(at('internalCommentDays', [override('internalCommentDays', 'so', 3)]).value).to.equal(15)
  })

  it('prefers the value of this year, then of this school kind, and skips other years', () => {
    const all = override('voteShare', 'so', 0.6)
    const kind = override('voteShare', 'so', 0.7, { schoolKind: 'thcs' })
    const thisYear = override('voteShare', 'so', 0.8, { year })
    const lastYear = override('voteShare', 'so', 0.9, { year: workingYear('2024-2025') })
    expect(at('voteShare', [all, kind, thisYear, lastYear], 'thcs').value).to.equal(0.8)
    expect(at('voteShare', [all, kind, lastYear], 'thcs').value).to.equal(0.7)
    expect(at('voteShare', [all, kind, lastYear]).value).to.equal(0.6)
  })

  it('keeps the number of the law of the day', () => {
    expect(defaultOf('waitYearsHigher', '2025-01-24')).to.equal(2)
    expect(defaultOf('waitYearsHigher', '2025-01-25')).to.equal(1)
  })

  it('states basis, standing and sensible limits for every key', () => {
    for (const key of SETTING_KEYS) {
      const { label, basis, value, limits } = settingEntry(key)
      expect(label, key).to.match(/^\p{Lu}/u)
      expect(basis, key).to.not.equal('')
      if (limits && typeof value === 'number') {
        expect(value, key).to.be.within(limits.min, limits.max)
      }
    }
    expect(SETTING_KEYS).to.include.members(['councilMin', 'voteShare', 'yearsOfData', 'levelFourCodePrefix'])
  })

  it('reads a finished year by its last day and a coming one by its first', () => {
    expect(settingDay(year, '2026-02-01')).to.equal('2026-02-01')
    expect(settingDay(year, '2027-02-01')).to.equal('2026-07-31')
    expect(settingDay(year, '2025-02-01')).to.equal('2025-08-01')
  })
})

describe('the working year shown first', () => {
  const aYear = (id: string, state: 'open' | 'closed') => ({
    id: workingYear(id),
    state,
    closingDay: '2026-05-31',
    holidays: [],
    rev: 1,
  })

  it('is the one of today while it is open', () => {
    expect(defaultYear([aYear('2026-2027', 'open'), aYear('2025-2026', 'open')], '2026-03-01')?.id).to.equal(
      '2025-2026',
    )
  })

  it('is the newest one otherwise', () => {
    const years = [aYear('2024-2025', 'open'), aYear('2025-2026', 'closed')]
    expect(defaultYear(years, '2026-03-01')?.id).to.equal('2025-2026')
    expect(defaultYear([], '2026-03-01')).to.equal(undefined)
  })
})
