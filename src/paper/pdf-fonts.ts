import type { Face, FaceId, GlyphRun } from './fonts.ts'
import { embeddedFont, type PdfFont, type PdfkitDocument, type PdfRef } from './pdfkit-patches.ts'

/** A face as embedded in one document: gives each word as the hex string of a TJ operator. */
export interface DrawnFace {
  readonly key: string
  readonly blank: string
  word(run: GlyphRun): string
}

/** Embeds faces on first use and puts them into the resources of each page that uses them. */
export function embeddedFonts(pdf: PdfkitDocument): (face: Face) => DrawnFace {
  const drawn = new Map<FaceId, { face: DrawnFace; ref: PdfRef }>()
  return face => {
    let entry = drawn.get(face.id)
    if (!entry) {
      const font = embeddedFont(pdf, face.id, face.font)
      entry = { face: drawnFace(font, face), ref: font.ref() }
      drawn.set(face.id, entry)
    }
    pdf.page.fonts[entry.face.key] ??= entry.ref
    return entry.face
  }
}

function drawnFace(font: PdfFont, face: Face): DrawnFace {
  const known = new Map<GlyphRun, string>()
  const word = (run: GlyphRun): string => {
    let hex = known.get(run)
    if (hex === undefined) {
      hex = ''
      run.glyphs.forEach((glyph, i) => {
        const id = font.subset.includeGlyph(glyph)
        font.widths[id] ??= run.advances[i] ?? 0
        font.unicode[id] ??= [run.codePoints[i] ?? 0]
        hex += id.toString(16).padStart(4, '0')
      })
      known.set(run, hex)
    }
    return hex
  }
  return { key: font.id, blank: word(face.run(' ')), word }
}
