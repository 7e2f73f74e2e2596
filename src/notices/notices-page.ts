import { printInstant } from '../kernel/dates.ts'
import { openPagerOf } from '../kernel/pager.ts'
import type { Notice } from './notice.ts'

/** How many notices stand on one page of the inbox. */
export const INBOX_PAGE = 50

export interface InboxView {
  readonly notices: readonly Notice[]
  readonly unread: number
  /** Counted from 1. */
  readonly pageNumber: number
  readonly hasMore: boolean
  readonly calendarMadeAt?: Date
  /** Shown once, right after it was made. */
  readonly calendarAddress?: string
}

const PAGE = '/thong-bao'

/** The inbox: newest first, what has not been read yet stands out by word and by weight. */
export function inboxPage({ notices, unread, pageNumber, hasMore, calendarMadeAt, calendarAddress }: InboxView) {
  return {
    subtitle: unread === 0 ? 'Không có thông báo chưa đọc.' : `${unread} thông báo chưa đọc.`,
    notices: notices.map(({ id, subject, text, at, readAt }) => ({
      subject,
      text,
      when: printInstant(at),
      href: `${PAGE}/mo?id=${encodeURIComponent(id)}`,
      unread: readAt === undefined,
    })),
    readAll: unread > 0 ? `${PAGE}/da-doc` : '',
    pager: openPagerOf(pageNumber, hasMore, page => `${PAGE}?trang=${page}`),
    calendar: {
      action: `${PAGE}/lich`,
      address: calendarAddress ?? '',
      made: calendarMadeAt ? printInstant(calendarMadeAt) : '',
      revoke: calendarMadeAt ? `${PAGE}/thu-hoi-lich` : '',
    },
  }
}
