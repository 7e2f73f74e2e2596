import { printDay } from '../kernel/dates.ts'
import { compareCodes } from '../kernel/words.ts'
import { fiveYearsTo, type WorkingYear } from '../kernel/working-year.ts'
import type { Dossier } from './dossier.ts'
import { labelOf } from './evidence-facts.ts'
import { entriesByYear, yearOf } from './evidence-years.ts'
import { namesNoNumber, printPlace } from './evidence-code.ts'
import type { Evidence, EvidenceEntry } from './evidence.ts'

/** The printed catalogue (bảng danh mục mã minh chứng), by standard and criterion; criteria without items are there too. */
export interface CatalogueStandard {
  /** `1` … `5`; `22` for clauses of Mức 4. */
  readonly code: string
  readonly criteria: readonly CatalogueCriterion[]
}

export interface CatalogueCriterion {
  readonly code: string
  readonly title: string
  readonly rows: readonly CatalogueRow[]
  /** Items coded under an earlier criterion and cited here: printed as “xem [mã]”. */
  readonly seeAlso: readonly { readonly id: string; readonly label: string }[]
}

export interface CatalogueRow {
  readonly id: string
  /** Order inside the criterion, from 1. */
  readonly order: number
  readonly label: string
  readonly name: string
  /** One line per entry; a single line without a school year when the item is not yearly. */
  readonly lines: readonly CatalogueLine[]
  readonly note: string
}

export interface CatalogueLine {
  readonly schoolYear?: WorkingYear
  /** `Số 12/KH-THLL ngày 05/09/2025`, or the time of a survey, interview, observation. */
  readonly issued: string
  readonly issuer: string
}

const IN_THE_CATALOGUE: readonly string[] = ['coded', 'frozen']

/** Only coded items stand in the catalogue; what is printed never tells the class of an item's data. */
export function catalogueFrom(
  dossier: Dossier,
  items: readonly Evidence[],
  citations: ReadonlyMap<string, readonly string[]>,
): readonly CatalogueStandard[] {
  const coded = items.filter(item => item.code !== undefined && IN_THE_CATALOGUE.includes(item.state)).toSorted(byCode)
  const criteria = dossier.criteria.map((criterion): CatalogueCriterion & { readonly standard: string } => ({
    standard: standardOf(criterion.code),
    code: criterion.code,
    title: criterion.title,
    rows: coded
      .filter(item => codeOfCriterion(item) === criterion.code)
      .map((item, index) => ({
        id: item.id,
        order: index + 1,
        label: labelOf(item),
        name: item.name,
        lines: linesOf(item),
        note: noteOf(item, sharedBy(item, citations)),
      })),
    seeAlso: coded
      .filter(item => codeOfCriterion(item) !== criterion.code && citations.get(item.id)?.includes(criterion.code))
      .map(item => ({ id: item.id, label: labelOf(item) })),
  }))
  return [...new Set(criteria.map(each => each.standard))].map(code => ({
    code,
    criteria: criteria.filter(each => each.standard === code).map(({ standard: _standard, ...criterion }) => criterion),
  }))
}

/** Yearly items of which some of the five school years are missing. */
export const holesOf = (
  items: readonly Evidence[],
  year: WorkingYear,
): readonly { readonly item: Evidence; readonly missing: readonly WorkingYear[] }[] =>
  items.flatMap(item => {
    const years = new Set(item.entries.map(yearOf))
    const missing = fiveYearsTo(year).filter(each => !years.has(each))
    const yearly = item.entries.filter(each => each.schoolYear !== undefined).length > 1
    return yearly && missing.length > 0 ? [{ item, missing }] : []
  })

/** What is written on the back of each box: its standards, criteria and the first and last code in it. */
export interface BoxLabel {
  readonly box: number
  readonly standards: readonly string[]
  readonly criteria: readonly string[]
  readonly first: string
  readonly last: string
  readonly count: number
}

export function boxLabelsOf(items: readonly Evidence[]): readonly BoxLabel[] {
  const coded = items.filter(item => item.code !== undefined && IN_THE_CATALOGUE.includes(item.state)).toSorted(byCode)
  const boxes = [...new Set(coded.flatMap(item => item.code?.box ?? []))].toSorted((one, other) => one - other)
  return boxes.map(box => {
    const inside = coded.filter(item => item.code?.box === box)
    const labels = inside.map(labelOf)
    const criteria = [...new Set(inside.map(codeOfCriterion))]
    return {
      box,
      standards: [...new Set(criteria.map(standardOf))],
      criteria,
      first: labels[0] ?? '',
      last: labels.at(-1) ?? '',
      count: inside.length,
    }
  })
}

/** Reading order of the report: criterion by criterion, then the number of the item. */
export const byCode = (one: Evidence, other: Evidence): number =>
  compareCodes(codeOfCriterion(one), codeOfCriterion(other)) || (one.code?.c ?? 0) - (other.code?.c ?? 0)

export const standardOf = (criterion: string): string => criterion.split('.')[0] ?? criterion

const codeOfCriterion = (item: Evidence): string => (item.code ? printPlace(item.code) : item.criterion)

/** Criteria other than its own that cite the item, in reading order. */
export const sharedBy = (item: Evidence, citations: ReadonlyMap<string, readonly string[]>): readonly string[] =>
  (citations.get(item.id) ?? []).filter(code => code !== codeOfCriterion(item)).toSorted(compareCodes)

function linesOf(item: Evidence): readonly CatalogueLine[] {
  const several = item.entries.length > 1
  return entriesByYear(item).map(entry => ({
    ...(several && entry.schoolYear ? { schoolYear: entry.schoolYear } : {}),
    issued: issuedOf(item, entry),
    issuer: entry.issuer,
  }))
}

const MADE_ON: Readonly<Partial<Record<Evidence['kind'], string>>> = {
  survey: 'Khảo sát',
  interview: 'Phỏng vấn',
  observation: 'Quan sát',
}

/** `Số 12/KH-THLL ngày 05/09/2025`; `Không số, ngày …` where a document has none; `Khảo sát ngày …` for what the school found out by itself. */
export function issuedOf(item: Pick<Evidence, 'kind'>, entry: Pick<EvidenceEntry, 'number' | 'date'>): string {
  const number =
    entry.number === '' ? (MADE_ON[item.kind] ?? '') : namesNoNumber(entry.number) ? 'Không số,' : `Số ${entry.number}`
  const day = entry.date ? `ngày ${printDay(entry.date)}` : ''
  const words = [number, day].filter(each => each !== '').join(' ')
  return words.charAt(0).toLocaleUpperCase('vi') + words.slice(1)
}

function noteOf(item: Evidence, sharedCriteria: readonly string[]): string {
  const electronic = item.place === '' && item.entries.some(entry => entry.files.length > 0) ? 'bản điện tử' : ''
  return [
    item.place === '' ? '' : `lưu tại ${item.place}`,
    item.kind === 'object' ? 'hiện vật' : '',
    electronic,
    sharedCriteria.length > 0 ? `dùng chung cho tiêu chí ${sharedCriteria.join(', ')}` : '',
    item.addedForVisit ? 'bổ sung cho đoàn đánh giá ngoài' : '',
    item.note,
  ]
    .filter(each => each !== '')
    .join('; ')
}
