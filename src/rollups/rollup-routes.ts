import { page, type Answer, type Request, type Route } from '../http/route.ts'
import { SCHOOL_ROLES } from '../kernel/actor.ts'
import { printDay } from '../kernel/dates.ts'
import { fiveYearsTo } from '../kernel/working-year.ts'
import { isSchool, managingUnitOn, nameOn } from '../organisations/index.ts'
import { writeWorkbook } from '../sheet-files/index.ts'
import { criteriaPage } from './criteria-page.ts'
import type { SetSeen } from './criteria-sums.ts'
import { schoolsBehind, withTitles } from './gather-behind.ts'
import { setReady } from './gather.ts'
import { heatTable } from './heat-map.ts'
import { inNameOrder, listPage, pageOf, schoolsTable, sumsOfList, withNames } from './list-page.ts'
import { overviewPage } from './overview-page.ts'
import { placesOn, placesUnder, type Place } from './places.ts'
import { filterFrom, SCREENS } from './rollup-input.ts'
import type { RollupNeeds } from './rollup-needs.ts'
import { chosenWords } from './rollup-words.ts'
import { schoolPage } from './school-page.ts'
import { isKept, type SchoolBehind } from './schools-behind.ts'
import { dayFor, openScope, type Scope } from './scope.ts'
import { asSheet, type Table } from './table.ts'
import { factsOf, markUndelivered, totalsOf, type PlaceTotals } from './totals.ts'
import { unitsPage } from './units-page.ts'

/** Screens of sums: overview, units beside each other, criteria, and the schools behind every cell. */
export const rollupRoutes = (needs: RollupNeeds): readonly Route[] => {
  const scopeOf = ({ actor, unitId, query, year }: Request): Promise<Scope> =>
    openScope(needs, actor, unitId, filterFrom(query, year))

  return [
    {
      method: 'get',
      path: SCREENS.overview,
      access: 'signedIn',
      handle: async request => {
        const scope = await scopeOf(request)
        if (isSchool(scope.unit))
          return page('rollups/school', 'Trường so với các trường cùng loại', await schoolModel(needs, request, scope))
        const model = await overviewModel(needs, scope)
        return answer(request, scope, 'rollups/overview', 'Tổng hợp', model, model.tables)
      },
    },
    {
      method: 'get',
      path: SCREENS.units,
      access: 'signedIn',
      handle: async request => {
        const scope = await scopeOf(request)
        const totals = await totalsFor(needs, scope, 'counts')
        const behind = isSmallest(scope) ? await schoolsBehind(needs, scope) : []
        const model = unitsPage(request.actor, scope, totals, behind)
        return answer(request, scope, 'rollups/units', 'Tổng hợp theo đơn vị', model, model.tables)
      },
    },
    {
      method: 'get',
      path: SCREENS.criteria,
      access: 'signedIn',
      handle: async request => {
        const scope = await scopeOf(request)
        const totals = await totalsFor(needs, scope, 'verdicts')
        const behind = isSmallest(scope) ? await schoolsBehind(needs, scope) : []
        const model = criteriaPage({ actor: request.actor, scope, totals, sets: await setsOf(needs, totals), behind })
        return answer(request, scope, 'rollups/criteria', 'Tổng hợp theo tiêu chí', model, [
          ...('heat' in model ? [heatTable(model.heat)] : []),
          ...model.tables,
        ])
      },
    },
    {
      method: 'get',
      path: SCREENS.list,
      access: 'signedIn',
      handle: async request => {
        const scope = await scopeOf(request)
        const { actor, query } = request
        const lines = inNameOrder(scope, await schoolsBehind(needs, scope))
        const sums = sumsOfList(scope, lines)
        if (query['xuat'] === 'xlsx') {
          const whole = await withTitles(needs, withNames(scope, lines), scope.day)
          return answer(request, scope, '', '', {}, [schoolsTable(actor, scope, whole, sums)])
        }
        const { shown, ...place } = pageOf(lines, scope.filter.page)
        const titled = await withTitles(needs, withNames(scope, shown), scope.day)
        const model = listPage(actor, scope, { ...place, shown: titled }, sums)
        return page('rollups/list', 'Danh sách trường', model)
      },
    },
  ]
}

/** The page, or its tables as a workbook when the address asks for one. */
async function answer(
  { query }: Request,
  { unit, day, filter }: Scope,
  view: string,
  title: string,
  model: object,
  tables: readonly Table[],
): Promise<Answer> {
  if (query['xuat'] !== 'xlsx') return page(view, title, model)
  const notes = [
    `${nameOn(unit, day)} – năm học ${filter.year}`,
    `Theo cây đơn vị ngày ${printDay(day)}`,
    ...chosenWords(filter),
  ]
  return {
    kind: 'file',
    body: await writeWorkbook(tables.map(table => asSheet(table, notes))),
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    name: `tong-hop-${unit.id}-${filter.year}.xlsx`,
  }
}

/** Every school hangs right below the unit: there are no units to set beside each other. */
const isSmallest = ({ places, unit }: Scope): boolean => places.every(place => place.unitId === unit.id)

async function totalsFor(needs: RollupNeeds, { places, filter }: Scope, depth: Parameters<typeof totalsOf>[2]) {
  const [totals = []] = await totalsOf(needs, [{ places, year: filter.year }], depth)
  return totals
}

async function overviewModel(needs: RollupNeeds, scope: Scope) {
  const { unit, tree, filter, places, day } = scope
  const years = fiveYearsTo(filter.year)
  const days = await Promise.all(years.map(year => dayFor(needs, year, filter.tree)))
  const wanted = years.map((year, at) => ({
    year,
    places: year === filter.year ? places : placesUnder(tree, unit.id, days[at] ?? day),
  }))
  const schools = places.flatMap(place => place.schools.filter(school => isKept(school, filter)))
  const parent = managingUnitOn(tree, unit.id, day)
  const [all, held, beside] = await Promise.all([
    totalsOf(needs, wanted, 'counts'),
    needs.titlesOn(day),
    parent && needs.countsLately({ unitId: parent.id, year: filter.year, day }),
  ])
  return overviewPage({
    scope,
    totals: all.at(-1) ?? [],
    years: years.map((year, at) => ({ year, parts: (all[at] ?? []).flatMap(each => each.parts) })),
    ...(parent && beside && { parent: { unitId: parent.id, parts: beside } }),
    titles: schools.flatMap(({ id, kind, ownership }) => {
      const titles = held.get(id)
      return titles ? [{ kind, ownership, titles }] : []
    }),
  })
}

/** Versions that the sums name, by hash. */
async function setsOf(
  needs: RollupNeeds,
  totals: readonly Pick<PlaceTotals, 'parts'>[],
): Promise<ReadonlyMap<string, SetSeen>> {
  const hashes = new Set(totals.flatMap(({ parts }) => parts.flatMap(part => part.sets.map(({ hash }) => hash))))
  return new Map(await Promise.all([...hashes].map(async hash => [hash, await setReady(needs, hash)] as const)))
}

async function schoolModel(needs: RollupNeeds, { actor }: Request, scope: Scope) {
  const { unit, tree, day, filter } = scope
  const [placed] = [...placesOn(tree, day).values()].flatMap((place: Place) =>
    place.schools.filter(({ id }) => id === unit.id).map((school): SchoolBehind => ({ school, place })),
  )
  if (!placed) return { schoolAbsent: true, year: filter.year, day: printDay(day) }
  const { place, school } = placed
  await markUndelivered(needs)
  const facts = (await factsOf(needs, [school], filter.year)).get(school.id)
  const [behind = placed] = await withTitles(needs, [{ ...placed, ...(facts && { facts }) }], day)
  const above = [...new Set([place.unitId, place.chain.at(-1) ?? place.unitId])]
  const wanted = above.map(id => ({ year: filter.year, places: placesUnder(tree, id, day) }))
  const totals = await totalsOf(needs, wanted, 'levels')
  const beside = above.map((unitId, at) => ({
    unitId,
    parts: (totals[at] ?? []).flatMap(each => each.parts).filter(part => part.kind === school.kind),
  }))
  const known = await setsOf(needs, beside)
  const own = behind.facts?.assessment?.setHash
  const sets = own === undefined ? known : new Map([...known, [own, await setReady(needs, own)] as const])
  const set = own === undefined ? [...sets.values()][0] : sets.get(own)
  return schoolPage({
    actor,
    scope,
    behind,
    isOwn: actor.seats.some(seat => seat.unitId === school.id && SCHOOL_ROLES.includes(seat.role)),
    ...(set && { set }),
    layouts: new Map([...sets].map(([hash, each]) => [hash, each.layout])),
    beside,
    fewest: scope.setting('minCellPublic', place.unitId),
  })
}
