import { expect } from 'chai'
import { Secret, TOTP } from 'otpauth'
import { sealSecrets, secretSeal } from '../../src/people/index.ts'
import { appForTests, PASSWORD, seat, SECRET, signedIn, Visitor } from '../http/app-for-tests.ts'

const SET_UP = '/ho-so/xac-thuc-hai-buoc'
const STEP = '/dang-nhap/ma-xac-thuc'
const HALF_MINUTE = 30_000

describe('the second factor', () => {
  let stage: Awaited<ReturnType<typeof appForTests>>
  beforeEach(async () => {
    stage = await appForTests()
  })

  const codeOf = (secret: string): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: stage.clock.at.getTime() })
  const later = (): void => {
    stage.clock.at = new Date(stage.clock.at.getTime() + HALF_MINUTE)
  }

  /** Turns the factor on; the secret of the app and the recovery codes shown. */
  async function setUp(visitor: Visitor) {
    const { text } = await visitor.agent.get(SET_UP)
    const secret = (/class="secret">([A-Z2-7 ]+)</.exec(text)?.[1] ?? '').replaceAll(' ', '')
    const done = await visitor.post(SET_UP, { code: codeOf(secret) }, SET_UP)
    expect(done.status).to.equal(200)
    const recovery = [...done.text.matchAll(/class="secret">([a-z0-9-]+)</g)].map(found => found[1] ?? '')
    later()
    return { secret, recovery }
  }

  it('is asked for after the password, and nothing is reachable before', async () => {
    await stage.person('lan', 'u1')
    const { secret, recovery } = await setUp(await signedIn(stage.app, 'lan'))
    expect(new Set(recovery).size).to.equal(10)
    const visitor = new Visitor(stage.app)
    expect((await visitor.signIn('lan', PASSWORD, '/ho-so')).headers['location']).to.equal(STEP)
    for (const path of ['/ho-so', SET_UP, '/doi-mat-khau'])
      expect((await visitor.agent.get(path)).headers['location'], path).to.contain('/dang-nhap?')
    expect((await visitor.post(STEP, { code: '000000' }, STEP)).status).to.equal(422)
    expect((await visitor.post(STEP, { code: codeOf(secret) }, STEP)).headers['location']).to.equal('/ho-so')
    expect((await visitor.agent.get('/ho-so')).text).to.contain('Đang bật')
  })

  it('takes a code once, and a recovery code once', async () => {
    await stage.person('hoa', 'u1')
    const { secret, recovery } = await setUp(await signedIn(stage.app, 'hoa'))
    const tries = async (code: string): Promise<number> => {
      const visitor = new Visitor(stage.app)
      await visitor.signIn('hoa')
      return (await visitor.post(STEP, { code }, STEP)).status
    }
    const code = codeOf(secret)
    expect(await tries(code)).to.equal(303)
    expect(await tries(code)).to.equal(422)
    const [first = ''] = recovery
    expect(await tries(first.toUpperCase().replaceAll('-', ' '))).to.equal(303)
    expect(await tries(first)).to.equal(422)
    await stage.settled()
    const id = (await stage.people.accountNamed('hoa'))?.personId ?? ''
    const entries = JSON.stringify(await stage.db.connection.collection('journal').find({ 'subject.id': id }).toArray())
    expect(entries).to.contain('useRecoveryCode').and.not.contain(first).and.not.contain(secret)
    expect(JSON.stringify(await stage.people.factorOf(id))).not.to.contain(first)
  })

  it('lets one of two sign in who send the same code at the same time', async () => {
    await stage.person('minh', 'u1')
    const { secret } = await setUp(await signedIn(stage.app, 'minh'))
    const visitors = [new Visitor(stage.app), new Visitor(stage.app)]
    for (const visitor of visitors) await visitor.signIn('minh')
    const code = codeOf(secret)
    const answers = await Promise.all(visitors.map(visitor => visitor.post(STEP, { code }, STEP)))
    expect(answers.map(({ status }) => status)).to.have.members([303, 422])
  })

  it('keeps no secret in the clear, neither while it is set up nor afterwards', async () => {
    await stage.person('kin', 'u1')
    const visitor = await signedIn(stage.app, 'kin')
    const shown = await visitor.agent.get(SET_UP)
    const secret = (/class="secret">([A-Z2-7 ]+)</.exec(shown.text)?.[1] ?? '').replaceAll(' ', '')
    expect(secret).to.have.length(32)
    const everything = async (): Promise<string> => {
      const { connection } = stage.db
      const names = (await connection.listCollections()).map(({ name }) => name)
      return JSON.stringify(await Promise.all(names.map(name => connection.collection(name).find().toArray())))
    }
    expect(await everything()).not.to.contain(secret)
    expect((await setUp(visitor)).secret).to.equal(secret)
    expect(await everything()).not.to.contain(secret)
  })

  it('closes plain secrets of before at the start, once, and they sign in as they did', async () => {
    const id = await stage.person('cu', 'u1')
    const { secret } = await setUp(await signedIn(stage.app, 'cu'))
    const seal = secretSeal([SECRET])
    const kept = (await stage.people.factorOf(id))?.secret ?? ''
    expect(await stage.people.replaceSecret(id, kept, secret)).to.equal(true)
    expect(await sealSecrets({ people: stage.people, seal })).to.deep.equal({ sealed: 1, lost: 0 })
    expect(seal.standing((await stage.people.factorOf(id))?.secret ?? '')).to.equal('current')
    expect(await sealSecrets({ people: stage.people, seal })).to.deep.equal({ sealed: 0, lost: 0 })
    const visitor = new Visitor(stage.app)
    await visitor.signIn('cu')
    expect((await visitor.post(STEP, { code: codeOf(secret) }, STEP)).status).to.equal(303)
  })

  it('closes anew what the secret before had closed, and counts what nothing opens', async () => {
    const [mine, lost] = [await stage.person('doi', 'u1'), await stage.person('mat', 'u1')]
    for (const [id, username, by] of [
      [mine, 'doi', 'the secret of before, 32 letters long'],
      [lost, 'mat', 'a secret that nobody kept, 32 letters'],
    ] as const) {
      const { secret } = await setUp(await signedIn(stage.app, username))
      const kept = (await stage.people.factorOf(id))?.secret ?? ''
      await stage.people.replaceSecret(id, kept, secretSeal([by]).close(secret, id))
    }
    const seal = secretSeal([SECRET, 'the secret of before, 32 letters long'])
    expect(await sealSecrets({ people: stage.people, seal })).to.deep.equal({ sealed: 1, lost: 1 })
    expect(seal.standing((await stage.people.factorOf(mine))?.secret ?? '')).to.equal('current')
  })

  it('says what to do when the key is lost, and still takes a recovery code', async () => {
    const id = await stage.person('khoa.mat', 'u1')
    const { secret, recovery } = await setUp(await signedIn(stage.app, 'khoa.mat'))
    const kept = (await stage.people.factorOf(id))?.secret ?? ''
    await stage.people.replaceSecret(id, kept, secretSeal(['another secret, at least 32 letters']).close(secret, id))
    const visitor = new Visitor(stage.app)
    await visitor.signIn('khoa.mat')
    const refused = await visitor.post(STEP, { code: codeOf(secret) }, STEP)
    expect(refused.status).to.equal(422)
    expect(refused.text).to.contain('nhờ nhóm quản trị của Sở gỡ xác thực hai bước')
    expect((await visitor.post(STEP, { code: recovery[0] ?? '' }, STEP)).status).to.equal(303)
  })

  it('rests after five wrong codes, even for the right one', async () => {
    await stage.person('cuc', 'u1')
    const { secret } = await setUp(await signedIn(stage.app, 'cuc'))
    const visitor = new Visitor(stage.app)
    await visitor.signIn('cuc')
    for (let time = 0; time < 5; time++) expect((await visitor.post(STEP, { code: '123' }, STEP)).status).to.equal(422)
    expect((await visitor.post(STEP, { code: codeOf(secret) }, STEP)).status).to.equal(429)
  })

  it('forgets the right password after ten minutes, and when sessions are ended', async () => {
    await stage.person('dao', 'u1')
    const device = await signedIn(stage.app, 'dao')
    const { secret } = await setUp(device)
    const visitor = new Visitor(stage.app)
    await visitor.signIn('dao')
    await device.post('/ho-so/dang-xuat-moi-noi', {})
    expect((await visitor.agent.get(STEP)).headers['location']).to.equal('/dang-nhap')
    await visitor.signIn('dao')
    const csrf = await visitor.token(STEP)
    stage.clock.at = new Date(stage.clock.at.getTime() + 10 * 60_000)
    const late = await visitor.agent
      .post(STEP)
      .type('form')
      .send({ _csrf: csrf, code: codeOf(secret) })
    expect(late.headers['location']).to.equal('/dang-nhap')
    expect((await visitor.agent.get('/ho-so')).status).to.equal(303)
  })

  it('is set up only with a code of the secret that was shown', async () => {
    await stage.person('mai', 'u1')
    const visitor = await signedIn(stage.app, 'mai')
    await visitor.agent.get(SET_UP)
    const other = codeOf(new Secret({ size: 20 }).base32)
    expect((await visitor.post(SET_UP, { code: other }, SET_UP)).status).to.equal(422)
    expect((await stage.people.accountNamed('mai'))?.hasSecondFactor).to.equal(false)
  })

  it('is turned off by the owner with the password alone, never when the seat requires it', async () => {
    const id = await stage.person('truong', 'u1', [seat('head', 'u1')])
    const visitor = await signedIn(stage.app, 'truong')
    await setUp(visitor)
    expect((await visitor.post(`${SET_UP}/tat`, { password: 'sai' }, SET_UP)).status).to.equal(422)
    const entry = await ruleEntry()
    await stage.rules.save({ secondFactorRoles: ['head'], rev: 0 }, entry)
    expect((await visitor.post(`${SET_UP}/tat`, { password: PASSWORD }, '/ho-so')).status).to.equal(409)
    await stage.rules.save({ secondFactorRoles: [], rev: 1 }, { ...entry, id: 'rules:2' })
    expect((await visitor.post(`${SET_UP}/tat`, { password: PASSWORD }, SET_UP)).status).to.equal(303)
    expect(await stage.people.factorOf(id)).to.equal(undefined)
  })

  const ruleEntry = async () => ({
    id: 'rules:1',
    at: stage.clock.at,
    by: { personId: 'x', name: 'X', seats: [] },
    unitId: 'so',
    subject: { kind: 'accountRules', id: 'accounts' },
    event: 'changeAccountRules',
  })

  describe('when the rules require it', () => {
    const RULES = '/quan-tri/tai-khoan/quy-dinh'
    let itTeam: Visitor
    beforeEach(async () => {
      await stage.person('cntt', 'so', [seat('itAdmin', 'so')])
      await stage.person('sep', 'so', [seat('provinceLead', 'so')])
      await stage.person('gv', 'u1', [seat('staff', 'u1')])
      itTeam = await signedIn(stage.app, 'cntt')
    })
    const require = (from: string) =>
      itTeam.post(RULES, { rev: '0', secondFactorRoles: 'provinceLead', secondFactorFrom: from }, RULES)

    it('lets the holder of such a seat do nothing before setting it up, and everybody else go on', async () => {
      expect((await require('')).status).to.equal(303)
      const lead = await signedIn(stage.app, 'sep')
      for (const path of ['/ho-so', '/doi-mat-khau', '/quan-tri/tai-khoan'])
        expect((await lead.agent.get(path)).headers['location'], path).to.equal(SET_UP)
      await setUp(lead)
      expect((await lead.agent.get('/ho-so')).status).to.equal(200)
      expect((await (await signedIn(stage.app, 'gv')).agent.get('/ho-so')).status).to.equal(200)
    })

    it('only reminds until the day', async () => {
      expect((await require('10/10/2025')).status).to.equal(303)
      const lead = await signedIn(stage.app, 'sep')
      expect((await lead.agent.get('/ho-so')).text).to.contain('Từ ngày 10/10/2025')
      stage.clock.at = new Date('2025-10-10T02:00:00Z')
      expect((await (await signedIn(stage.app, 'sep')).agent.get('/ho-so')).headers['location']).to.equal(SET_UP)
    })

    it('is decided by the IT team alone, on the rules they saw', async () => {
      const lead = await signedIn(stage.app, 'sep')
      expect((await lead.agent.get(RULES)).status).to.equal(403)
      expect((await lead.post(RULES, { rev: '0', secondFactorRoles: 'head' })).status).to.equal(403)
      expect((await require('')).status).to.equal(303)
      expect((await require('')).status).to.equal(409)
    })

    it('is taken away by the IT team with a reason, for a lost phone', async () => {
      const id = (await stage.people.accountNamed('gv'))?.personId ?? ''
      await setUp(await signedIn(stage.app, 'gv'))
      const page = `/quan-tri/tai-khoan/${id}`
      expect((await itTeam.post(`${page}/bo-xac-thuc`, { reason: '' }, page)).status).to.equal(422)
      expect((await itTeam.post(`${page}/bo-xac-thuc`, { reason: 'Mất điện thoại' }, page)).status).to.equal(303)
      expect((await new Visitor(stage.app).signIn('gv')).headers['location']).to.equal('/ho-so')
    })
  })
})
