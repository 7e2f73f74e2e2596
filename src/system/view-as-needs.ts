import type { ViewingRules } from '../http/viewing.ts'
import { mayLookAs } from '../people/index.ts'
import type { System } from './system.ts'

/** Routes that give out files or begin to make one, tell others who is on a page, or belong to the person's own account. */
const CLOSED: readonly RegExp[] = [
  /\.(pdf|docx|xlsx|yaml|ics)$/,
  /\/(tep|quet)\//,
  /\/(xuat|tien-do|lap-ban-in|trang-thai)$/,
  /^\/(ho-so|doi-mat-khau|quan-tri)(\/|$)/,
  /^\/thong-bao\/mo$/,
]

/** What looking at somebody's pages leaves closed, and who may look. */
export const viewingRules = ({ now }: Pick<System, 'now'>): ViewingRules => ({
  now,
  closed: path => CLOSED.some(pattern => pattern.test(path)),
  mayLook: (real, as) =>
    real.seats.some(({ role }) => role === 'itAdmin') && mayLookAs(as.seats.map(({ role }) => role)),
})
