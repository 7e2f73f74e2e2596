export type { Span } from './dated.ts'
export { covers, inForceOn, nearestTo } from './dated.ts'
export type {
  DatedName,
  DatedParent,
  DatedPlace,
  DifficultArea,
  Ownership,
  School,
  SchoolLevel,
  SchoolProfile,
  SchoolShape,
  Unit,
} from './unit.ts'
export {
  activeOn,
  DIFFICULT_AREA_NAMES,
  isSchool,
  nameOn,
  OWNERSHIP_NAMES,
  placeOn,
  schoolOn,
  shortNameOn,
  UNIT_KIND_NAMES,
} from './unit.ts'
export type { UnitTree } from './unit-tree.ts'
export {
  ancestorsOn,
  byNameOn,
  childrenOn,
  isWithin,
  managingUnitOn,
  parentIdOn,
  schoolsUnder,
  treeOf,
} from './unit-tree.ts'
export { lintTree, sentenceOf, type TreeFault } from './tree-lint.ts'
export { letterheadOf, type Letterhead } from './letterhead.ts'
export { unitStore, type UnitStore } from './unit-store.ts'
export type { Year } from './year.ts'
export { defaultYear, firstDayOf, lastDayOf, treeDayOf, usualClosingDay } from './year.ts'
export { yearStore, type YearStore } from './year-store.ts'
export type { SettingKey, SettingValue } from './settings-catalogue.ts'
export { settingsCatalogue } from './settings-catalogue.ts'
export { effectiveSetting, type UnitSetting } from './setting.ts'
export { settingStore, type SettingStore } from './setting-store.ts'
export { settingsReader, type Settings, type SettingQuestion } from './settings.ts'
export { entryOf, type By } from './step-entry.ts'
export { mayUnit, type UnitTarget } from './unit-policy.ts'
export { changeProfile, type UnitNeeds } from './change-profile.ts'
export { changeSetting, type SettingChange, type SettingNeeds } from './change-setting.ts'
export { unitRoutes, type UnitRouteNeeds } from './unit-routes.ts'
export { settingsRoutes } from './settings-routes.ts'
export { FieldMessages, formFields, revisionFrom, type FormFields } from './form-fields.ts'
export { changeYear, openYear, type YearDays, type YearNeeds } from './change-year.ts'
export { yearRoutes } from './year-routes.ts'
export { addUnits, moveUnit } from './arrange-units.ts'
/**
 * Delegation: `actor.actingFor` (kernel/actor.ts) is filled for each request from `actingForOn`. A policy that lets another
 * unit do a duty adds one condition beside its seats, e.g. `{ managerId: { $in: actsFor(actor, 'review', 'middleLead') } }`;
 * nothing else is allowed by a delegation. `standingOn` says how one stands, for a screen that names who acts.
 */
export { actingForOn, DUTY_NAMES, standingOn, type Delegation, type UnitDelegations } from './delegation.ts'
export { delegationStore, type DelegationStore } from './delegation-store.ts'
export { grantDelegation, stepDelegation, type DelegationNeeds, type Grant } from './delegate.ts'
/**
 * Operations: every change of the tree is one document that is planned, previewed and applied (or undone before its day).
 * `finishOperations` runs at the start. The tree's decisions stand in one line, so that two of them cannot break it together.
 */
export { dayTree, type DayTree } from './day-tree.ts'
export {
  OPERATION_NAMES,
  type Operation,
  type OperationDraft,
  type OperationKind,
  type UnitDraft,
} from './operation.ts'
export { operationLife, operationSteps, OPERATION_VERSION } from './operation-machine.ts'
export { operationStore, type OperationStore } from './operation-store.ts'
export {
  applyOperation,
  checkOperation,
  discardOperation,
  editOperation,
  planOperation,
  undoOperation,
  type NewOperation,
  type OperationNeeds,
} from './operate.ts'
export { finishOperations } from './carry-out-operation.ts'
/** Cụm trường of a year, without authority: `clusters.ofYear(year)` for a filter, `clusters.ofSchool(id, year)` for a school. */
export type { Cluster } from './cluster.ts'
export { clusterStore, type ClusterStore } from './cluster-store.ts'
export { addCluster, changeCluster, type ClusterContent, type ClusterNeeds } from './keep-clusters.ts'
export { operationRoutes, type OperationRouteNeeds } from './operation-routes.ts'
export { exchangeRoutes } from './exchange-routes.ts'
export { clusterRoutes } from './cluster-routes.ts'
export { delegationRoutes } from './delegation-routes.ts'
