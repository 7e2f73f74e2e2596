import type { Band, Threshold } from './criteria-set.ts'

const COMPARISONS: Readonly<Record<Threshold['op'], (value: number, target: number) => boolean>> = {
  '>=': (value, target) => value >= target,
  '<=': (value, target) => value <= target,
  '=': (value, target) => value === target,
  '>': (value, target) => value > target,
  '<': (value, target) => value < target,
}

/** Whether `value op target` holds. */
export const compares = (value: number, op: Threshold['op'], target: number): boolean => COMPARISONS[op](value, target)

/** min, max include their mark; below, above do not. */
export const inBand = (score: number, band: Band): boolean =>
  (band.min === undefined || score >= band.min) &&
  (band.max === undefined || score <= band.max) &&
  (band.below === undefined || score < band.below) &&
  (band.above === undefined || score > band.above)
