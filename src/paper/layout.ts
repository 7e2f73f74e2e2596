import type { Block, Doc, Heading, Section } from './blocks.ts'
import { coverStrip, figureStrip, letterheadStrip, qrStrip, signatureStrip, type BoxContext } from './layout-boxes.ts'
import { oneLine } from './fonts.ts'
import { layoutProfile, mm, type LayoutProfile } from './layout-profile.ts'
import { tableFlow } from './layout-table.ts'
import { baseline, listStrips, paragraphStrips } from './layout-text.ts'
import { breakLines } from './line-break.ts'
import { paginate, type Flow } from './paginate.ts'
import type { Piece, Strip, Tag } from './pieces.ts'

export interface LaidPage {
  readonly pieces: readonly Piece[]
  readonly landscape: boolean
  /** The number that is counted for this page; printed where `numbered`. */
  readonly number: number
  readonly numbered: boolean
}

export interface Layout {
  readonly profile: LayoutProfile
  readonly root: Tag
  readonly pages: readonly LaidPage[]
  /** Page on which an anchor stands, counted from 1 at the first sheet. */
  readonly pageOf: ReadonlyMap<string, number>
}

/** A heading with its place in the outline; ids are complete. */
interface Entry extends Heading {
  readonly id: string
}

/** Every heading gets an id; those without one are named by their position. */
function withIds(doc: Doc): Map<Heading, Entry> {
  const entries = new Map<Heading, Entry>()
  for (const { blocks } of doc.sections) {
    for (const block of blocks) {
      if (block.kind === 'heading') entries.set(block, { ...block, id: block.id ?? `muc-${entries.size + 1}` })
    }
  }
  return entries
}

const listed = (heading: Heading, maxLevel: number): boolean => heading.inToc !== false && heading.level <= maxLevel

/** Places every word of a document. Needs nothing but the metrics of the fonts; the same document gives the same layout. */
export function layout(doc: Doc): Layout {
  const profile = layoutProfile({ id: doc.profile, on: doc.meta.createdAt })
  const root: Tag = { role: 'Document', parent: undefined }
  const entries = withIds(doc)
  const pages: LaidPage[] = []
  const headingRole = unbrokenLevels()
  for (const section of doc.sections) {
    const sheet = section.landscape ? { width: profile.page.height, height: profile.page.width } : profile.page
    const { margin } = profile
    const context: BoxContext = {
      profile,
      width: sheet.width - margin.left - margin.right,
      pageHeight: sheet.height - margin.top - margin.bottom,
      parent: root,
    }
    const flows = sectionFlows({ section, entries, context, headingRole })
    const first = section.restart ?? (pages.at(-1)?.number ?? 0) + 1
    paginate(flows, context.pageHeight).forEach(({ pieces }, i) => {
      const number = first + i
      // The decree leaves the first page without a number.
      const numbered = section.pageNumbers === 'top-center' && number > 1
      pages.push({ pieces, landscape: section.landscape ?? false, number, numbered })
    })
  }
  return { profile, root, pages, pageOf: anchorsOf(pages) }
}

function anchorsOf(pages: readonly LaidPage[]): Map<string, number> {
  const found = new Map<string, number>()
  pages.forEach((page, i) => {
    for (const piece of page.pieces) {
      if (piece.kind === 'anchor' && !found.has(piece.name)) found.set(piece.name, i + 1)
    }
  })
  return found
}

/** Screen readers need heading levels without gaps: a level may be at most one deeper than the one before. */
function unbrokenLevels(): (level: number) => string {
  let last = 0
  return level => {
    last = Math.min(level, last + 1)
    return `H${last}`
  }
}

interface SectionInput {
  readonly section: Section
  readonly entries: ReadonlyMap<Heading, Entry>
  readonly context: BoxContext
  readonly headingRole: (level: number) => string
}

function sectionFlows(input: SectionInput): Flow[] {
  const flows: Flow[] = []
  let newPage = false
  let underTable = false
  for (const block of input.section.blocks) {
    if (block.kind === 'page-break') {
      newPage = true
      continue
    }
    const made = blockFlows(block, input)
    const [first, ...rest] = made
    if (first && newPage) {
      flows.push(...(first.kind === 'strip' ? [{ ...first, newPage }] : [pageTurn, first]), ...rest)
    } else {
      if (block.kind === 'signature' || (block.kind === 'note' && underTable)) keepWithText(flows, made)
      flows.push(...made)
    }
    underTable = block.kind === 'table' || (block.kind === 'note' && underTable)
    newPage = block.kind === 'cover'
  }
  return flows
}

const pageTurn: Strip = { kind: 'strip', height: 0, gap: 0, keepWithNext: false, newPage: true, pieces: [] }

const heightOf = (flow: Flow): number => flow.gap + (flow.kind === 'strip' ? flow.height : 0)

/**
 * A signature never stands alone on a page, nor do the notes of a table: the last lines of text, or the last row of a
 * table with the lines between, go with them.
 */
function keepWithText(before: Flow[], following: readonly Flow[]): void {
  let height = following.reduce((sum, flow) => sum + heightOf(flow), 0)
  for (let i = before.length - 1, kept = 0; i >= 0 && kept < 2; i--, kept++) {
    const flow = before[i]
    if (!flow) return
    if (flow.kind === 'table') {
      before[i] = { ...flow, keepLast: height }
      return
    }
    height += heightOf(flow)
    before[i] = { ...flow, keepWithNext: true }
  }
}

function blockFlows(block: Exclude<Block, { kind: 'page-break' }>, input: SectionInput): Flow[] {
  const { context } = input
  const { profile, width, parent } = context
  const { lineHeight } = profile
  switch (block.kind) {
    case 'heading':
      return headingStrips(block, input)
    case 'paragraph': {
      const named = profile.styles[block.style ?? 'body']
      const look = block.align ? { ...named, align: block.align } : named
      const marks: Piece[] = block.anchor ? [{ kind: 'anchor', name: block.anchor, x: 0, y: 0 }] : []
      const keepWithNext = block.keepWithNext ?? block.style === 'title'
      const tag: Tag = { role: 'P', parent }
      return paragraphStrips({ content: block.content, look, tag, width, lineHeight, keepWithNext, marks })
    }
    case 'note': {
      // Not tagged Note: that stands for footnotes, and PDF/UA asks for a reference to each.
      const tag: Tag = { role: 'P', parent }
      return paragraphStrips({ content: block.content, look: profile.note, tag, width, lineHeight })
    }
    case 'list':
      return listStrips({ list: block, parent, width, profile })
    case 'table': {
      const tag: Tag = { role: 'Table', parent }
      const caption = block.caption ? captionStrips(block.caption, tag, context, true) : []
      return [...caption, tableFlow({ table: block, tag, width, profile })]
    }
    case 'figure': {
      const strip = figureStrip(block, context)
      if (!block.caption) return [strip]
      return [{ ...strip, keepWithNext: true }, ...captionStrips(block.caption, parent, context, false)]
    }
    case 'toc':
      return tocStrips(block, input)
    case 'letterhead':
      return [letterheadStrip(block, context)]
    case 'signature':
      return [signatureStrip(block, context)]
    case 'cover':
      return [coverStrip(block, context)]
    case 'qr':
      return [qrStrip(block, context)]
  }
}

function captionStrips(text: string, parent: Tag, { profile, width }: BoxContext, above: boolean): Strip[] {
  const tag: Tag = { role: 'Caption', parent }
  const look = {
    size: profile.table.caption,
    italic: !above,
    bold: above,
    align: 'center',
    firstIndent: 0,
    gapBefore: above ? 9 : 4,
  } as const
  return paragraphStrips({ content: [text], look, tag, width, lineHeight: 1.2, keepWithNext: above })
}

function headingStrips(block: Heading, { entries, context, headingRole }: SectionInput): Strip[] {
  const { profile, width, parent } = context
  const named = profile.headings[block.level]
  const look = block.align ? { ...named, align: block.align, firstIndent: 0 } : named
  const name = entries.get(block)?.id ?? ''
  const marks: Piece[] = [{ kind: 'anchor', name, x: 0, y: 0 }]
  if (listed(block, 3)) marks.push({ kind: 'bookmark', level: block.level, title: oneLine(block.text), x: 0, y: 0 })
  return paragraphStrips({
    content: [block.text],
    look,
    tag: { role: headingRole(block.level), parent },
    width,
    lineHeight: profile.lineHeight,
    keepWithNext: true,
    newPage: block.pageBreakBefore ?? false,
    marks,
  })
}

/** Lines of the table of contents; the numbers are filled in when the pages are known, and take no room from them. */
function tocStrips(block: Extract<Block, { kind: 'toc' }>, { entries, context, headingRole }: SectionInput): Strip[] {
  const { profile, width, parent } = context
  const { size, indentPerLevel, gapBefore } = profile.toc
  const height = size * 1.25
  const numberWidth = mm(10)
  const title = paragraphStrips({
    content: [block.title],
    look: { ...profile.headings[1], align: 'center' },
    tag: { role: headingRole(1), parent },
    width,
    lineHeight: profile.lineHeight,
    keepWithNext: true,
  })
  const tocTag: Tag = { role: 'TOC', parent }
  const shown = [...entries.values()].filter(heading => listed(heading, block.maxLevel))
  const lines = shown.flatMap(heading => {
    const bold = heading.level === 1
    const x = (heading.level - 1) * indentPerLevel
    const entry: Tag = { role: 'Reference', parent: { role: 'TOCI', parent: tocTag } }
    const tag: Tag = { role: 'Link', parent: entry }
    const broken = breakLines([oneLine(heading.text)], width - x - numberWidth, { size, bold })
    return broken.map((line, i): Strip => {
      const y = baseline(size, height)
      const isLast = i === broken.length - 1
      const pieces: Piece[] = [{ kind: 'text', line, x, y, width: width - x - numberWidth, align: 'left', tag }]
      if (isLast) {
        pieces.push({
          kind: 'toc-number',
          to: heading.id,
          x,
          y,
          textEnd: line.width,
          width: width - x,
          size,
          bold,
          tag,
        })
      }
      const label = `Đến mục ${oneLine(heading.text)}`
      pieces.push({ kind: 'jump', to: heading.id, x, y: 0, width: width - x, height, label, tag })
      return { kind: 'strip', height, gap: i === 0 ? gapBefore : 0, keepWithNext: !isLast, newPage: false, pieces }
    })
  })
  return [...title, ...lines]
}
