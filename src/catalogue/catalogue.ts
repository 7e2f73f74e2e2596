import type { Clock } from '../kernel/dates.ts'
import type { SchoolKind } from '../kernel/unit-kinds.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { CriteriaSet, CriteriaVersion } from './criteria-set.ts'
import type { CriteriaSetStore } from './criteria-set-store.ts'
import { importCriteriaFiles } from './import-criteria.ts'
import type { ChangeSwitches } from './in-force.ts'
import type { RegimeId } from './regimes.ts'
import { publishForYear } from './publish-for-year.ts'
import { switchChange } from './switch-change.ts'
import { levelSetFor, switchesOf, type YearTree } from './year-tree.ts'
import type { YearTreeStore } from './year-tree-store.ts'

export interface CatalogueNeeds {
  readonly sets: CriteriaSetStore
  readonly trees: YearTreeStore
  /** The Sở whose catalogue this installation keeps. */
  readonly provinceId: () => Promise<string>
  readonly now: Clock
  /** True for a year that the Sở has closed: its catalogue never changes. Absent: no year is. */
  readonly yearClosed?: (year: WorkingYear) => Promise<boolean>
  /** Managing units of a school today, nearest first, the Sở among them. Absent: only the Sở's tree is asked. */
  readonly managersOf?: (schoolId: string) => Promise<readonly string[]>
}

/** A set as it holds in one year: the pinned version with the Sở's decisions about its unverified changes. */
export interface SetInYear {
  readonly version: CriteriaVersion
  readonly switches: ChangeSwitches
  /** The regime that schools are assessed under in the year, once the Sở has chosen one. */
  readonly regime?: RegimeId
}

export type Catalogue = ReturnType<typeof catalogue>

/** Everything that people and other features do with criteria sets. */
export function catalogue(needs: CatalogueNeeds) {
  const { sets, trees, provinceId } = needs
  const treeOf = async (year: WorkingYear): Promise<YearTree> => trees.find(await provinceId(), year)
  const inYear = async (tree: YearTree, setId: string, hash: string): Promise<SetInYear> => ({
    version: await sets.get(hash),
    switches: switchesOf(tree, setId),
    ...(tree.regimes?.[0] !== undefined && { regime: tree.regimes[0] }),
  })

  const addedFor = async (tree: YearTree, kind: SchoolKind, schoolId: string) => {
    if ((tree.unitsMayAdd ?? 'nothing') === 'nothing') return undefined
    for (const unitId of (await needs.managersOf?.(schoolId)) ?? []) {
      if (unitId === tree.provinceId) continue
      const added = levelSetFor(await trees.findOfUnit(unitId, tree.provinceId, tree.year), kind)
      if (added) return added
    }
    return undefined
  }

  return {
    importCriteriaFiles: importCriteriaFiles(needs),
    publishForYear: publishForYear(needs),
    switchChange: switchChange(needs),
    treeOf,

    /** Whether the Sở has closed the year, so that nobody changes its catalogue any more. */
    isClosed: async (year: WorkingYear): Promise<boolean> => (await needs.yearClosed?.(year)) ?? false,

    /** The set by its content hash, as an assessment pinned it; `NotFound` when there is no such version. */
    setOf: async (hash: string): Promise<CriteriaSet> => (await sets.get(hash)).set,

    /**
     * The set by which this kind of school is accredited in the year; undefined when the Sở has published none. For a
     * school, what its nearest managing unit added counts too, as long as it stands on what the Sở uses now.
     */
    async setFor(year: WorkingYear, kind: SchoolKind, schoolId?: string): Promise<SetInYear | undefined> {
      const tree = await treeOf(year)
      const published = levelSetFor(tree, kind)
      if (!published) return undefined
      const own = schoolId === undefined ? undefined : await addedFor(tree, kind, schoolId)
      return inYear(tree, published.setId, own?.basedOn === published.hash ? own.hash : published.hash)
    },

    /** A version by its content hash as it would hold in the year, also when the Sở uses a newer one by now. */
    async versionIn(year: WorkingYear, hash: string): Promise<SetInYear> {
      const { set } = await sets.get(hash)
      return inYear(await treeOf(year), set.id, hash)
    },

    /** Every set published for the year, of all rating kinds. */
    async setsOf(year: WorkingYear): Promise<readonly SetInYear[]> {
      const tree = await treeOf(year)
      return Promise.all(tree.sets.map(one => inYear(tree, one.setId, one.hash)))
    },
  }
}
