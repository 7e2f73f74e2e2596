import { textField } from '../http/fields.ts'
import { spreadsheet, type Answer, type Route } from '../http/route.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf, printDay, printInstant } from '../kernel/dates.ts'
import { InvalidInput, NotFound } from '../kernel/refusals.ts'
import { row, writeWorkbook, type SheetTable } from '../sheet-files/index.ts'
import { linkHref } from './access-link.ts'
import { giveLink, type AccountNeeds, type WithLink } from './administer-accounts.ts'
import { stateOf } from './people-page.ts'
import { may, reachesNoFurther } from './people-policy.ts'
import type { Person } from './person.ts'

interface Needs extends AccountNeeds {
  readonly baseUrl: string
  readonly unitNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

const LIST = '/quan-tri/tai-khoan'
/** More people than any unit has. */
const MOST_OF_UNIT = 2_000

/** Accounts of a unit as a spreadsheet, and invitations for all of it who have not set a password. */
export function peopleExchangeRoutes(needs: Needs, requireAdministrator: (actor: Actor) => void): readonly Route[] {
  const { people, unitNames, now } = needs

  const peopleOf = async (actor: Actor, unitId: string): Promise<readonly Person[]> => {
    requireAdministrator(actor)
    if (unitId === '') throw new InvalidInput({ donvi: 'Xin nhập mã đơn vị.' })
    const found = await people.list({ $and: [may.read.where(actor), { unitId }] }, 0, MOST_OF_UNIT)
    if (found.length === 0) throw new NotFound(`people of ${unitId}`)
    return found
  }
  const nameOf = async (unitId: string): Promise<string> => (await unitNames([unitId])).get(unitId) ?? unitId
  const workbook = async (table: SheetTable, name: string): Promise<Answer> =>
    spreadsheet(await writeWorkbook([table]), name)

  return [
    {
      method: 'get',
      path: `${LIST}/xuat`,
      access: 'signedIn',
      handle: async ({ actor, query }) => {
        const unitId = (query['donvi'] ?? '').trim()
        const found = await peopleOf(actor, unitId)
        const today = dayOf(now())
        const table = {
          name: 'Tài khoản',
          title: [`Tài khoản của ${await nameOf(unitId)}`, `Ngày ${printDay(today)}`],
          columns: [
            { head: 'Họ và tên', width: 28 },
            { head: 'Tên đăng nhập', width: 20 },
            { head: 'Thư điện tử', width: 28 },
            { head: 'Điện thoại', width: 16 },
            { head: 'Trạng thái', width: 20 },
          ],
          rows: found.map(person =>
            row(
              person.name,
              person.username ?? '',
              person.email ?? '',
              person.phone ?? '',
              stateOf(person, today).label,
            ),
          ),
        }
        return workbook(table, `tai-khoan-${unitId}.xlsx`)
      },
    },
    {
      method: 'post',
      path: `${LIST}/moi-don-vi`,
      access: 'signedIn',
      handle: async ({ actor, body }) => {
        const unitId = textField(body, 'donvi').trim()
        const waiting = (await peopleOf(actor, unitId)).filter(person => person.waiting && person.active)
        if (waiting.length === 0) throw new InvalidInput({ donvi: 'Đơn vị này không còn ai chờ đặt mật khẩu.' })
        const given: WithLink[] = []
        for (const person of waiting) {
          const units = await needs.unitsOf(person.id)
          if (may.giveLink(actor, person) && reachesNoFurther(actor, units))
            given.push(await giveLink(needs)(actor, person.id))
        }
        const [until] = given.map(link => link.until)
        const table = {
          name: 'Lời mời',
          title: [`Liên kết nhận tài khoản của ${await nameOf(unitId)}`],
          notes: [
            `Mỗi liên kết dùng một lần, hết hạn lúc ${until ? printInstant(until) : ''}. Chỉ trao cho đúng người; xóa tệp này sau khi trao.`,
          ],
          columns: [
            { head: 'Họ và tên', width: 28 },
            { head: 'Tên đăng nhập', width: 20 },
            { head: 'Liên kết đặt mật khẩu', width: 80 },
          ],
          rows: given.map(({ person, token }) =>
            row(person.name, person.username ?? '', linkHref(needs.baseUrl, token)),
          ),
        }
        return workbook(table, `loi-moi-${unitId}.xlsx`)
      },
    },
  ]
}
