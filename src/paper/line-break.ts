import type { Inline, Marks } from './blocks.ts'
import { face, faceFor, faceOf, printable, replacement, type Face, type GlyphRun } from './fonts.ts'

/** How a stretch of text looks and where it leads. */
export interface Look {
  readonly face: Face
  readonly size: number
  readonly underline: boolean
  readonly href?: string
  readonly to?: string
}

/** A piece of a word in one look. Widths in points. */
export interface Fragment {
  readonly text: string
  readonly run: GlyphRun
  readonly look: Look
  readonly width: number
  /** Width of the blank that follows, 0 when the word goes on. */
  readonly blank: number
  /** Belongs to the word before it: no line may start here. */
  readonly joined: boolean
}

export interface Line {
  readonly fragments: readonly Fragment[]
  readonly width: number
  /** Last of its paragraph or before a forced break: not stretched. */
  readonly last: boolean
}

export interface BaseLook extends Marks {
  readonly size: number
}

const widthIn = (points: number, run: GlyphRun): number => (run.width * points) / 1000

function lookOf(inline: Exclude<Inline, string | { kind: 'break' }> | string, base: BaseLook): Look {
  if (typeof inline === 'string') {
    return { face: faceFor(base.bold, base.italic), size: base.size, underline: base.underline ?? false }
  }
  return {
    face: faceFor(inline.bold ?? base.bold, inline.italic ?? base.italic),
    size: base.size,
    underline: inline.underline ?? base.underline ?? false,
    ...(inline.kind === 'link' ? { href: inline.href } : {}),
    ...(inline.kind === 'ref' ? { to: inline.to } : {}),
  }
}

/** Cuts a word where the face must change; letters that no face has become the replacement sign. */
function* piecesOf(word: string, look: Look): Generator<{ text: string; look: Look }> {
  let text = ''
  let current = look.face
  for (const letter of word) {
    const found = faceOf(letter.codePointAt(0) ?? 0, look.face)
    const wanted = found ?? face('symbol')
    if (text && wanted !== current) {
      yield { text, look: current === look.face ? look : { ...look, face: current } }
      text = ''
    }
    current = wanted
    text += found ? letter : replacement
  }
  if (text) yield { text, look: current === look.face ? look : { ...look, face: current } }
}

const wordOrBlank = /\n|[ \t]+|[^ \t\n]+/g

/** The paragraph as fragments, one list for each forced line. */
function fragmentsOf(content: readonly Inline[], base: BaseLook): Fragment[][] {
  let current: Fragment[] = []
  const forced = [current]
  let joined = false
  const breakHere = (): void => {
    current = []
    forced.push(current)
    joined = false
  }
  for (const inline of content) {
    if (typeof inline !== 'string' && inline.kind === 'break') {
      breakHere()
      continue
    }
    const look = lookOf(inline, base)
    const blank = widthIn(look.size, look.face.run(' '))
    for (const [part] of printable(typeof inline === 'string' ? inline : inline.text).matchAll(wordOrBlank)) {
      if (part === '\n') {
        breakHere()
      } else if (part.startsWith(' ') || part.startsWith('\t')) {
        const before = current.pop()
        if (before) current.push({ ...before, blank: before.blank || blank })
        joined = false
      } else {
        for (const piece of piecesOf(part, look)) {
          const run = piece.look.face.run(piece.text)
          current.push({ ...piece, run, width: widthIn(look.size, run), blank: 0, joined })
          joined = true
        }
      }
    }
  }
  return forced
}

/** Fragments from `start` up to the next place where a line may break. */
function wordFrom(fragments: readonly Fragment[], start: number): Fragment[] {
  let end = start + 1
  while (fragments[end]?.joined) end++
  return fragments.slice(start, end)
}

const widthOf = (fragments: readonly Fragment[]): number =>
  fragments.reduce((sum, f, i) => sum + f.width + (i < fragments.length - 1 ? f.blank : 0), 0)

/** Cuts a fragment that is wider than a whole line: after `-` or `/` when one is near the end, else between letters. */
function cut(fragment: Fragment, room: number): [Fragment, Fragment] {
  const letters = Array.from(fragment.text)
  let count = 0
  let width = 0
  while (count < letters.length - 1) {
    width += ((fragment.run.advances[count] ?? 0) * fragment.look.size) / 1000
    if (width > room) break
    count++
  }
  count = Math.max(1, count)
  const joint = letters.slice(0, count).findLastIndex(letter => letter === '-' || letter === '/') + 1
  if (joint > count / 2) count = joint
  const part = (text: string, blank: number): Fragment => {
    const run = fragment.look.face.run(text)
    return { ...fragment, text, run, width: widthIn(fragment.look.size, run), blank }
  }
  return [part(letters.slice(0, count).join(''), 0), part(letters.slice(count).join(''), fragment.blank)]
}

/**
 * Lines no wider than `width` points; the first is shorter by `firstIndent`. Breaks at blanks only, so that codes such
 * as H1-1.1-01 and 16/2022/TT-BGDĐT stay whole; a word wider than a line is cut.
 */
export function breakLines(content: readonly Inline[], width: number, base: BaseLook, firstIndent = 0): Line[] {
  const lines: Line[] = []
  for (const fragments of fragmentsOf(content, base)) {
    let line: Fragment[] = []
    let used = 0
    let room = width - (lines.length === 0 ? firstIndent : 0)
    const close = (last: boolean): void => {
      lines.push({ fragments: line, width: widthOf(line), last })
      line = []
      used = 0
      room = width
    }
    for (let i = 0; i < fragments.length;) {
      const word = wordFrom(fragments, i)
      i += word.length
      const wordWidth = widthOf(word)
      if (line.length > 0 && used + wordWidth > room + 0.01) close(false)
      for (const whole of word) {
        let fragment = whole
        while (wordWidth > room && used + fragment.width > room && Array.from(fragment.text).length > 1) {
          const [head, tail] = cut(fragment, room - used)
          line.push(head)
          close(false)
          fragment = tail
        }
        line.push(fragment)
        used += fragment.width + fragment.blank
      }
    }
    close(true)
  }
  return lines
}

/** Width in points of one line of text. */
export const textWidth = (text: string, base: BaseLook): number =>
  Math.max(...breakLines([text], Number.POSITIVE_INFINITY, base).map(line => line.width))

/** Lines of about equal width, as few as possible: for centred headings, where a last line of one word looks lost. */
export function breakEvenly(content: readonly Inline[], width: number, base: BaseLook): Line[] {
  const greedy = breakLines(content, width, base)
  if (greedy.length < 2) return greedy
  let [tooNarrow, enough] = [width / greedy.length / 2, width]
  while (enough - tooNarrow > 2) {
    const middle = (tooNarrow + enough) / 2
    const tried = breakLines(content, middle, base)
    if (tried.length > greedy.length || tried.some(line => line.width > middle)) tooNarrow = middle
    else enough = middle
  }
  return breakLines(content, enough, base)
}
