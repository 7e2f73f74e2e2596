import type { Inline, List, ListMarker, Marks } from './blocks.ts'
import { face } from './fonts.ts'
import type { LayoutProfile, ParagraphLook } from './layout-profile.ts'
import { breakEvenly, breakLines, type BaseLook } from './line-break.ts'
import type { Piece, Strip, Tag, TextPiece } from './pieces.ts'

/** Distance from the top of a line to its baseline: the letters stand in the middle of the line. */
export function baseline(size: number, lineHeight: number): number {
  const { ascent, descent } = face('regular')
  return (lineHeight - size * (ascent + descent)) / 2 + size * ascent
}

export interface ParagraphInput {
  readonly content: readonly Inline[]
  readonly look: ParagraphLook
  readonly tag: Tag
  readonly width: number
  readonly lineHeight: number
  readonly left?: number
  readonly keepWithNext?: boolean
  readonly newPage?: boolean
  /** Anchors and bookmarks of the first line. */
  readonly marks?: readonly Piece[]
}

/** A paragraph as one strip a line; the first two and the last two lines stay together. */
export function paragraphStrips(input: ParagraphInput): Strip[] {
  const { look, tag, left = 0, keepWithNext = false } = input
  const width = input.width - left
  const base: BaseLook = { size: look.size, bold: look.bold, italic: look.italic }
  const lines =
    look.align === 'center'
      ? breakEvenly(input.content, width, base)
      : breakLines(input.content, width, base, look.firstIndent)
  const height = look.size * input.lineHeight
  return lines.map((line, i): Strip => {
    const indent = i === 0 ? look.firstIndent : 0
    const isLast = i === lines.length - 1
    const pieces: Piece[] = i === 0 ? [...(input.marks ?? [])] : []
    const y = baseline(look.size, height)
    pieces.push({ kind: 'text', line, x: left + indent, y, width: width - indent, align: look.align, tag })
    if (isLast && look.ruleBelow !== undefined) {
      const rule = line.width * look.ruleBelow
      pieces.push({ kind: 'rule', x: left + (width - rule) / 2, y: height + 1.5, width: rule })
    }
    return {
      kind: 'strip',
      height: height + (isLast && look.ruleBelow !== undefined ? 6 : 0),
      gap: i === 0 ? look.gapBefore : 0,
      keepWithNext: isLast ? keepWithNext : keepWithNext || i === 0 || i === lines.length - 2,
      newPage: i === 0 && (input.newPage ?? false),
      pieces,
    }
  })
}

const alphabet = Array.from('abcdđeghiklmnopqrstuvxy')

/** What stands in front of an item of a list, with its blank. */
export function markerText(marker: ListMarker, index: number): string {
  if (marker === 'dash') return '- '
  return marker === 'number' ? `${index + 1}. ` : `${alphabet[index % alphabet.length] ?? ''}) `
}

export interface ListInput {
  readonly list: List
  readonly parent: Tag
  readonly width: number
  readonly profile: LayoutProfile
}

export function listStrips({ list, parent, width, profile }: ListInput): Strip[] {
  const tag: Tag = { role: 'L', parent }
  const look: ParagraphLook = {
    ...profile.styles.body,
    firstIndent: profile.list.indent,
    gapBefore: profile.list.gapBefore,
  }
  return list.items.flatMap((item, i) => {
    const body: Tag = { role: 'LBody', parent: { role: 'LI', parent: tag } }
    const content = [markerText(list.marker, i), ...item]
    return paragraphStrips({ content, look, tag: body, width, lineHeight: profile.lineHeight })
  })
}

export interface StackInput extends Marks {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
  readonly align: 'left' | 'center' | 'right'
  readonly parent: Tag
}

/** Lines of a box (letterhead, signature, cover) from `y` downwards, and where they end. */
export function stack(input: StackInput): { pieces: TextPiece[]; end: number; widest: number } {
  const { x, y, width, size, align } = input
  const height = size * 1.2
  const tag: Tag = { role: 'P', parent: input.parent }
  const content: Inline[] = [input.text]
  const lines = align === 'center' ? breakEvenly(content, width, input) : breakLines(content, width, input)
  const pieces = lines.map((line, i): TextPiece => {
    return { kind: 'text', line, x, y: y + i * height + baseline(size, height), width, align, tag }
  })
  return { pieces, end: y + lines.length * height, widest: Math.max(0, ...lines.map(line => line.width)) }
}
