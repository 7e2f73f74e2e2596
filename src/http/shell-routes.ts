import { InvalidInput } from '../kernel/refusals.ts'
import { parseWorkingYear } from '../kernel/working-year.ts'
import { textField } from './fields.ts'
import { localPath, withQuery } from './local-path.ts'
import { redirect, type Request, type Route } from './route.ts'
import { STOP_VIEWING } from './viewing.ts'

/** The two pickers of the top bar, which lead back to where they were used, and the way out of somebody else's pages. */
export const shellRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/nam-hoc',
    access: 'signedIn',
    handle: request => {
      const year = parseWorkingYear(textField(request.body, 'year'))
      if (!year) throw new InvalidInput({ year: 'Năm học phải có dạng 2025-2026.' })
      request.remember('year', year)
      return redirect(withQuery(backFrom(request), 'nam', undefined))
    },
  },
  {
    method: 'post',
    path: '/don-vi',
    access: 'signedIn',
    handle: request => {
      request.remember('unit', textField(request.body, 'unit'))
      return redirect('/')
    },
  },
  {
    method: 'post',
    path: STOP_VIEWING,
    access: 'signedIn',
    handle: request => {
      request.view(undefined)
      return redirect('/')
    },
  },
]

const backFrom = (request: Request): string => localPath(textField(request.body, '_page')) ?? '/'
