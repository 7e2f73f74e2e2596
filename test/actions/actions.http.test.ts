import { expect } from 'chai'
import { actionRoutes } from '../../src/actions/index.ts'
import { appForTests, signedIn } from '../http/app-for-tests.ts'
import { ID, SCHOOL, seat } from '../plans/bench.ts'
import { actionBench } from './bench.ts'

describe('screens of improvement actions', () => {
  const LIST = `/danh-gia/${ID}/cai-tien`

  it('show what is late, offer each person the own steps, and lead to the end', async () => {
    const bench = await actionBench()
    const stage = await appForTests(actionRoutes(bench.needs))
    await stage.person('thanhvien', SCHOOL, [seat('groupMember', { groupId: 'nhom-1' })])
    await stage.person('chutich', SCHOOL, [seat('chair')])
    await stage.person('truongkhac', 'truong-khac', [seat('chair', { unitId: 'truong-khac' })])
    const member = await signedIn(stage.app, 'thanhvien')
    const chair = await signedIn(stage.app, 'chutich')
    const stranger = await signedIn(stage.app, 'truongkhac')

    expect((await stranger.agent.get(LIST)).status).to.equal(404)
    const late = (await member.agent.get(`${LIST}?trangthai=qua-han`)).text
    expect(late).to.contain('Việc c').and.to.contain('quá hạn').and.not.to.contain('Việc a')
    expect(late).not.to.contain(`action="${LIST}/chuyen-nam-sau"`)

    const one = `${LIST}/1.1/a`
    const before = (await member.agent.get(one)).text
    expect(before).to.contain(`${one}/bat-dau`).and.not.to.contain(`${one}/khong-thuc-hien`)
    expect((await member.post(`${one}/bat-dau`, {}, one)).status).to.equal(303)
    const empty = await member.post(`${one}/tien-do`, { progress: ' ' }, one)
    expect(empty.status).to.equal(422)
    expect(empty.text).to.contain('Xin ghi việc đã làm đến đâu.')
    expect((await member.post(`${one}/tien-do`, { progress: 'Đã khảo sát' }, one)).status).to.equal(303)
    expect((await chair.agent.get(one)).text)
      .to.contain('Đã khảo sát')
      .and.to.contain(`${one}/hoan-thanh`)

    const half = await chair.post(`${one}/hoan-thanh`, { result: 'Đủ thiết bị', evidence: '' }, one)
    expect(half.status).to.equal(422)
    expect(half.text).to.contain('>Đủ thiết bị</textarea>').and.to.contain('Xin ghi minh chứng của kết quả.')
    const done = await chair.post(`${one}/hoan-thanh`, { result: 'Đủ thiết bị', evidence: 'H3-3.4-01' }, one)
    expect(done.status).to.equal(303)
    expect((await chair.agent.get(one)).text)
      .to.contain('Đã hoàn thành')
      .and.not.to.contain(`${one}/hoan-thanh`)

    expect((await member.post(`${LIST}/chuyen-nam-sau`, {}, LIST)).status).to.equal(403)
    expect((await chair.post(`${LIST}/chuyen-nam-sau`, {}, LIST)).status).to.equal(303)
    expect((await chair.agent.get(LIST)).text)
      .to.contain('Đã chuyển 2 việc')
      .and.to.contain('Chuyển sang năm sau')
  })
})
