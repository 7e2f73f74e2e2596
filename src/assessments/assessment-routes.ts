import type { Route } from '../http/route.ts'
import { commentRoutes } from './comment-routes.ts'
import { councilRoutes } from './council-routes.ts'
import { groupsRoutes } from './groups-routes.ts'
import { moveRoutes } from './move-routes.ts'
import { pendingVersionsRoutes } from './pending-versions-routes.ts'
import { overviewRoutes } from './overview-routes.ts'
import { carriedRoutes } from './review-of-carried-routes.ts'
import { reportRoutes } from './report-routes.ts'
import type { AssessmentScreenNeeds } from './screen-needs.ts'

/** The screens of an assessment besides its sheets. */
export const assessmentRoutes = (needs: AssessmentScreenNeeds): Route[] => [
  // Before the overview: /danh-gia/mo is no assessment.
  ...pendingVersionsRoutes(needs),
  ...moveRoutes(needs),
  ...carriedRoutes(needs),
  ...overviewRoutes(needs),
  ...councilRoutes(needs),
  ...groupsRoutes(needs),
  ...reportRoutes(needs),
  ...commentRoutes(needs),
]
