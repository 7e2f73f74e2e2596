import { expect } from 'chai'
import { localPath, withQuery } from '../../src/http/local-path.ts'

describe('a path within this site', () => {
  for (const path of ['/', '/viec-cua-toi', '/mau?nam=2025-2026&q=a%20b'])
    it(`takes ${path}`, () => expect(localPath(path)).to.equal(path))

  const elsewhere = [
    '//xau.example',
    '/\\xau.example',
    '/a\\..\\b',
    'https://xau.example/',
    'javascript:alert(1)',
    'xau',
    '',
    '/\t/xau.example',
    '/a/../..//xau.example',
    '/.//xau.example',
    '/\n/xau.example',
    undefined,
    ['/a'],
  ]
  for (const path of elsewhere) it(`refuses ${JSON.stringify(path)}`, () => expect(localPath(path)).to.equal(undefined))

  it('sets and removes one parameter', () => {
    expect(withQuery('/mau?a=1', 'nam', '2025-2026')).to.equal('/mau?a=1&nam=2025-2026')
    expect(withQuery('/mau?a=1&nam=x', 'nam', undefined)).to.equal('/mau?a=1')
  })
})
