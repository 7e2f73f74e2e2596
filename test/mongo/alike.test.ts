import { expect } from 'chai'
import { BSON } from 'mongodb'
import { readAlike } from '../../src/mongo/alike.ts'

interface Answer {
  readonly code: string
  readonly answers: Readonly<Record<string, string>>
}

const bytes = (code: string, a: string): Uint8Array => BSON.serialize({ code, answers: { a } })

describe('documents of which thousands are the same', () => {
  it('gives the same object for the same bytes and another one for other bytes', () => {
    const read = readAlike<Answer>()
    const first = read(bytes('1.1', 'met'))
    expect(first).to.deep.equal({ code: '1.1', answers: { a: 'met' } })
    expect(read(bytes('1.1', 'met'))).to.equal(first)
    expect(read(bytes('1.1', 'notMet'))).to.deep.equal({ code: '1.1', answers: { a: 'notMet' } })
  })

  it('tells letters apart that differ in one byte only', () => {
    const read = readAlike<Answer>()
    const words = ['đạt', 'đạu', 'ạ', 'ă', '\u0000', '\u0080', '\u00ff']
    expect(words.map(word => read(bytes('1.1', word)).answers['a'])).to.deep.equal(words)
    expect(words.map(word => read(bytes('1.1', word)).answers['a'])).to.deep.equal(words)
  })

  it('reads a document that lies in the middle of a larger buffer', () => {
    const inner = bytes('2.3', 'met')
    const around = new Uint8Array(inner.length + 20)
    around.set(inner, 7)
    expect(readAlike<Answer>()(around.subarray(7, 7 + inner.length)).code).to.equal('2.3')
  })

  it('forgets everything when there is more than it may remember, and still reads right', () => {
    const read = readAlike<Answer>(2)
    const first = read(bytes('1', 'met'))
    read(bytes('2', 'met'))
    read(bytes('3', 'met'))
    const again = read(bytes('1', 'met'))
    expect(again).to.deep.equal(first)
    expect(again).to.not.equal(first)
  })
})
