/** A computed cell as the page describes it in `data-formula`. */
type Formula =
  | { readonly kind: 'sum'; readonly of: readonly string[] }
  | { readonly kind: 'ratio' | 'share'; readonly part: string; readonly whole: string }
  | { readonly kind: 'same'; readonly as: string }

const DECIMALS: Readonly<Record<string, number>> = { count: 0, percent: 1, ratio: 2 }

/** Totals and ratios follow the typing; the server computes them again when the table is saved. */
export function startFigureTotals(): void {
  const forms = document.querySelectorAll<HTMLFormElement>('form[data-figures]')
  if (forms.length === 0) return
  for (const form of forms) {
    form.addEventListener('input', showTotals)
    form.addEventListener('keydown', event => moveToNextCell(form, event))
  }
  showTotals()
}

function showTotals(): void {
  const inputs = [...document.querySelectorAll<HTMLInputElement>('input[data-cell]')]
  const outputs = [...document.querySelectorAll<HTMLOutputElement>('output[data-cell]')]
  const typed = new Map(inputs.map(input => [input.dataset['cell'] ?? '', numberIn(input.value)]))
  const formulas = new Map(
    // Written by the page's own view from the table's definition.
    outputs.map(output => [output.dataset['cell'] ?? '', JSON.parse(output.dataset['formula'] ?? '{}') as Formula]),
  )
  const valueOf = (key: string): number | null => {
    const formula = formulas.get(key)
    return formula ? evaluate(formula, valueOf) : (typed.get(key) ?? null)
  }
  for (const output of outputs) {
    const value = valueOf(output.dataset['cell'] ?? '')
    const digits = DECIMALS[output.dataset['unit'] ?? ''] ?? 0
    output.textContent =
      value === null
        ? '–'
        : value.toLocaleString('vi-VN', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  }
}

/** `1.234` is 1234; empty or no number is not known. */
function numberIn(text: string): number | null {
  const digits = text.replace(/[\s.]/g, '')
  return /^\d+$/.test(digits) ? Number(digits) : null
}

function evaluate(formula: Formula, valueOf: (key: string) => number | null): number | null {
  if (formula.kind === 'same') return valueOf(formula.as)
  if (formula.kind === 'sum') {
    const parts = formula.of.map(valueOf)
    return parts.includes(null) ? null : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)
  }
  const [part, whole] = [valueOf(formula.part), valueOf(formula.whole)]
  if (part === null || whole === null || whole === 0) return null
  return formula.kind === 'share' ? (part / whole) * 100 : part / whole
}

/** Enter and the arrow keys go from cell to cell, as in a spreadsheet; saving stays a deliberate act. */
function moveToNextCell(form: HTMLFormElement, event: KeyboardEvent): void {
  const at = event.target
  if (!(at instanceof HTMLInputElement) || at.dataset['cell'] === undefined) return
  const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' || event.key === 'Enter' ? 1 : 0
  if (by === 0) return
  event.preventDefault()
  const column = at.closest('td')?.cellIndex
  const inputs = [...form.querySelectorAll<HTMLInputElement>('input[data-cell]')]
  const inColumn = inputs.filter(input => input.closest('td')?.cellIndex === column)
  const next = inColumn[inColumn.indexOf(at) + by]
  next?.focus()
  next?.select()
}
