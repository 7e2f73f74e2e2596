import { diffArrays } from 'diff'

/** A sentence of a stored text and where it begins there, in characters. */
export interface Sentence {
  readonly text: string
  readonly offset: number
  /** First of its line: the screen begins a new paragraph or list item. */
  readonly startsLine: boolean
}

/** A full stop, question or exclamation mark with what closes behind it, before a blank; initials and `TS.` end none. */
const SENTENCE_END = /(?<!(?:^|[\s.(])\p{Lu}|\b(?:TS|ThS|PGS|GS|TP|Tp|tp|v\.v|NXB))[.!?…]+["”’)\]]*(?=\s)/gu
const MARKER = /^(?:[-+•*]\s+)?/

/** The sentences of a light-Markdown text in order; list marks and blanks between them belong to none. */
export function sentencesOf(stored: string): readonly Sentence[] {
  const found: Sentence[] = []
  let lineAt = 0
  for (const line of stored.split('\n')) {
    const indent = line.length - line.trimStart().length
    let at = indent + (MARKER.exec(line.slice(indent))?.[0].length ?? 0)
    let startsLine = true
    const ends = [...line.matchAll(SENTENCE_END)].map(end => end.index + end[0].length)
    for (const end of [...ends.filter(each => each > at), line.length]) {
      const raw = line.slice(at, end)
      const text = raw.trim()
      if (text !== '') {
        found.push({ text, offset: lineAt + at + (raw.length - raw.trimStart().length), startsLine })
        startsLine = false
      }
      at = end
    }
    lineAt += line.length + 1
  }
  return found
}

/** What has become of a sentence that a remark is about. */
export type Fate =
  | { readonly kind: 'same'; readonly offset: number }
  | { readonly kind: 'changed'; readonly offset: number; readonly now: string }
  | { readonly kind: 'gone' }

/** Sentences this much alike are one that was rewritten. */
const ALIKE = 0.5

/**
 * Finds a quoted sentence in a text that may have changed: at its place, else nearest to it, else the sentence most like
 * it (a share of common words of a half or more), else it is gone.
 */
export function fateOf(quote: string, offset: number, stored: string): Fate {
  if (quote === '') return { kind: 'same', offset: 0 }
  const places: number[] = []
  for (let at = stored.indexOf(quote); at >= 0; at = stored.indexOf(quote, at + 1)) places.push(at)
  const [nearest] = places.toSorted((a, b) => Math.abs(a - offset) - Math.abs(b - offset))
  if (nearest !== undefined) return { kind: 'same', offset: nearest }
  const [best] = sentencesOf(stored)
    .map(sentence => ({ sentence, share: likeness(quote, sentence.text) }))
    .toSorted(
      (a, b) => b.share - a.share || Math.abs(a.sentence.offset - offset) - Math.abs(b.sentence.offset - offset),
    )
  return best && best.share >= ALIKE
    ? { kind: 'changed', offset: best.sentence.offset, now: best.sentence.text }
    : { kind: 'gone' }
}

const wordsIn = (text: string): readonly string[] => text.toLocaleLowerCase('vi').match(/[\p{L}\p{N}]+/gu) ?? []

/** Share of words that two sentences have in common, 0 to 1 (Dice). */
function likeness(one: string, other: string): number {
  const [a, b] = [wordsIn(one), wordsIn(other)]
  const left = new Map<string, number>()
  for (const word of b) left.set(word, (left.get(word) ?? 0) + 1)
  let common = 0
  for (const word of a) {
    const count = left.get(word) ?? 0
    if (count === 0) continue
    common++
    left.set(word, count - 1)
  }
  return a.length + b.length === 0 ? 0 : (2 * common) / (a.length + b.length)
}

/** A sentence in a comparison of two texts; `changed` names what it was. */
export interface SentenceChange {
  readonly kind: 'same' | 'added' | 'removed' | 'changed'
  readonly text: string
  readonly was?: string
}

/** Sentence by sentence what leads from one text to another; a removed sentence meets the added one most like it. */
export function compareSentences(before: string, after: string): readonly SentenceChange[] {
  const runs = diffArrays(
    sentencesOf(before).map(({ text }) => text),
    sentencesOf(after).map(({ text }) => text),
  )
  const changes: SentenceChange[] = []
  for (const [index, { added, removed, value }] of runs.entries()) {
    const next = runs[index + 1]
    if (removed && next?.added) continue
    const previous = added ? runs[index - 1] : undefined
    if (previous?.removed) changes.push(...pairUp(previous.value, value))
    else for (const text of value) changes.push({ kind: added ? 'added' : removed ? 'removed' : 'same', text })
  }
  return changes
}

function pairUp(removed: readonly string[], added: readonly string[]): readonly SentenceChange[] {
  const left = [...removed]
  const now = added.map((text): SentenceChange => {
    const [best] = left
      .map((was, index) => ({ was, index, share: likeness(was, text) }))
      .toSorted((a, b) => b.share - a.share)
    if (!best || best.share < ALIKE) return { kind: 'added', text }
    left.splice(best.index, 1)
    return { kind: 'changed', text, was: best.was }
  })
  return [...left.map((text): SentenceChange => ({ kind: 'removed', text })), ...now]
}
