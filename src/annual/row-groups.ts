import { SCHOOL_KIND_NAMES, type SchoolKind } from '../kernel/unit-kinds.ts'
import { compareVietnamese } from '../kernel/words.ts'
import type { SchoolRow } from '../rollups/index.ts'
import type { RowGroup, YearFacts } from './annual-table.ts'

/** Order of every table (forms § 12). A school of several levels counts once, as such (process § 7.2). */
export const KINDS: readonly SchoolKind[] = ['mam_non', 'tieu_hoc', 'thcs', 'thpt', 'pho_thong_nhieu_cap_hoc']

/** Targets in percent: `<table>.<school kind>` and `<table>.all`. */
export type Targets = Readonly<Record<string, number>>

const only = (facts: YearFacts | undefined, wanted: (row: SchoolRow) => boolean): YearFacts | undefined =>
  facts && { ...facts, rows: facts.rows.filter(wanted) }

export interface Compared {
  readonly now: YearFacts
  readonly before?: YearFacts | undefined
}

/** Each kind of school with “trong đó công lập, ngoài công lập”, then the total; kinds without a school in either year are left out. */
export function kindGroups({ now, before }: Compared, tableId: string, targets: Targets): readonly RowGroup[] {
  const lines = (key: string, label: string, total: boolean, wanted: (row: SchoolRow) => boolean): RowGroup[] => {
    const [facts, last] = [only(now, wanted), only(before, wanted)]
    if (facts?.rows.length === 0 && (last?.rows.length ?? 0) === 0 && !total) return []
    const target = targets[`${tableId}.${key}`]
    const owned = (ownership: SchoolRow['ownership']) => (row: SchoolRow) => row.ownership === ownership
    return [
      { key, label, total, facts, before: last, ...(target !== undefined && { target: () => target }) },
      ...(['public', 'private'] as const).map(ownership => ({
        key: `${key}-${ownership}`,
        label: ownership === 'public' ? 'công lập' : 'ngoài công lập',
        indent: 1 as const,
        facts: only(facts, owned(ownership)),
        before: only(last, owned(ownership)),
      })),
    ]
  }
  return [
    ...KINDS.flatMap(kind => lines(kind, SCHOOL_KIND_NAMES[kind], false, row => row.kind === kind)),
    ...lines('all', 'Tổng', true, () => true),
  ]
}

export interface Places {
  readonly unitId: string
  readonly nameOf: (unitId: string) => string
}

/** The unit that manages a school by the tree of the closing day; schools of the reporting unit itself stand last. */
export const placeOf = (row: SchoolRow): string => row.ancestors[0] ?? ''

/** Each unit below with its kinds of school under it, by the Vietnamese alphabet, then the total. */
export function placeGroups({ now, before }: Compared, { unitId, nameOf }: Places): readonly RowGroup[] {
  const ids = [...new Set([...now.rows, ...(before?.rows ?? [])].map(placeOf))]
  const own = (id: string): boolean => id === unitId || id === ''
  const named = ids
    .filter(id => now.rows.some(row => placeOf(row) === id))
    .toSorted((one, other) => Number(own(one)) - Number(own(other)) || compareVietnamese(nameOf(one), nameOf(other)))
  return [
    ...named.flatMap(id => {
      const here = (row: SchoolRow): boolean => placeOf(row) === id
      const [facts, last] = [only(now, here), only(before, here)]
      const kinds = KINDS.filter(kind => facts?.rows.some(row => row.kind === kind))
      const label = own(id) ? `Trực thuộc ${nameOf(unitId)}` : nameOf(id)
      return [
        { key: id === '' ? unitId : id, label, facts, before: last, total: true },
        ...kinds.map(kind => ({
          key: `${id === '' ? unitId : id}-${kind}`,
          label: SCHOOL_KIND_NAMES[kind],
          indent: 1 as const,
          facts: only(facts, row => row.kind === kind),
          before: only(last, row => row.kind === kind),
        })),
      ]
    }),
    { key: 'all', label: 'Tổng', total: true, facts: now, before },
  ]
}
