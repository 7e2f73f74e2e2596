import { expect } from 'chai'
import { compareSentences, fateOf, sentencesOf } from '../../src/reviews/sentences.ts'

const texts = (stored: string): readonly string[] => sentencesOf(stored).map(({ text }) => text)

describe('the sentences of a stored text', () => {
  it('end at a full stop, not at a number, an initial or a title', () => {
    expect(texts('Trường rộng 2.5 ha. TS. Lò Văn A. Mẫu phụ trách. Do UBND xã quản lý. Đạt 95,5%.')).to.deep.equal([
      'Trường rộng 2.5 ha.',
      'TS. Lò Văn A. Mẫu phụ trách.',
      'Do UBND xã quản lý.',
      'Đạt 95,5%.',
    ])
  })
  it('keep their citations and leave list marks out', () => {
    expect(texts('Có kế hoạch [[abcd-1234]]. Công khai.\n\n- Mục một.\n- Mục hai')).to.deep.equal([
      'Có kế hoạch [[abcd-1234]].',
      'Công khai.',
      'Mục một.',
      'Mục hai',
    ])
  })
  it('stand where they are said to stand', () => {
    const stored = '  Câu một.  Câu hai?\n- Câu ba!\n'
    for (const { text, offset } of sentencesOf(stored))
      expect(stored.slice(offset, offset + text.length)).to.equal(text)
  })
  it('of nothing are none', () => expect(sentencesOf(' \n\n')).to.deep.equal([]))
})

describe('what becomes of a quoted sentence', () => {
  const text = 'Năm 2023 có 12 lớp. Năm 2024 có 14 lớp. Năm 2023 có 12 lớp.'
  it('is found at the place nearest to where it was', () => {
    expect(fateOf('Năm 2023 có 12 lớp.', 38, text)).to.deep.equal({ kind: 'same', offset: 40 })
    expect(fateOf('Năm 2023 có 12 lớp.', 2, text)).to.deep.equal({ kind: 'same', offset: 0 })
  })
  it('is shown as it reads now when it was rewritten', () => {
    const now = 'Trường ở xã Mẫu. Năm 2024 có 15 lớp, 420 học sinh.'
    expect(fateOf('Năm 2024 có 14 lớp.', 0, now)).to.deep.equal({
      kind: 'changed',
      offset: 17,
      now: 'Năm 2024 có 15 lớp, 420 học sinh.',
    })
  })
  it('is gone when nothing is like it', () => {
    expect(fateOf('Hội đồng trường họp hằng tháng.', 0, text)).to.deep.equal({ kind: 'gone' })
  })
})

describe('the comparison of two texts', () => {
  it('tells sentences that stayed, were rewritten, came and went', () => {
    const before = 'Trường có 12 lớp. Đội ngũ đủ. Thư viện cũ.'
    const after = 'Trường có 14 lớp. Đội ngũ đủ. Đã xây nhà đa năng.'
    expect(compareSentences(before, after)).to.deep.equal([
      { kind: 'changed', text: 'Trường có 14 lớp.', was: 'Trường có 12 lớp.' },
      { kind: 'same', text: 'Đội ngũ đủ.' },
      { kind: 'removed', text: 'Thư viện cũ.' },
      { kind: 'added', text: 'Đã xây nhà đa năng.' },
    ])
  })
  it('of equal texts has no change', () => {
    expect(compareSentences('Một. Hai.', 'Một. Hai.').every(({ kind }) => kind === 'same')).to.equal(true)
  })
})
