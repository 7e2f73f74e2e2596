import { expect } from 'chai'
import { isNewEnough, sourcesOfNewerRelease } from '../../src/mongo/newer-libc.ts'

describe('the libc that the embedded engine needs', () => {
  const versions: Record<string, boolean> = { '2.36': false, '2.37': false, '2.38': true, '2.41': true, '3.0': true }
  for (const [version, enough] of Object.entries(versions)) {
    it(`${enough ? 'takes' : 'refuses'} glibc ${version}`, () => expect(isNewEnough(version)).to.equal(enough))
  }
  it('refuses a system without glibc', () => expect(isNewEnough(undefined)).to.equal(false))

  it('asks the sources of the machine for the next release', () => {
    const sources = 'deb http://mirror/debian bookworm main\ndeb http://mirror/security bookworm-security main\n'
    expect(sourcesOfNewerRelease(sources)).to.equal(
      'deb http://mirror/debian trixie main\ndeb http://mirror/security trixie-security main\n',
    )
    expect(sourcesOfNewerRelease('Suites: jammy jammy-updates')).to.equal('Suites: noble noble-updates')
  })
  it('leaves sources alone that belong to no known release', () => {
    expect(sourcesOfNewerRelease('deb http://mirror/nodesource nodistro main')).to.equal(undefined)
  })
})
