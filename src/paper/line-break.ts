import type { Inline, Marks } from './blocks.ts'
import { faceFor, printable, type Face, type GlyphRun } from './fonts.ts'

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

/** While a paragraph is being read, the blank behind a fragment is not known yet. */
type Growing = { -readonly [Key in keyof Fragment]: Fragment[Key] }

const newline = 10
const isBlank = (code: number): boolean => code === 32 || code === 9

/** The paragraph as fragments, one list for each forced line. */
function fragmentsOf(content: readonly Inline[], base: BaseLook): Fragment[][] {
  let current: Growing[] = []
  const forced: Fragment[][] = [current]
  let joined = false
  const breakHere = (): void => {
    current = []
    forced.push(current)
    joined = false
  }
  const addWord = (word: string, look: Look): void => {
    for (const { text, face, run } of look.face.pieces(word)) {
      const own = face === look.face ? look : { ...look, face }
      current.push({ text, run, look: own, width: widthIn(look.size, run), blank: 0, joined })
      joined = true
    }
  }
  for (const inline of content) {
    if (typeof inline !== 'string' && inline.kind === 'break') {
      breakHere()
      continue
    }
    const look = lookOf(inline, base)
    const blank = widthIn(look.size, look.face.run(' '))
    const text = printable(typeof inline === 'string' ? inline : inline.text)
    let start = 0
    for (let i = 0; i <= text.length; i++) {
      const code = i < text.length ? text.charCodeAt(i) : -1
      if (code !== newline && code !== -1 && !isBlank(code)) continue
      if (i > start) addWord(text.slice(start, i), look)
      start = i + 1
      if (code === newline) breakHere()
      if (!isBlank(code)) continue
      const before = current.at(-1)
      if (before && before.blank === 0) before.blank = blank
      joined = false
    }
  }
  return forced
}

/** Index after the last fragment of the word that begins at `start`. */
function wordEnd(fragments: readonly Fragment[], start: number): number {
  let end = start + 1
  while (fragments[end]?.joined) end++
  return end
}

/** Width of fragments [start, end), without the blank behind the last. */
function widthBetween(fragments: readonly Fragment[], start: number, end: number): number {
  let width = 0
  for (let i = start; i < end; i++) {
    const fragment = fragments[i]
    if (fragment) width += fragment.width + (i < end - 1 ? fragment.blank : 0)
  }
  return width
}

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
      lines.push({ fragments: line, width: widthBetween(line, 0, line.length), last })
      line = []
      used = 0
      room = width
    }
    for (let i = 0; i < fragments.length;) {
      const end = wordEnd(fragments, i)
      const wordWidth = widthBetween(fragments, i, end)
      if (line.length > 0 && used + wordWidth > room + 0.01) close(false)
      const mustCut = wordWidth > room + 0.01
      for (; i < end; i++) {
        let fragment = fragments[i]
        if (!fragment) break
        while (mustCut && used + fragment.width > room && fragment.run.glyphs.length > 1) {
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

function widestWord(content: readonly Inline[], base: BaseLook): number {
  const widths = fragmentsOf(content, base).flatMap(fragments =>
    fragments.flatMap((fragment, at) => (fragment.joined ? [] : [widthBetween(fragments, at, wordEnd(fragments, at))])),
  )
  return Math.max(0, ...widths)
}

/** Lines of about equal width, as few as possible: for centred headings, where a last line of one word looks lost. */
export function breakEvenly(content: readonly Inline[], width: number, base: BaseLook): Line[] {
  const greedy = breakLines(content, width, base)
  if (greedy.length < 2) return greedy
  // Narrower than its longest word a line would cut that word.
  let [tooNarrow, enough] = [Math.max(width / greedy.length / 2, Math.min(width, widestWord(content, base))), width]
  while (enough - tooNarrow > 2) {
    const middle = (tooNarrow + enough) / 2
    const tried = breakLines(content, middle, base)
    if (tried.length > greedy.length || tried.some(line => line.width > middle)) tooNarrow = middle
    else enough = middle
  }
  return breakLines(content, enough, base)
}
