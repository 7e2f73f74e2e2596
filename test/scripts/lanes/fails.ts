import { expect } from 'chai'

describe('a file with a fault', () => {
  it('has a test that goes well', () => expect(1).to.equal(1))
  it('and one that does not', () => expect({ name: 'Hoa Sen' }).to.deep.equal({ name: 'Hoa Ban' }))
})
