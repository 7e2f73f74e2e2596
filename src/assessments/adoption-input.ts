import { fieldsOf, textField } from '../http/fields.ts'
import { parseDay, type Day } from '../kernel/dates.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import type { ReceivedFile } from '../http/route.ts'
import type { StartedFrom } from './assessment.ts'
import { manyOf } from './council-input.ts'
import type { Adoption, SignedReport } from './report-steps.ts'

const MAX_TEXT = 2_000

const textFrom = (body: unknown, name: string): string => tidy(textField(body, name)).slice(0, MAX_TEXT)

/** Whole votes: an empty field counts none. */
function countFrom(body: unknown, name: string, wrong: Record<string, string>): number {
  const text = textField(body, name).trim()
  if (text === '') return 0
  if (!/^\d{1,3}$/.test(text)) wrong[name] = 'Số phiếu là số nguyên từ 0 trở lên.'
  return Number(text)
}

/** The council's vote as counted, its minutes and its day; every mistake at its field. */
export function adoptionFrom(body: unknown, today: Day): Adoption {
  const wrong: Record<string, string> = {}
  const yes = countFrom(body, 'for', wrong)
  const no = countFrom(body, 'against', wrong)
  const other = countFrom(body, 'other', wrong)
  const total = countFrom(body, 'total', wrong)
  const minutes = textFrom(body, 'minutes')
  if (minutes === '') wrong['minutes'] = 'Cần ghi số, ngày biên bản họp hội đồng.'
  const on = parseDay(textField(body, 'on'))
  if (on === undefined) wrong['on'] = 'Ngày phải có dạng ngày/tháng/năm, ví dụ 05/09/2025.'
  else if (on > today) wrong['on'] = 'Ngày họp thông qua không thể sau hôm nay.'
  const waivedBecause = textFrom(body, 'waivedBecause')
  if (on === undefined || Object.keys(wrong).length > 0) throw new InvalidInput(wrong)
  return {
    votes: { for: yes, against: no, other, total },
    minutes,
    on,
    ...(waivedBecause !== '' && { waivedBecause }),
  }
}

export interface Publication {
  readonly signed: SignedReport
  readonly on: Day
  readonly place: string
}

/** Where and when the report was put up, with the signed file or the reason why there is paper alone. */
export function publicationFrom(body: unknown, files: readonly ReceivedFile[], today: Day): Publication {
  const wrong: Record<string, string> = {}
  const place = textFrom(body, 'place')
  if (place === '') wrong['place'] = 'Cần ghi nơi công bố, ví dụ bảng tin phòng hội đồng.'
  const on = parseDay(textField(body, 'on'))
  if (on === undefined) wrong['on'] = 'Ngày phải có dạng ngày/tháng/năm, ví dụ 05/09/2025.'
  else if (on > today) wrong['on'] = 'Ngày công bố không thể sau hôm nay.'
  const file = files.find(each => each.field === 'signed' && each.size > 0)
  if (file && file.mime !== 'application/pdf') wrong['signed'] = 'Bản đã ký phải là tệp PDF.'
  if (on === undefined || Object.keys(wrong).length > 0) throw new InvalidInput(wrong)
  const signed: SignedReport = file
    ? { kind: 'file', path: file.path }
    : { kind: 'paper', reason: textFrom(body, 'reason') }
  return { signed, on, place }
}

/** Number and date of the dispatch; an unreadable date counts as none and is asked for by the step. */
export function dispatchFrom(body: unknown): {
  readonly number: string
  readonly date: Day | undefined
  readonly toUnitId: string
} {
  return {
    number: textFrom(body, 'number').slice(0, 60),
    date: parseDay(textField(body, 'date')),
    toUnitId: textField(body, 'toUnitId'),
  }
}

/** `answer.<n>`: how the council answers each point of the return. */
export const answersFrom = (body: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.keys(fieldsOf(body))
      .filter(name => name.startsWith('answer.'))
      .map(name => [name.slice('answer.'.length), textFrom(body, name)]),
  )

export const reopeningFrom = (body: unknown): { readonly criteria: readonly string[]; readonly reason: string } => ({
  criteria: manyOf(body, 'criteria'),
  reason: textFrom(body, 'reason'),
})

export const cancelFrom = (body: unknown): { readonly reason: string; readonly decisionNumber: string } => ({
  reason: textFrom(body, 'reason'),
  decisionNumber: textFrom(body, 'decisionNumber').slice(0, 60),
})

/** A comment on the draft, and the answer to one. */
export const commentFrom = (body: unknown): { readonly part: string; readonly text: string } => ({
  part: textField(body, 'part'),
  text: textField(body, 'text'),
})

export function answerFrom(body: unknown): { readonly accepted: boolean; readonly why: string } {
  const accepted = textField(body, 'accepted')
  if (accepted !== 'yes' && accepted !== 'no')
    throw new InvalidInput({ accepted: 'Cần chọn tiếp thu hoặc không tiếp thu.' })
  return { accepted: accepted === 'yes', why: textField(body, 'why') }
}

/** With what a new assessment begins: an earlier one by id, nothing, or (nothing said) last year's. */
export function startFrom(body: unknown): StartedFrom | undefined {
  const from = textField(body, 'from')
  return from === '' ? undefined : from === 'khong' ? 'nothing' : { assessmentId: from }
}

/** The words of a supplementary report; changes are lines of one field. */
export function supplementFrom(body: unknown): { readonly text: string; readonly changes: readonly string[] } {
  const text = textField(body, 'supplement').normalize('NFC').replace(/\r\n?/g, '\n').trim().slice(0, 20_000)
  if (text === '') throw new InvalidInput({ supplement: 'Cần ghi nội dung bổ sung.' })
  const changes = textField(body, 'changes')
    .split(/\r\n?|\n/)
    .map(line => tidy(line).slice(0, MAX_TEXT))
    .filter(line => line !== '')
  return { text, changes: changes.slice(0, 100) }
}
