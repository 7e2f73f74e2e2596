import { besideParent } from './beside-parent.ts'
import { comparedTable } from './compared-tables.ts'
import { chosen, lateAt } from './place-sums.ts'
import { addressOf, type Condition } from './rollup-input.ts'
import { frameOf } from './rollup-words.ts'
import { count, share } from './table.ts'
import { countOf, totalCounts } from './tally.ts'
import {
  figuresTable,
  funnelTable,
  lateTable,
  levelsTable,
  reconciliationTable,
  titlesTable,
  trendTable,
  type OverviewView,
} from './overview-tables.ts'

/** `/tong-hop` for a managing unit: how far its schools are, what they found, who is late, how it was in the years before. */
export function overviewPage(view: OverviewView) {
  const { scope, totals, parent } = view
  const parts = totals.flatMap(each => each.parts)
  const counts = totalCounts(chosen(parts, scope.filter))
  const fewest = scope.above ? 0 : scope.setting('minCellPublic', scope.unit.id)
  const list = (condition: Condition): string => addressOf('list', scope.filter, { condition })
  const schools = countOf(counts, 'schools')
  const late = totals.reduce((sum, each) => sum + lateAt(scope, each), 0)
  const tile = (label: string, value: number, condition: Condition, of = schools) => ({
    label,
    ...count(value, list(condition)),
    share: label === 'Tổng số trường' ? '' : `${share(value, of).text} số trường`,
  })
  return {
    ...frameOf(scope, 'overview'),
    tiles: [
      tile('Tổng số trường', schools, { is: 'all' }),
      tile('Đã mở đợt tự đánh giá', schools - countOf(counts, 'none'), { is: 'opened' }),
      tile('Đã gửi báo cáo', countOf(counts, 'sent'), { is: 'sent' }),
      tile('Quá hạn gửi báo cáo', late, { is: 'late' }),
    ],
    tables: [
      funnelTable(counts, list),
      titlesTable(view, list),
      reconciliationTable(counts, list),
      lateTable(view),
      levelsTable(view, list),
      ...(parent ? [besideParent(scope, { unitId: scope.unit.id, parts }, parent, fewest)] : []),
      trendTable(view),
      comparedTable(counts, list),
      figuresTable(view, list),
    ],
  }
}
