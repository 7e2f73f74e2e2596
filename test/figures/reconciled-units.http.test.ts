import { expect } from 'chai'
import { compare, saveFigures, type FigureValues } from '../../src/figures/index.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { readGrids, row, writeWorkbook, type GridValue } from '../../src/sheet-files/index.ts'
import { seat, signedIn, type Visitor } from '../http/app-for-tests.ts'
import { organisationsStage } from '../organisations/stage.ts'
import { soundThcs } from './some-figures.ts'

const year = workingYear('2025-2026')
const AT = 'nam=2025-2026'
const SCHOOL = `truong=thcs&${AT}`
const UNIT = `don-vi=xa&${AT}`
const now = (): Date => new Date('2025-10-05T02:41:00Z')

/** Bytes of an answer that supertest would otherwise try to read as text. */
async function download(visitor: Visitor, path: string): Promise<{ status: number; bytes: Buffer; type: string }> {
  const answer = await visitor.agent
    .get(path)
    .buffer(true)
    .parse((stream, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => done(null, Buffer.concat(parts)))
    })
  return { status: answer.status, bytes: answer.body as Buffer, type: answer.headers['content-type'] ?? '' }
}

async function upload(visitor: Visitor, path: string, field: string, bytes: Buffer, name: string, from: string) {
  const csrf = await visitor.token(from)
  return visitor.agent.post(path).field('_csrf', csrf).field('_page', from).attach(field, bytes, name)
}

const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? ''

/** A downloaded template with some cells replaced, written again as a person's program would save it. */
async function filledIn(
  bytes: Buffer,
  change: (head: string, id: GridValue) => GridValue | undefined,
): Promise<Buffer> {
  const [grid] = await readGrids(bytes)
  if (!grid) throw new Error('the template has no sheet')
  const at = grid.rows.findIndex(cells => cells[0] === 'Mã trường')
  const heads = (grid.rows[at] ?? []).map(String)
  return writeWorkbook([
    {
      name: grid.sheet,
      columns: heads.map(head => ({ head })),
      rows: grid.rows.slice(at + 1).map(cells =>
        row(
          ...cells.map((cell, column) => {
            const value = change(heads[column] ?? '', cells[0] ?? null) ?? cell
            return value instanceof Date ? value.toISOString().slice(0, 10) : typeof value === 'boolean' ? null : value
          }),
        ),
      ),
    },
  ])
}

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')

describe('assigned numbers from above, scans and sums', () => {
  let stage: Awaited<ReturnType<typeof organisationsStage>>
  let head: Visitor
  let officer: Visitor
  let sheet: Buffer
  const of = () => stage.figures.of('thcs', year)
  const rev = async () => String((await of()).rev)

  before(async () => {
    stage = await organisationsStage()
    await stage.person('head', 'thcs', [seat('head', 'thcs')])
    await stage.person('officer', 'xa', [seat('middleOfficer', 'xa')])
    await stage.person('so', 'so', [seat('provinceLead', 'so')])
    await stage.person('other', 'thpt', [seat('head', 'thpt')])
    head = await signedIn(stage.app, 'head')
    officer = await signedIn(stage.app, 'officer')
    const actor: Actor = { personId: 'head', name: 'Mai Thị Lựu', seats: [seat('head', 'thcs')] }
    const typed: FigureValues = soundThcs({ 'position.maths.establishment': 3 })
    await saveFigures({ figures: stage.figures, units: stage.units, now })(actor, {
      schoolId: 'thcs',
      forYear: year,
      year,
      typed,
      seenRev: 0,
    })
    const template = await download(officer, `/doi-sanh/giao/mau.xlsx?${UNIT}`)
    const assigned = new Map(
      compare(['thcs'], typed, undefined).map(({ key, current }) => [
        key,
        key === 'staff.teachers.total' ? 18 : current,
      ]),
    )
    sheet = await filledIn(template.bytes, headText => {
      if (headText.endsWith(': số')) return '45/QĐ-UBND'
      if (headText.endsWith(': ngày')) return '05/08/2025'
      if (headText.endsWith(': cơ quan')) return 'UBND xã Suối Mây'
      const grade = /^(Lớp|Học sinh): Khối lớp (\d)$/.exec(headText)
      if (grade) return assigned.get(`${grade[1] === 'Lớp' ? 'classes' : 'pupils'}.g${grade[2]}`)
      if (headText === 'Giáo viên: Giáo viên') return 18
      if (headText === 'Quản lý: Hiệu trưởng' || headText === 'Quản lý: Phó Hiệu trưởng') return 1
      return headText === 'Nhân viên: Nhân viên' ? 4 : undefined
    })
  })

  const send = async (visitor: Visitor, bytes: Buffer) => {
    const from = `/doi-sanh/giao?${UNIT}`
    return upload(visitor, from, 'file', bytes, 'giao.xlsx', from)
  }
  const shown = async (bytes: Buffer) => {
    const sent = await send(officer, bytes)
    expect(sent.status, sent.text).to.equal(303)
    return (await officer.agent.get(sent.headers['location'] ?? '')).text
  }
  const confirm = (text: string) =>
    officer.post(
      `/doi-sanh/giao/xac-nhan?${UNIT}`,
      { token: hidden(text, 'token'), mark: hidden(text, 'mark') },
      `/doi-sanh/giao?${UNIT}`,
    )

  it('writes nothing for a sheet with faults and names each cell', async () => {
    const broken = await filledIn(sheet, headText =>
      headText === 'Lớp: Khối lớp 6' ? 'hai' : headText === 'QĐ giao chỉ tiêu: ngày' ? '' : undefined,
    )
    const text = await shown(broken)
    expect(text).to.contain('Giao số liệu, ô').and.contain('Phải là số.').and.not.contain('name="mark"')
    expect((await of()).targets).to.equal(undefined)
  })
  it('does not confirm without the mark of what was shown', async () => {
    const text = await shown(sheet)
    const forged = await officer.post(
      `/doi-sanh/giao/xac-nhan?${UNIT}`,
      { token: hidden(text, 'token'), mark: 'a'.repeat(64) },
      `/doi-sanh/giao?${UNIT}`,
    )
    expect(forged.status).to.equal(409)
    expect((await of()).targets).to.equal(undefined)
  })
  it('assigns what was shown, and nothing again for the same sheet', async () => {
    const text = await shown(sheet)
    expect(text).to.contain('Xác nhận nhập 1 dòng').and.contain('Trường THCS Lá Lúa')
    expect((await confirm(text)).status).to.equal(303)
    const { targets } = await of()
    expect(targets).to.deep.include({ unitId: 'xa', on: '2025-10-05' })
    expect(targets?.planDecision).to.deep.equal({ number: '45/QĐ-UBND', day: '2025-08-05', issuer: 'UBND xã Suối Mây' })
    expect(targets?.assigned).to.deep.include({ key: 'staff.teachers.total', value: 18 })
    const before = await rev()
    expect(await shown(sheet)).to.contain('không cần nhập')
    expect(await rev()).to.equal(before)
  })
  it('shows the school the numbers as fixed and lets it only explain', async () => {
    const { text } = await head.agent.get(`/so-lieu/doi-sanh?${SCHOOL}`)
    expect(text).to.contain('Số giao do cấp trên nhập').and.not.contain('name="assigned.staff.teachers.total"')
    expect(text).to.contain('Giáo viên theo định mức').and.contain('15,2')
    const draft = {
      revision: await rev(),
      'plan.given': '1',
      'staff.given': '1',
      'assigned.staff.teachers.total': '16',
      'code.staff.teachers.total': 'notRecruited',
      'sentence.staff.teachers.total': 'Chưa có nguồn tuyển.',
      'remedy.staff.teachers.total': 'Đăng ký tuyển dụng',
      'due.staff.teachers.total': '31/12/2025',
    }
    expect((await head.post(`/so-lieu/doi-sanh?${SCHOOL}`, draft, `/so-lieu/doi-sanh?${SCHOOL}`)).status).to.equal(303)
    const { reconciliation } = await of()
    expect(reconciliation?.assigned, 'a forged number').to.deep.equal([])
    expect(reconciliation?.explanations).to.deep.equal([
      {
        key: 'staff.teachers.total',
        code: 'notRecruited',
        sentence: 'Chưa có nguồn tuyển.',
        remedy: 'Đăng ký tuyển dụng',
        due: '2025-12-31',
      },
    ])
  })
  it('is verified for several schools at once only when the decisions are scanned', async () => {
    for (const event of ['explain', 'confirm']) {
      const step = await head.post(
        `/so-lieu/doi-sanh/${event}?${SCHOOL}`,
        { revision: await rev() },
        `/so-lieu/doi-sanh?${SCHOOL}`,
      )
      expect(step.status, step.text).to.equal(303)
    }
    const verify = async (visitor: Visitor) =>
      visitor.post(`/doi-sanh/xac-nhan?${UNIT}`, { school: 'thcs' }, `/doi-sanh?${UNIT}`)
    expect((await verify(officer)).status).to.equal(303)
    expect((await of()).reconciliation?.state, 'without scans').to.equal('confirmed')
    for (const kind of ['plan', 'staff']) {
      const path = `/so-lieu/doi-sanh/quet/${kind}?${SCHOOL}`
      const form = `/so-lieu/doi-sanh?${SCHOOL}`
      expect((await upload(head, path, 'scan', PDF, 'qd.pdf', form)).status, 'the unit’s own decision').to.equal(403)
      const text = await upload(officer, path, 'scan', Buffer.from('chỉ là chữ'), 'qd.pdf', form)
      expect(text.status).to.equal(422)
      expect((await upload(officer, path, 'scan', PDF, 'QĐ giao.pdf', form)).status).to.equal(303)
      const opened = await download(head, path)
      expect(opened.bytes.equals(PDF)).to.equal(true)
      expect(opened.type).to.equal('application/pdf')
    }
    const [scan] = [(await of()).targets?.planDecision?.scan]
    expect([...(await stage.figures.referenced([scan?.sha256 ?? '', 'b'.repeat(64)]))]).to.deep.equal([scan?.sha256])
    expect((await verify(officer)).status).to.equal(303)
    expect((await of()).reconciliation?.state).to.equal('verified')
  })
  it('is verified by the Sở when it sums up, which may also dispute it', async () => {
    const so = await signedIn(stage.app, 'so')
    const step = async (event: string, reason = '') =>
      so.post(`/so-lieu/doi-sanh/${event}?${SCHOOL}`, { revision: await rev(), reason }, `/so-lieu/doi-sanh?${SCHOOL}`)
    const early = await officer.post(
      `/so-lieu/doi-sanh/provinceVerify?${SCHOOL}`,
      { revision: await rev() },
      `/doi-sanh?${UNIT}`,
    )
    expect(early.status, 'the commune is not the Sở').to.equal(403)
    expect((await step('provinceVerify')).status).to.equal(303)
    expect((await of()).reconciliation).to.deep.include({ state: 'provinceVerified' })
    const changed = await filledIn(sheet, headText => (headText === 'Giáo viên: Giáo viên' ? 17 : undefined))
    expect(await shown(changed), 'other numbers for a verified form').to.contain('đã được xác nhận khớp')
    expect((await step('dispute', 'Số biên chế theo quyết định mới là 17.')).status).to.equal(303)
    expect((await confirm(await shown(changed))).status).to.equal(303)
    expect((await of()).reconciliation?.state).to.equal('drafting')
  })
  it('keeps a reserve only with the decision that assigned it, and loses nothing that was typed', async () => {
    const fields = { revision: '0', 'reserve.classes.total': '3', 'reserve.decision.issuer': 'UBND xã Suối Mây' }
    const refused = await officer.post(`/doi-sanh/du-phong?${UNIT}`, fields, `/doi-sanh?${UNIT}`)
    expect(refused.status).to.equal(422)
    expect(refused.text)
      .to.contain('Xin nhập số, ký hiệu của quyết định.')
      .and.contain('Ngày phải có dạng ngày/tháng/năm')
      .and.not.contain('Xin nhập cơ quan ban hành.')
    expect(refused.text).to.match(/name="reserve.classes.total"[^>]*value="3"/)
    expect(refused.text).to.match(/name="reserve.decision.issuer"[^>]*value="UBND xã Suối Mây"/)
    expect((await stage.reserves.of('xa', year)).rev).to.equal(0)
  })
  it('still shows a reserve that was kept without a decision', async () => {
    await stage.reserves.save(
      await stage.reserves.of('so', year),
      { values: [{ key: 'classes.total', value: 4 }] },
      {
        id: 'reserve-so',
        at: now(),
        by: { personId: 'so', name: 'Người Mẫu', seats: [] },
        unitId: 'so',
        year,
        subject: { kind: 'figureReserve', id: `so.${year}` },
        event: 'keepReserve',
      },
    )
    const { text } = await (await signedIn(stage.app, 'so')).agent.get(`/doi-sanh?don-vi=so&${AT}`)
    expect(text).to.match(/name="reserve.classes.total"[^>]*value="4"/)
  })
  it('sums schools and reserves up to the Sở', async () => {
    const fields = {
      revision: '0',
      'reserve.staff.teachers.total': '2',
      'reserve.decision.number': '77/QĐ-UBND',
      'reserve.decision.day': '20/08/2025',
      'reserve.decision.issuer': 'UBND xã',
    }
    expect((await officer.post(`/doi-sanh/du-phong?${UNIT}`, fields, `/doi-sanh?${UNIT}`)).status).to.equal(303)
    expect((await stage.reserves.of('xa', year)).decision).to.deep.equal({
      number: '77/QĐ-UBND',
      day: '2025-08-20',
      issuer: 'UBND xã',
    })
    expect((await officer.agent.get(`/doi-sanh?${UNIT}`)).text).to.contain('value="77/QĐ-UBND"')
    const partly = { ...fields, revision: '1', 'reserve.decision.day': '' }
    expect((await officer.post(`/doi-sanh/du-phong?${UNIT}`, partly, `/doi-sanh?${UNIT}`)).status).to.not.equal(303)
    expect((await stage.reserves.of('xa', year)).rev).to.equal(1)
    expect((await officer.post(`/doi-sanh/du-phong?don-vi=so&${AT}`, fields, `/doi-sanh?${UNIT}`)).status).to.equal(404)
    const so = await signedIn(stage.app, 'so')
    const { text } = await so.agent.get(`/doi-sanh?don-vi=so&${AT}`)
    expect(text).to.contain('UBND xã Suối Mây').and.contain('Trường THPT Đồi Thông')
    const { bytes } = await download(so, `/doi-sanh/tong-hop.xlsx?don-vi=so&${AT}`)
    const [sums, schools] = await readGrids(bytes)
    expect(sums?.rows.find(cells => cells[0] === 'Giáo viên')).to.deep.equal([
      'Giáo viên',
      'người',
      17,
      2,
      19,
      16,
      -1,
      1,
    ])
    expect(schools?.rows.some(cells => cells[1] === 'Trường THCS Lá Lúa' && cells[2] === 'Đang lập')).to.equal(true)
  })
  it('opens behind each row of the sums the schools with their numbers and reasons', async () => {
    const so = await signedIn(stage.app, 'so')
    const address = `/doi-sanh/dong?don-vi=so&${AT}&dong=staff.teachers.total`
    expect((await so.agent.get(`/doi-sanh?don-vi=so&${AT}`)).text).to.contain(
      `href="${address.replaceAll('&', '&amp;')}"`,
    )
    const { text } = await so.agent.get(address)
    const line = text.split('<tr>').find(each => each.includes('Trường THCS Lá Lúa')) ?? ''
    const cells = [...line.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell]) =>
      cell?.replace(/<[^>]+>/g, '').trim(),
    )
    expect(cells.slice(2, 6)).to.deep.equal(['17', '16', '-1', 'Chưa tuyển được'])
    expect(line).to.contain('#hang-staff.teachers.total')
    expect((await so.agent.get(`/doi-sanh/dong?don-vi=so&${AT}&dong=khong-co`)).status).to.equal(404)
    expect((await officer.agent.get(address)).status, 'the commune asks for the province').to.equal(404)
    expect((await head.agent.get(`/doi-sanh/dong?${UNIT}`)).status).to.equal(404)
  })
  it('shows a unit to nobody of another, and to no school', async () => {
    expect((await head.agent.get(`/doi-sanh?${UNIT}`)).status).to.equal(404)
    expect((await officer.agent.get(`/doi-sanh?don-vi=so&${AT}`)).status).to.equal(404)
    const other = await signedIn(stage.app, 'other')
    expect((await other.agent.get(`/so-lieu/doi-sanh/quet/plan?${SCHOOL}`)).status).to.equal(404)
    expect((await other.agent.get(`/so-lieu/doi-sanh/phieu.xlsx?${SCHOOL}`)).status).to.equal(404)
    expect((await send(other, sheet)).status).to.equal(404)
  })
  it('gives the form as a sheet and on paper', async () => {
    const { bytes } = await download(head, `/so-lieu/doi-sanh/phieu.xlsx?${SCHOOL}`)
    const [grid] = await readGrids(bytes)
    const teachers = grid?.rows.find(cells => cells[1] === 'Giáo viên')
    expect(teachers?.slice(3, 10)).to.deep.equal([17, 16, -1, 16 / 17, 15.2, 0.8, 'Chưa tuyển được'])
    const paper = await download(head, `/so-lieu/doi-sanh/phieu.pdf?${SCHOOL}`)
    expect(paper.bytes.subarray(0, 5).toString()).to.equal('%PDF-')
  }).timeout(180_000)

  it('takes the figures of a school by sheet, whole or not at all', async () => {
    const template = await download(head, `/so-lieu/mau.xlsx?${SCHOOL}`)
    const [grid] = await readGrids(template.bytes)
    const from = `/so-lieu/nhap?${SCHOOL}`
    const bring = async (changes: Readonly<Record<string, GridValue>>) => {
      const at = grid?.rows.findIndex(cells => cells[0] === 'Mã số liệu') ?? 0
      const bytes = await writeWorkbook([
        {
          name: 'Số liệu',
          columns: [{ head: 'Mã số liệu' }, { head: 'Số liệu' }],
          rows: (grid?.rows.slice(at + 1) ?? []).map(cells => {
            const value = changes[String(cells[0])] ?? cells[3] ?? null
            return row(String(cells[0]), typeof value === 'string' || typeof value === 'number' ? value : null)
          }),
        },
      ])
      const sent = await upload(head, from, 'file', bytes, 'so-lieu.xlsx', from)
      return (await head.agent.get(sent.headers['location'] ?? '')).text
    }
    const before = await rev()
    const broken = await bring({ 'pupils.female': 9_999, 'classes.g7': 3 })
    expect(broken).to.contain('Số nữ lớn hơn tổng số.').and.not.contain('name="mark"')
    expect(await rev()).to.equal(before)
    const sound = await bring({ 'pupils.female': 151, 'position.guard.contract': 1 })
    const confirmed = await head.post(
      `/so-lieu/nhap/xac-nhan?${SCHOOL}`,
      { token: hidden(sound, 'token'), mark: hidden(sound, 'mark') },
      from,
    )
    expect(confirmed.status).to.equal(303)
    const cells = new Map((await of()).cells.map(({ key, value }) => [key, value]))
    expect([cells.get('pupils.female'), cells.get('position.guard.contract'), cells.get('classes.g7')]).to.deep.equal([
      151, 1, 2,
    ])
    expect((await officer.agent.get(from)).status).to.equal(403)
  })
})
