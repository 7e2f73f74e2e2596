import { fieldsOf, textField } from '../http/fields.ts'
import { dayFrom } from '../kernel/dates.ts'
import { InvalidInput, NotFound } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import { parseWorkingYear } from '../kernel/working-year.ts'
import type { BudgetLine, PlannedTitle, TypedFacts } from './annual-facts.ts'
import type { AnnualEvent } from './annual-machine.ts'
import { PERIOD_SLUGS, type ReportPlace } from './annual-report.ts'
import { targetNames } from './desk-page.ts'
import type { Targets } from './row-groups.ts'

const MOST_TEXT = 20_000
const MOST_WORDS = 200
const MOST_LINES = 60

/** The report that an address names; `NotFound` for years and periods that are none. */
export function placeFrom(params: Readonly<Record<string, string>>): ReportPlace {
  const year = parseWorkingYear(params['year'] ?? '')
  const period = PERIOD_SLUGS.find(slug => slug === params['ky'])
  if (!year || !period) throw new NotFound('Không tìm thấy báo cáo này.')
  return { unitId: params['unit'] ?? '', year, period }
}

/** A text as it is sent, with the revision that it was read at. */
export function textFrom(body: unknown): { readonly base: number; readonly text: string } {
  const rev = Number(fieldsOf(body)['rev'])
  if (!Number.isInteger(rev) || rev < 0)
    throw new InvalidInput({ rev: 'Thiếu số hiệu của bản đang sửa, xin tải lại trang.' })
  const text = tidy(textField(body, 'text'))
  if (text.length > MOST_TEXT) throw new InvalidInput({ text: `Nhiều nhất ${MOST_TEXT} ký tự.` })
  return { base: rev, text }
}

export const reasonFrom = (body: unknown): string => {
  const reason = tidy(textField(body, 'reason'))
  if (reason.length > 2_000) throw new InvalidInput({ reason: 'Nhiều nhất 2000 ký tự.' })
  return reason
}

/** Number, day and office of the signer; every missing one is told. */
export function signingFrom(body: unknown): Extract<AnnualEvent, { type: 'sign' }> {
  const [number, position] = [tidy(textField(body, 'number')), tidy(textField(body, 'position'))]
  const wrong = Object.entries({
    ...(number === '' && { number: 'Xin nhập số của báo cáo, ví dụ 125/BC-SGDĐT.' }),
    ...(position === '' && { position: 'Xin nhập chức vụ của người ký.' }),
    ...((number.length > MOST_WORDS || position.length > MOST_WORDS) && { number: 'Số hoặc chức vụ quá dài.' }),
  })
  if (wrong.length > 0) throw new InvalidInput(Object.fromEntries(wrong))
  return { type: 'sign', number, position, date: dayFrom('date', textField(body, 'date')) }
}

/** Percentages from 0 to 100 with a comma or a dot; empty ones are no target. */
export function targetsFrom(body: unknown): Targets {
  const wrong: Record<string, string> = {}
  const targets: Record<string, number> = {}
  for (const name of targetNames()) {
    const typed = tidy(textField(body, name)).replace(',', '.')
    const value = Number(typed)
    if (typed === '') continue
    if (!Number.isFinite(value) || value < 0 || value > 100) wrong[name] = 'Chỉ tiêu là số từ 0 đến 100.'
    else targets[name] = value
  }
  if (Object.keys(wrong).length > 0) throw new InvalidInput(wrong)
  return targets
}

const GRADES = { accreditation: [1, 2, 3, 4], national: [1, 2] } as const

/** One school of next year's plan; its kind and grade must exist. */
export function planFrom(body: unknown, schools: ReadonlySet<string>): PlannedTitle {
  const schoolId = textField(body, 'school')
  if (!schools.has(schoolId)) throw new InvalidInput({ school: 'Xin chọn một trường của đơn vị.' })
  const [kind, typed] = textField(body, 'title').split('-')
  if (kind !== 'accreditation' && kind !== 'national') throw new InvalidInput({ title: 'Xin chọn loại đề nghị.' })
  const grade = GRADES[kind].find(each => String(each) === typed)
  if (!grade) throw new InvalidInput({ title: 'Xin chọn cấp độ hoặc mức độ.' })
  const batch = tidy(textField(body, 'batch'))
  if (batch.length > MOST_WORDS) throw new InvalidInput({ batch: `Nhiều nhất ${MOST_WORDS} ký tự.` })
  return { schoolId, kind, grade, batch }
}

const cellsOf = (line: string): readonly string[] => line.split('|').map(cell => tidy(cell))

const amount = (text: string): number => {
  const digits = text.replace(/[.\s]/g, '')
  return /^\d{1,15}$/.test(digits) ? Number(digits) : Number.NaN
}

const linesOf = (body: unknown, name: string): readonly string[] => {
  const lines = textField(body, name)
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')
  if (lines.length > MOST_LINES) throw new InvalidInput({ [name]: `Nhiều nhất ${MOST_LINES} dòng.` })
  return lines
}

/** Money and assessors, a line each with `|` between the columns. */
export function moneyFrom(body: unknown): Pick<TypedFacts, 'budget' | 'assessors' | 'personDays'> {
  const wrong: Record<string, string> = {}
  const budget = linesOf(body, 'budget').map((line): BudgetLine => {
    const [source = '', content = '', planned = '', used = ''] = cellsOf(line)
    const [plannedSum, usedSum] = [amount(planned), amount(used)]
    if (source === '' || Number.isNaN(plannedSum) || Number.isNaN(usedSum))
      wrong['budget'] = `Dòng “${line}” phải có: nguồn | nội dung | kế hoạch | đã sử dụng (số tiền bằng đồng).`
    return { source, content, planned: plannedSum, used: usedSum }
  })
  const assessors = linesOf(body, 'assessors').map(line => {
    const [place = '', persons = ''] = cellsOf(line)
    if (place === '' || Number.isNaN(amount(persons)))
      wrong['assessors'] = `Dòng “${line}” phải có: nơi công tác | số người.`
    return { place, persons: amount(persons) }
  })
  const days = tidy(textField(body, 'personDays'))
  if (days !== '' && Number.isNaN(amount(days))) wrong['personDays'] = 'Số ngày công là số nguyên.'
  if (Object.keys(wrong).length > 0) throw new InvalidInput(wrong)
  return { budget, assessors, ...(days !== '' && { personDays: amount(days) }) }
}
