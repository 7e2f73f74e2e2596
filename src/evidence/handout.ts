import { catalogueFrom, type CatalogueStandard } from './evidence-catalogue.ts'
import { labelOf } from './evidence-facts.ts'
import { evidenceOf, type EvidenceNeeds } from './evidence-needs.ts'
import type { Evidence } from './evidence.ts'

/** What a sheet or a report needs to draw a citation. */
export interface CodeShown {
  /** `[H1-1.1-01]`, or `[MC-012]` until the item is coded. */
  readonly label: string
  readonly state: Evidence['state']
  readonly name: string
  readonly criterion: string
}

/** What evidence hands out to the features below it; rights are theirs to ask for. */
export const evidenceHandout = (needs: Pick<EvidenceNeeds, 'evidence' | 'renumberings' | 'dossiers'>) => ({
  evidenceOf: (assessmentId: string): Promise<readonly Evidence[]> => evidenceOf(needs, assessmentId),

  async codesOf(assessmentId: string): Promise<ReadonlyMap<string, CodeShown>> {
    const items = await evidenceOf(needs, assessmentId)
    return new Map(
      items.map(item => [
        item.id,
        { label: labelOf(item), state: item.state, name: item.name, criterion: item.criterion },
      ]),
    )
  },

  /** The printed catalogue by standard and criterion. */
  async catalogueOf(assessmentId: string): Promise<readonly CatalogueStandard[]> {
    const [dossier, items, citations] = await Promise.all([
      needs.dossiers.get(assessmentId),
      evidenceOf(needs, assessmentId),
      needs.dossiers.citations(assessmentId),
    ])
    return catalogueFrom(dossier, items, citations)
  },
})
