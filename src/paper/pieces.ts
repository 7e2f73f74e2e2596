import type { Align } from './blocks.ts'
import type { Shape } from './chart-shapes.ts'
import type { Line } from './line-break.ts'

/** A node of the structure tree that screen readers follow. */
export interface Tag {
  readonly role: string
  readonly parent: Tag | undefined
  readonly alt?: string
  readonly attributes?: Readonly<Record<string, string | number>>
}

interface At {
  /** Points from the left edge of the text area. */
  readonly x: number
  /** Points down from the top of the strip, on a page from the top of the text area. */
  readonly y: number
}

/** Text is an artifact (repeated head, dots) when it has no tag. `y` is the baseline. */
export interface TextPiece extends At {
  readonly kind: 'text'
  readonly line: Line
  readonly width: number
  readonly align: Align
  readonly tag: Tag | undefined
}

export interface BoxPiece extends At {
  readonly kind: 'box'
  readonly width: number
  readonly height: number
  /** Grey of the ground, 0 black to 1 white; no ground when absent. */
  readonly grey?: number
}

export interface RulePiece extends At {
  readonly kind: 'rule'
  readonly width: number
}

/** Dots and page number of a heading, known once the pages are. Right edge at x + width. */
export interface TocNumberPiece extends At {
  readonly kind: 'toc-number'
  readonly to: string
  readonly textEnd: number
  readonly width: number
  readonly size: number
  readonly bold: boolean
  readonly tag: Tag
}

/** A clickable area that leads to an anchor. */
export interface JumpPiece extends At {
  readonly kind: 'jump'
  readonly to: string
  readonly width: number
  readonly height: number
  readonly label: string
  readonly tag: Tag
}

export interface AnchorPiece extends At {
  readonly kind: 'anchor'
  readonly name: string
}

export interface BookmarkPiece extends At {
  readonly kind: 'bookmark'
  readonly level: number
  readonly title: string
}

export interface DrawingPiece extends At {
  readonly kind: 'drawing'
  readonly width: number
  readonly height: number
  readonly shapes: readonly Shape[]
  readonly tag: Tag
}

export interface ImagePiece extends At {
  readonly kind: 'image'
  readonly width: number
  readonly height: number
  readonly pngBase64: string
  readonly tag: Tag
}

export type Piece =
  | TextPiece
  | BoxPiece
  | RulePiece
  | TocNumberPiece
  | JumpPiece
  | AnchorPiece
  | BookmarkPiece
  | DrawingPiece
  | ImagePiece

/** What is placed whole: a line of text, a letterhead, a figure. */
export interface Strip {
  readonly kind: 'strip'
  readonly height: number
  /** Space above, dropped at the top of a page. */
  readonly gap: number
  readonly keepWithNext: boolean
  readonly newPage: boolean
  readonly pieces: readonly Piece[]
}

export const shifted = (piece: Piece, dy: number): Piece => ({ ...piece, y: piece.y + dy })
