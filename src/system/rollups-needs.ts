import { externalFactsOf, titlesOnDays, type ExternalNeeds } from '../external/index.ts'
import {
  followChanges,
  rollupStore,
  rowsFor,
  sumsOfUnit,
  type AskedLately,
  type RollupNeeds,
} from '../rollups/index.ts'
import type { BaseSystem } from './system-base.ts'

/** In the last hour before a deadline every commune is compared with a province that changes all the time. */
const LATELY_MS = 30_000

/** Sums over schools, following what the journal's relay delivers. */
export function rollupsOf(base: BaseSystem, external: Pick<ExternalNeeds, 'titles' | 'runs'>) {
  const lately = base.db.kept.keep({
    load: async key => {
      const { unitId, year, day } = JSON.parse(key) as AskedLately // made below
      const [parts = []] = await sumsOfUnit(needs, { unitId, years: [year], day, depth: 'counts' })
      return parts
    },
    from: () => [],
    lifeMs: LATELY_MS,
  })
  const needs: RollupNeeds = {
    countsLately: ({ unitId, year, day }) => lately(JSON.stringify({ unitId, year, day })),
    units: base.units,
    years: base.years,
    overrides: base.overrides,
    assessments: base.assessments,
    figures: base.figures,
    setOf: hash => base.catalogue.setOf(hash),
    rollups: rollupStore(base.db),
    titlesOn: titlesOnDays(external),
    externalFacts: externalFactsOf({ titles: external.titles, runs: external.runs }),
    heavy: run => base.db.heavy(run),
    now: base.now,
  }
  const { hear, keepFresh } = followChanges(needs)
  base.post.beforeDelivery(hear)
  return { rollupNeeds: needs, keepRollupsFresh: keepFresh, rowsFor: rowsFor(needs) }
}
