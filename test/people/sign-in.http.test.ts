import { expect } from 'chai'
import request from 'supertest'
import { appForTests, PASSWORD, seat, sessionsIn, signedIn, Visitor } from '../http/app-for-tests.ts'

describe('signing in', () => {
  let stage: Awaited<ReturnType<typeof appForTests>>
  before(async () => {
    stage = await appForTests()
    for (const name of ['lan', 'hoa', 'minh', 'cuc']) await stage.person(name, 'u1')
    await stage.person('moi', 'u1', [], true)
  })
  const sessionId = (headers: Record<string, unknown>): string | undefined =>
    /kiemdinh\.sid=s%3A([^.]+)/.exec(String(headers['set-cookie']))?.[1]

  it('begins a session with a new id and forgets the one from before', async () => {
    const visitor = new Visitor(stage.app)
    const before = sessionId((await visitor.agent.get('/dang-nhap')).headers)
    const { status, headers } = await visitor.signIn('lan')
    expect(status).to.equal(303)
    expect(headers['location']).to.equal('/ho-so')
    expect(sessionId(headers)).to.be.a('string').and.not.equal(before)
    expect(await sessionsIn(stage.db).countDocuments({ _id: before ?? '' })).to.equal(0)
    expect((await visitor.agent.get('/ho-so')).text).to.contain('Người Mẫu lan')
  })
  it('does not mind how the keyboard composes letters or the case of the name', async () => {
    expect((await new Visitor(stage.app).signIn('LAN', PASSWORD.normalize('NFD'))).status).to.equal(303)
  })
  it('gives one answer to a wrong password, an unknown name and a locked account', async () => {
    const lockedId = await stage.person('khoa', 'u1')
    const by = { actor: { personId: 'x', name: 'X', seats: [] }, at: new Date(), event: 'lockAccount' }
    await stage.people.setActive(await stage.people.get(lockedId), false, by)
    const answers = await Promise.all(
      [
        ['hoa', 'sai mật khẩu'],
        ['khong-co-ai', PASSWORD],
        ['khoa', PASSWORD],
      ].map(async ([name = '', password = '']) => {
        const { status, text } = await new Visitor(stage.app).signIn(name, password)
        return `${status} ${/field-error[^>]*>([^<]+)/.exec(text)?.[1]}`
      }),
    )
    expect(new Set(answers)).to.deep.equal(new Set(['422 Tên đăng nhập hoặc mật khẩu chưa đúng.']))
  })
  it('asks for what is missing and keeps the name typed', async () => {
    const { status, text } = await new Visitor(stage.app).signIn('hoa', '')
    expect(status).to.equal(422)
    expect(text).to.contain('Xin nhập mật khẩu.').and.contain('value="hoa"')
  })
  it('rests a name after five wrong tries, known or not, even for the right password', async () => {
    for (const name of ['minh', 'khong-ai-ca']) {
      const visitor = new Visitor(stage.app)
      for (let time = 0; time < 5; time++) expect((await visitor.signIn(name, 'sai')).status).to.equal(422)
      const { status, text } = await visitor.signIn(name)
      expect(status).to.equal(429)
      expect(text).to.contain('Đã nhập sai quá nhiều lần').and.contain('15 phút')
    }
    expect((await new Visitor(stage.app).signIn('cuc')).status).to.equal(303)
  })
  it('forgets the wrong tries once the right password came', async () => {
    const visitor = new Visitor(stage.app)
    for (let round = 0; round < 2; round++) {
      for (let time = 0; time < 3; time++) await new Visitor(stage.app).signIn('cuc', 'sai')
      expect((await new Visitor(stage.app).signIn('cuc')).status).to.equal(303)
    }
    expect((await visitor.signIn('cuc')).status).to.equal(303)
  })
  it('sweeps counts that have run out and leaves the others', async () => {
    const counts = stage.db.connection.collection('signInTriesByName')
    expect(await counts.countDocuments()).to.be.greaterThan(0)
    await stage.limits.sweep(new Date())
    expect(await counts.countDocuments()).to.be.greaterThan(0)
    await stage.limits.sweep(new Date(Date.now() + 3_600_000))
    expect(await counts.countDocuments()).to.equal(0)
  })
  it('leads to the page that was wished for, never to another site', async () => {
    expect((await new Visitor(stage.app).signIn('lan', PASSWORD, '/mau?nam=2024-2025')).headers['location']).to.equal(
      '/mau?nam=2024-2025',
    )
    for (const wish of ['//xau.example', 'https://xau.example', '/\\xau.example'])
      expect((await new Visitor(stage.app).signIn('lan', PASSWORD, wish)).headers['location'], wish).to.equal('/')
  })
  it('lets somebody with a temporary password do nothing before changing it', async () => {
    const visitor = await signedIn(stage.app, 'moi')
    for (const path of ['/ho-so', '/quan-tri/tai-khoan'])
      expect((await visitor.agent.get(path)).headers['location'], path).to.equal('/doi-mat-khau')
    const fields = { current: PASSWORD, next: 'Hoa sữa tháng mười', repeated: 'Hoa sữa tháng mười' }
    const changed = await visitor.post('/doi-mat-khau', fields, '/doi-mat-khau')
    expect(changed.headers['location']).to.equal('/')
    expect((await visitor.agent.get('/ho-so')).status).to.equal(200)
    expect((await new Visitor(stage.app).signIn('moi')).status).to.equal(422)
    expect((await new Visitor(stage.app).signIn('moi', 'Hoa sữa tháng mười')).status).to.equal(303)
  })
  it('tells at each field what is wrong with a new password', async () => {
    const visitor = await signedIn(stage.app, 'cuc')
    const wrong = { current: 'sai', next: 'hoa', repeated: 'khác' }
    const { status, text } = await visitor.post('/doi-mat-khau', wrong, '/doi-mat-khau')
    expect(status).to.equal(422)
    expect(text).to.contain('Mật khẩu hiện tại chưa đúng.').and.contain('ít nhất 10').and.contain('chưa giống nhau')
    const { text: same } = await visitor.post(
      '/doi-mat-khau',
      { current: PASSWORD, next: PASSWORD, repeated: PASSWORD },
      '/doi-mat-khau',
    )
    expect(same).to.contain('phải khác mật khẩu cũ')
  })
  it('ends the other sessions when the password changes, and all of them on demand', async () => {
    await stage.person('thu', 'u1')
    const [here, there] = [await signedIn(stage.app, 'thu'), await signedIn(stage.app, 'thu')]
    const next = 'Mưa rơi trên mái ngói'
    await here.post('/doi-mat-khau', { current: PASSWORD, next, repeated: next }, '/doi-mat-khau')
    expect((await here.agent.get('/ho-so')).status).to.equal(200)
    expect((await there.agent.get('/ho-so')).status).to.equal(303)
    await there.signIn('thu', next)
    expect((await there.agent.get('/ho-so')).status).to.equal(200)
    await there.post('/ho-so/dang-xuat-moi-noi', {})
    expect((await here.agent.get('/ho-so')).status).to.equal(303)
    expect((await there.agent.get('/ho-so')).status).to.equal(303)
  })
  it('signs out', async () => {
    const visitor = await signedIn(stage.app, 'lan')
    await visitor.post('/dang-xuat', {})
    expect((await visitor.agent.get('/ho-so')).headers['location']).to.equal('/dang-nhap?ve=%2Fho-so')
  })
  it('does not sign in from another site', async () => {
    const fields = { username: 'lan', password: PASSWORD }
    expect((await request(stage.app).post('/dang-nhap').type('form').send(fields)).status).to.equal(403)
  })

  describe('looking after accounts', () => {
    let head: Visitor
    let strangerId: string
    before(async () => {
      await stage.person('truong', 'u1', [seat('head', 'u1')])
      await stage.person('cntt', 'so', [seat('itAdmin', 'so')])
      strangerId = await stage.person('la', 'u2')
      head = await signedIn(stage.app, 'truong')
    })
    const create = (visitor: Visitor, fields: Readonly<Record<string, string>>) =>
      visitor.post('/quan-tri/tai-khoan', fields, '/quan-tri/tai-khoan/them')

    it('creates a person who cannot sign in before taking the invitation up', async () => {
      const { status, text } = await create(head, { name: 'Đặng Thị Thử', username: 'dangthithu', unitId: 'u1' })
      expect(status).to.equal(200)
      expect(text).to.contain('/dat-mat-khau?ma=')
      expect((await new Visitor(stage.app).signIn('dangthithu')).status).to.equal(422)
      const { text: list } = await head.agent.get('/quan-tri/tai-khoan?q=dang thu')
      expect(list).to.contain('Đặng Thị Thử').and.not.contain('Người Mẫu lan').and.not.contain('$argon2')
    })
    it('refuses a name that is taken and keeps the form filled', async () => {
      const { status, text } = await create(head, { name: 'Ai Đó', username: 'LAN', unitId: 'u1' })
      expect(status).to.equal(422)
      expect(text).to.contain('đã có người dùng').and.contain('value="Ai Đó"')
    })
    it('lists the own unit to a head and everybody to the IT team', async () => {
      expect((await head.agent.get('/quan-tri/tai-khoan')).text).not.to.contain('Người Mẫu la<')
      const team = await signedIn(stage.app, 'cntt')
      expect((await team.agent.get('/quan-tri/tai-khoan')).text).to.contain('Người Mẫu la<')
      expect((await create(team, { name: 'X', username: 'x.y.z', unitId: 'lạ' })).text).to.contain('Không có đơn vị')
    })
    it('hides people of other units, and the whole page from everybody else', async () => {
      expect((await head.agent.get(`/quan-tri/tai-khoan/${strangerId}`)).status).to.equal(404)
      expect((await head.post(`/quan-tri/tai-khoan/${strangerId}/lien-ket`, {})).status).to.equal(404)
      expect((await create(head, { name: 'X', username: 'xyz', unitId: 'u2' })).status).to.equal(403)
      const teacher = await signedIn(stage.app, 'lan')
      const { status, text } = await teacher.agent.get('/quan-tri/tai-khoan')
      expect(status).to.equal(403)
      expect(text).to.contain('Nhóm quản trị công nghệ thông tin')
    })
    it('keeps a head from taking over an account that reaches beyond the unit', async () => {
      const id = await stage.person('doan', 'u1', [seat('staff', 'u1'), seat('provinceOfficer', 'so')])
      expect((await head.post(`/quan-tri/tai-khoan/${id}/lien-ket`, {})).status).to.equal(403)
      expect((await new Visitor(stage.app).signIn('doan')).status).to.equal(303)
    })
    it('locks at once, asks why, unlocks, and writes each into the journal', async () => {
      const id = await stage.person('nghi', 'u1')
      const visitor = await signedIn(stage.app, 'nghi')
      const page = `/quan-tri/tai-khoan/${id}`
      const without = await head.post(`${page}/khoa`, { reason: ' ' }, page)
      expect(without.status).to.equal(422)
      expect(without.text).to.contain('Xin ghi lý do').and.contain('<details class="step-reason" open>')
      expect((await head.post(`${page}/khoa`, { reason: 'Nghỉ hưu' }, page)).status).to.equal(303)
      expect((await visitor.agent.get('/ho-so')).status).to.equal(303)
      expect((await head.post(`${page}/mo-khoa`, {}, page)).status).to.equal(303)
      expect((await new Visitor(stage.app).signIn('nghi')).status).to.equal(303)
      await stage.settled()
      const journal = stage.db.connection.collection<{ entry: { event: string } }>('journal')
      const entries = await journal.find({ 'subject.id': id }).toArray()
      expect(entries.map(({ entry }) => entry.event)).to.have.members(['createPerson', 'lockAccount', 'unlockAccount'])
      expect(JSON.stringify(entries)).to.contain('Nghỉ hưu').and.not.contain('argon2')
    })
  })
})
