import { expect } from 'chai'
import fc from 'fast-check'
import { versionOf } from '../../src/catalogue/index.ts'
import type { Route } from '../../src/http/route.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import { ID, YEAR } from '../reviews/review-stage.ts'
import { bodyFor } from './addresses.ts'
import { askRoute, type Told } from './ask-route.ts'
import { writeHolder } from './hold-writes.ts'
import { rememberReads } from './remember-reads.ts'
import { rightsStage, type RightsStage } from './rights-stage.ts'
import { formsOn, routesBehind } from './seen-forms.ts'
import { officers } from './situations.ts'
import { nameOf, passed, turnedAway } from './told.ts'
import {
  bringAboutTree,
  LEVEL_SET,
  nodesOf,
  OWNERS,
  POINTS_SET,
  treeSituations,
  type Bases,
  type TreeSituation,
} from './tree-situations.ts'

type Fields = Readonly<Record<string, string>>

/** One request: where, and what it says. */
interface Asked {
  readonly route: Route
  readonly params: Fields
  readonly query: Fields
  readonly body: Readonly<Record<string, unknown>>
}

/** A closed year is known before anything is asked, so a button in it is a fault. */
const refusedButton = (told: Told): boolean => turnedAway(told) || told.words.includes('đã khóa')

/** Keys of the editor: the set, an official standard and criterion, and every local node. */
const keysOf = (unitId: string, setId: string): readonly string[] =>
  setId === LEVEL_SET ? ['', '1', '1.1', ...nodesOf(unitId).map(({ key }) => key)] : ['', '1.1']

describe('buttons and permitted steps on the trees of a year', function () {
  this.timeout(900_000)
  let stage: RightsStage
  let bases: Bases
  let routes: readonly Route[]
  let holding: Awaited<ReturnType<typeof writeHolder>>['holding']
  before(async () => {
    stage = await rightsStage()
    await stage.system.post.settled()
    await rememberReads(stage.db.connection)
    ;({ holding } = await writeHolder(stage.db.connection))
    routes = stage.routes.filter(({ access }) => access === 'signedIn')
    bases = await basesOf(stage)
  })

  const routeAt = (method: Route['method'], path: string): Route => {
    const found = routes.find(route => route.method === method && route.path === path)
    if (!found) throw new Error(`no route ${method} ${path}`)
    return found
  }
  const desk = '/cay-nam-hoc/:unitId'
  const mappingPlace = () => ({ from: bases.level.hash, to: bases.newer.hash })

  /** Every screen on which something about the trees of the year can be done. */
  const screens = (): readonly Omit<Asked, 'body'>[] => [
    ...OWNERS.flatMap(unitId => [
      { route: routeAt('get', desk), params: { unitId }, query: {} },
      ...[LEVEL_SET, POINTS_SET].flatMap(setId => [
        ...['/nhap', '/xem-truoc'].map(tail => ({
          route: routeAt('get', `${desk}/:setId${tail}`),
          params: { unitId, setId },
          query: {},
        })),
        ...keysOf(unitId, setId).map(nut => ({
          route: routeAt('get', `${desk}/:setId`),
          params: { unitId, setId },
          query: { nut },
        })),
      ]),
    ]),
    { route: routeAt('get', '/tieu-chi'), params: {}, query: {} },
    ...[LEVEL_SET, POINTS_SET].map(setId => ({
      route: routeAt('get', '/tieu-chi/:setId'),
      params: { setId },
      query: {},
    })),
    { route: routeAt('get', '/tieu-chi/tai-len'), params: {}, query: {} },
    { route: routeAt('get', '/tieu-chi/chuyen-doi'), params: {}, query: {} },
    { route: routeAt('get', '/tieu-chi/chuyen-doi/:from/:to'), params: mappingPlace(), query: {} },
    { route: routeAt('get', '/danh-gia/:id/chuyen-bo-tieu-chi'), params: { id: ID }, query: {} },
  ]

  /** Everything that somebody could try, filled in rightly for this state. */
  function attempts(situation: TreeSituation): readonly Asked[] {
    const at = (path: string, params: Fields, body: Asked['body']): Asked => ({
      route: routeAt('post', path),
      params,
      query: {},
      body,
    })
    const ofNode = { year: YEAR, words: 'Chữ mẫu', reason: 'Không còn cần', by: 'up', guidance: 'Hướng dẫn mẫu' }
    return [
      ...OWNERS.flatMap(unitId => {
        const { draft } = situation[unitId]
        const revision = { none: '0', asPublished: '7', empty: '9', withNodes: '9' }[draft]
        const whole = { year: YEAR, revision, note: '' }
        const frame = { bases: [bases.level.hash], regimes: ['kiem-dinh-2018'], unitsMayAdd: 'guidance' }
        const nodes = draft === 'none' || draft === 'empty' ? [] : nodesOf(unitId)
        const inSet = (tail: string, setId: string, body: Asked['body']) =>
          at(`${desk}/:setId/${tail}`, { unitId, setId }, { ...ofNode, ...body })
        return [
          at(`${desk}/khung`, { unitId }, { ...whole, ...frame }),
          at(`${desk}/chep`, { unitId }, whole),
          at(`${desk}/ban-hanh`, { unitId }, whole),
          ...[LEVEL_SET, POINTS_SET].flatMap(setId => [
            inSet('them', setId, { revision: '0', kind: 'standard', parent: '', level: '' }),
            inSet('them', setId, { revision: '0', kind: 'criterion', parent: '1', level: '' }),
            inSet('them', setId, { revision: '0', kind: 'indicator', parent: '1.1', level: '1' }),
            inSet('huong-dan', setId, { revision: '0', key: '1.1', due: '' }),
          ]),
          ...nodes.flatMap(({ key, kind }) => [
            ...['sua', 'chuyen', 'xoa', 'thoi-dung', 'dung-lai'].map(tail =>
              inSet(tail, LEVEL_SET, { revision: '1', key }),
            ),
            ...(kind === 'criterion' ? [inSet('huong-dan', LEVEL_SET, { revision: '0', key, due: '' })] : []),
          ]),
        ]
      }),
      at('/tieu-chi/ban-hanh', {}, { year: YEAR, revision: '3' }),
      at('/tieu-chi/chuyen-doi/:from/:to/chot', mappingPlace(), { revision: isWritten(situation) ? '2' : '0' }),
      at('/danh-gia/:id/chuyen-bo-tieu-chi', { id: ID }, {}),
    ]
  }

  const isWritten = ({ newer }: TreeSituation): boolean => newer === 'drafted' || newer === 'chosen'

  /** The same thing is done by a form and by an attempt when unit, set and node are the same. */
  const thingOf = ({ route, params, body }: Pick<Asked, 'route' | 'params' | 'body'>): string =>
    [nameOf(route), params['unitId'], params['setId'], body['key'] ?? body['parent']].join(' ')

  async function faultsFor(actor: Actor, situation: TreeSituation) {
    const changing = routes.filter(({ method }) => method !== 'get')
    const faults = new Set<string>()
    const offered = new Set<string>()
    for (const screen of screens()) {
      const told = await askRoute(screen.route, { ...screen, actor, year: YEAR })
      if (told.status >= 500) throw new Error(`${nameOf(screen.route)}: ${told.words}`)
      for (const form of formsOn(told).filter(({ byScript }) => !byScript))
        for (const { route, params, query } of routesBehind(changing, form)) {
          const body = { ...bodyFor(route, stage.ids), words: 'Chữ mẫu', ...form.fields }
          const asked = { route, params, query, body }
          if (offered.has(thingOf(asked))) continue
          offered.add(thingOf(asked))
          const answer = await holding(() => askRoute(route, { ...asked, actor, year: YEAR }))
          if (refusedButton(answer)) faults.add(`refused: ${thingOf(asked)}: ${answer.status} ${answer.words}`)
        }
    }
    let open = 0
    for (const asked of attempts(situation)) {
      const told = await holding(() => askRoute(asked.route, { ...asked, actor, year: YEAR }))
      if (told.status >= 500 && !passed(told)) throw new Error(`${thingOf(asked)}: ${told.words}`)
      if (passed(told)) open += 1
      if (passed(told) && !offered.has(thingOf(asked))) faults.add(`no button: ${thingOf(asked)}`)
    }
    return { faults: [...faults], offered: offered.size, open }
  }

  it('agree for every office in any state of the desks: drafts, published, superseded, retired, mapped', async () => {
    const counts = { offered: 0, open: 0 }
    await fc.assert(
      fc.asyncProperty(treeSituations, fc.tuple(officers, officers), async (situation, actors) => {
        await bringAboutTree(stage, bases, situation)
        for (const actor of actors) {
          const { faults, offered, open } = await faultsFor(actor, situation)
          const about = `${JSON.stringify(actor.seats)} in ${JSON.stringify(situation)}`
          if (faults.length > 0) throw new Error([about, ...faults].join('\n'))
          counts.offered += offered
          counts.open += open
        }
      }),
      // The same cases every time, as for the other buttons.
      { numRuns: 20, seed: 20260202, endOnFailure: true },
    )
    expect(counts.offered, JSON.stringify(counts)).to.be.greaterThan(150)
    expect(counts.open, JSON.stringify(counts)).to.be.greaterThan(150)
  })
})

/** The level set in force, a points set beside it, and the level set of a circular that drops its last criterion. */
async function basesOf({ system, clock }: RightsStage): Promise<Bases> {
  const { set } = await system.assessments.get(ID)
  const level = await system.criteriaSets.get(set.hash)
  const points = (await system.criteriaSets.imported()).find(each => each.set.id === POINTS_SET)
  if (!points) throw new Error(`no ${POINTS_SET}`)
  const { standards } = level.set
  const newer = versionOf({
    ...level.set,
    standards: standards.map((standard, at) =>
      at === standards.length - 1 ? { ...standard, criteria: standard.criteria.slice(0, -1) } : standard,
    ),
  })
  await system.criteriaSets.insertOnce(newer, clock.at)
  return { level, points, newer }
}
