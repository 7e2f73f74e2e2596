import { expect } from 'chai'
import { partBlocks } from '../../src/reports/criterion-blocks.ts'
import type { SheetOnPaper } from '../../src/reports/sheet-on-paper.ts'

const sheet = (texts: SheetOnPaper['texts']): SheetOnPaper => ({
  asked: {
    code: '1.1',
    title: 'Phương hướng',
    standard: { code: '1', title: 'Tổ chức' },
    indicators: [],
    typicalEvidence: [],
  },
  texts,
  code: '1.1',
  actions: [],
  analysis: [],
  answers: {},
  groupName: 'Nhóm 1',
  writer: '',
  lead: '',
  changedOn: '2026-01-05',
})

/** The words of the last block, the improvement plan. */
const improvement = (texts: SheetOnPaper['texts']): string =>
  JSON.stringify(partBlocks(sheet(texts), () => '', 4).at(-1))

describe('block 4 of a criterion', () => {
  it('says that there is nothing where the school has no weakness', () => {
    expect(improvement({ weaknesses: '- Không có.' })).to.include('Không có.')
  })

  it('still says that nothing was written where there is a weakness', () => {
    expect(improvement({ weaknesses: 'Không cóc nào trong vườn trường.' })).to.include('(Chưa viết)')
    expect(improvement({ weaknesses: 'Thư viện nhỏ.' })).to.include('(Chưa viết)')
  })

  it('prints what was written before anything else', () => {
    expect(improvement({ weaknesses: 'Không có.', improvement: 'Duy trì.' })).to.include('Duy trì.')
  })
})
