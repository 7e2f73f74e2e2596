import { searchKey } from '../kernel/words.ts'
import type { EvidenceCode } from './evidence.ts'

/** A criterion as the two numbers of a code: 1.10 is `{ a: 1, b: 10 }`; clause k of Mức 4 stands under a = 22. */
export type CodePlace = Pick<EvidenceCode, 'a' | 'b'>

/** Items of Mức 4 are coded under the number of the article, Điều 22, and its clause (decision 14). */
const LEVEL_FOUR = 22

const CODE = /^\[?H([1-9]\d?)-(\d{1,2}|ĐP[1-9]\d?)\.([1-9]|10|ĐP[1-9]\d?)-(\d{2,3})\]?$/
/** `[H1-1-02-03]` of the 2012 guidance. */
const OLD_CODE = /^\[?H([1-9]\d?)-(\d)-(\d{2})-(\d{2,3})\]?$/
/** `H1.1.2.3`, the habit of universities. */
const DOTTED_CODE = /^\[?H([1-9]\d?)\.(\d{1,2})\.(\d{1,2})\.(\d{1,3})\]?$/

/** `[H1-1.1-01]`: the brackets belong to it, the number in the criterion has two digits at least. */
export const formatCode = ({ box, a, b, c }: EvidenceCode): string =>
  `[H${box}-${printPlace({ a, b })}-${String(c).padStart(2, '0')}]`

/** Standards and criteria that a place added are numbers above this one: `ĐP2` is 1002, after every official number. */
const LOCAL = 1000
const LOCAL_PREFIX = 'ĐP'

const numberOf = (part: string): number =>
  part.startsWith(LOCAL_PREFIX) ? LOCAL + Number(part.slice(LOCAL_PREFIX.length)) : Number(part)
const printNumber = (part: number): string => (part > LOCAL ? `${LOCAL_PREFIX}${part - LOCAL}` : String(part))

/** `1.10`, or `1.ĐP2` for a criterion that a place added. */
export const printPlace = ({ a, b }: CodePlace): string => `${printNumber(a)}.${printNumber(b)}`

/** Reads the form that the system writes, brackets or not; undefined for anything else. */
export const parseCode = (text: string): EvidenceCode | undefined => codeFrom(CODE.exec(text.trim()))

/** Reads our form and the two older ones that schools still have in their files; they are never written. */
export function importCode(text: string): EvidenceCode | undefined {
  const tidied = text.trim().toUpperCase()
  return codeFrom(CODE.exec(tidied) ?? OLD_CODE.exec(tidied) ?? DOTTED_CODE.exec(tidied))
}

/** Where items of a criterion are coded: `1.10` → 1.10; clause `22.3` → 22.3. */
export function placeOf(criterion: string): CodePlace | undefined {
  const [, a, b] = /^([1-5]|22|ĐP[1-9]\d?)\.([1-9]|10|ĐP[1-9]\d?)$/.exec(criterion) ?? []
  return a === undefined || b === undefined ? undefined : { a: numberOf(a), b: numberOf(b) }
}

/** The next number in a criterion. `used` holds every code ever given, withdrawn items too: no number comes twice. */
export const nextNumber = (used: readonly Omit<EvidenceCode, 'box'>[], { a, b }: CodePlace): number =>
  Math.max(0, ...used.filter(code => code.a === a && code.b === b).map(code => code.c)) + 1

/** Reading order of the report: standard, criterion, number; Mức 4 last. The box is a place and comes last. */
export const compareInReadingOrder = (left: EvidenceCode, right: EvidenceCode): number =>
  left.a - right.a || left.b - right.b || left.c - right.c || left.box - right.box

export interface Renumbered {
  readonly id: string
  readonly from: EvidenceCode
  readonly to: EvidenceCode
}

/**
 * Numbers the items of each criterion 1, 2, 3 … in the order given (the order in which the report first cites them).
 * Box and criterion stay; every item is in the answer, moved or not, so that the mapping is whole.
 */
export function renumber(
  items: readonly { readonly id: string; readonly code: EvidenceCode }[],
): readonly Renumbered[] {
  const counted = new Map<string, number>()
  return items.map(({ id, code }) => {
    const place = `${code.a}.${code.b}`
    const c = (counted.get(place) ?? 0) + 1
    counted.set(place, c)
    return { id, from: code, to: { ...code, c } }
  })
}

/** What two items are compared by. */
export interface Comparable {
  readonly id: string
  readonly hashes: readonly string[]
  readonly documents: readonly { readonly number: string; readonly date?: string; readonly issuer: string }[]
}

export interface Duplicate {
  readonly id: string
  /** The same bytes, or the same number, date and issuer. */
  readonly by: 'file' | 'document'
}

/** Items that hold the same file or the same document as this one; a document without number, date or issuer never matches. */
export function duplicatesOf(item: Comparable, others: readonly Comparable[]): readonly Duplicate[] {
  const hashes = new Set(item.hashes)
  const documents = new Set(documentKeys(item))
  return others
    .filter(other => other.id !== item.id)
    .flatMap((other): readonly Duplicate[] => {
      if (other.hashes.some(hash => hashes.has(hash))) return [{ id: other.id, by: 'file' }]
      return documentKeys(other).some(key => documents.has(key)) ? [{ id: other.id, by: 'document' }] : []
    })
}

function codeFrom(found: RegExpExecArray | null): EvidenceCode | undefined {
  if (!found) return undefined
  const [box = 0, a = 0, b = 0, c = 0] = found.slice(1).map(numberOf)
  const knownStandard = (a >= 1 && a <= 5) || a > LOCAL || a === LEVEL_FOUR
  const knownCriterion = (b >= 1 && b <= 10) || b > LOCAL
  return knownStandard && knownCriterion && c >= 1 ? { box, a, b, c } : undefined
}

/** “Không số” is what people write on documents without a number; it names none. */
export const namesNoNumber = (number: string): boolean => searchKey(number) === 'khong so'

const documentKeys = ({ documents }: Comparable): readonly string[] =>
  documents.flatMap(({ number, date, issuer }) => {
    const [no, from] = [searchKey(number), searchKey(issuer)]
    return no === '' || namesNoNumber(number) || from === '' || date === undefined ? [] : [`${no}|${date}|${from}`]
  })
