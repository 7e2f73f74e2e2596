import { expect } from 'chai'
import { heading, layoutProfile, numberText, paragraph, type Block, type Letterhead } from '../../src/paper/index.ts'
import { layout, type Layout } from '../../src/paper/layout.ts'
import { mm } from '../../src/paper/layout-profile.ts'
import type { Piece } from '../../src/paper/pieces.ts'
import { aDoc, meta } from './papers.ts'

type TextPiece = Extract<Piece, { kind: 'text' }>

const textsOf = (laid: Layout, page: number): TextPiece[] =>
  (laid.pages[page]?.pieces ?? []).filter(piece => piece.kind === 'text')

const wordsOf = (piece: TextPiece): string => piece.line.fragments.map(fragment => fragment.text).join(' ')

const lines = (count: number): Block[] =>
  Array.from({ length: count }, (_, i) => paragraph(`Dòng ${i}`, { style: 'small' }))

const longIssuer = 'TRƯỜNG PHỔ THÔNG DÂN TỘC BÁN TRÚ TIỂU HỌC VÀ TRUNG HỌC CƠ SỞ NGUYỄN BỈNH KHIÊM'

const letterhead = (more: Partial<Letterhead> = {}): Letterhead => ({
  kind: 'letterhead',
  parent: 'UBND XÃ HOA MAI',
  issuer: 'TRƯỜNG THCS HOA MAI',
  number: 'Số: 15/BC-THCSHM',
  placeAndDate: 'Hoa Mai, ngày 05 tháng 02 năm 2026',
  ...more,
})

describe('layoutProfile', () => {
  it('takes the profile in force on the day, and the first for days before all', () => {
    expect(layoutProfile({ on: '2026-02-05T00:00:00Z' }).id).to.equal('nd30-2020')
    expect(layoutProfile({ on: '1999-01-01' }).id).to.equal('nd30-2020')
  })

  it('keeps the margins and sizes that Nghị định 30/2020 allows', () => {
    const { margin, styles, letterhead: head, pageNumber, signature } = layoutProfile({ on: '2026-01-01' })
    expect(margin.left).to.be.within(mm(30), mm(35))
    expect(margin.right).to.be.within(mm(15), mm(20))
    expect(margin.top).to.be.within(mm(20), mm(25))
    expect(margin.bottom).to.be.within(mm(20), mm(25))
    expect(styles.body.size).to.be.within(13, 14)
    expect(styles.body.gapBefore).to.be.at.least(6)
    expect([styles.body.firstIndent, mm(10), mm(12.7)]).to.satisfy(([x, a, b]: number[]) => x === a || x === b)
    expect(head.sizes.every(size => size >= 12 && size <= 13)).to.equal(true)
    expect(pageNumber.size).to.be.within(13, 14)
    expect(signature.space).to.be.within(mm(25), mm(30))
  })
})

describe('letterhead', () => {
  it('keeps its columns apart and inside the page, however long the names', () => {
    const width = 595.28 - mm(30) - mm(15)
    const heads = [
      letterhead(),
      letterhead({ issuer: longIssuer, parent: 'ỦY BAN NHÂN DÂN ĐẶC KHU HOA MAI BIỂN ĐÔNG' }),
    ]
    for (const block of heads) {
      const placed = textsOf(layout(aDoc([block])), 0)
      const left = placed.filter(piece => piece.x < width * 0.3)
      const right = placed.filter(piece => piece.x >= width * 0.3)
      const rightEdge = Math.max(...left.map(piece => piece.x + piece.width))
      expect(rightEdge).to.be.lessThan(Math.min(...right.map(piece => piece.x)))
      for (const piece of placed) expect(piece.line.width, wordsOf(piece)).to.be.at.most(piece.width + 0.01)
      expect(right.slice(0, 2).map(wordsOf)).to.deep.equal([
        'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
        'Độc lập - Tự do - Hạnh phúc',
      ])
    }
  })

  it('parts the name of an office before its place, never within a word', () => {
    const issuer = 'SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH MINH HỌA'
    const placed = textsOf(layout(aDoc([letterhead({ issuer })])), 0).map(wordsOf)
    expect(placed).to.include.members(['SỞ GIÁO DỤC VÀ ĐÀO TẠO', 'TỈNH MINH HỌA'])
  })

  it('puts number and date level with one another, below both columns', () => {
    const placed = textsOf(layout(aDoc([letterhead({ issuer: longIssuer })])), 0)
    const number = placed.find(piece => wordsOf(piece).startsWith('Số:'))
    const date = placed.find(piece => wordsOf(piece).startsWith('Hoa Mai,'))
    const others = placed.filter(piece => piece !== number && piece !== date)
    expect(number?.y).to.equal(date?.y)
    expect(number?.y).to.be.greaterThan(Math.max(...others.map(piece => piece.y)))
  })

  it('rules off the motto at its own length and the issuer at a third to a half of its', () => {
    const laid = layout(aDoc([letterhead()]))
    const placed = textsOf(laid, 0)
    const motto = placed.find(piece => wordsOf(piece).startsWith('Độc lập'))
    const issuer = placed.find(piece => wordsOf(piece).startsWith('TRƯỜNG'))
    const rules = (laid.pages[0]?.pieces ?? []).filter(piece => piece.kind === 'rule')
    expect(rules).to.have.length(2)
    expect((rules[0]?.width ?? 0) / (issuer?.line.width ?? 1)).to.be.within(0.33, 0.5)
    expect(rules[1]?.width).to.be.closeTo(motto?.line.width ?? 0, 0.01)
  })
})

describe('signature', () => {
  const signature: Block = {
    kind: 'signature',
    receivers: ['UBND xã (để báo cáo)', 'Lưu: VT, HS KĐCLGD.'],
    signers: [{ authority: 'TM. HỘI ĐỒNG', position: 'CHỦ TỊCH', name: 'Nguyễn Thị Hoa Mai' }],
  }

  it('never stands alone on a page', () => {
    for (let count = 30; count < 60; count++) {
      const laid = layout(aDoc([...lines(count), signature]))
      const last = textsOf(laid, laid.pages.length - 1).map(wordsOf)
      expect(last, `${count} lines`).to.include('Nguyễn Thị Hoa Mai')
      expect(last.filter(words => words.startsWith('Dòng')).length, `${count} lines`).to.be.at.least(2)
    }
  })

  it('puts receivers on the left, level with the office, and leaves 25–30 mm to sign', () => {
    const placed = textsOf(layout(aDoc([paragraph('x'), signature])), 0)
    const find = (words: string): TextPiece | undefined => placed.find(piece => wordsOf(piece).startsWith(words))
    const office = find('TM. HỘI ĐỒNG')
    expect(find('Nơi nhận:')?.x).to.equal(0)
    expect(Math.abs((find('Nơi nhận:')?.y ?? 0) - (office?.y ?? 0))).to.be.lessThan(4)
    expect((find('Nguyễn')?.y ?? 0) - (find('CHỦ TỊCH')?.y ?? 0)).to.be.within(mm(25), mm(35))
  })

  it('puts the names of two signers side by side on one line', () => {
    const two: Block = {
      kind: 'signature',
      signers: [
        { position: 'THƯ KÝ', name: 'Trần Văn Tre' },
        { authority: 'TM. HỘI ĐỒNG', position: 'CHỦ TỌA', name: 'Lê Thị Trúc' },
      ],
    }
    const placed = textsOf(layout(aDoc([paragraph('x'), two])), 0)
    const [left, right] = ['Trần Văn Tre', 'Lê Thị Trúc'].map(name => placed.find(piece => wordsOf(piece) === name))
    expect(left?.y).to.equal(right?.y)
    expect(left?.x).to.be.lessThan(right?.x ?? 0)
  })
})

describe('pages', () => {
  it('keeps a heading with the text below it', () => {
    for (let count = 40; count < 56; count++) {
      const laid = layout(aDoc([...lines(count), heading(2, 'Tiêu đề'), paragraph('Thân bài')]))
      const pageOf = (words: string): number =>
        laid.pages.findIndex((_, page) => textsOf(laid, page).some(piece => wordsOf(piece) === words))
      expect(pageOf('Tiêu đề'), `${count} lines`).to.equal(pageOf('Thân bài'))
    }
  })

  it('never draws below the text area', () => {
    const height = 841.89 - 2 * mm(20)
    const laid = layout(aDoc([...lines(200), letterhead({ issuer: longIssuer }), ...lines(30)]))
    for (const piece of laid.pages.flatMap(page => page.pieces)) expect(piece.y).to.be.at.most(height)
  })

  it('gives the same layout twice and leaves the document as it was', () => {
    const doc = aDoc([...lines(80), heading(1, 'PHẦN')])
    const before = structuredClone(doc)
    expect(layout(doc)).to.deep.equal(layout(doc))
    expect(doc).to.deep.equal(before)
  })

  it('names headings without an id by their position', () => {
    const { pageOf } = layout({
      meta,
      sections: aDoc([heading(1, 'Một'), heading(1, 'Hai', { id: 'hai' }), heading(1, 'Ba')]).sections,
    })
    expect([...pageOf.keys()]).to.deep.equal(['muc-1', 'hai', 'muc-3'])
  })
})

describe('numberText', () => {
  it('writes thousands with a dot and decimals with a comma; absent is not zero', () => {
    expect(numberText(1234567)).to.equal('1.234.567')
    expect(numberText(98.55, 1)).to.match(/^98,[56]$/)
    expect(numberText(0)).to.equal('0')
    expect(numberText(null)).to.equal('–')
    expect(numberText(undefined)).to.equal('–')
  })
})
