import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as fontkit from 'fontkit'

const resolve = createRequire(import.meta.url).resolve

export type FaceId = 'regular' | 'bold' | 'italic' | 'boldItalic' | 'symbol'

/** Tinos has the widths of Times New Roman and may be shipped; DejaVu Sans has the signs it lacks (☐ ☑ ☒ ✓). */
const files: Record<FaceId, string> = {
  regular: '@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf',
  bold: '@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf',
  italic: '@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf',
  boldItalic: '@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf',
  symbol: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
}

/** A stretch without blanks as glyphs; advances and width in thousandths of the letter size. */
export interface GlyphRun {
  readonly glyphs: readonly number[]
  readonly advances: readonly number[]
  readonly codePoints: readonly number[]
  readonly width: number
}

/** A stretch of a word that one face draws. */
export interface WordPiece {
  readonly text: string
  readonly face: Face
  readonly run: GlyphRun
}

/** Distinct words kept per face; a report has some thousands. */
const wordsKept = 50_000

export class Face {
  readonly id: FaceId
  readonly font: fontkit.Font
  /** Height above and depth below the baseline as shares of the letter size; depth is positive. */
  readonly ascent: number
  readonly descent: number
  readonly #toThousandths: number
  readonly #words = new Map<string, GlyphRun>()
  readonly #pieces = new Map<string, readonly WordPiece[]>()
  readonly #covered = new Map<number, boolean>()

  constructor(id: FaceId) {
    const font = fontkit.create(readFileSync(resolve(files[id])))
    if (!('glyphForCodePoint' in font)) throw new Error(`${files[id]} is a font collection`)
    this.id = id
    this.font = font
    this.ascent = font.ascent / font.unitsPerEm
    this.descent = -font.descent / font.unitsPerEm
    this.#toThousandths = 1000 / font.unitsPerEm
  }

  has(codePoint: number): boolean {
    let covered = this.#covered.get(codePoint)
    if (covered === undefined) {
      covered = this.font.hasGlyphForCodePoint(codePoint)
      this.#covered.set(codePoint, covered)
    }
    return covered
  }

  /** Character map and advance only: composed Vietnamese needs no shaping, and shaping costs four hundred times as much. */
  run(word: string): GlyphRun {
    const known = this.#words.get(word)
    if (known) return known
    const codePoints = Array.from(word, letter => letter.codePointAt(0) ?? 0)
    const glyphs = codePoints.map(codePoint => this.font.glyphForCodePoint(codePoint))
    const advances = glyphs.map(glyph => glyph.advanceWidth * this.#toThousandths)
    const run = {
      glyphs: glyphs.map(glyph => glyph.id),
      advances,
      codePoints,
      width: advances.reduce((a, b) => a + b, 0),
    }
    if (this.#words.size >= wordsKept) this.#words.clear()
    this.#words.set(word, run)
    return run
  }

  /** The word cut where the face must change; letters that no face has become the replacement sign. */
  pieces(word: string): readonly WordPiece[] {
    const known = this.#pieces.get(word)
    if (known) return known
    const pieces = cutByFace(word, this)
    if (this.#pieces.size >= wordsKept) this.#pieces.clear()
    this.#pieces.set(word, pieces)
    return pieces
  }
}

function cutByFace(word: string, textFace: Face): WordPiece[] {
  const pieces: WordPiece[] = []
  let text = ''
  let current = textFace
  const close = (): void => {
    if (text) pieces.push({ text, face: current, run: current.run(text) })
    text = ''
  }
  for (const letter of word) {
    const found = faceOf(letter.codePointAt(0) ?? 0, textFace)
    const wanted = found ?? face('symbol')
    if (wanted !== current) close()
    current = wanted
    text += found ? letter : replacement
  }
  close()
  return pieces
}

const opened = new Map<FaceId, Face>()

/** The face, read from disk once per process. */
export function face(id: FaceId): Face {
  let known = opened.get(id)
  if (!known) {
    known = new Face(id)
    opened.set(id, known)
  }
  return known
}

export function faceFor(bold = false, italic = false): Face {
  if (bold) return face(italic ? 'boldItalic' : 'bold')
  return face(italic ? 'italic' : 'regular')
}

/** Stands where no face has a glyph, so that the hole is seen and not silent. */
export const replacement = '\uFFFD'

/** The face that draws this letter: the text face, else the symbols; undefined when neither has it. */
export function faceOf(codePoint: number, textFace: Face): Face | undefined {
  if (textFace.has(codePoint)) return textFace
  const symbols = face('symbol')
  return symbols.has(codePoint) ? symbols : undefined
}

// Control characters, soft hyphen, zero-width marks and the byte order mark have no place on paper.
// oxlint-disable-next-line no-control-regex
const invisible = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2064\uFEFF]/g

/** Text as it is drawn: NFC, line ends as \n, without invisible characters. */
export const printable = (text: string): string => text.replace(/\r\n?/g, '\n').replace(invisible, '').normalize('NFC')

/** The same without forced line ends: for bookmarks, the table of contents and the file's own title. */
export const oneLine = (text: string): string => printable(text).replace(/\s+/g, ' ').trim()
