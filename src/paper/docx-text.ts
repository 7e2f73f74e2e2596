import {
  AlignmentType,
  Bookmark,
  ExternalHyperlink,
  InternalHyperlink,
  LineRuleType,
  Paragraph,
  TextRun,
  type IParagraphOptions,
  type ParagraphChild,
} from 'docx'
import type { Align, Inline, Marks } from './blocks.ts'
import { oneLine, printable } from './fonts.ts'
import type { LayoutProfile, ParagraphLook } from './layout-profile.ts'
import { webAddress } from './web-address.ts'

/** What the parts of a Word file share: the layout in force, the names of its anchors, the width to write in. */
export interface DocxContext {
  readonly profile: LayoutProfile
  readonly bookmarks: ReadonlyMap<string, string>
  /** Width of the text area in points. */
  readonly width: number
}

/** Word counts lengths in twentieths of a point, letter sizes in halves, lines of a table's border in eighths. */
export const twips = (points: number): number => Math.round(points * 20)
export const halfPoints = (points: number): number => Math.round(points * 2)

const ALIGNMENTS = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  justify: AlignmentType.JUSTIFIED,
} as const satisfies Record<Align, string>

interface RunLook extends Marks {
  readonly size: number
}

/** Runs of one inline; forced line ends become breaks. */
function runs(words: string, { size, bold, italic, underline }: RunLook, color?: string): TextRun[] {
  const shared = {
    size: halfPoints(size),
    ...(bold === true && { bold }),
    ...(italic === true && { italics: italic }),
    ...(underline === true && { underline: {} }),
    ...(color !== undefined && { color }),
  }
  return printable(words)
    .split('\n')
    .map((text, index) => new TextRun({ ...shared, text, ...(index > 0 && { break: 1 }) }))
}

const LINK_COLOR = '1F4E8C'

function childrenOf(inline: Inline, look: RunLook, { bookmarks }: DocxContext): ParagraphChild[] {
  if (typeof inline === 'string') return runs(inline, look)
  if (inline.kind === 'break') return [new TextRun({ break: 1 })]
  const own: RunLook = {
    size: look.size,
    bold: inline.bold ?? look.bold,
    italic: inline.italic ?? look.italic,
    underline: inline.underline ?? look.underline,
  }
  if (inline.kind === 'ref') {
    const anchor = bookmarks.get(inline.to)
    return anchor === undefined
      ? runs(inline.text, own)
      : [new InternalHyperlink({ anchor, children: runs(inline.text, own) })]
  }
  const address = inline.kind === 'link' ? webAddress(inline.href) : undefined
  return address === undefined
    ? runs(inline.text, own)
    : [new ExternalHyperlink({ link: address, children: runs(inline.text, own, LINK_COLOR) })]
}

export interface DocxLook extends Partial<ParagraphLook> {
  readonly size: number
  readonly gapAfter?: number
  readonly indentLeft?: number
  /** Line height as a multiple of the letter size; the profile's when absent. */
  readonly lineHeight?: number
}

/** One paragraph of Word; `more` carries what only some have (heading level, keep with next …). */
export function docxParagraph(
  content: readonly Inline[],
  look: DocxLook,
  context: DocxContext,
  { anchor, ...more }: IParagraphOptions & { readonly anchor?: string | undefined } = {},
): Paragraph {
  const bookmark = anchor === undefined ? undefined : context.bookmarks.get(anchor)
  const children = content.flatMap(inline => childrenOf(inline, look, context))
  return new Paragraph({
    ...more,
    children: bookmark === undefined ? children : [new Bookmark({ id: bookmark, children })],
    alignment: ALIGNMENTS[look.align ?? 'left'],
    indent: {
      ...(look.firstIndent !== undefined && { firstLine: twips(look.firstIndent) }),
      ...(look.indentLeft !== undefined && { left: twips(look.indentLeft) }),
    },
    spacing: {
      before: twips(look.gapBefore ?? 0),
      after: twips(look.gapAfter ?? 0),
      line: twips(look.size * (look.lineHeight ?? context.profile.lineHeight)),
      lineRule: LineRuleType.AT_LEAST,
    },
  })
}

/** Names that Word takes for anchors: letters and digits, at most forty; counted, so that no two are equal. */
export const bookmarkNames = (anchors: readonly string[]): ReadonlyMap<string, string> =>
  new Map([...new Set(anchors)].map((anchor, index) => [anchor, `muc_${index + 1}`]))

/** File properties take one line without marks of their own. */
export const property = (words: string): string => oneLine(words)
