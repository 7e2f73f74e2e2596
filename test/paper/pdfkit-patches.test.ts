import { expect } from 'chai'
import {
  heading,
  link,
  list,
  note,
  paragraph,
  ref,
  renderPdf,
  row,
  section,
  table,
  toc,
  type Block,
} from '../../src/paper/index.ts'
import { openPdf } from '../../src/paper/pdfkit-patches.ts'
import { aDoc, meta, numberedWords, pagesOfText } from './papers.ts'
import { pdfFaults } from './pdf-lint.ts'
import { openPdfBytes } from './read-pdf.ts'

/** A red dot of one pixel, and one with transparency. */
const opaquePng = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC'
const clearPng = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='

const everyBlock: Block[] = [
  {
    kind: 'letterhead',
    parent: 'UBND XÃ',
    issuer: 'TRƯỜNG THCS',
    number: 'Số: 01/BC',
    placeAndDate: 'Hoa Mai, ngày 05',
  },
  paragraph('BÁO CÁO', { style: 'title' }),
  paragraph('Kết quả', { style: 'abstract' }),
  toc(),
  heading(1, 'PHẦN I'),
  heading(3, 'Mục nhảy cấp'),
  paragraph(['Xem ', ref('[đ]', 'đ'), ' ', ref('[c1.1]', 'c1.1'), ' ', link('ngoài', 'https://so.example'), ' ☑']),
  list(['một', 'hai']),
  note('Ghi chú'),
  table({
    caption: 'Bảng 1',
    columns: [1, 4],
    head: ['Mã', 'Tên'],
    rows: ['đ', 'c1.1', 'd0', 'H1-1'].map(code => row([code, numberedWords(200)], { anchor: code })),
  }),
  { kind: 'figure', alt: 'Chấm đỏ', caption: 'Hình 1', picture: { pngBase64: opaquePng }, heightMm: 10 },
  { kind: 'figure', alt: 'Chấm trong', picture: { pngBase64: clearPng }, heightMm: 10 },
  {
    kind: 'figure',
    alt: 'Số lớp',
    picture: { chart: { type: 'lying', labels: ['6', '7'], series: [{ name: 'Lớp', values: [3, 4] }] } },
  },
  { kind: 'qr', data: 'https://so.example/xac-thuc', caption: 'Quét mã' },
  { kind: 'signature', receivers: ['Lưu: VT.'], signers: [{ position: 'HIỆU TRƯỞNG', name: 'Lê Thị Trúc' }] },
]

describe('pdfkit', () => {
  it('has the inner members that we build on', () => {
    const { pdf } = openPdf(meta, 'seed')
    pdf.addPage({ size: 'A4', margin: 0, layout: 'portrait' })
    const methods = [
      '_addInfo',
      '_write',
      'push',
      'addContent',
      'annotate',
      'registerFont',
      'openImage',
      'ref',
      'appendXML',
    ]
    for (const name of methods) expect(pdf).to.have.property(name).that.is.a('function')
    expect(pdf).to.have.nested.property('_root.data.Names.data.Dests._compareKeys').that.is.a('function')
    const tree = pdf.getStructTreeRoot()
    expect(tree).to.have.nested.property('data.ParentTree.add').that.is.a('function')
    expect(tree).to.have.nested.property('data.ParentTreeNextKey').that.is.a('number')
    expect(pdf.outline).to.have.property('outlineData').that.is.an('object')
    expect(pdf).to.have.property('_offset').that.is.a('number')
    expect(pdf).to.have.property('_id').that.is.instanceOf(Uint8Array)
    expect(pdf.page).to.include.keys('dictionary', 'width', 'height')
  })
})

describe('the made file', () => {
  it('has no fault that a validator of tagged archive files would name', async () => {
    const doc = aDoc([...everyBlock, ...pagesOfText(2)], {
      draft: true,
      footer: 'BC-TĐG 1',
      meta: { ...meta, title: 'Dạy & <học>' },
    })
    const { bytes } = await renderPdf(doc)
    expect(pdfFaults(bytes)).to.deep.equal([])
  })

  it('would be found out if it had faults', async () => {
    const { bytes } = await renderPdf(aDoc(everyBlock))
    const spoilt = (from: string, to: string): string[] =>
      pdfFaults(Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1'))
    expect(spoilt('/Lang (vi-VN)', '/Lang (en-US)')).to.deep.equal(['no language'])
    expect(spoilt('/Scope /Column', '/Scopx /Column')).to.deep.equal(['TH without scope'])
    expect(spoilt('/Alt (', '/Alx (')).to.deep.equal(['figure without words or place'])
    expect(spoilt('/ToUnicode', '/ToUnicodx').length).to.be.greaterThan(0)
    expect(spoilt('/S /H2', '/S /H4')).to.deep.equal(['heading level jumps from 1 to 4'])
    expect(spoilt('(c1.1)', '(zz.z)')).to.include('names out of order')
  })

  it('has its pictures, the same bytes each time', async () => {
    const first = await renderPdf(aDoc(everyBlock))
    const again = await renderPdf(aDoc(everyBlock))
    expect(again.sha256).to.equal(first.sha256)
    expect(first.bytes.toString('latin1').match(/\/Subtype \/Image/g)).to.have.length(3)
  })

  it('finds destinations by bytes, also behind letters that sort elsewhere in Vietnamese', async () => {
    const pdf = await openPdfBytes((await renderPdf(aDoc(everyBlock))).bytes)
    for (const name of ['%C4%91', 'c1.1', 'd0', 'H1-1']) expect(await pdf.getDestination(name), name).to.be.an('array')
  })

  it('takes a stranger section for what it is: no profile, no paper', async () => {
    const doc = { meta, profile: 'nd-9999', sections: [section([paragraph('x')])] }
    const refusal = await renderPdf(doc).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(refusal).to.be.instanceOf(Error).with.property('message', 'no layout profile nd-9999')
  })
})
