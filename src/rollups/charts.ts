import { printNumber } from '../kernel/words.ts'

/** A drawing made of rectangles and words; colours are classes `hue-0` … `hue-6` of the style sheet. */
export interface Drawing {
  readonly width: number
  readonly height: number
  /** Told to those who cannot see it; the numbers stand in the table below it. */
  readonly label: string
  readonly bars: readonly {
    readonly x: number
    readonly y: number
    readonly w: number
    readonly h: number
    readonly hue: number
  }[]
  readonly words: readonly {
    readonly x: number
    readonly y: number
    readonly text: string
    readonly anchor: 'start' | 'middle' | 'end'
    readonly pale?: boolean
    /** Stands on a bar. */
    readonly inside?: boolean
  }[]
  readonly lines: readonly { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }[]
}

/** One coloured part of every bar. */
export interface Series {
  readonly name: string
  readonly hue: number
  readonly values: readonly number[]
}

const WIDTH = 640
const ROW = 26
const LEFT = 190
const RIGHT = 54
const LEGEND = 28
const LETTER = 6.6

const round = (value: number): number => Math.round(value * 10) / 10

/** Lying bars, one a label, each cut into the series; the sum stands at its end. */
export function lyingBars(label: string, labels: readonly string[], series: readonly Series[]): Drawing {
  const sums = labels.map((_, at) => series.reduce((sum, each) => sum + (each.values[at] ?? 0), 0))
  const scale = (WIDTH - LEFT - RIGHT) / Math.max(1, ...sums)
  const top = series.length > 1 ? LEGEND : 4
  return {
    width: WIDTH,
    height: top + labels.length * ROW + 4,
    label,
    bars: [
      ...legendBars(series),
      ...labels.flatMap((_, at) => {
        let x = LEFT
        return series.flatMap(({ hue, values }) => {
          const w = (values[at] ?? 0) * scale
          const bar = { x: round(x), y: top + at * ROW + 4, w: round(w), h: ROW - 8, hue }
          x += w
          return w > 0 ? [bar] : []
        })
      }),
    ],
    words: [
      ...legendWords(series),
      ...(series.length > 1 ? labels.flatMap((_, at) => partWords(at)) : []),
      ...labels.flatMap((text, at) => {
        const y = top + at * ROW + ROW / 2 + 4
        return [
          { x: LEFT - 8, y, text, anchor: 'end' as const },
          {
            x: round(LEFT + (sums[at] ?? 0) * scale + 6),
            y,
            text: printNumber(sums[at] ?? 0),
            anchor: 'start' as const,
          },
        ]
      }),
    ],
    lines: [{ x1: LEFT, y1: top, x2: LEFT, y2: top + labels.length * ROW }],
  }

  /** The number of each part that is wide enough for it: colours alone do not tell everybody which is which. */
  function partWords(at: number): Drawing['words'] {
    let x = LEFT
    return series.flatMap(({ values }) => {
      const value = values[at] ?? 0
      const [from, w] = [x, value * scale]
      x += w
      const text = printNumber(value)
      if (w < text.length * LETTER + 6) return []
      return [
        { x: round(from + w / 2), y: top + at * ROW + ROW / 2 + 4, text, anchor: 'middle' as const, inside: true },
      ]
    })
  }
}

const HEIGHT = 190
const AXIS = 34

/** Standing bars in percent, the series of a label side by side; `undefined` draws nothing and says so. */
export function percentBars(
  label: string,
  labels: readonly string[],
  series: readonly (Omit<Series, 'values'> & { readonly values: readonly (number | undefined)[] })[],
): Drawing {
  const [top, bottom] = [LEGEND + 12, HEIGHT - 24]
  const slot = (WIDTH - AXIS) / Math.max(1, labels.length)
  const thick = (slot * 0.72) / Math.max(1, series.length)
  const yOf = (percent: number): number => round(bottom - ((bottom - top) * percent) / 100)
  const xOf = (at: number, one: number): number => round(AXIS + at * slot + slot * 0.14 + one * thick)
  const ticks = [0, 25, 50, 75, 100]
  return {
    width: WIDTH,
    height: HEIGHT,
    label,
    bars: [
      ...legendBars(series),
      ...series.flatMap(({ hue, values }, one) =>
        values.flatMap((value, at) =>
          value === undefined
            ? []
            : [{ x: xOf(at, one), y: yOf(value), w: round(thick * 0.9), h: round(bottom - yOf(value)), hue }],
        ),
      ),
    ],
    words: [
      ...legendWords(series),
      ...ticks.map(tick => ({ x: AXIS - 6, y: yOf(tick) + 4, text: `${tick}%`, anchor: 'end' as const, pale: true })),
      ...labels.map((text, at) => ({
        x: round(AXIS + at * slot + slot / 2),
        y: HEIGHT - 6,
        text,
        anchor: 'middle' as const,
      })),
      ...series.flatMap(({ values }, one) =>
        values.map((value, at) => ({
          x: round(xOf(at, one) + thick * 0.45),
          y: value === undefined ? bottom - 4 : yOf(value) - 4,
          text: value === undefined ? '–' : String(Math.round(value)),
          anchor: 'middle' as const,
          pale: true,
        })),
      ),
    ],
    lines: ticks.map(tick => ({ x1: AXIS, y1: yOf(tick), x2: WIDTH, y2: yOf(tick) })),
  }
}

/** Where each name of the legend begins: names are as long as they are. */
function legendAt(series: readonly Pick<Series, 'name'>[]): readonly number[] {
  let x = 0
  return series.map(({ name }) => {
    const at = x
    x += 16 + name.length * LETTER + 16
    return round(at)
  })
}

const legendBars = (series: readonly Pick<Series, 'name' | 'hue'>[]): Drawing['bars'] =>
  series.length < 2 ? [] : legendAt(series).map((x, at) => ({ x, y: 4, w: 11, h: 11, hue: series[at]?.hue ?? 0 }))

const legendWords = (series: readonly Pick<Series, 'name'>[]): Drawing['words'] =>
  series.length < 2
    ? []
    : legendAt(series).map((x, at) => ({ x: x + 16, y: 14, text: series[at]?.name ?? '', anchor: 'start' as const }))
