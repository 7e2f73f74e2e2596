import { externalFactsOf, titlesOnDays, type ExternalNeeds } from '../external/index.ts'
import { followChanges, rollupStore, rowsFor, type RollupNeeds } from '../rollups/index.ts'
import type { BaseSystem } from './system-base.ts'

/** Sums over schools, following what the journal's relay delivers. */
export function rollupsOf(base: BaseSystem, external: Pick<ExternalNeeds, 'titles' | 'runs'>) {
  const needs: RollupNeeds = {
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
