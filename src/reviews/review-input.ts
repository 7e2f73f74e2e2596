import { fieldsOf, textField } from '../http/fields.ts'
import { parseDay } from '../kernel/dates.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import type { NewRemark } from './remarks.ts'
import type { ForwardGround, ReasonCode, RemarkKind, TakeOverGround } from './review.ts'
import { FORWARD_GROUNDS, REASONS, REMARK_KINDS, TAKE_OVER_GROUNDS } from './review-words.ts'
import type { Forward, Numbered, Return, Seen, TakingOver } from './step-review.ts'

const MAX_TEXT = 2_000
const MAX_NUMBER = 60

const textFrom = (body: unknown, name: string): string => tidy(textField(body, name)).slice(0, MAX_TEXT)

const isKey = <K extends string>(table: Readonly<Record<K, unknown>>, key: string): key is K =>
  Object.hasOwn(table, key)

/** Number and date of a paper; what is missing the step itself asks for. */
export const numberedFrom = (body: unknown): Numbered => ({
  number: textFrom(body, 'number').slice(0, MAX_NUMBER),
  date: parseDay(textField(body, 'date')),
})

/** The revision that the page of the form showed. */
function seenFrom(body: unknown): number | undefined {
  const seen = textField(body, 'revision')
  return /^\d{1,9}$/.test(seen) ? Number(seen) : undefined
}

export const acceptFrom = (body: unknown): Numbered & Seen => ({ ...numberedFrom(body), seen: seenFrom(body) })

export const returnFrom = (body: unknown): Return => ({
  ...numberedFrom(body),
  seen: seenFrom(body),
  due: parseDay(textField(body, 'due')),
})

export function forwardFrom(body: unknown): Forward {
  const ground = textField(body, 'ground')
  const known: ForwardGround | '' = isKey(FORWARD_GROUNDS, ground) ? ground : ''
  return { ...numberedFrom(body), ground: known }
}

export function takingOverFrom(body: unknown): TakingOver {
  const ground = textField(body, 'ground')
  const known: TakeOverGround | '' = isKey(TAKE_OVER_GROUNDS, ground) ? ground : ''
  return { ...numberedFrom(body), ground: known }
}

export const reasonFrom = (body: unknown): string => textFrom(body, 'reason')
export const dueFrom = (body: unknown) => parseDay(textField(body, 'due'))
export const receivedNumberFrom = (body: unknown): string => textFrom(body, 'receivedNumber').slice(0, MAX_NUMBER)
export const answerTextFrom = (body: unknown): string => textFrom(body, 'answer')

/** A remark with its place: `place` is `<part>|<sentence>`, either may be empty. */
export function remarkFrom(body: unknown): NewRemark {
  const wrong: Record<string, string> = {}
  const kind = textField(body, 'kind')
  const reason = textField(body, 'reason')
  const place = textField(body, 'place')
  const code = textField(body, 'code')
  const id = textField(body, 'remark')
  if (!isKey(REMARK_KINDS, kind)) wrong['kind'] = 'Xin chọn loại nhận xét.'
  if (!isKey(REASONS, reason)) wrong['reason'] = 'Xin chọn lý do.'
  const found = /^([A-Za-zĐ0-9.]*)\|(\d{0,4})$/.exec(place)
  if (!found || code === '') wrong['place'] = 'Xin chọn phần hoặc câu của báo cáo.'
  if (Object.keys(wrong).length > 0) throw new InvalidInput(wrong)
  // Both were checked above; a refused form never comes here.
  const known = { kind: kind as RemarkKind, reason: reason as ReasonCode }
  const [, part = '', sentence = ''] = found ?? []
  return {
    ...known,
    code,
    part,
    text: textFrom(body, 'text'),
    words: textFrom(body, 'words').slice(0, 500),
    ...(sentence !== '' && { sentence: Number(sentence) }),
    ...(/^[\w-]{8,64}$/.test(id) && { id }),
  }
}

export function turnedKindFrom(body: unknown): Exclude<RemarkKind, 'question'> {
  const kind = textField(body, 'kind')
  if (kind !== 'fix' && kind !== 'advice') throw new InvalidInput({ kind: 'Xin chọn yêu cầu hoàn thiện hoặc góp ý.' })
  return kind
}

/** Which dossiers go to whom. */
export function assignmentFrom(body: unknown): { readonly ids: readonly string[]; readonly officer: string } {
  const chosen = fieldsOf(body)['ids']
  const ids = [chosen].flat().filter(id => typeof id === 'string')
  return { ids: [...new Set(ids)], officer: textField(body, 'officer') }
}
