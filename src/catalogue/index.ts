export type {
  Advice,
  Amendment,
  Answers,
  Band,
  Change,
  CriteriaSet,
  CriteriaVersion,
  Criterion,
  Indicator,
  LevelDemand,
  LevelFourClause,
  PointsDemand,
  Profile,
  Quota,
  RatingKind,
  Standard,
  Statistic,
  Target,
  Threshold,
  Verdict,
  Verification,
} from './criteria-set.ts'
export { CriteriaFileInvalid, contentHash, readCriteriaFile, versionOf } from './criteria-file.ts'
export {
  CRITERION_LEVELS,
  allCriteria,
  clauseKey,
  criterionKey,
  criterionOf,
  demandAt,
  indicatorKey,
  levelsOf,
  localCriteria,
  officialCriteria,
  standardOf,
  type CriterionLevel,
} from './criteria-tree.ts'
export {
  EVERYTHING_ASKED,
  YEAR_CLOSING,
  closingDayOf,
  inForce,
  type ChangeSwitches,
  type Dropped,
  type InForce,
} from './in-force.ts'
export {
  rateCriterion,
  rateSchool,
  raterOfMany,
  rateStandard,
  type AnswersByCriterion,
  type ClauseAnswers,
  type ClauseBlock,
  type CriterionRating,
  type IndicatorBlock,
  type LevelCount,
  type LevelCounts,
  type LevelResult,
  type SchoolRating,
  type StandardRating,
} from './level-rating.ts'
export { hasErrors, lint, type Finding } from './linter.ts'
export { ratePoints, type PointsAnswer, type PointsLevel, type PointsRating } from './points-rating.ts'
export { rateQuotas, type Comparison, type QuotaRating, type QuotaSchool } from './quota-rating.ts'
export { compares } from './compare.ts'
export { criterionResultWords, describeCriterion, describeDropped, describeRating } from './describe-rating.ts'
export { readCriteriaFolder } from './criteria-folder.ts'
export { criteriaSetStore, type CriteriaSetStore } from './criteria-set-store.ts'
export { treeDraftStore, type TreeDraftStore } from './tree-draft-store.ts'
export { REGIMES, regimeOf, type Regime, type RegimeId } from './regimes.ts'
export { yearTreeStore, type YearTreeStore } from './year-tree-store.ts'
export { levelSetFor, switchesOf, type YearTree } from './year-tree.ts'
export { catalogue, type Catalogue, type CatalogueNeeds, type SetInYear } from './catalogue.ts'
export type { ImportedFile } from './import-criteria.ts'
export { setHref } from './catalogue-page.ts'
export { catalogueRoutes } from './catalogue-routes.ts'
export { editTree } from './edit-tree.ts'
export { publishTree } from './publish-tree.ts'
export { openDesk as openTreeDesk } from './tree-desk.ts'
export { treeRoutes, type TreeRouteNeeds } from './tree-routes.ts'
export { treeSheetRoutes, type TreeSheetNeeds } from './tree-sheet-routes.ts'
export { mappingRoutes, type MappingScreenNeeds } from './mapping-routes.ts'
export { mappingsOf, type Mappings } from './mapping-desk.ts'
export { mappingStore } from './mapping-store.ts'
export { LOCAL_PREFIX } from './local-part.ts'
export { proposeMapping } from './mapping-propose.ts'
export { criteriaUpload } from './upload-criteria.ts'
export { nodeName } from './mapping-words.ts'
export {
  indicatorCode,
  mappingIndex,
  mappingOf,
  type CriteriaMapping,
  type MappedKind,
  type MappingHow,
  type MappingIndex,
  type MappingRow,
} from './mapping.ts'
