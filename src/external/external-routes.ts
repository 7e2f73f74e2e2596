import { page, redirect, type Route } from '../http/route.ts'
import { dayOf } from '../kernel/dates.ts'
import { Forbidden } from '../kernel/refusals.ts'
import { seatsIn } from '../kernel/actor.ts'
import type { ExternalNeeds } from './external-needs.ts'
import { mayOnRun, mayOnTitle } from './external-policy.ts'
import { registrationFrom, RUN_FORMS, TITLE_FORMS, titleOnPaperFrom } from './external-input.ts'
import { openRun, placeOfSchool, register, registrationFacts, stepRun } from './runs-of.ts'
import { RUNS, runHref, runPage, runsPage } from './runs-page.ts'
import { openTitle, recordTitle, stepTitle, titlesInReach } from './titles-of.ts'
import {
  isRegisterStanding,
  isSchoolKind,
  recordPage,
  titleHref,
  titlePage,
  TITLES,
  titlesPage,
} from './titles-page.ts'

/** External assessments: the year's list, registration, one dossier and its steps. */
function runRoutes(needs: ExternalNeeds): Route[] {
  return [
    {
      method: 'get',
      path: RUNS,
      access: 'signedIn',
      handle: async ({ actor, year, query, unitId }) => {
        const schools = await needs.schoolsInReach(actor, dayOf(needs.now()))
        if (schools.length === 0)
          throw new Forbidden('Đánh giá ngoài dành cho người có nhiệm vụ ở trường hoặc cơ quan quản lý.')
        const readable = schools.filter(school => mayOnRun.read(actor, placeOfSchool(school)))
        const runs = await needs.runs.ofSchools(readable.map(({ id }) => id))
        const own = readable.find(
          school =>
            (unitId === undefined || school.id === unitId) &&
            seatsIn(actor, school.id, year).length > 0 &&
            mayOnRun.register(actor, placeOfSchool(school)),
        )
        const model = runsPage(runs, new Map(readable.map(school => [school.id, school])), {
          year,
          state: query['trangthai'] ?? '',
          ...(own && { own: { ...(await registrationFacts(needs, own.id, year)), schoolId: own.id } }),
        })
        return page('external/runs', 'Đánh giá ngoài', model)
      },
    },
    {
      method: 'post',
      path: `${RUNS}/dang-ky/:schoolId`,
      access: 'signedIn',
      handle: async ({ actor, params, year, body, flash }) => {
        const run = await register(needs)(actor, {
          schoolId: params['schoolId'] ?? '',
          year,
          ...registrationFrom(body),
        })
        flash('success', 'Đã đăng ký đánh giá ngoài.')
        return redirect(runHref(run.id))
      },
    },
    {
      method: 'get',
      path: `${RUNS}/:id`,
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const open = await openRun(needs, actor, params['id'] ?? '')
        const [codes, history] = await Promise.all([
          codesOf(needs, open.run),
          needs.history({ kind: 'externalRun', id: open.run.id }),
        ])
        return page('external/run', 'Hồ sơ đánh giá ngoài', runPage(actor, open, codes, history))
      },
    },
    ...Object.values(RUN_FORMS).map(({ slug, said, read }): Route => ({
      method: 'post',
      path: `${RUNS}/:id/${slug}`,
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const id = params['id'] ?? ''
        const { run } = await openRun(needs, actor, id)
        await stepRun(needs)(actor, id, read(body, await codesOf(needs, run)))
        flash('success', said)
        return redirect(runHref(id))
      },
    })),
  ]
}

const codesOf = async (
  needs: ExternalNeeds,
  run: { readonly schoolId: string; readonly year: Parameters<ExternalNeeds['assessed']>[1] },
) => (await needs.assessed(run.schoolId, run.year))?.criteria ?? []

/** The register of titles: the list, one title and its steps, and titles from before the system. */
function titleRoutes(needs: ExternalNeeds): Route[] {
  const recordable = async (actor: Parameters<typeof titlesInReach>[1]) =>
    (await needs.schoolsInReach(actor, dayOf(needs.now()))).filter(school =>
      mayOnTitle.record(actor, placeOfSchool(school)),
    )
  return [
    {
      method: 'get',
      path: TITLES,
      access: 'signedIn',
      handle: async ({ actor, query }) => {
        if ((await needs.schoolsInReach(actor, dayOf(needs.now()))).length === 0)
          throw new Forbidden('Sổ danh hiệu dành cho người có nhiệm vụ ở trường hoặc cơ quan quản lý.')
        const { tim = '', loai = '', cap = '', tinhtrang = '', trang = '1' } = query
        const filter = {
          search: tim.trim(),
          kind: loai === 'accreditation' || loai === 'national' ? loai : '',
          school: isSchoolKind(cap) ? cap : '',
          standing: isRegisterStanding(tinhtrang) ? tinhtrang : '',
          page: Math.trunc(Number(trang)) || 1,
        }
        const [titles, schools] = await Promise.all([titlesInReach(needs, actor), recordable(actor)])
        return page('external/titles', 'Sổ danh hiệu', titlesPage(titles, filter, schools.length > 0))
      },
    },
    {
      method: 'get',
      path: `${TITLES}/ghi-so`,
      access: 'signedIn',
      handle: async ({ actor }) => {
        const schools = await recordable(actor)
        if (schools.length === 0) throw new Forbidden('Sổ danh hiệu do Sở ghi.', 'chuyên viên, lãnh đạo Sở')
        return page('external/record', 'Ghi danh hiệu đã có vào sổ', recordPage(schools))
      },
    },
    {
      method: 'post',
      path: `${TITLES}/ghi-so`,
      access: 'signedIn',
      handle: async ({ actor, body, flash }) => {
        const title = await recordTitle(needs)(actor, titleOnPaperFrom(body))
        flash('success', 'Đã ghi danh hiệu vào sổ.')
        return redirect(titleHref(title.id))
      },
    },
    {
      method: 'get',
      path: `${TITLES}/:id`,
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const open = await openTitle(needs, actor, params['id'] ?? '')
        const [history, heirs] = await Promise.all([
          needs.history({ kind: 'title', id: open.title.id }),
          mayOnTitle.transfer(actor, open.place) && open.title.state === 'granted' ? recordable(actor) : [],
        ])
        return page('external/title', 'Danh hiệu', titlePage(actor, open, dayOf(needs.now()), history, heirs))
      },
    },
    ...Object.values(TITLE_FORMS).map(({ slug, said, read }): Route => ({
      method: 'post',
      path: `${TITLES}/:id/${slug}`,
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const id = params['id'] ?? ''
        const { title } = await openTitle(needs, actor, id)
        await stepTitle(needs)(actor, id, read(body, title.kind))
        flash('success', said)
        return redirect(titleHref(id))
      },
    })),
  ]
}

export const externalRoutes = (needs: ExternalNeeds): Route[] => [...runRoutes(needs), ...titleRoutes(needs)]
