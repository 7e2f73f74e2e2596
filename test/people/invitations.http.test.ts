import { expect } from 'chai'
import { readRows } from '../../src/sheet-files/index.ts'
import { appForTests, PASSWORD, seat, signedIn, Visitor } from '../http/app-for-tests.ts'

const COLUMNS = [
  { key: 'username', head: 'Tên đăng nhập', kind: 'text', required: true },
  { key: 'state', head: 'Trạng thái', kind: 'text', required: true },
] as const
const LIST = '/quan-tri/tai-khoan'
const NEXT = 'Mưa rơi trên mái ngói'
const DEAD = 'Liên kết này đã dùng, đã hết hạn'

describe('links with which a password is set', () => {
  let stage: Awaited<ReturnType<typeof appForTests>>
  let head: Visitor
  let itTeam: Visitor
  before(async () => {
    stage = await appForTests()
    await stage.person('truong', 'u1', [seat('head', 'u1')])
    await stage.person('cntt', 'so', [seat('itAdmin', 'so')])
    head = await signedIn(stage.app, 'truong')
    itTeam = await signedIn(stage.app, 'cntt')
  })

  const linkIn = (html: string): string =>
    /http:\/\/localhost(\/dat-mat-khau\?ma=[\w-]+)/.exec(html)?.[1] ?? expect.fail('no link on the page')

  const invite = async (username: string): Promise<string> => {
    const fields = { name: `Người Mới ${username}`, username, unitId: 'u1' }
    return linkIn((await head.post(LIST, fields, `${LIST}/them`)).text)
  }
  const reset = async (id: string): Promise<string> => linkIn((await head.post(`${LIST}/${id}/lien-ket`, {})).text)

  const take = (visitor: Visitor, link: string, next = NEXT, repeated = next) =>
    visitor.post('/dat-mat-khau', { ma: link.split('=')[1] ?? '', next, repeated }, link)

  it('lets the invited person set a password and in, once', async () => {
    const link = await invite('moi.mot')
    const newcomer = new Visitor(stage.app)
    expect((await newcomer.agent.get(link)).text)
      .to.contain('Người Mới moi.mot')
      .and.contain('moi.mot')
    expect((await take(newcomer, link)).headers['location']).to.equal('/')
    expect((await newcomer.agent.get('/ho-so')).text).to.contain('Người Mới moi.mot')
    const again = await new Visitor(stage.app).agent.get(link)
    expect(again.status).to.equal(410)
    expect(again.text).to.contain(DEAD)
    expect((await new Visitor(stage.app).signIn('moi.mot', NEXT)).status).to.equal(303)
  })

  it('gives one of two who use a link at the same time the account', async () => {
    const link = await invite('moi.hai')
    const passwords = [NEXT, 'Nắng lên trên đồi chè']
    const visitors = passwords.map(() => new Visitor(stage.app))
    for (const visitor of visitors) await visitor.agent.get(link)
    const answers = await Promise.all(visitors.map((visitor, at) => take(visitor, link, passwords[at])))
    expect(answers.filter(({ status }) => status === 303)).to.have.length(1)
    const winner = answers.findIndex(({ status }) => status === 303)
    const signIns = await Promise.all(passwords.map(each => new Visitor(stage.app).signIn('moi.hai', each)))
    expect(signIns.map(({ status }) => status === 303)).to.deep.equal(passwords.map((_, at) => at === winner))
  })

  it('tells an unknown, a replaced, an expired link and one of a locked account the same', async () => {
    const replaced = await invite('moi.ba')
    const person = (await stage.people.search({}, 'moi.ba', 1))[0]
    const page = `${LIST}/${person?.id ?? ''}`
    const second = linkIn((await head.post(`${page}/lien-ket`, {})).text)
    await head.post(`${page}/khoa`, { reason: 'Nhầm người' }, page)
    const locked = second
    const expired = await invite('moi.tu')
    const answers: string[] = []
    const ask = async (link: string) => {
      const { status, text } = await new Visitor(stage.app).agent.get(link)
      answers.push(`${status} ${text.includes(DEAD)} ${text.includes('Người Mới')}`)
    }
    await ask('/dat-mat-khau?ma=khong-co')
    await ask('/dat-mat-khau')
    await ask(replaced)
    await ask(locked)
    const before = stage.clock.at
    stage.clock.at = new Date(before.getTime() + 7 * 86_400_000)
    await ask(expired)
    stage.clock.at = before
    expect(new Set(answers)).to.deep.equal(new Set(['410 true false']))
    expect((await new Visitor(stage.app).agent.get(expired)).status).to.equal(200)
  })

  it('asks for a sound password and keeps the link alive meanwhile', async () => {
    const link = await invite('moi.nam')
    const visitor = new Visitor(stage.app)
    const { status, text } = await take(visitor, link, 'moi.nam', 'khác')
    expect(status).to.equal(422)
    expect(text).to.contain('ít nhất 10').and.contain('chưa giống nhau')
    expect((await take(visitor, link)).status).to.equal(303)
  })

  it('is kept nowhere in the clear and stands in no log', async () => {
    const link = await invite('moi.sau')
    const token = link.split('=')[1] ?? ''
    await new Visitor(stage.app).agent.get(link)
    await stage.settled()
    for (const { name } of await stage.db.connection.listCollections()) {
      const rows = await stage.db.connection.collection(name).find().toArray()
      expect(JSON.stringify(rows), name).not.to.contain(token)
    }
    expect(JSON.stringify(stage.log)).not.to.contain(token)
  })

  it('resets: the old password counts until the link is used, then no longer and nowhere', async () => {
    const id = await stage.person('quen', 'u1')
    const device = await signedIn(stage.app, 'quen')
    const link = await reset(id)
    expect((await device.agent.get('/ho-so')).status).to.equal(200)
    expect((await take(new Visitor(stage.app), link)).status).to.equal(303)
    expect((await device.agent.get('/ho-so')).headers['location']).to.contain('/dang-nhap')
    expect((await new Visitor(stage.app).signIn('quen', PASSWORD)).status).to.equal(422)
    expect((await new Visitor(stage.app).signIn('quen', NEXT)).status).to.equal(303)
  })

  it('revokes a password that others know: it counts no longer, nowhere, and the link sets a new one', async () => {
    const id = await stage.person('lo.mat.khau', 'u1')
    const device = await signedIn(stage.app, 'lo.mat.khau')
    const page = `${LIST}/${id}`
    expect((await head.agent.get(page)).text).to.contain(`${page}/huy-mat-khau`)
    const given = await head.post(`${page}/huy-mat-khau`, {})
    expect(given.text).to.contain('đã hết hiệu lực')
    const link = linkIn(given.text)
    expect((await device.agent.get('/ho-so')).headers['location']).to.contain('/dang-nhap')
    expect((await new Visitor(stage.app).signIn('lo.mat.khau', PASSWORD)).status).to.equal(422)
    expect((await head.agent.get(page)).text).not.to.contain(`${page}/huy-mat-khau`)
    expect((await head.post(`${page}/huy-mat-khau`, {}, page)).status).to.equal(409)
    expect((await new Visitor(stage.app).agent.get(link)).text).to.contain('Đặt mật khẩu mới')
    expect((await take(new Visitor(stage.app), link)).status).to.equal(303)
    expect((await new Visitor(stage.app).signIn('lo.mat.khau', NEXT)).status).to.equal(303)
  })

  it('offers nothing on an account that is out of reach, and says why', async () => {
    const admin = await stage.person('cntt.ba', 'u1', [seat('itAdmin', 'so')])
    const { text } = await head.agent.get(`${LIST}/${admin}`)
    expect(text).to.contain('do cấp Sở quản lý').and.not.contain(`action="${LIST}/${admin}`)
    const seenByIt = (await itTeam.agent.get(`${LIST}/${admin}`)).text
    expect(seenByIt).to.contain(`${LIST}/${admin}/lien-ket`).and.not.contain(`${LIST}/${admin}/xem`)
  })

  it('does not let somebody signed in take another account over by mistake', async () => {
    const link = await invite('moi.bay')
    const { status, text } = await head.post('/dat-mat-khau', {
      ma: link.split('=')[1] ?? '',
      next: NEXT,
      repeated: NEXT,
    })
    expect(status).to.equal(409)
    expect(text).to.contain('đăng xuất rồi mở lại')
  })

  it('gives nobody a link to the account of another school or of the IT team', async () => {
    const stranger = await stage.person('la', 'u2')
    expect((await head.post(`${LIST}/${stranger}/lien-ket`, {})).status).to.equal(404)
    const standIn = await stage.person('pho', 'u1', [seat('head', 'u1')])
    const principal = (await stage.people.accountNamed('truong'))?.personId ?? ''
    const deputy = await signedIn(stage.app, 'pho')
    expect((await deputy.post(`${LIST}/${principal}/lien-ket`, {})).status).to.equal(403)
    expect((await head.post(`${LIST}/${standIn}/khoa`, { reason: 'x' }, `${LIST}/${standIn}`)).status).to.equal(403)
    const admin = await stage.person('cntt.hai', 'u1', [seat('itAdmin', 'so')])
    expect((await head.post(`${LIST}/${admin}/lien-ket`, {})).status).to.equal(403)
  })

  describe('leaving', () => {
    const leave = (id: string, fields: Readonly<Record<string, string>>) =>
      head.post(`${LIST}/${id}/thoi-viec`, fields, `${LIST}/${id}`)

    it('closes the account from the day on, keeps the name and can be taken back', async () => {
      const id = await stage.person('nghi', 'u1')
      const device = await signedIn(stage.app, 'nghi')
      expect((await leave(id, { from: '06/10/2025', reason: 'Nghỉ hưu' })).status).to.equal(303)
      expect((await device.agent.get('/ho-so')).status).to.equal(200)
      const before = stage.clock.at
      stage.clock.at = new Date(before.getTime() + 86_400_000)
      expect((await device.agent.get('/ho-so')).headers['location']).to.contain('/dang-nhap')
      expect((await new Visitor(stage.app).signIn('nghi')).status).to.equal(422)
      expect((await head.post(`${LIST}/${id}/lien-ket`, {})).status).to.equal(409)
      expect(await stage.people.namesOf([id])).to.deep.equal(new Map([[id, 'Người Mẫu nghi']]))
      expect((await head.post(`${LIST}/${id}/mo-lai`, {})).status).to.equal(303)
      stage.clock.at = before
      expect((await new Visitor(stage.app).signIn('nghi')).status).to.equal(303)
    })

    it('lists open work and waits until it is handed over or seen', async () => {
      const id = await stage.person('ban', 'u1')
      stage.openWork.set(id, [{ code: 'inGroup', message: 'Còn 2 tiêu chí chưa thống nhất', href: '/danh-gia/x/nhom' }])
      const refused = await leave(id, { from: '01/10/2025', reason: 'Chuyển trường' })
      expect(refused.status).to.equal(409)
      expect(refused.text).to.contain('Còn 2 tiêu chí chưa thống nhất').and.contain('/danh-gia/x/nhom')
      expect((await new Visitor(stage.app).signIn('ban')).status).to.equal(303)
      const seen = { from: '01/10/2025', reason: 'Chuyển trường', openWorkSeen: 'on' }
      expect((await leave(id, seen)).status).to.equal(303)
      expect((await new Visitor(stage.app).signIn('ban')).status).to.equal(422)
    })

    it('asks for a day and a reason, and closes nobody’s own account', async () => {
      const id = await stage.person('o.lai', 'u1')
      const { status, text } = await leave(id, { from: 'mai', reason: '' })
      expect(status).to.equal(422)
      expect(text).to.contain('Ngày phải có dạng')
      const own = (await stage.people.search({}, 'truong', 1))[0]?.id ?? ''
      expect((await leave(own, { from: '01/10/2025', reason: 'x', openWorkSeen: 'on' })).status).to.equal(409)
    })
  })

  it('exports the accounts of a unit and invites all of it who still wait', async () => {
    const link = await invite('moi.tam')
    const sheet = await head.agent.get(`${LIST}/xuat?donvi=u1`).responseType('blob')
    const read = await readRows(sheet.body as Buffer, COLUMNS)
    expect(read.rows.map(({ values }) => values)).to.deep.include({ username: 'moi.tam', state: 'Chờ đặt mật khẩu' })
    expect((await head.agent.get(`${LIST}/xuat?donvi=u2`)).status).to.equal(404)
    const invited = await head.post(`${LIST}/moi-don-vi`, { donvi: 'u1' }, LIST)
    expect(invited.status).to.equal(200)
    expect((await new Visitor(stage.app).agent.get(link)).status).to.equal(410)
    expect((await itTeam.post(`${LIST}/moi-don-vi`, { donvi: '' }, LIST)).status).to.equal(422)
  })
})
