import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import type request from 'supertest'
import { annualRoutes, stepAnnual } from '../../src/annual/index.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { unzipOwn } from '../../src/kernel/zip.ts'
import { DOCX_MIME } from '../../src/paper/index.ts'
import { appForTests, seat, signedIn, type Visitor } from '../http/app-for-tests.ts'
import { readPages } from '../paper/read-pdf.ts'
import { testDatabase } from '../support/database.ts'
import { annualBench, COMMUNE, holder } from './bench.ts'
import { NOW, RESERVES } from './some-rows.ts'

const SO = '/bao-cao-nam/so/2025-2026/cuoi-nam'
const XA = '/bao-cao-nam/xa-an/2025-2026/cuoi-nam'

/** Collects a binary answer. */
const binary = (asked: request.Test) =>
  asked.buffer(true).parse((answer, done) => {
    const chunks: Buffer[] = []
    answer.on('data', (chunk: Buffer) => chunks.push(chunk))
    answer.on('end', () => done(null, Buffer.concat(chunks)))
  })

describe('annual reports over HTTP', function () {
  this.timeout(120_000)
  let filesDir: string
  let bench: ReturnType<typeof annualBench>
  let officer: Visitor
  let lead: Visitor
  let commune: Visitor
  let neighbour: Visitor
  let head: Visitor
  let technician: Visitor

  before(async () => {
    filesDir = await mkdtemp(path.join(tmpdir(), 'kiem-dinh-annual-http-'))
    const db = await testDatabase()
    bench = annualBench(db, filesDir)
    await ensureIndexes(db)
    const stage = await appForTests(annualRoutes(bench.needs))
    await stage.person('chuyenvienso', 'so', [seat('provinceOfficer', 'so')])
    await stage.person('giamdoc', 'so', [seat('provinceLead', 'so')])
    await stage.person('chutichxa', 'xa-an', [seat('middleLead', 'xa-an')])
    await stage.person('xaben', 'xa-dong', [seat('middleLead', 'xa-dong')])
    await stage.person('hieutruong', 'mn-1', [seat('head', 'mn-1')])
    await stage.person('quantri', 'so', [seat('itAdmin', 'so')])
    officer = await signedIn(stage.app, 'chuyenvienso')
    lead = await signedIn(stage.app, 'giamdoc')
    commune = await signedIn(stage.app, 'chutichxa')
    neighbour = await signedIn(stage.app, 'xaben')
    head = await signedIn(stage.app, 'hieutruong')
    technician = await signedIn(stage.app, 'quantri')
  })
  after(() => rm(filesDir, { recursive: true }))

  it('shows the whole report with every figure a link to the schools behind it', async () => {
    const { text } = await officer.agent.get(SO)
    expect(text).to.contain('Công tác kiểm định chất lượng giáo dục').and.contain('id="bang-P14"')
    expect(text).to.contain(`${SO}/o/P1/all/finished`).and.contain('Số liệu chốt ngày 31/05/2026')
    const list = (await officer.agent.get(`${SO}/o/P1/all/finished`)).text
    expect(list).to.contain('5 trường').and.contain('Trường thcs-1').and.not.contain('Trường th-3')
    const school = (await officer.agent.get(`${SO}/truong/thcs-1`)).text
    expect(school).to.contain('Tiêu chí 1.2: Nội dung 1.2').and.contain('/danh-gia/a/phieu/1.2')
    const ofList = /href="([^"]*\/o\/M1\/[^"]*\/agreed)" aria-label="([^"]*)"/.exec((await commune.agent.get(XA)).text)
    expect(ofList?.[2]).to.match(/: Trường .*, % phiếu đã thống nhất/)
    const { text: one } = await commune.agent.get(ofList?.[1] ?? '')
    expect(one).to.match(/Trường [^·<]* · % phiếu đã thống nhất/)
    expect((await officer.agent.get(`${SO}/o/P1/all/lạ`)).status).to.equal(404)
    expect((await officer.agent.get(`${SO}/truong/la`)).status).to.equal(404)
  })

  it('opens behind a sum of size, of assigned, current and differing numbers the schools that add up to it', async () => {
    const { text } = await officer.agent.get(SO)
    const figures = [...text.matchAll(/href="([^"]*\/o\/P14c?\/all\/[^"]+)"[^>]*>([\d.+−-]+)<\/a>/g)]
    expect(figures.length).to.be.greaterThan(3)
    for (const [, address = '', figure = ''] of figures) {
      const page = await officer.agent.get(address)
      expect(page.status, address).to.equal(200)
      const column = Math.max(
        ['assigned', 'current', 'difference'].findIndex(each => address.endsWith(`-${each}`)),
        ['classes', 'pupils', 'staff'].findIndex(each => address.endsWith(`/${each}`)),
      )
      const lines = page.text.split('<tbody>')[1]?.split('</tr>').slice(0, -1) ?? []
      const numbers = lines.map(line => line.match(/<td class=numeric>[^<]*/g)?.[column]?.replace(/^[^>]*>|\./g, ''))
      if (column < 0) expect(String(lines.length), address).to.equal(figure.trim())
      else
        expect(
          numbers.reduce((sum, each) => sum + Number((each ?? '').replace('−', '-').replace('–', '0')), 0),
          address,
        ).to.equal(Number(figure.trim().replaceAll('.', '').replace('−', '-')))
    }
  })

  it('opens behind the reserve the units that keep it, with the decision, in the draft and as frozen', async () => {
    const before = bench.state.snapshots.get('2025-2026-cuoi-nam.v1') ?? NOW
    bench.state.snapshots.set('2025-2026-cuoi-nam.v1', { ...NOW, reserves: RESERVES })
    try {
      const { text } = await officer.agent.get(SO)
      expect(text).to.contain(`${SO}/o/P14c/reserve/teachers-assigned`).and.contain('Tổng cả dự phòng')
      const kept = (await officer.agent.get(`${SO}/o/P14c/reserve/teachers-assigned`)).text
      expect(kept).to.contain('2 đơn vị giữ chỉ tiêu dự phòng').and.contain('77/QĐ-UBND, ngày 20/08/2025')
      expect(kept)
        .to.match(/<td class=numeric>\s*12\s*</)
        .and.not.contain('0 trường')
      const both = (await officer.agent.get(`${SO}/o/P14d/withReserve/teachers-assigned`)).text
      expect(both).to.contain('2 trường').and.contain('2 đơn vị giữ chỉ tiêu dự phòng')
    } finally {
      bench.state.snapshots.set('2025-2026-cuoi-nam.v1', before)
    }
    expect((await officer.agent.get(`${SO}/o/P14c/reserve/teachers-assigned`)).status).to.equal(404)
  })

  it('marks live figures as provisional', async () => {
    bench.state.frozen = undefined
    expect((await officer.agent.get(SO)).text).to.contain('Số liệu tạm tính')
    bench.state.frozen = '2025-2026-cuoi-nam.v1'
    expect((await officer.agent.get(SO)).text).not.to.contain('Số liệu tạm tính')
  })

  it('tells whoever signs each missing part once, and beside the signature only what it needs more', async () => {
    bench.state.frozen = undefined
    const { text } = await lead.agent.get(SO)
    bench.state.frozen = '2025-2026-cuoi-nam.v1'
    expect(text.match(/Phần “I\. [^”]*” chưa viết/g)).to.have.length(1)
    expect(text).to.contain('Còn thiếu để trình ký').and.contain('Còn thiếu thêm để ký')
    expect(text).to.contain('các bảng còn là số liệu tạm tính').and.contain('125/BC-SGDĐT')
    expect((await commune.agent.get(XA)).text).to.contain('125/BC-UBND')
    expect((await lead.agent.get(`${SO}/lap-ban-in`)).text).to.contain('Về báo cáo năm')
  })

  it('is unknown to other units, to schools, to the IT team, and to the Sở before it is sent', async () => {
    for (const visitor of [neighbour, head, technician, officer, lead])
      for (const address of [XA, `${XA}/soan`, `${XA}/bao-cao.pdf`, `${XA}/bao-cao.xlsx`, `${XA}/o/M2/all/schools`])
        expect((await visitor.agent.get(address)).status, address).to.equal(404)
    for (const visitor of [neighbour, head, technician, commune])
      expect((await visitor.agent.get(SO)).status).to.equal(404)
    for (const address of ['/bao-cao-nam/mn-1/2025-2026/cuoi-nam', '/bao-cao-nam/so/2025-2027/cuoi-nam'])
      expect((await officer.agent.get(address)).status, address).to.equal(404)
  })

  it('saves texts as they are typed, answers a conflict with both, and takes proposals', async () => {
    const desk = (await officer.agent.get(`${SO}/soan`)).text
    expect(desk).to.contain('data-annual-desk').and.contain('71,4%').and.contain('data-part="III-1"')
    const csrf = /name="csrf-token" content="([^"]+)"/.exec(desk)?.[1] ?? ''
    const put = (rev: number, words: string) =>
      officer.agent
        .put(`${SO}/phan/I`)
        .set('x-csrf-token', csrf)
        .set('Accept', 'application/json')
        .send({ rev, text: words })
    const saved = await put(0, 'Quy mô của ngành.')
    expect(saved.status).to.equal(200)
    expect(saved.text).to.contain('"rev":1')
    const conflict = await put(0, 'Quy mô khác.')
    expect(conflict.status).to.equal(409)
    expect(conflict.text).to.contain('"text":"Quy mô của ngành."').and.contain('"pieces":[{')
    expect((await officer.post(`${SO}/phan/II`, { rev: '0', text: 'Chỉ đạo.' }, `${SO}/soan`)).status).to.equal(303)
    expect((await officer.agent.get(SO)).text)
      .to.contain('Quy mô của ngành.')
      .and.contain('Chỉ đạo.')
  })

  it('takes targets, plans and money, and refuses what is none with the words typed', async () => {
    const wrong = await officer.post(`${SO}/chi-tieu`, { 'P3.all': '120' }, `${SO}/soan`)
    expect(wrong.status).to.equal(422)
    expect(wrong.text).to.contain('value="120"').and.contain('từ 0 đến 100')
    expect((await officer.post(`${SO}/chi-tieu`, { 'P3.all': '45,5' }, `${SO}/soan`)).status).to.equal(303)
    const stranger = await officer.post(`${SO}/ke-hoach`, { school: 'la', title: 'national-1' }, `${SO}/soan`)
    expect(stranger.status).to.equal(422)
    const plan = { school: 'th-2', title: 'national-2', batch: 'Đợt 1' }
    expect((await officer.post(`${SO}/ke-hoach`, plan, `${SO}/soan`)).status).to.equal(303)
    const money = { budget: 'Ngân sách | Đoàn | 1.000.000 | 900000', assessors: 'Trường THPT | 12', personDays: '40' }
    expect((await officer.post(`${SO}/kinh-phi`, money, `${SO}/soan`)).status).to.equal(303)
    const { text } = await officer.agent.get(SO)
    expect(text).to.contain('45,5').and.contain('1.000.000').and.contain('Trường THPT')
    expect((await officer.agent.get(`${SO}/o/P13/all/national2`)).text).to.contain('Trường th-2')
  })

  it('gives PDF, Word and spreadsheet of the draft, and tells the progress of the drawing', async () => {
    const { text } = await officer.agent.get(`${SO}/tien-do`)
    expect(text).to.contain('Đang vẽ trang').and.contain(`"href":"${SO}/bao-cao.pdf"`)
    const pdf = await binary(officer.agent.get(`${SO}/bao-cao.pdf`))
    const pages = await readPages(pdf.body as Buffer)
    expect(pages[0]?.artifacts).to.contain('BẢN NHÁP')
    expect(pages.map(page => page.text).join(' '))
      .to.contain('P5. Kết quả theo địa bàn')
      .and.contain('UBND xã An Mẫu')
    const word = await binary(officer.agent.get(`${SO}/bao-cao.docx`))
    expect(word.headers['content-type']).to.equal(DOCX_MIME)
    expect([...unzipOwn(word.body as Buffer).keys()]).to.include('word/document.xml')
    const sheets = unzipOwn((await binary(officer.agent.get(`${SO}/bao-cao.xlsx`))).body as Buffer)
    expect(String(sheets.get('xl/workbook.xml'))).to.contain('name="P14b"')
  })

  it('is signed by the lead alone, sent up, and read there as it was signed', async () => {
    const unitLead = holder('middleLead', 'xa-an')
    await bench.writeAll(unitLead, COMMUNE)
    await stepAnnual(bench.needs)(unitLead, COMMUNE, { type: 'propose' })
    const signing = { number: '7/BC-UBND', date: '2026-06-09', position: 'CHỦ TỊCH' }
    const half = await commune.post(`${XA}/ky`, { ...signing, number: '' }, XA)
    expect(half.status).to.equal(422)
    expect((await commune.post(`${XA}/ky`, signing, XA)).status).to.equal(303)
    expect((await lead.agent.get(XA)).status).to.equal(404)
    expect((await commune.post(`${XA}/gui`, {}, XA)).status).to.equal(303)

    const seen = await lead.agent.get(XA)
    expect(seen.status).to.equal(200)
    expect(seen.text).to.contain('Lời của phần I.').and.contain('id="bang-M1"').and.not.contain(`${XA}/soan`)
    expect((await lead.agent.get(`${XA}/soan`)).status).to.equal(403)
    expect((await lead.post(`${XA}/sua-doi`, { reason: 'x' }, XA)).status).to.equal(403)
    expect((await lead.agent.get('/bao-cao-nam?nam=2025-2026')).text).to.contain('7/BC-UBND')

    const first = (await binary(lead.agent.get(`${XA}/phien-ban/1.pdf`))).body as Buffer
    expect((await commune.post(`${XA}/sua-doi`, { reason: 'Sửa số liệu' }, XA)).status).to.equal(303)
    const draft = { rev: '1', text: 'Lời mới chưa gửi.' }
    expect((await commune.post(`${XA}/phan/I`, draft, `${XA}/soan`)).status).to.equal(303)
    const still = (await lead.agent.get(XA)).text
    expect(still).to.contain('Lời của phần I.').and.not.contain('Lời mới chưa gửi.')
    const again = (await binary(lead.agent.get(`${XA}/bao-cao.pdf`))).body as Buffer
    expect(again.equals(first)).to.equal(true)
    expect((await neighbour.agent.get(XA)).status).to.equal(404)
  })

  it('refuses a signature with what is missing, listed', async () => {
    const refused = await lead.post(`${SO}/ky`, { number: '1/BC', date: '2026-06-09', position: 'GIÁM ĐỐC' }, SO)
    expect(refused.status).to.equal(409)
    expect(refused.text).to.contain('Phần “1. Tự đánh giá” chưa viết.')
  })
})
