import { compareVietnamese, searchKey } from '../kernel/words.ts'
import { labelOf } from './evidence-facts.ts'
import { standsForProof, yearOf } from './evidence-years.ts'
import type { Evidence } from './evidence.ts'

/** Whether every word of the question occurs in the item's code, name, number or issuer; accents do not matter. */
export function matches(item: Evidence, question: string): boolean {
  const words = searchKey(question).split(' ').filter(Boolean)
  if (words.length === 0) return true
  const key = searchKey(
    [labelOf(item), item.name, item.place, ...item.entries.flatMap(each => [each.number, each.issuer])].join(' '),
  )
  return words.every(word => key.includes(word))
}

export interface Found {
  readonly id: string
  readonly label: string
  readonly name: string
  readonly state: Evidence['state']
  readonly criterion: string
  readonly years: readonly string[]
}

/** Items that a sheet may cite, for its picker: those of the same criterion first, then the better match of words. */
export function pick(
  items: readonly Evidence[],
  { question, criterion, most = 20 }: { question: string; criterion?: string; most?: number },
): readonly Found[] {
  return items
    .filter(item => standsForProof(item) && matches(item, question))
    .map(item => ({ item, rank: rankOf(item, searchKey(question), criterion) }))
    .toSorted((one, other) => one.rank - other.rank || compareVietnamese(one.item.name, other.item.name))
    .slice(0, most)
    .map(({ item }) => ({
      id: item.id,
      label: labelOf(item),
      name: item.name,
      state: item.state,
      criterion: item.criterion,
      years: [...new Set(item.entries.flatMap(entry => yearOf(entry) ?? []))].toSorted(),
    }))
}

/** Smaller is better: another criterion weighs more than any difference of words. */
function rankOf(item: Evidence, question: string, criterion: string | undefined): number {
  const elsewhere = criterion !== undefined && item.criterion !== criterion ? 10 : 0
  if (question === '') return elsewhere
  const name = searchKey(item.name)
  const words = searchKey(labelOf(item)).includes(question)
    ? 0
    : name.startsWith(question)
      ? 1
      : ` ${name}`.includes(` ${question}`)
        ? 2
        : 3
  return elsewhere + words
}
