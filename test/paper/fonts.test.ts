import { expect } from 'chai'
import { face, faceOf, printable, type FaceId } from '../../src/paper/fonts.ts'
import { breakEvenly, breakLines, textWidth } from '../../src/paper/line-break.ts'

const vowels = Array.from('aăâeêioôơuưy')
const tones = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323']
const small = [...vowels.flatMap(vowel => tones.map(tone => (vowel + tone).normalize('NFC'))), 'đ']
const letters = small.flatMap(letter => [letter, letter.toUpperCase()])

const spread = (widths: readonly number[]): number => Math.max(...widths) - Math.min(...widths)

const wordsOf = (content: string, width: number): string[] =>
  breakLines([content], width, { size: 14 }).map(line =>
    line.fragments
      .map(fragment => fragment.text + (fragment.blank > 0 ? ' ' : ''))
      .join('')
      .trimEnd(),
  )

describe('fonts', () => {
  const faces: FaceId[] = ['regular', 'bold', 'italic', 'boldItalic']
  for (const id of faces) {
    it(`has a glyph for each of the 146 Vietnamese letters in ${id}`, () => {
      expect(letters).to.have.length(146)
      const missing = letters.filter(letter => !face(id).has(letter.codePointAt(0) ?? 0))
      expect(missing).to.deep.equal([])
    })
  }

  it('measures like Times New Roman: an upright capital A of 1000 is 722 wide', () => {
    expect(textWidth('A', { size: 1000 })).to.be.closeTo(722, 1)
    expect(textWidth('A', { size: 1000, bold: true })).to.be.closeTo(722, 1)
  })

  it('takes signs that the text face lacks from the symbols, and nothing for a letter of neither', () => {
    for (const sign of '☐☑☒✓') expect(faceOf(sign.codePointAt(0) ?? 0, face('regular'))?.id, sign).to.equal('symbol')
    expect(faceOf('漢'.codePointAt(0) ?? 0, face('regular'))).to.equal(undefined)
  })

  it('drops invisible characters and composes letters', () => {
    expect(printable('\uFEFFa\u0302\u0301\u00ADb\u200B\r\nc\u0007')).to.equal('ấb\nc')
  })
})

describe('breakLines', () => {
  it('breaks at blanks only: codes with hyphens and slashes stay whole', () => {
    const lines = wordsOf('theo mã H1-1.1-01 và 16/2022/TT-BGDĐT của Bộ', 130)
    expect(lines.join(' ')).to.equal('theo mã H1-1.1-01 và 16/2022/TT-BGDĐT của Bộ')
    expect(lines.some(line => line.split(' ').includes('H1-1.1-01'))).to.equal(true)
  })

  it('never makes a line wider than allowed', () => {
    const text = 'Nhà trường có chiến lược phát triển rõ ràng '.repeat(20)
    for (const width of [60, 111, 200, 333]) {
      for (const line of breakLines([text], width, { size: 14 })) expect(line.width).to.be.at.most(width + 0.01)
    }
  })

  it('cuts a word wider than a line, after a slash when it can, and keeps all its letters', () => {
    const address = 'https://so.example/van-ban/2026/quyet-dinh/ke-hoach-tu-danh-gia-chat-luong'
    const lines = wordsOf(address, 120)
    expect(lines.length).to.be.greaterThan(2)
    expect(lines.join('')).to.equal(address)
    expect(lines[0]).to.match(/[-/]$/)
  })

  it('joins pieces of one word over changes of style', () => {
    const lines = breakLines(['xin ', { kind: 'text', text: 'ch', bold: true }, 'ào'], 40, { size: 14 })
    expect(lines.map(line => line.fragments.map(f => f.text).join('|'))).to.deep.equal(['xin', 'ch|ào'])
  })

  it('takes a new line at a forced break, an empty one too', () => {
    expect(wordsOf('một\n\nhai', 500)).to.deep.equal(['một', '', 'hai'])
  })

  it('shares a long centred name over lines of about equal width', () => {
    const name = 'TRƯỜNG PHỔ THÔNG DÂN TỘC BÁN TRÚ TIỂU HỌC VÀ TRUNG HỌC CƠ SỞ NGUYỄN BỈNH KHIÊM'
    const base = { size: 12, bold: true }
    const even = breakEvenly([name], 200, base).map(line => line.width)
    const greedy = breakLines([name], 200, base).map(line => line.width)
    expect(even).to.have.length(greedy.length)
    expect(spread(even)).to.be.at.most(spread(greedy))
    expect(Math.max(...even)).to.be.at.most(200)
  })

  it('cuts no word of a narrow head that fits uncut', () => {
    const lines = breakEvenly(['Đã thành lập đoàn'], 30, { size: 9, bold: true })
    expect(lines.map(line => line.fragments.map(f => f.text).join(' '))).to.deep.equal(['Đã', 'thành', 'lập', 'đoàn'])
  })
})
