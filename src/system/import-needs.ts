import type { ImportJobNeeds } from '../seats/index.ts'
import { handOverNeeds } from './hand-over-work.ts'
import type { System } from './system.ts'

/** What imports of people are handed, when they are confirmed and when a start goes on with one. */
export const importNeedsOf = (system: System): ImportJobNeeds => ({
  ...handOverNeeds(system),
  people: system.people,
  shelf: system.figureNeeds.shelf,
  jobs: system.importJobs,
  actorOf: system.actorOf,
  report: system.report,
})
