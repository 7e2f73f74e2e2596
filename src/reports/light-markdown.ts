import { list, paragraph, ref, text, type Block, type Inline } from '../paper/index.ts'
import type { Marks } from '../paper/index.ts'

/** How a cited evidence item is printed. */
export type Cite = (evidenceId: string) => Inline

/** Printed in drafts where a text cites an item that has no code (yet). */
export const UNCODED = '«minh chứng chưa có mã»'

/** Anchor of an item's row in the catalogue: citations jump there. */
export const evidenceAnchor = (id: string): string => `mc-${id}`

/** Draws citations with the codes of these items; every other citation says that it has none. */
export const citeBy =
  (codes: ReadonlyMap<string, string>): Cite =>
  id => {
    const code = codes.get(id)
    return code === undefined ? text(UNCODED) : ref(code, evidenceAnchor(id))
  }

const TOKEN = /\[\[([A-Za-z0-9_-]{8,40})\]\]|\*\*(\S(?:.*?\S)?)\*\*|\*(\S(?:[^*]*?\S)?)\*/g
/** Two citations with nothing but blanks, commas or semicolons between them. */
const BETWEEN_CITATIONS = /(?<=\]\])[ \t;,]*(?=\[\[)/g

/** One line of light Markdown: bold, italic and citations; citations that follow one another are joined by “; ”. */
export const inlinesOf = (line: string, cite: Cite): readonly Inline[] =>
  marked(line.replace(BETWEEN_CITATIONS, '; '), cite, {})

function marked(line: string, cite: Cite, marks: Marks): readonly Inline[] {
  const pieces: Inline[] = []
  const say = (words: string): void => {
    if (words !== '') pieces.push(Object.keys(marks).length === 0 ? words : text(words, marks))
  }
  let at = 0
  for (const found of line.matchAll(TOKEN)) {
    const [whole, cited, bolded, slanted] = found
    say(line.slice(at, found.index))
    if (cited !== undefined) pieces.push(cite(cited))
    else if (bolded !== undefined) pieces.push(...marked(bolded, cite, { ...marks, bold: true }))
    else if (slanted !== undefined) pieces.push(...marked(slanted, cite, { ...marks, italic: true }))
    at = found.index + whole.length
  }
  say(line.slice(at))
  return pieces
}

const ITEM = /^\s*[-+•*]\s+(?=\S)/

/**
 * A stored text as blocks: every line is a paragraph, lines that begin with “- ” are a list. `lead` stands in front of
 * the first paragraph, e.g. the letter of an indicator.
 */
export function markdownBlocks(stored: string, cite: Cite, lead: readonly Inline[] = []): readonly Block[] {
  const lines = stored.split('\n').filter(line => line.trim() !== '')
  const blocks: Block[] = []
  let items: (readonly Inline[])[] = []
  let before = lead
  const closeList = (): void => {
    if (items.length > 0) blocks.push(list(items))
    items = []
  }
  for (const line of lines) {
    if (ITEM.test(line)) {
      if (before.length > 0) blocks.push(paragraph(before))
      before = []
      items.push(inlinesOf(line.replace(ITEM, '').trim(), cite))
      continue
    }
    closeList()
    blocks.push(paragraph([...before, ...inlinesOf(line.trim(), cite)]))
    before = []
  }
  closeList()
  return blocks
}
