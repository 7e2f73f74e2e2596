import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/dates.ts'
import { Forbidden, StaleWrite, StepRefused } from '../kernel/refusals.ts'
import { entryBy } from '../journal/index.ts'
import type { CriteriaSetStore, ImportedVersion } from './criteria-set-store.ts'
import type { CriteriaVersion } from './criteria-set.ts'
import { lintMapping, mappingSound } from './mapping-lint.ts'
import { mayMap, WHO_MAPS } from './mapping-policy.ts'
import { proposeMapping } from './mapping-propose.ts'
import { deskId, type MappingDesk, type MappingStore } from './mapping-store.ts'
import { mappingOf, type CriteriaMapping, type MappingRow } from './mapping.ts'

export interface MappingNeeds {
  readonly mappings: MappingStore
  readonly sets: CriteriaSetStore
  readonly provinceId: () => Promise<string>
  readonly now: Clock
}

/** A pair of versions with the table between them; `proposed` when nobody has written it yet. */
export interface OpenDesk {
  readonly from: CriteriaVersion
  readonly to: CriteriaVersion
  readonly desk: MappingDesk
  readonly rows: readonly MappingRow[]
  readonly proposed: boolean
}

export type Mappings = ReturnType<typeof mappingsOf>

/** Everything that is done with mappings between versions of criteria sets. */
export function mappingsOf({ mappings, sets, provinceId, now }: MappingNeeds) {
  const open = async (fromHash: string, toHash: string): Promise<OpenDesk> => {
    const [from, to] = await Promise.all([sets.get(fromHash), sets.get(toHash)])
    const desk = await mappings.desk(await provinceId(), fromHash, toHash)
    const proposed = desk.draft.length === 0
    return { from, to, desk, proposed, rows: proposed ? proposeMapping(from.set, to.set) : desk.draft }
  }

  const demandEdit = (actor: Actor, desk: MappingDesk): void => {
    if (!mayMap.editMapping(actor, desk))
      throw new Forbidden('Chỉ Sở được lập bảng chuyển đổi giữa hai bộ tiêu chí.', WHO_MAPS)
  }

  const save = (
    actor: Actor,
    desk: MappingDesk,
    change: Partial<Pick<MappingDesk, 'draft' | 'chosen'>>,
    event: 'saveMapping' | 'chooseMapping',
  ): Promise<MappingDesk> =>
    mappings.save(
      desk,
      change,
      entryBy(actor, now(), {
        id: `mapping:${deskId(desk)}:${desk.rev + 1}`,
        unitId: desk.provinceId,
        subject: { kind: 'criteriaMapping', id: deskId(desk) },
        event,
        facts: {
          from: desk.fromHash,
          to: desk.toHash,
          ...(change.chosen !== undefined && { mapping: change.chosen }),
        },
      }),
    )

  return {
    open,

    versions: (): Promise<readonly ImportedVersion[]> => sets.all(),

    desks: async (): Promise<readonly MappingDesk[]> => mappings.desks(await provinceId()),

    mayEdit: async (actor: Actor): Promise<boolean> => mayMap.editMapping(actor, { provinceId: await provinceId() }),

    mayImport: async (actor: Actor): Promise<boolean> => mayMap.importSet(actor, { provinceId: await provinceId() }),

    /** Puts the table down as it stands, faults and all; nothing rests on it until it is chosen. */
    async saveDraft(actor: Actor, pair: Pair, rows: readonly MappingRow[], seenRev?: number): Promise<MappingDesk> {
      const { desk } = await open(pair.fromHash, pair.toHash)
      demandEdit(actor, desk)
      if (seenRev !== undefined && seenRev !== desk.rev)
        throw new StaleWrite('Bảng chuyển đổi vừa được người khác sửa. Xin mở lại trang rồi làm lại.')
      return save(actor, desk, { draft: rows }, 'saveMapping')
    },

    /** Makes the table the Sở's decision: kept for ever under its hash. Refuses a table that does not lint clean. */
    async choose(actor: Actor, pair: Pair, seenRev: number): Promise<CriteriaMapping> {
      const { from, to, desk, rows } = await open(pair.fromHash, pair.toHash)
      demandEdit(actor, desk)
      if (seenRev !== desk.rev)
        throw new StaleWrite('Bảng chuyển đổi vừa được người khác sửa. Xin mở lại trang rồi làm lại.')
      const findings = lintMapping(from.set, to.set, rows)
      if (!mappingSound(findings))
        throw new StepRefused(
          'Chưa chốt được bảng chuyển đổi.',
          findings
            .filter(({ severity }) => severity === 'error')
            .map(({ message }) => ({ code: 'mappingFault', message })),
        )
      const mapping = mappingOf(desk.fromHash, desk.toHash, rows)
      await mappings.insertOnce(mapping)
      await save(actor, desk, { draft: rows, chosen: mapping.hash }, 'chooseMapping')
      return mapping
    },

    /**
     * The mapping that the Sở has chosen for a pair of versions; undefined while it has chosen none. Where the newer
     * version only adds nodes there is nothing to decide, and what is proposed is the mapping.
     */
    async chosen(fromHash: string, toHash: string): Promise<CriteriaMapping | undefined> {
      const { from, to, desk } = await open(fromHash, toHash)
      if (desk.chosen !== undefined) return mappings.find(desk.chosen)
      const rows = proposeMapping(from.set, to.set)
      if (!rows.every(({ how }) => how === 'same' || how === 'new')) return undefined
      const mapping = mappingOf(fromHash, toHash, rows)
      await mappings.insertOnce(mapping)
      return mapping
    },

    /** The mapping with this hash; undefined when there is none. */
    byHash: (hash: string): Promise<CriteriaMapping | undefined> => mappings.find(hash),
  }
}

export interface Pair {
  readonly fromHash: string
  readonly toHash: string
}
