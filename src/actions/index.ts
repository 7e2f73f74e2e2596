export { dueOf, isLate, isUnfinished, type Action, type ActionResult } from './action.ts'
export {
  ACTION_STATES,
  actionLife,
  actionSteps,
  type ActionEvent,
  type ActionFacts,
  type ActionState,
} from './action-machine.ts'
export { actionRoutes } from './action-routes.ts'
export { actionStore, type ActionStore } from './action-store.ts'
export { actionsLeftBehind, actionsOf, type ActionNeeds, type ActionReadNeeds } from './actions-of.ts'
export { carryAllOver, stepAction } from './step-action.ts'
