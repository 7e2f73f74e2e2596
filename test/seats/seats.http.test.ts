import { expect } from 'chai'
import { seat, signedIn } from '../http/app-for-tests.ts'
import { organisationsStage } from '../organisations/stage.ts'

const PAGE = '/don-vi/thcs/nhan-su'
const TEACHER = {
  personId: 'p-hoa',
  role: 'staff',
  postKind: 'teamLead',
  post: 'Tổ trưởng chuyên môn tổ Toán – Tin',
  represents: 'subjectTeams',
  from: '2025-08-01',
  reason: 'Quyết định 05',
}

describe('the screen of people in posts', () => {
  let stage: Awaited<ReturnType<typeof organisationsStage>>
  before(async () => {
    stage = await organisationsStage()
    await stage.person('head', 'thcs', [seat('head', 'thcs')])
    await stage.person('other', 'thpt', [seat('head', 'thpt')])
    await stage.person('lead', 'xa', [seat('middleLead', 'xa')])
    await stage.person('staff', 'thcs', [seat('staff', 'thcs')])
  })

  it('lets the head add somebody known and shows them with post and body', async () => {
    const head = await signedIn(stage.app, 'head')
    expect((await head.post(PAGE, TEACHER, PAGE)).status).to.equal(303)
    const { text } = await head.agent.get(PAGE)
    expect(text)
      .to.contain('Trịnh Thị Hoa')
      .and.contain('Tổ trưởng chuyên môn tổ Toán – Tin')
      .and.contain('từ 01/08/2025')
  })

  it('gives a post to nobody unknown', async () => {
    const head = await signedIn(stage.app, 'head')
    const { status, text } = await head.post(PAGE, { ...TEACHER, personId: 'khong-co-ai' }, PAGE)
    expect(status).to.equal(422)
    expect(text).to.contain('Không có người này').and.not.contain('khong-co-ai –')
  })

  it('enters somebody new and shows the password once', async () => {
    const head = await signedIn(stage.app, 'head')
    const fields = {
      ...TEACHER,
      personId: '',
      newName: 'Phạm Văn Sấu',
      newUsername: 'sau',
      postKind: 'teacher',
      post: 'Giáo viên',
    }
    const { status, text } = await head.post(PAGE, fields, PAGE)
    expect(status).to.equal(200)
    expect(text).to.contain('mot-lan-thoi')
    expect((await head.agent.get(PAGE)).text)
      .to.contain('Phạm Văn Sấu')
      .and.not.contain('mot-lan-thoi')
  })

  it('says at each field what is missing and creates nobody for a post that cannot be given', async () => {
    const head = await signedIn(stage.app, 'head')
    const empty = await head.post(
      PAGE,
      { personId: '', newName: '', role: '', postKind: '', post: '', from: 'mai' },
      PAGE,
    )
    expect(empty.status).to.equal(422)
    expect(empty.text).to.contain('Xin chọn một người').and.contain('Xin nhập chức vụ').and.contain('Ngày phải có dạng')
    const notHis = {
      ...TEACHER,
      personId: '',
      newName: 'Kẻ Lạ',
      newUsername: 'la',
      role: 'head',
      postKind: 'principal',
    }
    expect((await head.post(PAGE, notHis, PAGE)).status).to.equal(403)
    expect((await head.agent.get(PAGE)).text).to.not.contain('Kẻ Lạ')
  })

  it('lets the managing lead appoint the head but not a second one', async () => {
    const lead = await signedIn(stage.app, 'lead')
    const principal = { ...TEACHER, personId: 'p-la', role: 'head', postKind: 'principal', post: 'Hiệu trưởng' }
    expect((await lead.post(PAGE, principal, PAGE)).status).to.equal(303)
    const second = await lead.post(PAGE, { ...principal, personId: 'p-hoa' }, PAGE)
    expect(second.status).to.equal(422)
    expect(second.text).to.contain('Đơn vị đã có người đứng đầu')
  })

  it('ends a post on a day and keeps it in the list', async () => {
    const head = await signedIn(stage.app, 'head')
    const teacher = (await stage.seats.ofUnit('thcs')).seats.find(({ personId }) => personId === 'p-hoa')
    const fields = { seatId: teacher?.id ?? '', to: '2025-09-30', reason: 'Chuyển công tác' }
    expect((await head.post(`${PAGE}/thoi-giu`, { ...fields, to: '2025-07-01' }, PAGE)).status).to.equal(422)
    expect((await head.post(`${PAGE}/thoi-giu`, fields, PAGE)).status).to.equal(303)
    expect((await head.agent.get(PAGE)).text).to.contain('01/08/2025 – 30/09/2025')
  })

  it('shows staff the list without forms, and strangers nothing', async () => {
    const staff = await signedIn(stage.app, 'staff')
    expect((await staff.agent.get(PAGE)).text)
      .to.contain('Đinh Văn Lá')
      .and.not.contain('Thêm nhân sự')
    expect((await staff.post(PAGE, TEACHER)).status).to.equal(403)
    const other = await signedIn(stage.app, 'other')
    expect((await other.agent.get(PAGE)).status).to.equal(404)
    expect((await other.post(PAGE, TEACHER)).status).to.equal(404)
  })

  it('tells everybody what each seat may do and marks the own one', async () => {
    const { text } = await (await signedIn(stage.app, 'head')).agent.get('/quyen-va-nhiem-vu')
    expect(text).to.contain('Không có quyền trên nội dung').and.contain('Vị trí của bạn')
  })
})
