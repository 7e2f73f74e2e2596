import type { Actor } from '../kernel/actor.ts'
import { NotFound } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { CriteriaVersion } from './criteria-set.ts'
import type { DeskNeeds } from './desk-needs.ts'
import { effectiveVersion } from './effective-version.ts'
import type { LocalPart } from './local-part.ts'
import { findingsAt, type NodeFinding } from './node-findings.ts'
import { newestValid } from './publish-for-year.ts'
import { REGIMES } from './regimes.ts'
import { isProvinces, partOf, type TreeDraft } from './tree-draft.ts'
import { mayTree, type TreePlace } from './tree-policy.ts'
import type { TreeVersionFacts } from './year-tree-machine.ts'
import type { YearTree } from './year-tree.ts'

/** One set on the desk: what it stands on, what is added, what that makes, what is wrong with it. */
export interface DeskSet {
  readonly base: CriteriaVersion
  readonly part: LocalPart
  readonly effective: CriteriaVersion
  readonly findings: readonly NodeFinding[]
  /** Keys of nodes that have been in force in this year. */
  readonly published: ReadonlySet<string>
}

/** Everything a unit sees of its tree of one year. */
export interface Desk {
  readonly place: TreePlace
  readonly draft: TreeDraft
  /** The Sở's tree; the same as `tree` on the Sở's own desk. */
  readonly provinceTree: YearTree
  readonly tree: YearTree
  readonly sets: readonly DeskSet[]
  readonly yearClosed: boolean
}

/** The desk of a unit; `NotFound` for whom it is none of their business. */
export const openDesk =
  (needs: DeskNeeds) =>
  async (actor: Actor, unitId: string, year: WorkingYear): Promise<Desk> => {
    const provinceId = await needs.provinceId()
    const [provinceTree, tree, stored, yearClosed] = await Promise.all([
      needs.trees.find(provinceId, year),
      needs.trees.findOfUnit(unitId, provinceId, year),
      needs.drafts.find(unitId, year),
      needs.yearClosed(year),
    ])
    const place = { unitId, provinceId, unitsMayAdd: provinceTree.unitsMayAdd ?? 'nothing' }
    if (!mayTree.read(actor, place)) throw new NotFound(`year tree of ${unitId}`)
    const draft = stored ?? (await firstDraft(needs, place, provinceTree))
    const hashes = isProvinces(place) ? draft.bases : provinceTree.sets.map(one => one.hash)
    const bases = await Promise.all(hashes.map(hash => needs.sets.get(hash)))
    const sets = await Promise.all(bases.map(base => deskSet(needs, base, draft, tree)))
    return { place, draft, provinceTree, tree, sets, yearClosed }
  }

async function deskSet(needs: DeskNeeds, base: CriteriaVersion, draft: TreeDraft, tree: YearTree): Promise<DeskSet> {
  const part = partOf(draft, base.set.id)
  const hashes = (tree.versions ?? []).flatMap(({ sets }) => sets.filter(one => one.setId === base.set.id))
  const versions = await Promise.all([...new Set(hashes.map(one => one.hash))].map(hash => needs.sets.get(hash)))
  const published = new Set(versions.flatMap(({ set }) => keysOf(set)))
  for (const node of part.nodes) if (node.since < draft.year) published.add(node.key)
  return {
    base,
    part,
    effective: effectiveVersion(base, part),
    findings: findingsAt(base, part),
    published: new Set(part.nodes.map(one => one.key).filter(key => published.has(key))),
  }
}

const keysOf = ({ standards }: CriteriaVersion['set']): readonly string[] =>
  standards.flatMap(standard => [
    standard.code,
    ...standard.criteria.flatMap(criterion => [
      criterion.code,
      ...criterion.levels.flatMap(({ level, indicators }) =>
        indicators.map(one => `${criterion.code}/${level}/${one.code}`),
      ),
    ]),
  ])

/** What a unit begins with: the versions in use, or the newest valid ones. */
async function firstDraft(needs: DeskNeeds, place: TreePlace, tree: YearTree): Promise<TreeDraft> {
  const { unitId, provinceId, unitsMayAdd } = place
  const inUse = tree.sets.map(one => one.basedOn ?? one.hash)
  const bases = !isProvinces(place)
    ? []
    : inUse.length > 0
      ? inUse
      : newestValid(await needs.sets.imported(), tree.year).map(({ hash }) => hash)
  const regimes = tree.regimes ?? [REGIMES[0].id]
  return { unitId, provinceId, year: tree.year, bases, parts: [], unitsMayAdd, regimes, rev: 0 }
}

/** What the machine asks about the draft of a desk. */
export const versionFactsOf = ({ sets, tree, draft, yearClosed }: Desk): TreeVersionFacts => ({
  yearClosed,
  changed: isChanged(tree, draft, sets),
  errors: sets.flatMap(({ base, findings }) =>
    findings
      .filter(finding => finding.severity === 'error')
      .map(finding => ({
        code: 'lint',
        message: `${base.set.instrument}, ${finding.key === '' ? 'cả bộ' : finding.key}: ${finding.message}`,
        href: nodeHref(draft, base.set.id, finding.key),
      })),
  ),
})

/** Whether publishing now would make anything different from what is in force. */
const isChanged = (tree: YearTree, draft: TreeDraft, sets: readonly DeskSet[]): boolean =>
  tree.versions?.at(-1)?.draftRev !== draft.rev ||
  sets.some(({ base, effective }) => {
    const inForce = tree.sets.find(one => one.setId === base.set.id)
    return effective.hash !== (inForce?.hash ?? base.hash)
  })

export const deskHref = ({ unitId, year }: Pick<TreeDraft, 'unitId' | 'year'>): string =>
  `/cay-nam-hoc/${unitId}?nam=${year}`

export const nodeHref = ({ unitId, year }: Pick<TreeDraft, 'unitId' | 'year'>, setId: string, key = ''): string =>
  `/cay-nam-hoc/${unitId}/${setId}?nam=${year}${key === '' ? '' : `&nut=${encodeURIComponent(key)}`}`
