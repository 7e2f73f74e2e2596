export { approve, expectedItems, expectPlanned, revise, type PlanApproval } from './approve-plan.ts'
export {
  PLAN_STEP_NAMES,
  RESOURCE_KIND_NAMES,
  type PlanContent,
  type PlanDeadline,
  type PlanStep,
  type TimetableRow,
} from './plan-content.ts'
export { contentOf, evidencePart, type PlanDraft, type PlanPart, type PlanVersion } from './plan-draft.ts'
export {
  draftUnmet,
  openPlan,
  planOf,
  type ExpectedItem,
  type OpenPlan,
  type PlanFactNeeds,
  type PlanNeeds,
} from './plan-needs.ts'
export { planUnmet, planWarnings, type PlanFacts, type PlanUnmet } from './plan-rules.ts'
export { planStore, type PlanStore } from './plan-store.ts'
export { deadlinesBeforePlan, deadlinesOf, modelTimetable, type SchoolBreak } from './plan-template.ts'
export { planRoutes } from './plan-routes.ts'
export { layTimetable, saveSection, type SectionInput } from './save-plan.ts'
export { suggestionFor } from './plan-suggestions.ts'
