import { dayOf, type Clock } from '../kernel/dates.ts'
import { nameOn, type UnitStore } from '../organisations/index.ts'

/** Today's names of units by id; an id that no unit has is left out. */
export const unitNamesOf =
  ({ units, now }: { readonly units: Pick<UnitStore, 'tree'>; readonly now: Clock }) =>
  async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const tree = await units.tree()
    const today = dayOf(now())
    return new Map(
      ids.flatMap(id => {
        const unit = tree.get(id)
        return unit ? [[id, nameOn(unit, today)]] : []
      }),
    )
  }
