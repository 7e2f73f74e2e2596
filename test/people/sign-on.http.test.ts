import { expect } from 'chai'
import { OAuth2Server, type MutableToken } from 'oauth2-mock-server'
import { secretSeal, signOn } from '../../src/people/index.ts'
import { appForTests, seat, SECRET, signedIn, Visitor } from '../http/app-for-tests.ts'

const BEGIN = '/dang-nhap/cong-dinh-danh'
const BACK = `${BEGIN}/ve`

describe('signing on at the common provider', () => {
  const provider = new OAuth2Server()
  let stage: Awaited<ReturnType<typeof appForTests>>
  /** What the provider says of who signs on there. */
  let claims: Readonly<Record<string, unknown>>
  let bend: (token: MutableToken) => void

  before(async () => {
    await provider.issuer.keys.generate('RS256')
    await provider.start(0, '127.0.0.1')
    provider.issuer.url = `http://127.0.0.1:${provider.address().port}`
    provider.service.on('beforeTokenSigning', (token: MutableToken) => {
      Object.assign(token.payload, claims)
      bend(token)
    })
    const door = signOn({
      issuer: provider.issuer.url,
      clientId: 'kiem-dinh',
      clientSecret: 'x',
      name: 'Cổng định danh Sơn Thủy',
      callback: `http://localhost${BACK}`,
    })
    stage = await appForTests([], { signOn: door })
    for (const [name, email] of [
      ['lan', 'lan@mau.edu.vn'],
      ['hoa', 'hoa@mau.edu.vn'],
      ['doi.mot', 'doi@mau.edu.vn'],
      ['doi.hai', 'doi@mau.edu.vn'],
    ] as const)
      await giveAddress(await stage.person(name, 'u1'), email)
  })
  beforeEach(() => {
    bend = () => undefined
  })
  after(() => provider.stop())

  async function giveAddress(id: string, email: string): Promise<void> {
    const by = { actor: { personId: 'x', name: 'X', seats: [] }, at: stage.clock.at, event: 'correctContact' }
    await stage.people.setContact(await stage.people.get(id), { email }, by)
  }

  /** Goes to the provider and comes back with its answer; the path with the code that it gave. */
  async function roundTrip(visitor: Visitor, wish = '/ho-so'): Promise<string> {
    const away = await visitor.agent.get(`${BEGIN}?ve=${encodeURIComponent(wish)}`)
    const answer = await fetch(away.headers['location'] ?? '', { redirect: 'manual' })
    const back = new URL(answer.headers.get('location') ?? '')
    return back.pathname + back.search
  }
  const as = (sub: string, email: string, verified = true): void => {
    claims = { sub, email, email_verified: verified }
  }

  it('offers the button and sends the browser there with PKCE, state and nonce', async () => {
    const visitor = new Visitor(stage.app)
    expect((await visitor.agent.get('/dang-nhap')).text).to.contain('Đăng nhập bằng Cổng định danh Sơn Thủy')
    const { headers } = await visitor.agent.get(BEGIN)
    const asked = new URL(headers['location'] ?? '').searchParams
    expect(asked.get('code_challenge_method')).to.equal('S256')
    expect(asked.get('redirect_uri')).to.equal(`http://localhost${BACK}`)
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)?.length, name).to.be.greaterThan(20)
  })

  it('ties the account with the verified address to the subject, and knows the subject from then on', async () => {
    as('nguoi-1', 'LAN@mau.edu.vn')
    const visitor = new Visitor(stage.app)
    expect((await visitor.agent.get(await roundTrip(visitor))).headers['location']).to.equal('/ho-so')
    expect((await visitor.agent.get('/ho-so')).text).to.contain('Người Mẫu lan')
    as('nguoi-1', 'khac@mau.edu.vn', false)
    const again = new Visitor(stage.app)
    await again.agent.get(await roundTrip(again))
    expect((await again.agent.get('/ho-so')).text).to.contain('Người Mẫu lan')
  })

  it('turns away strangers, unverified and doubtful addresses, another subject, a locked account: all in the same words', async () => {
    const locked = await stage.person('khoa', 'u1')
    await giveAddress(locked, 'khoa@mau.edu.vn')
    const by = { actor: { personId: 'x', name: 'X', seats: [] }, at: stage.clock.at, event: 'lockAccount' }
    await stage.people.setActive(await stage.people.get(locked), false, by)
    const answers: string[] = []
    for (const [sub, email, verified] of [
      ['la', 'la@noi-khac.vn', true],
      ['nguoi-2', 'hoa@mau.edu.vn', false],
      ['nguoi-3', 'doi@mau.edu.vn', true],
      ['nguoi-4', 'lan@mau.edu.vn', true],
      ['nguoi-5', 'khoa@mau.edu.vn', true],
    ] as const) {
      as(sub, email, verified)
      const visitor = new Visitor(stage.app)
      const { status, text } = await visitor.agent.get(await roundTrip(visitor))
      answers.push(`${status} ${text.includes('hệ thống không tự mở tài khoản')}`)
      expect((await visitor.agent.get('/ho-so')).status, sub).to.equal(303)
    }
    expect(new Set(answers)).to.deep.equal(new Set(['403 true']))
  })

  it('refuses a forged state, another browser’s answer, a second use and a made-up code', async () => {
    as('nguoi-1', 'lan@mau.edu.vn')
    const refused = async (visitor: Visitor, path: string): Promise<void> => {
      expect((await visitor.agent.get(path)).status, path).to.equal(401)
      expect((await visitor.agent.get('/ho-so')).status, path).to.equal(303)
    }
    const visitor = new Visitor(stage.app)
    const path = await roundTrip(visitor)
    await refused(visitor, path.replace(/state=[^&]+/, 'state=gia-mao'))
    // The forged answer used this way there up: the true one comes too late.
    await refused(visitor, path)
    await refused(new Visitor(stage.app), await roundTrip(new Visitor(stage.app)))
    const other = new Visitor(stage.app)
    await refused(other, (await roundTrip(other)).replace(/code=[^&]+/, 'code=bia-ra'))
  })

  it('refuses a token with a wrong nonce, audience or time', async () => {
    as('nguoi-1', 'lan@mau.edu.vn')
    for (const [name, value] of [
      ['nonce', 'khac'],
      ['aud', 'chuong-trinh-khac'],
      ['exp', 1_000],
      ['iss', 'https://xau.example'],
    ] as const) {
      bend = token => void Object.assign(token.payload, { [name]: value })
      const visitor = new Visitor(stage.app)
      expect((await visitor.agent.get(await roundTrip(visitor))).status, name).to.equal(401)
      expect((await visitor.agent.get('/ho-so')).status, name).to.equal(303)
    }
  })

  it('leads only within this site, and asks for the second factor all the same', async () => {
    as('nguoi-1', 'lan@mau.edu.vn')
    const visitor = new Visitor(stage.app)
    expect((await visitor.agent.get(await roundTrip(visitor, 'https://xau.example'))).headers['location']).to.equal('/')
    const account = await stage.people.accountNamed('lan')
    if (!account) throw new Error('lan has an account')
    const by = { actor: { personId: 'x', name: 'X', seats: [] }, at: stage.clock.at, event: 'setUpSecondFactor' }
    await stage.people.setFactor(
      account,
      { secret: secretSeal([SECRET]).close('JBSWY3DPEHPK3PXP', account.personId), lastStep: 0, recovery: [] },
      by,
    )
    const again = new Visitor(stage.app)
    const { headers } = await again.agent.get(await roundTrip(again))
    expect(headers['location']).to.equal('/dang-nhap/ma-xac-thuc')
    expect((await again.agent.get('/ho-so')).status).to.equal(303)
  })

  it('is untied by the IT team alone, so that a wrong tie can be mended', async () => {
    await stage.person('cntt', 'so', [seat('itAdmin', 'so')])
    await stage.person('truong', 'u1', [seat('head', 'u1')])
    const id = (await stage.people.accountNamed('lan'))?.personId ?? ''
    const page = `/quan-tri/tai-khoan/${id}/bo-lien-ket`
    expect((await (await signedIn(stage.app, 'truong')).post(page, {})).status).to.equal(403)
    expect((await (await signedIn(stage.app, 'cntt')).post(page, {})).status).to.equal(303)
    expect(await stage.people.subjectOf(id)).to.equal(undefined)
  })
})
