import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import type request from 'supertest'
import { adopt, printDraft } from '../../src/assessments/index.ts'
import { contentHashOf } from '../../src/reports/seal.ts'
import { documentOf, paperRoutes, printPaper, printKindFrom, verifyRoutes } from '../../src/reports/index.ts'
import { shiftYear } from '../../src/kernel/working-year.ts'
import { unzipOwn } from '../../src/kernel/zip.ts'
import { DOCX_MIME } from '../../src/paper/index.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { appForTests, seat, signedIn, Visitor } from '../http/app-for-tests.ts'
import { testDatabase } from '../support/database.ts'
import { readPages } from '../paper/read-pdf.ts'
import { ID, YEAR } from './a-dossier.ts'
import { adoptionStage, ADOPTION, CHAIR } from './adoption-stage.ts'

const CENTRE = `/danh-gia/${ID}/giay-to`
const DRAFT = `${CENTRE}/du-thao`

/** Collects a binary answer. */
const binary = (asked: request.Test) =>
  asked.buffer(true).parse((answer, done) => {
    const chunks: Buffer[] = []
    answer.on('data', (chunk: Buffer) => chunks.push(chunk))
    answer.on('end', () => done(null, Buffer.concat(chunks)))
  })

const bytesOf = async (visitor: Visitor, address: string): Promise<Buffer> => {
  const { status, body, headers } = await binary(visitor.agent.get(address))
  expect([status, headers['content-type']]).to.deep.equal([200, 'application/pdf'])
  expect(body).to.be.instanceOf(Buffer)
  return body as Buffer
}

/** A seat of this year, or of another. */
const of = (role: Parameters<typeof seat>[0], unitId: string, year = YEAR) => ({ ...seat(role, unitId), year })

/** The answer of the public check to a file. */
async function uploaded(visitor: Visitor, folder: string, bytes: Uint8Array): Promise<string> {
  const file = path.join(folder, 'to-check.pdf')
  await writeFile(file, bytes)
  const csrf = await visitor.token('/xac-minh')
  return (await visitor.agent.post('/xac-minh').field('_csrf', csrf).attach('tep', file)).text
}

describe('papers over HTTP', function () {
  this.timeout(120_000)
  let filesDir: string
  let stage: ReturnType<typeof adoptionStage>
  let app: Awaited<ReturnType<typeof appForTests>>['app']
  let teacher: Visitor
  let stranger: Visitor
  let lastYear: Visitor
  let officer: Visitor
  let anybody: Visitor
  let paperId: string
  let draftId: string

  before(async () => {
    filesDir = await mkdtemp(path.join(tmpdir(), 'kiem-dinh-papers-'))
    const db = await testDatabase()
    stage = adoptionStage(db, filesDir)
    await ensureIndexes(db)
    await stage.assessments.insert(stage.dossier.assessment)
    draftId = (await printDraft(stage.needs)(CHAIR, ID)).report.draft?.paperId ?? ''
    const server = await appForTests([...paperRoutes(stage.reports), ...verifyRoutes(stage.reports)])
    app = server.app
    await server.person('giaovien', 'thcs', [of('staff', 'thcs')])
    await server.person('khach', 'thpt', [of('head', 'thpt')])
    await server.person('namtruoc', 'thcs', [of('staff', 'thcs', shiftYear(YEAR, -1))])
    await server.person('chuyenvien', 'xa', [seat('middleOfficer', 'xa')])
    teacher = await signedIn(app, 'giaovien')
    stranger = await signedIn(app, 'khach')
    lastYear = await signedIn(app, 'namtruoc')
    officer = await signedIn(app, 'chuyenvien')
    anybody = new Visitor(app)
  })
  after(() => rm(filesDir, { recursive: true }))

  it('tells the progress of a long print page by page and where the file is', async () => {
    expect((await teacher.agent.get(`${DRAFT}/bao-cao`)).text).to.contain(
      `data-progress-url="${DRAFT}/bao-cao/tien-do"`,
    )
    const { text } = await teacher.agent.get(`${DRAFT}/bao-cao/tien-do`)
    const steps = [...text.matchAll(/^data: (\{.+\})$/gm)].map(found => JSON.parse(found[1] ?? '{}') as object)
    expect(steps.filter(step => 'done' in step && 'total' in step && step.done === step.total)).not.to.have.length(0)
    const messages = steps.map(step => ('message' in step ? String(step.message) : ''))
    expect(messages[0]).to.equal('Đang đọc dữ liệu của hồ sơ…')
    expect(messages.filter(message => /^Đang vẽ trang \d+\/\d+…$/.test(message)).length).to.be.greaterThan(5)
    expect(steps.at(-1)).to.have.property('href', `${DRAFT}/bao-cao.pdf`)
    expect(text).to.contain('event: end')
  })

  for (const kind of ['quyet-dinh', 'ke-hoach', 'danh-muc-minh-chung', 'nhan-hop', 'report'])
    it(`draws the draft ${kind} for people of the school`, async () => {
      const pages = await readPages(await bytesOf(teacher, `${DRAFT}/${kind}.pdf`))
      expect(pages.length).to.be.greaterThan(0)
      if (kind !== 'nhan-hop') expect(pages[0]?.artifacts).to.contain('BẢN NHÁP – chưa ban hành')
    })

  it('gives a draft as a Word file to the school, to nobody else', async () => {
    const { status, body, headers } = await binary(teacher.agent.get(`${DRAFT}/bao-cao.docx`))
    expect([status, headers['content-type']]).to.deep.equal([200, DOCX_MIME])
    const parts = new Map([...unzipOwn(body as Buffer)].map(([name, bytes]) => [name, String(bytes)]))
    expect(parts.get('word/document.xml')).to.contain('Phần III. KẾT LUẬN CHUNG').and.to.contain('[H1-1.1-01]')
    expect([...parts.keys()].filter(name => name.startsWith('word/charts/')).length).to.be.greaterThan(0)
    for (const visitor of [stranger, lastYear, officer])
      expect((await visitor.agent.get(`${DRAFT}/bao-cao.docx`)).status).to.equal(404)
  })

  it('draws a sheet and its analysis', async () => {
    const [sheet] = await readPages(await bytesOf(teacher, `/danh-gia/${ID}/phieu/2.3/phieu.pdf`))
    expect(sheet?.text).to.contain('PHIẾU ĐÁNH GIÁ TIÊU CHÍ').and.to.contain('Tiêu chí 2.3: Đối với nhân viên')
    const [analysis] = await readPages(await bytesOf(teacher, `/danh-gia/${ID}/phieu/2.3/phan-tich.pdf`))
    expect(analysis?.text).to.contain('PHIẾU XÁC ĐỊNH NỘI HÀM')
  })

  it('does not know a sheet or a kind of paper that is none', async () => {
    expect((await teacher.agent.get(`/danh-gia/${ID}/phieu/9.9/phieu.pdf`)).status).to.equal(404)
    expect((await teacher.agent.get(`${DRAFT}/hoa-don.pdf`)).status).to.equal(404)
  })

  it('is unknown to other schools, to last year’s staff and, before the sending, to the managing unit', async () => {
    for (const visitor of [stranger, lastYear, officer])
      for (const address of [CENTRE, `${DRAFT}/bao-cao.pdf`, `${DRAFT}/bao-cao/tien-do`, `/giay-to/${draftId}.pdf`])
        expect((await visitor.agent.get(address)).status, address).to.equal(404)
  })

  it('sends nobody a paper without signing in', async () => {
    expect((await anybody.agent.get(`/giay-to/${draftId}.pdf`)).status).to.equal(303)
  })

  it('says on a Word file that it is no issued paper', async () => {
    const { body } = await binary(teacher.agent.get(`/giay-to/${draftId}.docx`))
    const footers = [...unzipOwn(body as Buffer)].filter(([name]) => /footer\d+\.xml$/.test(name))
    expect(footers.map(([, bytes]) => String(bytes)).join('')).to.contain('không phải văn bản đã ban hành')
  })

  describe('once the report is adopted', () => {
    before(async () => {
      paperId = (await adopt(stage.needs)(CHAIR, ID, ADOPTION)).report.adopted?.paperId ?? ''
    })

    it('lists it with date, pages and hash, and shows it on screen', async () => {
      const paper = await stage.reports.papers.get(paperId)
      const { text } = await teacher.agent.get(CENTRE)
      expect(text)
        .to.contain('Đã ban hành')
        .and.contain('ngày 15/04/2026')
        .and.contain(paper.contentHash.slice(0, 12))
        .and.contain(`/giay-to/${paperId}.pdf`)
      const preview = await teacher.agent.get(`/giay-to/${paperId}/xem`)
      expect(preview.text).to.contain('Phần III. KẾT LUẬN CHUNG').and.contain('id="paper-mc-mc-1-1-001"')
    })

    it('lists the letters of the managing level among them, the newest first', async () => {
      const { text } = await teacher.agent.get(CENTRE)
      const [letter, report] = ['Công văn yêu cầu hoàn thiện báo cáo tự đánh giá', `/giay-to/${paperId}.pdf`].map(
        words => text.indexOf(words),
      )
      expect(letter)
        .to.be.greaterThan(0)
        .and.lessThan(report ?? 0)
      expect(text)
        .to.contain('số 12/UBND, ngày 18/05/2026; UBND xã Mẫu')
        .and.contain('href="/xem-xet/mau/van-ban/1.pdf"')
        .and.contain('Không còn hiệu lực')
        .and.not.contain('/xem-xet/mau/van-ban/1.docx')
    })

    it('gives exactly the kept bytes', async () => {
      const paper = await stage.reports.papers.get(paperId)
      const bytes = await bytesOf(teacher, `/giay-to/${paperId}.pdf`)
      expect(createHash('sha256').update(bytes).digest('hex')).to.equal(paper.sha256)
    })

    it('gives a public copy without the phone number', async () => {
      const whole = await readPages(await bytesOf(teacher, `/giay-to/${paperId}.pdf`))
      const copy = await readPages(await bytesOf(teacher, `/giay-to/${paperId}/cong-khai.pdf`))
      expect(whole.some(page => page.text.includes('0200 000 0001'))).to.equal(true)
      expect(copy.some(page => page.text.includes('0200 000 0001'))).to.equal(false)
    })

    it('prints from the command line the kept paper, or a draft when asked', async () => {
      const assessment = await stage.assessments.get(ID)
      const print = printPaper(stage.reports)
      const kept = await stage.reports.papers.get(paperId)
      const printed = await print(assessment, { kind: 'report' })
      expect([printed.paperId, printed.sha256]).to.deep.equal([paperId, kept.sha256])
      const draft = await print(assessment, { kind: 'report', draft: true })
      expect(draft.paperId).to.equal(undefined)
      expect((await readPages(draft.bytes))[0]?.artifacts).to.contain('BẢN NHÁP')
      expect(printKindFrom('bao-cao')).to.equal('report')
      expect(() => printKindFrom('hoa-don')).to.throw()
    })

    it('opens to the managing unit only after the sending, and never its drafts', async () => {
      expect((await officer.agent.get(`/giay-to/${paperId}.pdf`)).status).to.equal(404)
      const adoptedNow = await stage.assessments.get(ID)
      const sent = { ...adoptedNow, state: 'submitted' as const }
      const server = await appForTests(paperRoutes({ ...stage.reports, assessment: async () => sent }))
      await server.person('canbo', 'xa', [seat('middleOfficer', 'xa')])
      const reader = await signedIn(server.app, 'canbo')
      expect((await reader.agent.get(`/giay-to/${paperId}.pdf`)).status).to.equal(200)
      expect((await reader.agent.get(`/giay-to/${draftId}.pdf`)).status).to.equal(404)
      expect((await reader.agent.get(`${DRAFT}/bao-cao.pdf`)).status).to.equal(404)
      const { text } = await reader.agent.get(CENTRE)
      expect(text).to.contain(paperId).and.not.contain(draftId).and.not.contain('In bản nháp')
    })
  })

  describe('the public check', () => {
    it('knows a paper by its whole hash and by the twelve characters of the footer, and names no person', async () => {
      const { contentHash } = await stage.reports.papers.get(paperId)
      for (const typed of [contentHash, contentHash.slice(0, 12), contentHash.slice(0, 12).toUpperCase()]) {
        const { status, text } = await anybody.agent.get(`/xac-minh/${typed}`)
        expect(status).to.equal(200)
        expect(text)
          .to.contain('Đúng văn bản của hệ thống')
          .and.contain('Báo cáo tự đánh giá Trường THCS Lá Lúa năm học 2025-2026')
          .and.not.contain('Thành Viên')
      }
    })

    it('is where the QR code of the report leads', async () => {
      const doc = await documentOf(stage.reports)(await stage.assessments.get(ID), { kind: 'report', draft: false })
      const { contentHash } = await stage.reports.papers.get(paperId)
      expect(contentHash).to.match(/^[0-9a-f]{64}$/)
      expect(contentHashOf(doc)).to.equal(contentHash)
    })

    it('knows no other hash, and no shorter piece of one', async () => {
      const { contentHash } = await stage.reports.papers.get(paperId)
      for (const typed of ['0'.repeat(12), contentHash.slice(0, 11), '..%2F..', 'không-phải-mã'])
        expect((await anybody.agent.get(`/xac-minh/${encodeURIComponent(typed)}`)).text).to.contain('Không tìm thấy')
    })

    it('calls a draft a draft', async () => {
      const { contentHash } = await stage.reports.papers.get(draftId)
      expect((await anybody.agent.get(`/xac-minh/${contentHash}`)).text).to.contain('Bản dự thảo')
    })

    it('knows the kept file, also with signatures behind it, and no changed one', async () => {
      const bytes = await bytesOf(teacher, `/giay-to/${paperId}.pdf`)
      expect(await uploaded(anybody, filesDir, bytes))
        .to.contain('Đúng văn bản của hệ thống')
        .and.not.contain('Chữ ký')
      const signed = Buffer.concat([bytes, Buffer.from('\n9 0 obj\n<</ByteRange [0 1 2 3]>>\nendobj\n%%EOF\n')])
      expect(await uploaded(anybody, filesDir, signed))
        .to.contain('Đúng văn bản của hệ thống')
        .and.contain('Chữ ký')
      const changed = Buffer.from(bytes)
      changed[bytes.length >> 1] = (changed[bytes.length >> 1] ?? 0) ^ 1
      expect(await uploaded(anybody, filesDir, changed)).to.contain('Không tìm thấy')
    })

    it('asks for a file when none was chosen', async () => {
      const { status, text } = await anybody.post('/xac-minh', {}, '/xac-minh')
      expect(status).to.equal(422)
      expect(text).to.contain('Xin chọn tệp PDF cần kiểm tra.')
    })
  })
})
