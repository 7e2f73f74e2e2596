import { expect } from 'chai'
import { annualDoc, type AnnualOnPaper } from '../../src/annual/annual-blocks.ts'
import { annualSheets } from '../../src/annual/annual-sheets.ts'
import { proposalsOf } from '../../src/annual/sentences.ts'
import { tablesOf } from '../../src/annual/table-set.ts'
import { unzipOwn } from '../../src/kernel/zip.ts'
import { renderDocx, renderPdf, type Doc } from '../../src/paper/index.ts'
import { writeWorkbook } from '../../src/sheet-files/index.ts'
import { readPages } from '../paper/read-pdf.ts'
import { blocksOf, headingsOf, linesOf } from '../reports/read-doc.ts'
import { aRow, anAssessment, RESERVES, someFacts, unitFacts } from './some-rows.ts'

const onPaper = (facts = someFacts(), more: Partial<AnnualOnPaper> = {}): AnnualOnPaper => ({
  facts,
  tables: tablesOf(facts),
  texts: proposalsOf(facts),
  parentLine: 'UBND TỈNH SƠN THỦY',
  issuerLine: 'SỞ GIÁO DỤC VÀ ĐÀO TẠO',
  place: 'Sơn Thủy',
  periodName: 'Cuối năm học',
  signer: { position: 'GIÁM ĐỐC', name: 'Lò Văn Mẫu' },
  receivers: ['Lưu: VT.'],
  addressees: ['Cục Quản lý chất lượng', 'Ủy ban nhân dân tỉnh'],
  draft: true,
  ...more,
})

describe('the annual report on paper', function () {
  this.timeout(180_000)

  it('has parts I–VI in their order, then every table with its closing day', () => {
    const texts = { ...proposalsOf(someFacts()), VI: 'Kiến nghị.' }
    const doc = annualDoc(
      onPaper(undefined, { texts, snapshotId: 'k.v1', number: '5/BC', date: '2026-06-10', draft: false }),
    )
    const titles = headingsOf(doc).map(({ text }) => text)
    expect(titles.filter(title => /^[IV]+\./.test(title)).map(title => title.split('.')[0])).to.deep.equal(
      'I II III IV V VI'.split(' '),
    )
    expect(titles.filter(title => /^P\d+[bcd]?\./.test(title))).to.have.length(19)
    expect(linesOf(doc)).to.include.members(['- Cục Quản lý chất lượng;', '- Ủy ban nhân dân tỉnh.'])
    const sources = linesOf(doc).filter(line => line.includes('bản chốt k.v1'))
    expect(sources).to.have.length(19)
    expect(sources[0]).to.equal('Số liệu chốt ngày 31/05/2026, bản chốt k.v1.')
  })

  it('says where nothing is written, and leaves out money that nobody entered', () => {
    const doc = annualDoc(onPaper(unitFacts()))
    expect(linesOf(doc)).to.include('(Chưa viết)')
    expect(linesOf(doc).join()).to.contain('Số liệu tạm tính đến ngày 31/05/2026')
    const facts = someFacts({ typed: { ...someFacts().typed, budget: [] } })
    expect(headingsOf(annualDoc(onPaper(facts))).map(({ text }) => text)).not.to.include('P15. Kinh phí')
  })

  it('leaves out of the signed report what is optional and empty, and counts on without a gap', () => {
    const facts = unitFacts()
    const signed = { snapshotId: 'k.v1', number: '5/BC', date: '2026-06-10', draft: false }
    // Without a table that speaks for it, “Đăng ký và đánh giá ngoài” has nothing to print.
    const tables = tablesOf(facts).filter(({ id }) => id !== 'M4')
    const texts = { ...proposalsOf(facts), 'III-2': '', 'III-5': '', 'IV-1': 'Ưu điểm.', 'IV-2': 'Hạn chế.', VI: ' ' }
    const doc = annualDoc(onPaper(facts, { ...signed, tables, texts }))
    const titles = headingsOf(doc).map(({ text }) => text)
    expect(linesOf(doc).join()).not.to.contain('Chưa viết')
    expect(titles.filter(title => /^(\d|[IV]+)\. /.test(title))).to.deep.equal([
      'I. ĐẶC ĐIỂM TÌNH HÌNH',
      'II. CÔNG TÁC CHỈ ĐẠO',
      'III. KẾT QUẢ',
      '1. Tự đánh giá',
      '2. Danh hiệu của các trường',
      '3. Đối sánh số liệu',
      'IV. ĐÁNH GIÁ',
      '1. Ưu điểm',
      '2. Hạn chế, nguyên nhân',
      'V. KẾ HOẠCH NĂM HỌC TỚI',
    ])
    const draft = annualDoc(onPaper(facts, { tables, texts }))
    expect(linesOf(draft).join()).to.contain('(Chưa viết; phần không bắt buộc')
    expect(headingsOf(draft).map(({ text }) => text)).to.include('2. Đăng ký và đánh giá ngoài')
  })

  it('draws charts whose alternative text tells every number', () => {
    const figures = blocksOf(annualDoc(onPaper())).filter(block => block.kind === 'figure')
    expect(figures.map(({ caption }) => caption)).to.deep.equal([
      'Kết quả tự đánh giá theo cấp học',
      'Tỷ lệ trường đạt KĐCLGD còn hiệu lực',
      'Tỷ lệ trường đạt chuẩn quốc gia còn hiệu lực',
      'Kết quả qua các năm học',
    ])
    expect(figures[1]?.alt).to.contain('Năm trước: Mầm non 0, Tiểu học 25').and.contain('Năm nay: Mầm non 50')
  })

  it('gives the same bytes for the same figures, as PDF and as spreadsheet', async () => {
    const print = async (doc: Doc) => (await renderPdf(doc, { strict: true })).sha256
    expect(await print(annualDoc(onPaper()))).to.equal(await print(annualDoc(onPaper())))
    const sheets = () => writeWorkbook(annualSheets({ tables: tablesOf(someFacts()), heading: 'Báo cáo' }))
    expect((await sheets()).equals(await sheets())).to.equal(true)
  })

  it('prints the reserve as a line of its own, in PDF and spreadsheet alike', async () => {
    const facts = someFacts({ reserves: RESERVES })
    const tables = tablesOf(facts).filter(({ id }) => id === 'P14c' || id === 'P14d')
    const pages = await readPages((await renderPdf(annualDoc(onPaper(facts, { tables })), { strict: true })).bytes)
    const words = pages.map(({ text }) => text.replaceAll(/\s+/g, ' ')).join(' ')
    expect(words).to.match(/Chỉ tiêu dự phòng – – 1 – – – – – – – – 15 /)
    expect(words).to.match(/Tổng cả dự phòng – – 30 30 /)
    for (const sheet of annualSheets({ tables, heading: 'Báo cáo' })) {
      const cells = sheet.rows.find(({ cells: [label] }) => label === 'Chỉ tiêu dự phòng')?.cells
      expect(cells?.slice(1, 4), sheet.name).to.deep.equal([null, null, 1])
      expect(cells?.[12], sheet.name).to.equal(15)
    }
  })

  it('prints the reserve in the Word file too, under the schools and above the sum of both', async () => {
    const facts = someFacts({ reserves: RESERVES })
    const tables = tablesOf(facts).filter(({ id }) => id === 'P14c')
    const bytes = await renderDocx(annualDoc(onPaper(facts, { tables })))
    const main = unzipOwn(bytes).get('word/document.xml')?.toString('utf8') ?? ''
    const textOf = (xml: string): string =>
      [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, run = '']) => run).join('')
    const rows = [...main.matchAll(/<w:tr[ >].*?<\/w:tr>/gs)].map(([line]) =>
      [...line.matchAll(/<w:tc[ >].*?<\/w:tc>/gs)].map(([box]) => textOf(box)),
    )
    const at = rows.findIndex(([label]) => label === 'Chỉ tiêu dự phòng')
    expect(rows[at]?.slice(0, 4)).to.deep.equal(['Chỉ tiêu dự phòng', '–', '–', '1'])
    expect(rows[at]?.[12]).to.equal('15')
    expect(rows[at + 1]?.slice(0, 1)).to.deep.equal(['Tổng cả dự phòng'])
  })

  it('repeats the head of the table of places on every page of 140 communes, and cuts no name', async () => {
    const rows = Array.from({ length: 280 }, (_, at) =>
      aRow(`t${at}`, at % 2 === 0 ? 'mam_non' : 'tieu_hoc', {
        ancestors: [`xa-${at % 140}`, 'so'],
        assessment: anAssessment(1),
      }),
    )
    const facts = someFacts({ rows, unitName: id => `UBND phường Trường Xuân Thượng số ${id.slice(3)}` })
    const p5 = tablesOf(facts).filter(({ id }) => id === 'P5')
    const pages = await readPages((await renderPdf(annualDoc(onPaper(facts, { tables: p5 })), { strict: true })).bytes)
    const ofTable = pages.filter(page => page.text.includes('Thượng số'))
    expect(ofTable.length).to.be.greaterThan(5)
    for (const page of ofTable.slice(1)) expect(page.artifacts).to.contain('Địa bàn, cấp học')
    for (let at = 0; at < 140; at++)
      expect(ofTable.some(page => page.text.includes(`UBND phường Trường Xuân Thượng số ${at} `))).to.equal(true)
  })

  it('writes numbers as numbers, percentages as shares of one and what is unknown as nothing', () => {
    const sheets = annualSheets({ tables: tablesOf(someFacts()), heading: 'Báo cáo' })
    const p1 = sheets.find(({ name }) => name === 'P1')
    const total = p1?.rows.find(({ cells }) => cells[0] === 'Tổng')?.cells
    expect(total?.slice(0, 5)).to.deep.equal(['Tổng', 8, 7, 6, 0.857])
    expect(p1?.columns[4]).to.deep.include({ kind: 'percent', under: ['Đã thành lập hội đồng'] })
    const p6 = sheets.find(({ name }) => name === 'P6')
    expect(p6?.rows[0]?.cells.slice(1).every(cell => cell === null)).to.equal(true)
  })
})
