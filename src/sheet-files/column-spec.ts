import { parseDay, type Day } from '../kernel/dates.ts'
import type { GridValue } from './read-workbook.ts'

interface SpecBase {
  /** The name of the value in the row that is read. */
  readonly key: string
  /** The head of the column as our template prints it; spaces, case and a star at the end do not matter. */
  readonly head: string
  /** Other heads that are taken for it. */
  readonly alsoHead?: readonly string[]
  /** The column must be there and no cell of it empty. */
  readonly required?: boolean
}

export type TextSpec = SpecBase & { readonly kind: 'text'; readonly maxLength?: number }
export type NumberSpec = SpecBase & {
  readonly kind: 'integer' | 'decimal'
  readonly min?: number
  readonly max?: number
}
export type DaySpec = SpecBase & { readonly kind: 'day' }
/** The cell holds a label (or the value itself); what is read is the value. */
export type OneOfSpec = SpecBase & {
  readonly kind: 'oneOf'
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

/** What a column of a file that people fill in holds. */
export type ColumnSpec = TextSpec | NumberSpec | DaySpec | OneOfSpec

type Value<Spec extends ColumnSpec> = Spec extends NumberSpec ? number : Spec extends DaySpec ? Day : string

/** The row that these columns make: required ones are there, the others may be undefined. */
export type RowOf<Specs extends readonly ColumnSpec[]> = {
  readonly [Spec in Specs[number] as Spec['key']]: Spec extends { readonly required: true }
    ? Value<Spec>
    : Value<Spec> | undefined
}

export type Taken = { readonly value: string | number | undefined } | { readonly fault: string }

const TEXT_LIMIT = 2_000
const ERROR_VALUE = /^#(N\/A|NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|SPILL!|CALC!)$/

/** One letter form, single spaces, nothing around. */
export const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim()

/** How a head is compared. */
export const headKey = (text: string): string =>
  tidy(text)
    .replace(/\s*\*+$/, '')
    .toLocaleLowerCase('vi')

/** What a person sees in the cell, for the list of faults. */
export function shown(value: GridValue): string {
  if (value === null) return ''
  if (value instanceof Date) return dayText(value)
  if (typeof value === 'number') return String(value).replace('.', ',')
  return typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : tidy(value)
}

const isoDay = (date: Date): Day => date.toISOString().slice(0, 10)
const dayText = (date: Date): string => isoDay(date).split('-').toReversed().join('/')

/** The value of a cell by its column, or a Vietnamese sentence saying what is wrong with it. */
export function take(spec: ColumnSpec, cell: GridValue): Taken {
  const text = shown(cell)
  if (text === '') return spec.required ? { fault: `Thiếu “${spec.head}”.` } : { value: undefined }
  if (ERROR_VALUE.test(text)) return { fault: 'Ô có công thức lỗi; xin sửa công thức hoặc gõ thẳng giá trị.' }
  if (spec.kind === 'text') return takeText(spec, cell, text)
  if (spec.kind === 'day') return takeDay(cell, text)
  if (spec.kind === 'oneOf') return takeOneOf(spec, text)
  return takeNumber(spec, cell, text)
}

function takeText({ maxLength = TEXT_LIMIT }: TextSpec, cell: GridValue, text: string): Taken {
  // Lines typed with Alt+Enter stay lines.
  const value = typeof cell === 'string' ? cell.normalize('NFC').replace(/\r\n?/g, '\n').trim() : text
  return value.length > maxLength ? { fault: `Dài quá ${maxLength} chữ.` } : { value }
}

function takeDay(cell: GridValue, text: string): Taken {
  const day = cell instanceof Date ? isoDay(cell) : typeof cell === 'string' ? parseDay(text) : undefined
  return day ? { value: day } : { fault: 'Ngày phải có dạng ngày/tháng/năm và có thật, ví dụ 05/09/2025.' }
}

function takeOneOf({ options }: OneOfSpec, text: string): Taken {
  const wanted = headKey(text)
  const found = options.find(({ value, label }) => headKey(label) === wanted || value === text)
  if (found) return { value: found.value }
  const named = options.slice(0, 8).map(({ label }) => label)
  const rest = options.length > named.length ? ', …' : ''
  return { fault: `Không có trong danh sách. Chọn một trong: ${named.join('; ')}${rest}.` }
}

function takeNumber({ kind, min, max }: NumberSpec, cell: GridValue, text: string): Taken {
  const value = typeof cell === 'number' ? cell : numberIn(text, kind)
  if (value === undefined || !Number.isFinite(value)) return { fault: 'Phải là số.' }
  if (kind === 'integer' && !Number.isInteger(value)) return { fault: 'Phải là số nguyên.' }
  if (min !== undefined && value < min) return { fault: `Phải từ ${min} trở lên.` }
  if (max !== undefined && value > max) return { fault: `Nhiều nhất là ${max.toLocaleString('vi-VN')}.` }
  return { value }
}

/** Numbers typed as text, Vietnamese (1.234,5) or not (1234.5); `1.234` is a thousand in a column of whole numbers only. */
function numberIn(text: string, kind: 'integer' | 'decimal'): number | undefined {
  const bare = text.replace(/\s/g, '')
  if (/^-?\d+$/.test(bare)) return Number(bare)
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(bare)) {
    // One dot and three digits may be a thousand or a thousandth.
    if (kind === 'decimal' && /^-?\d+\.\d+$/.test(bare)) return undefined
    return Number(bare.replaceAll('.', '').replace(',', '.'))
  }
  return /^-?\d+[.,]\d+$/.test(bare) ? Number(bare.replace(',', '.')) : undefined
}
