export type { FigureValues } from './figure-table.ts'
export { askedIn, computeAll, typedCells, type FigureTable } from './figure-table.ts'
export { tablesFor } from './definition.ts'
export { gradesOf } from './grades.ts'
export { blankYear, figureYearId, isLocked, valuesOf, type FigureYear, type FiveYears } from './figure-year.ts'
export { lintFigures, type FigureFault, type FigureRule } from './figure-rules.ts'
export { figureStore, type FigureForSums, type FigureStore } from './figure-store.ts'
export { reserveStore, type Reserve, type ReserveStore } from './reserve-store.ts'
export { mayFigure, type FigureTarget } from './figure-policy.ts'
export type { FigureNeeds, FigureScreenNeeds } from './figure-access.ts'
export { saveFigures, type FiguresToSave } from './save-figures.ts'
export { lockFigures, unlockFigures, type Lock } from './lock-figures.ts'
export {
  figuresFor,
  figuresStanding,
  reconciliationStanding,
  type FiguresStanding,
  type ReconciliationMark,
  type ReconciliationStanding,
} from './figures-reader.ts'
export { changedFigures, type ChangedFigure, type ChangedTable } from './changed-figures.ts'
export { sentFigures, type SentFigures } from './sent-figures.ts'
export { phanMotTables, printFigure, type PhanMotRow, type PhanMotTable } from './phan-mot.ts'
export { statisticsOf, type Statistics } from './catalogue-statistics.ts'
export { BLOCK_NAMES } from './compared-rows.ts'
export {
  COMPARED_LINES,
  comparedFactOf,
  isComparedLine,
  LINE_NAMES,
  reservedLinesOf,
  type ComparedFact,
  type ComparedLine,
  type LineFact,
} from './compared-lines.ts'
export {
  compare,
  isConfirmed,
  isVerified,
  REASONS,
  type AssigningDecision,
  type Comparison,
  type Reconciliation,
  type ReconciliationState,
  type Targets,
} from './reconciliation.ts'
export {
  RECONCILIATION_STATE_NAMES,
  reconciliationLife,
  reconciliationMachine,
  type ReconciliationEvent,
  type ReconciliationFacts,
} from './reconciliation-machine.ts'
export { saveReconciliation, stepReconciliation, type ReconciliationDraft } from './reconcile.ts'
export { assignTargets, type TargetsWish } from './assign-targets.ts'
export { attachScan } from './attach-scan.ts'
export { keepReserve } from './keep-reserve.ts'
export { verifySeveral } from './verify-several.ts'
export { normStanding, type NormStanding, type StaffNorms } from './staff-norm.ts'
export { reconciledUnit } from './reconciled-unit.ts'
export { figureRoutes } from './figure-routes.ts'
