import { z } from 'zod'
import { parseDay } from '../kernel/dates.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import { GUARDED_ROLES, type AccountRules } from './account-rules.ts'
import type { Contact, Leaving, NewPerson } from './administer-accounts.ts'
import type { PasswordChange } from './change-password.ts'
import { emailKey, usernameKey } from './person.ts'

const text = z.string().default('').transform(tidy)
const optional = (pattern: RegExp, message: string) =>
  text
    .refine(value => value === '' || pattern.test(value), message)
    .transform(value => (value === '' ? undefined : value))

/** Patterns that a spreadsheet of people is held to as well. */
export const USERNAME = /^[a-z0-9][a-z0-9._-]{2,39}$/
export const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
export const PHONE = /^\+?[\d .]{8,15}$/
export const USERNAME_FAULT = 'Tên đăng nhập gồm 3–40 chữ cái không dấu, chữ số, dấu chấm, gạch ngang hoặc gạch dưới.'
export const EMAIL_FAULT = 'Địa chỉ thư điện tử chưa đúng, ví dụ ten@truong.edu.vn.'
export const PHONE_FAULT = 'Số điện thoại gồm 8–15 chữ số.'

const contact = z.object({
  email: optional(EMAIL, EMAIL_FAULT).transform(value => (value === undefined ? undefined : emailKey(value))),
  phone: optional(PHONE, PHONE_FAULT),
})

const newPerson = contact.extend({
  name: text
    .transform(value => value.replace(/\s+/g, ' '))
    .refine(value => value.length > 0, 'Xin nhập họ và tên.')
    .refine(value => value.length <= 100, 'Họ và tên dài nhất 100 ký tự.'),
  username: z
    .string()
    .default('')
    .transform(usernameKey)
    .refine(value => USERNAME.test(value), USERNAME_FAULT),
  unitId: text.refine(value => value !== '', 'Xin chọn đơn vị.'),
})

/** Reads the form for a new person; throws InvalidInput with the messages of all fields. */
export function newPersonFrom(body: unknown): NewPerson {
  const { name, username, unitId, ...reached } = read(newPerson, body)
  return { name, username, unitId, ...given(reached) }
}

/** Reads an e-mail address and a telephone number; an empty field is none. */
export function contactFrom(body: unknown): Contact {
  return given(read(contact, body))
}

function given({ email, phone }: { readonly email: string | undefined; readonly phone: string | undefined }): Contact {
  return { ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) }
}

// Passwords are taken as typed: blanks at the ends belong to them.
const secret = z.string().default('')
const passwordChange = z.object({ current: secret, next: secret, repeated: secret })

export const passwordChangeFrom = (body: unknown): PasswordChange => read(passwordChange, body)

export const reasonFrom = (body: unknown): string => read(z.object({ reason: text }), body).reason

const day = (message: string) =>
  text.transform((value, context) => {
    const parsed = parseDay(value)
    if (parsed === undefined) context.addIssue({ code: 'custom', message })
    return parsed ?? ''
  })

const leaving = z.object({
  from: day('Ngày phải có dạng ngày/tháng/năm, ví dụ 01/08/2026.'),
  reason: text,
  openWorkSeen: z.string().optional(),
})

/** Reads the form that closes an account. */
export function leavingFrom(body: unknown): Leaving {
  const { openWorkSeen, ...rest } = read(leaving, body)
  return { ...rest, openWorkSeen: openWorkSeen !== undefined }
}

const rules = z.object({
  secondFactorRoles: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform(value => GUARDED_ROLES.filter(role => [value].flat().includes(role))),
  secondFactorFrom: text.refine(
    value => value === '' || parseDay(value) !== undefined,
    'Ngày phải có dạng ngày/tháng/năm, ví dụ 01/01/2027.',
  ),
  rev: z.coerce.number().int().min(0).catch(-1),
})

/** Reads who needs a second factor, and from when. */
export function rulesFrom(body: unknown): AccountRules {
  const { secondFactorFrom, ...rest } = read(rules, body)
  const from = parseDay(secondFactorFrom)
  return { ...rest, ...(from === undefined ? {} : { secondFactorFrom: from }) }
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body ?? {})
  if (result.success) return result.data
  const fields: Record<string, string> = {}
  for (const { path, message } of result.error.issues) fields[String(path[0] ?? '')] ??= message
  throw new InvalidInput(fields)
}
