import type { Cover, Figure, Letterhead, Qr, Signature, Signer } from './blocks.ts'
import { chartShapes } from './chart-shapes.ts'
import { issuerLines } from './issuer-lines.ts'
import { mm, type LayoutProfile } from './layout-profile.ts'
import { stack, type StackInput } from './layout-text.ts'
import { textWidth } from './line-break.ts'
import type { Piece, Strip, Tag } from './pieces.ts'
import { qrShapes } from './qr-shapes.ts'

export interface BoxContext {
  readonly profile: LayoutProfile
  readonly width: number
  /** Height of the text area of the page. */
  readonly pageHeight: number
  readonly parent: Tag
}

const boxStrip = (pieces: readonly Piece[], height: number, gap: number): Strip => ({
  kind: 'strip',
  height,
  gap,
  keepWithNext: false,
  newPage: false,
  pieces,
})

/** Writes lines below one another into a column. */
function column(at: { x: number; y: number; width: number; parent: Tag }) {
  const pieces: Piece[] = []
  let y = at.y
  return {
    pieces,
    get y() {
      return y
    },
    write(text: string | undefined, look: Omit<StackInput, 'text' | 'x' | 'y' | 'width' | 'parent'>): number {
      if (!text) return 0
      const block = stack({ ...look, text, x: at.x, y, width: at.width, parent: at.parent })
      pieces.push(...block.pieces)
      y = block.end
      return block.widest
    },
    /** A centred line under the text. */
    rule(width: number): void {
      pieces.push({ kind: 'rule', x: at.x + (at.width - width) / 2, y: y + 2, width })
      y += 7
    },
    skip(space: number): void {
      y += space
    },
  }
}

const capitals = { bold: true, align: 'center' } as const

/** Both columns side by side; long names of the issuer wrap evenly within the left one. */
export function letterheadStrip(block: Letterhead, { profile, width, parent }: BoxContext): Strip {
  const { letterhead } = profile
  const tag: Tag = { role: 'Sect', parent }
  const gutter = mm(3)
  const leftWidth = width * letterhead.leftShare - gutter / 2
  const rightX = width * letterhead.leftShare + gutter / 2
  const rightWidth = width - rightX
  const [large, small] = letterhead.sizes
  const fits = (size: number): boolean =>
    textWidth(letterhead.nation, { size, bold: true }) <= rightWidth &&
    textWidth(block.issuer, { size, bold: true }) <= leftWidth &&
    textWidth(block.parent ?? '', { size }) <= leftWidth
  const size = fits(large) ? large : small

  const left = column({ x: 0, y: 0, width: leftWidth, parent: tag })
  for (const line of issuerLines(block.parent ?? '', words => textWidth(words, { size }) <= leftWidth))
    left.write(line, { size, align: 'center' })
  const names = issuerLines(block.issuer, words => textWidth(words, { size, bold: true }) <= leftWidth)
  const issuerWidth = Math.max(...names.map(line => left.write(line, { size, ...capitals })))
  left.rule(issuerWidth * letterhead.issuerRule)

  const right = column({ x: rightX, y: 0, width: rightWidth, parent: tag })
  right.write(letterhead.nation, { size, ...capitals })
  right.rule(right.write(letterhead.motto, { size: size + 1, ...capitals }))

  const below = Math.max(left.y, right.y) + 3
  const number = column({ x: 0, y: below, width: leftWidth, parent: tag })
  number.write(block.number, { size: letterhead.number, align: 'center' })
  number.write(block.subject, { size: small, align: 'center' })
  const place = column({ x: rightX, y: below, width: rightWidth, parent: tag })
  place.write(block.placeAndDate, { size: letterhead.place, italic: true, align: 'center' })

  const pieces = [...left.pieces, ...right.pieces, ...number.pieces, ...place.pieces]
  return boxStrip(pieces, Math.max(number.y, place.y) + 4, 0)
}

/** Signers by twos; a single one, or the last of an odd number, stands on the right. */
function signerRows(signers: readonly Signer[]): (readonly [Signer | undefined, Signer | undefined])[] {
  const rows: [Signer | undefined, Signer | undefined][] = []
  for (let i = 0; i < signers.length; i += 2) {
    const next = signers[i + 1]
    rows.push(next ? [signers[i], next] : [undefined, signers[i]])
  }
  return rows
}

export function signatureStrip(block: Signature, { profile, width, parent }: BoxContext): Strip {
  const { signature } = profile
  const tag: Tag = { role: 'Sect', parent }
  const half = width / 2
  const pieces: Piece[] = []
  let y = 0
  for (const pair of signerRows(block.signers)) {
    const heads = pair.map((_, side) => column({ x: side * half, y, width: half, parent: tag }))
    heads.forEach((head, side) => {
      head.write(pair[side]?.authority, { size: signature.size, ...capitals })
      head.write(pair[side]?.position, { size: signature.size, ...capitals })
    })
    // Both names stand on one line, however many lines the offices above them take.
    const nameY = Math.max(...heads.map(head => head.y)) + signature.space
    const names = pair.map((_, side) => column({ x: side * half, y: nameY, width: half, parent: tag }))
    names.forEach((name, side) => name.write(pair[side]?.name, { size: signature.size, ...capitals }))
    for (const part of [...heads, ...names]) pieces.push(...part.pieces)
    y = Math.max(...names.map(name => name.y)) + 12
  }
  y -= 12

  if (block.receivers && block.receivers.length > 0) {
    const leftIsFree = block.signers.length === 1
    const receivers = column({ x: 0, y: leftIsFree ? 0 : y + 12, width: half - mm(3), parent: tag })
    receivers.write('Nơi nhận:', { size: signature.receiversTitle, bold: true, italic: true, align: 'left' })
    for (const receiver of block.receivers) {
      receivers.write(`- ${receiver}`, { size: signature.receivers, align: 'left' })
    }
    pieces.push(...receivers.pieces)
    y = Math.max(y, receivers.y)
  }
  return boxStrip(pieces, y, 18)
}

/** Fills the text area of a page; the place and year stand on its last line. */
export function coverStrip(block: Cover, { profile, width, pageHeight, parent }: BoxContext): Strip {
  const { cover } = profile
  const tag: Tag = { role: 'Sect', parent }
  const top = column({ x: 0, y: mm(4), width, parent: tag })
  top.write(block.parent, { size: cover.body, align: 'center' })
  top.rule(top.write(block.issuer, { size: cover.body, ...capitals }) * profile.letterhead.issuerRule)
  const middle = column({ x: 0, y: pageHeight * 0.36, width, parent: tag })
  middle.write(block.title, { size: cover.title, ...capitals })
  middle.skip(12)
  middle.write(block.subtitle, { size: cover.subtitle, ...capitals })
  const foot = column({ x: 0, y: pageHeight - mm(12), width, parent: tag })
  foot.write(block.placeAndYear, { size: cover.body, ...capitals })
  const strip = boxStrip([...top.pieces, ...middle.pieces, ...foot.pieces], pageHeight, 0)
  return { ...strip, newPage: true }
}

export function qrStrip(block: Qr, { width, parent }: BoxContext): Strip {
  const size = mm(block.sizeMm ?? 24)
  const tag: Tag = { role: 'Figure', parent, alt: `Mã QR: ${block.data}` }
  const shapes = qrShapes(block.data, size)
  const caption = column({ x: 0, y: size + 3, width, parent })
  caption.write(block.caption, { size: 10, italic: true, align: 'left' })
  const drawing: Piece = { kind: 'drawing', x: 0, y: 0, width: size, height: size, shapes, tag }
  return boxStrip([drawing, ...caption.pieces], caption.y, 10)
}

const pngHeader = '89504e470d0a1a0a'

/** Width and height in dots from the header of a PNG. Throws when the bytes are not a PNG. */
export function pngSize(base64: string): { width: number; height: number } {
  const start = Buffer.from(base64.slice(0, 44), 'base64')
  if (start.length < 24 || start.toString('hex', 0, 8) !== pngHeader) throw new Error('picture is not a PNG')
  return { width: start.readUInt32BE(16), height: start.readUInt32BE(20) }
}

/** The picture alone; its caption is a paragraph that follows. */
export function figureStrip(block: Figure, { width, pageHeight, parent }: BoxContext): Strip {
  const tag: Tag = { role: 'Figure', parent, alt: block.alt }
  const limit = Math.min(mm(block.heightMm ?? 70), pageHeight * 0.85)
  if ('chart' in block.picture) {
    const shapes = chartShapes(block.picture.chart, { width, height: limit })
    return boxStrip([{ kind: 'drawing', x: 0, y: 0, width, height: limit, shapes, tag }], limit, 10)
  }
  const { pngBase64 } = block.picture
  const dots = pngSize(pngBase64)
  const scale = Math.min(width / dots.width, limit / dots.height)
  const size = { width: dots.width * scale, height: dots.height * scale }
  const image: Piece = { kind: 'image', x: (width - size.width) / 2, y: 0, ...size, pngBase64, tag }
  return boxStrip([image], size.height, 10)
}
