import { createHash } from 'node:crypto'
import { StaleWrite, StepRefused } from '../kernel/refusals.ts'
import type { CellFault, ReadRow, ReadTable } from './read-rows.ts'

/** One value that a row changes, as people read it. */
export interface ImportChange {
  readonly what: string
  readonly from: string
  readonly to: string
}

/** What a row means for what is stored; `faults` name a column and what is wrong with it. */
export type Verdict<Row> =
  | { readonly kind: 'new' | 'changed'; readonly changes: readonly ImportChange[] }
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'refused'
      readonly faults: readonly { readonly key: keyof Row & string; readonly message: string }[]
    }

export interface ImportLine<Row> {
  readonly row: ReadRow<Row>
  readonly kind: 'new' | 'changed' | 'unchanged'
  readonly title: string
  readonly changes: readonly ImportChange[]
}

/** What stands of a sheet once every line of it was judged. */
export interface JudgedSheet {
  readonly sheet: string
  readonly faults: readonly CellFault[]
  /** Hash of the above and of every line: confirming carries it, so that nothing but what was shown is carried out. */
  readonly mark: string
}

/** What an uploaded sheet would do, computed and not yet done. */
export interface ImportPlan<Row> extends JudgedSheet {
  readonly lines: readonly ImportLine<Row>[]
}

export interface ImportRules<Row> {
  /** The column in which a double is reported. */
  readonly keyColumn: keyof Row & string
  /** What two rows may not share. */
  readonly keyOf: (row: Row) => string
  /** How the row is named in the list. */
  readonly titleOf: (row: Row) => string
  readonly judge: (row: Row) => Verdict<Row>
}

/** Judges every row that could be read; rows that repeat another's key are faults. Pure. */
export function planImport<Row>(table: ReadTable<Row>, rules: ImportRules<Row>): ImportPlan<Row> {
  const lines: ImportLine<Row>[] = []
  return { ...judgeRows(table, rules, line => lines.push(line)), lines }
}

/**
 * The same, each line handed to `see` and then let go: what is said of 30,000 lines together takes more memory than the
 * sheet. `see` may do nothing that lasts, for a later line may still be at fault.
 */
export function judgeRows<Row>(
  table: ReadTable<Row>,
  rules: ImportRules<Row>,
  see: (line: ImportLine<Row>) => void,
): JudgedSheet {
  const seen = new Map<string, number>()
  const faults: CellFault[] = [...table.faults]
  const hash = createHash('sha256')
  for (const row of table.rows) {
    const key = rules.keyOf(row.values)
    const first = seen.get(key)
    if (first !== undefined) {
      faults.push(table.faultAt(row, rules.keyColumn, `Trùng với dòng ${first}.`))
      continue
    }
    seen.set(key, row.number)
    const verdict = rules.judge(row.values)
    if (verdict.kind === 'refused') {
      faults.push(...verdict.faults.map(({ key: column, message }) => table.faultAt(row, column, message)))
      continue
    }
    const changes = verdict.kind === 'unchanged' ? [] : verdict.changes
    const line = { row, kind: verdict.kind, title: rules.titleOf(row.values), changes }
    hash.update(JSON.stringify(line))
    see(line)
  }
  const { sheet } = table
  return { sheet, faults, mark: hash.update(JSON.stringify({ sheet, faults })).digest('hex') }
}

/** Rows that change something, in the order of the sheet. */
export const linesToApply = <Row>(plan: ImportPlan<Row>): readonly ImportLine<Row>[] =>
  plan.lines.filter(({ kind }) => kind !== 'unchanged')

/** Refuses to carry out a plan with faults, an empty one, or one that is no longer what the person saw. */
export function mustBeConfirmed(plan: JudgedSheet, mark: string): void {
  if (plan.faults.length > 0) throw new StepRefused('Tệp còn ô sai nên chưa nhập gì. Xin sửa tệp rồi tải lên lại.')
  if (plan.mark !== mark) {
    throw new StaleWrite(
      'Dữ liệu vừa được người khác sửa nên kết quả xem trước đã khác. Xin xem lại rồi xác nhận lần nữa.',
    )
  }
}
