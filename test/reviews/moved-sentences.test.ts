import { expect } from 'chai'
import { changedEvidence } from '../../src/reviews/changed-evidence.ts'
import { withMoves } from '../../src/reviews/moved-sentences.ts'
import { compareSentences } from '../../src/reviews/sentences.ts'

const part = (place: string, before: string, after: string) => ({ place, changes: compareSentences(before, after) })
const FIRST = 'Trường có đủ phòng học kiên cố.'
const SECOND = 'Thư viện mở cửa cả tuần.'
const THIRD = 'Sân chơi rộng hai nghìn mét vuông.'

describe('sentences that moved', () => {
  it('inside one part stand once, where they are now', () => {
    const [only] = withMoves([part('Điểm mạnh', `${FIRST} ${SECOND} ${THIRD}`, `${SECOND} ${THIRD} ${FIRST}`)])
    expect(only?.changes).to.deep.equal([
      { kind: 'same', text: SECOND },
      { kind: 'same', text: THIRD },
      { kind: 'moved', text: FIRST },
    ])
  })
  it('to another part are told at both places, also from a sheet that is gone', () => {
    const [from, to] = withMoves([
      part('Tiêu chí 1.2, Điểm yếu', FIRST, ''),
      part('Tiêu chí 3.1, Điểm mạnh', SECOND, `${SECOND} ${FIRST}`),
    ])
    expect(from?.changes).to.deep.equal([{ kind: 'movedAway', text: FIRST, to: 'Tiêu chí 3.1, Điểm mạnh' }])
    expect(to?.changes.at(-1)).to.deep.equal({ kind: 'moved', text: FIRST, from: 'Tiêu chí 1.2, Điểm yếu' })
  })
  it('are not seen in words that stand everywhere, nor in what is really new', () => {
    const none = withMoves([part('A', 'Không có.', ''), part('B', '', `Không có. ${THIRD}`)])
    expect(none.map(({ changes }) => changes.map(({ kind }) => kind))).to.deep.equal([['removed'], ['added', 'added']])
  })
  it('leave a second removal of the same words a removal', () => {
    const [only] = withMoves([part('A', `${FIRST} ${SECOND} ${FIRST}`, `${SECOND} ${THIRD} ${FIRST}`)])
    expect(only?.changes.map(({ kind }) => kind).toSorted()).to.deep.equal(['added', 'removed', 'same', 'same'])
  })
})

describe('evidence between two readings', () => {
  const pin = (text: string) => ({ id: text, parts: { strengths: text }, actions: [], at: new Date(0) })
  const item = (id: string, label: string) => ({
    id,
    label,
    name: `Tên ${id}`,
    state: 'coded',
    criterion: '1.1',
    years: [],
  })
  const [old, kept, fresh] = ['aaaa-1111', 'bbbb-2222', 'cccc-3333']
  const evidence = new Map([
    [old, item(old, '[H1-1.1-01]')],
    [kept, item(kept, '[H1-1.1-10]')],
    [fresh, item(fresh, '[H1-1.1-02]')],
  ])
  const before = new Map([
    ['1.1', pin(`Có [[${old}]].`)],
    ['1.2', pin(`Có [[${kept}]].`)],
  ])
  const now = new Map([
    ['1.2', pin(`Có [[${kept}]].`)],
    ['1.3', pin(`Có [[${fresh}]] và [[${kept}]].`)],
  ])
  it('is cited anew, no longer cited, or has another file', () => {
    expect(
      changedEvidence(before, now, evidence, new Set([kept, old])).map(({ label, what }) => `${label} ${what}`),
    ).to.deep.equal([
      '[H1-1.1-01] không còn dẫn ở tiêu chí 1.1',
      '[H1-1.1-02] dẫn thêm ở tiêu chí 1.3',
      '[H1-1.1-10] dẫn thêm ở tiêu chí 1.3; có tệp mới',
    ])
  })
  it('is not listed when nothing happened to it', () =>
    expect(changedEvidence(before, before, evidence, new Set())).to.deep.equal([]))
})
