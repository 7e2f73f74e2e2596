export { advanceCriterion } from './advance-criterion.ts'
export { askedBy, forceOf, ratingOf, type AskedIndicator, type AskedSheet } from './asked.ts'
export {
  answersOf,
  assessmentId,
  isLevelFour,
  keyOf,
  levelFourAnswers,
  partsOfId,
  sheetCodes,
  type Assessment,
  type Council,
  type CouncilVersion,
  type CriterionDecision,
  type Group,
  type Helper,
  type ReturnPoint,
  type Submission,
} from './assessment.ts'
export { assessmentFactsOf } from './assessment-facts.ts'
export {
  assessmentLife,
  assessmentSteps,
  type AssessmentEvent,
  type AssessmentFacts,
  type AssessmentState,
} from './assessment-machine.ts'
export { belongsToSchool, may, mayOnSheet, SENT } from './assessment-policy.ts'
export { assessmentRoutes } from './assessment-routes.ts'
export { assessmentTabs, crumbsOf, opensEvidence } from './assessment-tabs.ts'
export { levelName, stateBadge, verdictName, type Badge, type Tone } from './assessment-words.ts'
export { assessmentStore, type AssessmentForSums, type AssessmentStore } from './assessment-store.ts'
export { commentStore, type Comment, type CommentStore } from './comment-store.ts'
export { addComment, answerComment } from './comments.ts'
export { appointCouncil, authoriseViceChair, reviseCouncil, saveCouncil, saveGroups } from './council.ts'
export {
  COUNCIL_ROLE_NAMES,
  councilUnmet,
  councilWarnings,
  type CouncilMember,
  type CouncilRole,
} from './council-rules.ts'
export { carryOver } from './carry-over.ts'
export { finishMove, newerVersionOf, takeNewVersion } from './take-new-version.ts'
export { councilSeatsOf } from './council-seats.ts'
export { allDays, DUE_TONES, dueOn, SHEET_DEADLINES, type Deadlines, type Due, type RecordTask } from './deadlines.ts'
export { authorsOf, criterionFactsOf } from './criterion-facts.ts'
export { WITH_GROUP } from './criterion-conditions.ts'
export {
  CRITERION_STATE_NAMES,
  criterionLife,
  criterionSteps,
  type CriterionEvent,
  type CriterionFacts,
  type CriterionState,
} from './criterion-machine.ts'
export { whoMay } from './group-rights.ts'
export type { RightsNews } from './group-rights-news.ts'
export { groupRightsHref } from './group-rights-page.ts'
export { DEED_NAMES, whyNot } from './group-rights-words.ts'
export { groupWarnings } from './group-rules.ts'
export { assessmentHref, linksOf, sheetHref } from './links.ts'
export type { AssessmentNeeds, CitedEvidence, FrozenPaper, PaperKind, ProcessNumbers, SchoolFacts } from './needs.ts'
export { nextTurn } from './offered-steps.ts'
export { mayOpen, openAssessment } from './open-assessment.ts'
export { demandReading, openForReading, openSheet, placeOf, unreadableCodes, type OpenSheet } from './open-sheet.ts'
export { approvePlan, documentNumberFrom, revisePlan, type PinnedPlan } from './plan-step.ts'
export {
  addSupplement,
  adopt,
  cancel,
  close,
  closeComments,
  openComments,
  printDraft,
  publish,
  recall,
  reopenSheets,
  resume,
  settleFigures,
  startReport,
  submit,
  writeReportPart,
} from './report-steps.ts'
export { missingReportParts, REPORT, reportParts, type ReportPart } from './report-texts.ts'
export { shareFrom, votesNeeded, type CountedVotes, type Share } from './vote.ts'
export type { AdvisedSizes, AssessmentScreenNeeds, HomeUnit, PaperLine } from './screen-needs.ts'
export { resultOf } from './overview-page.ts'
export { presenceStore, type PresenceStore } from './presence-store.ts'
export { markAccepted, markReading, markReopened, markReturned, type ReturnMark } from './review-marks.ts'
export { anchorId, indicatorName } from './sheet-anchor.ts'
export {
  descriptionPart,
  PART_NAMES,
  sheetId,
  TEXT_PARTS,
  type AnalysisRow,
  type Sheet,
  type SheetAction,
  type SheetPart,
  type SheetPin,
} from './sheet.ts'
export { citationsIn, lintSheet } from './sheet-lint.ts'
export type { SheetNeeds } from './sheet-needs.ts'
export { sheetRoutes } from './sheet-routes.ts'
export { emptySheet, sheetStore, type PartVersion, type SheetStore } from './sheet-store.ts'
export { compareTexts, type DiffPiece } from './sheet-history.ts'
export { toLabels } from './sheet-labels.ts'
export { readable, type Piece, type TextBlock } from './sheet-text.ts'
export { answerIndicator, partsOf, writeActions, writeAnalysis, writePart } from './write-sheet.ts'
