import { expect } from 'chai'
import { cancel, openAssessment } from '../../src/assessments/index.ts'
import { NotFound } from '../../src/kernel/refusals.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { signedIn, tokenOf, type Visitor } from '../http/app-for-tests.ts'
import { assessmentStage, councilOf, HERE, ID, SCHOOL, sheetsIn, withCouncil, YEAR, type Stage } from './stage.ts'

type Fields = Readonly<Record<string, string | readonly string[]>>

/** Posts a form as the page `from` does; a field may be sent several times. */
async function send(who: Visitor, path: string, fields: Fields, from = path) {
  const csrf = tokenOf((await who.agent.get(from)).text)
  const body = new URLSearchParams({ _csrf: csrf, _page: from })
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) body.append(name, each)
  return who.agent.post(path).type('form').send(body.toString())
}

/** The council's form as it stands when these people are on it. */
function councilForm(usernames: readonly string[], more: Fields = {}): Fields {
  const { members, secretariat } = councilOf(usernames)
  return {
    ...Object.fromEntries(members.map(member => [`role.${member.personId}`, member.role])),
    ...Object.fromEntries(members.map(member => [`represents.${member.personId}`, member.represents])),
    shown: members.map(member => member.personId),
    secretariat: secretariat.map(helper => helper.personId),
    ...more,
  }
}

const SIX = ['hieutruong', 'photruong', 'toan', 'van', 'vanphong', 'congdoan']
const EIGHT = [...SIX, 'doi', 'giaovien']

async function opened(): Promise<Stage> {
  const stage = await assessmentStage()
  await openAssessment(stage.system.assessmentNeeds)(await stage.actor('hieutruong'), SCHOOL, YEAR)
  return stage
}

const PLAN = { version: 1, number: '20/KH-THHS', approvedOn: '2025-09-10', deadlines: { adoptDue: '2026-03-20' } }

describe('the screens of an assessment', () => {
  it('lets the head open it once, and nobody else', async () => {
    const stage = await assessmentStage()
    const staff = await signedIn(stage.app, 'dungngoai')
    expect((await staff.agent.get('/danh-gia')).text).to.not.contain('Mở đợt tự đánh giá</button>')
    expect((await send(staff, '/danh-gia', { schoolId: SCHOOL })).status).to.equal(403)
    const head = await signedIn(stage.app, 'hieutruong')
    expect((await head.agent.get('/')).headers['location']).to.equal('/viec-cua-toi')
    expect((await head.agent.get('/viec-cua-toi')).text).to.contain('Mở đợt tự đánh giá năm học 2025-2026')
    const first = await send(head, '/danh-gia', { schoolId: SCHOOL })
    expect(first.headers['location']).to.equal(HERE)
    const again = await send(head, '/danh-gia', { schoolId: SCHOOL })
    expect(again.status).to.equal(409)
    expect(again.text).to.contain('Trường đã có đợt tự đánh giá năm học 2025-2026')
    const { text } = await head.agent.get(HERE)
    expect(text).to.contain('Chưa có quyết định').and.contain('Hội đồng mới có 0 thành viên, cần ít nhất 7.')
  })

  it('hides it from strangers and from the managing units until it is sent', async () => {
    const stage = await opened()
    const pages = ['', '/hoi-dong', '/nhom', '/bao-cao', '/gop-y', '/nhat-ky'].map(page => HERE + page)
    for (const username of ['nguoila', 'canboxa', 'lanhdaoso']) {
      const who = await signedIn(stage.app, username)
      for (const page of pages) expect((await who.agent.get(page)).status, `${username} ${page}`).to.equal(404)
      expect((await send(who, `${HERE}/hoi-dong`, councilForm(EIGHT), '/ho-so')).status).to.equal(404)
    }
    await stage.given({
      ...withCouncil(stage),
      state: 'submitted',
      criteria: await sheetsIn(stage, 'frozen'),
      plan: PLAN,
    })
    const officer = await signedIn(stage.app, 'canboxa')
    expect((await officer.agent.get('/danh-gia')).text).to.contain('Trường Tiểu học Hoa Sen')
    const { text } = await officer.agent.get(HERE)
    expect(text).to.contain('Xem xét báo cáo đã gửi').and.not.contain('Rút lại báo cáo đã gửi')
    expect((await (await signedIn(stage.app, 'nguoila')).agent.get(HERE)).status).to.equal(404)
  })

  it('shows everybody of the school what stands, without buttons that are not theirs', async () => {
    const stage = await opened()
    const staff = await signedIn(stage.app, 'dungngoai')
    const council = await staff.agent.get(`${HERE}/hoi-dong`)
    expect(council.status).to.equal(200)
    expect(council.text).to.not.contain('Lưu danh sách').and.not.contain('ký quyết định')
    expect((await send(staff, `${HERE}/hoi-dong`, councilForm(EIGHT))).status).to.equal(403)
    expect((await staff.agent.get(HERE)).text)
      .to.contain('chờ hiệu trưởng')
      .and.not.contain('Hủy đợt')
  })
})

describe('the council on screen', () => {
  it('refuses a council of six with everything that is missing and keeps what was typed', async () => {
    const stage = await opened()
    const head = await signedIn(stage.app, 'hieutruong')
    const form = councilForm(SIX, { number: '15/QĐ-THHS', date: '2025-09-08', 'absent.schoolBoard': 'Chưa cần' })
    const refused = await send(head, `${HERE}/hoi-dong/quyet-dinh`, form, `${HERE}/hoi-dong`)
    expect(refused.status).to.equal(409)
    for (const words of [
      'Hội đồng mới có 6 thành viên, cần ít nhất 7.',
      'Hội đồng chưa có đại diện Đoàn Thanh niên, Đội Thiếu niên',
      'Hội đồng chưa có đại diện giáo viên',
      'value="15/QĐ-THHS"',
      'value="2025-09-08"',
      'value="Chưa cần"',
    ])
      expect(refused.text).to.contain(words)
    expect(refused.text).to.match(/name="role\.toan"[\s\S]*?<option value="secretary" selected>/)
    const after = await stage.system.assessments.get(ID)
    expect(after.councilVersions).to.have.length(0)
    expect(after.council.members).to.have.length(6)
  })

  it('says at the fields what is wrong with number and date', async () => {
    const stage = await opened()
    const head = await signedIn(stage.app, 'hieutruong')
    const form = councilForm(EIGHT, { number: 'không số', date: '2025-12-24' })
    const refused = await send(head, `${HERE}/hoi-dong/quyet-dinh`, form, `${HERE}/hoi-dong`)
    expect(refused.status).to.equal(422)
    expect(refused.text)
      .to.contain('Cần ghi số, ký hiệu văn bản')
      .and.contain('Ngày ký quyết định không thể sau hôm nay')
      .and.contain('value="không số"')
  })

  it('proposes by posts, tells while editing what is missing, and signs the decision with its paper', async () => {
    const stage = await opened()
    const head = await signedIn(stage.app, 'hieutruong')
    expect((await send(head, `${HERE}/hoi-dong/de-xuat`, {}, `${HERE}/hoi-dong`)).status).to.equal(303)
    expect((await stage.system.assessments.get(ID)).council.members.map(({ role }) => role).slice(0, 3)).to.deep.equal([
      'chair',
      'viceChair',
      'member',
    ])
    const preview = await send(head, `${HERE}/hoi-dong/xem-truoc`, councilForm(SIX.slice(1)), `${HERE}/hoi-dong`)
    expect(preview.text).to.contain('Hội đồng chưa có chủ tịch').and.not.contain('<html')
    const form = councilForm(EIGHT, { number: '15/QĐ-THHS', date: '2025-09-08' })
    const signed = await send(head, `${HERE}/hoi-dong/quyet-dinh`, form, `${HERE}/hoi-dong`)
    expect(signed.status, signed.text.slice(0, 300)).to.equal(303)
    const { councilVersions } = await stage.system.assessments.get(ID)
    expect(councilVersions).to.have.length(1)
    const { text } = await head.agent.get(`${HERE}/hoi-dong`)
    expect(text).to.contain('Quyết định thành lập số 15/QĐ-THHS').and.contain('đang có hiệu lực')
    const paper = await head.agent.get(`/giay-to/${encodeURIComponent(councilVersions[0]?.paperId ?? '')}.pdf`)
    expect(paper.headers['content-type']).to.contain('application/pdf')
    // The seats of the council are in force: the secretary may edit the groups now.
    expect((await (await signedIn(stage.app, 'toan')).agent.get(`${HERE}/nhom`)).text).to.contain('Lập mỗi tiêu chuẩn')
  })

  it('revises the council in mid-year with a reason and keeps both lists', async () => {
    const stage = await opened()
    await stage.given({
      ...withCouncil(stage),
      state: 'working',
      criteria: await sheetsIn(stage, 'drafting'),
      plan: PLAN,
    })
    const head = await signedIn(stage.app, 'hieutruong')
    const form = councilForm([...EIGHT, 'thanhvien'], { number: '40/QĐ-THHS', date: '2025-09-08' })
    const silent = await send(head, `${HERE}/hoi-dong/kien-toan`, form, `${HERE}/hoi-dong`)
    expect(silent.status).to.equal(409)
    expect(silent.text).to.contain('Cần ghi lý do kiện toàn hội đồng.').and.contain('Thêm Mùa Thị Thành Viên')
    const withReason = { ...form, reason: 'Bổ sung đại diện tổ chuyên môn' }
    expect((await send(head, `${HERE}/hoi-dong/kien-toan`, withReason, `${HERE}/hoi-dong`)).status).to.equal(303)
    const { text } = await head.agent.get(`${HERE}/hoi-dong`)
    expect(text)
      .to.contain('Quyết định kiện toàn số 40/QĐ-THHS')
      .and.contain('Bổ sung đại diện tổ chuyên môn')
      .and.contain('Quyết định thành lập số 15/QĐ-THHS')
  })

  it('lets the chair authorise a vice chair, and nobody else to be one', async () => {
    const stage = await opened()
    await stage.given(withCouncil(stage))
    const head = await signedIn(stage.app, 'hieutruong')
    const address = `${HERE}/hoi-dong/uy-quyen`
    const from = `${HERE}/hoi-dong`
    expect((await send(head, address, { personId: 'van', to: '2025-10-01' }, from)).status).to.equal(422)
    expect((await send(head, address, { personId: 'photruong', to: '2025-09-01' }, from)).text).to.contain('đã qua')
    expect((await send(head, address, { personId: 'photruong', to: '2025-10-01' }, from)).status).to.equal(303)
    expect((await head.agent.get(from)).text).to.contain('đến hết ngày 01/10/2025')
    const vice = await signedIn(stage.app, 'photruong')
    expect((await send(vice, address, { personId: 'photruong', to: '2025-12-01' }, from)).status).to.equal(403)
  })
})

describe('the working groups on screen', () => {
  it('are made from the standards, filled and given their criteria, one group each', async () => {
    const stage = await opened()
    await stage.given({ ...withCouncil(stage), groups: [] })
    const secretary = await signedIn(stage.app, 'toan')
    expect((await send(secretary, `${HERE}/nhom/de-xuat`, {}, `${HERE}/nhom`)).status).to.equal(303)
    const proposed = await stage.system.assessments.get(ID)
    expect(proposed.groups.map(({ name, criteria = [] }) => [name, criteria.length])).to.deep.equal([
      ['Nhóm 1', 10],
      ['Nhóm 2', 4],
      ['Nhóm 3', 6],
      ['Nhóm 4', 2],
      ['Nhóm 5', 5],
    ])
    const { text } = await secretary.agent.get(`${HERE}/nhom`)
    expect(text).to.contain('Nhóm 1 chưa có trưởng nhóm.')
    const two: Fields = {
      'group.0.id': 'nhom-1',
      'group.0.name': 'Nhóm Tổ chức',
      'group.0.lead': 'van',
      'group.0.members': ['van', 'thanhvien'],
      'group.1.id': 'nhom-2',
      'group.1.name': 'Nhóm Kết quả',
      'group.1.lead': 'thanhvien',
      'group.1.members': ['doi', 'dungngoai'],
      'group.2.id': 'nhom-3',
      'group.2.name': 'Nhóm 3',
      'group.2.remove': '1',
      'standard.1': 'nhom-1',
      'standard.2': 'nhom-2',
      'standard.3': 'nhom-2',
      'assigned.4.1': 'nhom-1',
      'assigned.4.2': 'nhom-3',
      'standard.5': 'nhom-2',
    }
    expect((await send(secretary, `${HERE}/nhom`, two)).status).to.equal(303)
    const { groups } = await stage.system.assessments.get(ID)
    expect(groups.map(({ name, criteria = [] }) => [name, criteria.length])).to.deep.equal([
      ['Nhóm Tổ chức', 11],
      ['Nhóm Kết quả', 15],
    ])
    const page = (await secretary.agent.get(`${HERE}/nhom`)).text
    expect(page)
      .to.contain('Tiêu chí 4.2 chưa được giao cho nhóm công tác nào.')
      .and.contain('trưởng nhóm Mùa Thị Thành Viên phải là thành viên hội đồng')
  })

  it('never take a criterion from its group once the sheets exist', async () => {
    const stage = await opened()
    await stage.given({
      ...withCouncil(stage),
      state: 'working',
      criteria: await sheetsIn(stage, 'drafting'),
      plan: PLAN,
    })
    const head = await signedIn(stage.app, 'hieutruong')
    const oneGroup: Fields = {
      'group.0.id': 'nhom-1',
      'group.0.name': 'Nhóm 1',
      'group.0.lead': 'van',
      'group.0.members': ['van', 'thanhvien'],
      'group.1.id': 'nhom-2',
      'group.1.name': 'Nhóm 2',
      'group.1.remove': '1',
      'standard.1': 'nhom-1',
    }
    const refused = await send(head, `${HERE}/nhom`, oneGroup)
    expect(refused.status).to.equal(409)
    expect(refused.text).to.contain('Tiêu chí 2.1 chưa được giao cho nhóm công tác nào.')
    const emptied = await send(head, `${HERE}/nhom`, {})
    expect(emptied.status).to.equal(409)
    expect(emptied.text).to.contain('Tiêu chí 1.1 chưa được giao cho nhóm công tác nào.')
    const { 'group.1.remove': _kept, 'group.0.lead': _lead, ...leaderless } = oneGroup
    const withoutLead = await send(head, `${HERE}/nhom`, leaderless)
    expect(withoutLead.status).to.equal(409)
    expect(withoutLead.text).to.contain('Nhóm 1 chưa có trưởng nhóm.')
    expect((await send(head, `${HERE}/nhom/de-xuat`, {})).status).to.equal(409)
    expect((await stage.system.assessments.get(ID)).groups.map(({ lead }) => lead?.personId)).to.deep.equal([
      'van',
      'congdoan',
    ])
    const member = await signedIn(stage.app, 'thanhvien')
    expect((await send(member, `${HERE}/nhom`, oneGroup)).status).to.equal(403)
  })
})

async function drafting(): Promise<Stage> {
  const stage = await opened()
  await stage.given({
    ...withCouncil(stage),
    state: 'drafting',
    criteria: await sheetsIn(stage, 'agreed'),
    plan: PLAN,
  })
  return stage
}

describe('the report desk', () => {
  const VOTE: Fields = { for: '5', against: '2', other: '1', total: '8', minutes: '05/BB-HĐ', on: '2025-09-08' }

  it('saves a text of the report for who may write it and tells of a conflict with both texts', async () => {
    const stage = await drafting()
    const secretary = await signedIn(stage.app, 'toan')
    const address = `${HERE}/bao-cao/phan/situation`
    const csrf = tokenOf((await secretary.agent.get(`${HERE}/bao-cao`)).text)
    const put = (rev: number, text: string) =>
      secretary.agent.put(address).set('x-csrf-token', csrf).send({ rev, text })
    expect((await put(0, 'Trường thành lập năm 2005.')).body).to.deep.include({ rev: 1, by: 'Hà Thị Tổ Toán' })
    const stale = await put(0, 'Trường có 15 lớp.')
    expect(stale.status).to.equal(409)
    expect(stale.body).to.have.nested.property('current.text', 'Trường thành lập năm 2005.')
    expect(
      (await send(secretary, address, { rev: '1', text: 'Trường có 15 lớp.' }, `${HERE}/bao-cao`)).status,
    ).to.equal(303)
    expect((await secretary.agent.get(`${HERE}/bao-cao`)).text).to.contain('Trường có 15 lớp.')
    const member = await signedIn(stage.app, 'thanhvien')
    expect((await send(member, address, { rev: '2', text: 'x' }, `${HERE}/bao-cao`)).status).to.equal(403)
    expect((await member.agent.get(`${HERE}/bao-cao`)).text)
      .to.contain('Trường có 15 lớp.')
      .and.not.contain('<textarea')
  })

  it('refuses an adoption below two thirds with everything that is missing, and keeps the counted votes', async () => {
    const stage = await drafting()
    const head = await signedIn(stage.app, 'hieutruong')
    const refused = await send(head, `${HERE}/bao-cao/thong-qua`, VOTE, `${HERE}/bao-cao`)
    expect(refused.status).to.equal(409)
    for (const words of [
      'Mới có 5 phiếu tán thành, cần ít nhất 6 trên tổng số 8 thành viên (2/3).',
      'Chưa lấy ý kiến về dự thảo báo cáo',
      'Chưa có dự thảo báo cáo để hội đồng thông qua.',
      'Phiếu đối sánh số liệu chưa được hiệu trưởng xác nhận.',
      'Số liệu Phần I chưa được chốt.',
      'value="05/BB-HĐ"',
    ])
      expect(refused.text).to.contain(words)
    expect((await stage.system.assessments.get(ID)).state).to.equal('drafting')
    const badly = await send(head, `${HERE}/bao-cao/thong-qua`, { ...VOTE, for: 'năm', minutes: '' }, `${HERE}/bao-cao`)
    expect(badly.status).to.equal(422)
    expect(badly.text).to.contain('Số phiếu là số nguyên').and.contain('Cần ghi số, ngày biên bản')
  })

  it('shows the secretary no form of the chair, and takes no vote from them', async () => {
    const stage = await drafting()
    const secretary = await signedIn(stage.app, 'toan')
    const { text } = await secretary.agent.get(`${HERE}/bao-cao`)
    expect(text).to.contain('Chốt số liệu').and.not.contain('Ghi kết quả thông qua')
    expect((await send(secretary, `${HERE}/bao-cao/thong-qua`, VOTE, `${HERE}/bao-cao`)).status).to.equal(403)
  })

  it('locks the figures and opens them again, and sends sheets back with a reason', async () => {
    const stage = await drafting()
    const secretary = await signedIn(stage.app, 'toan')
    const figures = `${HERE}/bao-cao/so-lieu`
    expect((await send(secretary, figures, { lock: 'yes' }, `${HERE}/bao-cao`)).status).to.equal(303)
    expect((await secretary.agent.get(`${HERE}/bao-cao`)).text).to.contain('Mở lại số liệu')
    expect((await send(secretary, figures, { lock: 'no' }, `${HERE}/bao-cao`)).status).to.equal(303)
    const head = await signedIn(stage.app, 'hieutruong')
    const address = `${HERE}/bao-cao/mo-lai-phieu`
    const empty = await send(head, address, { reason: '' }, `${HERE}/bao-cao`)
    expect(empty.text).to.contain('Cần ghi lý do mở lại phiếu.').and.contain('Cần chọn ít nhất một tiêu chí')
    const reopened = await send(head, address, { reason: 'Số liệu đổi', criteria: ['1.1', '2.3'] }, `${HERE}/bao-cao`)
    expect(reopened.status).to.equal(303)
    const after = await stage.system.assessments.get(ID)
    expect([after.state, after.criteria['1_1']?.state, after.criteria['1_2']?.state]).to.deep.equal([
      'working',
      'drafting',
      'agreed',
    ])
  })

  it('publishes with a reason for paper, sends by dispatch to the managing unit, and takes it back', async () => {
    const stage = await drafting()
    await stage.given({ state: 'adopted' })
    const head = await signedIn(stage.app, 'hieutruong')
    const desk = `${HERE}/bao-cao`
    const csrf = async () => tokenOf((await head.agent.get(desk)).text)
    const publish = async (fields: Readonly<Record<string, string>>) => {
      const token = await csrf()
      return head.agent.post(`${desk}/cong-bo`).field({ _csrf: token, _page: desk, ...fields })
    }
    const PLACE = { place: 'Bảng tin phòng hội đồng', on: '2025-09-08' }
    const bare = await publish({ ...PLACE, reason: '' })
    expect(bare.status).to.equal(409)
    expect(bare.text).to.contain('Cần ghi lý do chỉ có bản giấy').and.contain('value="Bảng tin phòng hội đồng"')
    expect((await publish({ ...PLACE, reason: 'Trường chưa có chữ ký số' })).status).to.equal(303)
    const wrong = await send(head, `${desk}/gui`, { number: '', date: '', toUnitId: 'so' }, desk)
    for (const words of ['Cần ghi số công văn', 'Cần ghi ngày của công văn', 'UBND xã Sơn Thủy'])
      expect(wrong.text).to.contain(words)
    const right = { number: '30/CV-THHS', date: '2025-09-08', toUnitId: 'xa' }
    expect((await send(head, `${desk}/gui`, right, desk)).status).to.equal(303)
    expect((await send(head, `${desk}/rut-lai`, {}, desk)).status).to.equal(303)
    const { state, submissions } = await stage.system.assessments.get(ID)
    expect([state, submissions[0]?.recalledOn]).to.deep.equal(['published', '2025-09-08'])
  })

  it('answers each point of a return', async () => {
    const stage = await drafting()
    const returned = {
      on: '2025-09-05',
      due: '2025-09-20',
      points: [{ criterion: '1.1', anchor: '', reason: 'Bổ sung số liệu năm năm' }],
    }
    const sent = { on: '2025-09-01', number: '30', date: '2025-09-01', toUnitId: 'xa', reportVersion: 1, returned }
    await stage.given({ state: 'returned', submissions: [sent], criteria: await sheetsIn(stage, 'frozen') })
    const head = await signedIn(stage.app, 'hieutruong')
    const silent = await send(head, `${HERE}/bao-cao/hoan-thien`, { 'answer.0': '' }, `${HERE}/bao-cao`)
    expect(silent.text).to.contain('Chưa trả lời nội dung yêu cầu hoàn thiện: Bổ sung số liệu năm năm')
    const answered = await send(head, `${HERE}/bao-cao/hoan-thien`, { 'answer.0': 'Đã bổ sung' }, `${HERE}/bao-cao`)
    expect(answered.status).to.equal(303)
    const after = await stage.system.assessments.get(ID)
    expect([after.state, after.criteria['1_1']?.state, after.criteria['1_2']?.state]).to.deep.equal([
      'drafting',
      'agreed',
      'frozen',
    ])
    expect(after.submissions[0]?.returned?.points[0]?.answer).to.equal('Đã bổ sung')
  })
})

describe('the comment round on screen', () => {
  it('takes comments of the staff, shows them with their answers and ends when all are answered', async () => {
    const stage = await opened()
    await stage.given({
      ...withCouncil(stage),
      state: 'consulting',
      criteria: await sheetsIn(stage, 'agreed'),
      plan: PLAN,
      consultation: { openedOn: '2025-08-15', endsOn: '2025-09-08', comments: [] },
    })
    const page = `${HERE}/gop-y`
    const staff = await signedIn(stage.app, 'dungngoai')
    const empty = await send(staff, page, { part: 'Phần III', text: ' ' })
    expect(empty.text).to.contain('Cần ghi nội dung góp ý').and.contain('value="Phần III"')
    expect((await send(staff, page, { part: 'Phần III', text: 'Nên nêu rõ tỷ lệ.' })).status).to.equal(303)
    expect((await staff.agent.get(page)).text)
      .to.contain('Nên nêu rõ tỷ lệ.')
      .and.not.contain('Lưu trả lời')
    const secretary = await signedIn(stage.app, 'toan')
    const action = /action="([^"]*\/gop-y\/[0-9a-f-]{36})"/.exec((await secretary.agent.get(page)).text)?.[1] ?? ''
    expect((await send(staff, action, { accepted: 'yes', why: 'x' }, page)).status).to.equal(403)
    const early = await send(secretary, `${page}/ket-thuc`, {}, page)
    expect(early.text).to.contain('Còn 1 ý kiến góp ý chưa được trả lời').and.contain('Chưa hết 15 ngày làm việc')
    const open = await send(secretary, action, { why: 'Đã bổ sung' }, page)
    expect(open.text).to.contain('Cần chọn tiếp thu hoặc không tiếp thu').and.contain('Đã bổ sung')
    expect((await send(secretary, action, { accepted: 'yes', why: 'Đã bổ sung' }, page)).status).to.equal(303)
    expect((await staff.agent.get(page)).text)
      .to.contain('Tiếp thu')
      .and.contain('Đã bổ sung')
    stage.clock.at = new Date('2025-09-09T02:00:00Z')
    expect((await send(secretary, `${page}/ket-thuc`, {}, page)).status).to.equal(303)
    expect((await stage.system.assessments.get(ID)).consultation?.closedOn).to.equal('2025-09-09')
  })
})

describe('cancelling and the journal on screen', () => {
  it('asks the head for reason and decision, and writes both into the journal', async () => {
    const stage = await opened()
    const head = await signedIn(stage.app, 'hieutruong')
    const refused = await send(head, `${HERE}/huy`, { reason: 'Mở nhầm', decisionNumber: '' }, HERE)
    expect(refused.status).to.equal(409)
    expect(refused.text).to.contain('Cần ghi số quyết định làm căn cứ hủy').and.contain('Mở nhầm')
    expect((await send(head, `${HERE}/huy`, { reason: 'Mở nhầm', decisionNumber: '9/QĐ' }, HERE)).status).to.equal(303)
    await stage.system.post.settled()
    const { text } = await head.agent.get(`${HERE}/nhat-ky?viec=cancel`)
    expect(text)
      .to.contain('Hủy đợt tự đánh giá')
      .and.contain('Lý do: Mở nhầm')
      .and.contain('Quàng Thị Hiệu Trưởng (hiệu trưởng)')
    expect(text).to.not.contain('<strong>Mở đợt tự đánh giá</strong>')
  })

  it('lets the Sở end an assessment whose content it may not read yet', async () => {
    const stage = await opened()
    const lead = await stage.system.actorOf('lanhdaoso')
    if (!lead) throw new Error('the stage has no lead of the Sở')
    const end = cancel(stage.system.assessmentNeeds)
    const elsewhere = { ...lead, seats: lead.seats.map(seat => ({ ...seat, unitId: 'so-khac' })) }
    const ended = end(elsewhere, ID, 'Sáp nhập trường', '12/QĐ-UBND').then(
      () => 'ended',
      (error: unknown) => error,
    )
    expect(await ended).to.be.instanceOf(NotFound)
    expect((await end(lead, ID, 'Sáp nhập trường', '12/QĐ-UBND')).state).to.equal('cancelled')
  })

  it('keeps the year of the page: the same school has no assessment in another year', async () => {
    const stage = await opened()
    const head = await signedIn(stage.app, 'hieutruong')
    const other = workingYear('2024-2025')
    expect((await head.agent.get(`/danh-gia/${SCHOOL}.${other}`)).status).to.equal(404)
    expect((await head.agent.get(`/danh-gia?nam=${other}`)).text)
      .to.contain('Năm học 2024-2025')
      .and.contain('Chưa mở')
  })
})
