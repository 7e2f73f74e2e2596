/**
 * Telling people: a feature calls `notify({ id, personIds, subject, text, href })` (the system's `notify`, of type
 * `Notify`) after its step. `id` names the event (`review:<id>:<rev>`): the same event tells a person once, however often
 * it is called. Only `subject` and the link go out by e-mail.
 */
export { calendarStore, type CalendarStore } from './calendar-store.ts'
export type { CalendarDeadline } from './calendar.ts'
export { deliverMail, notifier, type MailNeeds, type NoticeNeeds } from './deliver-mail.ts'
export { mailDoor, type Mail, type MailSettings, type SendMail } from './mail-door.ts'
export { type Notice, type Notify, type Telling } from './notice.ts'
export { noticeRoutes, type NoticeRouteNeeds } from './notice-routes.ts'
export { noticeStore, type NoticeStore } from './notice-store.ts'
