import type { Actor } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { FigureNeeds } from './figure-access.ts'
import { stepReconciliation } from './reconcile.ts'

export interface VerifiedSeveral {
  readonly done: readonly string[]
  /** Schools whose form could not be verified, each with the reason in words. */
  readonly refused: readonly { readonly schoolId: string; readonly message: string }[]
}

/** Verifies the forms of several schools one by one: each stands for itself, and a refused one stops no other. */
export const verifySeveral =
  (needs: FigureNeeds) =>
  async (
    actor: Actor,
    schoolIds: readonly string[],
    year: WorkingYear,
    type: 'verify' | 'provinceVerify',
  ): Promise<VerifiedSeveral> => {
    const done: string[] = []
    const refused: { schoolId: string; message: string }[] = []
    for (const schoolId of new Set(schoolIds)) {
      try {
        const { rev } = await needs.figures.of(schoolId, year)
        await stepReconciliation(needs)(actor, { schoolId, year, seenRev: rev }, { type })
        done.push(schoolId)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        refused.push({ schoolId, message: error.message })
      }
    }
    return { done, refused }
  }
