/** The way to the neighbouring pages of a list, as `layout/pager` draws it. */
export interface Pager {
  readonly text: string
  readonly previous?: string
  readonly next?: string
}

/** The pager of page `at` (from 1) of so many; undefined where the whole list stands on one. */
export const pagerOf = (at: number, pages: number, href: (page: number) => string): Pager | undefined =>
  pages <= 1
    ? undefined
    : {
        text: `Trang ${at}/${pages}`,
        ...(at > 1 && { previous: href(at - 1) }),
        ...(at < pages && { next: href(at + 1) }),
      }

/** The same where nobody counts how many pages there are. */
export const openPagerOf = (at: number, hasMore: boolean, href: (page: number) => string): Pager | undefined =>
  at === 1 && !hasMore
    ? undefined
    : {
        text: `Trang ${at}`,
        ...(at > 1 && { previous: href(at - 1) }),
        ...(hasMore && { next: href(at + 1) }),
      }
