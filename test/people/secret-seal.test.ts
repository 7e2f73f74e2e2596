import { expect } from 'chai'
import fc from 'fast-check'
import { secretSeal } from '../../src/people/secret-seal.ts'

const [OLD, NEW] = ['bí mật cũ của cài đặt, đủ 32 chữ', 'bí mật mới của cài đặt, đủ 32 chữ']
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

describe('the seal of second factors', () => {
  it('opens exactly what it closed, for the same person', () => {
    const seal = secretSeal([NEW])
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 1 }), fc.string(), (plain, owner, other) => {
        const sealed = seal.close(plain, owner)
        expect(seal.open(sealed, owner)).to.equal(plain)
        if (other !== owner) expect(seal.open(sealed, other)).to.equal(undefined)
      }),
    )
  })

  it('shows nothing of the secret, and never the same text twice', () => {
    const seal = secretSeal([NEW])
    const [first, second] = [seal.close(SECRET, 'lan'), seal.close(SECRET, 'lan')]
    expect(first).not.to.equal(second)
    expect(first).not.to.contain(SECRET)
    expect(Buffer.from(first.split(':')[2] ?? '', 'base64url').toString('latin1')).not.to.contain('JBSWY3')
  })

  it('refuses a text that was changed anywhere', () => {
    const seal = secretSeal([NEW])
    const [mark, key, body = ''] = seal.close(SECRET, 'lan').split(':')
    const bytes = Buffer.from(body, 'base64url')
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      expect(seal.open([mark, key, changed.toString('base64url')].join(':'), 'lan'), `byte ${at}`).to.equal(undefined)
    }
    for (const broken of ['', 's1', `s1:${key}`, `s1:${key}:AAAA`, `s2:${key}:${body}`, SECRET])
      expect(seal.open(broken, 'lan'), broken).to.equal(undefined)
  })

  it('still opens with the secret before, and tells which stands', () => {
    const byOld = secretSeal([OLD]).close(SECRET, 'lan')
    const both = secretSeal([NEW, OLD])
    expect(both.open(byOld, 'lan')).to.equal(SECRET)
    expect(both.standing(byOld)).to.equal('older')
    expect(both.standing(both.close(SECRET, 'lan'))).to.equal('current')
    expect(both.standing(SECRET)).to.equal('plain')
    expect(secretSeal([NEW]).standing(byOld)).to.equal('unknown')
    expect(secretSeal([NEW]).open(byOld, 'lan')).to.equal(undefined)
  })

  it('is not made without a secret', () => {
    expect(() => secretSeal([])).to.throw(RangeError)
  })
})
