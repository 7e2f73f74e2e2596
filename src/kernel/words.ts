/** Text as it is kept: NFC, outer blanks gone, line ends as \n. macOS sends decomposed letters, Word sends \r\n. */
export const tidy = (text: string): string => text.normalize('NFC').replace(/\r\n?/g, '\n').trim()

/** Key for unaccented search: lower case, no marks, đ as d, single blanks. */
export const searchKey = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim()

const collator = new Intl.Collator('vi', { numeric: true })

/** Order of the Vietnamese alphabet, numbers by value. */
export const compareVietnamese = (a: string, b: string): number => collator.compare(a, b)

/** Order of people: given name (the last word) first, then the whole name. */
export const comparePeople = (a: string, b: string): number =>
  collator.compare(a.split(' ').at(-1) ?? a, b.split(' ').at(-1) ?? b) || collator.compare(a, b)

/** Local parts of codes (`ĐP2`) come after every number. */
const AFTER_NUMBERS = 1000
const rankOf = (part: string): number =>
  part.startsWith('ĐP') ? AFTER_NUMBERS + Number(part.slice('ĐP'.length)) : Number(part)

/** Order of codes such as 1.2, 1.10 and 1.ĐP1: part by part as numbers, what a place added last. */
export function compareCodes(a: string, b: string): number {
  const left = a.split('.').map(rankOf)
  const right = b.split('.').map(rankOf)
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const gap = (left[i] ?? -1) - (right[i] ?? -1)
    if (gap !== 0) return gap
  }
  return 0
}

/** `1.234,5`: thousands with a dot, decimals with a comma. */
export const printNumber = (value: number, decimals = 0): string => numberFormat(decimals).format(value)

/** The same with its sign, so that surplus and shortage are told apart without colour; `–` when it is not known. */
export const printSigned = (value: number | null | undefined, decimals = 0): string =>
  value === null || value === undefined ? '–' : `${value > 0 ? '+' : ''}${printNumber(value, decimals)}`

/** Making a format takes a hundred times as long as using it. */
function numberFormat(decimals: number): Intl.NumberFormat {
  const known = NUMBER_FORMATS.get(decimals)
  if (known) return known
  const made = new Intl.NumberFormat('vi-VN', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  NUMBER_FORMATS.set(decimals, made)
  return made
}

const NUMBER_FORMATS = new Map<number, Intl.NumberFormat>()

/** `66,7%` of `part` in `whole`, one decimal; `–` when there is nothing to divide by. */
export const printShare = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${printNumber((part / whole) * 100, 1)}%`
