import { parseWorkingYear, type WorkingYear } from '../kernel/working-year.ts'
import { SCHOOL_KIND_NAMES, type SchoolKind } from '../kernel/unit-kinds.ts'
import { OWNERSHIP_NAMES, type Ownership } from '../organisations/index.ts'
import { LINE_COUNTS, RECONCILIATIONS, STATES, type LineCount } from './tally.ts'
import type { AssessmentState } from '../assessments/index.ts'
import { isComparedLine, type ComparedLine, type ReconciliationState } from '../figures/index.ts'
import type { TitleKind } from './school-row.ts'

/** Which schools a cell stands for; written into addresses as `<word>` or `<word>:<value>`. */
export type Condition =
  | { readonly is: 'all' }
  | { readonly is: 'notOpened' }
  | { readonly is: 'opened' }
  | { readonly is: 'sent' }
  | { readonly is: 'notSent' }
  | { readonly is: 'late' }
  | { readonly is: 'state'; readonly state: AssessmentState }
  | { readonly is: 'level'; readonly level: number }
  | { readonly is: 'atLeast'; readonly level: number }
  | { readonly is: 'criterionBelow'; readonly code: string; readonly level: number }
  | { readonly is: 'criterionAt'; readonly code: string; readonly level: number }
  /** The sent report rates the criterion, at whatever level. */
  | { readonly is: 'criterionRated'; readonly code: string }
  | { readonly is: 'met'; readonly code: string }
  | { readonly is: 'notMet'; readonly code: string }
  | { readonly is: 'blocked'; readonly code: string }
  | { readonly is: 'reconciliation'; readonly state: ReconciliationState | 'none' }
  /** Of one line of form 13: schools that have the number, or whose numbers differ. */
  | { readonly is: 'line'; readonly line: ComparedLine; readonly what: LineCount }
  /** Some row of form 13 differs, or differs without a reason. */
  | { readonly is: 'differing'; readonly what: 'apart' | 'unexplained' }
  /** All numbers that the sums of size add up are entered. */
  | { readonly is: 'figures' }
  | { readonly is: 'title'; readonly kind: TitleKind; readonly grade: 1 | 2 | 3 | 4 }

/** What is chosen on the screens of sums; everything stays in the address. */
export interface Filter {
  readonly unitId?: string
  readonly year: WorkingYear
  readonly kind?: SchoolKind
  readonly ownership?: Ownership
  /** `year`: the units as they were on the year's closing day; `today`: as they are now. */
  readonly tree: 'year' | 'today'
  /** Only the schools that the unit manages itself, without those of the units below it. */
  readonly direct: boolean
  readonly setId?: string
  /** The criterion that is opened. */
  readonly criterion?: string
  /** The level that the criteria are compared at. */
  readonly level: 1 | 2 | 3
  readonly condition: Condition
  readonly page: number
}

type Query = Readonly<Record<string, string>>

const oneOf = <T extends string>(names: Readonly<Record<T, unknown>>, text: string | undefined): T | undefined =>
  // The keys of the table are exactly the type's words.
  text !== undefined && Object.hasOwn(names, text) ? (text as T) : undefined

const LEVELS: Readonly<Record<string, 1 | 2 | 3>> = { 1: 1, 2: 2, 3: 3 }

/** Reads the address; whatever is not understood counts as not chosen. */
export function filterFrom(query: Query, year: WorkingYear): Filter {
  const unitId = query['don-vi']
  const kind = oneOf(SCHOOL_KIND_NAMES, query['cap'])
  const ownership = oneOf(OWNERSHIP_NAMES, query['loai'])
  const setId = query['bo']
  const criterion = query['tieu-chi']
  return {
    ...(unitId && { unitId }),
    year: parseWorkingYear(query['nam'] ?? '') ?? year,
    ...(kind && { kind }),
    ...(ownership && { ownership }),
    tree: query['cay'] === 'nay' ? 'today' : 'year',
    direct: query['truc-thuoc'] === '1',
    ...(setId && { setId }),
    ...(criterion && { criterion }),
    level: LEVELS[query['muc'] ?? ''] ?? 1,
    condition: conditionFrom(query['loc'] ?? ''),
    page: Math.max(1, Number.parseInt(query['trang'] ?? '1', 10) || 1),
  }
}

const GRADES = [1, 2, 3, 4] as const

const WORDS: Readonly<Record<string, Condition>> = {
  'chua-mo': { is: 'notOpened' },
  'da-mo': { is: 'opened' },
  'da-gui': { is: 'sent' },
  'chua-gui': { is: 'notSent' },
  'tre-han': { is: 'late' },
  'du-so-lieu': { is: 'figures' },
  'chenh-lech': { is: 'differing', what: 'apart' },
  'chua-giai-trinh': { is: 'differing', what: 'unexplained' },
}

/** The condition in an address; all schools when it is none. */
export function conditionFrom(text: string): Condition {
  const [word = '', first = '', second = ''] = text.split(':')
  const level = Number.parseInt(second === '' ? first : second, 10)
  const state = STATES.find(each => each === first)
  const reconciliation = first === 'none' ? ('none' as const) : RECONCILIATIONS.find(each => each === first)
  if (word === 'trang-thai' && state) return { is: 'state', state }
  if (word === 'doi-sanh' && reconciliation) return { is: 'reconciliation', state: reconciliation }
  const what = LINE_COUNTS.find(each => each === second)
  if (word === 'so-giao' && isComparedLine(first) && what) return { is: 'line', line: first, what }
  if (word === 'co-xet' && first !== '') return { is: 'criterionRated', code: first }
  if (word === 'dat' && first !== '') return { is: 'met', code: first }
  if (word === 'chi-bao' && first !== '') return { is: 'notMet', code: first }
  if (word === 'vuong' && first !== '') return { is: 'blocked', code: first }
  if (Number.isInteger(level)) {
    if (word === 'muc') return { is: 'level', level }
    if (word === 'tu-muc') return { is: 'atLeast', level }
    if (word === 'duoi-muc') return { is: 'criterionBelow', code: first, level }
    if (word === 'tieu-chi') return { is: 'criterionAt', code: first, level }
    const grade = GRADES.find(each => each === level)
    if (word === 'danh-hieu' && grade && (first === 'accreditation' || first === 'national'))
      return { is: 'title', kind: first, grade }
  }
  return WORDS[text] ?? { is: 'all' }
}

/** The condition as it stands in an address; empty for all schools. */
export function conditionText(condition: Condition): string {
  switch (condition.is) {
    case 'state':
      return `trang-thai:${condition.state}`
    case 'reconciliation':
      return `doi-sanh:${condition.state}`
    case 'criterionRated':
      return `co-xet:${condition.code}`
    case 'met':
      return `dat:${condition.code}`
    case 'notMet':
      return `chi-bao:${condition.code}`
    case 'blocked':
      return `vuong:${condition.code}`
    case 'level':
      return `muc:${condition.level}`
    case 'atLeast':
      return `tu-muc:${condition.level}`
    case 'criterionBelow':
      return `duoi-muc:${condition.code}:${condition.level}`
    case 'criterionAt':
      return `tieu-chi:${condition.code}:${condition.level}`
    case 'line':
      return `so-giao:${condition.line}:${condition.what}`
    case 'differing':
      return condition.what === 'apart' ? 'chenh-lech' : 'chua-giai-trinh'
    case 'title':
      return `danh-hieu:${condition.kind}:${condition.grade}`
    case 'all':
    case 'notOpened':
    case 'opened':
    case 'sent':
    case 'notSent':
    case 'late':
    case 'figures':
      return Object.entries(WORDS).find(([, each]) => each.is === condition.is)?.[0] ?? ''
  }
}

export const SCREENS = {
  overview: '/tong-hop',
  criteria: '/tong-hop/tieu-chi',
  units: '/tong-hop/don-vi',
  list: '/tong-hop/danh-sach',
} as const
export type Screen = keyof typeof SCREENS

/** The address of a screen with everything that is chosen, changed as `change` says. */
export function addressOf(screen: Screen, filter: Filter, change: Partial<Filter> = {}, more: Query = {}): string {
  const { unitId, year, kind, ownership, tree, direct, setId, criterion, level, condition, page } = {
    ...filter,
    condition: { is: 'all' } as const,
    page: 1,
    direct: false,
    ...change,
  }
  const loc = conditionText(condition)
  const fields: Readonly<Record<string, string | undefined>> = {
    nam: year,
    'don-vi': unitId,
    cap: kind,
    loai: ownership,
    cay: tree === 'today' ? 'nay' : undefined,
    'truc-thuoc': direct ? '1' : undefined,
    bo: setId,
    'tieu-chi': screen === 'criteria' ? criterion : undefined,
    muc: screen === 'criteria' && level > 1 ? String(level) : undefined,
    loc: loc === '' ? undefined : loc,
    trang: page > 1 ? String(page) : undefined,
    ...more,
  }
  // A table of sums holds thousands of addresses: joined here, because URLSearchParams takes most of a page's time.
  let chosen = ''
  for (const name in fields) {
    const value = fields[name]
    if (value !== undefined) chosen += `${chosen === '' ? '?' : '&'}${name}=${inAddress(value)}`
  }
  return SCREENS[screen] + chosen
}

/** Most values are plain letters already. */
const inAddress = (value: string): string =>
  /^[\w.~:-]*$/.test(value) ? value : encodeURIComponent(value).replaceAll('%3A', ':').replaceAll('%20', '+')
