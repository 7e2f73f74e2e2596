import { z } from 'zod'
import { InvalidInput } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import type { NewPerson } from './administer-accounts.ts'
import type { PasswordChange } from './change-password.ts'
import { usernameKey } from './person.ts'

const text = z.string().default('').transform(tidy)
const optional = (pattern: RegExp, message: string) =>
  text
    .refine(value => value === '' || pattern.test(value), message)
    .transform(value => (value === '' ? undefined : value))

const newPerson = z.object({
  name: text
    .transform(value => value.replace(/\s+/g, ' '))
    .refine(value => value.length > 0, 'Xin nhập họ và tên.')
    .refine(value => value.length <= 100, 'Họ và tên dài nhất 100 ký tự.'),
  username: z
    .string()
    .default('')
    .transform(usernameKey)
    .refine(
      value => /^[a-z0-9][a-z0-9._-]{2,39}$/.test(value),
      'Tên đăng nhập gồm 3–40 chữ cái không dấu, chữ số, dấu chấm, gạch ngang hoặc gạch dưới.',
    ),
  unitId: text.refine(value => value !== '', 'Xin chọn đơn vị.'),
  email: optional(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'Địa chỉ thư điện tử chưa đúng, ví dụ ten@truong.edu.vn.'),
  phone: optional(/^\+?[\d .]{8,15}$/, 'Số điện thoại gồm 8–15 chữ số.'),
})

/** Reads the form for a new person; throws InvalidInput with the messages of all fields. */
export function newPersonFrom(body: unknown): NewPerson {
  const { email, phone, ...rest } = read(newPerson, body)
  return { ...rest, ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) }
}

// Passwords are taken as typed: blanks at the ends belong to them.
const secret = z.string().default('')
const passwordChange = z.object({ current: secret, next: secret, repeated: secret })

export const passwordChangeFrom = (body: unknown): PasswordChange => read(passwordChange, body)

export const reasonFrom = (body: unknown): string => read(z.object({ reason: text }), body).reason

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body ?? {})
  if (result.success) return result.data
  const fields: Record<string, string> = {}
  for (const { path, message } of result.error.issues) fields[String(path[0] ?? '')] ??= message
  throw new InvalidInput(fields)
}
