import type { Actor, SeatRole } from '../kernel/actor.ts'
import { dayOf, printInstant } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, StepRefused } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import { personFor, type AccountNeeds } from './administer-accounts.ts'
import { isOpen, type Person } from './person.ts'

/** Looking ends by itself after so many minutes. */
export const VIEW_MINUTES = 30

const SHORTEST_REASON = 10

export interface ViewAsNeeds extends AccountNeeds {
  readonly rolesOf: (personId: string) => Promise<readonly SeatRole[]>
  /** Tells somebody something in their inbox; the same id tells once. */
  readonly tell: (telling: {
    readonly id: string
    readonly personIds: readonly string[]
    readonly subject: string
    readonly text: string
    readonly href: string
  }) => Promise<void>
}

/** Nobody looks as an administrator: that would be a way to what the other one looks after. */
export const mayLookAs = (roles: readonly SeatRole[]): boolean => !roles.includes('itAdmin')

/**
 * The IT team looks at the pages of somebody who asked for help, for at most `VIEW_MINUTES` and without being able to do
 * anything. The reason stands in the person's journal before the first page is shown, and the person is told.
 */
export const viewAs =
  (needs: ViewAsNeeds) =>
  async (actor: Actor, personId: string, typed: string): Promise<{ readonly person: Person; readonly until: Date }> => {
    const person = await personFor(needs, actor, personId, 'viewAs')
    const at = needs.now()
    if (personId === actor.personId) throw new StepRefused('Đang dùng chính tài khoản này.')
    if (!mayLookAs(await needs.rolesOf(personId)))
      throw new Forbidden('Không xem với tư cách một quản trị hệ thống khác.')
    if (!isOpen(person, dayOf(at))) throw new StepRefused('Tài khoản đang khóa hoặc đã đóng.')
    const reason = tidy(typed)
    if (reason.length < SHORTEST_REASON)
      throw new InvalidInput({ reason: `Xin ghi lý do cụ thể, ít nhất ${SHORTEST_REASON} chữ, ví dụ số phiếu hỗ trợ.` })
    const until = new Date(at.getTime() + VIEW_MINUTES * 60_000)
    await needs.people.note(person, { actor, at, event: 'viewAs', reason })
    await needs.tell({
      id: `viewAs:${person.id}:${person.rev + 1}`,
      personIds: [person.id],
      subject: 'Quản trị hệ thống đã xem với tư cách của bạn',
      text: `${actor.name} xem các trang của bạn từ ${printInstant(at)}, nhiều nhất ${VIEW_MINUTES} phút, không sửa được gì và không mở tệp. Lý do: ${reason}`,
      href: '/ho-so#xem-voi-tu-cach',
    })
    return { person, until }
  }
