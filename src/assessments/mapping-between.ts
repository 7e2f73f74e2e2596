import {
  mappingIndex,
  proposeMapping,
  type CriteriaMapping,
  type CriteriaSet,
  type MappingIndex,
} from '../catalogue/index.ts'
import type { AssessmentNeeds } from './needs.ts'

/** How one set goes over into another for a school. */
export interface Between {
  readonly from: CriteriaSet
  readonly to: CriteriaSet
  /** Undefined between a set and itself. */
  readonly index: MappingIndex | undefined
  /** The Sở's decision; undefined when it has taken none and a proposal stands in. */
  readonly mapping: CriteriaMapping | undefined
}

/**
 * The mapping that the Sở has chosen between two versions, else what the words propose: a year may begin before the Sở
 * has decided, because whatever comes over is marked as not reviewed and nothing is left out.
 */
export async function mappingBetween(
  needs: Pick<AssessmentNeeds, 'setOf' | 'chosenMapping'>,
  fromHash: string,
  toHash: string,
): Promise<Between> {
  const [from, to] = await Promise.all([needs.setOf(fromHash), needs.setOf(toHash)])
  if (fromHash === toHash) return { from, to, index: undefined, mapping: undefined }
  const mapping = await needs.chosenMapping(fromHash, toHash)
  return { from, to, mapping, index: mappingIndex(mapping ?? { rows: proposeMapping(from, to) }) }
}
