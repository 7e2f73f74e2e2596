import { z } from 'zod'
import { InvalidInput } from '../kernel/refusals.ts'
import { parseWorkingYear, type WorkingYear } from '../kernel/working-year.ts'

export interface SeenYear {
  readonly year: WorkingYear
  /** Revision of the year's catalogue that the person saw. */
  readonly seenRev: number
}

const seenForm = z.object({ year: z.string(), revision: z.coerce.number().int().nonnegative() })
const reasonForm = z.object({ reason: z.string().trim().min(1) })

/** The hidden fields of a form: the year it was drawn for and the revision it showed. */
export function seenYearFrom(body: unknown): SeenYear {
  const read = seenForm.safeParse(body)
  const year = read.success ? parseWorkingYear(read.data.year) : undefined
  if (!read.success || !year) throw new InvalidInput({}, 'Biểu mẫu đã cũ, xin mở lại trang rồi làm lại.')
  return { year, seenRev: read.data.revision }
}

/** The reason of a decision, required. */
export function reasonFrom(body: unknown): string {
  const read = reasonForm.safeParse(body)
  if (!read.success) throw new InvalidInput({ reason: 'Xin nhập lý do hoặc căn cứ của quyết định.' })
  return read.data.reason
}
