import { expect } from 'chai'
import { appForTests, seat, signedIn } from '../http/app-for-tests.ts'
import { explainUsesIndex } from '../support/explain.ts'

describe('the list of own sessions', () => {
  let stage: Awaited<ReturnType<typeof appForTests>>
  before(async () => {
    stage = await appForTests()
    for (const name of ['lan', 'hoa']) await stage.person(name, 'u1', [seat('staff', 'u1')])
    await stage.person('truong', 'u1', [seat('head', 'u1')])
  })
  const handlesIn = (html: string): readonly string[] =>
    [...html.matchAll(/name="handle" value="([^"]+)"/g)].map(found => found[1] ?? '')

  it('shows each device with its network, marks this one and ends another at once', async () => {
    const [here, there] = [await signedIn(stage.app, 'lan'), await signedIn(stage.app, 'lan')]
    const { text } = await here.agent.get('/ho-so')
    expect(text).to.contain('Thiết bị này').and.contain('chính máy chủ')
    const [handle = ''] = handlesIn(text)
    expect(handlesIn(text)).to.have.length(1)
    expect((await here.post('/ho-so/phien/ket-thuc', { handle })).status).to.equal(303)
    expect((await there.agent.get('/ho-so')).status).to.equal(303)
    expect((await here.agent.get('/ho-so')).status).to.equal(200)
  })

  it('ends nobody else’s session and names none by its real id', async () => {
    const [lan, hoa, hoaToo] = [
      await signedIn(stage.app, 'lan'),
      await signedIn(stage.app, 'hoa'),
      await signedIn(stage.app, 'hoa'),
    ]
    const { text } = await hoa.agent.get('/ho-so')
    const [handle = ''] = handlesIn(text)
    expect((await lan.post('/ho-so/phien/ket-thuc', { handle })).status).to.equal(404)
    expect((await hoaToo.agent.get('/ho-so')).status).to.equal(200)
    for (const { _id } of await stage.db.connection.collection('sessions').find().toArray())
      expect(text).not.to.contain(String(_id))
  })

  it('lets whoever looks after the account end all of them', async () => {
    const id = (await stage.people.accountNamed('hoa'))?.personId ?? ''
    const device = await signedIn(stage.app, 'hoa')
    const head = await signedIn(stage.app, 'truong')
    const page = `/quan-tri/tai-khoan/${id}`
    expect((await head.agent.get(page)).text).to.contain('Đăng xuất mọi thiết bị')
    expect((await head.post(`${page}/dang-xuat`, {}, page)).status).to.equal(303)
    expect((await device.agent.get('/ho-so')).status).to.equal(303)
  })

  it('reads by an index', async () => {
    const rows = stage.db.connection.collection('sessions')
    await explainUsesIndex(rows.find({ 'session.passport.user.personId': 'x', 'session.passport.user.epoch': 1 }))
  })
})
