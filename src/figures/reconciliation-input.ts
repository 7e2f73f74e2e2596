import { parseDay } from '../kernel/dates.ts'
import { FieldMessages, type FormFields } from '../organisations/index.ts'
import { parseNumber } from './figure-input.ts'
import type { ReconciliationDraft } from './reconcile.ts'
import type { ComparedRow } from './compared-rows.ts'
import {
  DECISION_KINDS,
  DECISION_NAMES,
  decisionKindOf,
  isReasonCode,
  type AssigningDecision,
  type Decisions,
  type Explanation,
} from './reconciliation.ts'

const DECISION_PARTS = ['number', 'day', 'issuer'] as const

/** A decision that may be missing: all fields empty is none, else it counts only whole. */
export const decisionFrom = (
  prefix: string,
  fields: FormFields,
  messages: FieldMessages,
): AssigningDecision | undefined =>
  DECISION_PARTS.every(part => fields.text(`${prefix}.${part}`) === '')
    ? undefined
    : neededDecisionFrom(prefix, fields, messages)

/** A decision that must be there: number, day and issuer. Each lack is added to the messages. */
export function neededDecisionFrom(
  prefix: string,
  fields: FormFields,
  messages: FieldMessages,
): AssigningDecision | undefined {
  const [number, dayText, issuer] = DECISION_PARTS.map(part => fields.text(`${prefix}.${part}`))
  const day = parseDay(dayText ?? '')
  if (!number) messages.add(`${prefix}.number`, 'Xin nhập số, ký hiệu của quyết định.')
  if (!day) messages.add(`${prefix}.day`, 'Ngày phải có dạng ngày/tháng/năm, ví dụ 05/09/2025.')
  if (!issuer) messages.add(`${prefix}.issuer`, 'Xin nhập cơ quan ban hành.')
  return number && day && issuer ? { number, day, issuer } : undefined
}

/** Reads the form of the reconciliation for these rows; refuses at each field. */
export function reconciliationFrom(fields: FormFields, rows: readonly ComparedRow[]): ReconciliationDraft {
  const messages = new FieldMessages()
  const typed = rows.filter(row => row.of === undefined)
  const decisions = Object.fromEntries(
    DECISION_KINDS.flatMap(kind => {
      const decision = decisionFrom(kind, fields, messages)
      return decision ? [[`${kind}Decision` as const, decision]] : []
    }),
  ) satisfies Decisions
  const assigned = typed.flatMap(row => {
    const field = `assigned.${row.key}`
    const value = parseNumber(fields.text(field))
    if (value === null) return []
    if (value === undefined || !Number.isInteger(value)) {
      messages.add(field, 'Xin nhập một số nguyên, ví dụ 1.234.')
      return []
    }
    const kind = decisionKindOf(row)
    // A unit that assigned by its own decision shows it as text: the form then carries a mark instead of its fields.
    if (!decisions[`${kind}Decision`] && fields.text(`${kind}.given`) === '')
      messages.add(field, `Hãy ghi ${DECISION_NAMES[kind].replace(' (nếu có)', '').toLowerCase()} ở trên trước.`)
    return [{ key: row.key, value }]
  })
  const explanations = typed.flatMap(({ key }) => explanationFrom(key, fields, messages))
  messages.refuseIfAny()
  return { ...decisions, assigned, explanations }
}

function explanationFrom(key: string, fields: FormFields, messages: FieldMessages): readonly Explanation[] {
  const [code, sentence, remedy, dueText] = ['code', 'sentence', 'remedy', 'due'].map(part =>
    fields.text(`${part}.${key}`),
  )
  const due = dueText ? parseDay(dueText) : undefined
  if (dueText && !due) messages.add(`due.${key}`, 'Ngày phải có dạng ngày/tháng/năm.')
  if (!code && (sentence || remedy || dueText)) messages.add(`code.${key}`, 'Xin chọn nguyên nhân.')
  if (!code || !isReasonCode(code)) return []
  return [{ key, code, sentence: sentence ?? '', ...(remedy && { remedy }), ...(due && { due }) }]
}
