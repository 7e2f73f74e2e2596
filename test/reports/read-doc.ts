import type { Block, Doc, Heading, Table } from '../../src/paper/index.ts'
import { wordsOf } from '../../src/reports/abbreviations.ts'

export const blocksOf = (doc: Doc): readonly Block[] => doc.sections.flatMap(section => section.blocks)

export const headingsOf = (doc: Doc): readonly Heading[] => blocksOf(doc).filter(block => block.kind === 'heading')

export const tablesOf = (doc: Doc): readonly Table[] => blocksOf(doc).filter(block => block.kind === 'table')

/** Every paragraph, heading, item and cell of a document. */
export const linesOf = (doc: Doc): readonly string[] => wordsOf(blocksOf(doc))

/** Rows of the body of a table as texts. */
export const rowsOf = (table: Table): readonly (readonly string[])[] =>
  table.body.map(row =>
    row.cells.map(cell =>
      cell.content.map(piece => (typeof piece === 'string' ? piece : 'text' in piece ? piece.text : '')).join(''),
    ),
  )

/** The first table that follows a heading. */
export function tableUnder(doc: Doc, heading: string): Table {
  const blocks = blocksOf(doc)
  const at = blocks.findIndex(block => block.kind === 'heading' && block.text === heading)
  const found = blocks.slice(at).find(block => block.kind === 'table')
  if (at < 0 || found?.kind !== 'table') throw new Error(`no table under “${heading}”`)
  return found
}
