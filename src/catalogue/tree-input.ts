import { formFields } from '../organisations/index.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import { parseWorkingYear, type WorkingYear } from '../kernel/working-year.ts'
import type { Advice } from './criteria-set.ts'
import type { PartEdit } from './draft-edits.ts'
import type { Frame } from './edit-tree.ts'
import { isRegimeId } from './regimes.ts'

/** What every form of the desk carries: the year it was drawn for and the revision that it showed. */
export function seenDraftFrom(body: unknown): { readonly year: WorkingYear; readonly rev: number } {
  const fields = formFields(body)
  const year = parseWorkingYear(fields.text('year'))
  const rev = Number(/^\d{1,9}$/.exec(fields.text('revision'))?.[0] ?? Number.NaN)
  if (!year || Number.isNaN(rev)) throw new InvalidInput({}, 'Biểu mẫu đã cũ, xin mở lại trang rồi làm lại.')
  return { year, rev }
}

const LIMIT = 4_000
const MOST_LINES = 30

const longFrom = (body: unknown, name: string): string => {
  const text = formFields(body).text(name)
  if (text.length > LIMIT) throw new InvalidInput({ [name]: `Xin viết gọn trong ${LIMIT} chữ.` })
  return text
}

export function addFrom(body: unknown): PartEdit {
  const fields = formFields(body)
  const kind = fields.text('kind')
  if (kind !== 'standard' && kind !== 'criterion' && kind !== 'indicator')
    throw new InvalidInput({ kind: 'Xin chọn loại nút.' })
  const level = fields.text('level')
  return { type: 'add', kind, parent: fields.text('parent'), level, words: longFrom(body, 'words') }
}

export const rewriteFrom = (body: unknown): PartEdit => ({
  type: 'rewrite',
  key: keyFrom(body),
  seenRev: seenDraftFrom(body).rev,
  words: longFrom(body, 'words'),
})

export const moveFrom = (body: unknown): PartEdit => ({
  type: 'move',
  key: keyFrom(body),
  by: formFields(body).text('by') === 'up' ? -1 : 1,
})

export const keyFrom = (body: unknown): string => formFields(body).text('key')
export const removeFrom = (body: unknown): PartEdit => ({ type: 'remove', key: keyFrom(body) })
export const restoreFrom = (body: unknown): PartEdit => ({ type: 'restore', key: keyFrom(body) })
export const retireFrom = (body: unknown): PartEdit => ({
  type: 'retire',
  key: keyFrom(body),
  reason: formFields(body).text('reason'),
})

export function adviseFrom(body: unknown): PartEdit {
  const due = formFields(body).text('due')
  const day = due === '' ? undefined : monthDay(due)
  if (day === '') throw new InvalidInput({ due: 'Hạn viết dạng ngày/tháng và có thật, ví dụ 15/03.' })
  const guidance = longFrom(body, 'guidance')
  return {
    type: 'advise',
    criterion: keyFrom(body),
    seenRev: seenDraftFrom(body).rev,
    advice: adviceOf({
      guidance,
      goodEvidence: linesFrom(body, 'good'),
      requiredEvidence: linesFrom(body, 'required'),
      due: day,
    }),
  }
}

/** Advice without what was left empty. */
export const adviceOf = (given: {
  readonly guidance?: string | undefined
  readonly goodEvidence: readonly string[]
  readonly requiredEvidence: readonly string[]
  readonly due?: string | undefined
}): Advice => ({
  ...(given.guidance !== undefined && given.guidance !== '' && { guidance: given.guidance }),
  ...(given.goodEvidence.length > 0 && { goodEvidence: given.goodEvidence }),
  ...(given.requiredEvidence.length > 0 && { requiredEvidence: given.requiredEvidence }),
  ...(given.due !== undefined && { due: given.due }),
})

/** One thing a line; empty lines and doubles do not count. */
export const linesOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split('\n')
      .map(line =>
        line
          .normalize('NFC')
          .replace(/^\s*[-–•]\s*/, '')
          .trim(),
      )
      .filter(line => line !== ''),
  ),
]

function linesFrom(body: unknown, name: string): readonly string[] {
  const lines = linesOf(longFrom(body, name))
  if (lines.length > MOST_LINES) throw new InvalidInput({ [name]: `Xin ghi nhiều nhất ${MOST_LINES} dòng.` })
  return lines
}

/** `15/3` as `03-15`; empty when there is no such day. The 29th of February exists in some working years only. */
export function monthDay(text: string): string {
  const [, day = '', month = ''] = /^(\d{1,2})[/.-](\d{1,2})$/.exec(text.trim()) ?? []
  const found = `${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const instant = new Date(`2001-${found}T00:00:00Z`)
  return Number.isNaN(instant.getTime()) || instant.toISOString().slice(5, 10) !== found ? '' : found
}

export function frameFrom(body: unknown): Frame {
  const fields = formFields(body)
  const may = fields.text('unitsMayAdd')
  return {
    bases: fields.list('bases'),
    unitsMayAdd: may === 'guidance' || may === 'criteria' ? may : 'nothing',
    regimes: fields.list('regimes').filter(isRegimeId),
  }
}
