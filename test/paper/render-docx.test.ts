import { expect } from 'chai'
import { unzipOwn } from '../../src/kernel/zip.ts'
import {
  cell,
  draftWords,
  heading,
  link,
  list,
  pageBreak,
  paragraph,
  ref,
  renderDocx,
  renderPool,
  row,
  section,
  table,
  text,
  toc,
  totalRow,
  type Block,
} from '../../src/paper/index.ts'
import { aDoc, docOf } from './papers.ts'

const decoded: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
}
const words = (xml: string): string =>
  [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:(br|tab)\/>/g)]
    .map(([, run = ' ']) => run)
    .join('')
    .replace(/&(lt|gt|quot|apos|amp);/g, sign => decoded[sign] ?? sign)

async function wordFile(blocks: readonly Block[], more: Parameters<typeof aDoc>[1] = {}) {
  const bytes = await renderDocx(aDoc(blocks, more))
  const parts = new Map([...unzipOwn(bytes)].map(([path, part]) => [path, part.toString('utf8')]))
  const part = (path: string): string => {
    const found = parts.get(path)
    if (found === undefined) throw new Error(`no ${path} among ${[...parts.keys()].join(', ')}`)
    return found
  }
  return { bytes, parts, part, main: part('word/document.xml') }
}

const chart: Block = {
  kind: 'figure',
  alt: 'Số trường đạt',
  caption: 'Biểu đồ 1',
  picture: { chart: { type: 'bars', labels: ['2024', '2025'], series: [{ name: 'Cấp độ 1', values: [3, 5] }] } },
}

const everything: readonly Block[] = [
  { kind: 'letterhead', parent: 'UBND TỈNH', issuer: 'SỞ', number: 'Số: 1/BC', placeAndDate: 'Sơn Thủy, ngày 01' },
  paragraph('BÁO CÁO', { style: 'title' }),
  toc(),
  heading(1, 'Phần I', { id: 'phần-một' }),
  paragraph(['Xem ', ref('[H1-1.1-01]', 'mc'), ' và ', link('trang của Sở', 'https://so.example/')]),
  list(['một', 'hai', 'ba', 'bốn', 'năm'], 'letter'),
  table({
    columns: [1, [1, 'right']],
    head: [row([cell('Nhóm', { colSpan: 2 })])],
    rows: [row([cell('Khối', { rowSpan: 2 }), '12'], { anchor: 'mc' }), ['7'], totalRow(['Tổng', '19'])],
    caption: 'Bảng 1',
  }),
  chart,
  pageBreak,
  { kind: 'qr', data: 'https://so.example/xac-minh/abc' },
  { kind: 'signature', signers: [{ position: 'GIÁM ĐỐC', name: 'Lò Văn Mẫu' }], receivers: ['Lưu: VT.'] },
]

describe('the Word copy of a document', function () {
  this.timeout(120_000)

  it('says every word of the blocks, escaped, in NFC, and no QR code', async () => {
    const { main } = await wordFile([
      ...everything,
      paragraph('<b>&"đậm"</b>'),
      paragraph('Tiếng Việt'.normalize('NFD')),
    ])
    const said = words(main)
    for (const expected of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Sơn Thủy, ngày 01',
      'đ) năm',
      'GIÁM ĐỐC',
      'Lò Văn Mẫu',
      '- Lưu: VT.',
      '<b>&"đậm"</b>',
      'Tiếng Việt'.normalize('NFC'),
    ])
      expect(said, expected).to.contain(expected)
    expect(said).not.to.contain('xac-minh')
  })

  it('makes headings, repeated table heads and spans those of Word', async () => {
    const { main } = await wordFile(everything)
    expect(main).to.match(/<w:pStyle w:val="Heading1"\/>/)
    expect(main.match(/<w:tblHeader\/>/g)).to.have.length(1)
    expect(main).to.contain('<w:gridSpan w:val="2"/>')
    expect(main).to.contain('<w:vMerge w:val="restart"/>').and.to.contain('<w:vMerge w:val="continue"/>')
  })

  it('leads references to anchors that exist, and keeps dangling ones as words', async () => {
    const { main } = await wordFile([...everything, paragraph(ref('[không có]', 'nowhere'))])
    const targets = [...main.matchAll(/<w:hyperlink [^>]*w:anchor="([^"]+)"/g)].map(([, target]) => target)
    const names = new Set([...main.matchAll(/<w:bookmarkStart [^>]*w:name="([^"]+)"/g)].map(([, name]) => name))
    expect(targets.length).to.be.at.least(2)
    for (const target of targets) expect(names.has(target), target).to.equal(true)
    expect(words(main)).to.contain('[không có]')
  })

  it('follows no address that is not web or mail', async () => {
    const { main, part } = await wordFile([paragraph(link('bấm', 'javascript:alert(1)'))])
    expect(words(main)).to.contain('bấm')
    expect(main + part('word/_rels/document.xml.rels')).not.to.contain('javascript')
  })

  it('draws a chart that can be edited: a chart part with its numbers in a workbook', async () => {
    const { parts } = await wordFile(everything)
    const charts = [...parts].filter(([path]) => /^word\/charts\/chart\d+\.xml$/.test(path))
    expect(charts).to.have.length(1)
    expect(charts[0]?.[1]).to.contain('Cấp độ 1').and.to.contain('<c:v>5</c:v>')
    expect([...parts.keys()].filter(path => path.endsWith('.xlsx'))).to.have.length(1)
  })

  it('turns the page for wide tables, and leaves page 1 without a number', async () => {
    const doc = docOf(section([paragraph('dọc')], { restart: 1 }), section([paragraph('ngang')], { landscape: true }))
    const main = unzipOwn(await renderDocx(doc))
      .get('word/document.xml')
      ?.toString('utf8')
    expect(main?.match(/<w:pgSz [^>]*w:orient="landscape"/g)).to.have.length(1)
    expect(main?.match(/<w:pgSz w:w="16838" w:h="11906"/g)).to.have.length(1)
    expect(main?.match(/<w:titlePg\/>/g)).to.have.length(1)
  })

  it('carries the draft mark on drafts alone', async () => {
    const headers = async (draft: boolean) =>
      [...(await wordFile([paragraph('x')], { draft })).parts].filter(([path]) => /header\d+\.xml$/.test(path)).join()
    expect(await headers(true)).to.contain(draftWords)
    expect(await headers(false)).not.to.contain(draftWords)
  })

  it('gives the same bytes for the same document, at any hour, in the worker too', async () => {
    const doc = aDoc(everything)
    const first = await renderDocx(doc)
    expect((await renderDocx(doc)).equals(first)).to.equal(true)
    const pool = renderPool()
    try {
      expect((await pool.renderWord(doc)).equals(first)).to.equal(true)
      expect((await pool.render(doc)).bytes.subarray(0, 5).toString()).to.equal('%PDF-')
    } finally {
      await pool.close()
    }
    const core = String(unzipOwn(first).get('docProps/core.xml'))
    expect(core).to.contain('2026-02-05T02:00:00Z')
    expect(core).not.to.match(new RegExp(new Date().toISOString().slice(0, 10)))
  })

  it('keeps bold words of a cell and of a total row bold', async () => {
    const { main } = await wordFile([
      table({ columns: [1], head: ['Đầu'], rows: [totalRow(['Cộng']), [cell([text('nghiêng', { italic: true })])]] }),
    ])
    expect(main).to.match(/<w:b\/>(?:(?!<w:t[ >]).)*<w:t [^>]*>Cộng/)
    expect(main).to.match(/<w:i\/>(?:(?!<w:t[ >]).)*<w:t [^>]*>nghiêng/)
  })
})
