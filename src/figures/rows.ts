import type { FigureRow, Formula } from './figure-table.ts'

type More = Partial<Omit<FigureRow, 'key' | 'label'>>

/** A number that somebody types. */
export const count = (key: string, label: string, more: More = {}): FigureRow => ({
  key,
  label,
  unit: 'count',
  indent: 1,
  ...more,
})

/** A total of other rows. */
export const sum = (key: string, label: string, of: readonly string[], more: More = {}): FigureRow => ({
  key,
  label,
  unit: 'count',
  indent: 0,
  total: true,
  formula: { kind: 'sum', of },
  ...more,
})

const quotient = (key: string, label: string, formula: Formula, unit: 'ratio' | 'percent', more: More): FigureRow => ({
  key,
  label,
  unit,
  indent: 1,
  formula,
  ...more,
})

export const ratio = (key: string, label: string, part: string, whole: string, more: More = {}): FigureRow =>
  quotient(key, label, { kind: 'ratio', part, whole }, 'ratio', more)

export const share = (key: string, label: string, part: string, whole: string, more: More = {}): FigureRow =>
  quotient(key, label, { kind: 'share', part, whole }, 'percent', more)

export const sameAs = (key: string, label: string, as: string): FigureRow => ({
  key,
  label,
  unit: 'count',
  indent: 0,
  formula: { kind: 'same', as },
})
