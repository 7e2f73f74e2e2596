import { expect } from 'chai'
import { openAssessment } from '../../src/assessments/index.ts'
import { collect } from '../../src/evidence/index.ts'
import { printDay } from '../../src/kernel/dates.ts'
import { signedIn, tokenOf, type Visitor } from '../http/app-for-tests.ts'
import { assessmentStage, GROUPS, helper, HERE, ID, SCHOOL, sheetsIn, withCouncil, YEAR, type Stage } from './stage.ts'

type Fields = Readonly<Record<string, string | readonly string[]>>

const PAGE = `${HERE}/nhom`
const RIGHTS = `${PAGE}/nhom-1/quyen`
const SHEET = `${HERE}/phieu/1.1`

/** Nhóm 1 as it goes by the process: the lead `van`, and `thanhvien` and `dungngoai` who write. */
const AS_GIVEN: Fields = {
  'nhom-1.handIn': 'members',
  'nhom-1.deeds': ['', 'readOthers', 'addEvidence'],
  'nhom-1.role.thanhvien': 'write',
  'nhom-1.role.dungngoai': 'write',
}

async function send(who: Visitor, path: string, fields: Fields, from = PAGE) {
  const { text } = await who.agent.get(from)
  const seen = /name="nhom-1\.seen" value="([^"]*)"/.exec(text)?.[1] ?? ''
  const body = new URLSearchParams({ _csrf: tokenOf(text), _page: from, 'nhom-1.seen': seen })
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) body.append(name, each)
  return who.agent.post(path).type('form').send(body.toString())
}

/** Saves a text of the sheet as its page's script does. */
async function write(who: Visitor, text: string, rev: number, sheet = SHEET) {
  const csrf = tokenOf((await who.agent.get('/viec-cua-toi')).text)
  return who.agent
    .put(`${sheet}/phan/strengths`)
    .set('x-csrf-token', csrf)
    .set('Accept', 'application/json')
    .send({ rev, text })
}

/** What a refusal says; the shape is our own (docs/screens.md). */
const messageIn = (body: unknown): string => (body as { readonly error: { readonly message: string } }).error.message

describe('the rights of a working group, over the network', function () {
  this.timeout(120_000)
  let stage: Stage
  let chair: Visitor
  let member: Visitor
  beforeEach(async () => {
    stage = await assessmentStage()
    await openAssessment(stage.system.assessmentNeeds)(await stage.actor('hieutruong'), SCHOOL, YEAR)
    await stage.given({
      ...withCouncil(stage),
      groups: GROUPS.map(group =>
        group.id === 'nhom-1' ? { ...group, members: [...group.members, helper('dungngoai')] } : group,
      ),
      state: 'working',
      criteria: await sheetsIn(stage, 'drafting'),
      plan: { version: 1, number: '20/KH', approvedOn: '2025-09-07', deadlines: {} },
    })
    chair = await signedIn(stage.app, 'hieutruong')
    member = await signedIn(stage.app, 'thanhvien')
  })

  it('stops a member in the middle of a sentence with the chair’s decision, and lets go on when it is taken back', async () => {
    expect((await write(member, 'Trường có nền nếp.', 0)).status).to.equal(200)
    const reading: Fields = { ...AS_GIVEN, 'nhom-1.role.thanhvien': 'read', 'nhom-1.reason': 'Phân công lại' }
    const asked = await send(chair, RIGHTS, reading)
    expect(asked.status).to.equal(409)
    expect(asked.text).to.contain('Phiếu tiêu chí 1.1 đang viết dở: Mùa Thị Thành Viên sẽ không viết tiếp được.')
    expect(asked.text).to.contain('name="nhom-1.acknowledged"').and.contain('value="Phân công lại"')
    expect((await write(member, 'Trường có nền nếp tốt.', 1)).status, 'nothing was decided yet').to.equal(200)

    const saved = await send(chair, RIGHTS, { ...reading, 'nhom-1.acknowledged': 'yes' })
    expect(saved.headers['location']).to.equal(`${PAGE}#quyen-nhom-1`)
    const refused = await write(member, 'Trường có nền nếp rất tốt.', 2)
    expect(refused.status).to.equal(403)
    expect(messageIn(refused.body)).to.equal(
      'Bạn chỉ xem trong Nhóm 1, theo quyết định ngày 08/09/2025 của chủ tịch hội đồng Quàng Thị Hiệu Trưởng. Lý do: Phân công lại',
    )
    const page = (await member.agent.get(SHEET)).text
    expect(page).to.contain('Bạn chỉ xem trong Nhóm 1').and.not.contain('data-writable')
    const work = (await member.agent.get('/viec-cua-toi')).text
    expect(work.indexOf('Viết phiếu đánh giá tiêu chí (')).to.be.greaterThan(work.indexOf('Đang chờ'))
    expect(work).to.contain('Vàng Văn Tổ Văn, Sùng Văn Đứng Ngoài')

    const back = await send(chair, RIGHTS, { ...AS_GIVEN, 'nhom-1.reason': 'Đã đủ người' })
    expect(back.status).to.equal(303)
    expect((await write(member, 'Trường có nền nếp rất tốt.', 2)).status).to.equal(200)
  })

  it('keeps each decision in the list of groups and in the journal, and shows who changed what when and why', async () => {
    await send(chair, RIGHTS, { ...AS_GIVEN, 'nhom-1.handIn': 'lead', 'nhom-1.reason': 'Trưởng nhóm soát trước' })
    const { groups, outbox } = await stage.system.assessments.get(ID)
    expect(groups[0]?.rights?.deeds).to.deep.equal(['write', 'readOthers', 'addEvidence'])
    expect(groups[0]?.rights?.decided).to.deep.include({ by: 'hieutruong', reason: 'Trưởng nhóm soát trước' })
    expect(groups[1]?.rights).to.equal(undefined)
    const journal = [...outbox, ...(await stage.system.screenNeeds.history(ID, 9))]
    const entry = journal.find(({ event }) => event === 'setGroupRights')
    expect([entry?.event, entry?.from, entry?.to, entry?.reason]).to.deep.equal([
      'setGroupRights',
      'working',
      'working',
      'Trưởng nhóm soát trước',
    ])
    const { people, ...facts } = entry?.facts ?? {}
    expect(facts).to.deep.equal({ groupId: 'nhom-1', group: 'Nhóm 1', changes: ['chỉ trưởng nhóm nộp phiếu'] })
    const lost = { narrowed: true, widened: false, from: '2025-09-08', lost: ['handIn'], gained: [] }
    expect(people).to.deep.equal(['thanhvien', 'dungngoai'].map(personId => ({ personId, ...lost })))
    const { text } = await member.agent.get(PAGE)
    expect(text).to.contain('Các lần thay đổi quyền').and.contain('chỉ trưởng nhóm nộp phiếu')
    expect(text).to.contain('Lý do: Trưởng nhóm soát trước').and.not.contain('name="nhom-1.handIn"')

    const handIn = await send(member, `${SHEET}/buoc/handIn`, {}, SHEET)
    expect(handIn.status).to.equal(403)
    expect(handIn.text).to.contain('Nhóm 1: chỉ trưởng nhóm nộp phiếu')
    expect((await member.agent.get(SHEET)).text).to.not.contain('buoc/handIn')
    const lead = await signedIn(stage.app, 'van')
    expect((await lead.agent.get(SHEET)).text).to.contain('buoc/handIn')
  })

  it('tells each member in the inbox, once a decision, what it took or gave', async () => {
    // News older than two days by the wall clock tells nobody, so this decision is made today.
    stage.clock.at = new Date()
    const reading: Fields = { ...AS_GIVEN, 'nhom-1.handIn': 'lead', 'nhom-1.role.thanhvien': 'read' }
    expect((await send(chair, RIGHTS, { ...reading, 'nhom-1.reason': 'Phân công lại' })).status).to.equal(303)
    await stage.system.post.settled()
    await stage.system.post.sweep()
    const subjectsOf = async (personId: string) =>
      (await stage.system.notices.ofPerson(personId, 0, 9)).map(({ subject, text }) => [subject, text])
    const day = printDay(stage.today())
    const subject = `Trường Tiểu học Hoa Sen, năm học 2025-2026: chủ tịch hội đồng Quàng Thị Hiệu Trưởng thu hẹp quyền của bạn trong Nhóm 1 từ ngày ${day}.`
    expect(await subjectsOf('thanhvien')).to.deep.equal([
      [
        subject,
        'Không còn: viết phiếu; nộp phiếu; thêm, sửa minh chứng của nhóm. Trong nhóm, bạn nay: chỉ xem. Lý do: Phân công lại',
      ],
    ])
    expect(await subjectsOf('dungngoai')).to.deep.equal([[subject, 'Không còn: nộp phiếu. Lý do: Phân công lại']])
    for (const nobody of ['van', 'hieutruong', 'doi', 'giaovien']) expect(await subjectsOf(nobody)).to.deep.equal([])

    stage.clock.at = new Date(stage.clock.at.getTime() + 60_000)
    expect((await send(chair, RIGHTS, { ...AS_GIVEN, 'nhom-1.reason': 'Đã đủ người' })).status).to.equal(303)
    await stage.system.post.settled()
    expect((await subjectsOf('dungngoai'))[0]?.[0]).to.contain('mở rộng quyền của bạn trong Nhóm 1')
    expect(await subjectsOf('dungngoai')).to.have.length(2)
    expect((await member.agent.get('/thong-bao')).text).to.contain('mở rộng quyền của bạn trong Nhóm 1')
  })

  it('keeps members from the sheets of other groups on every way to them, but nobody of the council', async () => {
    const apart = { ...AS_GIVEN, 'nhom-1.deeds': ['', 'addEvidence'], 'nhom-1.reason': 'Viết độc lập' }
    expect((await member.agent.get(`${HERE}/phieu/2.1`)).status).to.equal(200)
    expect((await send(chair, RIGHTS, apart)).status).to.equal(303)
    for (const address of [
      'phieu/2.1',
      'phieu/2.1/lich-su',
      'phieu/2.1/phan-tich',
      'phieu/2.1/trang-thai',
      'phieu/2.1/phieu.pdf',
      'giay-to/du-thao/bao-cao',
    ])
      expect((await member.agent.get(`${HERE}/${address}`)).status, address).to.equal(403)
    expect((await member.agent.get(`${HERE}/phieu/2.1`)).text).to.contain('Viết độc lập')
    expect((await member.agent.get(`${HERE}/giay-to`)).text).to.not.contain('du-thao/bao-cao')
    expect((await member.agent.get(SHEET)).status).to.equal(200)
    const lead = await signedIn(stage.app, 'van')
    expect((await lead.agent.get(`${HERE}/phieu/2.1`)).status).to.equal(200)
  })

  it('is set by the chair alone, with a reason, and not over somebody else’s newer decision', async () => {
    for (const username of ['toan', 'vanphong', 'van', 'thanhvien']) {
      const who = await signedIn(stage.app, username)
      expect((await who.agent.get(PAGE)).text, username).to.not.contain(RIGHTS)
      const { status, text } = await send(who, RIGHTS, { ...AS_GIVEN, 'nhom-1.reason': 'x' }, '/viec-cua-toi')
      expect([status, text.includes('Chỉ chủ tịch hội đồng được đặt quyền')], username).to.deep.equal([403, true])
    }
    const silent = await send(chair, RIGHTS, { ...AS_GIVEN, 'nhom-1.handIn': 'lead' })
    expect([silent.status, silent.text.includes('Cần ghi lý do thay đổi quyền của nhóm.')]).to.deep.equal([409, true])
    const same = await send(chair, RIGHTS, { ...AS_GIVEN, 'nhom-1.reason': 'x' })
    expect(same.text).to.contain('Quyền của nhóm chưa có gì thay đổi.')
    const wanted = { ...AS_GIVEN, 'nhom-1.handIn': 'lead', 'nhom-1.reason': 'Lần một' }
    expect((await send(chair, RIGHTS, wanted)).status).to.equal(303)
    const stale = await send(chair, RIGHTS, { ...AS_GIVEN, 'nhom-1.reason': 'Lần hai', 'nhom-1.seen': '' })
    expect(stale.status).to.equal(409)
    expect((await send(chair, `${PAGE}/nhom-9/quyen`, wanted)).status).to.equal(404)
  })

  it('says at the field what cannot be, with everything that was typed', async () => {
    const { status, text } = await send(chair, RIGHTS, {
      ...AS_GIVEN,
      'nhom-1.from.thanhvien': '2025-12-02',
      'nhom-1.to.thanhvien': '2025-12-01',
      'nhom-1.reason': 'Nghỉ phép',
    })
    expect(status).to.equal(422)
    expect(text).to.contain('id="o-nhom-1.to.thanhvien-loi">Ngày cuối phải từ ngày bắt đầu trở đi.')
    expect(text).to.contain('value="2025-12-02"').and.contain('value="Nghỉ phép"')
    const nobody = await send(chair, RIGHTS, {
      ...AS_GIVEN,
      'nhom-1.role.thanhvien': 'read',
      'nhom-1.role.dungngoai': 'read',
      'nhom-1.reason': 'x',
    })
    expect(nobody.status).to.equal(422)
    expect(nobody.text).to.contain('id="o-nhom-1.role.dungngoai-loi">Nhóm 1: ngoài trưởng nhóm không còn ai được viết')
  })

  it('stays when the list of groups is saved again, and no list leaves the group unable to work', async () => {
    await send(chair, RIGHTS, { ...AS_GIVEN, 'nhom-1.role.thanhvien': 'read', 'nhom-1.reason': 'Phân công lại' })
    const list = (members: readonly string[]): Fields => ({
      'group.0.id': 'nhom-1',
      'group.0.name': 'Nhóm Một',
      'group.0.lead': 'van',
      'group.0.members': members,
      'group.1.id': 'nhom-2',
      'group.1.name': 'Nhóm 2',
      'group.1.lead': 'congdoan',
      'group.1.members': ['doi'],
    })
    const secretary = await signedIn(stage.app, 'toan')
    expect((await send(secretary, PAGE, list(['thanhvien', 'dungngoai']))).status).to.equal(303)
    expect((await write(member, 'x', 0)).status).to.equal(403)
    const unable = await send(secretary, PAGE, list(['thanhvien']))
    expect(unable.status).to.equal(409)
    expect(unable.text).to.contain('Danh sách mới không hợp với quyền mà chủ tịch đã đặt cho nhóm.')
    const dropped = await send(secretary, PAGE, { ...list(['dungngoai']), 'group.0.remove': '1' })
    expect([dropped.status, dropped.text.includes('chỉ chủ tịch được bỏ nhóm này')]).to.deep.equal([403, true])
  })

  it('lets a group check its evidence, and nobody what he or she brought', async () => {
    const checks = { ...AS_GIVEN, 'nhom-1.deeds': ['', 'readOthers', 'addEvidence', 'verifyEvidence'] }
    await send(chair, RIGHTS, { ...checks, 'nhom-1.reason': 'Nhóm thư ký nhiều việc' })
    const { evidenceNeeds } = stage.system
    const entry = { number: '12/QĐ', date: '2025-09-01', issuer: 'Trường', schoolYear: YEAR }
    const brought = {
      criterion: '1.1',
      name: 'Quyết định',
      kind: 'document' as const,
      place: 'Phòng lưu trữ',
      note: '',
    }
    const { item } = await collect(evidenceNeeds)(await stage.actor('thanhvien'), ID, {
      input: { ...brought, entry },
      files: [],
    })
    const check = { dataClass: 'internal', originalSeen: 'yes' }
    const address = `/minh-chung/${item.id}`
    expect((await member.agent.get(address)).text).to.not.contain(`${address}/kiem-tra`)
    expect((await send(member, `${address}/kiem-tra`, check, address)).status).to.equal(403)
    const colleague = await signedIn(stage.app, 'dungngoai')
    expect((await colleague.agent.get('/viec-cua-toi')).text).to.contain('Kiểm tra minh chứng mới thu thập (1)')
    expect((await member.agent.get('/viec-cua-toi')).text).to.not.contain('Kiểm tra minh chứng mới thu thập')
    expect((await colleague.agent.get(address)).text).to.contain(`${address}/kiem-tra`)
    expect((await send(colleague, `${address}/kiem-tra`, check, address)).status).to.equal(303)
    expect((await evidenceNeeds.evidence.get(item.id)).state).to.equal('verified')

    await send(chair, RIGHTS, { ...AS_GIVEN, 'nhom-1.deeds': ['', 'readOthers'], 'nhom-1.reason': 'Đã đủ' })
    const more = await send(colleague, `${HERE}/minh-chung`, { criterion: '1.1', name: 'Thêm' }, address)
    expect(more.text).to.contain('Nhóm 1: thành viên của nhóm không thêm, sửa minh chứng')
  })

  it('ends on the day after the last, by itself', async () => {
    await send(chair, RIGHTS, { ...AS_GIVEN, 'nhom-1.to.thanhvien': '2025-09-09', 'nhom-1.reason': 'Đi học' })
    stage.clock.at = new Date('2025-09-09T12:00:00Z')
    expect((await write(member, 'Ngày cuối.', 0)).status).to.equal(200)
    stage.clock.at = new Date('2025-09-09T18:00:00Z')
    const ended = await write(member, 'Hôm sau.', 1)
    expect([ended.status, messageIn(ended.body)]).to.deep.equal([
      403,
      'Thời gian bạn làm việc trong Nhóm 1 đã hết từ sau ngày 09/09/2025, theo quyết định ngày 08/09/2025 của chủ tịch hội đồng Quàng Thị Hiệu Trưởng. Lý do: Đi học',
    ])
  })
})
