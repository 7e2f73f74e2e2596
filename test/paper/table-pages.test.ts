import { expect } from 'chai'
import {
  cell,
  heading,
  note,
  numberText,
  paragraph,
  ref,
  renderPdf,
  row,
  section,
  table,
  totalRow,
} from '../../src/paper/index.ts'
import { aDoc, docOf, numberedWords, pagesOfText } from './papers.ts'
import { openPdfBytes, readPages, type ReadPage } from './read-pdf.ts'

const pagesOf = async (doc: Parameters<typeof renderPdf>[0]): Promise<ReadPage[]> =>
  readPages((await renderPdf(doc)).bytes)

const cellsOf = (page: ReadPage | undefined): string[] =>
  (page?.marks ?? []).filter(mark => mark.tag === 'TD').map(mark => mark.text.trim())

const shortRows = (count: number): string[][] => Array.from({ length: count }, (_, i) => [`dòng ${i + 1}`, 'nội dung'])

describe('tables over pages', () => {
  it('repeats the head on each page, read out only once', async () => {
    const pages = await pagesOf(aDoc([table({ columns: [1, 3], head: ['Thứ tự', 'Nội dung'], rows: shortRows(100) })]))
    expect(pages.length).to.be.greaterThan(2)
    const heads = pages.map(page => page.marks.filter(mark => mark.tag === 'TH').length)
    expect(heads).to.deep.equal([2, ...pages.slice(1).map(() => 0)])
    for (const page of pages.slice(1)) expect(page.artifacts).to.include('Thứ tự').and.to.include('Nội dung')
  })

  it('takes rows along with a sum that would stand alone on the last page', async () => {
    for (let count = 30; count < 60; count++) {
      const rows = [...shortRows(count).map(cells => row(cells)), totalRow(['Tổng', '1'])]
      const pages = await pagesOf(aDoc([table({ columns: [1, 3], head: ['A', 'B'], rows })]))
      const last = cellsOf(pages.at(-1))
      expect(last, `${count} rows`).to.include('Tổng').and.to.have.length.at.least(4)
    }
  })

  it('loses and doubles no row', async () => {
    const pages = await pagesOf(aDoc([table({ columns: [1, 3], head: ['A', 'B'], rows: shortRows(150) })]))
    const firsts = pages.flatMap(cellsOf).filter(text => text.startsWith('dòng'))
    expect(firsts).to.deep.equal(shortRows(150).map(([first]) => first))
  })

  it('splits a row taller than a page and loses no word of it', async () => {
    const words = numberedWords(1800)
    const pages = await pagesOf(
      aDoc([
        table({
          columns: [1, 3],
          head: ['Mục', 'Nội dung'],
          rows: [
            ['trước', 'x'],
            ['dài', words],
            ['sau', 'y'],
          ],
        }),
      ]),
    )
    expect(pages.length).to.be.greaterThan(2)
    const text = pages
      .flatMap(cellsOf)
      .filter(t => t.includes('từ'))
      .join(' ')
    expect(text).to.equal(words)
    expect(pages.at(-1)?.text).to.match(/sau y$/)
  })

  it('does not split a row lower than half a page', async () => {
    const tall = numberedWords(250)
    const pages = await pagesOf(
      aDoc([
        table({ columns: [1, 3], head: ['Mục', 'Nội dung'], rows: [...shortRows(30), ['cao', tall], ...shortRows(3)] }),
      ]),
    )
    expect(cellsOf(pages[0]).join(' ')).to.not.include('từ1 ')
    expect(cellsOf(pages[1]).slice(0, 2)).to.deep.equal(['cao', tall])
  })

  it('keeps rows tied by a row span on one page', async () => {
    const group = (name: string): ReturnType<typeof row>[] => [
      row([cell(name, { rowSpan: 4 }), `${name}.1`]),
      ...[2, 3, 4].map(i => row([`${name}.${i}`])),
    ]
    const groups = Array.from({ length: 20 }, (_, i) => `n${i + 1}`)
    const pages = await pagesOf(aDoc([table({ columns: [1, 3], head: ['Nhóm', 'Dòng'], rows: groups.flatMap(group) })]))
    expect(pages.length).to.be.greaterThan(1)
    for (const name of groups) {
      const where = [1, 2, 3, 4].map(i => pages.findIndex(page => cellsOf(page).includes(`${name}.${i}`)))
      expect(new Set(where).size, name).to.equal(1)
    }
  })

  it('carries a row span that is longer than a page over, with all its words', async () => {
    const words = numberedWords(400, 'nhóm')
    const rows = Array.from({ length: 90 }, (_, i) =>
      row(i === 0 ? [cell(words, { rowSpan: 90 }), 'd1'] : [`d${i + 1}`]),
    )
    const pages = await pagesOf(aDoc([table({ columns: [1, 6], head: ['Nhóm', 'Dòng'], rows })]))
    const cells = pages.flatMap(cellsOf)
    expect(cells.filter(text => /^d\d+$/.test(text))).to.have.length(90)
    expect(cells.filter(text => text.includes('nhóm')).join(' ')).to.equal(words)
  })

  it('keeps every word of a spanning cell whose rows are short and that is taller than the page', async () => {
    const words = numberedWords(900, 'nhóm')
    const rows = [row([cell(words, { rowSpan: 2 }), 'd1']), row(['d2']), row(['cuối', 'bảng'])]
    const pages = await pagesOf(aDoc([table({ columns: [1, 2], head: ['Nhóm', 'Dòng'], rows })]))
    const cells = pages.flatMap(cellsOf)
    expect(cells.filter(text => text.includes('nhóm')).join(' ')).to.equal(words)
    expect(cells).to.include.members(['d1', 'd2', 'cuối', 'bảng'])
  })

  it('leads to the page of the row, not of the table', async () => {
    const rows = Array.from({ length: 120 }, (_, i) => row([`H1-1.1-${i + 1}`, 'x'], { anchor: `H1-1.1-${i + 1}` }))
    const doc = docOf(
      section([paragraph(ref('[H1-1.1-120]', 'H1-1.1-120'))]),
      section([table({ columns: [1, 3], head: ['Mã', 'Tên'], rows })], { landscape: true }),
    )
    const { bytes, pages, pageOf } = await renderPdf(doc)
    const pdf = await openPdfBytes(bytes)
    const place = await pdf.getDestination('H1-1.1-120')
    expect((await pdf.getPageIndex(place?.[0])) + 1).to.equal(pages)
    expect(pageOf.get('H1-1.1-1')).to.equal(2)
  })

  it('keeps heading, caption and head with the first row', async () => {
    for (let lines = 25; lines < 40; lines++) {
      const filler = Array.from({ length: lines }, (_, i) => paragraph(`Dòng ${i}`, { style: 'small' }))
      const blocks = [
        ...filler,
        heading(2, 'Tiêu đề bảng'),
        table({ columns: [1], head: ['Đầu'], rows: [['hàng một'], ['hàng hai']], caption: 'Bảng 1' }),
      ]
      const pages = await pagesOf(aDoc(blocks))
      const pageWith = (words: string): number => pages.findIndex(page => page.text.includes(words))
      expect(pageWith('Bảng 1'), `after ${lines} lines`).to.equal(pageWith('hàng một'))
      expect(pageWith('Tiêu đề bảng'), `after ${lines} lines`).to.equal(pageWith('hàng một'))
    }
  })

  it('leaves no sub-heading alone at the foot of a page', async () => {
    const group = (no: number) => [
      row([cell(`Nhóm ${no}`, { colSpan: 2 })]),
      row([cell(`Mục ${no}`, { colSpan: 2 })]),
      row([cell(`dòng ${no}.1`, { rowSpan: 14 }), 'đầu']),
      ...Array.from({ length: 13 }, (_, i) => row([`tiếp ${no}.${i + 2}`])),
    ]
    const rows = Array.from({ length: 30 }, (_, i) => group(i + 1)).flat()
    const pages = await pagesOf(aDoc([table({ columns: [1, 3], head: ['A', 'B'], rows })]))
    expect(pages.length).to.be.greaterThan(5)
    for (const page of pages) expect(cellsOf(page).at(-1)).to.not.match(/^(Nhóm|Mục)/)
  })

  it('takes the last row along when the signature goes to the next page', async () => {
    const signature = { kind: 'signature', signers: [{ position: 'HIỆU TRƯỞNG', name: 'Lê Thị Trúc' }] } as const
    for (let count = 28; count < 44; count++) {
      const pages = await pagesOf(
        aDoc([table({ columns: [1, 3], head: ['A', 'B'], rows: shortRows(count) }), signature]),
      )
      const last = pages.at(-1)
      expect(last?.text).to.include('Lê Thị Trúc')
      expect(cellsOf(last).length, `${count} rows`).to.be.greaterThan(0)
    }
  })

  it('takes the last row along when its notes go to the next page', async () => {
    const notes = ['Ghi chú một.', 'Ghi chú hai.'].map(note)
    for (let count = 28; count < 52; count++) {
      const rows = table({ columns: [1, 3], head: ['A', 'B'], rows: shortRows(count) })
      const last = (await pagesOf(aDoc([rows, ...notes]))).at(-1)
      expect(last?.text, `${count} rows`).to.include('Ghi chú một.').and.to.include('Ghi chú hai.')
      expect(cellsOf(last).length, `${count} rows`).to.be.greaterThan(0)
    }
  })

  it('refuses a row with more cells than columns', async () => {
    const refusal = await renderPdf(aDoc([table({ columns: [1], head: ['A'], rows: [['x', 'y']] })])).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(refusal).to.be.instanceOf(Error).with.property('message').that.includes('more cells')
  })

  it('prints a table without rows and a total row', async () => {
    const blocks = [
      table({ columns: [1], head: ['Chưa có dữ liệu'], rows: [] }),
      table({ columns: [1, 1], head: ['A', 'B'], rows: [totalRow(['Tổng cộng', numberText(1234567)])] }),
    ]
    const [page] = await pagesOf(aDoc(blocks))
    expect(page?.text).to.equal('Chưa có dữ liệu A B Tổng cộng 1.234.567')
  })

  it('lets text go on under a table', async () => {
    const pages = await pagesOf(
      aDoc([table({ columns: [1], head: ['A'], rows: shortRows(3).map(([a = '']) => [a]) }), ...pagesOfText(1)]),
    )
    expect(pages[0]?.text).to.match(/^A dòng 1 dòng 2 dòng 3 đ0\.1 /)
  })
})
