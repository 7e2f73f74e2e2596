import { textField } from '../http/fields.ts'
import { parseDay } from '../kernel/dates.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import { FieldMessages, formFields } from '../organisations/index.ts'
import { TABLE_SET_NAMES, type PeriodDays, type PeriodKind, type PeriodPlan, type TableSet } from './period.ts'
import type { DutyEvent } from './duty-machine.ts'
import type { PeriodEvent } from './period-machine.ts'
import { DAY_FIELDS } from './proposed-days.ts'

const LONGEST_NAME = 150
const LONGEST_TEXT = 2000

const isTableSet = (text: string): text is TableSet => Object.hasOwn(TABLE_SET_NAMES, text)

/** The plan of a period as typed; refuses with a message at every wrong field. */
export function planFrom(body: unknown): PeriodPlan {
  const fields = formFields(body)
  const messages = new FieldMessages()
  const name = fields.text('name')
  if (name === '' || name.length > LONGEST_NAME)
    messages.add('name', `Xin ghi tên kỳ, nhiều nhất ${LONGEST_NAME} ký tự.`)
  const tableSet = fields.text('tableSet')
  if (!isTableSet(tableSet)) messages.add('tableSet', 'Xin chọn nội dung báo cáo.')
  const days = DAY_FIELDS.map(field => {
    const day = parseDay(fields.text(field))
    if (day === undefined) messages.add(field, 'Ngày phải có dạng ngày/tháng/năm, ví dụ 25/05/2026.')
    return [field, day ?? ''] as const
  })
  messages.refuseIfAny()
  return {
    name,
    tableSet: isTableSet(tableSet) ? tableSet : 'figures',
    asksReconciliation: fields.text('asksReconciliation') !== '',
    // Built from every name of a day.
    ...(Object.fromEntries(days) as Record<keyof PeriodDays, string>),
  }
}

export function kindFrom(body: unknown): PeriodKind {
  const kind = textField(body, 'kind')
  if (kind !== 'start' && kind !== 'end') throw new InvalidInput({ kind: 'Xin chọn kỳ đầu năm hoặc cuối năm.' })
  return kind
}

/** Why frozen figures are corrected, and of which units: one id a line or the boxes that were ticked. */
export function correctionFrom(body: unknown): Extract<PeriodEvent, { type: 'correct' }> {
  const fields = formFields(body)
  const messages = new FieldMessages()
  const reason = fields.text('reason')
  if (reason === '') messages.add('reason', 'Xin ghi lý do đính chính.')
  const unitIds = fields.list('units')
  if (unitIds.length === 0) messages.add('units', 'Xin chọn đơn vị có số liệu phải đính chính.')
  messages.refuseIfAny()
  return { type: 'correct', reason: reason.slice(0, LONGEST_TEXT), unitIds }
}

function reasonFrom(body: unknown, message: string): string {
  const reason = tidy(textField(body, 'reason'))
  if (reason === '') throw new InvalidInput({ reason: message })
  if (reason.length > LONGEST_TEXT) throw new InvalidInput({ reason: `Nhiều nhất ${LONGEST_TEXT} ký tự.` })
  return reason
}

/** Units ticked in a list. */
export function unitsFrom(body: unknown): readonly string[] {
  const units = formFields(body).list('units')
  if (units.length === 0) throw new InvalidInput({ units: 'Xin đánh dấu ít nhất một đơn vị.' }, 'Chưa chọn đơn vị nào.')
  return [...new Set(units)]
}

/** One reason for several units. */
export const returnFrom = (body: unknown): DutyEvent => ({
  type: 'return',
  reason: reasonFrom(body, 'Xin ghi lý do trả lại.'),
})

export const excuseFrom = (body: unknown): DutyEvent => ({
  type: 'excuse',
  reason: reasonFrom(body, 'Xin ghi lý do đơn vị không phải báo cáo.'),
})

/** Word of the address for each step that the level above takes on several units at once. */
export const STEPS_OF_SEVERAL: Readonly<
  Record<string, { readonly read: (body: unknown) => DutyEvent; readonly said: string }>
> = {
  'chap-nhan': { read: () => ({ type: 'accept' }), said: 'Đã chấp nhận báo cáo' },
  'tra-lai': { read: returnFrom, said: 'Đã trả lại báo cáo' },
  'khong-phai-bao-cao': { read: excuseFrom, said: 'Đã ghi nhận không phải báo cáo' },
}

/** Word of the address for each step of a duty, and how its form is read. */
export const DUTY_STEPS: Readonly<
  Record<
    string,
    { readonly event: DutyEvent['type']; readonly read: (body: unknown) => DutyEvent; readonly said: string }
  >
> = {
  'bat-dau': { event: 'start', read: () => ({ type: 'start' }), said: 'Đã bắt đầu báo cáo.' },
  gui: {
    event: 'send',
    read: body => ({ type: 'send', note: tidy(textField(body, 'note')).slice(0, LONGEST_TEXT) }),
    said: 'Đã gửi báo cáo.',
  },
  'tra-lai': {
    event: 'return',
    read: returnFrom,
    said: 'Đã trả lại báo cáo.',
  },
  'chap-nhan': { event: 'accept', read: () => ({ type: 'accept' }), said: 'Đã chấp nhận báo cáo.' },
  'rut-chap-nhan': {
    event: 'withdrawAcceptance',
    read: body => ({
      type: 'withdrawAcceptance',
      reason: reasonFrom(body, 'Xin ghi lý do rút lại việc chấp nhận.'),
    }),
    said: 'Đã rút lại việc chấp nhận; báo cáo chờ xem xét lại.',
  },
  'khong-phai-bao-cao': {
    event: 'excuse',
    read: excuseFrom,
    said: 'Đã ghi nhận đơn vị không phải báo cáo.',
  },
  'bao-cao-lai': {
    event: 'recallExcuse',
    read: body => ({ type: 'recallExcuse', reason: reasonFrom(body, 'Xin ghi lý do đơn vị vẫn phải báo cáo.') }),
    said: 'Đã yêu cầu đơn vị báo cáo lại.',
  },
}

/** Word of the address for each step of a period. */
export const PERIOD_STEPS: Readonly<
  Record<
    string,
    { readonly read: (body: unknown) => Exclude<PeriodEvent, { type: 'lockFigures' | 'sign' }>; readonly said: string }
  >
> = {
  mo: { read: () => ({ type: 'open' }), said: 'Đã mở kỳ báo cáo và giao nhiệm vụ cho các đơn vị.' },
  'tong-hop': { read: () => ({ type: 'consolidate' }), said: 'Đã hoàn thành tổng hợp.' },
  'cong-bo': { read: () => ({ type: 'publish' }), said: 'Đã công bố.' },
  'dinh-chinh': { read: correctionFrom, said: 'Đã lập phiên bản số liệu mới; phiên bản cũ được giữ nguyên.' },
}
