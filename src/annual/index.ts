export { NOTHING_TYPED, type AnnualFacts, type TypedFacts } from './annual-facts.ts'
export {
  annualLife,
  annualMachine,
  annualSteps,
  ANNUAL_STATES,
  type AnnualEvent,
  type AnnualState,
} from './annual-machine.ts'
export type { AnnualNeeds, PeriodFigures } from './annual-needs.ts'
export { annualPaperStore, type AnnualPaperStore } from './annual-paper-store.ts'
export type { AnnualPaper } from './annual-paper.ts'
export { mayOnAnnual } from './annual-policy.ts'
export {
  annualHref,
  annualId,
  PERIOD_SLUGS,
  type AnnualReport,
  type PeriodSlug,
  type ReportPlace,
} from './annual-report.ts'
export { annualReportStore, type AnnualReportStore } from './annual-report-store.ts'
export { annualRoutes } from './annual-routes.ts'
export type { AnnualTable, FigureCell, YearFacts } from './annual-table.ts'
export { blockingOf, findingsOf, type Finding } from './consistency.ts'
export { unitFactsOf } from './gather-annual.ts'
export { printAnnual } from './print-annual.ts'
export { stepAnnual } from './step-annual.ts'
export { tablesOf } from './table-set.ts'
export { annualPapersFor } from './verify-annual.ts'
export { writeText } from './write-annual.ts'
