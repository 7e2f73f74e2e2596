/** A parsed formula over names of statistics: numbers, names, + - * / and parentheses, nothing else. */
export type Formula =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negative'; readonly inner: Formula }
  | { readonly kind: 'binary'; readonly op: '+' | '-' | '*' | '/'; readonly left: Formula; readonly right: Formula }

export type ParsedFormula =
  { readonly ok: true; readonly formula: Formula } | { readonly ok: false; readonly message: string }

/** `divisionByZero` and `missing` are outcomes, not errors: the comparison then has no result. */
export type FormulaValue =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'divisionByZero' }
  | { readonly kind: 'missing'; readonly names: readonly string[] }

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([a-z][a-z0-9_]*)|([-+*/()]))/y

/** Deeper nesting than this is no formula of a regulation and would only burden the stack. */
const DEEPEST = 50

/** Parses a formula; a message in Vietnamese says what cannot be read. */
export function parseFormula(text: string): ParsedFormula {
  const tokens = tokensOf(text)
  if (typeof tokens === 'string') return { ok: false, message: tokens }
  let at = 0
  const take = (...wanted: readonly string[]): string | undefined => {
    const token = tokens[at]
    if (token === undefined || !wanted.includes(token)) return undefined
    at++
    return token
  }
  const chain = (
    next: (depth: number) => Formula | undefined,
    depth: number,
    ...ops: readonly ('+' | '-' | '*' | '/')[]
  ) => {
    let left = next(depth)
    while (left !== undefined) {
      const op = ops.find(one => take(one) !== undefined)
      if (op === undefined) return left
      const right = next(depth)
      left = right && { kind: 'binary', op, left, right }
    }
    return undefined
  }
  const sum = (depth: number): Formula | undefined => (depth > DEEPEST ? undefined : chain(product, depth, '+', '-'))
  const product = (depth: number): Formula | undefined => chain(factor, depth, '*', '/')
  const factor = (depth: number): Formula | undefined => {
    if (take('-')) {
      const inner = depth > DEEPEST ? undefined : factor(depth + 1)
      return inner && { kind: 'negative', inner }
    }
    if (take('(')) {
      const inner = sum(depth + 1)
      return take(')') ? inner : undefined
    }
    const token = tokens[at]
    if (token === undefined || /^[-+*/()]$/.test(token)) return undefined
    at++
    return /^\d/.test(token) ? { kind: 'number', value: Number(token) } : { kind: 'name', name: token }
  }
  const formula = sum(0)
  if (formula !== undefined && at === tokens.length) return { ok: true, formula }
  return { ok: false, message: `không đọc được công thức “${text}” từ chỗ “${tokens[at] ?? 'cuối công thức'}”` }
}

function tokensOf(text: string): readonly string[] | string {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  const end = text.trimEnd().length
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex
    const found = TOKEN.exec(text)
    if (!found) return `ký tự lạ “${text.slice(from).trim().slice(0, 1)}” trong công thức “${text}”`
    tokens.push(found[0].trim())
  }
  return tokens.length > 0 ? tokens : 'công thức để trống'
}

/** Names of the statistics that a formula reads, each once. */
export function namesIn(formula: Formula): readonly string[] {
  if (formula.kind === 'number') return []
  if (formula.kind === 'name') return [formula.name]
  if (formula.kind === 'negative') return namesIn(formula.inner)
  return [...new Set([...namesIn(formula.left), ...namesIn(formula.right)])]
}

/** The value over the given figures; a missing figure or a zero denominator gives no value. */
export function evaluate(formula: Formula, figures: Readonly<Record<string, number | undefined>>): FormulaValue {
  const missing = namesIn(formula).filter(name => !Object.hasOwn(figures, name) || figures[name] === undefined)
  if (missing.length > 0) return { kind: 'missing', names: missing }
  const value = valueOf(formula, figures)
  return Number.isFinite(value) ? { kind: 'value', value } : { kind: 'divisionByZero' }
}

/** NaN stands for a division by zero and spreads through every operation above it. */
function valueOf(formula: Formula, figures: Readonly<Record<string, number | undefined>>): number {
  if (formula.kind === 'number') return formula.value
  if (formula.kind === 'name') return figures[formula.name] ?? Number.NaN
  if (formula.kind === 'negative') return -valueOf(formula.inner, figures)
  const left = valueOf(formula.left, figures)
  const right = valueOf(formula.right, figures)
  if (formula.op === '+') return left + right
  if (formula.op === '-') return left - right
  if (formula.op === '*') return left * right
  return right === 0 ? Number.NaN : left / right
}
