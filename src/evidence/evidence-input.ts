import { z } from 'zod'
import { fieldsOf } from '../http/fields.ts'
import { parseDay, type Day } from '../kernel/dates.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import { parseWorkingYear, type WorkingYear } from '../kernel/working-year.ts'
import type { Dossier } from './dossier.ts'
import { DATA_CLASSES, KINDS } from './evidence-words.ts'
import type { DataClass, Evidence } from './evidence.ts'

/** What an entry says besides its files. */
export interface EntryInput {
  readonly schoolYear?: WorkingYear
  readonly number: string
  readonly date?: Day
  readonly issuer: string
}

/** What an item says besides its entries. */
export interface DetailsInput {
  readonly criterion: string
  readonly name: string
  readonly kind: Evidence['kind']
  readonly place: string
  readonly note: string
  readonly dataClass?: DataClass
}

export interface CollectInput extends DetailsInput {
  readonly entry: EntryInput
}

export interface ForecastInput {
  readonly criterion: string
  readonly name: string
  readonly where: string
  readonly who: string
  readonly by?: Day
  readonly cost?: string
}

const text = (most: number, tooLong: string) =>
  z.preprocess(value => (typeof value === 'string' ? tidy(value) : ''), z.string().max(most, tooLong))
const TOO_LONG = 'Nội dung dài quá mức cho phép.'
const name = text(500, 'Tên minh chứng dài quá 500 ký tự.').refine(value => value !== '', 'Cần ghi tên minh chứng.')
const day = text(40, TOO_LONG).transform((value, context): Day | undefined => {
  if (value === '') return undefined
  const read = parseDay(value)
  if (!read) context.addIssue({ code: 'custom', message: 'Ngày phải có dạng ngày/tháng/năm, ví dụ 05/09/2025.' })
  return read
})
const schoolYear = text(40, TOO_LONG).transform((value, context): WorkingYear | undefined => {
  if (value === '') return undefined
  const read = parseWorkingYear(value)
  if (!read) context.addIssue({ code: 'custom', message: 'Năm học phải có dạng 2025-2026.' })
  return read
})
const reason = text(2000, TOO_LONG).refine(value => value !== '', 'Cần ghi lý do.')
const oneOf = <T extends string>(words: Readonly<Record<T, string>>, message: string) =>
  z.custom<T>(value => typeof value === 'string' && Object.hasOwn(words, value), message)

const entryShape = {
  schoolYear,
  number: text(200, TOO_LONG),
  date: day,
  issuer: text(300, TOO_LONG),
}
const detailsShape = (dossier: Dossier) => ({
  criterion: criterionOf(dossier),
  name,
  kind: z.preprocess(value => value ?? 'document', oneOf(KINDS, 'Cần chọn một loại minh chứng trong danh sách.')),
  place: text(500, TOO_LONG),
  note: text(2000, TOO_LONG),
  dataClass: z.preprocess(
    value => (value === '' ? undefined : value),
    oneOf(DATA_CLASSES, 'Cần chọn một mức bảo mật trong danh sách.').optional(),
  ),
})
const criterionOf = (dossier: Dossier) =>
  text(20, TOO_LONG).refine(
    value => dossier.criteria.some(each => each.code === value),
    'Cần chọn một tiêu chí của bộ tiêu chuẩn đang dùng.',
  )

/** Reads a body with a schema; refuses with one Vietnamese message per field, all of them at once. */
function typed<T>(schema: z.ZodType<T>, body: unknown): T {
  const outcome = schema.safeParse(fieldsOf(body))
  if (outcome.success) return outcome.data
  const fields: Record<string, string> = {}
  for (const issue of outcome.error.issues) fields[issue.path.map(String).join('.')] ??= issue.message
  throw new InvalidInput(fields)
}

/** Leaves out what was not typed, so that absent fields stay absent in the record. */
const present = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  // Every remaining field has a value, which is what the type says.
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }

export const entryFrom = (body: unknown): EntryInput => present(typed(z.object(entryShape), body))

export const detailsFrom = (body: unknown, dossier: Dossier): DetailsInput =>
  present(typed(z.object(detailsShape(dossier)), body))

export function collectFrom(body: unknown, dossier: Dossier): CollectInput {
  const all = typed(z.object({ ...detailsShape(dossier), ...entryShape }), body)
  const { schoolYear: year, number, date, issuer, ...details } = all
  return { ...present(details), entry: present({ schoolYear: year, number, date, issuer }) }
}

/** A new item from a sheet in a few words: what is not said is this year's document without number and day. */
export function quickFrom(body: unknown, dossier: Dossier): CollectInput {
  const input = collectFrom(body, dossier)
  return { ...input, entry: { ...input.entry, schoolYear: input.entry.schoolYear ?? dossier.year } }
}

/** Many files at once share a criterion and a school year; each file becomes an item named after it. */
export function bulkFrom(
  body: unknown,
  dossier: Dossier,
  fileCount: number,
): { readonly criterion: string; readonly schoolYear: WorkingYear } {
  const { criterion, schoolYear: year } = typed(z.object({ criterion: criterionOf(dossier), schoolYear }), body)
  if (fileCount === 0) throw new InvalidInput({ files: 'Cần chọn ít nhất một tệp.' })
  return { criterion, schoolYear: year ?? dossier.year }
}

/** What the external team asked for; undefined when the item is not added for its visit. */
export const requestFrom = (body: unknown): string | undefined => {
  if (fieldsOf(body)['forVisit'] !== '1') return undefined
  const asked = text(500, TOO_LONG).refine(value => value !== '', 'Cần ghi đoàn yêu cầu ở đâu, ngày nào.')
  return typed(z.object({ requestOfTeam: asked }), body).requestOfTeam
}

/** The id that a browser gave to a new item, so that sending again adds nothing; only a UUID is taken. */
export const idFrom = (body: unknown): string | undefined => {
  const id = fieldsOf(body)['id']
  return z.uuid().safeParse(id).data
}

export const hashFrom = (body: unknown): string =>
  typed(z.object({ file: z.string('Cần chọn tệp.').regex(/^[0-9a-f]{64}$/, 'Cần chọn tệp.') }), body).file

export function forecastFrom(body: unknown, dossier: Dossier): ForecastInput {
  const shape = { criterion: criterionOf(dossier), name, where: text(500, TOO_LONG), who: text(300, TOO_LONG), by: day }
  const { cost, ...rest } = typed(z.object({ ...shape, cost: text(200, TOO_LONG) }), body)
  return { ...present(rest), ...(cost === '' ? {} : { cost }) }
}

export const reasonFrom = (body: unknown): string => typed(z.object({ reason }), body).reason

/** Decision and minutes of a disposal. */
export const disposalFrom = (body: unknown): { readonly decisionNumber: string; readonly recordNumber: string } =>
  typed(
    z.object({
      decisionNumber: z.string().trim().min(1, 'Cần ghi số quyết định tiêu hủy.').max(60),
      recordNumber: z.string().trim().min(1, 'Cần ghi số biên bản tiêu hủy.').max(60),
    }),
    body,
  )

/** What the secretariat confirms when it checks an item against its original. */
export function checkFrom(body: unknown): { readonly dataClass: DataClass; readonly originalSeen: boolean } {
  const dataClass = oneOf(DATA_CLASSES, 'Cần chọn mức bảo mật của minh chứng.')
  const { originalSeen, ...rest } = typed(z.object({ dataClass, originalSeen: z.unknown().optional() }), body)
  return { ...rest, originalSeen: originalSeen === 'on' || originalSeen === 'true' || originalSeen === true }
}

/** The number of a box, 1 to 99; undefined when the field was left empty. */
export function boxFrom(body: unknown): number | undefined {
  const { box } = typed(z.object({ box: text(10, TOO_LONG) }), body)
  if (box === '') return undefined
  if (!/^[1-9]\d?$/.test(box)) throw new InvalidInput({ box: 'Số hộp là một số từ 1 đến 99.' })
  return Number(box)
}
