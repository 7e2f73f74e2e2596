import { expect } from 'chai'
import fc from 'fast-check'
import { evaluate, namesIn, parseFormula } from '../../src/catalogue/formula.ts'

const valueOf = (text: string, figures: Record<string, number> = {}) => {
  const parsed = parseFormula(text)
  return parsed.ok ? evaluate(parsed.formula, figures) : parsed.message
}

describe('formula over statistics', () => {
  it('keeps the order of operations, parentheses and signs', () => {
    expect(valueOf('1 + 2 * 3')).to.deep.equal({ kind: 'value', value: 7 })
    expect(valueOf('(1 + 2) * 3 - -1')).to.deep.equal({ kind: 'value', value: 10 })
    expect(valueOf('8 - 3 - 2')).to.deep.equal({ kind: 'value', value: 3 })
    expect(valueOf('24 / 4 / 2')).to.deep.equal({ kind: 'value', value: 3 })
    expect(valueOf('so_hs / so_may', { so_hs: 480, so_may: 20 })).to.deep.equal({ kind: 'value', value: 24 })
  })

  it('has no value for a zero denominator or a missing figure', () => {
    expect(valueOf('a / b', { a: 1, b: 0 })).to.deep.equal({ kind: 'divisionByZero' })
    expect(valueOf('0 * (a / b)', { a: 0, b: 0 })).to.deep.equal({ kind: 'divisionByZero' })
    expect(valueOf('a / b * 100', { a: 1 })).to.deep.equal({ kind: 'missing', names: ['b'] })
  })

  it('refuses functions, other signs, broken and empty formulas, and endless nesting', () => {
    for (const text of ['ceil(a)', 'a; b', 'a +', '(a', 'a b', '', '  ', 'a ** b', '1.2.3', '`a`', 'a.constructor']) {
      expect(parseFormula(text).ok, text).to.equal(false)
    }
    expect(parseFormula('('.repeat(5000) + 'a' + ')'.repeat(5000)).ok).to.equal(false)
    expect(parseFormula('-'.repeat(5000) + 'a').ok).to.equal(false)
  })

  it('does not reach inherited properties of the figures', () => {
    expect(valueOf('constructor')).to.deep.equal({ kind: 'missing', names: ['constructor'] })
  })

  it('lists each name once', () => {
    const parsed = parseFormula('(a + b) / a')
    expect(parsed.ok && namesIn(parsed.formula)).to.deep.equal(['a', 'b'])
  })

  it('agrees with arithmetic on random trees', () => {
    const tree = fc.letrec<{ node: { text: string; value: number } }>(tie => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.nat({ max: 20 }).map(number => ({ text: String(number), value: number })),
        fc.tuple(tie('node'), fc.constantFrom('+', '-', '*', '/'), tie('node')).map(([left, op, right]) => ({
          text: `(${left.text} ${op} ${right.text})`,
          value:
            op === '+'
              ? left.value + right.value
              : op === '-'
                ? left.value - right.value
                : op === '*'
                  ? left.value * right.value
                  : right.value === 0
                    ? Number.NaN
                    : left.value / right.value,
        })),
      ),
    })).node
    fc.assert(
      fc.property(tree, ({ text, value }) => {
        const result = valueOf(text)
        expect(result).to.deep.equal(Number.isNaN(value) ? { kind: 'divisionByZero' } : { kind: 'value', value })
      }),
    )
  })
})
