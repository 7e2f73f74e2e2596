import { expect } from 'chai'
import { changedAnswers } from '../../src/reviews/changed-answers.ts'

const before = {
  code: '1.2',
  pin: 'p1',
  level: 0,
  answers: { '1': { a: 'notMet', b: 'met' }, '2': { a: 'met' } },
} as const

describe('answers between two readings', () => {
  it('are told where they are others, also those that came or went, under the same level', () => {
    const now = { ...before, answers: { '1': { a: 'notMet', b: 'notMet', c: 'met' } } } as const
    expect(changedAnswers([before], [now])).to.deep.equal([
      { code: '1.2', level: '1', indicator: 'b', was: 'met', is: 'notMet' },
      { code: '1.2', level: '1', indicator: 'c', was: undefined, is: 'met' },
      { code: '1.2', level: '2', indicator: 'a', was: 'met', is: undefined },
    ])
  })
  it('are not told of where nothing changed, of a round that did not keep them, nor of a sheet that came or went', () => {
    const { answers: _, ...old } = before
    expect(changedAnswers([before], [before])).to.deep.equal([])
    expect(changedAnswers([old], [before])).to.deep.equal([])
    expect(changedAnswers([before], [old])).to.deep.equal([])
    expect(changedAnswers([{ ...before, code: '1.1' }], [before])).to.deep.equal([])
  })
})
