import type { Clock } from '../kernel/dates.ts'
import type { SendMail } from './mail-door.ts'
import type { Notice, Notify } from './notice.ts'
import type { NoticeStore } from './notice-store.ts'

export interface NoticeNeeds {
  readonly notices: NoticeStore
  readonly now: Clock
}

export interface MailNeeds extends NoticeNeeds {
  /** Where a person gets e-mail; undefined for somebody without an address or with a locked account. */
  readonly addressOf: (personId: string) => Promise<{ readonly name: string; readonly address: string } | undefined>
  readonly send: SendMail
  /** Address that people type, without a slash at the end. */
  readonly baseUrl: string
}

/** The way in which features tell people something. */
export const notifier =
  ({ notices, now }: NoticeNeeds): Notify =>
  telling =>
    notices.tell(telling, now())

/** Nothing but the fact and the link: what a notice says further is read after signing in. */
export const mailWords = ({ subject, href }: Pick<Notice, 'subject' | 'href'>, name: string, baseUrl: string) => ({
  subject: `[Kiểm định chất lượng giáo dục] ${subject}`,
  text: [
    `Kính gửi ${name},`,
    '',
    subject,
    '',
    `Xem và xử lý tại: ${baseUrl}${href}`,
    '',
    'Thư này do hệ thống gửi tự động, xin không trả lời.',
    '',
  ].join('\n'),
})

/** Sends what is due, one after the other, at most `limit`; gives how many went out. A fault of the server is kept and tried later. */
export const deliverMail =
  ({ notices, now, addressOf, send, baseUrl }: MailNeeds) =>
  async (limit = 200): Promise<number> => {
    await notices.giveUpBrokenOff(now())
    let sent = 0
    for (let tried = 0; tried < limit; tried++) {
      const claimed = await notices.claimMail(now())
      if (!claimed) break
      const { notice, failures } = claimed
      const to = await addressOf(notice.personId)
      if (!to) {
        await notices.mailGone(notice.id, 'none')
        continue
      }
      try {
        await send({ id: notice.id, to, ...mailWords(notice, to.name, baseUrl) })
      } catch (error) {
        await notices.mailFailed(notice.id, failures + 1, error instanceof Error ? error.message : String(error), now())
        continue
      }
      await notices.mailGone(notice.id, 'sent')
      sent++
    }
    return sent
  }
