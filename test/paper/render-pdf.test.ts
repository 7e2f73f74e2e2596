import { expect } from 'chai'
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import {
  bold,
  cell,
  draftWords,
  heading,
  italic,
  link,
  list,
  paragraph,
  ref,
  renderPdf,
  row,
  section,
  table,
  toc,
  UnknownLetters,
} from '../../src/paper/index.ts'
import { aDoc, docOf, meta, numberedWords, pagesOfText } from './papers.ts'
import { openPdfBytes, readPages } from './read-pdf.ts'

/** A report in small: cover, table of contents, three parts over several pages, a catalogue lying across. */
const smallReport = docOf(
  section(
    [
      {
        kind: 'cover',
        parent: 'UBND XÃ HOA MAI',
        issuer: 'TRƯỜNG THCS HOA MAI',
        title: 'BÁO CÁO',
        placeAndYear: 'LÂM ĐỒNG – 2026',
      },
    ],
    { pageNumbers: 'none' },
  ),
  section([toc()]),
  section([
    heading(1, 'PHẦN I. CƠ SỞ DỮ LIỆU', { id: 'phan-1' }),
    ...pagesOfText(2),
    heading(2, 'Tiêu chuẩn 1: Tổ chức và quản lý nhà trường', { id: 'tc-1' }),
    ...pagesOfText(1),
    heading(3, 'Tiêu chí 1.1: Chiến lược phát triển', { id: 'tc-1.1' }),
    paragraph(['Đã ban hành kế hoạch ', ref('[H1-1.1-01]', 'H1-1.1-01'), ' và ', ref('[H1-1.1-02]', 'H1-1.1-02'), '.']),
    heading(1, 'PHẦN II. KẾT LUẬN', { id: 'phan-2', pageBreakBefore: true }),
    ...pagesOfText(1),
  ]),
  section(
    [
      heading(1, 'PHỤ LỤC', { id: 'phu-luc' }),
      table({
        columns: [1, 3],
        head: ['Mã', 'Tên minh chứng'],
        rows: ['H1-1.1-01', 'H1-1.1-02'].map(code => row([code, 'Kế hoạch'], { anchor: code })),
      }),
    ],
    { landscape: true },
  ),
)

/** What pdf.js says of a bookmark; its own types leave the children open. */
interface Bookmark {
  readonly title: string
  readonly dest: [page: Parameters<PDFDocumentProxy['getPageIndex']>[0], ...unknown[]]
  readonly items: readonly Bookmark[]
}

describe('renderPdf', () => {
  it('writes text that is copied exactly, justified lines and changes of style included', async () => {
    const parts = [
      `${numberedWords(60)} theo Thông tư số 18/2018/TT-BGDĐT `,
      'đậm và nghiêng',
      ' ',
      numberedWords(60, 'chữ'),
      '.',
    ]
    const doc = aDoc([paragraph([parts[0] ?? '', bold('đậm'), ' và ', italic('nghiêng'), ' ', parts[3] ?? '', '.'])])
    const { bytes } = await renderPdf(doc)
    const [page] = await readPages(bytes)
    expect(page?.text).to.equal(parts.join(''))
  })

  it('copies every paragraph of a long paper exactly once', async () => {
    const blocks = pagesOfText(6)
    const { bytes, pages } = await renderPdf(aDoc(blocks))
    const text = (await readPages(bytes)).map(page => page.text).join(' ')
    const words = blocks
      .flatMap(block => (block.kind === 'paragraph' ? block.content : []))
      .map(inline => (typeof inline === 'string' ? inline : ''))
      .join(' ')
    expect(pages).to.be.greaterThan(4)
    expect(text).to.equal(words)
  })

  it('brings decomposed letters to NFC', async () => {
    const { bytes } = await renderPdf(aDoc([paragraph('Nguyễn Thị Hường, trường Tiểu học'.normalize('NFD'))]))
    const [page] = await readPages(bytes)
    expect(page?.text).to.equal('Nguyễn Thị Hường, trường Tiểu học'.normalize('NFC'))
  })

  it('draws boxes and ticks that the text face lacks', async () => {
    const { bytes } = await renderPdf(aDoc([paragraph('Đạt ☑ Không đạt ☐ Bỏ ☒ xong ✓')]), { strict: true })
    const [page] = await readPages(bytes)
    expect(page?.text).to.equal('Đạt ☑ Không đạt ☐ Bỏ ☒ xong ✓')
  })

  it('shows a sign for a letter no face has, and refuses it when strict', async () => {
    const doc = aDoc([paragraph('Chữ 漢 lạ')])
    const [page] = await readPages((await renderPdf(doc)).bytes)
    expect(page?.text).to.equal('Chữ \uFFFD lạ')
    const refusal = await renderPdf(doc, { strict: true }).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(refusal).to.be.instanceOf(UnknownLetters).with.property('letters').that.deep.equals(['漢'])
  })

  it('gives the same bytes for the same document and others for another', async () => {
    const first = await renderPdf(smallReport)
    const again = await renderPdf(structuredClone(smallReport))
    const other = await renderPdf({ ...smallReport, footer: 'BC-TĐG 1' })
    expect(again.sha256).to.equal(first.sha256)
    expect(again.bytes.equals(first.bytes)).to.equal(true)
    expect(other.sha256).to.not.equal(first.sha256)
  })

  it('prints in the table of contents the pages on which the headings stand', async () => {
    const { bytes, pageOf } = await renderPdf(smallReport)
    const pages = await readPages(bytes)
    const headings = smallReport.sections.flatMap(s => s.blocks).filter(block => block.kind === 'heading')
    const numbers = (pages[1]?.marks ?? []).filter(mark => mark.tag === 'Link').map(mark => mark.text.trim())
    expect(headings).to.have.length(5)
    headings.forEach(({ text, id = '' }, i) => {
      const real =
        pages.findIndex(page => page.marks.some(mark => /^H\d$/.test(mark.tag) && mark.text.trim() === text)) + 1
      expect(numbers.slice(2 * i, 2 * i + 2), text).to.deep.equal([text, String(real)])
      expect(pageOf.get(id), id).to.equal(real)
    })
  })

  it('counts printed numbers from the restart, and prints none on a first page', async () => {
    const doc = docOf(
      section([paragraph('Bìa')], { pageNumbers: 'none' }),
      section([toc(), ...pagesOfText(4), heading(1, 'PHẦN CUỐI')], { restart: 1 }),
    )
    const { bytes, pages: count } = await renderPdf(doc)
    const pages = await readPages(bytes)
    expect(pages.slice(0, 4).map(page => page.artifacts.replace(/[. ]/g, ''))).to.deep.equal(['', '', '2', '3'])
    expect(pages[1]?.marks.filter(mark => mark.tag === 'Link')[1]?.text.trim()).to.equal(String(count - 1))
    const pdf = await openPdfBytes(bytes)
    expect((await pdf.getPageLabels())?.slice(0, 3)).to.deep.equal(['1', '1', '2'])
  })

  it('prints a heading of two lines as one in bookmarks and table of contents', async () => {
    const { bytes } = await renderPdf(aDoc([toc(), heading(1, 'PHẦN I\nCƠ SỞ DỮ LIỆU')]))
    const pdf = await openPdfBytes(bytes)
    expect((await pdf.getOutline()).map(item => item.title)).to.deep.equal(['PHẦN I CƠ SỞ DỮ LIỆU'])
    const [page] = await readPages(bytes)
    expect(page?.marks.find(mark => mark.tag === 'Link')?.text.trim()).to.equal('PHẦN I CƠ SỞ DỮ LIỆU')
  })

  it('makes bookmarks of three levels that lead to the headings', async () => {
    const { bytes, pageOf } = await renderPdf(smallReport)
    const pdf = await openPdfBytes(bytes)
    const outline = await pdf.getOutline()
    expect(outline.map(item => item.title)).to.deep.equal(['PHẦN I. CƠ SỞ DỮ LIỆU', 'PHẦN II. KẾT LUẬN', 'PHỤ LỤC'])
    const standard: Bookmark | undefined = outline[0]?.items[0]
    expect(standard?.title).to.equal('Tiêu chuẩn 1: Tổ chức và quản lý nhà trường')
    const criterion = standard?.items[0]
    expect(criterion?.title).to.equal('Tiêu chí 1.1: Chiến lược phát triển')
    if (!criterion) throw new Error('no bookmark of the criterion')
    expect((await pdf.getPageIndex(criterion.dest[0])) + 1).to.equal(pageOf.get('tc-1.1'))
  })

  it('leads a citation to its row in the catalogue', async () => {
    const { bytes, pageOf } = await renderPdf(smallReport)
    const pdf = await openPdfBytes(bytes)
    const page = await pdf.getPage(pageOf.get('tc-1.1') ?? 0)
    const targets: unknown[] = (await page.getAnnotations()).map((annotation: { dest?: unknown }) => annotation.dest)
    expect(targets).to.deep.equal(['H1-1.1-01', 'H1-1.1-02'])
    const place = await pdf.getDestination('H1-1.1-02')
    expect((await pdf.getPageIndex(place?.[0])) + 1).to.equal(pageOf.get('H1-1.1-02'))
    expect(pageOf.get('H1-1.1-02')).to.equal(pdf.numPages)
  })

  it('leaves a citation of what is not in the paper as plain text', async () => {
    const { bytes } = await renderPdf(aDoc([paragraph([ref('[H9-9.9-99]', 'H9-9.9-99')])]))
    const page = await (await openPdfBytes(bytes)).getPage(1)
    expect(await page.getAnnotations()).to.deep.equal([])
  })

  it('links out to web addresses and to nothing else', async () => {
    const addresses = [
      'https://so.example/quy%20dinh',
      'https://so.example/văn bản',
      'javascript:alert(1)',
      'không phải',
    ]
    const { bytes } = await renderPdf(aDoc(addresses.map(href => paragraph(link('Trang của Sở', href)))))
    const page = await (await openPdfBytes(bytes)).getPage(1)
    const urls: unknown[] = (await page.getAnnotations()).map((annotation: { url?: unknown }) => annotation.url)
    expect(urls).to.deep.equal(['https://so.example/quy%20dinh', 'https://so.example/v%C4%83n%20b%E1%BA%A3n'])
  })

  it('marks every page of a draft under the text, and no page of an issued paper', async () => {
    const draft = await readPages((await renderPdf({ ...smallReport, draft: true })).bytes)
    const issued = await readPages((await renderPdf(smallReport)).bytes)
    for (const page of draft) {
      expect(page.marks[0]).to.have.property('tag', 'Artifact')
      expect(page.marks[0]?.text).to.include(draftWords)
    }
    expect(issued.some(page => page.artifacts.includes('NHÁP'))).to.equal(false)
  })

  it('prints the footer on every page, apart from the text', async () => {
    const pages = await readPages((await renderPdf({ ...smallReport, footer: 'BC-TĐG 1 · S-01 · 3f9a1b2c4d5e' })).bytes)
    expect(pages.every(page => page.artifacts.includes('BC-TĐG 1 · S-01 · 3f9a1b2c4d5e'))).to.equal(true)
  })

  it('turns only the sections that lie across', async () => {
    const pdf = await openPdfBytes((await renderPdf(smallReport)).bytes)
    const shapeOf = async (number: number): Promise<string> => {
      const { width, height } = (await pdf.getPage(number)).getViewport({ scale: 1 })
      return width > height ? 'landscape' : 'portrait'
    }
    expect(await shapeOf(1)).to.equal('portrait')
    expect(await shapeOf(pdf.numPages)).to.equal('landscape')
  })

  it('says its title, language, author and time of the record', async () => {
    const pdf = await openPdfBytes(
      (await renderPdf(aDoc([paragraph('Chữ')], { meta: { ...meta, title: 'Dạy & <học>' } }))).bytes,
    )
    const { info, metadata } = await pdf.getMetadata()
    expect(info).to.include({
      Title: 'Dạy & <học>',
      Author: meta.author,
      Language: 'vi-VN',
      CreationDate: 'D:20260205020000Z',
    })
    expect(metadata?.get('dc:title')).to.equal('Dạy & <học>')
    expect(metadata?.get('pdfaid:part')).to.equal('3')
  })

  it('tags headings, lists and tables for screen readers', async () => {
    const doc = aDoc([
      heading(1, 'PHẦN I'),
      heading(3, 'Mục'),
      list(['một', 'hai'], 'letter'),
      table({ columns: [1, 1], head: ['A', 'B'], rows: [[cell('x', { rowHeader: true }), 'y']] }),
    ])
    const page = await (await openPdfBytes((await renderPdf(doc)).bytes)).getPage(1)
    const roles: string[] = []
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return
      if ('role' in node) roles.push(String(node.role))
      if ('children' in node && Array.isArray(node.children)) node.children.forEach(visit)
    }
    visit(await page.getStructTree())
    const wanted = [
      'Document',
      'H1',
      'H2',
      'L',
      'LI',
      'LBody',
      'LI',
      'LBody',
      'Table',
      'TR',
      'TH',
      'TH',
      'TR',
      'TH',
      'TD',
    ]
    expect(roles.filter(role => role !== 'Root')).to.deep.equal(wanted)
  })

  it('counts lettered items by the Vietnamese alphabet', async () => {
    const { bytes } = await renderPdf(aDoc([list(['một', 'hai', 'ba', 'bốn', 'năm', 'sáu'], 'letter')]))
    const [page] = await readPages(bytes)
    expect(page?.marks.map(mark => mark.text.trim().slice(0, 2))).to.deep.equal(['a)', 'b)', 'c)', 'd)', 'đ)', 'e)'])
  })
})
