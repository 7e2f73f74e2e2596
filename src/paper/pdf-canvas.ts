import type { Align } from './blocks.ts'
import type { Shape } from './chart-shapes.ts'
import { embeddedFonts } from './pdf-fonts.ts'
import { breakLines, type Fragment, type Line, type Look } from './line-break.ts'
import { baseline } from './layout-text.ts'
import type { PdfkitDocument } from './pdfkit-patches.ts'

/** Two decimals are a hundredth of a point; shorter files and no -0. */
export const short = (value: number): number => Math.round(value * 100) / 100 || 0

const hexColor = (color: string): string => {
  const value = Number.parseInt(color.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255].map(part => short(part / 255)).join(' ')
}

/** A stretch of a line in one look, where it was drawn. */
export interface Stretch {
  readonly look: Look
  readonly x: number
  readonly y: number
  readonly width: number
}

export interface LineAt {
  readonly line: Line
  readonly x: number
  /** The baseline, in points from the top of the page. */
  readonly y: number
  readonly width: number
  readonly align: Align
}

const sameLook = (a: Look, b: Look): boolean =>
  a === b ||
  (a.face === b.face && a.size === b.size && a.underline === b.underline && a.href === b.href && a.to === b.to)

const linkColor = '0.04 0.25 0.5 rg'

export type Canvas = ReturnType<typeof pdfCanvas>

/** Text and rules as PDF operators of our own. Coordinates are points from the upper left corner of the page. */
export function pdfCanvas(pdf: PdfkitDocument) {
  const fontOf = embeddedFonts(pdf)
  const put = (operators: string): void => {
    pdf.addContent(operators)
  }

  /** Draws fragments of one look; blanks are real glyphs, so that copied text has its spaces. Returns the width. */
  function drawStretch(
    fragments: readonly Fragment[],
    at: { x: number; y: number; stretch: number; isEnd: boolean },
  ): number {
    const [first] = fragments
    if (!first) return 0
    const { look } = first
    const font = fontOf(look.face)
    const stretched = at.stretch > 0 ? `> ${short((-at.stretch * 1000) / look.size)} <` : ''
    let hex = ''
    let width = 0
    fragments.forEach((fragment, i) => {
      hex += font.word(fragment.run)
      width += fragment.width
      if (fragment.blank === 0) return
      // The blank of a symbol is drawn with the symbol's face; its width is the text face's and close enough to it.
      hex += font.blank
      if (at.isEnd && i === fragments.length - 1) return
      hex += stretched
      width += fragment.blank + at.stretch
    })
    if (look.href !== undefined) put(linkColor)
    put(`BT /${font.key} ${short(look.size)} Tf 1 0 0 -1 ${short(at.x)} ${short(at.y)} Tm [<${hex}>] TJ ET`)
    if (look.underline) put(`${short(at.x)} ${short(at.y + 1.4)} ${short(width)} 0.6 re f`)
    if (look.href !== undefined) put('0 g')
    return width
  }

  /** The stretches of a line in one look each, placed but not yet drawn: links need a mark of their own. */
  function stretches({ line, x, y, width, align }: LineAt): (Stretch & { draw: () => void })[] {
    const { fragments } = line
    const blanks = fragments.filter((f, i) => f.blank > 0 && i < fragments.length - 1).length
    const free = width - line.width
    const stretch = align === 'justify' && !line.last && blanks > 0 ? free / blanks : 0
    let left = x + (align === 'center' ? free / 2 : align === 'right' ? free : 0)
    const made: (Stretch & { draw: () => void })[] = []
    for (let i = 0; i < fragments.length;) {
      const start = i
      const look = fragments[start]?.look
      if (!look) break
      while (i < fragments.length && sameLook(fragments[i]?.look ?? look, look)) i++
      const part = fragments.slice(start, i)
      const isEnd = i === fragments.length
      const at = { x: left, y, stretch, isEnd }
      const advance = part.reduce((sum, f, k) => {
        const blank = f.blank > 0 && !(isEnd && k === part.length - 1) ? f.blank + stretch : 0
        return sum + f.width + blank
      }, 0)
      made.push({ look, x: left, y, width: advance, draw: () => void drawStretch(part, at) })
      left += advance
    }
    return made
  }

  const text = (words: string, at: Omit<LineAt, 'line'> & { size: number; bold?: boolean }): void => {
    const [line] = breakLines([words], Number.POSITIVE_INFINITY, { size: at.size, bold: at.bold })
    if (line) for (const stretch of stretches({ ...at, line })) stretch.draw()
  }

  return {
    stretches,
    text,
    box(x: number, y: number, width: number, height: number, grey?: number): void {
      const rectangle = `${short(x)} ${short(y)} ${short(width)} ${short(height)} re`
      if (grey !== undefined) put(`${grey} g ${rectangle} f 0 g`)
      put(`0.5 w ${rectangle} S`)
    },
    rule(x: number, y: number, width: number): void {
      put(`0.7 w ${short(x)} ${short(y)} m ${short(x + width)} ${short(y)} l S`)
    },
    shapes(shapes: readonly Shape[], x: number, y: number): void {
      for (const shape of shapes) {
        if (shape.kind === 'rect') {
          const corner = `${short(x + shape.x)} ${short(y + shape.y)}`
          put(`${hexColor(shape.color)} rg ${corner} ${short(shape.w)} ${short(shape.h)} re f 0 g`)
        } else if (shape.kind === 'line') {
          const from = `${short(x + shape.x1)} ${short(y + shape.y1)} m`
          put(`${hexColor(shape.color)} RG 0.5 w ${from} ${short(x + shape.x2)} ${short(y + shape.y2)} l S 0 G`)
        } else {
          const base = y + shape.y + baseline(shape.size, shape.size * 1.2)
          text(shape.text, { x: x + shape.x, y: base, width: shape.width, align: shape.align, size: shape.size })
        }
      }
    },
    /** The grey words across the page, drawn before anything else. */
    draftMark(words: string, page: { width: number; height: number }): void {
      const size = 46
      const [line] = breakLines([words], Number.POSITIVE_INFINITY, { size, bold: true })
      if (!line) return
      const slope = Math.atan2(page.height, page.width)
      const [cos, sin] = [Math.cos(slope), Math.sin(slope)]
      const startX = page.width / 2 - (line.width / 2) * cos
      const startY = page.height / 2 + (line.width / 2) * sin
      put(`q 0.88 g ${short(cos)} ${short(-sin)} ${short(sin)} ${short(cos)} ${short(startX)} ${short(startY)} cm`)
      for (const stretch of stretches({ line, x: 0, y: 0, width: line.width, align: 'left' })) stretch.draw()
      put('Q')
    },
    image(label: string, x: number, y: number, width: number, height: number): void {
      put(`q ${short(width)} 0 0 ${short(-height)} ${short(x)} ${short(y + height)} cm /${label} Do Q`)
    },
  }
}
