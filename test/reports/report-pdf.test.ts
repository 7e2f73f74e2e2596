import { expect } from 'chai'
import { renderPdf, type Doc, type RenderedPdf } from '../../src/paper/index.ts'
import { documentOf } from '../../src/reports/gather.ts'
import { sealed } from '../../src/reports/seal.ts'
import { openPdfBytes, readPages, type ReadPage } from '../paper/read-pdf.ts'
import { aDossier, adopted } from './a-dossier.ts'

/** The printed number at the top of a page; covers and the first numbered page have none. */
const numberOn = (page: ReadPage): string | undefined => /^(\d+)\D/.exec(page.artifacts)?.[1]

describe('the report as PDF', function () {
  this.timeout(180_000)
  let doc: Doc
  let frozen: RenderedPdf
  let pages: readonly ReadPage[]
  before(async () => {
    const dossier = aDossier()
    doc = sealed(await documentOf(dossier.needs)(adopted(dossier.assessment), { kind: 'report', draft: false }), {
      snapshot: 'thcs.2025-2026/40',
      verifyUrl: 'https://kd.example/xac-minh',
    })
    frozen = await renderPdf(doc, { strict: true })
    pages = await readPages(frozen.bytes)
  })

  it('names in the table of contents the page on which each heading stands', () => {
    const contents = `${pages[2]?.text ?? ''} ${pages[3]?.text ?? ''}`
    for (const heading of [
      'Phần I. CƠ SỞ DỮ LIỆU',
      'Tiêu chí 2.1: Đối với hiệu trưởng, phó hiệu trưởng',
      'Phần IV. PHỤ LỤC',
    ]) {
      const printed = new RegExp(`${heading.replaceAll('.', String.raw`\.`)}\\s*(\\d+)`).exec(contents)?.[1]
      const at = pages.findIndex((page, index) => index > 3 && page.text.includes(heading))
      expect(at, heading).to.be.greaterThan(3)
      expect(numberOn(pages[at] ?? { marks: [], text: '', artifacts: '' }), heading).to.equal(printed)
    }
  })

  it('has the council on the second cover and the whole catalogue at the end', () => {
    expect(pages[1]?.text).to.contain('DANH SÁCH VÀ CHỮ KÝ THÀNH VIÊN HỘI ĐỒNG TỰ ĐÁNH GIÁ')
    for (const letter of 'ABCDEFG') expect(pages[1]?.text).to.contain(`Thành Viên ${letter}`)
    const all = pages.map(page => page.text).join('\n')
    const from = all.lastIndexOf('Bảng danh mục mã minh chứng')
    const codes = all.slice(from).match(/\[H\d-\d\.\d+-\d\d\]/g) ?? []
    expect(new Set(codes).size).to.equal(56)
  })

  it('jumps: every destination of a link exists, and bookmarks lead to every part', async () => {
    const pdf = await openPdfBytes(frozen.bytes)
    const destinations = Object.keys(await pdf.getDestinations())
    expect(destinations).to.include.members(['mc-mc-1-1-001', 'tc-5.6'])
    const page = await pdf.getPage(15)
    const links = (await page.getAnnotations()).map((annotation: { dest?: string }) => annotation.dest)
    expect(links.length).to.be.greaterThan(0)
    for (const link of links) expect(destinations).to.include(link)
    const outline = await pdf.getOutline()
    expect(outline.map(item => item.title)).to.deep.equal([
      'DANH MỤC CÁC CHỮ VIẾT TẮT',
      'TỔNG HỢP KẾT QUẢ TỰ ĐÁNH GIÁ',
      'Phần I. CƠ SỞ DỮ LIỆU',
      'Phần II. TỰ ĐÁNH GIÁ',
      'Phần III. KẾT LUẬN CHUNG',
      'Phần IV. PHỤ LỤC',
    ])
    await pdf.loadingTask.destroy()
  })

  it('carries the footer of a frozen paper and no draft mark on every page', () => {
    for (const page of pages) {
      expect(page.artifacts).to.contain(doc.footer ?? 'no footer')
      expect(page.artifacts).not.to.contain('BẢN NHÁP')
    }
  })

  it('carries the draft mark on every page of a draft, and no footer', async () => {
    const dossier = aDossier()
    const draft = await renderPdf(await documentOf(dossier.needs)(dossier.assessment, { kind: 'report', draft: true }))
    for (const page of await readPages(draft.bytes)) {
      expect(page.artifacts).to.contain('BẢN NHÁP – chưa ban hành')
      expect(page.artifacts).not.to.contain('Mã nội dung')
    }
  })

  it('is the same bytes from the same data', async () => {
    const dossier = aDossier()
    const again = sealed(
      await documentOf(dossier.needs)(adopted(dossier.assessment), { kind: 'report', draft: false }),
      { snapshot: 'thcs.2025-2026/40', verifyUrl: 'https://kd.example/xac-minh' },
    )
    expect((await renderPdf(again)).sha256).to.equal(frozen.sha256)
  })
})
