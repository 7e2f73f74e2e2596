import { expect } from 'chai'
import { readGrids } from '../../src/sheet-files/index.ts'
import { seat, signedIn, type Visitor } from '../http/app-for-tests.ts'
import { organisationsStage } from './stage.ts'

const PROFILE = { address: 'Số 2 đường Hoa Mai', campuses: '2', founded: '1998', phone: '0200 111 222', revision: '1' }

describe('the screens of units and settings', () => {
  let stage: Awaited<ReturnType<typeof organisationsStage>>
  let head: Visitor
  let otherHead: Visitor
  let lead: Visitor
  let province: Visitor

  before(async () => {
    stage = await organisationsStage()
    await stage.person('head', 'thcs', [seat('head', 'thcs')])
    await stage.person('other', 'thpt', [seat('head', 'thpt')])
    await stage.person('lead', 'xa', [seat('middleLead', 'xa')])
    await stage.person('so', 'so', [seat('provinceLead', 'so')])
    ;[head, otherHead, lead, province] = await Promise.all(
      ['head', 'other', 'lead', 'so'].map(name => signedIn(stage.app, name)) as [
        Promise<Visitor>,
        Promise<Visitor>,
        Promise<Visitor>,
        Promise<Visitor>,
      ],
    )
  })

  it('shows the tree as it hung together on the day asked', async () => {
    const before = (await head.agent.get('/don-vi?ngay=2025-06-30')).text
    expect(before).to.contain('Phòng Giáo dục và Đào tạo huyện Mây').and.not.contain('UBND xã Suối Mây')
    const after = (await head.agent.get('/don-vi?ngay=2025-07-01')).text
    expect(after).to.contain('UBND xã Suối Mây').and.not.contain('huyện Mây')
  })

  it('finds units without accents', async () => {
    const { text } = await head.agent.get('/don-vi?tim=la%20lua')
    expect(text).to.contain('Trường THCS Lá Lúa').and.contain('Tìm thấy 1 đơn vị').and.not.contain('Đồi Thông')
  })

  it('shows a unit with its former managers, and nothing for an unknown one', async () => {
    const { text } = await head.agent.get('/don-vi/thcs')
    expect(text).to.contain('01/01/2000 – 30/06/2025').and.contain('Sửa hồ sơ trường')
    expect((await otherHead.agent.get('/don-vi/thcs')).text).to.not.contain('Sửa hồ sơ trường')
    expect((await head.agent.get('/don-vi/khong-co')).status).to.equal(404)
  })

  it('links to the posts of a unit only for those who may open them', async () => {
    for (const [who, own] of [
      [head, true],
      [lead, true],
      [otherHead, false],
    ] as const) {
      const { text } = await who.agent.get('/don-vi/thcs')
      expect(text.includes('/don-vi/thcs/nhan-su')).to.equal(own)
      expect((await who.agent.get('/don-vi/thcs/nhan-su')).status).to.equal(own ? 200 : 404)
    }
  })

  it('lets the head alone change the profile, and says at each field what is wrong', async () => {
    const refused = await otherHead.post('/don-vi/thcs/ho-so', PROFILE)
    expect(refused.status).to.equal(403)
    expect(refused.text).to.contain('Hiệu trưởng của trường')
    const wrong = await head.post(
      '/don-vi/thcs/ho-so',
      { ...PROFILE, founded: 'xưa', address: '' },
      '/don-vi/thcs/ho-so',
    )
    expect(wrong.status).to.equal(422)
    expect(wrong.text)
      .to.contain('Xin nhập một năm từ 1800')
      .and.contain('Xin nhập địa chỉ.')
      .and.contain('value="xưa"')
    const saved = await head.post('/don-vi/thcs/ho-so', PROFILE, '/don-vi/thcs/ho-so')
    expect(saved.status).to.equal(303)
    expect((await head.agent.get('/don-vi/thcs')).text).to.contain('Số 2 đường Hoa Mai')
    const stale = await head.post('/don-vi/thcs/ho-so', { ...PROFILE, campuses: '3' }, '/don-vi/thcs/ho-so')
    expect(stale.status).to.equal(409)
    expect(stale.text).to.contain('vừa được người khác sửa')
  })

  it('lists settings with basis, standing and who may change them', async () => {
    const { text } = await head.agent.get('/cai-dat')
    expect(text).to.contain('Điều 24 TT 17, 18, 19/2018/TT-BGDĐT').and.contain('Theo văn bản').and.contain('Không ai')
    expect(text).to.contain('/cai-dat/internalCommentDays?').and.not.contain('/cai-dat/voteShare?')
  })

  it('lets a school set what is its own, for some days, with a reason, and take it back', async () => {
    const form = '/cai-dat/internalCommentDays?don-vi=thcs&nam=2025-2026'
    const fields = { unitId: 'thcs', revision: '0', value: '0', from: '2025-08-01', until: '2026-07-31' }
    const send = (more: Record<string, string>) =>
      head.post('/cai-dat/internalCommentDays', { ...fields, ...more }, form)
    expect((await send({ reason: '' })).status).to.equal(422)
    expect((await send({ value: '99', reason: 'Thử' })).text).to.contain('Xin nhập từ 0 đến 60.')
    const backwards = await send({ until: '2025-07-31', reason: 'Thử' })
    expect(backwards.text).to.contain('Ngày kết thúc phải từ ngày bắt đầu trở đi.')
    expect((await send({ schoolKind: 'thcs', reason: 'Thử' })).text).to.contain('không chọn cấp học')
    expect((await send({ reason: 'Đã họp lấy ý kiến' })).status).to.equal(303)
    const list = '/cai-dat?nam=2025-2026'
    expect((await head.agent.get(list)).text).to.contain(
      'do Trường THCS Lá Lúa quy định (mọi cấp học, từ 01/08/2025 đến 31/07/2026)',
    )
    expect((await head.agent.get(`${list}&ngay=2026-08-01`)).text)
      .to.contain('mặc định; 0 ngày làm việc cho mọi cấp học, từ 01/08/2025 đến 31/07/2026 (Trường THCS Lá Lúa)')
      .and.not.contain('do Trường THCS Lá Lúa quy định')
    const overlap = await send({ revision: '1', until: '', reason: 'Thêm nữa' })
    expect(overlap.status).to.equal(422)
    expect(overlap.text).to.contain('Trùng thời gian với giá trị đã đặt').and.contain('value="2025-08-01"')
    const { text } = await head.agent.get(`${form}&gia-tri=1`)
    expect(text).to.contain('Sửa giá trị').and.contain('Đã họp lấy ý kiến').and.contain('Bỏ giá trị này')
    const back = await head.post(
      '/cai-dat/internalCommentDays/bo',
      { unitId: 'thcs', valueId: '1', revision: '1', reason: 'Theo mặc định' },
      form,
    )
    expect(back.status).to.equal(303)
    expect((await head.agent.get(list)).text).to.not.contain('do Trường THCS Lá Lúa quy định')
    await stage.settled()
    expect((await head.agent.get(form)).text).to.contain('Bỏ 0 ngày làm việc cho mọi cấp học, từ 01/08/2025')
  })

  it('refuses a unit that may not set a key, a stranger, and a key that does not exist', async () => {
    const fields = { revision: '0', value: '0,6', reason: 'Thử xem' }
    expect((await head.post('/cai-dat/voteShare', { ...fields, unitId: 'thcs' })).status).to.equal(403)
    expect((await lead.post('/cai-dat/voteShare', { ...fields, unitId: 'so' })).status).to.equal(403)
    expect((await province.post('/cai-dat/voteShare', { ...fields, unitId: 'so', value: '2/3' })).status).to.equal(303)
    const ofAll = { unitId: 'so', revision: '0', value: '0', schoolKind: 'thcs', reason: 'Thử xem' }
    const refused = await province.post('/cai-dat/rankUnits', ofAll, '/cai-dat/rankUnits?don-vi=so')
    expect(refused.status).to.equal(422)
    expect((await province.agent.get('/cai-dat/rankUnits?don-vi=so')).text).to.not.contain('name="schoolKind"')
    expect((await otherHead.agent.get('/cai-dat/internalCommentDays?don-vi=thcs')).status).to.equal(403)
    expect((await head.agent.get('/cai-dat/khong-co')).status).to.equal(404)
  })

  it('lets the managing unit move the date for its schools, for one kind of them too', async () => {
    const fields = { unitId: 'xa', revision: '0', value: '10/5', schoolKind: 'thcs', reason: 'Lịch của xã' }
    expect((await lead.post('/cai-dat/submitDue', { ...fields, value: '31/2' })).status).to.equal(422)
    expect((await lead.post('/cai-dat/submitDue', fields)).status).to.equal(303)
    expect((await head.agent.get('/cai-dat')).text).to.contain('10/05')
    expect((await otherHead.agent.get('/cai-dat')).text)
      .to.contain('15/05')
      .and.not.contain('10/05')
    const ofXa = '/cai-dat?don-vi=xa&nam=2025-2026'
    expect((await lead.agent.get(ofXa)).text).to.contain(
      'mặc định; 10/05 cho Trung học cơ sở, không giới hạn thời gian (UBND xã Suối Mây)',
    )
    expect((await lead.agent.get(`${ofXa}&loai=thcs`)).text).to.contain('do UBND xã Suối Mây quy định')
    const sheet = await lead.agent
      .get('/cai-dat/bang.xlsx?don-vi=xa&nam=2025-2026')
      .buffer(true)
      .parse((answer, done) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => done(null, Buffer.concat(parts)))
      })
    expect(JSON.stringify(await readGrids(sheet.body as Buffer)))
      .to.contain('Giá trị riêng')
      .and.contain('10/05')
      .and.contain('Trung học cơ sở')
  })

  it('lets the Sở open, change and close a working year, and everybody see it', async () => {
    const days = { year: '2025-2026', closingDay: '2026-05-31', holidays: '01/01/2026\n30/04/2026' }
    expect((await lead.post('/nam-hoc/moi', days)).status).to.equal(403)
    const outside = await province.post('/nam-hoc/moi', { ...days, closingDay: '2027-05-31' }, '/nam-hoc')
    expect(outside.status).to.equal(422)
    expect(outside.text).to.contain('Ngày phải nằm trong năm học 2025-2026')
    expect((await province.post('/nam-hoc/moi', days, '/nam-hoc')).status).to.equal(303)
    expect((await province.post('/nam-hoc/moi', days, '/nam-hoc')).status).to.equal(422)
    const { text } = await head.agent.get('/nam-hoc')
    expect(text).to.contain('Năm học 2025-2026').and.contain('01/01/2026, 30/04/2026').and.not.contain('Đóng năm học')
    const change = { ...days, closingDay: '2026-06-15', revision: '1' }
    expect((await province.post('/nam-hoc/2025-2026', change, '/nam-hoc')).status).to.equal(303)
    expect((await province.post('/nam-hoc/2025-2026', change, '/nam-hoc')).status).to.equal(409)
    const closing = { revision: '2', reason: '' }
    expect((await province.post('/nam-hoc/2025-2026/dong', closing, '/nam-hoc')).status).to.equal(422)
    const closed = await province.post('/nam-hoc/2025-2026/dong', { ...closing, reason: 'Hết năm học' }, '/nam-hoc')
    expect(closed.status).to.equal(303)
    expect((await stage.years.all()).map(({ id, state, closingDay }) => [id, state, closingDay])).to.deep.equal([
      ['2025-2026', 'closed', '2026-06-15'],
    ])
    expect((await province.agent.get('/nam-hoc')).text)
      .to.contain('Mở năm học 2026-2027')
      .and.contain('Mở lại năm học')
  })
})
