import { expect } from 'chai'
import { workingYear } from '../../src/kernel/working-year.ts'
import { renderPdf } from '../../src/paper/index.ts'
import { acceptanceDoc, returnDoc, type LetterOnPaper } from '../../src/reviews/letter-blocks.ts'
import { signerOf } from '../../src/reviews/letters.ts'
import { readPages } from '../paper/read-pdf.ts'

const paper: LetterOnPaper = {
  parentLine: '',
  issuerLine: 'UBND XÃ SƠN THỦY',
  unitName: 'UBND xã Sơn Thủy',
  symbol: 'ST',
  place: 'Sơn Thủy',
  schoolName: 'Trường Tiểu học Hoa Sen',
  year: workingYear('2025-2026'),
  number: '12/UBND-VHXH',
  date: '2026-05-18',
  signer: signerOf('Phó Chủ tịch UBND xã Sơn Thủy', 'commune', 'Lò Thị Lãnh Đạo Xã'),
  dispatch: { number: '35/CV-THHS', date: '2026-05-15' },
  receivedOn: '2026-05-16',
  level: 'Mức 3',
  fixes: [
    {
      place: 'Tiêu chí 1.1, Điểm yếu',
      quote: 'Thư viện còn chật.',
      reason: 'Thiếu minh chứng',
      text: 'Nêu diện tích.',
    },
  ],
  advice: [{ place: 'Kết luận chung', quote: '', reason: 'Nội dung khác', text: 'Nên gọn hơn.' }],
}

const wordsOf = async (doc: Parameters<typeof renderPdf>[0]): Promise<string> =>
  (await readPages(Buffer.from((await renderPdf(doc)).bytes)))
    .map(({ text }) => text)
    .join(' ')
    .replace(/\s+/g, ' ')

describe('letters of the managing level', function () {
  this.timeout(180_000)
  it('return a dossier with each point, its place and the day to come back', async () => {
    const words = await wordsOf(returnDoc(paper, '2026-06-01'))
    for (const expected of [
      'Số: 12/UBND-VHXH',
      'V/v yêu cầu hoàn thiện',
      'Kính gửi: Trường Tiểu học Hoa Sen',
      'nhận ngày 16/05/2026',
      'Thư viện còn chật.',
      'Thiếu minh chứng: Nêu diện tích.',
      'Nên gọn hơn.',
      'ngày 01/06/2026',
      'KT. CHỦ TỊCH',
    ])
      expect(words).to.contain(expected)
  })
  it('accept a report with the level that it claims', async () => {
    const words = await wordsOf(acceptanceDoc({ ...paper, advice: [] }))
    expect(words).to.contain('chấp nhận báo cáo').and.contain('Mức 3').and.not.contain('góp ý')
  })
  it('are the same bytes for the same record', async () => {
    const [one, other] = await Promise.all([
      renderPdf(returnDoc(paper, '2026-06-01')),
      renderPdf(returnDoc(paper, '2026-06-01')),
    ])
    expect(one.sha256).to.equal(other.sha256)
  })
  it('are signed in the place of the head, for the committee of a commune', () => {
    expect(signerOf('Chủ tịch UBND xã Sơn Thủy', 'commune', 'A')).to.deep.include({
      authority: ['TM. ỦY BAN NHÂN DÂN'],
      position: 'CHỦ TỊCH',
    })
    expect(signerOf('Phó Giám đốc Sở', 'province', 'A')).to.deep.include({
      authority: ['KT. GIÁM ĐỐC'],
      position: 'PHÓ GIÁM ĐỐC',
    })
    expect(signerOf('Chuyên viên', 'province', 'A')).to.deep.include({ authority: [], position: 'CHUYÊN VIÊN' })
  })
})
