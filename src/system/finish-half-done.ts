import { carryOver, finishMove } from '../assessments/index.ts'
import { finishRenumberings } from '../evidence/index.ts'
import { handOverNeeds } from './hand-over-work.ts'
import { importNeedsOf } from './import-needs.ts'
import { SYSTEM } from '../kernel/actor.ts'
import { finishOperations } from '../organisations/index.ts'
import { finishDuties } from '../periods/index.ts'
import { expectPlanned } from '../plans/index.ts'
import { finishReviews } from '../reviews/index.ts'
import { finishHandovers, finishImports } from '../seats/index.ts'
import type { System } from './system.ts'

/**
 * Finishes what a crash left between a decision and what follows from it: the decision stands in one document, the rest
 * is done again and changes nothing where it had been done. Run at every start, before anybody is served.
 */
export async function finishHalfDone(system: System): Promise<void> {
  await system.post.sweep()
  await finishOperations(system)
  await finishRenumberings(system.evidenceNeeds)
  await finishHandovers(handOverNeeds(system))()
  for (const assessment of await system.assessments.inState('adopted'))
    await system.freezeEvidence(SYSTEM, assessment.id)
  for (const assessment of await system.assessments.inState('drafting'))
    if (assessment.report.version > 0) await system.thawEvidence(SYSTEM, assessment.id)
  for (const assessment of await system.assessments.inState('preparing'))
    await carryOver(system.assessmentNeeds)(SYSTEM, await finishMove(system.assessmentNeeds)(SYSTEM, assessment))
  for (const assessment of await system.assessments.inState('working'))
    await expectPlanned(system.planNeeds)(SYSTEM, await finishMove(system.assessmentNeeds)(SYSTEM, assessment))
  await finishReviews(system.reviewNeeds)
  await finishDuties(system.periodNeeds)()
}

/**
 * Goes on with what may take minutes and whose progress its own page shows: imports of people that a crash broke off. Run
 * while people are served already; ends early, at its next write, once `stopped`. Never rejects.
 */
export const finishLongWork = (system: System, stopped: () => boolean): Promise<void> =>
  finishImports(importNeedsOf(system), stopped).catch(system.report)

/** Removes kept files that nothing names any more: evidence, scanned decisions, papers and signed copies are asked. Gives their number. */
export async function sweepFiles(system: System): Promise<number> {
  const named = async (hashes: readonly string[]): Promise<ReadonlySet<string>> => {
    const found = await Promise.all([
      system.evidenceNeeds.evidence.referenced(hashes),
      system.figures.referenced(hashes),
      system.papers.references(hashes),
      system.annualNeeds.papers.references(hashes),
      system.assessments.signedCopies(hashes),
      system.reviewNeeds.reviews.references(hashes),
      system.minutesNeeds.minutes
        .bySha256(hashes)
        .then(found => new Set(found.flatMap(({ signed }) => (signed ? [signed.sha256] : [])))),
    ])
    return new Set(found.flatMap(each => [...each]))
  }
  return (await system.files.sweep(named, system.now())).length
}
