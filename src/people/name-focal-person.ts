import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Clock } from '../kernel/dates.ts'
import { Forbidden, NotFound } from '../kernel/refusals.ts'
import { entryOf, type Unit, type UnitStore } from '../organisations/index.ts'
import type { FocalPerson } from './focal-person.ts'
import { mayFocal, WHO_NAMES_FOCAL, type FocalTarget } from './focal-policy.ts'
import type { FocalStore } from './focal-store.ts'

export interface FocalNeeds {
  readonly units: Pick<UnitStore, 'chainOf' | 'tree'>
  readonly focals: FocalStore
  readonly now: Clock
}

export const focalTargetOf = (chain: readonly Unit[]): FocalTarget => ({
  unitId: chain[0]?.id ?? '',
  chain: chain.map(unit => unit.id),
})

/** The unit and all above it, for somebody who may see its focal person. */
export async function chainForReading({ units, now }: FocalNeeds, actor: Actor, unitId: string) {
  const chain = await units.chainOf(unitId, dayOf(now()))
  if (chain.length === 0 || !mayFocal.read(actor, focalTargetOf(chain))) throw new NotFound(`unit ${unitId}`)
  return chain
}

/** Names the unit's focal person, or corrects how he or she is reached; decided on the revision of the form. */
export const nameFocalPerson =
  (needs: FocalNeeds) =>
  async (actor: Actor, unitId: string, named: Omit<FocalPerson, 'unitId' | 'at'>): Promise<void> => {
    const chain = await chainForReading(needs, actor, unitId)
    if (!mayFocal.name(actor, focalTargetOf(chain)))
      throw new Forbidden('Đầu mối do chính đơn vị đó đặt.', WHO_NAMES_FOCAL)
    const { rev, ...fields } = named
    const at = needs.now()
    const entry = entryOf({ actor, at }, rev + 1, {
      unitId,
      subject: { kind: 'focalPerson', id: unitId },
      event: 'nameFocalPerson',
      facts: { name: named.name, post: named.post },
    })
    await needs.focals.save({ unitId, ...fields, at }, rev, entry)
  }
