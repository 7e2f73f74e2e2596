import { NotFound } from '../kernel/refusals.ts'
import { compareVietnamese, printNumber, printSigned } from '../kernel/words.ts'
import { nameOn } from '../organisations/index.ts'
import { BLOCK_NAMES } from './compared-rows.ts'
import { stateBadge, unitHref, type ReconciledUnit } from './reconciled-unit-page.ts'
import { REASONS, rowAnchor } from './reconciliation.ts'

const print = (value: number | null): string => (value === null ? '–' : printNumber(value))

/** Schools whose two numbers differ, those first; then by name. */
const byDifference = (difference: number | null): number => (difference === null || difference === 0 ? 1 : 0)

/** The schools behind one row of a unit's sums, each with its numbers and its reason; not found for a row nobody has. */
export function reconciledRowPage(view: ReconciledUnit, key: string) {
  const { unit, year, day, all, sums } = view
  const sum = sums.find(row => row.key === key)
  if (!sum) throw new NotFound(`row ${key} of ${unit.id}`)
  const lines = all
    .flatMap(({ school, state, rows }) => {
      const row = rows.find(each => each.key === key)
      return row ? [{ school, state, row, name: nameOn(school, day) }] : []
    })
    .toSorted(
      (a, b) => byDifference(a.row.difference) - byDifference(b.row.difference) || compareVietnamese(a.name, b.name),
    )
  return {
    wide: true,
    breadcrumbs: [{ label: `Đối sánh các trường`, href: unitHref(unit.id, year) }],
    subtitle: `${nameOn(unit, day)} – năm học ${year}`,
    title: `${BLOCK_NAMES[sum.block]} – ${sum.label} (${sum.unit})`,
    facts: [
      { term: 'Giao các trường', text: print(sum.assigned) },
      { term: 'Hiện có', text: print(sum.current) },
      { term: 'Chênh lệch', text: printSigned(sum.difference) },
      { term: 'Trường chưa có số', text: printNumber(sum.missing) },
    ],
    head: [
      'Trường',
      'Trạng thái',
      { label: 'Số giao', numeric: true },
      { label: 'Hiện có', numeric: true },
      { label: 'Chênh lệch', numeric: true },
      'Nguyên nhân',
      'Giải trình',
    ],
    rows: lines.map(({ school, state, row, name }) => {
      const form = new URLSearchParams({ truong: school.id, nam: year }).toString()
      return [
        { text: name, href: `/so-lieu/doi-sanh?${form}#${rowAnchor(key)}` },
        { text: '', badge: stateBadge(state) },
        print(row.assigned),
        print(row.current),
        printSigned(row.difference),
        row.explanation
          ? REASONS[row.explanation.code]
          : row.of === undefined && row.difference !== null && row.difference !== 0
            ? 'Chưa giải trình'
            : '',
        row.explanation?.sentence ?? '',
      ]
    }),
  }
}
