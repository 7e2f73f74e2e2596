import type { Actor } from '../kernel/actor.ts'
import { printDay, type Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { printNumber, printSigned } from '../kernel/words.ts'
import { nameOn, type Unit } from '../organisations/index.ts'
import { BLOCK_NAMES, BLOCKS } from './compared-rows.ts'
import { mayFigure, type FigureTarget } from './figure-policy.ts'
import { differencesOf, statesOf, unconfirmed, type ReconciledSchool, type SumRow } from './reconciled-sums.ts'
import { RECONCILIATION_STATE_NAMES } from './reconciliation-machine.ts'
import { TONES } from './reconciliation-page.ts'
import type { ReconciliationState } from './reconciliation.ts'
import type { Reserve } from './reserve-store.ts'

/** A unit directly below with its schools. */
export interface ChildUnit {
  readonly unit: Unit
  readonly schools: readonly ReconciledSchool[]
}

export interface ReconciledUnit {
  readonly actor: Actor
  readonly unit: Unit
  /** The unit above it, when this person may read that too. */
  readonly above: Unit | undefined
  readonly year: WorkingYear
  readonly day: Day
  readonly children: readonly ChildUnit[]
  /** Schools directly managed by the unit, with what policies ask about each. */
  readonly own: readonly { readonly line: ReconciledSchool; readonly target: FigureTarget }[]
  readonly all: readonly ReconciledSchool[]
  readonly sums: readonly SumRow[]
  readonly reserve: Reserve
  readonly mayKeepReserve: boolean
}

const NONE = { label: 'Chưa lập', tone: 'grey' }
export const stateBadge = (state: ReconciliationState | 'none') =>
  state === 'none' ? NONE : { label: RECONCILIATION_STATE_NAMES[state], tone: TONES[state] }

/** The screen of a unit's sums. */
export const unitHref = (unitId: string, year: WorkingYear): string =>
  `/doi-sanh?${new URLSearchParams({ 'don-vi': unitId, nam: year }).toString()}`

const print = (value: number | null): string => (value === null ? '–' : printNumber(value))

const ORDER: readonly (ReconciliationState | 'none')[] = [
  'none',
  'drafting',
  'explained',
  'confirmed',
  'verified',
  'provinceVerified',
  'disputed',
]

/** Rows that can be kept in reserve: a unit holds back totals, not grades. */
export const RESERVED = [
  'classes.total',
  'pupils.total',
  'staff.deputies.total',
  'staff.teachers.total',
  'staff.support.total',
]

const RESERVED_NAMES: Readonly<Record<string, string>> = {
  'classes.total': 'Lớp, nhóm',
  'pupils.total': 'Học sinh, trẻ',
  'staff.deputies.total': 'Phó Hiệu trưởng',
  'staff.teachers.total': 'Giáo viên',
  'staff.support.total': 'Nhân viên',
}

const numbersOf = (schools: readonly ReconciledSchool[], key: string): string => {
  const pairs = schools.flatMap(({ rows }) => rows.filter(row => row.key === key && row.difference !== null))
  if (pairs.length === 0) return '–'
  const [assigned, current] = [
    pairs.reduce((sum, row) => sum + (row.assigned ?? 0), 0),
    pairs.reduce((sum, row) => sum + (row.current ?? 0), 0),
  ]
  return `${printNumber(assigned)} / ${printNumber(current)}`
}

/** The screen of a managing unit: its sums, the units below, its own schools with the several-at-once check. */
export function reconciledUnitPage(view: ReconciledUnit) {
  const { actor, unit, above, year, day, children, own, all, sums, reserve, mayKeepReserve } = view
  const here = new URLSearchParams({ 'don-vi': unit.id, nam: year }).toString()
  const states = statesOf(all)
  const open = unconfirmed(all)
  return {
    wide: true,
    breadcrumbs: above
      ? [
          {
            label: nameOn(above, day),
            href: unitHref(above.id, year),
          },
        ]
      : [],
    subtitle: `${nameOn(unit, day)} – năm học ${year}, ngày ${printDay(day)}`,
    actions: [
      { label: 'Giao số liệu bằng Excel', href: `/doi-sanh/giao?${here}`, icon: 'upload' },
      { label: 'Tải tổng hợp Excel', href: `/doi-sanh/tong-hop.xlsx?${here}`, icon: 'download' },
    ],
    facts: [
      { term: 'Số trường', text: printNumber(all.length) },
      ...ORDER.filter(state => states[state] > 0).map(state => ({
        term: stateBadge(state).label,
        text: printNumber(states[state]),
      })),
    ],
    open: open.length === 0 ? undefined : `${open.length} trường chưa được hiệu trưởng xác nhận số liệu.`,
    blocks: BLOCKS.map(block => ({
      title: BLOCK_NAMES[block],
      rows: sums
        .filter(row => row.block === block)
        .map(row => ({
          ...sumView(row),
          href: `/doi-sanh/dong?${here}&${new URLSearchParams({ dong: row.key }).toString()}`,
        })),
    })).filter(({ rows }) => rows.length > 0),
    children: children.map(({ unit: child, schools }) => {
      const counts = statesOf(schools)
      const done = counts.verified + counts.provinceVerified
      return [
        {
          text: nameOn(child, day),
          href: unitHref(child.id, year),
        },
        printNumber(schools.length),
        printNumber(counts.confirmed),
        printNumber(done),
        printNumber(counts.disputed),
        numbersOf(schools, 'classes.total'),
        numbersOf(schools, 'pupils.total'),
        numbersOf(schools, 'staff.all.total'),
      ]
    }),
    verify: `/doi-sanh/xac-nhan?${here}`,
    schools: own.map(({ line, target }) => schoolView(actor, line, target, year, day)),
    mayVerify: own.some(({ line, target }) => nextCheck(actor, line, target) !== undefined),
    reserve: {
      action: `/doi-sanh/du-phong?${here}`,
      revision: reserve.rev,
      editable: mayKeepReserve,
      fields: RESERVED.map(key => {
        const value = reserve.values.find(each => each.key === key)?.value
        return {
          name: `reserve.${key}`,
          label: RESERVED_NAMES[key] ?? key,
          value: value === undefined ? '' : printNumber(value),
        }
      }),
      decision: [
        { name: 'reserve.decision.number', label: 'Số quyết định giao', value: reserve.decision?.number ?? '' },
        {
          name: 'reserve.decision.day',
          label: 'Ngày quyết định',
          value: reserve.decision ? printDay(reserve.decision.day) : '',
          hint: 'Ví dụ 05/09/2025',
        },
        { name: 'reserve.decision.issuer', label: 'Cơ quan ban hành', value: reserve.decision?.issuer ?? '' },
      ],
    },
  }
}

/** The check that this person can make of the school now. */
export function nextCheck(
  actor: Actor,
  { state }: ReconciledSchool,
  target: FigureTarget,
): 'verify' | 'provinceVerify' | undefined {
  if (state === 'confirmed' && mayFigure.verify(actor, target)) return 'verify'
  return state === 'verified' && mayFigure.provinceVerify(actor, target) ? 'provinceVerify' : undefined
}

function schoolView(actor: Actor, line: ReconciledSchool, target: FigureTarget, year: WorkingYear, day: Day) {
  const { all, unexplained } = differencesOf(line)
  const rowOf = (key: string) => line.rows.find(row => row.key === key)
  const pair = (key: string): string => {
    const row = rowOf(key)
    return `${print(row?.assigned ?? null)} / ${print(row?.current ?? null)}`
  }
  return {
    id: line.school.id,
    name: nameOn(line.school, day),
    href: `/so-lieu/doi-sanh?${new URLSearchParams({ truong: line.school.id, nam: year }).toString()}`,
    state: stateBadge(line.state),
    differences: all === 0 ? '0' : unexplained === 0 ? printNumber(all) : `${all} (${unexplained} chưa giải trình)`,
    classes: pair('classes.total'),
    pupils: pair('pupils.total'),
    teachers: pair('staff.teachers.total'),
    teacherGap: printSigned(rowOf('staff.teachers.total')?.difference ?? null),
    check: nextCheck(actor, line, target),
  }
}

const sumView = (row: SumRow) => ({
  label: row.label,
  unit: row.unit,
  total: row.total,
  assigned: print(row.assigned),
  reserve: print(row.reserve),
  both: print(row.assigned === null && row.reserve === null ? null : (row.assigned ?? 0) + (row.reserve ?? 0)),
  current: print(row.current),
  difference: printSigned(row.difference),
  missing: row.missing === 0 ? '' : `${row.missing} trường chưa có số`,
})
