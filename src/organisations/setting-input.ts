import { parseDay, type Day } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES, type SchoolKind } from '../kernel/unit-kinds.ts'
import { FieldMessages, type FormFields } from './form-fields.ts'
import type { AnySettingValue, SettingEntry } from './setting-entry.ts'
import type { SettingScope } from './setting.ts'

const NUMBER = 'Xin nhập một số.'

/** A day without a year as people write it (`15/5`), as `05-15`; 29/2 is no day of every year. */
function monthDayFrom(text: string): string | undefined {
  const day = /^\d{1,2}[/.]\d{1,2}$/.test(text) ? parseDay(`${text.replace('.', '/')}/2025`) : undefined
  return day?.slice(5)
}

function numberFrom(text: string): number | undefined {
  const fraction = /^(\d+)\/(\d+)$/.exec(text)
  if (fraction && Number(fraction[2]) > 0) return Number(fraction[1]) / Number(fraction[2])
  return /^\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : undefined
}

export interface TypedSetting {
  readonly value: AnySettingValue
  readonly scope: SettingScope
  readonly reason: string
}

/** One value with its kind of school, its days and the reason; refuses with a message at every wrong field. */
export function settingFrom(entry: SettingEntry<AnySettingValue>, fields: FormFields): TypedSetting {
  const messages = new FieldMessages()
  const value = valueFrom(entry, fields, messages)
  const scope = scopeFrom(fields, messages)
  const reason = reasonIn(fields, messages)
  messages.refuseIfAny()
  return { value, scope, reason }
}

export const isSchoolKind = (text: string): text is SchoolKind => Object.hasOwn(SCHOOL_KIND_NAMES, text)

/** Empty days leave the value without a first or last day; an empty kind means all schools. */
function scopeFrom(fields: FormFields, messages: FieldMessages): SettingScope {
  const dayIn = (field: string): Day | undefined => {
    const text = fields.text(field)
    const day = parseDay(text)
    if (text !== '' && day === undefined) messages.add(field, 'Ngày phải có dạng ngày/tháng/năm, ví dụ 01/09/2025.')
    return day
  }
  const [from, to] = [dayIn('from'), dayIn('until')]
  if (from !== undefined && to !== undefined && to < from)
    messages.add('until', 'Ngày kết thúc phải từ ngày bắt đầu trở đi.')
  const kind = fields.text('schoolKind')
  if (kind !== '' && !isSchoolKind(kind)) messages.add('schoolKind', 'Xin chọn cấp học trong danh sách.')
  return {
    ...(isSchoolKind(kind) && { schoolKind: kind }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }
}

/** Reads the fields `value` and `to` by the unit of the setting and its limits. */
function valueFrom(entry: SettingEntry<AnySettingValue>, fields: FormFields, messages: FieldMessages): AnySettingValue {
  const limited = (field: string, value: number | undefined): number => {
    const whole = entry.unit === 'share' || value === undefined || Number.isInteger(value)
    if (value === undefined) messages.add(field, NUMBER)
    else if (!whole) messages.add(field, 'Xin nhập một số nguyên.')
    else if (entry.limits && (value < entry.limits.min || value > entry.limits.max))
      messages.add(field, `Xin nhập từ ${entry.limits.min} đến ${entry.limits.max}.`)
    return value ?? 0
  }
  const monthDay = (field: string): string => {
    const day = monthDayFrom(fields.text(field))
    if (day === undefined) messages.add(field, 'Xin nhập ngày/tháng, ví dụ 15/5.')
    return day ?? ''
  }
  switch (entry.unit) {
    case 'dayOfYear':
      return monthDay('value')
    case 'dayRange':
      return { from: monthDay('value'), to: monthDay('to') }
    case 'range': {
      const from = limited('value', numberFrom(fields.text('value')))
      const to = limited('to', numberFrom(fields.text('to')))
      if (to < from) messages.add('to', 'Số sau phải từ số trước trở lên.')
      return { from, to }
    }
    case 'list': {
      const parts = fields
        .text('value')
        .split(/[;,]/)
        .map(part => part.trim())
      return parts.map(part => limited('value', numberFrom(part)))
    }
    case 'persons':
    case 'share':
    case 'weeks':
    case 'days':
    case 'workingDays':
    case 'months':
    case 'years':
    case 'count':
      return limited('value', numberFrom(fields.text('value')))
  }
}

function reasonIn(fields: FormFields, messages: FieldMessages): string {
  const reason = fields.text('reason')
  if (reason.length < 3) messages.add('reason', 'Xin ghi lý do.')
  return reason
}

/** The reason of a change; a change without one is refused. */
export function reasonFrom(fields: FormFields): string {
  const messages = new FieldMessages()
  const reason = reasonIn(fields, messages)
  messages.refuseIfAny()
  return reason
}
