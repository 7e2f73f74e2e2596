import { expect } from 'chai'
import { finishMove, keyOf, openAssessment, type Assessment } from '../../src/assessments/index.ts'
import { versionOf } from '../../src/catalogue/criteria-file.ts'
import type { CriteriaSet } from '../../src/catalogue/index.ts'
import { entryBy } from '../../src/journal/index.ts'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { StepRefused } from '../../src/kernel/refusals.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { signedIn, tokenOf, type Visitor } from '../http/app-for-tests.ts'
import { assessmentStage, GROUPS, helper, HERE, ID, SCHOOL, sheetsIn, withCouncil, YEAR, type Stage } from './stage.ts'

const LAST_YEAR = workingYear('2024-2025')
const LAST = `${SCHOOL}.${LAST_YEAR}`
const AT = new Date('2025-01-10T02:00:00Z')

async function send(who: Visitor, path: string, fields: Readonly<Record<string, string>>, from: string) {
  const csrf = tokenOf((await who.agent.get(from)).text)
  return who.agent
    .post(path)
    .type('form')
    .send(new URLSearchParams({ _csrf: csrf, _page: from, ...fields }).toString())
}

const write = (stage: Stage, assessmentId: string, code: string, part: string, text: string) =>
  stage.system.sheets.writePart({ assessmentId, code }, part, 0, { text, by: 'van', name: 'Vàng Văn Tổ Văn', at: AT })

/** An assessment in work with words under 1.1 and 1.2, every indicator met. */
async function working(): Promise<Stage> {
  const stage = await assessmentStage()
  await openAssessment(stage.system.assessmentNeeds)(await stage.actor('hieutruong'), SCHOOL, YEAR)
  await stage.given({
    ...withCouncil(stage),
    state: 'working',
    criteria: await sheetsIn(stage, 'drafting'),
    plan: { version: 1, number: '20/KH-THHS', approvedOn: '2025-09-10', deadlines: {} },
  })
  await write(stage, ID, '1.1', 'strengths', 'Chiến lược được công khai.')
  await write(stage, ID, '1.2', 'strengths', 'Hội đồng trường họp đều.')
  await write(stage, ID, '1.2', 'description.1.a', 'Có quyết định thành lập.')
  return stage
}

/** The circular changed: criterion 1.2 is gone, indicator 1a of 1.1 asks for something else. */
function changed(set: CriteriaSet): CriteriaSet {
  return {
    ...set,
    standards: set.standards.map(standard => ({
      ...standard,
      criteria: standard.criteria
        .filter(({ code }) => code !== '1.2')
        .map(criterion =>
          criterion.code === '1.1'
            ? {
                ...criterion,
                levels: criterion.levels.map((demand, at) => ({
                  ...demand,
                  indicators: demand.indicators.map((indicator, each) =>
                    at === 0 && each === 0
                      ? { ...indicator, gist: `${indicator.gist} Có thêm mục tiêu về số hóa.` }
                      : indicator,
                  ),
                })),
              }
            : criterion,
        ),
    })),
  }
}

/** The Sở publishes the changed set for the year and settles the proposed mapping. */
async function newCircular(stage: Stage, { mapped }: { mapped: boolean }): Promise<void> {
  const { system } = stage
  const officer = await stage.actor('lanhdaoso')
  const before = await system.assessments.get(ID)
  const version = versionOf(changed(await system.catalogue.setOf(before.set.hash)))
  stage.clock.at = new Date(stage.clock.at.getTime() + 60_000)
  await system.criteriaSets.insertOnce(version, stage.clock.at)
  await system.catalogue.publishForYear(officer, YEAR)
  const now = await system.catalogue.setFor(YEAR, 'tieu_hoc', SCHOOL)
  const pair = { fromHash: before.set.hash, toHash: now?.version.hash ?? '' }
  if (mapped) await system.mappingNeeds.mappings.choose(officer, pair, 0)
}

describe('taking a newer version of the criteria', () => {
  it('waits for the mapping of the Sở', async () => {
    const stage = await working()
    await newCircular(stage, { mapped: false })
    const head = await signedIn(stage.app, 'hieutruong')
    const { text } = await head.agent.get(`${HERE}/chuyen-bo-tieu-chi`)
    expect(text).to.contain('Sở chưa chốt bảng chuyển đổi')
    const refused = await send(head, `${HERE}/chuyen-bo-tieu-chi`, {}, HERE)
    expect(refused.status).to.equal(409)
  })

  it('previews, keeps what is the same, clears what changed and lays the rest in the drawer', async () => {
    const stage = await working()
    await newCircular(stage, { mapped: true })
    const { system } = stage
    const before = await system.assessments.get(ID)
    const head = await signedIn(stage.app, 'hieutruong')
    expect((await head.agent.get(HERE)).text).to.contain('đã có phiên bản mới của bộ tiêu chí')
    expect((await head.agent.get(`${HERE}/chuyen-bo-tieu-chi`)).text).to.contain('Phần vào ngăn nội dung cũ')
    const taken = await send(head, `${HERE}/chuyen-bo-tieu-chi`, {}, `${HERE}/chuyen-bo-tieu-chi`)
    expect(taken.headers['location']).to.equal(`${HERE}/noi-dung-cu`)

    const after = await system.assessments.get(ID)
    expect(after.moving).to.equal(undefined)
    expect(after.set.hash).to.not.equal(before.set.hash)
    expect(after.criteria[keyOf('1.2')]).to.equal(undefined)
    expect(after.criteria[keyOf('1.3')]).to.deep.equal(before.criteria[keyOf('1.3')])
    const decision = after.criteria[keyOf('1.1')]
    expect(decision?.answers['1']?.['a']).to.equal(undefined)
    expect(decision?.answers['1']?.['b']).to.equal('met')
    expect(decision).to.include({ state: 'drafting', notReviewed: true })

    const sheet = await system.sheets.find(ID, '1.1')
    expect(sheet.parts['strengths']?.text).to.equal('Chiến lược được công khai.')
    const drawer = await system.sheets.drawer.ofAssessment(ID)
    expect(drawer.map(({ text }) => text)).to.have.members(['Hội đồng trường họp đều.', 'Có quyết định thành lập.'])
    await system.post.settled()
    const history = await system.journal.of({ kind: 'assessment', id: ID })
    expect(history.map(({ event }) => event)).to.include.members(['takeNewVersion', 'moveSheets'])
  })

  it('finishes a move that was cut off, and changes nothing when it is done again', async () => {
    const stage = await working()
    await newCircular(stage, { mapped: true })
    const { system } = stage
    const cutOff = { ...system.assessmentNeeds, mappingByHash: async () => undefined }
    const { takeNewVersion } = await import('../../src/assessments/index.ts')
    const half = await takeNewVersion(cutOff)(await stage.actor('hieutruong'), ID)
    expect(half.moving).to.not.equal(undefined)
    const done = await finishMove(system.assessmentNeeds)(SYSTEM, half)
    expect(done.moving).to.equal(undefined)
    const sheets = await system.sheets.ofAssessment(ID)
    expect(await system.sheets.drawer.waiting(ID)).to.equal(2)
    await finishMove(system.assessmentNeeds)(SYSTEM, half)
    expect(await system.sheets.ofAssessment(ID)).to.deep.equal(sheets)
  })

  it('lets a group put an old text to use, and set another aside with a reason', async () => {
    const stage = await working()
    await newCircular(stage, { mapped: true })
    const { system } = stage
    const { takeNewVersion } = await import('../../src/assessments/index.ts')
    await takeNewVersion(system.assessmentNeeds)(await stage.actor('hieutruong'), ID)
    const [first, second] = await system.sheets.drawer.ofAssessment(ID)
    const lead = await signedIn(stage.app, 'van')
    const drawer = `${HERE}/noi-dung-cu`
    const used = await send(lead, `${drawer}/dung`, { text: first?.id ?? '', to: '1.3:strengths' }, drawer)
    expect(used.headers['location']).to.equal(`${HERE}/phieu/1.3`)
    expect((await system.sheets.find(ID, '1.3')).parts['strengths']?.text).to.contain(first?.text)
    const without = await send(lead, `${drawer}/gac-lai`, { text: second?.id ?? '', reason: ' ' }, drawer)
    expect(without.status).to.equal(422)
    await send(lead, `${drawer}/gac-lai`, { text: second?.id ?? '', reason: 'Không còn yêu cầu.' }, drawer)
    expect(await system.sheets.drawer.waiting(ID)).to.equal(0)
  })

  it('shows old wording to who may read that group’s sheets now, and to nobody whom the chair keeps to other ones', async () => {
    const stage = await working()
    await newCircular(stage, { mapped: true })
    const { system } = stage
    const { takeNewVersion } = await import('../../src/assessments/index.ts')
    await takeNewVersion(system.assessmentNeeds)(await stage.actor('hieutruong'), ID)
    const [old] = await system.sheets.drawer.ofAssessment(ID)
    expect(old).to.include({ code: '1.2', groupId: 'nhom-1' })
    const drawer = `${HERE}/noi-dung-cu`
    const decided = { by: 'hieutruong', name: 'Quàng Thị Hiệu Trưởng', at: stage.clock.at, reason: 'Viết độc lập.' }
    const apart = { deeds: ['write', 'handIn'] as const, terms: [], decided }
    const seenBy = async (username: string) => {
      const { agent } = await signedIn(stage.app, username)
      const page = (await agent.get(drawer)).text
      return {
        words: ['Hội đồng trường họp đều.', 'Tiêu chí 1.2'].map(words => page.includes(words)),
        count: [(await agent.get(HERE)).text, (await agent.get(`${HERE}/phieu/2.1`)).text].map(
          text =>
            /(\d+) nội dung của tiêu chí cũ|Nội dung của tiêu chí cũ <span class="count">(\d+)/
              .exec(text)
              ?.slice(1)
              .join('') ?? 'none',
        ),
      }
    }
    const all = { words: [true, true], count: ['2', '2'] }
    const nothing = { words: [false, false], count: ['none', 'none'] }
    const withMember = GROUPS.map(group =>
      group.id === 'nhom-2' ? { ...group, members: [...group.members, helper('dungngoai')] } : group,
    )
    await stage.given({ groups: withMember })
    expect(await seenBy('dungngoai'), 'while nothing was decided').to.deep.equal(all)

    await stage.given({ groups: withMember.map(group => ({ ...group, rights: apart })) })
    expect(await seenBy('dungngoai'), 'a member of the other group').to.deep.equal(nothing)
    expect((await seenBy('thanhvien')).words, 'a member of the group that wrote it').to.deep.equal([true, true])
    for (const reads of ['congdoan', 'vanphong', 'hieutruong', 'vanthu'])
      expect(await seenBy(reads), reads).to.deep.equal(all)

    const almost = await signedIn(stage.app, 'dungngoai')
    const settle = async (text: string) => {
      const aside = await send(almost, `${drawer}/gac-lai`, { text, reason: 'Không cần.' }, drawer)
      const used = await send(almost, `${drawer}/dung`, { text, to: '2.1:strengths' }, drawer)
      return [aside.status, used.status]
    }
    expect(await settle(old?.id ?? '')).to.deep.equal([404, 404])
    expect(await settle('khong-co')).to.deep.equal([404, 404])
    expect(await system.sheets.drawer.waiting(ID)).to.equal(2)
    await settleAs(stage, 'van', old?.id ?? '')
    expect((await seenBy('dungngoai')).words, 'of what is settled').to.deep.equal([false, false])
    expect((await seenBy('thanhvien')).words[1]).to.equal(true)
  })
})

async function settleAs(stage: Stage, username: string, text: string): Promise<void> {
  const drawer = `${HERE}/noi-dung-cu`
  const fields = { text, reason: 'Không còn yêu cầu.' }
  await send(await signedIn(stage.app, username), `${drawer}/gac-lai`, fields, drawer)
}

/** Last year's assessment as it was adopted: written past its steps. */
async function withLastYear(stage: Stage, state: Assessment['state'] = 'closed'): Promise<void> {
  const { system } = stage
  const published = await system.catalogue.setFor(YEAR, 'tieu_hoc', SCHOOL)
  if (!published) throw new Error('no set')
  await system.assessments.insert({
    id: LAST,
    schoolId: SCHOOL,
    year: LAST_YEAR,
    schoolKind: 'tieu_hoc',
    state,
    machine: 'assessment@1',
    rev: 1,
    set: { id: published.version.set.id, hash: published.version.hash, switches: {} },
    ancestors: ['xa', 'so'],
    openedOn: '2024-09-10',
    ...withCouncil(stage),
    criteria: {
      '1_1': { code: '1.1', state: 'frozen', rev: 3, answers: { '1': { a: 'met' } }, authors: [] },
      '1_2': { code: '1.2', state: 'frozen', rev: 3, answers: { '1': { a: 'notMet' } }, authors: [] },
    },
    aimsAtLevelFour: false,
    plan: { version: 1, deadlines: {} },
    report: { version: 1 },
    submissions: [],
    supplements: [],
    outbox: [
      entryBy(SYSTEM, AT, {
        id: `assessment:${LAST}:1`,
        unitId: SCHOOL,
        subject: { kind: 'assessment', id: LAST },
        event: 'open',
      }),
    ],
  })
  await write(stage, LAST, '1.1', 'strengths', 'Năm trước: chiến lược rõ.')
  await write(stage, LAST, '1.2', 'weaknesses', 'Năm trước: họp còn ít.')
}

describe('beginning with an earlier year', () => {
  it('previews, carries texts without verdicts, and leaves the earlier year as it is', async () => {
    const stage = await assessmentStage()
    await withLastYear(stage)
    const { system } = stage
    // The outbox empties by itself while the journal takes over.
    const standing = async () => {
      const { outbox: _, ...decided } = await system.assessments.get(LAST)
      return JSON.stringify([decided, await system.sheets.ofAssessment(LAST)])
    }
    const before = await standing()
    const head = await signedIn(stage.app, 'hieutruong')
    const { text } = await head.agent.get('/danh-gia/mo')
    expect(text).to.contain('Chép từ năm học 2024-2025').and.contain('Phần giữ nguyên')
    await send(head, '/danh-gia', { schoolId: SCHOOL, from: LAST }, '/danh-gia/mo')
    const opened = await system.assessments.get(ID)
    expect(opened.startedFrom).to.deep.equal({ assessmentId: LAST })
    expect(opened.criteria).to.deep.equal({})
    expect((await system.sheets.find(ID, '1.1')).parts['strengths']).to.include({
      text: 'Năm trước: chiến lược rõ.',
      notReviewed: true,
    })
    expect((await head.agent.get(HERE)).text).to.contain('Còn 2 phần chép sang chưa rà soát.')
    expect(await standing()).to.equal(before)
  })

  it('begins empty when that is chosen', async () => {
    const stage = await assessmentStage()
    await withLastYear(stage)
    const head = await signedIn(stage.app, 'hieutruong')
    await send(head, '/danh-gia', { schoolId: SCHOOL, from: 'khong' }, '/danh-gia/mo?tu=khong')
    expect(await stage.system.sheets.ofAssessment(ID)).to.deep.equal([])
  })

  it('begins with nothing that was not adopted', async () => {
    const stage = await assessmentStage()
    const head = await signedIn(stage.app, 'hieutruong')
    const refused = await send(head, '/danh-gia', { schoolId: SCHOOL, from: LAST }, '/danh-gia/mo')
    expect(refused.status).to.equal(422)
  })

  it('counts what is left to review until a person has confirmed it', async () => {
    const stage = await assessmentStage()
    await withLastYear(stage)
    const { system } = stage
    await openAssessment(system.assessmentNeeds)(await stage.actor('hieutruong'), SCHOOL, YEAR)
    const criteria = await sheetsIn(stage, 'drafting')
    const doubted = Object.fromEntries(
      Object.entries(criteria).map(([key, each]) => [
        key,
        { ...each, notReviewed: each.code === '1.1' || each.code === '1.2' },
      ]),
    )
    await stage.given({ ...withCouncil(stage), state: 'working', criteria: doubted })
    const lead = await signedIn(stage.app, 'van')
    const sheet = `${HERE}/phieu/1.1`
    expect((await lead.agent.get(sheet)).text)
      .to.contain('Còn 1 phần chép sang chưa rà soát')
      .and.contain('data-unreviewed')
    await send(lead, `${sheet}/ra-soat`, {}, sheet)
    expect((await system.sheets.find(ID, '1.1')).parts['strengths']?.notReviewed).to.equal(undefined)
    expect((await system.assessments.get(ID)).criteria['1_1']?.notReviewed).to.equal(undefined)
    expect((await system.assessments.get(ID)).criteria['1_2']?.notReviewed).to.equal(true)
    const outsider = await signedIn(stage.app, 'congdoan')
    expect((await send(outsider, `${HERE}/phieu/1.2/ra-soat`, {}, HERE)).status).to.equal(403)
  })

  it('compares two years indicator by indicator', async () => {
    const stage = await working()
    await withLastYear(stage)
    const head = await signedIn(stage.app, 'hieutruong')
    const { text } = await head.agent.get(`${HERE}/so-sanh?voi=${LAST_YEAR}`)
    expect(text).to.contain('<del>').and.contain('<ins>').and.contain('Không đạt')
    expect(text, 'the way back to the year that was come from').to.match(
      new RegExp(`<nav class="crumbs"[\\s\\S]*href="${HERE}"[\\s\\S]*</nav>`),
    )
    expect((await head.agent.get(`${HERE}/so-sanh?voi=2019-2020`)).status).to.equal(404)
  })

  it('leaves the sheets of other groups out of a comparison for whom the chair keeps to the own group', async () => {
    const stage = await working()
    await withLastYear(stage)
    const decided = { by: 'hieutruong', name: 'Quàng Thị Hiệu Trưởng', at: AT, reason: 'Viết độc lập' }
    await stage.given({
      groups: GROUPS.map(group =>
        group.id === 'nhom-1' ? { ...group, rights: { deeds: ['write', 'handIn'], terms: [], decided } } : group,
      ),
    })
    const compared = async (username: string): Promise<string> =>
      (await (await signedIn(stage.app, username)).agent.get(`${HERE}/so-sanh?voi=${LAST_YEAR}`)).text
    const [kept, whole] = [await compared('thanhvien'), await compared('van')]
    expect(whole).to.contain(`${HERE}/phieu/1.1`).and.contain(`${HERE}/phieu/2.1`)
    expect(kept).to.contain(`${HERE}/phieu/1.1`).and.not.contain(`${HERE}/phieu/2.1`)
    expect(kept).to.contain('tiêu chí của nhóm khác không hiện')
    expect(whole).to.not.contain('tiêu chí của nhóm khác không hiện')
  })
})

describe('a cancelled year', () => {
  it('is opened again in the same document, its earlier life kept', async () => {
    const stage = await working()
    const { system } = stage
    const lived = await stage.given({
      state: 'cancelled',
      cancelled: { reason: 'Mở nhầm.', decision: '4/QĐ', on: '2025-10-01' },
    })
    const head = await stage.actor('hieutruong')
    const again = await openAssessment(system.assessmentNeeds)(head, SCHOOL, YEAR)
    expect(again).to.include({ id: ID, state: 'preparing', rev: lived.rev + 1 })
    expect(again.cancelled).to.equal(undefined)
    expect(again.earlier?.map(life => life.cancelled?.reason)).to.deep.equal(['Mở nhầm.'])
    expect(again.revFloors?.['1_1']).to.equal(lived.criteria['1_1']?.rev)
    expect((await system.sheets.find(ID, '1.1')).parts['strengths']?.notReviewed).to.equal(true)
    const refused = await openAssessment(system.assessmentNeeds)(head, SCHOOL, YEAR).catch((error: unknown) => error)
    expect(refused).to.be.instanceOf(StepRefused)
  })
})

describe('what comes after the report', () => {
  it('is added as a supplement of its own, with its paper, while the year is open', async () => {
    const stage = await working()
    await stage.given({ state: 'accepted', report: { version: 1 } })
    const head = await signedIn(stage.app, 'hieutruong')
    const desk = `${HERE}/bao-cao`
    expect((await head.agent.get(desk)).text).to.contain('Lập báo cáo bổ sung')
    expect((await send(head, `${desk}/bo-sung`, { supplement: ' ' }, desk)).status).to.equal(422)
    await send(
      head,
      `${desk}/bo-sung`,
      { supplement: 'Đã sửa xong thư viện.', changes: 'Tiêu chí 3.2 – thư viện.\n' },
      desk,
    )
    const { state, supplements } = await stage.system.assessments.get(ID)
    expect(state).to.equal('accepted')
    expect(supplements).to.have.length(1)
    expect(supplements[0]).to.deep.include({ text: 'Đã sửa xong thư viện.', changes: ['Tiêu chí 3.2 – thư viện.'] })
    const paper = await head.agent.get(`/giay-to/${supplements[0]?.paperId ?? ''}.pdf`)
    expect(paper.status).to.equal(200)
    const secretary = await signedIn(stage.app, 'toan')
    expect((await send(secretary, `${desk}/bo-sung`, { supplement: 'x' }, HERE)).status).to.equal(403)
  })

  it('keeps earlier wordings of the parts of the report', async () => {
    const stage = await working()
    await write(stage, ID, 'bao-cao', 'purpose', 'Mục đích lúc đầu.')
    await stage.system.sheets.writePart({ assessmentId: ID, code: 'bao-cao' }, 'purpose', 1, {
      text: 'Mục đích đã sửa.',
      by: 'toan',
      name: 'Hà Thị Tổ Toán',
      at: new Date('2025-02-10T02:00:00Z'),
    })
    const head = await signedIn(stage.app, 'hieutruong')
    const { text } = await head.agent.get(`${HERE}/bao-cao/phan/purpose/lich-su`)
    expect(text).to.contain('Vàng Văn Tổ Văn').and.contain('<ins>').and.contain('Bản hiện nay')
    expect((await head.agent.get(`${HERE}/bao-cao/phan/khong-co/lich-su`)).status).to.equal(404)
  })
})
