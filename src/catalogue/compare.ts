import type { Band, Threshold } from './criteria-set.ts'

/** Whether `value op target` holds. */
export function compares(value: number, op: Threshold['op'], target: number): boolean {
  switch (op) {
    case '>=':
      return value >= target
    case '<=':
      return value <= target
    case '=':
      return value === target
    case '>':
      return value > target
    case '<':
      return value < target
  }
}

/** min, max include their mark; below, above do not. */
export const inBand = (score: number, band: Band): boolean =>
  (band.min === undefined || score >= band.min) &&
  (band.max === undefined || score <= band.max) &&
  (band.below === undefined || score < band.below) &&
  (band.above === undefined || score > band.above)
