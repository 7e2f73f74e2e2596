export { myWork, type TaskNeeds } from './my-work.ts'
export type { Situation, Task, Vacancy, Work } from './task.ts'
export { tasksOf } from './tasks.ts'
export { taskRoutes } from './tasks-routes.ts'
