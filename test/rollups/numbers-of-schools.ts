import fc from 'fast-check'
import { comparisonOf } from '../../src/figures/reconcile.ts'
import { differencesOf } from '../../src/figures/reconciled-sums.ts'
import type { WorkingYear } from '../../src/kernel/working-year.ts'
import { isSchool } from '../../src/organisations/index.ts'
import { COUNTS, countOf } from '../../src/rollups/tally.ts'
import { anAssessment, entryOf, SCHOOL_IDS, YEARS, type Province } from './a-province.ts'

interface NumbersChange {
  readonly school: string
  readonly year: WorkingYear
  /** By row: assigned and current; null: not known. */
  readonly assigned: Readonly<Record<string, number | null>>
  readonly current: Readonly<Record<string, number | null>>
  readonly explained: readonly string[]
}

const ROWS = [
  'classes.g1',
  'classes.g2',
  'pupils.g1',
  'staff.head.total',
  'staff.deputies.total',
  'staff.support.total',
]
const GRADES = ['g1', 'g2', 'g3', 'g4', 'g5']

const mostly = fc.option(fc.integer({ min: 0, max: 40 }), { nil: null, freq: 6 })
const numbers = fc.record(Object.fromEntries(ROWS.map(key => [key, mostly])))

/** A change of one school's form: any number may be missing on either side. */
export const numbersChange = fc.record<NumbersChange>({
  school: fc.constantFrom(...SCHOOL_IDS),
  year: fc.constantFrom(...YEARS),
  assigned: numbers,
  current: numbers,
  explained: fc.subarray(ROWS),
})

/** Numbers of every row that the lines of form 13 add up; those of `given` as they are given. */
const everyRow = (given: NumbersChange['assigned'], usual: number) =>
  Object.entries({
    ...Object.fromEntries(GRADES.flatMap(grade => [`classes.${grade}`, `pupils.${grade}`]).map(key => [key, usual])),
    ...Object.fromEntries(['head', 'deputies', 'teachers', 'support'].map(post => [`staff.${post}.total`, usual])),
    ...given,
  })

/** Assigns, enters and explains in one write, as sheets and forms do one after the other. */
export async function enter(
  { system, version }: Province,
  { school, year, assigned, current, explained }: NumbersChange,
) {
  const before = await system.figures.of(school, year)
  const [ours, theirs] = [true, false].map(own =>
    everyRow(assigned, 3).flatMap(([key, value]) =>
      value === null || key.startsWith('classes.') === own ? [] : [{ key, value }],
    ),
  )
  await system.figures.save(
    before,
    {
      cells: everyRow(current, 4).map(([key, value]) => ({ key, value, rev: before.rev + 1 })),
      targets: { assigned: theirs ?? [], unitId: 'so', on: '2025-09-10' },
      reconciliation: {
        state: 'drafting',
        machine: 'reconciliation@2',
        assigned: ours ?? [],
        explanations: explained.map(key => ({ key, code: 'other', sentence: 'Câu giải trình mẫu.' })),
      },
    },
    {
      ...entryOf(anAssessment(version, school, year, 'working')),
      id: `figures:${before.id}:${before.rev + 1}`,
      subject: { kind: 'figures', id: before.id },
    },
  )
}

/** The lines of form 13 over the whole province, added up from the forms that the schools see. */
export async function fromForms({ system }: Province, year: WorkingYear) {
  const tree = await system.units.tree()
  const sums: Record<string, number> = {}
  const add = (name: string, by: number) => (sums[name] = (sums[name] ?? 0) + by)
  for (const id of SCHOOL_IDS) {
    const unit = tree.get(id)
    if (!unit || !isSchool(unit)) throw new Error(`no ${id}`)
    const figures = await system.figures.of(id, year)
    if (figures.rev === 0) continue
    const rows = comparisonOf(unit, figures)
    for (const [line, keys] of Object.entries(FORM_ROWS)) {
      const parts = keys.map(key => rows.find(row => row.key === key))
      const whole = (part: 'assigned' | 'current' | 'difference') =>
        parts.some(row => typeof row?.[part] !== 'number')
          ? undefined
          : parts.reduce((sum, row) => sum + (row?.[part] ?? 0), 0)
      add(`${line}.assigned`, whole('assigned') ?? 0)
      add(`${line}.current`, whole('current') ?? 0)
      add(`${line}.difference`, whole('difference') ?? 0)
      add(`${line}.both`, whole('difference') === undefined ? 0 : 1)
      add(`${line}.apart`, (whole('difference') ?? 0) === 0 ? 0 : 1)
    }
    const differing = differencesOf({ school: unit, rev: 0, state: 'none', rows })
    add('apart', differing.all > 0 ? 1 : 0)
    add('unexplained', differing.unexplained > 0 ? 1 : 0)
  }
  return sums
}

const FORM_ROWS = {
  classes: ['classes.total'],
  pupils: ['pupils.total'],
  managers: ['staff.head.total', 'staff.deputies.total'],
  teachers: ['staff.teachers.total'],
  support: ['staff.support.total'],
  staff: ['staff.all.total'],
} as const

/** A count of the sums by its name; `<line>.difference` is what is too many less what is too few. */
export function countNamed(counts: readonly number[], name: string): number {
  const of = (wanted: string): number => {
    const known = COUNTS.find(each => each === wanted)
    if (known === undefined) throw new Error(`nothing is counted as ${wanted}`)
    return countOf(counts, known)
  }
  const [line = '', what] = name.split('.')
  return what === 'difference' ? of(`${line}.more`) - of(`${line}.less`) : of(name)
}
