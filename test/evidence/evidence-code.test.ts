import { expect } from 'chai'
import fc from 'fast-check'
import type { EvidenceCode } from '../../src/evidence/evidence.ts'
import {
  compareInReadingOrder,
  duplicatesOf,
  formatCode,
  importCode,
  nextNumber,
  parseCode,
  placeOf,
  renumber,
  type Comparable,
} from '../../src/evidence/evidence-code.ts'

const aCode = fc.record({
  box: fc.integer({ min: 1, max: 99 }),
  a: fc.constantFrom(1, 2, 3, 4, 5, 22),
  b: fc.integer({ min: 1, max: 10 }),
  c: fc.integer({ min: 1, max: 999 }),
})
const item = (own: Partial<Comparable>): Comparable => ({ id: 'mc-1', hashes: [], documents: [], ...own })
const key = ({ a, b, c }: EvidenceCode): string => `${a}.${b}-${c}`

describe('evidence code', () => {
  it('is written as the guidance shows it', () => {
    expect(formatCode({ box: 1, a: 1, b: 1, c: 1 })).to.equal('[H1-1.1-01]')
    expect(formatCode({ box: 3, a: 3, b: 2, c: 15 })).to.equal('[H3-3.2-15]')
    expect(formatCode({ box: 12, a: 1, b: 10, c: 100 })).to.equal('[H12-1.10-100]')
  })

  it('reads back whatever it writes, in the pattern of process § 3.3', () => {
    fc.assert(
      fc.property(aCode, code => {
        const printed = formatCode(code)
        expect(printed).to.match(/^\[H[1-9]\d?-([1-5]|22)\.([1-9]|10)-\d{2,3}\]$/)
        expect(parseCode(printed)).to.deep.equal(code)
        expect(importCode(printed.slice(1, -1).toLowerCase())).to.deep.equal(code)
      }),
    )
  })

  const broken = [
    '[H0-1.1-01]',
    '[H1-6.1-01]',
    '[H1-1.11-01]',
    '[H1-1.1-1]',
    '[H1-1.01-01]',
    '[H1-1.1-00]',
    'H1-1.1',
    '',
  ]
  for (const text of broken)
    it(`takes “${text}” for no code`, () => {
      expect(parseCode(text)).to.equal(undefined)
    })

  it('imports the forms of 2012 and of universities, which it does not take for its own', () => {
    for (const text of ['[H2-2-03-04]', 'H2.2.3.4', ' h2-2.3-04 ']) {
      const code = importCode(text)
      expect(code).to.deep.equal({ box: 2, a: 2, b: 3, c: 4 })
      expect(code && formatCode(code)).to.equal('[H2-2.3-04]')
    }
    expect(parseCode('[H2-2-03-04]')).to.equal(undefined)
    expect(parseCode('H2.2.3.4')).to.equal(undefined)
    expect(importCode('[H1-1-11-01]')).to.equal(undefined)
  })

  it('puts items of Mức 4 under the article and its clause', () => {
    expect(placeOf('1.10')).to.deep.equal({ a: 1, b: 10 })
    expect(placeOf('22.3')).to.deep.equal({ a: 22, b: 3 })
    expect(placeOf('7.1')).to.equal(undefined)
    expect(parseCode('[H9-22.3-01]')).to.deep.equal({ box: 9, a: 22, b: 3, c: 1 })
    expect(parseCode('[H9-6.3-01]')).to.equal(undefined)
  })

  it('never gives a number twice, also when the last item was withdrawn', () => {
    fc.assert(
      fc.property(fc.array(aCode), aCode, (used, { a, b }) => {
        const c = nextNumber(used, { a, b })
        return c >= 1 && used.every(code => code.a !== a || code.b !== b || code.c < c)
      }),
    )
    expect(nextNumber([], { a: 1, b: 1 })).to.equal(1)
    expect(nextNumber([{ a: 1, b: 1, c: 3 }], { a: 1, b: 1 })).to.equal(4)
    expect(nextNumber([{ a: 1, b: 1, c: 3 }], { a: 1, b: 2 })).to.equal(1)
  })

  it('sorts by standard, criterion and number as numbers, Mức 4 last', () => {
    const codes = ['[H9-22.1-01]', '[H1-1.10-01]', '[H1-1.2-10]', '[H5-1.2-02]'].flatMap(text => parseCode(text) ?? [])
    expect(codes.toSorted(compareInReadingOrder).map(formatCode)).to.deep.equal([
      '[H5-1.2-02]',
      '[H1-1.2-10]',
      '[H1-1.10-01]',
      '[H9-22.1-01]',
    ])
  })

  it('renumbers each criterion from 1 without holes, keeping box, criterion and order', () => {
    const items = fc
      .uniqueArray(aCode, { selector: key })
      .map(codes => codes.map((code, at) => ({ id: `mc-${at}`, code })))
    fc.assert(
      fc.property(items, given => {
        const mapping = renumber(given)
        expect(mapping.map(each => [each.id, each.from])).to.deep.equal(given.map(each => [each.id, each.code]))
        expect(new Set(mapping.map(each => key(each.to))).size).to.equal(given.length)
        for (const { from, to } of mapping) {
          expect([to.box, to.a, to.b]).to.deep.equal([from.box, from.a, from.b])
          const inPlace = mapping.filter(each => each.to.a === to.a && each.to.b === to.b)
          expect(inPlace.map(each => each.to.c)).to.deep.equal(inPlace.map((_, at) => at + 1))
        }
      }),
    )
  })
})

describe('duplicate evidence', () => {
  const plan = { number: '12/KH-TM', date: '2024-09-10', issuer: 'Trường Tiểu học Mẫu' }

  it('is found by the bytes of a file', () => {
    const others = [item({ id: 'mc-2', hashes: ['f0', 'f1'] }), item({ id: 'mc-3', hashes: ['f9'] })]
    expect(duplicatesOf(item({ hashes: ['f1'] }), others)).to.deep.equal([{ id: 'mc-2', by: 'file' }])
  })

  it('is found by number, date and issuer, however they are typed', () => {
    const typed = { number: '12/kh-tm ', date: '2024-09-10', issuer: 'TRƯỜNG TIỂU HỌC  MẪU' }
    expect(duplicatesOf(item({ documents: [plan] }), [item({ id: 'mc-2', documents: [typed] })])).to.deep.equal([
      { id: 'mc-2', by: 'document' },
    ])
  })

  const almost: readonly [string, Comparable['documents'][number]][] = [
    ['another date', { ...plan, date: '2023-09-10' }],
    ['another issuer', { ...plan, issuer: 'Trường Tiểu học Khác' }],
    ['another number', { ...plan, number: '13/KH-TM' }],
  ]
  for (const [why, document] of almost)
    it(`is none with ${why}`, () => {
      expect(duplicatesOf(item({ documents: [plan] }), [item({ id: 'mc-2', documents: [document] })])).to.deep.equal([])
    })

  it('is none among documents without a number, nor is an item its own duplicate', () => {
    const unnumbered = { ...plan, number: 'Không số' }
    const blank = { ...plan, number: '' }
    for (const document of [unnumbered, blank])
      expect(
        duplicatesOf(item({ documents: [document] }), [item({ id: 'mc-2', documents: [document] })]),
      ).to.deep.equal([])
    expect(duplicatesOf(item({ hashes: ['f1'] }), [item({ hashes: ['f1'] })])).to.deep.equal([])
  })
})
