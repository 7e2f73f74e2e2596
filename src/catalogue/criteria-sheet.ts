import {
  readGrids,
  row,
  rowsOfGrids,
  WorkbookRefused,
  writeWorkbook,
  type CellFault,
  type ReadRow,
  type ReadTable,
  type RowOf,
  type SheetTable,
} from '../sheet-files/index.ts'
import { sayIssue } from './criteria-file.ts'
import { criteriaSchema } from './criteria-schema.ts'
import type { CriteriaSet } from './criteria-set.ts'
import { criteriaRows, type NodeRow } from './criteria-rows.ts'

export const TREE_SHEET = 'Cây tiêu chí'
const FRAME_SHEET = 'Thông tin bộ'
/** A cell of Excel holds 32,767 letters; longer values go on in the next row. */
const MOST_LETTERS = 30_000

export const KINDS: readonly { readonly value: NodeRow['kind']; readonly label: string }[] = [
  { value: 'standard', label: 'Tiêu chuẩn' },
  { value: 'criterion', label: 'Tiêu chí' },
  { value: 'level', label: 'Mức' },
  { value: 'indicator', label: 'Chỉ báo' },
  { value: 'clause', label: 'Khoản Mức 4' },
]

const LONG = 40_000
/** One row per node; `rest` holds as JSON what has no column of its own, so that nothing is lost on the way. */
export const TREE_COLUMNS = [
  { key: 'kind', head: 'Loại', kind: 'oneOf', options: KINDS, required: true },
  { key: 'code', head: 'Mã', kind: 'text', required: true },
  { key: 'parent', head: 'Thuộc', kind: 'text' },
  { key: 'level', head: 'Ở mức', kind: 'text' },
  { key: 'words', head: 'Tên hoặc tóm ý', kind: 'text', maxLength: LONG },
  { key: 'official', head: 'Nguyên văn', kind: 'text', maxLength: LONG },
  { key: 'cite', head: 'Dẫn', kind: 'text' },
  { key: 'local', head: 'Địa phương', kind: 'text' },
  { key: 'guidance', head: 'Hướng dẫn', kind: 'text', maxLength: LONG },
  { key: 'good', head: 'Minh chứng tốt', kind: 'text', maxLength: LONG },
  { key: 'required', head: 'Minh chứng bắt buộc', kind: 'text', maxLength: LONG },
  { key: 'due', head: 'Hạn (ngày/tháng)', kind: 'text' },
  { key: 'rest', head: 'Phần khác', kind: 'text', maxLength: LONG },
] as const

const FRAME_COLUMNS = [
  { key: 'key', head: 'Khóa', kind: 'text', required: true },
  { key: 'value', head: 'Giá trị', kind: 'text', required: true, maxLength: LONG },
] as const

export type TreeRow = RowOf<typeof TREE_COLUMNS>
export type ReadTree = ReadTable<TreeRow>

const WIDTHS: Readonly<Record<string, number>> = { words: 60, official: 60, guidance: 40, good: 30, required: 30 }

/** The rows of nodes as a sheet; `notes` say how to fill it in. */
export const treeTable = (rows: readonly NodeRow[], notes: readonly string[]): SheetTable => ({
  name: TREE_SHEET,
  notes,
  columns: TREE_COLUMNS.map(({ key, head }) => ({ head, width: WIDTHS[key] ?? 14 })),
  rows: rows.map(each => {
    const kind = KINDS.find(({ value }) => value === each.kind)?.label ?? each.kind
    const cells = { ...each, kind, local: each.local ? 'có' : '', due: each.due.split('-').toReversed().join('/') }
    return row(...TREE_COLUMNS.map(({ key }) => cells[key]))
  }),
  frozenColumns: 2,
  landscape: true,
})

/** A whole set as a workbook: the tree, and beside it everything else, without loss. */
export function criteriaWorkbook(set: CriteriaSet): Promise<Buffer> {
  const { standards: _, levelFour: __, ...frame } = set
  const pieces = Object.entries(frame).flatMap(([key, value]) => {
    const text = JSON.stringify(value)
    const count = Math.ceil(text.length / MOST_LETTERS)
    return Array.from({ length: count }, (_piece, at) =>
      row(key, text.slice(at * MOST_LETTERS, (at + 1) * MOST_LETTERS)),
    )
  })
  return writeWorkbook([
    treeTable(criteriaRows(set), ['Dán câu chữ chính thức vào cột “Nguyên văn”. Không sửa cột “Phần khác”.']),
    {
      name: FRAME_SHEET,
      columns: [
        { head: 'Khóa', width: 24 },
        { head: 'Giá trị', width: 100 },
      ],
      rows: pieces,
    },
  ])
}

export interface ReadCriteria {
  readonly set?: CriteriaSet
  readonly faults: readonly CellFault[]
}

/** Reads a workbook that `criteriaWorkbook` wrote, changed or not; every fault names its cell. */
export async function readCriteriaWorkbook(bytes: Buffer): Promise<ReadCriteria> {
  let grids
  try {
    grids = await readGrids(bytes)
  } catch (error) {
    if (!(error instanceof WorkbookRefused)) throw error
    return { faults: [{ sheet: '', cell: '', message: error.message, value: '' }] }
  }
  const tree = rowsOfGrids(grids, TREE_COLUMNS, TREE_SHEET)
  const frame = rowsOfGrids(grids, FRAME_COLUMNS, FRAME_SHEET)
  const faults: CellFault[] = [...tree.faults, ...frame.faults]
  const texts = new Map<string, string>()
  for (const { values } of frame.rows) texts.set(values.key, (texts.get(values.key) ?? '') + values.value)
  const whole: Record<string, unknown> = {}
  for (const [key, text] of texts) {
    const value = jsonOf(text)
    if (value === undefined)
      faults.push({ sheet: FRAME_SHEET, cell: '', message: `Giá trị của “${key}” không phải JSON.`, value: '' })
    else whole[key] = value
  }
  const { standards, levelFour } = assemble(tree.rows, (at, key, message) =>
    faults.push(tree.faultAt(at, key, message)),
  )
  if (faults.length > 0) return { faults }
  const read = criteriaSchema.safeParse({ ...whole, standards, levelFour }, { reportInput: true })
  return read.success
    ? { set: read.data, faults }
    : { faults: read.error.issues.map(issue => ({ sheet: TREE_SHEET, cell: '', message: sayIssue(issue), value: '' })) }
}

type Loose = Record<string, unknown> & { readonly code: string }

type Blame = (row: ReadRow<TreeRow>, key: keyof TreeRow, message: string) => void

/** Rows back into standards, criteria, levels and indicators; parents stand above their children. */
function assemble(rows: readonly ReadRow<TreeRow>[], blame: Blame) {
  const standards: (Loose & { criteria: Loose[] })[] = []
  const criteria = new Map<string, Loose & { levels: (Loose & { indicators: Loose[] })[] }>()
  const levelFour: Loose[] = []
  for (const each of rows) {
    const { kind, code, parent = '', level = '', words, official, cite = '', local, rest } = each.values
    const other = rest === undefined ? {} : jsonOf(rest)
    if (typeof other !== 'object' || other === null) {
      blame(each, 'rest', 'Ô không phải JSON; xin chép lại từ tệp gốc.')
      continue
    }
    const common = { ...other, code, ...(local !== undefined && { local: true }) }
    if (kind === 'standard') standards.push({ ...common, title: words, criteria: [] })
    else if (kind === 'clause') levelFour.push({ ...common, gist: words, cite })
    else if (kind === 'criterion') {
      const standard = standards.find(one => one.code === parent)
      const made = { ...common, title: words, ...adviceIn(each.values), levels: [] }
      if (!standard) blame(each, 'parent', `Không có tiêu chuẩn ${parent} ở các dòng trên.`)
      standard?.criteria.push(made)
      criteria.set(code, made)
    } else if (kind === 'level') {
      const criterion = criteria.get(parent)
      if (!criterion) blame(each, 'parent', `Không có tiêu chí ${parent} ở các dòng trên.`)
      const { code: _, ...demand } = common
      criterion?.levels.push({ ...demand, code, level: code, indicators: [] })
    } else {
      const demand = criteria.get(parent)?.levels.find(one => one.code === level)
      if (!demand) blame(each, 'parent', `Không có Mức ${level} của tiêu chí ${parent} ở các dòng trên.`)
      demand?.indicators.push({ ...common, gist: words, cite, ...(official !== undefined && { official }) })
    }
  }
  for (const { levels } of criteria.values()) for (const demand of levels) Reflect.deleteProperty(demand, 'code')
  return { standards, levelFour }
}

const adviceIn = ({ guidance, good, required, due }: TreeRow) => ({
  ...(guidance !== undefined && { guidance }),
  ...(good !== undefined && { goodEvidence: good.split('\n') }),
  ...(required !== undefined && { requiredEvidence: required.split('\n') }),
  ...(due !== undefined && { due: due.split('/').toReversed().join('-') }),
})

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
