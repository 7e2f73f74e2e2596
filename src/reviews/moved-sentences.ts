import type { SentenceChange } from './sentences.ts'

/** Sentences of one part of the report, with what the part is called. */
export interface ChangedPart {
  readonly place: string
  readonly changes: readonly PlacedChange[]
}

/** `moved`: stands elsewhere word for word; `place` names the other part, and is absent inside one part. */
export type PlacedChange =
  | SentenceChange
  | { readonly kind: 'moved'; readonly text: string; readonly from?: string }
  | { readonly kind: 'movedAway'; readonly text: string; readonly to: string }

/** “Không có.” stands in many parts and is moved nowhere. */
const FEWEST_WORDS = 4

const isLong = (text: string): boolean => text.split(/\s+/).length >= FEWEST_WORDS

/** A sentence that was taken out of one place and stands word for word in another is told as moved, not as lost and new. */
export function withMoves(parts: readonly ChangedPart[]): readonly ChangedPart[] {
  const inside = parts.map(({ place, changes }) => ({ place, changes: movedInside(changes) }))
  const gone = places(inside, 'removed')
  const come = places(inside, 'added')
  return inside.map(({ place, changes }) => ({
    place,
    changes: changes.map((change): PlacedChange => {
      const { text } = change
      if (change.kind === 'added' && isLong(text)) {
        const from = gone.get(text)
        return from === undefined ? change : { kind: 'moved', text, from }
      }
      if (change.kind === 'removed' && isLong(text)) {
        const to = come.get(text)
        return to === undefined ? change : { kind: 'movedAway', text, to }
      }
      return change
    }),
  }))
}

const places = (parts: readonly ChangedPart[], kind: 'added' | 'removed'): ReadonlyMap<string, string> =>
  new Map(
    parts.flatMap(({ place, changes }) => changes.flatMap(each => (each.kind === kind ? [[each.text, place]] : []))),
  )

/** Inside one part the sentence is shown where it stands now, once. */
function movedInside(changes: readonly PlacedChange[]): readonly PlacedChange[] {
  const gone = changes.flatMap(({ kind, text }) => (kind === 'removed' ? [text] : []))
  const moved: string[] = []
  const here = changes.map((change): PlacedChange => {
    const at = change.kind === 'added' ? gone.indexOf(change.text) : -1
    if (at < 0) return change
    moved.push(...gone.splice(at, 1))
    return { kind: 'moved', text: change.text }
  })
  return here.filter(({ kind, text }) => {
    const at = kind === 'removed' ? moved.indexOf(text) : -1
    if (at >= 0) moved.splice(at, 1)
    return at < 0
  })
}
