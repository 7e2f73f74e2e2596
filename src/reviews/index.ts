export { assignMany, assignReview } from './assign.ts'
export { finishReviews, follow, settle } from './follow.ts'
export { letterStanding } from './letter-standing.ts'
export { lettersReceived, type ReceivedLetter } from './letters-received.ts'
export type { KeptDoc, ReviewNeeds, ReviewNumbers } from './needs.ts'
export { addRemark, answerQuestion, closeQuestion, dropRemark, turnRemark, type NewRemark } from './remarks.ts'
export type { Review, Round } from './review.ts'
export { REVIEW_STATES, reviewLife, reviewSteps, type ReviewState } from './review-machine.ts'
export { mayOnReview, type ReviewPlace } from './review-policy.ts'
export { reviewStore, type ReviewStore } from './review-store.ts'
export {
  acceptReport,
  beginReview,
  forwardReport,
  returnFromProvince,
  returnReport,
  takeOver,
  withdrawAcceptance,
} from './step-review.ts'
export { deskRoutes } from './desk-routes.ts'
export { reviewRoutes } from './review-routes.ts'
export { schoolReviewRoutes } from './school-routes.ts'
export { reviewTasks } from './review-tasks.ts'
