import { expect } from 'chai'
import fc from 'fast-check'
import {
  citationsIn,
  LINT_RULES,
  lintSheet,
  neverCited,
  withoutCitations,
  type LintIndicator,
  type SheetLintInput,
} from '../../src/assessments/sheet-lint.ts'
import type { SheetAction } from '../../src/assessments/sheet.ts'
import { fiveYearsTo, workingYear } from '../../src/kernel/working-year.ts'

const years = fiveYearsTo(workingYear('2025-2026'))
const anIndicator = (own: Partial<LintIndicator> = {}): LintIndicator => ({
  level: '1',
  code: 'a',
  lettered: true,
  applicable: true,
  spansYears: false,
  ...own,
})
const anAction: SheetAction = {
  id: 'viec-1',
  what: 'Bổ sung 200 đầu sách cho thư viện.',
  who: 'Nhân viên thư viện',
  from: '2026-01-05',
  to: '2026-06-30',
  resources: 'Quỹ của trường',
  cost: '',
  expected: 'Đủ sách theo danh mục.',
  weakness: 'Thư viện còn ít sách.',
}
const TEXT_A = 'Kế hoạch chiến lược được hội đồng trường thông qua và công khai [[minh-chung-1]].'
const STRENGTH = 'Tập thể đoàn kết, kế hoạch sát với điều kiện địa phương.'

const aSheet = (own: Partial<SheetLintInput> = {}): SheetLintInput => ({
  today: '2025-12-01',
  years,
  indicators: [anIndicator(), anIndicator({ level: '2' })],
  answers: { '1': { a: 'met' }, '2': { a: 'notMet' } },
  texts: {
    'description.1.a': TEXT_A,
    'description.2.a': 'Thư viện chưa đủ sách.',
    strengths: STRENGTH,
    weaknesses: '- Thư viện còn ít sách.',
  },
  actions: [anAction],
  evidence: [
    { id: 'minh-chung-1', state: 'coded', label: '[H1-1.1-01]', years },
    { id: 'minh-chung-2', state: 'withdrawn', label: '[H1-1.1-02]', years },
    { id: 'minh-chung-3', state: 'missing', label: '[MC-003]', years },
    { id: 'minh-chung-4', state: 'verified', label: '[MC-004]', years },
    { id: 'minh-chung-5', state: 'coded', label: '[H1-1.1-05]', years: years.slice(0, 3) },
  ],
  ...own,
})
const withTexts = (texts: Readonly<Record<string, string>>): SheetLintInput =>
  aSheet({ texts: { ...aSheet().texts, ...texts } })
const withAction = (own: Partial<SheetAction>): SheetLintInput => aSheet({ actions: [{ ...anAction, ...own }] })
const { to: _to, ...endless } = anAction

describe('sheet lint', () => {
  it('finds nothing on a sound sheet', () => {
    expect(lintSheet(aSheet())).to.deep.equal([])
  })

  const cases: readonly [rule: string, anchor: string, sheet: SheetLintInput][] = [
    ['indicatorUnanswered', 'tu-danh-gia-2-a', aSheet({ answers: { '1': { a: 'met' } } })],
    ['metWithoutText', 'mo-ta-1-a', withTexts({ 'description.1.a': '[[minh-chung-1]]' })],
    ['notMetWithoutText', 'mo-ta-2-a', withTexts({ 'description.2.a': '  ' })],
    ['metWithoutEvidence', 'mo-ta-1-a', withTexts({ 'description.1.a': 'Kế hoạch đã được công khai.' })],
    [
      'yearsNotProved',
      'mo-ta-1-a',
      aSheet({
        indicators: [anIndicator({ spansYears: true })],
        texts: { ...aSheet().texts, 'description.1.a': 'Năm năm liền [[minh-chung-5]].' },
      }),
    ],
    [
      'levelWithoutLower',
      'tu-danh-gia-2',
      aSheet({
        answers: { '1': { a: 'notMet' }, '2': { a: 'met' } },
        texts: { ...aSheet().texts, 'description.2.a': TEXT_A },
      }),
    ],
    [
      'thresholdNotMet',
      'mo-ta-1-a',
      aSheet({
        thresholds: [
          {
            level: '1',
            indicator: 'a',
            label: 'tỉ lệ giáo viên đạt chuẩn',
            met: false,
            actual: '92%',
            demanded: 'ít nhất 95%',
          },
        ],
      }),
    ],
    ['citationUnknown', 'diem-manh', withTexts({ strengths: `${STRENGTH} [[khong-co-o-dau]]` })],
    ['citationWithdrawn', 'mo-ta-1-a', withTexts({ 'description.1.a': `${TEXT_A} [[minh-chung-2]]` })],
    ['citationMissing', 'mo-ta-1-a', withTexts({ 'description.1.a': `${TEXT_A} [[minh-chung-3]]` })],
    ['citationNotCoded', 'mo-ta-1-a', withTexts({ 'description.1.a': `${TEXT_A} [[minh-chung-4]]` })],
    ['citationMalformed', 'mo-ta-1-a', withTexts({ 'description.1.a': `${TEXT_A} [[mc` })],
    ['codeTyped', 'mo-ta-1-a', withTexts({ 'description.1.a': `${TEXT_A} [H1-1.1-01]` })],
    ['partEmpty', 'diem-manh', withTexts({ strengths: '' })],
    ['partEmpty', 'diem-yeu', withTexts({ weaknesses: ' ' })],
    ['strengthsCopied', 'diem-manh', withTexts({ strengths: withoutCitations(TEXT_A) })],
    ['personalData', 'mo-ta-1-a', withTexts({ 'description.1.a': `${TEXT_A} Liên hệ 0912 345 678.` })],
    [
      'totalDiffers',
      'mo-ta-1-a',
      {
        ...withTexts({ 'description.1.a': `${TEXT_A} Tổng số 1.215 học sinh.` }),
        totals: [{ noun: 'học sinh', values: [1205, 1180] }],
      },
    ],
    ['requiredEvidenceMissing', 'diem-manh', aSheet({ required: [{ name: 'Sổ theo dõi', found: false }] })],
    ['notReviewed', 'diem-manh', aSheet({ notReviewed: ['strengths'] })],
    ['notMetWithoutAction', 'ke-hoach', { ...withTexts({ weaknesses: 'Không có.' }), actions: [] }],
    ['weaknessWithoutAction', 'ke-hoach', aSheet({ indicators: [anIndicator()], actions: [] })],
    ['fewerActionsThanWeaknesses', 'ke-hoach', withTexts({ weaknesses: '- Ít sách.\n- Sân chơi hẹp.' })],
    ['actionWithoutWay', 'ke-hoach', withAction({ what: '' })],
    ['actionWithoutPerson', 'ke-hoach', withAction({ who: ' ' })],
    ['actionWithoutDate', 'ke-hoach', aSheet({ actions: [endless] })],
    ['actionDatesReversed', 'ke-hoach', withAction({ from: '2026-07-01' })],
    ['actionWithoutResult', 'ke-hoach', withAction({ expected: '' })],
    ['actionInThePast', 'ke-hoach', withAction({ from: '2025-09-05', to: '2025-11-30' })],
  ]
  for (const [rule, anchor, sheet] of cases)
    it(`${rule} at ${anchor}, and nothing else`, () => {
      const found = lintSheet(sheet)
      expect(found.map(each => [each.rule, each.anchor])).to.deep.equal([[rule, anchor]])
      expect(found[0]?.message).to.match(/^[\p{Lu}“].*\.$/u)
      expect(found[0]?.severity).to.equal(LINT_RULES.find(each => each.id === rule)?.severity)
    })

  it('has a case for each of its rules, and each rule once', () => {
    const ids = LINT_RULES.map(each => each.id)
    expect([...new Set(cases.map(([rule]) => rule))]).to.have.members(ids)
    expect(new Set(ids).size).to.equal(ids.length)
  })

  it('asks nothing of an indicator that is not applicable', () => {
    const indicators = [anIndicator(), anIndicator({ level: '2', applicable: false })]
    expect(
      lintSheet({ ...withTexts({ 'description.2.a': '' }), indicators, answers: { '1': { a: 'met' } } }),
    ).to.deep.equal([])
  })

  it('names the years without evidence, counting all items cited together', () => {
    const sheet = aSheet({
      indicators: [anIndicator({ spansYears: true })],
      texts: { ...aSheet().texts, 'description.1.a': 'Năm năm liền [[minh-chung-5]].' },
    })
    expect(lintSheet(sheet)[0]?.message).to.contain('2024-2025, 2025-2026')
    const both = { ...sheet, texts: { ...sheet.texts, 'description.1.a': 'Đủ [[minh-chung-5]]; [[minh-chung-1]].' } }
    expect(lintSheet(both)).to.deep.equal([])
  })

  it('takes “Không có” for no weakness, with or without a dash', () => {
    for (const weaknesses of ['Không có', 'Không có.', '- Không có', 'Không'])
      expect(
        lintSheet({ ...withTexts({ weaknesses }), indicators: [anIndicator()], actions: [] }),
        weaknesses,
      ).to.deep.equal([])
  })

  const harmless = ['1.234.567.890 đồng', 'Quyết định số 1234/QĐ-UBND', 'năm học 2024-2025', 'ngày 05/02/2026']
  for (const words of harmless)
    it(`does not take “${words}” for personal data`, () => {
      expect(lintSheet(withTexts({ 'description.1.a': `${TEXT_A} ${words}` }))).to.deep.equal([])
    })

  const personal = ['0912345678', '+84 912 345 678', '001203004567', 'phu.huynh@truong-mau.vn']
  for (const words of personal)
    it(`suspects “${words}”`, () => {
      const found = lintSheet(withTexts({ strengths: `${STRENGTH} Liên hệ: ${words}` }))
      expect(found.map(each => each.rule)).to.deep.equal(['personalData'])
      expect(found[0]?.message).to.contain(words)
    })
})

describe('citations', () => {
  const anId = fc.stringMatching(/^[A-Za-z0-9_-]{8,40}$/)
  const words = fc.stringMatching(/^[^[\]]{0,30}$/)

  it('are found in reading order, each once, whatever stands between them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(words, anId)), pieces => {
        const text = pieces.map(([before, id]) => `${before}[[${id}]]`).join('')
        expect(citationsIn(text)).to.deep.equal([...new Set(pieces.map(([, id]) => id))])
        expect(citationsIn(withoutCitations(text))).to.deep.equal([])
      }),
    )
  })

  it('are no single brackets and no ids that are too short', () => {
    expect(citationsIn('[H1-1.1-01] [[ngan]] [minh-chung-1]')).to.deep.equal([])
  })

  it('tell which coded items nobody cites', () => {
    const items = aSheet().evidence
    expect(neverCited(items, new Set(['minh-chung-1'])).map(item => item.id)).to.deep.equal(['minh-chung-5'])
  })
})
