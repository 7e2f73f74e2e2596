import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import type { EvidenceNeeds } from './evidence-needs.ts'
import type { DataClass, Evidence } from './evidence.ts'
import { stepEvidence } from './step-evidence.ts'

/** The secretariat confirms number, date, issuer and data class, and that the original was seen when files are scans. */
export const verify =
  (needs: EvidenceNeeds) =>
  (actor: Actor, id: string, check: { dataClass: DataClass; originalSeen: boolean }): Promise<Evidence> =>
    stepEvidence(needs, actor, id, {
      right: 'verify',
      event: () => ({ type: 'verify' }),
      change: item => ({
        ...item,
        dataClass: check.dataClass,
        ...(check.originalSeen
          ? { originalSeen: { by: actor.personId, name: actor.name, on: dayOf(needs.now()) } }
          : {}),
      }),
      facts: { dataClass: check.dataClass, originalSeen: check.originalSeen },
    })

/** What was brought is not taken: unreadable, of another year, of another source, not to the point. */
export const reject =
  (needs: EvidenceNeeds) =>
  (actor: Actor, id: string, reason: string): Promise<Evidence> =>
    stepEvidence(needs, actor, id, {
      right: 'reject',
      event: () => ({ type: 'reject', reason }),
      change: item => ({ ...item, rejected: { reason, by: actor.personId, name: actor.name, at: needs.now() } }),
    })

/** An expected item cannot be found; the reason is shown where it would have been cited. */
export const declareMissing =
  (needs: EvidenceNeeds) =>
  (actor: Actor, id: string, reason: string): Promise<Evidence> =>
    stepEvidence(needs, actor, id, {
      right: 'declareMissing',
      event: () => ({ type: 'declareMissing', reason }),
      change: item => ({ ...item, missingReason: reason }),
    })

/** A coded item that no sheet cites any more is taken out; its number stays empty. */
export const withdraw =
  (needs: EvidenceNeeds) =>
  (actor: Actor, id: string, reason: string): Promise<Evidence> =>
    stepEvidence(needs, actor, id, {
      right: 'withdraw',
      event: () => ({ type: 'withdraw', reason }),
      change: item => ({ ...item, withdrawn: { reason, by: actor.personId, at: needs.now() } }),
    })
