import { expect } from 'chai'
import { workingYear } from '../../src/kernel/working-year.ts'
import {
  defaultOf,
  effectiveSetting,
  overlapping,
  type OwnValue,
  type UnitSetting,
} from '../../src/organisations/setting.ts'
import { settingFrom } from '../../src/organisations/setting-input.ts'
import { printScope, sourceWords } from '../../src/organisations/setting-words.ts'
import { SETTING_KEYS, settingEntry, type SettingKey } from '../../src/organisations/settings-catalogue.ts'
import { defaultYear, formFields } from '../../src/organisations/index.ts'
import { InvalidInput } from '../../src/kernel/refusals.ts'
import { settingDay } from '../../src/organisations/settings.ts'

const year = workingYear('2025-2026')
const chain = [
  { id: 'school', kind: 'school' },
  { id: 'xa', kind: 'commune' },
  { id: 'so', kind: 'province' },
] as const

type Own = Omit<OwnValue, 'id'>
const set = (key: SettingKey, unitId: string, ...values: readonly (Own | OwnValue['value'])[]): UnitSetting => ({
  key,
  unitId,
  values: values.map((own, at) => ({
    id: String(at + 1),
    // A value alone has neither a kind of school nor days; only spans of sizes are objects without a field `value`.
    ...(typeof own === 'object' && 'value' in own ? own : { value: own }),
  })),
  rev: values.length,
})
const at = (key: SettingKey, all: readonly UnitSetting[], schoolKind?: 'thcs' | 'mam_non', day = '2025-11-01') =>
  effectiveSetting(key, { unitChain: chain, ...(schoolKind ? { schoolKind } : {}) }, day, all)

describe('settings', () => {
  it('gives the default where nobody set another', () => {
    expect(at('councilMin', [])).to.deep.equal({ value: 7 })
    expect(at('openWindow', []).value).to.deep.equal({ from: '08-15', to: '09-30' })
  })

  it('takes the nearest unit that may set the key', () => {
    const both = [set('submitDue', 'so', '05-20'), set('submitDue', 'xa', '05-10')]
    expect(at('submitDue', both)).to.deep.equal({ value: '05-10', setBy: 'xa', scope: {} })
  })

  it('ignores a value of a unit that may not set the key', () => {
    expect(at('councilMin', [set('councilMin', 'so', 5)]).value).to.equal(7)
    expect(at('voteShare', [set('voteShare', 'school', 0.5)]).value).to.be.closeTo(0.6667, 0.001)
    expect(at('internalCommentDays', [set('internalCommentDays', 'so', 3)]).value).to.equal(15)
  })

  it('prefers the value of this kind of school, then that of all, each on its days alone', () => {
    const own = set(
      'voteShare',
      'so',
      { value: 0.6, to: '2025-12-31' },
      { value: 0.65, from: '2026-01-01' },
      { value: 0.7, schoolKind: 'thcs', from: '2025-10-01', to: '2025-11-30' },
    )
    expect(at('voteShare', [own], 'thcs').value).to.equal(0.7)
    expect(at('voteShare', [own], 'thcs', '2025-09-30').value).to.equal(0.6)
    expect(at('voteShare', [own], 'thcs', '2025-11-30').value).to.equal(0.7)
    expect(at('voteShare', [own], 'thcs', '2025-12-01').value).to.equal(0.6)
    expect(at('voteShare', [own], 'thcs', '2026-01-01').value).to.equal(0.65)
    expect(at('voteShare', [own], 'mam_non').value).to.equal(0.6)
    expect(at('voteShare', [own]).value).to.equal(0.6)
  })

  it('goes on to the unit above when the nearer one has nothing for these schools on the day', () => {
    const both = [
      set('submitDue', 'xa', { value: '05-10', schoolKind: 'mam_non' }, { value: '05-11', to: '2024-07-31' }),
      set('submitDue', 'so', '05-20'),
    ]
    expect(at('submitDue', both, 'thcs')).to.deep.equal({ value: '05-20', setBy: 'so', scope: {} })
    expect(at('submitDue', both, 'mam_non').setBy).to.equal('xa')
  })

  it('says where a value comes from', () => {
    const own = set('voteShare', 'so', { value: 0.7, schoolKind: 'thcs', from: '2025-10-01' })
    const words = (kind?: 'thcs') => sourceWords(at('voteShare', [own], kind), id => `đơn vị ${id}`)
    expect(words('thcs')).to.equal('do đơn vị so quy định (Trung học cơ sở, từ 01/10/2025)')
    expect(words()).to.equal('mặc định')
    expect(printScope({ from: '2026-01-01', to: '2026-05-31' })).to.equal('mọi cấp học, từ 01/01/2026 đến 31/05/2026')
    expect(printScope({})).to.equal('mọi cấp học, không giới hạn thời gian')
  })

  it('finds two values that would hold for the same schools on one day', () => {
    const { values } = set('voteShare', 'so', { value: 0.6, from: '2025-08-01', to: '2026-07-31' })
    const meets = (scope: Parameters<typeof overlapping>[1], id?: string) => overlapping(values, scope, id)?.id
    expect(meets({ from: '2026-07-31' })).to.equal('1')
    expect(meets({})).to.equal('1')
    expect(meets({ to: '2025-08-01' })).to.equal('1')
    expect(meets({ from: '2026-08-01' })).to.equal(undefined)
    expect(meets({ to: '2025-07-31' })).to.equal(undefined)
    expect(meets({ schoolKind: 'thcs' })).to.equal(undefined)
    expect(meets({}, '1')).to.equal(undefined)
  })

  it('reads a value with its schools and days, and says at each field what is wrong', () => {
    const entry = settingEntry('reviewDays')
    const read = (fields: Record<string, string>) => settingFrom(entry, formFields(fields))
    expect(
      read({ value: '12', schoolKind: 'thcs', from: '2026-01-01', until: '31/05/2026', reason: 'Dịp Tết' }),
    ).to.deep.equal({
      value: 12,
      scope: { schoolKind: 'thcs', from: '2026-01-01', to: '2026-05-31' },
      reason: 'Dịp Tết',
    })
    expect(read({ value: '12', from: '', until: '', schoolKind: '', reason: 'Dịp Tết' }).scope).to.deep.equal({})
    const refused = (fields: Record<string, string>): unknown => {
      try {
        read(fields)
        return undefined
      } catch (error) {
        return error instanceof InvalidInput ? error.fields : error
      }
    }
    expect(
      refused({ value: '90', schoolKind: 'dai_hoc', from: '2026-02-01', until: '2026-01-31', reason: '' }),
    ).to.deep.equal({
      value: 'Xin nhập từ 1 đến 60.',
      schoolKind: 'Xin chọn cấp học trong danh sách.',
      until: 'Ngày kết thúc phải từ ngày bắt đầu trở đi.',
      reason: 'Xin ghi lý do.',
    })
    expect(refused({ value: '9', from: '31/2/2026', reason: 'Thử' })).to.have.keys('from')
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
    expect(SETTING_KEYS).to.include.members(['councilMin', 'voteShare', 'registerWindowSummer', 'minCellPublic'])
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
