import { page, spreadsheet, type Request, type Route } from '../http/route.ts'
import { MANAGING_ROLES, type Actor } from '../kernel/actor.ts'
import { Forbidden } from '../kernel/refusals.ts'
import { writeWorkbook } from '../sheet-files/index.ts'
import { pendingVersions } from './pending-versions.ts'
import { PENDING } from './links.ts'
import { pendingFilter, pendingFound, pendingPage, pendingTable } from './pending-versions-page.ts'
import type { AssessmentScreenNeeds } from './screen-needs.ts'

function demandOffice(actor: Actor): void {
  if (!actor.seats.some(({ role }) => MANAGING_ROLES.includes(role)))
    throw new Forbidden('Danh sách này dành cho Sở và cấp quản lý trực tiếp.', 'Sở hoặc cấp quản lý trực tiếp')
}

/** Which schools still work by an older version of the year's criteria, on the screen and as a spreadsheet. */
export function pendingVersionsRoutes(needs: AssessmentScreenNeeds): Route[] {
  const read = async ({ actor, year }: Request) => {
    demandOffice(actor)
    const pending = await pendingVersions(needs)(actor, year)
    const ids = pending.flatMap(({ assessment }) => [assessment.schoolId, ...assessment.ancestors.slice(0, 1)])
    return { pending, names: await needs.unitNames(ids) }
  }
  return [
    {
      method: 'get',
      path: PENDING,
      access: 'signedIn',
      handle: async request => {
        const { pending, names } = await read(request)
        const model = pendingPage(request.year, pending, names, pendingFilter(request.query))
        return page('assessments/pending-versions', 'Trường chờ đổi phiên bản bộ tiêu chí', model)
      },
    },
    {
      method: 'get',
      path: `${PENDING}.xlsx`,
      access: 'signedIn',
      handle: async request => {
        const { pending, names } = await read(request)
        const found = pendingFound(pending, names, pendingFilter(request.query))
        const bytes = await writeWorkbook([pendingTable(request.year, found, names)])
        return spreadsheet(bytes, `Doi-phien-ban-${request.year}.xlsx`)
      },
    },
  ]
}
