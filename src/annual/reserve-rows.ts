import { COMPARED_LINES } from '../figures/index.ts'
import type { UnitReserve } from '../rollups/index.ts'
import type { AnnualFacts } from './annual-facts.ts'
import type { AnnualTable, FigureCell, TableRow } from './annual-table.ts'
import { columnId } from './compared-figures.ts'

const DASH: FigureCell = { kind: 'text', text: '–' }

const ASSIGNED = new Map(COMPARED_LINES.map(line => [columnId(line, 'assigned'), line]))
const CURRENT = new Set(COMPARED_LINES.map(line => columnId(line, 'current')))

/** A line of the table that adds what these units keep back; it stands under the numbers assigned and nowhere else. */
const reserveRow = (
  { columns }: AnnualTable,
  reserves: readonly UnitReserve[],
  head: Pick<TableRow, 'key' | 'label' | 'indent' | 'total'>,
): TableRow => ({
  ...head,
  cells: columns.map(({ id }) => {
    const line = ASSIGNED.get(id)
    if (!line) return DASH
    const known = reserves.flatMap(({ unitId, lines }) => {
      const value = lines[line]
      return value === undefined ? [] : [{ unitId, value }]
    })
    return {
      kind: 'sum',
      ...(known.length > 0 && { value: known.reduce((sum, { value }) => sum + value, 0) }),
      schools: [],
      units: known.map(({ unitId }) => unitId),
    }
  }),
})

/** Assigned to schools and kept back together, beside what is there; a difference is one of schools, not of reserves. */
const bothRow = ({ columns }: AnnualTable, schools: TableRow, reserve: TableRow): TableRow => ({
  key: 'withReserve',
  label: 'Tổng cả dự phòng',
  total: true,
  cells: columns.map(({ id }, at): FigureCell => {
    const [cell, kept] = [schools.cells[at], reserve.cells[at]]
    if (cell?.kind !== 'sum' || kept?.kind !== 'sum') return cell && CURRENT.has(id) ? cell : DASH
    const isKnown = cell.value !== undefined || kept.value !== undefined
    return {
      kind: 'sum',
      ...(isKnown && { value: (cell.value ?? 0) + (kept.value ?? 0) }),
      schools: cell.schools,
      units: kept.units ?? [],
    }
  }),
})

const NOTE_KEPT =
  'Chỉ tiêu dự phòng: số được giao mà đơn vị quản lý giữ lại, chưa giao cho trường nào; tổng giao = giao các trường + dự phòng. Chênh lệch chỉ tính với số giao các trường.'
const NOTE_NONE = 'Không đơn vị nào giữ chỉ tiêu dự phòng.'
const NOTE_UNKNOWN = 'Chỉ tiêu dự phòng mà đơn vị chưa giao cho trường nào không nằm trong bảng này.'

/**
 * The sums over schools with the reserve as a line of its own (forms § 13): `assigned total = schools + reserve`. By
 * place each unit's reserve stands below its schools. Figures that were frozen without reserves are left as they were.
 */
export function withReserve(
  table: AnnualTable,
  { reserves, unitName }: Pick<AnnualFacts, 'reserves' | 'unitName'>,
  { byPlace = false }: { readonly byPlace?: boolean } = {},
): AnnualTable {
  const noted = (words: string): AnnualTable => ({ ...table, notes: [...table.notes, words] })
  if (reserves === undefined) return noted(NOTE_UNKNOWN)
  const schools = table.rows.find(({ key }) => key === 'all')
  if (reserves.length === 0 || !schools) return noted(NOTE_NONE)
  const reserve = reserveRow(table, reserves, { key: 'reserve', label: 'Chỉ tiêu dự phòng' })
  const places = table.rows.filter(({ key }) => key !== 'all')
  return {
    ...noted(NOTE_KEPT),
    rows: [
      ...(byPlace ? placesWithReserves(table, places, reserves, unitName) : places),
      { ...schools, label: 'Cộng các trường' },
      reserve,
      bothRow(table, schools, reserve),
    ],
  }
}

/** Each place ends in its unit's reserve; units that manage no school themselves stand behind the places. */
function placesWithReserves(
  table: AnnualTable,
  places: readonly TableRow[],
  reserves: readonly UnitReserve[],
  unitName: (unitId: string) => string,
): readonly TableRow[] {
  const waiting = new Map(reserves.map(each => [each.unitId, each]))
  const lines: TableRow[] = []
  let place: string | undefined
  const endPlace = (): void => {
    const own = place === undefined ? undefined : waiting.get(place)
    if (!own) return
    waiting.delete(own.unitId)
    lines.push(reserveRow(table, [own], { key: `${own.unitId}-reserve`, label: 'chỉ tiêu dự phòng', indent: 1 }))
  }
  for (const row of places) {
    if (row.total === true) {
      endPlace()
      place = row.key
    }
    lines.push(row)
  }
  endPlace()
  for (const own of waiting.values())
    lines.push(
      reserveRow(table, [own], { key: `${own.unitId}-reserve`, label: `${unitName(own.unitId)}: chỉ tiêu dự phòng` }),
    )
  return lines
}
