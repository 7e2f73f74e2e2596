import { FieldMessages, formFields } from './form-fields.ts'
import type { DifficultArea, SchoolProfile } from './unit.ts'

const AREAS = ['none', 'difficult', 'extremelyDifficult'] as const satisfies readonly DifficultArea[]

/** What the head may change of the profile: kind, levels and ownership follow the founding decision and stay. */
export type ProfileChange = Omit<SchoolProfile, 'schoolKind' | 'levels' | 'ownership'>

const wholeNumber = (text: string, least: number, most: number): number | undefined => {
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most ? value : undefined
}

/** Reads the profile form; refuses with a message at each field. `thisYear` bounds the years. */
export function profileFrom(body: unknown, thisYear: number): ProfileChange {
  const fields = formFields(body)
  const messages = new FieldMessages()
  const year = (name: string): number | undefined => {
    if (fields.text(name) === '') return undefined
    const value = wholeNumber(fields.text(name), 1800, thisYear)
    if (value === undefined) messages.add(name, `Xin nhập một năm từ 1800 đến ${thisYear}.`)
    return value
  }
  const founded = year('founded')
  const campuses = wholeNumber(fields.text('campuses'), 1, 99)
  if (campuses === undefined) messages.add('campuses', 'Xin nhập số điểm trường, ít nhất là 1.')
  if (fields.text('address') === '') messages.add('address', 'Xin nhập địa chỉ.')
  const website = fields.text('website')
  if (website !== '' && !/^https?:\/\/\S+$/.test(website))
    messages.add('website', 'Địa chỉ trang web bắt đầu bằng http:// hoặc https://.')
  const phone = fields.text('phone')
  if (!/^[\d .+()-]{0,30}$/.test(phone))
    messages.add('phone', 'Số điện thoại chỉ gồm chữ số, dấu cách và dấu + ( ) . -')
  const difficultArea = AREAS.find(area => area === fields.text('difficultArea')) ?? 'none'
  const grade = { '1': 1, '2': 2 } as const
  const standard = fields.text('standardGrade')
  const standardGrade = standard === '1' || standard === '2' ? grade[standard] : undefined
  const standardYear = year('standardYear')
  if (standardGrade !== undefined && standardYear === undefined)
    messages.add('standardYear', 'Xin nhập năm được công nhận đạt chuẩn quốc gia.')
  messages.refuseIfAny()
  return {
    formerNames: fields
      .text('formerNames')
      .split('\n')
      .map(name => name.trim())
      .filter(name => name !== ''),
    address: fields.text('address'),
    phone,
    website,
    campuses: campuses ?? 1,
    difficultArea,
    ...(founded === undefined ? {} : { founded }),
    ...(standardGrade === undefined || standardYear === undefined
      ? {}
      : { nationalStandard: { grade: standardGrade, year: standardYear } }),
  }
}
