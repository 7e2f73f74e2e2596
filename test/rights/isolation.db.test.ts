import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect } from 'chai'
import request from 'supertest'
import type { ReceivedFile, Route } from '../../src/http/route.ts'
import { shellRoutes } from '../../src/http/shell-routes.ts'
import { signedIn } from '../http/app-for-tests.ts'
import { bodyFor, paramsFor, queryFor, RECORD_PARAMS } from './addresses.ts'
import { EXPECTED, expectedOf } from './expected-access.ts'
import { PEOPLE, rightsStage, type RightsStage, type Who } from './rights-stage.ts'
import { FIRST } from '../reviews/review-stage.ts'

// The keys of the record are the people.
const EVERYBODY = Object.keys(PEOPLE) as Who[]
/** Nobody of the school and of those above it. */
const OUTSIDERS: readonly Who[] = ['sibling', 'beside', 'stranger', 'it']

const nameOf = ({ method, path: address }: Route): string => `${method.toUpperCase()} ${address}`

/** Addresses that name no record of anybody's: a key of a list that is the same for all, or a slug. */
const NAMES_NO_RECORD = new Set(['POST /nam-hoc/:year', 'GET /tieu-chi/:setId'])

/** Forms that name their record in a field; even who may is told that an empty name is unknown. */
const RECORD_IN_FORM = new Set(['POST /danh-gia', 'POST /nam-hoc/moi'])

/** Parameters that name a part of the record before them. */
const PARTS = [
  'commentId',
  'entry',
  'handover',
  'remark',
  'letter',
  'no',
  'nhom',
  'viec',
  'tieuchi',
  'sha256',
  'version',
]

/** The units whose record an address names. */
function ownersIn(address: string, ids: RightsStage['ids']): readonly string[] {
  const params = paramsFor(address, ids)
  const units = [params['unit'], params['unitId'], queryFor(address, ids)['don-vi']].filter(unit => unit !== undefined)
  return [...units, ...(params['id'] === undefined ? [] : [ids.school])]
}

async function aFile(): Promise<ReceivedFile> {
  const bytes = Buffer.from('chữ mẫu')
  const place = path.join(mkdtempSync(path.join(tmpdir(), 'kiem-dinh-rights-')), 'tep')
  await writeFile(place, bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { field: 'file', name: 'a.pdf', path: place, size: bytes.length, sha256, mime: 'application/pdf' }
}

describe('every route, asked by own, sibling, parent, child and foreign units', function () {
  this.timeout(300_000)
  let stage: RightsStage
  let routes: readonly Route[]
  let file: ReceivedFile
  before(async () => {
    stage = await rightsStage()
    routes = stage.routes.filter(route => route.access === 'signedIn')
    file = await aFile()
  })

  const asked = (route: Route, who: Who, unknown?: string, filled = true) => {
    const { ids } = stage
    const place = { params: paramsFor(route.path, ids, unknown), query: queryFor(route.path, ids, unknown) }
    const sent = route.method === 'get' || !filled ? {} : { body: bodyFor(route, ids), files: [file] }
    return stage.ask(route, PEOPLE[who], { ...place, ...sent })
  }

  it('has an expectation for every route, and no route is mounted twice', () => {
    expect(routes.map(nameOf).filter(name => EXPECTED[name] === undefined)).to.deep.equal([])
    const known = new Set(routes.map(nameOf))
    expect(Object.keys(EXPECTED).filter(name => !known.has(name))).to.deep.equal([])
    const all = [...stage.routes, ...shellRoutes].map(nameOf)
    expect(all.filter((name, at) => all.indexOf(name) !== at)).to.deep.equal([])
  })

  it('sends everybody who has not signed in to the sign-in page, whatever is asked', async () => {
    const wrong: string[] = []
    for (const route of routes) {
      const params = paramsFor(route.path, stage.ids)
      const address = route.path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''))
      const { status, headers } = await request(stage.app)[route.method](address).set('Accept', 'text/html')
      if (status !== 303 || !String(headers['location']).startsWith('/dang-nhap'))
        wrong.push(`${nameOf(route)} ${status}`)
    }
    expect(wrong).to.deep.equal([])
  })

  it('answers over the network in the same bytes for an unknown record and for a foreign one', async () => {
    const stranger = await signedIn(stage.app, PEOPLE.stranger)
    const pages = ['/danh-gia/:id', '/minh-chung/:id', '/xem-xet/:id', '/danh-hieu/:id', '/giay-to/:paperId/xem']
    for (const page of pages) {
      const [foreign, unknown] = await Promise.all(
        [paramsFor(page, stage.ids), paramsFor(page, stage.ids, 'khong-co')].map(async params => {
          const address = page.replace(/:(\w+)/, (_all, name: string) => params[name] ?? '')
          return stranger.agent.get(address).set('Accept', 'application/json')
        }),
      )
      expect(foreign?.status, page).to.equal(404)
      expect(foreign?.text, page).to.equal(unknown?.text)
    }
  })

  it('tells nobody apart an unknown record from one that is not theirs, in status and in words', async () => {
    const wrong: string[] = []
    for (const route of routes) {
      const names = RECORD_PARAMS.filter(name => route.path.includes(`:${name}`))
      const byQuery = Object.keys(queryFor(route.path, stage.ids)).length > 0
      if ((names.length === 0 && !byQuery) || NAMES_NO_RECORD.has(nameOf(route))) continue
      const expected = expectedOf(EXPECTED[nameOf(route)] ?? '', EVERYBODY)
      for (const who of EVERYBODY.filter(each => expected.get(each) === 404)) {
        const [theirs, unknown] = [await asked(route, who), await asked(route, who, 'khong-co')]
        if (unknown.status !== 404 || unknown.words !== theirs.words)
          wrong.push(`${nameOf(route)} ${who}: ${theirs.status} ${theirs.words} but ${unknown.status} ${unknown.words}`)
      }
    }
    expect(wrong).to.deep.equal([])
  })

  it('tells nobody outside apart an unknown part of a record from one that is there', async () => {
    const wrong: string[] = []
    for (const route of routes) {
      const params = paramsFor(route.path, stage.ids)
      const parts = Object.keys(params).filter(name => PARTS.includes(name))
      const expected = expectedOf(EXPECTED[nameOf(route)] ?? '', EVERYBODY)
      for (const part of parts)
        for (const who of EVERYBODY.filter(each => expected.get(each) === 404)) {
          const place = { params: { ...params, [part]: 'khong-co' }, query: queryFor(route.path, stage.ids) }
          const sent = route.method === 'get' ? {} : { body: bodyFor(route, stage.ids), files: [file] }
          const [theirs, unknown] = [
            await asked(route, who),
            await stage.ask(route, PEOPLE[who], { ...place, ...sent }),
          ]
          if (unknown.status !== 404 || unknown.words !== theirs.words)
            wrong.push(`${nameOf(route)} ${part} ${who}: ${theirs.words} but ${unknown.status} ${unknown.words}`)
        }
    }
    expect(wrong).to.deep.equal([])
  })

  it('is asked from every relation that the tree has to the unit of a record', async () => {
    const above = async (id: string): Promise<readonly string[]> => {
      const parent = (await stage.system.units.get(id)).parents.at(-1)?.parentId
      return parent === undefined ? [] : [parent, ...(await above(parent))]
    }
    const relation = async (asking: string, owner: string): Promise<string> => {
      const [aboveAsking, aboveOwner] = [await above(asking), await above(owner)]
      if (asking === owner) return 'own'
      if (aboveOwner.includes(asking)) return 'parent'
      if (aboveAsking.includes(owner)) return 'child'
      return aboveAsking[0] === aboveOwner[0] ? 'sibling' : 'foreign'
    }
    const asking = await Promise.all(
      EVERYBODY.map(
        async who => (await stage.actorOf(PEOPLE[who])).seats.find(({ year }) => year === undefined)?.unitId,
      ),
    )
    const found: Record<string, readonly string[]> = {}
    for (const owner of new Set(routes.flatMap(({ path: address }) => ownersIn(address, stage.ids)))) {
      const all = await Promise.all(asking.map(async unit => (unit === undefined ? 'nowhere' : relation(unit, owner))))
      found[owner] = [...new Set(all)].toSorted()
    }
    const every = ['child', 'foreign', 'own', 'parent', 'sibling']
    expect(found).to.deep.equal({
      // A school has no units below it, and the Sở none beside or above it.
      [stage.ids.school]: every.filter(each => each !== 'child'),
      xa: every,
      'xa-ben': every,
      so: ['child', 'own'],
    })
  })

  it('shows outsiders no word of the school’s work on any screen they can open', async () => {
    const words = [FIRST, 'Sổ theo dõi kỷ luật', 'Nên nêu rõ số lớp', 'Chật đến mức nào', 'Mua sách']
    const found: string[] = []
    for (const route of routes.filter(({ method }) => method === 'get'))
      for (const who of OUTSIDERS) {
        const { answer } = await asked(route, who)
        const text = answer?.kind === 'page' || answer?.kind === 'fragment' ? JSON.stringify(answer.page) : ''
        found.push(...words.filter(word => text.includes(word)).map(word => `${nameOf(route)} ${who}: ${word}`))
      }
    expect(found).to.deep.equal([])
  })

  it('answers each person as the table says, reading first, then who may not, and last who may', async () => {
    const wrong: string[] = []
    const check = async (route: Route, who: Who, wanted: 'let through' | 403 | 404): Promise<void> => {
      // Who may is given an empty form: it is refused for its content, so that the next one finds everything as it was.
      const { status, words } = await asked(
        route,
        who,
        undefined,
        wanted !== 'let through' || RECORD_IN_FORM.has(nameOf(route)),
      )
      const right = wanted === 'let through' ? ![403, 404].includes(status) && status < 500 : status === wanted
      if (!right) wrong.push(`${nameOf(route)} ${who}: ${status} instead of ${wanted}: ${words}`)
    }
    const changing = routes.filter(({ method }) => method !== 'get')
    const lines = (some: readonly Route[]) =>
      some.flatMap(route =>
        [...expectedOf(EXPECTED[nameOf(route)] ?? '', EVERYBODY)].map(([who, wanted]) => ({ route, who, wanted })),
      )
    const forms = lines(changing)
    for (const { route, who, wanted } of [
      ...lines(routes.filter(({ method }) => method === 'get')),
      ...forms.filter(line => line.wanted !== 'let through'),
      ...forms.filter(line => line.wanted === 'let through'),
    ])
      await check(route, who, wanted)
    expect(wrong).to.deep.equal([])
  })
})
