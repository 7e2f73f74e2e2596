import { parseDay, type Day } from '../kernel/dates.ts'
import { FieldMessages, type FormFields } from '../organisations/index.ts'
import type { Appointment } from './appoint.ts'
import type { HeadDelegation } from './delegate-head.ts'
import type { HandOverForm } from './hand-over.ts'
import { BODIES, OFFICE_ROLES, POST_KINDS } from './office-seat.ts'

/** Who is appointed: somebody known, or somebody to be entered first. */
export type Appointee =
  | { readonly kind: 'known'; readonly personId: string }
  | { readonly kind: 'new'; readonly name: string; readonly username: string }

export interface AppointmentForm {
  readonly appointee: Appointee
  readonly seat: Omit<Appointment, 'personId'>
  readonly reason: string
}

const DAY = 'Ngày phải có dạng ngày/tháng/năm, ví dụ 05/09/2025.'

/** Reads the form “thêm nhân sự”; refuses with a message at each field. */
export function appointmentFrom(fields: FormFields): AppointmentForm {
  const messages = new FieldMessages()
  const role = OFFICE_ROLES.find(known => known === fields.text('role'))
  if (role === undefined) messages.add('role', 'Xin chọn vai trò.')
  const postKind = POST_KINDS.find(known => known === fields.text('postKind'))
  if (postKind === undefined) messages.add('postKind', 'Xin chọn loại chức vụ.')
  const post = fields.text('post')
  if (post === '') messages.add('post', 'Xin nhập chức vụ, ví dụ: Tổ trưởng chuyên môn tổ Toán – Tin.')
  const from = parseDay(fields.text('from'))
  if (from === undefined) messages.add('from', DAY)
  const toText = fields.text('to')
  const to = toText === '' ? undefined : parseDay(toText)
  if (toText !== '' && to === undefined) messages.add('to', DAY)
  const personId = fields.text('personId')
  const [name, username] = [fields.text('newName'), fields.text('newUsername')]
  if (personId === '' && name === '') messages.add('personId', 'Xin chọn một người, hoặc nhập họ và tên người mới.')
  if (personId === '' && name !== '' && username === '')
    messages.add('newUsername', 'Xin nhập tên đăng nhập của người mới.')
  const reason = fields.text('reason')
  if (reason === '') messages.add('reason', 'Xin ghi căn cứ, ví dụ số và ngày quyết định.')
  messages.refuseIfAny()
  const represents = BODIES.filter(body => fields.list('represents').includes(body))
  return {
    appointee: personId === '' ? { kind: 'new', name, username } : { kind: 'known', personId },
    seat: {
      role: role ?? 'staff',
      postKind: postKind ?? 'staff',
      post,
      represents,
      from: from ?? '',
      ...(to === undefined ? {} : { to }),
    },
    reason,
  }
}

/** Reads the dialog that hands a seat over. */
export function handOverFrom(fields: FormFields): HandOverForm {
  const messages = new FieldMessages()
  const toPersonId = fields.text('toPersonId')
  if (toPersonId === '') messages.add('toPersonId', 'Xin chọn người nhận.')
  const on = parseDay(fields.text('on'))
  if (on === undefined) messages.add('on', DAY)
  const reason = fields.text('reason')
  if (reason === '') messages.add('reason', 'Xin ghi căn cứ, ví dụ số và ngày quyết định.')
  messages.refuseIfAny()
  return { seatId: fields.text('seatId'), toPersonId, on: on ?? '', reason, work: fields.list('work') }
}

/** Reads who stands in for the head, from when to when, by what decision. */
export function delegationFrom(fields: FormFields): HeadDelegation {
  const messages = new FieldMessages()
  const personId = fields.text('personId')
  if (personId === '') messages.add('personId', 'Xin chọn người được ủy quyền.')
  const [from, to] = [parseDay(fields.text('from')), parseDay(fields.text('to'))]
  if (from === undefined) messages.add('from', DAY)
  if (to === undefined) messages.add('to', DAY)
  const decision = fields.text('decision')
  if (decision === '') messages.add('decision', 'Xin ghi số, ngày của quyết định hoặc giấy ủy quyền.')
  messages.refuseIfAny()
  return { personId, from: from ?? '', to: to ?? '', decision }
}

/** Last day and reason of a seat that ends. */
export function endFrom(fields: FormFields): { readonly to: Day; readonly reason: string } {
  const messages = new FieldMessages()
  const to = parseDay(fields.text('to'))
  if (to === undefined) messages.add('to', DAY)
  const reason = fields.text('reason')
  if (reason === '') messages.add('reason', 'Xin ghi lý do.')
  messages.refuseIfAny()
  return { to: to ?? '', reason }
}
