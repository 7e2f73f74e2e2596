import { parseDay } from '../kernel/dates.ts'
import { FieldMessages, type FormFields } from './form-fields.ts'
import type { AnySettingValue, SettingEntry } from './setting-entry.ts'

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

/** Reads the fields `value` and `to` by the unit of the setting and its limits; refuses at the field. */
export function settingValueFrom(entry: SettingEntry<AnySettingValue>, fields: FormFields): AnySettingValue {
  const messages = new FieldMessages()
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
  const read = (): AnySettingValue => {
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
      case 'text':
        if (!/^\d{1,3}$/.test(fields.text('value'))) messages.add('value', 'Xin nhập một số có tối đa 3 chữ số.')
        return fields.text('value')
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
  const value = read()
  messages.refuseIfAny()
  return value
}

/** The reason of a change; a change without one is refused. */
export function reasonFrom(fields: FormFields): string {
  const reason = fields.text('reason')
  const messages = new FieldMessages()
  if (reason.length < 3) messages.add('reason', 'Xin ghi lý do.')
  messages.refuseIfAny()
  return reason
}
