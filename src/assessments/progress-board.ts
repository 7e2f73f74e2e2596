import { compareCodes } from '../kernel/words.ts'
import type { Day } from '../kernel/dates.ts'
import { isLevelFour, type Assessment, type CriterionDecision } from './assessment.ts'
import { criterionBadge } from './assessment-words.ts'
import type { CriterionState } from './criterion-machine.ts'
import { SHEET_DEADLINES, type Deadlines } from './deadlines.ts'
import { sheetHref } from './links.ts'

const COLUMNS: readonly { readonly label: string; readonly states: readonly CriterionState[] }[] = [
  { label: 'Chưa viết', states: ['assigned', 'analysing'] },
  { label: 'Đang viết', states: ['drafting'] },
  { label: 'Chờ trưởng nhóm', states: ['groupReview'] },
  { label: 'Chờ hội đồng', states: ['councilReview'] },
  { label: 'Đã thống nhất', states: ['agreed', 'frozen'] },
]

export interface SheetChip {
  readonly code: string
  readonly href: string
  readonly tone: string
  readonly late: boolean
  /** For screen readers and the title: the state, and that it is late or was returned. */
  readonly words: string
}

export interface BoardRow {
  readonly name: string
  readonly lead: string
  readonly done: number
  readonly total: number
  readonly late: number
  readonly cells: readonly (readonly SheetChip[])[]
}

export interface ProgressBoard {
  readonly columns: readonly string[]
  readonly rows: readonly BoardRow[]
  readonly done: number
  readonly total: number
  readonly late: number
}

/** Groups × states: which sheet lies with whom, and which are past the deadline of their state. */
export function progressBoard(assessment: Assessment, deadlines: Deadlines, today: Day): ProgressBoard {
  const decisions = Object.values(assessment.criteria).toSorted((a, b) => compareCodes(a.code, b.code))
  const chip = chipOf(assessment, deadlines, today)
  const groups = [
    ...assessment.groups.map(({ id, name, lead }) => ({ id, name, lead: lead?.name ?? '' })),
    { id: undefined, name: 'Chưa giao nhóm', lead: '' },
  ]
  const rows = groups.flatMap(group => {
    const own = decisions.filter(decision => decision.groupId === group.id)
    if (own.length === 0) return []
    const cells = COLUMNS.map(({ states }) => own.filter(({ state }) => states.includes(state)).map(chip))
    return [
      {
        name: group.name,
        lead: group.lead,
        done: cells.at(-1)?.length ?? 0,
        total: own.length,
        late: cells.flat().filter(each => each.late).length,
        cells,
      },
    ]
  })
  const sum = (of: (row: BoardRow) => number): number => rows.reduce((total, row) => total + of(row), 0)
  return {
    columns: COLUMNS.map(({ label }) => label),
    rows,
    done: sum(row => row.done),
    total: sum(row => row.total),
    late: sum(row => row.late),
  }
}

const chipOf =
  (assessment: Assessment, deadlines: Deadlines, today: Day) =>
  ({ code, state, returned }: CriterionDecision): SheetChip => {
    const late = isLate(state, deadlines, today)
    const { label, tone } = criterionBadge(state)
    return {
      code: isLevelFour(code) ? `Mức 4 – ${code}` : code,
      href: sheetHref(assessment.id, code),
      tone,
      late,
      words: [label, ...(returned ? ['bị trả lại'] : []), ...(late ? ['quá hạn'] : [])].join(', '),
    }
  }

/** Past the deadline of the state in which the sheet stands. */
export function isLate(state: CriterionState, deadlines: Deadlines, today: Day): boolean {
  const key = SHEET_DEADLINES[state]
  const day = key === undefined ? undefined : deadlines[key]
  return day !== undefined && day < today
}
