import { percentBars } from './charts.ts'
import { chosen, unitName } from './place-sums.ts'
import type { Scope } from './scope.ts'
import { count, share, text, type Cell, type Head, type Table } from './table.ts'
import { atLeast, countOf, LEAST, totalCounts, type Part } from './tally.ts'

/** Sums of a unit that stand beside others'. */
export interface Beside {
  readonly unitId: string
  readonly parts: readonly Part[]
}

/** Heads of the shares that units and schools are compared by. */
export const SHARES_HEAD: readonly Head[] = [
  { label: 'Số trường', numeric: 'count' },
  { label: 'Đã gửi', numeric: 'count' },
  { label: '% số trường', numeric: 'share' },
  ...LEAST.map(level => ({ label: `Từ Mức ${level} (% đã gửi)`, numeric: 'share' as const })),
]

/** A group of so few reports says too much about each of them. */
export const HIDDEN: Cell = { text: 'ẩn' }

/** Schools, sent reports, their share, and the shares that reach each level; hidden for fewer than `fewest` reports. */
export function sharesOf(counts: readonly number[], fewest: number): readonly Cell[] {
  const sent = countOf(counts, 'sent')
  return [
    count(countOf(counts, 'schools')),
    count(sent),
    share(sent, countOf(counts, 'schools')),
    ...LEAST.map(level => (sent > 0 && sent < fewest ? HIDDEN : share(atLeast(counts, level), sent))),
  ]
}

const percent = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : (part / whole) * 100)

/** Those shares as bars, a group for each line; of fewer reports than a line's `fewest` the levels are left out. */
export const sharesChart = (
  lines: readonly { readonly name: string; readonly counts: readonly number[]; readonly fewest: number }[],
) =>
  percentBars(
    'Tỷ lệ trường đã gửi báo cáo, và tỷ lệ đạt từng mức trong số báo cáo đã gửi',
    lines.map(({ name }) => name),
    [
      {
        name: 'Đã gửi (% số trường)',
        hue: 0,
        values: lines.map(({ counts }) => percent(countOf(counts, 'sent'), countOf(counts, 'schools'))),
      },
      ...LEAST.map(level => ({
        name: `Từ Mức ${level} (% đã gửi)`,
        hue: level + 1,
        values: lines.map(({ counts, fewest }) => {
          const sent = countOf(counts, 'sent')
          return sent < fewest ? undefined : percent(atLeast(counts, level), sent)
        }),
      })),
    ],
  )

/** A unit beside the sums of what manages it; `fewest` is what the asker may know at least of the parent's reports. */
export function besideParent(scope: Scope, own: Beside, parent: Beside, fewest: number): Table {
  const lines = [own, parent].map(({ unitId, parts }) => ({
    name: unitName(scope, unitId),
    counts: totalCounts(chosen(parts, scope.filter)),
    fewest: unitId === own.unitId ? 0 : fewest,
  }))
  return {
    name: 'So với cấp trên',
    title: `So với ${unitName(scope, parent.unitId)}`,
    note: 'Dòng dưới gồm cả các trường của dòng trên và có thể chậm nửa phút.',
    chart: sharesChart(lines),
    head: [{ label: 'Đơn vị' }, ...SHARES_HEAD],
    rows: lines.map(({ name, counts, fewest: least }) => [text(name), ...sharesOf(counts, least)]),
  }
}
