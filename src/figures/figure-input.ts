import { InvalidInput } from '../kernel/refusals.ts'
import type { FigureValues } from './figure-table.ts'

/** Name of the form field of a cell; the address of the form says which school year. */
export const fieldOf = (key: string): string => `cell.${key}`

/**
 * A number as Vietnamese people type it: `1.234`, `12,5`, `1 234`; empty is null (not known). Undefined when it is no number.
 * A dot parts thousands only where three digits follow it.
 */
export function parseNumber(text: string): number | null | undefined {
  const tidy = text.replace(/[\s\u00a0]/g, '')
  if (tidy === '' || tidy === '–' || tidy === '-') return null
  if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(tidy)) return Number(tidy.replaceAll('.', '').replace(',', '.'))
  return /^\d+(,\d+)?$/.test(tidy) ? Number(tidy.replace(',', '.')) : undefined
}

/** The cells of a posted form; refuses with every cell that holds no number. */
export function cellsFrom(body: unknown): FigureValues {
  const fields = fieldsFrom(body)
  const wrong: Record<string, string> = {}
  const values: Record<string, number | null> = {}
  for (const [field, text] of Object.entries(fields)) {
    if (!field.startsWith('cell.')) continue
    const value = parseNumber(text)
    if (value === undefined) wrong[field] = 'Xin nhập một số, ví dụ 1.234.'
    else values[field.slice('cell.'.length)] = value
  }
  if (Object.keys(wrong).length > 0) throw new InvalidInput(wrong)
  return values
}

/** The text fields of a posted form; anything else in it is left out. */
export const fieldsFrom = (body: unknown): Readonly<Record<string, string>> =>
  typeof body === 'object' && body !== null
    ? Object.fromEntries(
        Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      )
    : {}
