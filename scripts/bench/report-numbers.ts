import { cpus, totalmem } from 'node:os'
import { round } from './numbers.ts'

/** One measured number beside the goal of `docs/performance.md` that it answers. */
export interface Measured {
  /** Name of the goal, empty for a number that only explains others. */
  readonly goal: string
  readonly what: string
  readonly value: number
  readonly unit: string
  /** Fails the bench when missed. */
  readonly gate?: number
  readonly aim?: number
  /** Whether more is better. */
  readonly more?: boolean
  readonly detail: string
}

const reaches = (value: number, wanted: number, more: boolean): boolean => (more ? value >= wanted : value <= wanted)

/** Whether the number is good enough to let the bench pass. */
const passes = ({ value, gate, more = false }: Measured): boolean => gate === undefined || reaches(value, gate, more)

function verdict(measured: Measured): string {
  if (measured.gate === undefined) return ''
  if (measured.aim !== undefined && reaches(measured.value, measured.aim, measured.more ?? false)) return 'aim reached'
  return passes(measured) ? 'passes' : 'MISSED'
}

const goalOf = ({ gate, aim, more = false, unit }: Measured): string => {
  const sign = more ? '≥' : '≤'
  return [gate === undefined ? '' : `${sign} ${gate} ${unit}`, aim === undefined ? '' : `aim ${aim}`]
    .filter(text => text !== '')
    .join(', ')
}

/** The numbers as a table in Markdown, with the machine that they were measured on. */
const tableOf = (numbers: readonly Measured[]): string =>
  [
    `Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${round(totalmem() / 2 ** 30, 0)} GiB`,
    '',
    '| goal | what | measured | goal value | | detail |',
    '| --- | --- | --- | --- | --- | --- |',
    ...numbers.map(
      each =>
        `| ${each.goal} | ${each.what} | ${round(each.value, 2)} ${each.unit} | ${goalOf(each)} | ${verdict(each)} | ${each.detail} |`,
    ),
  ].join('\n')

/** Prints the numbers and, last, which gates were passed and which missed; a missed one is the exit code of the bench. */
export function sayNumbers(numbers: readonly Measured[]): void {
  console.log(tableOf(numbers))
  const gates = numbers.filter(({ gate }) => gate !== undefined)
  const missed = gates.filter(each => !passes(each))
  const names = missed.map(({ goal, what, value, unit }) => `${goal} ${what}: ${round(value, 2)} ${unit}`)
  console.log(
    `\nGates: ${gates.length - missed.length} of ${gates.length} passed${names.map(each => `; MISSED ${each}`).join('')}`,
  )
  process.exitCode = missed.length === 0 ? 0 : 1
}
