import { expect } from 'chai'

describe('a file that goes well', () => {
  it('has one test', () => expect(1).to.equal(1))
  it('and another', () => expect(2).to.equal(2))
})
