import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { chooseTests, longestFirst } from '../../scripts/run-tests.ts'
import { LONGEST } from '../support/longest.ts'

const FILES = [
  'test/support/browser.ts',
  'test/plans/plan.db.test.ts',
  'test/plans/plan.test.ts',
  'test/sign-in.browser.test.ts',
  'test/plans-of-old.test.ts',
]

describe('npm test', () => {
  it('runs every test file in order when none is named', () => {
    expect(chooseTests(FILES, [], true)).to.deep.equal([
      'test/plans-of-old.test.ts',
      'test/plans/plan.db.test.ts',
      'test/plans/plan.test.ts',
      'test/sign-in.browser.test.ts',
    ])
  })
  it('leaves out the browser, even when it is named', () => {
    expect(chooseTests(FILES, [], false)).not.to.include('test/sign-in.browser.test.ts')
    expect(chooseTests(FILES, ['test/sign-in.browser.test.ts'], false)).to.deep.equal([])
  })

  const named: Record<string, number> = {
    'test/plans': 2,
    './test/plans/': 2,
    'test/plans/plan.test.ts': 1,
    'test/plans/*': 2,
    'test/*.test.ts': 2,
    'test/**/*.db.test.ts': 1,
    'test/plan': 0,
  }
  for (const [pattern, count] of Object.entries(named)) {
    it(`finds ${count} under ${pattern}`, () => expect(chooseTests(FILES, [pattern], true)).to.have.length(count))
  }

  it('begins with the longest files, then those with a database or a browser', () => {
    const [longest = '', second = ''] = LONGEST
    expect(longestFirst(['test/a.test.ts', 'test/b.db.test.ts', second, 'test/c.browser.test.ts', longest])).to.eql([
      longest,
      second,
      'test/b.db.test.ts',
      'test/c.browser.test.ts',
      'test/a.test.ts',
    ])
  })
  it('knows no long file that is gone', () => {
    expect(LONGEST.filter(file => !existsSync(path.resolve(import.meta.dirname, '../..', file)))).to.eql([])
  })
})
