import { expect } from 'chai'
import {
  cell,
  draftWords,
  heading,
  link,
  list,
  paragraph,
  ref,
  renderHtml,
  row,
  table,
  text,
  toc,
  totalRow,
} from '../../src/paper/index.ts'
import { aDoc } from './papers.ts'

describe('renderHtml', () => {
  it('escapes every word it is given', () => {
    const evil = '<script>alert("x")</script>&\''
    const html = renderHtml(
      aDoc(
        [
          heading(1, evil, { id: '"><b>' }),
          paragraph([evil, text(evil, { bold: true }), ref(evil, '"><i>'), link(evil, 'https://so.example/"><i>')]),
          list([evil]),
          table({ columns: [1], head: [evil], rows: [[evil]], caption: evil }),
          { kind: 'letterhead', issuer: evil, number: evil, parent: evil, placeAndDate: evil, subject: evil },
          { kind: 'signature', receivers: [evil], signers: [{ authority: evil, position: evil, name: evil }] },
          { kind: 'cover', issuer: evil, title: evil, placeAndYear: evil },
          { kind: 'note', content: [evil] },
          { kind: 'qr', data: evil, caption: evil },
          {
            kind: 'figure',
            alt: evil,
            caption: evil,
            picture: { chart: { type: 'bars', labels: [evil], series: [{ name: evil, values: [1] }] } },
          },
          toc(evil),
        ],
        { footer: evil },
      ),
    )
    expect(html).to.not.include('<script')
    expect(html).to.not.match(/<[bi]>/)
    expect(html).to.include('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;')
  })

  it('makes no link of an address that is not web or mail', () => {
    const html = renderHtml(aDoc([paragraph(link('bấm', 'javascript:alert(1)'))]))
    expect(html).to.include('bấm').and.not.include('href').and.not.include('javascript')
  })

  it('has no styles of its own, so that it passes the content security policy', () => {
    const chart = { type: 'stacked', labels: ['6', '7'], series: [{ name: 'Nữ', values: [3, 4] }] } as const
    const html = renderHtml(aDoc([{ kind: 'figure', alt: 'x', picture: { chart } }, paragraph('y'), toc()]))
    expect(html).to.not.match(/\sstyle=|<style/)
  })

  it('leads refs and the table of contents to ids that exist, with other than ASCII letters too', () => {
    const html = renderHtml(
      aDoc([
        toc(),
        heading(1, 'PHẦN I', { id: 'phần-một' }),
        heading(2, 'Không tên'),
        paragraph(ref('[H1-1.1-01]', 'H1-1.1-01')),
        table({ columns: [1], head: ['Mã'], rows: [row(['H1-1.1-01'], { anchor: 'H1-1.1-01' })] }),
      ]),
    )
    const ids = new Set(Array.from(html.matchAll(/ id="([^"]+)"/g), match => match[1]))
    const targets = Array.from(html.matchAll(/href="#([^"]+)"/g), match => decodeURIComponent(match[1] ?? ''))
    expect(targets).to.have.length(3)
    for (const target of targets) expect(ids.has(target), target).to.equal(true)
  })

  it('writes tables with head, spans, scope and total', () => {
    const html = renderHtml(
      aDoc([
        table({
          columns: [1, [1, 'right']],
          head: [row([cell('Nhóm', { colSpan: 2 })])],
          rows: [[cell('Khối 6', { rowHeader: true }), '12'], totalRow(['Tổng', '12'])],
        }),
      ]),
    )
    expect(html).to.include('<th scope="col" colspan="2" class="paper-center">Nhóm</th>')
    expect(html).to.include('<th scope="row" class="paper-left">Khối 6</th><td class="paper-right">12</td>')
    expect(html).to.include('<tr class="paper-total"><td class="paper-left paper-bold">Tổng</td>')
  })

  it('shows the draft mark on drafts alone', () => {
    expect(renderHtml(aDoc([paragraph('x')], { draft: true }))).to.include(draftWords)
    expect(renderHtml(aDoc([paragraph('x')]))).to.not.include(draftWords)
  })

  it('brings decomposed letters to NFC', () => {
    expect(renderHtml(aDoc([paragraph('Tiếng Việt'.normalize('NFD'))]))).to.include('Tiếng Việt'.normalize('NFC'))
  })
})
