import { expect } from 'chai'
import fc from 'fast-check'
import type { Route } from '../../src/http/route.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import { PLAN_SECTIONS } from '../../src/plans/plan-sections.ts'
import { YEAR } from '../reviews/review-stage.ts'
import { bodyFor, paramsFor, queryFor } from './addresses.ts'
import { askRoute, type Told } from './ask-route.ts'
import { writeHolder } from './hold-writes.ts'
import { rememberReads } from './remember-reads.ts'
import { PEOPLE, rightsStage, type RightsStage } from './rights-stage.ts'
import { FLAGS, flagsIn, recordsOf } from './flags.ts'
import { formsOn, routesBehind, type SeenForm } from './seen-forms.ts'
import { AT_WORK, bringAbout, seatedActors, situations, UNDER_REVIEW } from './situations.ts'
import { closed, nameOf, passed, turnedAway } from './told.ts'

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

describe('buttons and permitted steps', function () {
  this.timeout(900_000)
  let stage: RightsStage
  let holding: Awaited<ReturnType<typeof writeHolder>>['holding']
  let reading: readonly Route[]
  let changing: readonly Route[]
  before(async () => {
    stage = await rightsStage()
    await stage.system.post.settled()
    await rememberReads(stage.db.connection)
    ;({ holding } = await writeHolder(stage.db.connection))
    const routes = stage.routes.filter(route => route.access === 'signedIn')
    reading = routes.filter(({ method }) => method === 'get')
    changing = routes.filter(({ method }) => method !== 'get')
  })

  const addressesOf = (route: Route) => {
    const place = placeIn(route)
    if (route.path.endsWith('/:muc'))
      return PLAN_SECTIONS.map(({ slug: muc }) => ({ route, ...place, params: { ...place.params, muc } }))
    // Who stands in for a commune chooses its list.
    if (route.path === '/ky-bao-cao/:id') return [{}, { donvi: 'xa' }].map(query => ({ route, ...place, query }))
    return [{ route, ...place }]
  }
  const placeIn = (route: Route) => ({
    params: paramsFor(route.path, stage.ids),
    query: queryFor(route.path, stage.ids),
  })

  async function seenBy(actor: Actor) {
    const seen = new Map<string, SeenForm>()
    const flags = new Map<string, boolean>()
    for (const { route, ...place } of reading.flatMap(addressesOf)) {
      const told = await askRoute(route, { actor, ...place, year: YEAR })
      if (told.status >= 500) throw new Error(`${nameOf(route)}: ${told.words}`)
      for (const form of formsOn(told)) seen.set(JSON.stringify(form), form)
      for (const { at, value } of flagsIn(told)) {
        const name = `${route.path} ${at}`
        // Of a list of things the flag speaks of, any that is open makes it true.
        flags.set(name, value || (flags.get(name) ?? false))
      }
    }
    return { forms: [...seen.values()], flags }
  }

  /** What is wrong for this person: buttons that would be refused, and permitted steps without a button. */
  async function faultsFor(actor: Actor) {
    const { forms, flags } = await seenBy(actor)
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
    return { seen: forms.length, refused: [...refused], missing, wrong: await wrongFlags(actor, flags) }
  }

  /** How often each flag was seen false and true. */
  const values = new Map<string, { false: number; true: number }>()

  /** Flags that say something else than the table of rights and the route that the flag is about. */
  async function wrongFlags(actor: Actor, flags: ReadonlyMap<string, boolean>): Promise<readonly string[]> {
    const records = await recordsOf(stage)
    const wrong: string[] = []
    for (const [name, value] of flags) {
      const meaning = FLAGS[name]
      if (!meaning) {
        wrong.push(`${name}: nobody has said what it tells of`)
        continue
      }
      const count = values.get(name) ?? { false: 0, true: 0 }
      values.set(name, { ...count, [`${value}`]: count[`${value}`] + 1 })
      const told: Told[] = []
      // One after the other: writes are held back for one request at a time.
      for (const step of meaning.steps)
        for (const about of meaning.about ?? [{}]) told.push(await toldOf(actor, step, about))
      const answers = told.map(({ status, words }) => `${status} ${words}`).join(' / ')
      const right = meaning.right(actor, records)
      if (value && !right) wrong.push(`${name} is true without a right`)
      if (value && told.every(turnedAway)) wrong.push(`${name} is true but ${answers}`)
      if (!value && !told.every(closed)) wrong.push(`${name} is false but ${answers}`)
      if (!right && !told.every(({ status }) => status === 403 || status === 404))
        wrong.push(`${name} without a right but ${answers}`)
    }
    return wrong
  }

  async function toldOf(actor: Actor, step: string, about: object): Promise<Told> {
    const route = changing.find(each => nameOf(each) === step)
    if (!route) throw new Error(`no route ${step}`)
    const body = { ...bodyFor(route, stage.ids), ...about }
    return holding(() => askRoute(route, { actor, ...placeIn(route), body, year: YEAR }))
  }

  it('agree for the people of the stage as it stands', async () => {
    const faults: Record<string, object> = {}
    for (const who of Object.values(PEOPLE)) {
      const { refused, missing, wrong } = await faultsFor(await stage.actorOf(who))
      if (refused.length + missing.length + wrong.length > 0) faults[who] = { refused, missing, wrong }
    }
    expect(faults).to.deep.equal({})
  })

  it('agree for anybody in any state: no button is refused, and no permitted step is without one', async () => {
    let forms = 0
    await fc.assert(
      fc.asyncProperty(situations, fc.tuple(seatedActors, seatedActors), async (situation, actors) => {
        await bringAbout(stage, situation)
        for (const actor of actors) {
          const { seen, refused, missing, wrong } = await faultsFor(actor)
          const about = `${JSON.stringify(actor)} in ${JSON.stringify(situation)}`
          const faults = [
            ...refused.map(each => `refused: ${each}`),
            ...missing.map(each => `no button: ${each}`),
            ...wrong.map(each => `flag: ${each}`),
          ]
          if (faults.length > 0) throw new Error([about, ...faults].join('\n'))
          forms += seen
        }
      }),
      // The same cases every time: each takes seconds, and a new one that fails belongs into a test of its own.
      { numRuns: 14, seed: 20260101, endOnFailure: true },
    )
    expect(forms).to.be.greaterThan(500)
  })

  it('say in every flag of a page or an answer for a script what the table of rights and the route say', async () => {
    const wrong: string[] = []
    for (const situation of [AT_WORK, { ...AT_WORK, evidence: 'expected' }, UNDER_REVIEW]) {
      await bringAbout(stage, situation)
      // Figures are locked for a report on its way, and open before.
      const lockedFor = situation === UNDER_REVIEW ? [stage.ids.assessment] : []
      await stage.db.connection.collection('figures').updateMany({}, { $set: { lockedFor } })
      for (const who of Object.values(PEOPLE)) {
        const actor = await stage.actorOf(who)
        wrong.push(...(await wrongFlags(actor, (await seenBy(actor)).flags)).map(each => `${who}: ${each}`))
      }
    }
    expect(wrong).to.deep.equal([])
    const oneSided = Object.entries(FLAGS).flatMap(([name, { always }]) => {
      const seen = values.get(name)
      const both = seen !== undefined && seen.false > 0 && seen.true > 0
      return both === (always === undefined) ? [] : [`${name} ${JSON.stringify(seen)}`]
    })
    expect(oneSided).to.deep.equal([])
  })
})
