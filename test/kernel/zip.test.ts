import { expect } from 'chai'
import { unzip, unzipOwn, zip, ZipRefused } from '../../src/kernel/zip.ts'

const parts = new Map([
  ['word/document.xml', Buffer.from('<w:p>Bộ tiêu chí</w:p>'.repeat(100))],
  ['ảnh/một.png', Buffer.from([0, 1, 2, 255])],
  ['empty.txt', Buffer.alloc(0)],
])
const NO_LIMITS = { maxParts: 100, maxBytes: 1_000_000 }

describe('a ZIP file', () => {
  it('gives back its parts in their order, packed or stored', () => {
    for (const packing of ['deflated', 'stored'] as const)
      expect([...unzipOwn(zip(parts, packing))]).to.deep.equal([...parts])
  })

  it('has the same bytes for the same parts', () => {
    expect(zip(parts).equals(zip(new Map(parts)))).to.equal(true)
    expect(zip(parts).length).to.be.below(zip(parts, 'stored').length)
  })

  it('gives only the parts that are asked for, and no folders', () => {
    const bytes = zip(new Map([['word/', Buffer.alloc(0)], ...parts]))
    expect([...unzip(bytes, NO_LIMITS, path => path.endsWith('.txt')).keys()]).to.deep.equal(['empty.txt'])
    expect([...unzipOwn(bytes).keys()]).to.deep.equal([...parts.keys()])
  })

  it('is refused when it is none, has too many parts or inflates to too much', () => {
    const refusal = (read: () => unknown): string => {
      try {
        read()
        return 'read'
      } catch (error) {
        if (!(error instanceof ZipRefused)) throw error
        return error.reason
      }
    }
    expect(refusal(() => unzipOwn(Buffer.from('no archive')))).to.equal('broken')
    expect(refusal(() => unzip(zip(parts), { maxParts: 2, maxBytes: 1_000_000 }, () => true))).to.equal('tooLarge')
    expect(refusal(() => unzip(zip(parts), { maxParts: 9, maxBytes: 500 }, () => true))).to.equal('tooLarge')
  })
})
