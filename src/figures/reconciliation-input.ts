import { parseDay } from '../kernel/dates.ts'
import { FieldMessages, type FormFields } from '../organisations/index.ts'
import { parseNumber } from './figure-input.ts'
import type { ReconciliationDraft } from './reconcile.ts'
import { isReasonCode, type AssigningDecision } from './reconciliation.ts'

/** A decision counts only whole: number, day and issuer; all empty is none. */
function decisionFrom(prefix: string, fields: FormFields, messages: FieldMessages): AssigningDecision | undefined {
  const [number, dayText, issuer] = ['number', 'day', 'issuer'].map(part => fields.text(`${prefix}.${part}`))
  if (!number && !dayText && !issuer) return undefined
  const day = parseDay(dayText ?? '')
  if (!number) messages.add(`${prefix}.number`, 'Xin nhập số, ký hiệu của quyết định.')
  if (!day) messages.add(`${prefix}.day`, 'Ngày phải có dạng ngày/tháng/năm, ví dụ 05/09/2025.')
  if (!issuer) messages.add(`${prefix}.issuer`, 'Xin nhập cơ quan ban hành.')
  return number && day && issuer ? { number, day, issuer } : undefined
}

/** Reads the form of the reconciliation for the rows with these keys; refuses at each field. */
export function reconciliationFrom(fields: FormFields, keys: readonly string[]): ReconciliationDraft {
  const messages = new FieldMessages()
  const planDecision = decisionFrom('plan', fields, messages)
  const staffDecision = decisionFrom('staff', fields, messages)
  const assigned = keys.flatMap(key => {
    const value = parseNumber(fields.text(`assigned.${key}`))
    if (value === null) return []
    if (value === undefined || !Number.isInteger(value)) {
      messages.add(`assigned.${key}`, 'Xin nhập một số nguyên, ví dụ 1.234.')
      return []
    }
    const decided = key.startsWith('staff.') ? staffDecision : planDecision
    if (!decided) messages.add(`assigned.${key}`, 'Hãy ghi quyết định giao ở trên trước.')
    return [{ key, value }]
  })
  const explanations = keys.flatMap(key => {
    const code = fields.text(`code.${key}`)
    const sentence = fields.text(`sentence.${key}`)
    if (code === '' && sentence !== '') messages.add(`code.${key}`, 'Xin chọn nguyên nhân.')
    return isReasonCode(code) ? [{ key, code, sentence }] : []
  })
  messages.refuseIfAny()
  return {
    assigned,
    explanations,
    ...(planDecision ? { planDecision } : {}),
    ...(staffDecision ? { staffDecision } : {}),
  }
}
