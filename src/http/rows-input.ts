import { fieldsOf } from './fields.ts'
import { parseDay, type Day } from '../kernel/dates.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'

/** Longest text of one cell, in characters. */
const MAX_CELL = 2000
/** More lines than any plan has; a form with more is not ours. */
const MAX_ROWS = 600

/** Collects the messages of all cells of a form, so that they are shown together. */
export interface Messages {
  readonly add: (field: string, message: string) => void
  /** Throws `InvalidInput` when there is any. */
  readonly refuseIfAny: () => void
}

export function messages(): Messages {
  const fields: Record<string, string> = {}
  return {
    add(field, message) {
      fields[field] ??= message
    },
    refuseIfAny() {
      if (Object.keys(fields).length > 0) throw new InvalidInput(fields)
    },
  }
}

/** One line of a posted table: its cells, each read with messages at `<column>.<line>`. */
export interface InputRow {
  readonly text: (column: string) => string
  readonly day: (column: string) => Day | undefined
  readonly number: (column: string) => number | undefined
  readonly refuse: (column: string, message: string) => void
}

/**
 * The lines of a table posted as repeated fields. Lines in which all `typed` columns are blank are dropped: an empty
 * line waits at the end of every table, and clearing a line is how it is deleted without script.
 */
export function rowsFrom(
  body: unknown,
  { typed, others = [] }: { readonly typed: readonly string[]; readonly others?: readonly string[] },
  said: Messages,
): readonly InputRow[] {
  const fields = fieldsOf(body)
  const columns = new Map([...typed, ...others].map(name => [name, textsOf(fields[name])]))
  const count = Math.min(MAX_ROWS, Math.max(0, ...[...columns.values()].map(cells => cells.length)))
  const cell = (column: string, line: number): string => columns.get(column)?.[line] ?? ''
  return Array.from({ length: count }, (_, line) => line)
    .filter(line => typed.some(column => cell(column, line) !== ''))
    .map(line => ({
      text(column) {
        const text = cell(column, line)
        if (text.length > MAX_CELL) said.add(`${column}.${line}`, `Ô này dài quá ${MAX_CELL} ký tự.`)
        return text
      },
      day(column) {
        const text = cell(column, line)
        const day = text === '' ? undefined : parseDay(text)
        if (text !== '' && day === undefined)
          said.add(`${column}.${line}`, `“${text}” không phải là ngày; xin ghi ngày/tháng/năm.`)
        return day
      },
      number(column) {
        const text = cell(column, line)
        if (text !== '' && !/^\d{1,3}$/.test(text)) said.add(`${column}.${line}`, `“${text}” không phải là số.`)
        return /^\d{1,3}$/.test(text) ? Number(text) : undefined
      },
      refuse: (column, message) => said.add(`${column}.${line}`, message),
    }))
}

/** All values of a repeated field; one value comes as a text, several as a list. */
const textsOf = (value: unknown): readonly string[] =>
  [value].flat().map(part => (typeof part === 'string' ? tidy(part) : ''))

/** A field of the form itself. */
export function textFrom(body: unknown, name: string, most: number, said: Messages): string {
  const text = textsOf(fieldsOf(body)[name]).at(-1) ?? ''
  if (text.length > most) said.add(name, `Nội dung dài ${text.length} ký tự, nhiều nhất là ${most}.`)
  return text
}

/** Leaves out what was not typed, so that absent fields stay absent. */
export const filled = <Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } =>
  // An object with this one key, or with none.
  (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value }
