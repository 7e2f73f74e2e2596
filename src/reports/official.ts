import { printDayInWords, type Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import {
  cell,
  paragraph,
  text,
  type Block,
  type CellLike,
  type Doc,
  type DocMeta,
  type Letterhead,
  type Section,
} from '../paper/index.ts'
import { FORMS, type PrintKind } from './forms.ts'
import type { SchoolOnDay } from './school-on-day.ts'

/** Left to fill in by hand. */
export const DOTS = '……'

export const capitals = (words: string): string => words.toLocaleUpperCase('vi')

/** `ngày 05 tháng 02 năm 2026`, or room to write it on a paper that is not dated yet. */
export const dayInWords = (day: Day | undefined): string =>
  day === undefined ? `ngày ${DOTS} tháng ${DOTS} năm ${DOTS}` : printDayInWords(day)

export const placeAndDate = ({ place }: Pick<SchoolOnDay, 'place'>, day: Day | undefined): string =>
  `${place === '' ? DOTS : place}, ${dayInWords(day)}`

/** The heading of an official letter of the school; a paper without a number keeps room for it. */
export const letterhead = (
  school: SchoolOnDay,
  { number, fallback, date }: { number: string | undefined; fallback: string; date: Day | undefined },
): Letterhead => ({
  kind: 'letterhead',
  ...(school.parentLine !== '' && { parent: school.parentLine }),
  issuer: school.issuerLine,
  number: `Số: ${number ?? `${DOTS}/${fallback}`}`,
  placeAndDate: placeAndDate(school, date),
})

/** Kind of document and what it is about, centred over one another. */
export const titleBlocks = (title: string, about: string): readonly Block[] => [
  paragraph(title, { style: 'title' }),
  paragraph(about, { style: 'abstract' }),
]

/** Heading of an annex: its number, what it lists, and the document it belongs to. */
export const annexBlocks = (number: string, title: string, belongsTo: string): readonly Block[] => [
  paragraph(number, { style: 'title' }),
  paragraph(text(title, { bold: true }), { style: 'centered', keepWithNext: true }),
  paragraph(text(belongsTo, { italic: true }), { style: 'centered', keepWithNext: true }),
]

/** The nearest managing body as the one that is reported to; nothing above, nothing printed. */
export const reportedTo = ({ managers }: SchoolOnDay): readonly string[] =>
  managers[0] === undefined ? [] : [`${managers[0]} (để b/c);`]

export const FILED = 'Lưu: VT, HS KĐCLGD.'

export const yearWords = (year: WorkingYear): string => `năm học ${year}`

/** `–` for what is not known: absent is neither nothing nor zero. */
export const orDash = (words: string | undefined): string =>
  words === undefined || words.trim() === '' ? '–' : words.trim()

export const centred = (words: string): CellLike => cell(words, { align: 'center' })

/** Start of the Vietnamese day: the same record gives the same bytes, whenever it is printed. */
export const startOfDay = (day: Day): string => new Date(`${day}T00:00:00+07:00`).toISOString()

/** A document of one of our forms. */
export const docOf = (
  kind: PrintKind,
  { title, author, createdAt, draft }: Pick<DocMeta, 'title' | 'author' | 'createdAt'> & { readonly draft: boolean },
  sections: readonly Section[],
): Doc => ({
  meta: { title, author, createdAt, formId: FORMS[kind].id, formVersion: FORMS[kind].version },
  draft,
  sections,
})
