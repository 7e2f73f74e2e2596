import { expect } from 'chai'
import { lintMapping, mappingSound } from '../../src/catalogue/mapping-lint.ts'
import { mappingFromSheet, mappingFromYaml, mappingTable, mappingYaml } from '../../src/catalogue/mapping-file.ts'
import { likenessOf, proposeMapping } from '../../src/catalogue/mapping-propose.ts'
import { mappingIndex, mappingOf, type MappingRow } from '../../src/catalogue/mapping.ts'
import type { CriteriaSet } from '../../src/catalogue/criteria-set.ts'
import { InvalidInput } from '../../src/kernel/refusals.ts'
import { writeWorkbook } from '../../src/sheet-files/index.ts'
import { aCriterion, anIndicator, aSet } from './build.ts'

const demand = (words: string) => [
  { level: '1', verification: 'confirmed' as const, indicators: [anIndicator('a', { gist: words })] },
]
const LIBRARY = 'Thư viện có đủ sách báo và phòng đọc cho học sinh và giáo viên của trường'
const YARD = 'Sân chơi, bãi tập bảo đảm diện tích và an toàn cho học sinh luyện tập'
const KITCHEN = 'Nhà bếp hợp vệ sinh, có giấy chứng nhận an toàn thực phẩm còn hạn'

const old: CriteriaSet = aSet([
  aCriterion('1.1', '', '', '', { title: 'Thư viện của nhà trường', levels: demand(LIBRARY) }),
  aCriterion('1.2', '', '', '', { title: 'Sân chơi và bãi tập', levels: demand(YARD) }),
  aCriterion('1.3', '', '', '', { title: 'Bếp ăn bán trú', levels: demand(KITCHEN) }),
])
const fresh: CriteriaSet = aSet([
  aCriterion('1.1', '', '', '', { title: 'Thư viện của nhà trường', levels: demand(LIBRARY) }),
  aCriterion('1.2', '', '', '', {
    title: 'Chuyển đổi số trong quản trị',
    levels: demand('Dùng học bạ số và chữ ký số'),
  }),
  aCriterion('1.4', '', '', '', { title: 'Sân chơi và bãi tập', levels: demand(YARD) }),
])

const rowOf = (rows: readonly MappingRow[], kind: string, from: string) =>
  rows.find(row => row.kind === kind && row.from === from)

describe('proposing a mapping', () => {
  const rows = proposeMapping(old, fresh)

  it('keeps what has code and words in common', () => {
    expect(rowOf(rows, 'criterion', '1.1')).to.deep.include({ how: 'same', to: ['1.1'] })
    expect(rowOf(rows, 'indicator', '1.1/1/a')).to.deep.include({ how: 'same', to: ['1.1/1/a'] })
  })
  it('follows words that moved to another code', () => {
    expect(rowOf(rows, 'criterion', '1.2')).to.deep.include({ how: 'renamed', to: ['1.4'] })
    expect(rowOf(rows, 'indicator', '1.2/1/a')).to.deep.include({ how: 'renamed', to: ['1.4/1/a'] })
  })
  it('drops what is found nowhere and marks the rest as new', () => {
    expect(rowOf(rows, 'criterion', '1.3')).to.deep.include({ how: 'dropped', to: [] })
    expect(rows.some(row => row.how === 'new' && row.kind === 'criterion' && row.to[0] === '1.2')).to.equal(true)
  })
  it('lints clean whatever the two sets are', () => {
    for (const [from, to] of [
      [old, fresh],
      [fresh, old],
      [old, old],
    ] as const)
      expect(mappingSound(lintMapping(from, to, proposeMapping(from, to)))).to.equal(true)
  })
  it('calls the same words the same and others not', () => {
    expect(likenessOf(LIBRARY, LIBRARY)).to.equal(1)
    expect(likenessOf(LIBRARY, KITCHEN)).to.be.below(0.2)
  })
})

describe('linting a mapping', () => {
  const sound = proposeMapping(old, fresh)
  const without = (kind: string, from: string) => sound.filter(row => row.kind !== kind || row.from !== from)
  const messages = (rows: readonly MappingRow[]) =>
    lintMapping(old, fresh, rows)
      .filter(({ severity }) => severity === 'error')
      .map(({ message }) => message)
      .join('\n')

  const cases: readonly (readonly [name: string, rows: readonly MappingRow[], says: string])[] = [
    ['an old node that is left out', without('criterion', '1.3'), 'Tiêu chí cũ 1.3 chưa có trong bảng'],
    ['a new node without a source', sound.filter(row => row.how !== 'new'), 'Tiêu chí mới 1.2 chưa được nối'],
    ['an old node twice', [...sound, { kind: 'criterion', from: '1.3', how: 'dropped', to: [] }], 'có hai dòng'],
    [
      'a split into one',
      [...without('criterion', '1.2'), { kind: 'criterion', from: '1.2', how: 'split', to: ['1.4'] }],
      'cần từ 2 mã mới',
    ],
    [
      'a merge of one',
      [...without('criterion', '1.2'), { kind: 'criterion', from: '1.2', how: 'merged', to: ['1.4'] }],
      'ít nhất hai mục cũ',
    ],
    [
      'an unknown target',
      [...without('criterion', '1.3'), { kind: 'criterion', from: '1.3', how: 'renamed', to: ['9.9'] }],
      'Bộ mới không có tiêu chí 9.9',
    ],
    [
      'two plain lines to one target',
      [...without('criterion', '1.3'), { kind: 'criterion', from: '1.3', how: 'renamed', to: ['1.4'] }],
      'các dòng đó phải là “Gộp” hoặc “Tách”',
    ],
    [
      'the same under another code',
      [...without('criterion', '1.2'), { kind: 'criterion', from: '1.2', how: 'same', to: ['1.4'] }],
      'thì mã không đổi',
    ],
  ]
  for (const [name, rows, says] of cases)
    it(`finds ${name}`, () => {
      expect(messages(rows)).to.include(says)
    })
  it('warns of an indicator that leaves its criterion', () => {
    const strayed: readonly MappingRow[] = sound.map(row =>
      row.kind === 'criterion' && row.from === '1.2' ? { ...row, how: 'dropped', to: [] } : row,
    )
    const found = lintMapping(old, fresh, [...strayed, { kind: 'criterion', how: 'new', to: ['1.4'] }])
    expect(found.filter(({ severity }) => severity === 'error')).to.deep.equal([])
    expect(found.map(({ message }) => message).join()).to.include('Chỉ báo 1.2/1/a')
  })
})

describe('a mapping as a file', () => {
  const rows = proposeMapping(old, fresh)
  const hash = (some: readonly MappingRow[]) => mappingOf('a', 'b', some).hash

  it('comes back from YAML as it went', () => {
    expect(hash(mappingFromYaml(mappingYaml(rows)))).to.equal(hash(rows))
  })
  it('comes back from a spreadsheet as it went', async () => {
    expect(hash(await mappingFromSheet(await writeWorkbook([mappingTable(old, fresh, rows)])))).to.equal(hash(rows))
  })
  it('refuses YAML of another shape', () => {
    expect(() => mappingFromYaml('mapping: [{ kind: khac, how: same }]')).to.throw(InvalidInput)
    expect(() => mappingFromYaml('mapping: [')).to.throw(InvalidInput)
  })
  it('has one hash whatever the order of its lines', () => {
    expect(hash(rows.toReversed())).to.equal(hash(rows))
  })
})

it('a mapping answers for old and new nodes', () => {
  const index = mappingIndex({
    rows: [
      { kind: 'criterion', from: '1.1', how: 'merged', to: ['2.1'] },
      { kind: 'criterion', from: '1.2', how: 'merged', to: ['2.1'] },
    ],
  })
  expect(index.rowOf('criterion', '1.2')?.to).to.deep.equal(['2.1'])
  expect(index.sourcesOf('criterion', '2.1').map(row => row.from)).to.deep.equal(['1.1', '1.2'])
  expect(index.rowOf('indicator', '1.2')).to.equal(undefined)
})
