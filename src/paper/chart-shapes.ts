import type { Align, Chart } from './blocks.ts'
import { numberText } from './build.ts'

/** The little that charts and QR codes are drawn with, in points from the drawing's upper left corner. */
export type Shape =
  | {
      readonly kind: 'rect'
      readonly x: number
      readonly y: number
      readonly w: number
      readonly h: number
      readonly color: string
    }
  | {
      readonly kind: 'line'
      readonly x1: number
      readonly y1: number
      readonly x2: number
      readonly y2: number
      readonly color: string
    }
  | {
      readonly kind: 'label'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly align: Align
      readonly size: number
      readonly text: string
    }

interface Area {
  readonly width: number
  readonly height: number
}

/** Also apart in grey print: from dark to light. */
const colors = ['#1f4e8c', '#5b9bd5', '#c77700', '#7f9c3b', '#b3b3b3', '#6a4c93']
/** Parts of one whole from the worst to the best, told apart without red and green. */
const partColors = ['#9a3412', '#f0b27a', '#a5d8d3', '#3b9c94', '#0b4f4a']
const colorOf = (chart: Chart, index: number): string => {
  const known = chart.type === 'stacked' && chart.series.length <= partColors.length ? partColors : colors
  return known[index % known.length] ?? '#1f4e8c'
}
const axis = '#333333'
const grid = '#d0d0d0'
const letter = 10
const legendHeight = 18

/** The next 1, 2 or 5 times a power of ten. */
function niceStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const factor = [1, 2, 5, 10].find(f => f * power >= value) ?? 10
  return factor * power
}

const short = (value: number): string => numberText(value, Number.isInteger(value) ? 0 : 1)

function highest(chart: Chart): number {
  const tops =
    chart.type === 'stacked'
      ? chart.labels.map((_, i) => chart.series.reduce((sum, s) => sum + (s.values[i] ?? 0), 0))
      : chart.series.flatMap(s => s.values)
  return Math.max(1e-9, ...tops)
}

function legend(chart: Chart, area: Area): Shape[] {
  if (chart.series.length < 2) return []
  const slot = area.width / chart.series.length
  const y = area.height - 10
  return chart.series.flatMap((series, i): Shape[] => [
    { kind: 'rect', x: i * slot, y, w: 9, h: 9, color: colorOf(chart, i) },
    { kind: 'label', x: i * slot + 13, y: y - 2, width: slot - 15, align: 'left', size: letter, text: series.name },
  ])
}

function lying(chart: Chart, area: Area): Shape[] {
  const left = area.width * 0.36
  const foot = chart.series.length > 1 ? legendHeight : 0
  const rowHeight = (area.height - foot) / Math.max(1, chart.labels.length)
  const scale = (area.width - left - 45) / highest(chart)
  const thickness = (rowHeight * 0.7) / Math.max(1, chart.series.length)
  const shapes: Shape[] = []
  chart.labels.forEach((text, i) => {
    const top = i * rowHeight
    shapes.push({
      kind: 'label',
      x: 0,
      y: top + (rowHeight - letter) / 2 - 1,
      width: left - 6,
      align: 'right',
      size: letter,
      text,
    })
    chart.series.forEach((series, s) => {
      const value = series.values[i] ?? 0
      const y = top + rowHeight * 0.15 + s * thickness
      shapes.push({ kind: 'rect', x: left, y, w: value * scale, h: thickness * 0.92, color: colorOf(chart, s) })
      const end = left + value * scale + 4
      shapes.push({
        kind: 'label',
        x: end,
        y: y + (thickness - 9) / 2 - 1,
        width: 41,
        align: 'left',
        size: 9,
        text: short(value),
      })
    })
  })
  shapes.push({ kind: 'line', x1: left, y1: 0, x2: left, y2: area.height - foot, color: axis })
  return [...shapes, ...legend(chart, area)]
}

function standing(chart: Chart, area: Area): Shape[] {
  const left = 34
  // The word of the unit stands above the topmost number, not beside it.
  const top = chart.unit ? 20 : 12
  const bottom = area.height - legendHeight - 16
  const isWhole = chart.series.every(({ values }) => values.every(Number.isInteger))
  const step = Math.max(niceStep(highest(chart) / 5), isWhole ? 1 : 0)
  // Where everything is 0, one step above it still tells where 0 lies.
  const max = Math.max(1, Math.ceil(highest(chart) / step - 1e-9)) * step
  const yOf = (value: number): number => bottom - ((bottom - top) * value) / max
  const shapes: Shape[] = []
  for (let tick = 0; tick * step <= max + 1e-9; tick++) {
    const y = yOf(tick * step)
    shapes.push({ kind: 'line', x1: left, y1: y, x2: area.width, y2: y, color: tick === 0 ? axis : grid })
    shapes.push({ kind: 'label', x: 0, y: y - 6, width: left - 5, align: 'right', size: 9, text: short(tick * step) })
  }
  const slot = (area.width - left) / Math.max(1, chart.labels.length)
  const stacked = chart.type === 'stacked'
  // Beside a stacked bar stand the numbers of its parts.
  const inner = stacked ? 0.5 : 0.7
  const barWidth = (slot * inner) / (stacked ? 1 : Math.max(1, chart.series.length))
  chart.labels.forEach((text, i) => {
    const x = left + i * slot
    shapes.push({ kind: 'label', x, y: bottom + 3, width: slot, align: 'center', size: letter, text })
    let below = 0
    chart.series.forEach((series, s) => {
      const value = series.values[i] ?? 0
      const barX = x + (slot * (1 - inner)) / 2 + (stacked ? 0 : s * barWidth)
      const y = yOf(below + value)
      shapes.push({ kind: 'rect', x: barX, y, w: barWidth * 0.94, h: yOf(below) - y, color: colorOf(chart, s) })
      if (!stacked)
        shapes.push({
          kind: 'label',
          x: barX - 8,
          y: y - 11,
          width: barWidth + 16,
          align: 'center',
          size: 8,
          text: short(value),
        })
      if (stacked && value > 0 && yOf(below) - y >= 8)
        shapes.push({
          kind: 'label',
          x: barX + barWidth + 2,
          y: (y + yOf(below)) / 2 - 5,
          width: slot * 0.25 - 3,
          align: 'left',
          size: 8,
          text: short(value),
        })
      if (stacked) below += value
    })
    if (stacked)
      shapes.push({ kind: 'label', x, y: yOf(below) - 11, width: slot, align: 'center', size: 8, text: short(below) })
  })
  if (chart.unit)
    shapes.push({ kind: 'label', x: 0, y: -3, width: 160, align: 'left', size: 9, text: `(${chart.unit})` })
  return [...shapes, ...legend(chart, area)]
}

/** The chart as rectangles, lines and labels, the same for paper and screen. */
export const chartShapes = (chart: Chart, area: Area): Shape[] =>
  chart.type === 'lying' ? lying(chart, area) : standing(chart, area)
