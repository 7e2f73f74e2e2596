import { page, redirect, type Request, type Route } from '../http/route.ts'
import { NotFound } from '../kernel/refusals.ts'
import { calendarFile, calendarTokenHash, newCalendarToken, type CalendarDeadline } from './calendar.ts'
import type { CalendarStore } from './calendar-store.ts'
import type { NoticeNeeds } from './deliver-mail.ts'
import { INBOX_PAGE, inboxPage } from './notices-page.ts'

export interface NoticeRouteNeeds extends NoticeNeeds {
  readonly calendars: CalendarStore
  /** Open deadlines of a person; none for somebody who may no longer sign in. */
  readonly deadlinesOf: (personId: string) => Promise<readonly CalendarDeadline[]>
  readonly baseUrl: string
}

const PAGE = '/thong-bao'

/** The inbox, and the personal calendar that programs fetch by its secret address. */
export function noticeRoutes({ notices, calendars, deadlinesOf, baseUrl, now }: NoticeRouteNeeds): Route[] {
  const inbox = async ({ actor, query }: Request, calendarAddress?: string) => {
    const pageNumber = Math.max(1, Math.trunc(Number(query['trang'])) || 1)
    const [found, unread, madeAt] = await Promise.all([
      notices.ofPerson(actor.personId, (pageNumber - 1) * INBOX_PAGE, INBOX_PAGE + 1),
      notices.unreadOf(actor.personId),
      calendars.madeAt(actor.personId),
    ])
    const model = inboxPage({
      notices: found.slice(0, INBOX_PAGE),
      unread,
      pageNumber,
      hasMore: found.length > INBOX_PAGE,
      ...(madeAt && { calendarMadeAt: madeAt }),
      ...(calendarAddress !== undefined && { calendarAddress }),
    })
    return page('notices/inbox', 'Thông báo', model)
  }
  return [
    { method: 'get', path: PAGE, access: 'signedIn', handle: request => inbox(request) },
    {
      method: 'get',
      path: `${PAGE}/mo`,
      access: 'signedIn',
      handle: async ({ actor, query }) => {
        const notice = await notices.find(query['id'] ?? '')
        if (notice?.personId !== actor.personId) throw new NotFound('Không tìm thấy thông báo này.')
        await notices.markRead(actor.personId, notice.id, now())
        return redirect(notice.href)
      },
    },
    {
      method: 'post',
      path: `${PAGE}/da-doc`,
      access: 'signedIn',
      handle: async ({ actor }) => {
        await notices.markAllRead(actor.personId, now())
        return redirect(PAGE)
      },
    },
    {
      method: 'post',
      path: `${PAGE}/lich`,
      access: 'signedIn',
      // A page and no redirect: the secret is shown here once and kept nowhere.
      handle: async request => {
        const token = newCalendarToken()
        await calendars.replace(request.actor.personId, calendarTokenHash(token), now())
        return inbox(request, `${baseUrl}/lich.ics?ma=${token}`)
      },
    },
    {
      method: 'post',
      path: `${PAGE}/thu-hoi-lich`,
      access: 'signedIn',
      handle: async ({ actor, flash }) => {
        await calendars.revoke(actor.personId)
        flash('success', 'Địa chỉ lịch cũ không còn dùng được.')
        return redirect(PAGE)
      },
    },
    {
      method: 'get',
      path: '/lich.ics',
      access: 'anyone',
      handle: async ({ query }) => {
        const personId = await calendars.personWith(calendarTokenHash(query['ma'] ?? ''))
        if (personId === undefined) throw new NotFound('Địa chỉ lịch này không có hoặc đã bị thu hồi.')
        const body = await calendarFile(await deadlinesOf(personId), baseUrl, now())
        return { kind: 'file', body: Buffer.from(body), mime: 'text/calendar', name: 'lich.ics' }
      },
    },
  ]
}
