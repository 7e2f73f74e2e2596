import type { WorkingYear } from '../kernel/working-year.ts'
import { catalogueFrom, type CatalogueStandard } from './evidence-catalogue.ts'
import { labelOf } from './evidence-facts.ts'
import { briefsOf, evidenceOf, type EvidenceNeeds } from './evidence-needs.ts'
import type { EvidenceBrief } from './evidence-store.ts'
import type { Evidence } from './evidence.ts'

/** What a sheet or a report needs to draw a citation. */
export interface Citable {
  readonly id: string
  /** `[H1-1.1-01]`, or `[MC-012]` until the item is coded. */
  readonly label: string
  readonly state: Evidence['state']
  readonly name: string
  readonly criterion: string
  readonly years: readonly WorkingYear[]
  /** Who brought it. */
  readonly collectedBy?: string
}

const made = new WeakMap<readonly EvidenceBrief[], ReadonlyMap<string, Citable>>()

/** The same list gives the same map: lists are kept until an item changes, and every save of a text asks for this. */
function citable(items: readonly EvidenceBrief[]): ReadonlyMap<string, Citable> {
  const known = made.get(items)
  if (known) return known
  const map = new Map(
    items.map(item => {
      const { id, state, name, criterion, years, collectedBy } = item
      return [id, { id, label: labelOf(item), state, name, criterion, years, ...(collectedBy && { collectedBy }) }]
    }),
  )
  made.set(items, map)
  return map
}

/** What evidence hands out to the features below it; rights are theirs to ask for. */
export const evidenceHandout = (needs: Pick<EvidenceNeeds, 'evidence' | 'renumberings' | 'dossiers'>) => ({
  evidenceOf: (assessmentId: string): Promise<readonly Evidence[]> => evidenceOf(needs, assessmentId),

  /** Items by id as sheets cite them; a tenth of what `evidenceOf` reads. */
  async citableOf(assessmentId: string): Promise<ReadonlyMap<string, Citable>> {
    return citable(await briefsOf(needs, assessmentId))
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
