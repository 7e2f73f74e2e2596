import type { AskedSheet } from '../assessments/index.ts'
import { LOCAL_PREFIX } from '../catalogue/index.ts'
import type { Evidence } from '../evidence/index.ts'
import { addDays, type Day } from '../kernel/dates.ts'
import { fiveYearsTo, firstCalendarYear, type WorkingYear } from '../kernel/working-year.ts'
import { FULL_SECONDARY } from './province.ts'
import { hasBoard } from './seat-council.ts'
import type { Story } from './story.ts'

/** One item that the school goes looking for, with what will stand on it. */
export interface ItemPlan {
  readonly criterion: string
  readonly name: string
  readonly kind: Evidence['kind']
  readonly place: string
  readonly dataClass: 'public' | 'internal' | 'personal' | 'sensitive'
  readonly entries: readonly { readonly year: WorkingYear; readonly number: string; readonly date: Day }[]
  /** Kind of the small file that comes with the newest entry; absent: the original stays where it is used. */
  readonly file?: 'pdf' | 'png'
}

/** Items of one criterion: three in a school that is told in full, one elsewhere, a new one where last year's come along. */
export function itemsFor(
  story: Pick<Story, 'plan' | 'year' | 'inFull' | 'world'>,
  asked: AskedSheet,
): readonly ItemPlan[] {
  const { inFull, plan, world, year } = story
  const carries = plan.id === FULL_SECONDARY.id && year === runningYear(world.today)
  const fitting = asked.typicalEvidence.filter(name => hasBoard(plan, year) || !/hội đồng trường/i.test(name))
  if (carries) return [itemOf(story, asked.code, `${fitting.at(3) ?? fitting.at(-1) ?? asked.title} – ${year}`, 3)]
  const wanted = fitting.length > 0 ? fitting : [`Kế hoạch, hồ sơ hoạt động: ${asked.title}`]
  return wanted.slice(0, inFull ? 3 : 1).map((name, index) => itemOf(story, asked.code, name, index))
}

const runningYear = (today: Day): string => (today.slice(5) >= '08-01' ? yearText(today, 0) : yearText(today, -1))
const yearText = (today: Day, by: number): string =>
  `${Number(today.slice(0, 4)) + by}-${Number(today.slice(0, 4)) + by + 1}`

const EVERY_YEAR =
  /báo cáo|kế hoạch năm|tổng hợp|hằng năm|kết quả|thống kê|danh sách|phân công|kế hoạch hoạt động|5 năm/i
const PERSONAL = /danh sách|hồ sơ viên chức|lương|văn bằng|học bạ|sổ ghi học sinh|đăng bộ/i
const ABBREVIATIONS: readonly (readonly [RegExp, string])[] = [
  [/^quyết định/i, 'QĐ'],
  [/^kế hoạch/i, 'KH'],
  [/^báo cáo/i, 'BC'],
  [/^biên bản/i, 'BB'],
  [/^quy chế|^nội quy/i, 'QC'],
  [/^tờ trình/i, 'TTr'],
  [/^nghị quyết/i, 'NQ'],
  [/^phương án/i, 'PA'],
]

function itemOf(
  { plan, year, inFull, world }: Pick<Story, 'plan' | 'year' | 'inFull' | 'world'>,
  criterion: string,
  name: string,
  index: number,
): ItemPlan {
  const isPhoto = /^ảnh/i.test(name)
  // A few files are enough to look at: of each criterion the first document, and the photographs.
  const hasFile = inFull && (index === 0 || isPhoto)
  const years = inFull && EVERY_YEAR.test(name) ? fiveYearsTo(year) : [year]
  const abbreviation = ABBREVIATIONS.find(([words]) => words.test(name))?.[1]
  const [standard = 0, no = 0] = criterion.split('.').map(placeOf)
  // Documents of different criteria never share a number, or they would be taken for the same document.
  const number = standard * 100 + no * 9 + index
  return {
    criterion,
    name,
    kind: isPhoto ? 'photo' : /^(sổ|danh sách|bảng)/i.test(name) ? 'record' : 'document',
    place: hasFile ? '' : /^sổ|học bạ/i.test(name) ? 'Văn phòng nhà trường' : 'Tủ hồ sơ của trường',
    dataClass: PERSONAL.test(name) ? 'personal' : 'internal',
    entries: years.map((each, at) => ({
      year: each,
      number: isPhoto ? '' : abbreviation === undefined ? 'Không số' : `${number}/${abbreviation}-${plan.symbol}`,
      date: notAfter(
        world.today,
        addDays(`${firstCalendarYear(each)}-08-15`, ((no * 5 + standard * 3) % 40) + index * 3 + at),
      ),
    })),
    ...(hasFile && { file: isPhoto ? ('png' as const) : ('pdf' as const) }),
  }
}

/** `9` is nine; the first local criterion follows at some distance. */
const placeOf = (part: string): number =>
  part.startsWith(LOCAL_PREFIX) ? 50 + Number(part.slice(LOCAL_PREFIX.length)) : Number(part)

const notAfter = (latest: Day, day: Day): Day => (day < latest ? day : latest)
