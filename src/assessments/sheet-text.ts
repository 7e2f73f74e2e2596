import type { CitedEvidence } from './needs.ts'

/** A run of words on the screen; `href` makes it a chip that opens the evidence. */
export interface Piece {
  readonly text: string
  readonly bold?: boolean
  readonly italic?: boolean
  readonly href?: string
  readonly title?: string
  /** A citation of something that is not in the catalogue any more. */
  readonly lost?: boolean
}

export interface TextBlock {
  readonly kind: 'paragraph' | 'list'
  /** One line of a paragraph, or one item of a list, each. */
  readonly lines: readonly (readonly Piece[])[]
}

export const evidenceHref = (id: string): string => `/minh-chung/${id}`

const INLINE = /\[\[([A-Za-z0-9_-]{8,40})\]\]|\*\*(\S(?:.*?\S)?)\*\*|\*(\S(?:[^*]*?\S)?)\*/g
const ITEM = /^\s*[-+•*]\s+(?=\S)/

/** A stored text (light Markdown with `[[id]]` citations) as blocks for reading on the screen. */
export function readable(stored: string, evidence: ReadonlyMap<string, CitedEvidence>): readonly TextBlock[] {
  const blocks: { kind: TextBlock['kind']; lines: (readonly Piece[])[] }[] = []
  for (const line of stored.split('\n')) {
    if (line.trim() === '') continue
    const isItem = ITEM.test(line)
    const pieces = piecesOf(line.replace(ITEM, '').trim(), evidence, {})
    const last = blocks.at(-1)
    if (isItem && last?.kind === 'list') last.lines.push(pieces)
    else blocks.push({ kind: isItem ? 'list' : 'paragraph', lines: [pieces] })
  }
  return blocks
}

function piecesOf(
  line: string,
  evidence: ReadonlyMap<string, CitedEvidence>,
  marks: Pick<Piece, 'bold' | 'italic'>,
): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  const say = (text: string): void => {
    if (text !== '') pieces.push({ text, ...marks })
  }
  for (const found of line.matchAll(INLINE)) {
    const [whole, id, bold, italic] = found
    say(line.slice(at, found.index))
    if (id !== undefined) pieces.push(citation(id, evidence))
    else if (bold !== undefined) pieces.push(...piecesOf(bold, evidence, { ...marks, bold: true }))
    else if (italic !== undefined) pieces.push(...piecesOf(italic, evidence, { ...marks, italic: true }))
    at = found.index + whole.length
  }
  say(line.slice(at))
  return pieces
}

function citation(id: string, evidence: ReadonlyMap<string, CitedEvidence>): Piece {
  const item = evidence.get(id)
  return item
    ? { text: item.label, href: evidenceHref(id), title: item.name }
    : { text: '[minh chứng không còn]', lost: true }
}
