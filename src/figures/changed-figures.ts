import type { PhanMotRow, PhanMotTable } from './phan-mot.ts'
import { tablesOfSent, type SentFigures } from './sent-figures.ts'

/** One printed number that is another than in the sending before. */
export interface ChangedFigure {
  /** Name of the row, with the row above it where the table has several of that name. */
  readonly row: string
  /** School year or named column; empty for a row that came or went without a number. */
  readonly column: string
  readonly was: string
  readonly is: string
  /** Whether the row as a whole came or went. */
  readonly fate: 'changed' | 'added' | 'removed'
}

export interface ChangedTable {
  readonly id: string
  readonly title: string
  readonly figures: readonly ChangedFigure[]
}

const NONE = '–'

/**
 * Every number of Phần I that two sendings print differently, computed ones too, table by table in the order of the
 * report; tables without a change are left out.
 */
export function changedFigures(before: SentFigures, now: SentFigures): readonly ChangedTable[] {
  const [was, is] = [byId(tablesOfSent(before)), byId(tablesOfSent(now))]
  return inPrintedOrder([...was.keys()], [...is.keys()]).flatMap(id => {
    const [earlier, later] = [was.get(id), is.get(id)]
    const figures = changesIn(earlier, later)
    return figures.length === 0 ? [] : [{ id, title: (later ?? earlier)?.title ?? '', figures }]
  })
}

const byId = (tables: readonly PhanMotTable[]): ReadonlyMap<string, PhanMotTable> =>
  new Map(tables.map(table => [table.id, table]))

function changesIn(before: PhanMotTable | undefined, now: PhanMotTable | undefined): readonly ChangedFigure[] {
  const [was, is] = [rowsOf(before), rowsOf(now)]
  const columns = inPrintedOrder(before?.columns ?? [], now?.columns ?? [])
  return inPrintedOrder([...was.keys()], [...is.keys()]).flatMap((key): readonly ChangedFigure[] => {
    const [earlier, later] = [was.get(key), is.get(key)]
    const fate = !earlier ? 'added' : !later ? 'removed' : 'changed'
    const row = (later ?? earlier)?.name ?? ''
    const figures = columns.flatMap(column => {
      const figure = {
        row,
        column,
        was: earlier?.cells.get(column) ?? NONE,
        is: later?.cells.get(column) ?? NONE,
        fate,
      } as const
      return figure.was === figure.is ? [] : [figure]
    })
    return figures.length > 0 || fate === 'changed' ? figures : [{ row, column: '', was: NONE, is: NONE, fate }]
  })
}

interface NamedRow {
  readonly name: string
  readonly cells: ReadonlyMap<string, string>
}

function rowsOf(table: PhanMotTable | undefined): ReadonlyMap<string, NamedRow> {
  const { columns, rows }: Pick<PhanMotTable, 'columns' | 'rows'> = table ?? { columns: [], rows: [] }
  return new Map(
    rows.map((row, at) => [
      row.key,
      { name: nameOf(rows, at), cells: new Map(columns.map((column, index) => [column, row.cells[index] ?? NONE])) },
    ]),
  )
}

/** Rooms are counted by sturdiness under each use: “Phòng tạm” alone would not say which. */
function nameOf(rows: readonly PhanMotRow[], at: number): string {
  const label = rows[at]?.label ?? ''
  const above = rows.slice(0, at).findLast(({ indent }) => indent === 0)
  const isOne = rows.filter(each => each.label === label).length === 1
  return isOne || !above ? label : `${above.label} – ${label}`
}

/** Both lists in one: what is gone stands where it stood, behind what came before it. */
function inPrintedOrder(before: readonly string[], now: readonly string[]): readonly string[] {
  const order = [...now]
  for (const [index, key] of before.entries())
    if (!order.includes(key)) order.splice(order.indexOf(before[index - 1] ?? '') + 1, 0, key)
  return order
}
