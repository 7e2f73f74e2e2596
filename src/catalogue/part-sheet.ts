import { planImport, type ImportPlan, type SheetTable, type Verdict } from '../sheet-files/index.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { adviceCells, criteriaRows, type NodeRow } from './criteria-rows.ts'
import { treeTable, type ReadTree, type TreeRow } from './criteria-sheet.ts'
import { contentHash } from './criteria-file.ts'
import type { CriteriaSet, CriteriaVersion } from './criteria-set.ts'
import { hasPlace } from './draft-edits.ts'
import { effectiveVersion } from './effective-version.ts'
import { LOCAL_PREFIX, nodeKeyOf, type LocalNode, type LocalPart } from './local-part.ts'
import type { DeskSet } from './tree-desk.ts'
import { adviceOf, linesOf, monthDay } from './tree-input.ts'

const NOTES = [
  'Mỗi dòng một nút. Nút thêm mới: mã bắt đầu bằng ĐP (ví dụ tiêu chí 1.ĐP3, chỉ báo ĐP1), ghi “có” ở cột Địa phương.',
  'Dán câu chữ chính thức vào cột “Nguyên văn”. Minh chứng ghi mỗi dòng một thứ trong ô. Nút không có trong tệp được giữ nguyên.',
]

/** The draft of one set as a sheet: every node, with this unit's own advice beside its criterion. */
export function partTable({ base, part }: DeskSet): SheetTable {
  const { set } = effectiveVersion(base, { nodes: part.nodes, advice: [] })
  return treeTable(rowsOf(set, part), NOTES)
}

const rowsOf = (set: CriteriaSet, part: LocalPart): readonly NodeRow[] =>
  criteriaRows(set).map(each => {
    const own = part.advice.find(one => one.criterion === each.code)
    const cells = each.kind === 'criterion' ? adviceCells(own ?? {}) : {}
    return { ...each, ...cells, rest: '' }
  })

const keyOf = ({ kind, code, parent = '', level = '' }: Pick<TreeRow, 'kind' | 'code' | 'parent' | 'level'>): string =>
  kind === 'indicator'
    ? `${parent}/${level}/${code}`
    : kind === 'level'
      ? `${parent}/${code}`
      : kind === 'clause'
        ? `khoản/${code}`
        : code

const isLocalKind = (kind: string): kind is LocalNode['kind'] =>
  kind === 'standard' || kind === 'criterion' || kind === 'indicator'

/** What an uploaded sheet would change of the draft, row by row. Pure. */
export function planPart(table: ReadTree, { base, part }: DeskSet): ImportPlan<TreeRow> {
  const { set } = effectiveVersion(base, { nodes: part.nodes, advice: [] })
  const known = new Map(rowsOf(set, part).map(each => [keyOf(each), each]))
  // New nodes may stand under new nodes of the same file.
  const coming = table.rows.flatMap(({ values }) => (known.has(keyOf(values)) ? [] : newNode(values)))
  return planImport(table, {
    keyColumn: 'code',
    keyOf,
    titleOf: ({ code, words = '' }) => `${code} ${words.slice(0, 60)}`.trim(),
    judge: (given): Verdict<TreeRow> => {
      const before = known.get(keyOf(given))
      const due = given.due === undefined ? '' : monthDay(given.due)
      if (given.due !== undefined && due === '')
        return refused('due', 'Hạn viết dạng ngày/tháng và có thật, ví dụ 15/03.')
      if (!before) return judgeNew(given, base.set, [...part.nodes, ...coming])
      if (!before.local && given.words !== undefined && given.words !== before.words)
        return refused(
          'words',
          'Tên của nút trong bộ gốc không sửa ở đây; câu chữ chính thức dán vào cột “Nguyên văn”.',
        )
      if (before.local && (given.words ?? '') === '') return refused('words', 'Xin nhập nội dung của nút.')
      const changes = CELLS.filter(
        ({ key }) => (cellOf(given, key) || (KEPT.has(key) ? before[key] : '')) !== before[key],
      ).map(({ key, what }) => ({ what, from: before[key], to: cellOf(given, key) }))
      return changes.length === 0 ? { kind: 'unchanged' } : { kind: 'changed', changes }
    },
  })
}

const CELLS = [
  { key: 'words', what: 'Nội dung' },
  { key: 'official', what: 'Nguyên văn' },
  { key: 'guidance', what: 'Hướng dẫn' },
  { key: 'good', what: 'Minh chứng tốt' },
  { key: 'required', what: 'Minh chứng bắt buộc' },
  { key: 'due', what: 'Hạn' },
] as const

/** An empty cell leaves these as they are; it takes the others away. */
const KEPT: ReadonlySet<string> = new Set(['words', 'official'])

function cellOf(given: TreeRow, key: (typeof CELLS)[number]['key']): string {
  const text = given[key] ?? ''
  if (key === 'due') return text === '' ? '' : monthDay(text)
  return key === 'good' || key === 'required' ? linesOf(text).join('\n') : text
}

const refused = (key: keyof TreeRow, message: string): Verdict<TreeRow> => ({
  kind: 'refused',
  faults: [{ key, message }],
})

function judgeNew(given: TreeRow, base: CriteriaSet, nodes: readonly LocalNode[]): Verdict<TreeRow> {
  const [node] = newNode(given)
  if (!node)
    return refused(
      'code',
      `Bộ tiêu chí không có nút này; nút thêm mới phải có mã ${LOCAL_PREFIX} và một số từ 1 đến 99.`,
    )
  if (base.rating !== 'levels') return refused('code', 'Bộ này không nhận thêm nút.')
  if (node.words === '') return refused('words', 'Xin nhập nội dung của nút.')
  if (!hasPlace(base, nodes, node)) return refused('parent', 'Không có chỗ này trong bộ tiêu chí hay trong tệp.')
  return { kind: 'new', changes: [{ what: 'Nội dung', from: '', to: node.words }] }
}

/** The row as a node, when its code is that of a local one under its parent. */
function newNode({ kind, code, parent = '', level = '', words = '' }: TreeRow): readonly LocalNode[] {
  if (!isLocalKind(kind)) return []
  const own = kind === 'criterion' ? code.slice(parent.length + 1) : code
  const placed = kind !== 'criterion' || code.startsWith(`${parent}.`)
  if (!placed || !/^ĐP[1-9]\d?$/.test(own)) return []
  const at = kind === 'indicator' ? level : ''
  const under = kind === 'standard' ? '' : parent
  const key = nodeKeyOf({ kind, parent: under, level: at, code })
  // The year and revision are given when the plan is carried out.
  return [{ key, kind, parent: under, level: at, code, words, since: NO_YEAR, rev: 0 }]
}

// Never stored: `carryOut` replaces it.
const NO_YEAR = '' as WorkingYear

export interface CarriedOut {
  readonly part: LocalPart
  /** The base with official wording pasted in, when the sheet brought some. */
  readonly base?: CriteriaVersion
}

/** The draft after a confirmed plan. Pure. */
export function carryOut(plan: ImportPlan<TreeRow>, { base, part }: DeskSet, year: WorkingYear): CarriedOut {
  const lines = plan.lines
    .filter(({ kind }) => kind !== 'unchanged')
    .map(({ row, kind }) => ({ given: row.values, kind }))
  let { nodes, advice } = part
  const official = new Map<string, string>()
  for (const { given, kind } of lines) {
    const key = keyOf(given)
    const own = nodes.find(one => one.key === key)
    const words = given.words ?? ''
    if (kind === 'new') nodes = [...nodes, ...newNode(given).map(node => ({ ...node, since: year, rev: 1 }))]
    else if (own && words !== own.words)
      nodes = nodes.map(one => (one.key === key ? { ...one, words, rev: one.rev + 1 } : one))
    if (!own && kind === 'changed' && given.official !== undefined) official.set(key, given.official)
    if (given.kind === 'criterion') {
      const before = advice.find(one => one.criterion === given.code)
      const next = adviceOf({
        guidance: given.guidance,
        goodEvidence: linesOf(given.good ?? ''),
        requiredEvidence: linesOf(given.required ?? ''),
        due: given.due === undefined ? undefined : monthDay(given.due),
      })
      const said = Object.keys(next).length > 0
      if (said || before)
        advice = [
          ...advice.filter(one => one.criterion !== given.code),
          { ...next, criterion: given.code, rev: (before?.rev ?? 0) + 1 },
        ]
    }
  }
  const worded = withOfficial(base.set, official)
  return {
    part: { setId: part.setId, nodes, advice },
    ...(worded !== base.set && { base: { set: worded, hash: contentHash(worded) } }),
  }
}

const withOfficial = (set: CriteriaSet, official: ReadonlyMap<string, string>): CriteriaSet =>
  official.size === 0
    ? set
    : {
        ...set,
        standards: set.standards.map(standard => ({
          ...standard,
          criteria: standard.criteria.map(criterion => ({
            ...criterion,
            levels: criterion.levels.map(demand => ({
              ...demand,
              indicators: demand.indicators.map(indicator => {
                const text = official.get(`${criterion.code}/${demand.level}/${indicator.code}`)
                return text === undefined ? indicator : { ...indicator, official: text }
              }),
            })),
          })),
        })),
      }
