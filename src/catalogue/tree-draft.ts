import type { WorkingYear } from '../kernel/working-year.ts'
import { emptyPart, type LocalPart } from './local-part.ts'
import type { RegimeId } from './regimes.ts'
import type { UnitsMayAdd } from './year-tree.ts'

/** What a unit prepares for a working year: one document, published as a whole. */
export interface TreeDraft {
  readonly unitId: string
  readonly provinceId: string
  readonly year: WorkingYear
  /** Hashes of the base versions that the Sở chose; empty on a managing unit's draft, which stands on the Sở's. */
  readonly bases: readonly string[]
  readonly parts: readonly LocalPart[]
  readonly unitsMayAdd: UnitsMayAdd
  readonly regimes: readonly RegimeId[]
  readonly copiedFrom?: WorkingYear
  /** 0 while nothing has been prepared. */
  readonly rev: number
}

export const partOf = (draft: Pick<TreeDraft, 'parts'>, setId: string): LocalPart =>
  draft.parts.find(part => part.setId === setId) ?? emptyPart(setId)

export const withPart = (draft: TreeDraft, part: LocalPart): TreeDraft => ({
  ...draft,
  parts: draft.parts.some(one => one.setId === part.setId)
    ? draft.parts.map(one => (one.setId === part.setId ? part : one))
    : [...draft.parts, part],
})

export const isProvinces = ({ unitId, provinceId }: Pick<TreeDraft, 'unitId' | 'provinceId'>): boolean =>
  unitId === provinceId
