import { FieldMessages, formFields, revisionFrom } from '../organisations/index.ts'
import type { FocalPerson } from './focal-person.ts'
import { EMAIL, EMAIL_FAULT, PHONE, PHONE_FAULT } from './people-input.ts'
import { emailKey } from './person.ts'

/** Reads the form of a unit's focal person; refuses with a message at each field. */
export function focalFrom(body: unknown): Omit<FocalPerson, 'unitId' | 'at'> {
  const fields = formFields(body)
  const messages = new FieldMessages()
  const [name, post] = [fields.text('name').replace(/\s+/g, ' '), fields.text('post')]
  const [phone, email] = [fields.text('phone'), emailKey(fields.text('email'))]
  if (name === '' || name.length > 100) messages.add('name', 'Xin nhập họ và tên, không quá 100 ký tự.')
  if (post === '' || post.length > 150) messages.add('post', 'Xin nhập chức vụ, không quá 150 ký tự.')
  if (phone !== '' && !PHONE.test(phone)) messages.add('phone', PHONE_FAULT)
  if (email !== '' && !EMAIL.test(email)) messages.add('email', EMAIL_FAULT)
  if (phone === '' && email === '') messages.add('phone', 'Xin nhập điện thoại hoặc thư điện tử.')
  messages.refuseIfAny()
  return { name, post, phone, email, rev: revisionFrom(fields) }
}
