import type { Actor } from '../kernel/actor.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { isDuplicateKey } from '../mongo/collection.ts'
import { nextNumber, placeOf } from './evidence-code.ts'
import { defaultBox, type Surroundings } from './evidence-facts.ts'
import type { EvidenceNeeds } from './evidence-needs.ts'
import type { Evidence, EvidenceCode } from './evidence.ts'
import { stepEvidence } from './step-evidence.ts'

const MOST_TRIES = 20

/**
 * Gives a verified item the next free number of its criterion. Two secretaries may ask for the same number at once: the
 * index on codes lets one of them have it, and the other one takes the next.
 */
export const assignCode =
  (needs: EvidenceNeeds) =>
  async (actor: Actor, id: string, box?: number): Promise<Evidence> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await stepEvidence(needs, actor, id, {
          right: 'assignCode',
          event: (item, around) => ({ type: 'assignCode', code: nextCode(item, around, box) }),
          change: (item, around) => ({ ...item, code: nextCode(item, around, box) }),
        })
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        if (attempt === MOST_TRIES) throw new StaleWrite('Nhiều người đang mã hóa minh chứng cùng lúc.')
      }
    }
  }

/** The code an item would get now; box n of standard n unless another one is chosen. */
export function nextCode(item: Evidence, around: Surroundings, box?: number): EvidenceCode {
  const place = placeOf(item.criterion) ?? { a: 0, b: 0 }
  const used = around.items.flatMap(other => other.code ?? [])
  return { box: box ?? defaultBox(item.criterion, around.dossier), ...place, c: nextNumber(used, place) }
}

/** Puts a coded item into another box: only the number of the box changes. */
export const moveBox =
  (needs: EvidenceNeeds) =>
  (actor: Actor, id: string, box: number): Promise<Evidence> =>
    stepEvidence(needs, actor, id, {
      right: 'moveBox',
      event: () => ({ type: 'moveBox', box }),
      change: item => (item.code ? { ...item, code: { ...item.code, box } } : item),
      facts: { box },
    })
