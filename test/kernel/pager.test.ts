import { expect } from 'chai'
import { openPagerOf, pagerOf } from '../../src/kernel/pager.ts'

const href = (page: number): string => `/danh-sach?trang=${page}`

describe('the way between the pages of a list', () => {
  it('is not drawn for a list on one page, or without any', () => {
    expect(pagerOf(1, 1, href)).to.equal(undefined)
    expect(pagerOf(1, 0, href)).to.equal(undefined)
    expect(openPagerOf(1, false, href)).to.equal(undefined)
  })

  it('leads to both neighbours where there are any', () => {
    expect(pagerOf(1, 3, href)).to.deep.equal({ text: 'Trang 1/3', next: href(2) })
    expect(pagerOf(2, 3, href)).to.deep.equal({ text: 'Trang 2/3', previous: href(1), next: href(3) })
    expect(pagerOf(3, 3, href)).to.deep.equal({ text: 'Trang 3/3', previous: href(2) })
  })

  it('goes on as long as there is more where pages are not counted', () => {
    expect(openPagerOf(1, true, href)).to.deep.equal({ text: 'Trang 1', next: href(2) })
    expect(openPagerOf(4, false, href)).to.deep.equal({ text: 'Trang 4', previous: href(3) })
  })
})
