import type { CriteriaSet } from './criteria-set.ts'
import { MAPPED_NAMES, HOW_NAMES } from './mapping-words.ts'
import { mappedNodes, mappingIndex, type MappingHow, type MappingRow } from './mapping.ts'

/** One thing wrong or doubtful in a mapping; `row` counts the lines from 0. */
export interface MappingFinding {
  readonly severity: 'error' | 'warning'
  readonly row?: number
  readonly message: string
}

/** How many new nodes a line names: at least, at most. */
const TARGETS: Readonly<Record<MappingHow, readonly [least: number, most: number]>> = {
  same: [1, 1],
  renamed: [1, 1],
  split: [2, Infinity],
  merged: [1, 1],
  dropped: [0, 0],
  new: [1, 1],
}

/**
 * What keeps a mapping from being used: each old node stands in exactly one line, each new node is mapped or marked new,
 * splits and merges agree with the number of nodes. Doubts are warnings.
 */
export function lintMapping(
  from: CriteriaSet,
  to: CriteriaSet,
  rows: readonly MappingRow[],
): readonly MappingFinding[] {
  const old = new Map(mappedNodes(from).map(node => [`${node.kind} ${node.code}`, node]))
  const fresh = new Map(mappedNodes(to).map(node => [`${node.kind} ${node.code}`, node]))
  const findings: MappingFinding[] = []
  const error = (message: string, row?: number): void =>
    void findings.push({ severity: 'error', message, ...(row !== undefined && { row }) })

  const seen = new Set<string>()
  const targeted = new Map<string, MappingRow[]>()
  for (const [at, row] of rows.entries()) {
    const { kind, from: code, how, to: targets } = row
    const name = MAPPED_NAMES[kind]
    const said = `${name} cũ ${code ?? ''}`
    if ((code === undefined) !== (how === 'new'))
      error(`“${HOW_NAMES.new}” chỉ dùng cho mục của bộ mới, khi để trống mã cũ.`, at)
    if (code !== undefined) {
      if (!old.has(`${kind} ${code}`)) error(`Bộ cũ không có ${lower(name)} ${code}.`, at)
      if (seen.has(`${kind} ${code}`)) error(`${said} có hai dòng.`, at)
      seen.add(`${kind} ${code}`)
    }
    const [least, most] = TARGETS[how]
    if (targets.length < least || targets.length > most || new Set(targets).size !== targets.length)
      error(`“${HOW_NAMES[how]}” cần ${countWords(least, most)}, dòng này ghi ${targets.length} mã mới.`, at)
    if (how === 'same' && code !== undefined && targets[0] !== code)
      error(`${said}: “${HOW_NAMES.same}” thì mã không đổi; nếu mã đổi, chọn “${HOW_NAMES.renamed}”.`, at)
    for (const target of targets) {
      const key = `${kind} ${target}`
      if (!fresh.has(key)) error(`Bộ mới không có ${lower(name)} ${target}.`, at)
      targeted.set(key, [...(targeted.get(key) ?? []), row])
    }
  }
  for (const [key, { kind, code }] of old)
    if (!seen.has(key)) error(`${MAPPED_NAMES[kind]} cũ ${code} chưa có trong bảng.`)
  for (const [key, { kind, code }] of fresh) {
    const sources = targeted.get(key) ?? []
    const name = `${MAPPED_NAMES[kind]} mới ${code}`
    if (sources.length === 0) error(`${name} chưa được nối với mục cũ nào, cũng chưa ghi là mới.`)
    if (sources.length > 1 && !sources.every(({ how }) => how === 'merged' || how === 'split'))
      error(
        `${name} được ${sources.length} dòng trỏ tới; các dòng đó phải là “${HOW_NAMES.merged}” hoặc “${HOW_NAMES.split}”.`,
      )
    if (sources.length === 1 && sources[0]?.how === 'merged')
      error(`${name}: “${HOW_NAMES.merged}” cần ít nhất hai mục cũ.`)
  }
  return [...findings, ...strayIndicators(rows)]
}

/** An indicator that goes where its criterion does not: possible, and seldom meant. */
function strayIndicators(rows: readonly MappingRow[]): readonly MappingFinding[] {
  const index = mappingIndex({ rows })
  return rows.flatMap((row, at): readonly MappingFinding[] => {
    if (row.kind !== 'indicator' || row.from === undefined) return []
    const home = index.rowOf('criterion', criterionIn(row.from))?.to ?? []
    return row.to
      .filter(code => !home.includes(criterionIn(code)))
      .map(code => ({
        severity: 'warning' as const,
        row: at,
        message: `Chỉ báo ${row.from ?? ''} chuyển sang tiêu chí ${criterionIn(code)}, còn tiêu chí của nó thì không.`,
      }))
  })
}

const criterionIn = (code: string): string => code.split('/')[0] ?? code
const lower = (words: string): string => words.charAt(0).toLocaleLowerCase('vi') + words.slice(1)

const countWords = (least: number, most: number): string =>
  most === 0 ? 'không mã mới nào' : least === most ? `đúng ${least} mã mới` : `từ ${least} mã mới trở lên`

export const mappingSound = (findings: readonly MappingFinding[]): boolean =>
  findings.every(({ severity }) => severity !== 'error')
