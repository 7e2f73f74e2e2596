import {
  Document,
  Footer,
  Header,
  HeadingLevel,
  NumberFormat,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  SectionType,
  TextRun,
  type FileChild,
  type ISectionOptions,
} from 'docx'
import type { Block, Doc, Heading, List, Section } from './blocks.ts'
import { docxCover, docxFigure, docxLetterhead, docxSignature, docxTocLine } from './docx-boxes.ts'
import { docxTable } from './docx-table.ts'
import { bookmarkNames, docxParagraph, halfPoints, property, twips, type DocxContext } from './docx-text.ts'
import { withoutChance } from './without-chance.ts'
import { draftWords } from './draft-words.ts'
import { layout } from './layout.ts'
import { markerText } from './layout-text.ts'
import { layoutProfile, type LayoutProfile } from './layout-profile.ts'

/** Word has it, and every office machine here; Tinos of the PDF has the same widths. */
const FONT = 'Times New Roman'
const LEVELS = {
  1: HeadingLevel.HEADING_1,
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
  4: HeadingLevel.HEADING_4,
} as const

interface Whole {
  readonly doc: Doc
  readonly profile: LayoutProfile
  readonly bookmarks: ReadonlyMap<string, string>
  readonly headings: ReadonlyMap<Heading, string>
  /** Printed page number of each anchor as the PDF has it. */
  readonly pageOf: (anchor: string) => string
}

/**
 * The same blocks as an editable Word file: headings, repeated table heads and spans are Word's own, charts are Word
 * charts whose numbers can be changed. It is a working copy, never the paper itself: the QR code, which vouches for the
 * PDF alone, is left out. The same document gives the same bytes.
 */
export async function renderDocx(doc: Doc): Promise<Buffer> {
  const profile = layoutProfile({ id: doc.profile, on: doc.meta.createdAt })
  const headings = new Map<Heading, string>()
  for (const block of doc.sections.flatMap(section => section.blocks))
    if (block.kind === 'heading') headings.set(block, block.id ?? `muc-${headings.size + 1}`)
  const whole: Whole = {
    doc,
    profile,
    headings,
    bookmarks: bookmarkNames([...headings.values(), ...anchorsIn(doc)]),
    pageOf: printedPages(doc),
  }
  const file = new Document({
    title: property(doc.meta.title),
    creator: property(doc.meta.author),
    lastModifiedBy: property(doc.meta.author),
    ...(doc.meta.subject !== undefined && { subject: property(doc.meta.subject) }),
    features: { updateFields: false },
    styles: stylesOf(profile),
    sections: doc.sections.map((section, index) => wordSection(section, index, whole)),
  })
  return withoutChance(await Packer.toBuffer(file), doc.meta.createdAt)
}

function anchorsIn(doc: Doc): readonly string[] {
  const anchors = doc.sections.flatMap(section =>
    section.blocks.flatMap(block => {
      if (block.kind === 'paragraph') return [block.anchor]
      if (block.kind !== 'table') return []
      // A row without cells has nowhere to carry its anchor; one with both keeps the row's.
      return [...block.head, ...block.body].flatMap(row =>
        row.cells.map((cell, index) => (index === 0 ? (row.anchor ?? cell.anchor) : cell.anchor)),
      )
    }),
  )
  return anchors.filter(anchor => anchor !== undefined)
}

/** Only a table of contents asks for pages, so only then is the document laid out. */
function printedPages(doc: Doc): (anchor: string) => string {
  if (!doc.sections.some(section => section.blocks.some(block => block.kind === 'toc'))) return () => ''
  const { pageOf, pages } = layout(doc)
  return anchor => String(pages[(pageOf.get(anchor) ?? 1) - 1]?.number ?? '')
}

const stylesOf = (profile: LayoutProfile) => {
  const headingStyle = (level: 1 | 2 | 3 | 4) => {
    const look = profile.headings[level]
    return {
      run: {
        font: FONT,
        size: halfPoints(look.size),
        bold: look.bold ?? false,
        italics: look.italic ?? false,
        color: '000000',
      },
    }
  }
  return {
    default: {
      document: { run: { font: FONT, size: halfPoints(profile.styles.body.size), language: { value: 'vi-VN' } } },
      heading1: headingStyle(1),
      heading2: headingStyle(2),
      heading3: headingStyle(3),
      heading4: headingStyle(4),
    },
  }
}

function wordSection(section: Section, index: number, whole: Whole): ISectionOptions {
  const { profile, bookmarks, doc } = whole
  const { page, margin } = profile
  const across = section.landscape === true ? page.height : page.width
  const context: DocxContext = { profile, bookmarks, width: across - margin.left - margin.right }
  const numbered = section.pageNumbers === 'top-center'
  const startsAtOne = numbered && (section.restart ?? (index === 0 ? 1 : 2)) === 1
  return {
    properties: {
      type: SectionType.NEXT_PAGE,
      // The decree leaves page 1 without a number.
      titlePage: startsAtOne,
      page: {
        size: {
          width: twips(page.width),
          height: twips(page.height),
          orientation: section.landscape === true ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          top: twips(margin.top),
          bottom: twips(margin.bottom),
          left: twips(margin.left),
          right: twips(margin.right),
          header: twips(profile.pageNumber.fromTop),
          footer: twips(profile.footer.fromBottom),
        },
        ...(section.restart !== undefined && {
          pageNumbers: { start: section.restart, formatType: NumberFormat.DECIMAL },
        }),
      },
    },
    headers: { default: headerOf(whole, numbered), first: headerOf(whole, false) },
    footers: { default: footerOf(doc, context), first: footerOf(doc, context) },
    children: section.blocks.flatMap((block, at) => wordBlock(block, section.blocks[at - 1], context, whole)),
  }
}

const GREY = '808080'

function headerOf({ doc, profile }: Whole, numbered: boolean): Header {
  const { size } = profile.pageNumber
  const number = new Paragraph({
    alignment: 'center',
    children: numbered ? [new TextRun({ children: [PageNumber.CURRENT], size: halfPoints(size) })] : [],
  })
  const draft = new Paragraph({
    alignment: 'center',
    children: [new TextRun({ text: draftWords, color: GREY, bold: true, size: halfPoints(size) })],
  })
  return new Header({ children: doc.draft === true ? [number, draft] : [number] })
}

const footerOf = (doc: Doc, context: DocxContext): Footer =>
  new Footer({ children: [docxParagraph([doc.footer ?? ''], { size: context.profile.footer.size }, context)] })

function wordBlock(block: Block, before: Block | undefined, context: DocxContext, whole: Whole): readonly FileChild[] {
  const { profile } = context
  const pageBreakBefore = before?.kind === 'page-break' || before?.kind === 'cover'
  switch (block.kind) {
    case 'heading': {
      const look = { ...profile.headings[block.level], ...(block.align && { align: block.align }) }
      return [
        docxParagraph([block.text], look, context, {
          heading: LEVELS[block.level],
          keepNext: true,
          pageBreakBefore: pageBreakBefore || block.pageBreakBefore === true,
          anchor: whole.headings.get(block),
        }),
      ]
    }
    case 'paragraph': {
      const { align, style = 'body', anchor, keepWithNext = false } = block
      const look = { ...profile.styles[style], ...(align && { align }) }
      return [docxParagraph(block.content, look, context, { anchor, keepNext: keepWithNext, pageBreakBefore })]
    }
    case 'note':
      return [docxParagraph(block.content, profile.note, context, { pageBreakBefore })]
    case 'list':
      return listParagraphs(block, context)
    case 'table':
      return [...turned(pageBreakBefore, context), ...docxTable(block, context)]
    case 'figure':
      return [...turned(pageBreakBefore, context), ...docxFigure(block, context)]
    case 'letterhead':
      return [...turned(pageBreakBefore, context), ...docxLetterhead(block, context)]
    case 'signature':
      return docxSignature(block, context)
    case 'cover':
      return [...turned(before !== undefined, context), ...docxCover(block, context)]
    case 'toc':
      return [...turned(pageBreakBefore, context), ...tocParagraphs(block, context, whole)]
    case 'page-break':
    case 'qr':
      return []
  }
}

/** What cannot itself ask for a new page gets an empty line that does. */
const turned = (wanted: boolean, context: DocxContext): readonly FileChild[] =>
  wanted ? [docxParagraph([''], { size: 2, lineHeight: 1 }, context, { pageBreakBefore: true })] : []

/** Marks are written out: they stay as they are when a piece is copied elsewhere. */
const listParagraphs = ({ marker, items }: List, context: DocxContext): readonly FileChild[] =>
  items.map((item, index) => {
    const { styles, list } = context.profile
    return docxParagraph([markerText(marker, index), ...item], { ...styles.body, gapBefore: list.gapBefore }, context)
  })

function tocParagraphs(
  { title, maxLevel }: Extract<Block, { kind: 'toc' }>,
  context: DocxContext,
  { headings, pageOf }: Whole,
): readonly FileChild[] {
  const lines = [...headings].filter(([heading]) => heading.inToc !== false && heading.level <= maxLevel)
  return [
    docxParagraph([title], { size: context.profile.headings[1].size, bold: true, align: 'center' }, context),
    ...lines.map(([heading, anchor]) =>
      docxTocLine({ title: heading.text, level: heading.level, page: pageOf(anchor), anchor }, context),
    ),
  ]
}
