import { expect } from 'chai'
import { chooseTests } from '../../scripts/run-tests.ts'

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
})
