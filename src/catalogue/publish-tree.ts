import type { Actor } from '../kernel/actor.ts'
import { InvalidInput, StaleWrite } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import { tidy } from '../kernel/words.ts'
import type { DeskNeeds } from './desk-needs.ts'
import { by, demand, type DeskPlace } from './edit-tree.ts'
import { isProvinces } from './tree-draft.ts'
import { openDesk, versionFactsOf, type DeskSet } from './tree-desk.ts'
import { treeVersionLife } from './year-tree-machine.ts'
import { STALE_CATALOGUE } from './year-tree-store.ts'
import { publishingFaults, type PublishedSet, type TreeVersion, type YearTree } from './year-tree.ts'

/**
 * Publishes what stands on a unit's desk: the effective versions are kept first, then one guarded write makes them the
 * tree of the year and supersedes the version before. A crash between leaves versions that nothing names.
 */
export const publishTree =
  (needs: DeskNeeds) =>
  async (
    actor: Actor,
    { unitId, year }: DeskPlace,
    seen: { readonly rev: number; readonly note: string },
  ): Promise<YearTree> => {
    const desk = await openDesk(needs)(actor, unitId, year)
    demand(desk, actor, 'publish')
    const { draft, tree } = desk
    if (draft.rev !== seen.rev) throw new StaleWrite(STALE_CATALOGUE)
    const facts = versionFactsOf(desk)
    const state = nextState(treeVersionLife, 'draft', facts, { type: 'publish' })
    const faults = publishingFaults(
      desk.sets.map(one => one.effective),
      year,
    )
    if (faults.length > 0) throw new InvalidInput({ sets: faults.join(' ') }, faults[0])
    for (const { effective } of desk.sets) await needs.sets.insertOnce(effective, needs.now())

    // A managing unit publishes only the sets that it added something to; the others stay the Sở's.
    const shown = isProvinces(draft) ? desk.sets : desk.sets.filter(one => one.effective.hash !== one.base.hash)
    const sets = shown.map(publishedSet)
    const version: TreeVersion = {
      number: (tree.versions?.at(-1)?.number ?? 0) + 1,
      state,
      draftRev: draft.rev,
      sets,
      note: tidy(seen.note),
      at: needs.now(),
      by: { personId: actor.personId, name: actor.name },
    }
    const before = (tree.versions ?? []).map(one =>
      one.state === 'published'
        ? { ...one, state: nextState(treeVersionLife, one.state, facts, { type: 'supersede' }) }
        : one,
    )
    const frame = isProvinces(draft) ? { unitsMayAdd: draft.unitsMayAdd, regimes: draft.regimes } : {}
    return needs.trees.publishVersion(tree, { sets, versions: [...before, version], ...frame }, by(needs, actor))
  }

const publishedSet = ({ base, effective }: DeskSet): PublishedSet => ({
  setId: base.set.id,
  hash: effective.hash,
  rating: base.set.rating,
  schoolKinds: base.set.schoolKinds,
  ...(effective.hash !== base.hash && { basedOn: base.hash }),
})
