import { page, redirect, type Route } from '../http/route.ts'
import { myWork, type TaskNeeds } from './my-work.ts'
import { tasksPage } from './tasks-page.ts'

const PAGE = '/viec-cua-toi'

/** The first page after signing in. */
export const taskRoutes = (needs: TaskNeeds): Route[] => [
  { method: 'get', path: '/', access: 'signedIn', handle: () => redirect(PAGE) },
  {
    method: 'get',
    path: PAGE,
    access: 'signedIn',
    handle: async ({ actor, year }) =>
      page('tasks/mine', 'Việc của tôi', tasksPage(await myWork(needs)(actor, year), actor.name)),
  },
]
