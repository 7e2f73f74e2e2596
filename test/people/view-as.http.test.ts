import { expect } from 'chai'
import { signedIn, type Visitor } from '../http/app-for-tests.ts'
import { rightsStage, type RightsStage } from '../rights/rights-stage.ts'

const REASON = 'Phiếu hỗ trợ số 12: không thấy phiếu tiêu chí 1.1'
const OF = (id: string): string => `/quan-tri/tai-khoan/${id}`
const MINUTE = 60_000

describe('looking as somebody else', function () {
  this.timeout(120_000)
  let stage: RightsStage
  let technician: Visitor
  before(async () => {
    stage = await rightsStage()
    technician = await signedIn(stage.app, 'quantri')
  })
  const look = (who: Visitor, id: string, reason = REASON, from = OF(id)) => who.post(`${OF(id)}/xem`, { reason }, from)
  const stop = (who: Visitor) => who.post('/thoi-xem', {}, '/viec-cua-toi')
  const sheet = () => `/danh-gia/${stage.ids.assessment}/phieu/1.1`

  it('is for the IT team alone, with a reason, and never as another administrator or oneself', async () => {
    const head = await signedIn(stage.app, 'hieutruong')
    expect((await look(head, 'thanhvien')).status).to.equal(403)
    const lead = await signedIn(stage.app, 'lanhdaoso')
    expect((await look(lead, 'thanhvien', REASON, '/viec-cua-toi')).status).to.equal(404)
    expect((await look(technician, 'thanhvien', 'xem thử')).status).to.equal(422)
    expect((await look(technician, 'quantri')).status).to.equal(409)
    await stage.seatAdministrator('quantri2')
    expect((await look(technician, 'quantri2')).status).to.equal(403)
    expect((await technician.agent.get(sheet())).status).to.equal(404)
  })

  it('shows the person’s pages with a banner, and stops at forms, files and the own account', async () => {
    expect((await look(technician, 'thanhvien')).headers['location']).to.equal('/')
    const { text, status } = await technician.agent.get(sheet())
    expect(status).to.equal(200)
    expect(text).to.contain('Đang xem với tư cách').and.contain('Mùa Thị Thành Viên').and.contain('action="/thoi-xem"')
    const { evidence, sha256 } = stage.ids
    const closed = [
      `/minh-chung/${evidence}/tep/${sha256}`,
      `${sheet()}/phieu.pdf`,
      `${sheet()}/trang-thai`,
      '/ho-so',
      '/ho-so/xac-thuc-hai-buoc',
      '/quan-tri/tai-khoan',
      '/doi-mat-khau',
    ]
    for (const path of closed) expect((await technician.agent.get(path)).status, path).to.equal(403)
    expect((await technician.agent.get(`/minh-chung/${evidence}`)).text).to.contain('Đang xem với tư cách')
    for (const path of [
      `/danh-gia/${stage.ids.assessment}/gop-y`,
      '/nam-hoc',
      '/thong-bao/da-doc',
      `${OF('giaovien')}/xem`,
    ])
      expect(
        (await technician.post(path, { text: 'Chen vào', year: '2024-2025', reason: REASON }, '/viec-cua-toi')).status,
        path,
      ).to.equal(403)
    expect((await stage.system.comments.ofAssessment(stage.ids.assessment)).map(each => each.by)).to.deep.equal([
      'giaovien',
    ])
    expect((await technician.agent.get('/xem-xet')).status).to.equal(403)
  })

  it('leaves no trace of the person on a sheet that is only looked at', async () => {
    const page = sheet()
    expect((await technician.agent.get(page)).text).to.contain('Đang xem với tư cách')
    const there = stage.db.connection.collection('presence')
    expect(await there.countDocuments({ personId: 'thanhvien' })).to.equal(0)
    await (await signedIn(stage.app, 'thanhvien')).agent.get(page)
    expect(await there.countDocuments({ personId: 'thanhvien' })).to.equal(1)
  })

  it('leaves the reason in the person’s journal under the real name, in the inbox and on the profile', async () => {
    await stage.system.post.settled()
    const lines = await stage.system.journal.of({ kind: 'person', id: 'thanhvien' })
    const line = lines.find(({ event }) => event === 'viewAs')
    expect(line).to.include({ reason: REASON })
    expect(line?.by.personId).to.equal('quantri')
    const person = await signedIn(stage.app, 'thanhvien')
    expect((await person.agent.get('/thong-bao')).text).to.contain('Quản trị hệ thống đã xem với tư cách của bạn')
    const profile = (await person.agent.get('/ho-so')).text
    expect(profile).to.contain(REASON).and.contain('Cà Văn Quản Trị').and.not.contain('Đang xem với tư cách')
  })

  it('ends by the button, and by itself after half an hour', async () => {
    expect((await stop(technician)).status).to.equal(303)
    expect((await technician.agent.get(sheet())).status).to.equal(404)
    await look(technician, 'thanhvien')
    stage.clock.at = new Date(stage.clock.at.getTime() + 29 * MINUTE)
    expect((await technician.agent.get(sheet())).status).to.equal(200)
    stage.clock.at = new Date(stage.clock.at.getTime() + 2 * MINUTE)
    expect((await technician.agent.get(sheet())).status).to.equal(404)
    expect((await technician.agent.get('/quan-tri/tai-khoan')).text).not.to.contain('Đang xem với tư cách')
  })

  it('ends at once for an administrator who is none any more', async () => {
    const other = await signedIn(stage.app, 'quantri2')
    await look(other, 'thanhvien')
    expect((await other.agent.get(sheet())).status).to.equal(200)
    await stage.unseat('quantri2')
    expect((await other.agent.get(sheet())).status).to.equal(404)
  })
})
