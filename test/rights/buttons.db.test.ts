import { expect } from 'chai'
import fc from 'fast-check'
import type { Route } from '../../src/http/route.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import { PLAN_SECTIONS } from '../../src/plans/plan-sections.ts'
import { YEAR } from '../reviews/review-stage.ts'
import { bodyFor, paramsFor, queryFor } from './addresses.ts'
import { askRoute, type Told } from './ask-route.ts'
import { HELD_BACK, writeHolder } from './hold-writes.ts'
import { PEOPLE, rightsStage, type RightsStage } from './rights-stage.ts'
import { formsOn, routesBehind, type SeenForm } from './seen-forms.ts'
import { bringAbout, seatedActors, situations } from './situations.ts'

/** Changing routes whose button is not on the pages that are asked, each with the reason. */
const WITHOUT_BUTTON: Readonly<Record<string, string>> = {
  'PUT /bao-cao-nam/:unit/:year/:ky/phan/:part': 'the script of the desk sends each part where its form would post it',
  'PUT /danh-gia/:id/phieu/:code/hanh-dong': 'the script of the sheet sends the table with the rest of the sheet',
  'POST /bao-cao-nam/:unit/:year/:ky/ke-hoach/bo': 'stands beside each school of the plan; there is none',
  'POST /minh-chung/:id/xem-lai': 'stands on evidence that was carried over; this item was not',
  'POST /danh-gia/:id/hoi-dong/quyet-dinh':
    'saves the list first, which the head may; signing it is refused afterwards',
  'POST /danh-gia/:id/hoi-dong/kien-toan': 'saves the list first, which the head may; signing it is refused afterwards',
  'POST /quan-tri/tai-khoan/:id/dang-xuat': 'shown while the person is signed in somewhere',
  'POST /thong-bao/thu-hoi-lich': 'shown when there is a calendar file to take back',
  'POST /thong-bao/da-doc': 'shown while something is unread',
}

const OF_SEVERAL = 'acts on the rows that are chosen; the first of the list may be a unit of another office'

/** Refusals that only come of how this test fills a form, or puts states in place without what led to them. */
const NOT_OF_THE_PERSON: Readonly<Record<string, string>> = {
  'POST /ky-bao-cao/:id/dinh-chinh': 'corrects the figures that consolidating the period would have kept',
  'POST /ky-bao-cao/:id/chap-nhan': OF_SEVERAL,
  'POST /ky-bao-cao/:id/tra-lai': OF_SEVERAL,
  'POST /ky-bao-cao/:id/khong-phai-bao-cao': OF_SEVERAL,
  'POST /ky-bao-cao/:id/nhac': OF_SEVERAL,
}

const nameOf = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`

const passed = ({ words }: Told): boolean => words.includes(HELD_BACK)

/** Refused for who asks, or for the state that the page itself had shown. */
const turnedAway = ({ status, words }: Told): boolean =>
  status === 403 || status === 404 || words.includes('đang ở bước')

describe('buttons and permitted steps', function () {
  this.timeout(900_000)
  let stage: RightsStage
  let holding: Awaited<ReturnType<typeof writeHolder>>['holding']
  let reading: readonly Route[]
  let changing: readonly Route[]
  before(async () => {
    stage = await rightsStage()
    await stage.system.post.settled()
    ;({ holding } = await writeHolder(stage.db.connection))
    const routes = stage.routes.filter(route => route.access === 'signedIn')
    reading = routes.filter(({ method }) => method === 'get')
    changing = routes.filter(({ method }) => method !== 'get')
  })

  const addressesOf = (route: Route) =>
    route.path.endsWith('/:muc')
      ? PLAN_SECTIONS.map(({ slug: muc }) => ({ route, ...placeIn(route), params: { ...placeIn(route).params, muc } }))
      : [{ route, ...placeIn(route) }]
  const placeIn = (route: Route) => ({
    params: paramsFor(route.path, stage.ids),
    query: queryFor(route.path, stage.ids),
  })

  async function formsSeenBy(actor: Actor): Promise<readonly SeenForm[]> {
    const seen = new Map<string, SeenForm>()
    for (const { route, ...place } of reading.flatMap(addressesOf)) {
      const told = await askRoute(route, { actor, ...place, year: YEAR })
      if (told.status >= 500) throw new Error(`${nameOf(route)}: ${told.words}`)
      for (const form of formsOn(told)) seen.set(JSON.stringify(form), form)
    }
    return [...seen.values()]
  }

  /** What is wrong for this person: buttons that would be refused, and permitted steps without a button. */
  async function faultsFor(actor: Actor) {
    const forms = await formsSeenBy(actor)
    const offered = new Set<string>()
    const refused = new Set<string>()
    for (const form of forms)
      for (const { route, params, query } of routesBehind(changing, form)) {
        offered.add(nameOf(route))
        if (form.byScript) continue
        const body = { ...bodyFor(route, stage.ids), ...form.fields }
        const told = await holding(() => askRoute(route, { actor, params, query, body, year: YEAR }))
        if (turnedAway(told) && NOT_OF_THE_PERSON[nameOf(route)] === undefined)
          refused.add(`${nameOf(route)}: ${told.status} ${told.words}`)
      }
    const missing: string[] = []
    for (const route of changing) {
      if (offered.has(nameOf(route)) || WITHOUT_BUTTON[nameOf(route)] !== undefined) continue
      const body = bodyFor(route, stage.ids)
      const told = await holding(() => askRoute(route, { actor, ...placeIn(route), body, year: YEAR }))
      if (passed(told)) missing.push(nameOf(route))
    }
    return { seen: forms.length, refused: [...refused], missing }
  }

  it('agree for the people of the stage as it stands', async () => {
    const faults: Record<string, object> = {}
    for (const who of Object.values(PEOPLE)) {
      const { refused, missing } = await faultsFor(await stage.actorOf(who))
      if (refused.length + missing.length > 0) faults[who] = { refused, missing }
    }
    expect(faults).to.deep.equal({})
  })

  it('agree for anybody in any state: no button is refused, and no permitted step is without one', async () => {
    let forms = 0
    await fc.assert(
      fc.asyncProperty(situations, fc.tuple(seatedActors, seatedActors), async (situation, actors) => {
        await bringAbout(stage, situation)
        for (const actor of actors) {
          const { seen, refused, missing } = await faultsFor(actor)
          const about = `${JSON.stringify(actor)} in ${JSON.stringify(situation)}`
          const faults = [...refused.map(each => `refused: ${each}`), ...missing.map(each => `no button: ${each}`)]
          expect(faults.join('\n'), about).to.equal('')
          forms += seen
        }
      }),
      // The same cases every time: each takes seconds, and a new one that fails belongs into a test of its own.
      { numRuns: 14, seed: 20260101, endOnFailure: true },
    )
    expect(forms).to.be.greaterThan(500)
  })
})
