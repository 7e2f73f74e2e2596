import { SCHOOL_KIND_NAMES, type SchoolKind } from '../kernel/unit-kinds.ts'
import { compareCodes } from '../kernel/words.ts'
import type { SchoolRow } from '../rollups/index.ts'
import type { AnnualFacts } from './annual-facts.ts'
import type { AnnualTable, FigureCell, TableRow } from './annual-table.ts'
import { assessed, finished, runOf } from './row-facts.ts'
import { KINDS } from './row-groups.ts'

const count = (rows: readonly SchoolRow[]): FigureCell => ({
  kind: 'count',
  value: rows.length,
  schools: rows.map(row => row.schoolId),
})

const own = (row: SchoolRow, code: string): number | undefined => row.assessment?.criteria[code]
const team = (row: SchoolRow, code: string, facts: AnnualFacts): number | undefined =>
  assessed(row, facts) ? runOf(row, facts)?.criteria?.[code] : undefined

/** Schools of one kind that were assessed by one set: codes of different sets do not compare. */
interface SameSet {
  readonly kind: SchoolKind
  readonly setHash: string
  readonly rows: readonly SchoolRow[]
  readonly codes: readonly string[]
}

function bySet(facts: AnnualFacts): readonly SameSet[] {
  const done = facts.rows.filter(row => finished(row, facts) || assessed(row, facts))
  return KINDS.flatMap(kind => {
    const ofKind = done.filter(row => row.kind === kind && row.assessment)
    const hashes = [...new Set(ofKind.map(row => row.assessment?.setHash ?? ''))].toSorted()
    return hashes.map(setHash => {
      const rows = ofKind.filter(row => row.assessment?.setHash === setHash)
      const codes = new Set(
        rows.flatMap(row => [
          ...Object.keys(row.assessment?.criteria ?? {}),
          ...Object.keys(runOf(row, facts)?.criteria ?? {}),
        ]),
      )
      return { kind, setHash, rows, codes: [...codes].toSorted(compareCodes) }
    })
  })
}

const kindRow = ({ kind, setHash }: SameSet, columns: number): TableRow => ({
  key: `${kind}-${setHash.slice(0, 8)}`,
  label: SCHOOL_KIND_NAMES[kind],
  total: true,
  cells: Array.from({ length: columns }, (): FigureCell => ({ kind: 'text', text: '' })),
})

const lineOf = (set: SameSet, code: string, facts: AnnualFacts, cells: readonly FigureCell[]): TableRow => ({
  key: `${set.kind}-${set.setHash.slice(0, 8)}-${code}`,
  label: `Tiêu chí ${code}: ${facts.criterionTitle(set.setHash, code)}`,
  indent: 1,
  cells,
})

/** Indicators or criteria that are named as the most frequent weaknesses. */
const MOST_FREQUENT = 5

/** P9: criteria that some school has not brought to Mức 1, and what most often stands in the way. */
export function p9(facts: AnnualFacts): AnnualTable {
  const sets = bySet(facts)
  const rows = sets.flatMap(set => {
    const lines = set.codes.flatMap(code => {
      const below = set.rows.filter(row => own(row, code) === 0)
      const teamBelow = set.rows.filter(row => team(row, code, facts) === 0)
      if (below.length === 0 && teamBelow.length === 0) return []
      const at = (level: number) => count(set.rows.filter(row => own(row, code) === level))
      return [lineOf(set, code, facts, [count(below), count(teamBelow), at(1), at(2), at(3)])]
    })
    return lines.length === 0 ? [] : [kindRow(set, 5), ...lines]
  })
  return {
    id: 'P9',
    title: 'Tiêu chí yếu',
    rowsHead: 'Cấp học, tiêu chí',
    labelWidth: 6,
    columns: [
      { id: 'below', head: 'Tự đánh giá', under: ['Số trường không đạt Mức 1'] },
      { id: 'teamBelow', head: 'Đánh giá ngoài', under: ['Số trường không đạt Mức 1'] },
      { id: 'level1', head: 'Mức 1', under: ['Số trường tự đánh giá đạt'] },
      { id: 'level2', head: 'Mức 2', under: ['Số trường tự đánh giá đạt'] },
      { id: 'level3', head: 'Mức 3', under: ['Số trường tự đánh giá đạt'] },
    ],
    rows,
    notes: sets.flatMap(set => frequentWeaknesses(set, facts)),
  }
}

function frequentWeaknesses({ kind, setHash, rows }: SameSet, facts: AnnualFacts): readonly string[] {
  const times = new Map<string, number>()
  for (const row of rows)
    for (const code of new Set(row.assessment?.blockedBy ?? [])) times.set(code, (times.get(code) ?? 0) + 1)
  const most = [...times]
    .toSorted(([one, a], [other, b]) => b - a || compareCodes(one, other))
    .slice(0, MOST_FREQUENT)
    .map(([code, schools]) => `${facts.criterionTitle(setHash, code).replace(/\.$/, '')} (${code}): ${schools} trường`)
  return most.length === 0
    ? []
    : [`Yêu cầu nhiều trường chưa đạt nhất, ${SCHOOL_KIND_NAMES[kind].toLocaleLowerCase('vi')}: ${most.join('; ')}.`]
}

/** P10: criterion by criterion, the school's own result beside the team's. */
export function p10(facts: AnnualFacts): AnnualTable {
  const rows = bySet(facts).flatMap(set => {
    const pairs = (code: string) =>
      set.rows.flatMap(row => {
        const [one, other] = [own(row, code), team(row, code, facts)]
        return one === undefined || other === undefined ? [] : [{ row, gap: one - other }]
      })
    const lines = set.codes.flatMap(code => {
      const known = pairs(code)
      const where = (wanted: (gap: number) => boolean) =>
        count(known.filter(({ gap }) => wanted(gap)).map(({ row }) => row))
      return known.length === 0
        ? []
        : [lineOf(set, code, facts, [where(gap => gap === 0), where(gap => gap > 0), where(gap => gap < 0)])]
    })
    return lines.length === 0 ? [] : [kindRow(set, 3), ...lines]
  })
  return {
    id: 'P10',
    title: 'Chênh lệch giữa tự đánh giá và đánh giá ngoài',
    rowsHead: 'Cấp học, tiêu chí',
    labelWidth: 6,
    columns: [
      { id: 'same', head: 'Trùng nhau' },
      { id: 'higher', head: 'Tự đánh giá cao hơn' },
      { id: 'lower', head: 'Tự đánh giá thấp hơn' },
    ],
    rows,
    notes: [],
  }
}
