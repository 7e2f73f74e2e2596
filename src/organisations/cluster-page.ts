import type { Day } from '../kernel/dates.ts'
import { printNumber } from '../kernel/words.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { Cluster } from './cluster.ts'
import { dayTree } from './day-tree.ts'
import { unitTabs } from './operation-page.ts'
import { nameOn } from './unit.ts'
import { byNameOn, managingUnitOn, type UnitTree } from './unit-tree.ts'

const BASE = '/cum-truong'

interface ClusterView {
  readonly tree: UnitTree
  readonly today: Day
  readonly year: WorkingYear
  readonly mayKeep: boolean
}

const nameIn = ({ tree, today }: ClusterView, id: string): string => {
  const unit = tree.get(id)
  return unit ? nameOn(unit, today) : id
}

/** The clusters of a year. */
export const clustersPage = (clusters: readonly Cluster[], view: ClusterView) => ({
  tabs: unitTabs(BASE),
  subtitle: `Năm học ${view.year}. Cụm trường sinh hoạt chuyên môn, không có thẩm quyền quản lý.`,
  actions: view.mayKeep ? [{ label: 'Lập cụm trường', href: `${BASE}/moi`, icon: 'plus', primary: true }] : [],
  head: ['Cụm trường', { label: 'Số trường', numeric: true }, 'Trường cụm trưởng'],
  rows: clusters.map(cluster => [
    { text: cluster.name, href: `${BASE}/${encodeURIComponent(cluster.id)}` },
    printNumber(cluster.schoolIds.length),
    cluster.leadId === undefined ? '–' : nameIn(view, cluster.leadId),
  ]),
})

/** One cluster with its schools; a form for those who keep it. `from`: the managing unit whose schools are offered. */
export function clusterPage(cluster: Cluster | undefined, view: ClusterView & { readonly from: string }) {
  const { tree, today, year, from, mayKeep } = view
  const at = dayTree(tree, today)
  const own = cluster?.schoolIds ?? []
  const managers = new Set(own.map(id => managingUnitOn(tree, id, today)?.id ?? ''))
  const near = [...new Set([from, ...managers])].flatMap(id => at.schoolsBelow(id))
  const offered = [
    ...new Map([...near, ...own.flatMap(id => tree.get(id) ?? [])].map(unit => [unit.id, unit])).values(),
  ].toSorted(byNameOn(today))
  const option = (id: string) => ({ value: id, label: nameIn(view, id) })
  return {
    breadcrumbs: [
      { label: 'Đơn vị', href: '/don-vi' },
      { label: 'Cụm trường', href: BASE },
    ],
    subtitle: `Năm học ${year}`,
    mayKeep,
    head: ['Trường', 'Cấp quản lý trực tiếp'],
    rows: own.map(id => {
      const manager = managingUnitOn(tree, id, today)
      return [
        {
          text: nameIn(view, id),
          href: `/don-vi/${encodeURIComponent(id)}`,
          ...(id === cluster?.leadId && { badge: { label: 'Cụm trưởng', tone: 'blue' } }),
        },
        manager ? nameOn(manager, today) : '–',
      ]
    }),
    choose: cluster
      ? []
      : at.active
          .filter(unit => unit.kind === 'commune' || unit.kind === 'district')
          .toSorted(byNameOn(today))
          .map(unit => ({ value: unit.id, label: nameOn(unit, today) })),
    chosen: from,
    action: cluster ? `${BASE}/${encodeURIComponent(cluster.id)}` : `${BASE}/moi`,
    revision: cluster?.rev ?? 0,
    fields: [
      { name: 'name', label: 'Tên cụm', value: cluster?.name ?? '', required: true },
      ...(offered.length > 0
        ? [
            {
              name: 'schoolIds',
              label: 'Các trường',
              type: 'checkboxes',
              value: own,
              hint: cluster && 'Bỏ chọn hết để giải tán cụm.',
              options: offered.map(unit => option(unit.id)),
            },
          ]
        : []),
      {
        name: 'codes',
        label: 'Mã của trường khác',
        value: '',
        hint: 'Trường ở cấp quản lý khác: ghi mã, cách nhau bằng dấu phẩy.',
      },
      {
        name: 'leadId',
        label: 'Trường cụm trưởng',
        type: 'select',
        blank: 'Không có',
        value: cluster?.leadId ?? '',
        options: offered.map(unit => option(unit.id)),
      },
    ],
  }
}
