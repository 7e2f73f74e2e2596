import { levelName, stateBadge } from '../assessments/index.ts'
import { gradeName, TITLE_KIND_NAMES, type Grade } from '../external/index.ts'
import { LINE_NAMES, RECONCILIATION_STATE_NAMES } from '../figures/index.ts'
import { printDay } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES, type SchoolKind } from '../kernel/unit-kinds.ts'
import { nameOn, OWNERSHIP_NAMES, type Ownership } from '../organisations/index.ts'
import { addressOf, SCREENS, type Condition, type Filter, type Screen } from './rollup-input.ts'
import type { TitleKind } from './school-row.ts'
import type { Scope } from './scope.ts'
import type { LineCount } from './tally.ts'

/** Kinds of school in the order of all tables. */
// The table names exactly the kinds, from the youngest pupils up.
export const KINDS = Object.keys(SCHOOL_KIND_NAMES) as readonly SchoolKind[]
// The table names exactly the two.
const OWNERSHIPS = Object.keys(OWNERSHIP_NAMES) as readonly Ownership[]

/** What a list of schools has in common, as a heading: `Trường đã gửi báo cáo`. */
export function conditionWords(condition: Condition): string {
  switch (condition.is) {
    case 'all':
      return 'Tất cả các trường'
    case 'notOpened':
      return 'Trường chưa mở đợt tự đánh giá'
    case 'opened':
      return 'Trường đã mở đợt tự đánh giá'
    case 'sent':
      return 'Trường đã gửi báo cáo'
    case 'notSent':
      return 'Trường chưa gửi báo cáo'
    case 'late':
      return 'Trường quá hạn gửi báo cáo'
    case 'state':
      return `Trường ở bước “${stateBadge(condition.state).label}”`
    case 'level':
      return `Trường tự đánh giá: ${levelName(condition.level)}`
    case 'atLeast':
      return `Trường tự đánh giá đạt từ ${levelName(condition.level)}`
    case 'criterionBelow':
      return `Trường có ${ratedWords(condition.code)} chưa đạt Mức ${condition.level}`
    case 'criterionAt':
      return `Trường có ${ratedWords(condition.code)}: ${levelName(condition.level)}`
    case 'criterionRated':
      return `Trường có báo cáo xét ${ratedWords(condition.code)}`
    case 'met':
      return `Trường đạt ${nodeWords(condition.code)}`
    case 'notMet':
      return `Trường chưa đạt ${nodeWords(condition.code)}`
    case 'blocked':
      return `Trường bị vướng lên mức trên vì ${nodeWords(condition.code)}`
    case 'reconciliation':
      return `Trường có phiếu đối sánh: ${reconciliationName(condition.state)}`
    case 'line':
      return `Trường ${LINE_WORDS[condition.what]} về ${LINE_NAMES[condition.line].toLocaleLowerCase('vi')}`
    case 'differing':
      return condition.what === 'apart'
        ? 'Trường có chênh lệch giữa số giao và hiện có'
        : 'Trường có chênh lệch chưa giải trình'
    case 'figures':
      return 'Trường đã nhập đủ số liệu Phần I'
    case 'title':
      return `Trường đang giữ danh hiệu ${titleWords(condition)}`
  }
}

const LINE_WORDS: Readonly<Record<LineCount, string>> = {
  assigned: 'có số giao',
  current: 'có số hiện có',
  more: 'thừa so với số giao',
  less: 'thiếu so với số giao',
  given: 'có số giao',
  there: 'có số hiện có',
  both: 'có đủ số giao và hiện có',
  apart: 'có chênh lệch',
}

/** `tiêu chí 1.1`, or `tiêu chuẩn 1`. */
const ratedWords = (code: string): string => `${code.includes('.') ? 'tiêu chí' : 'tiêu chuẩn'} ${code}`

/** `chỉ báo 1.1, Mức 2, a`: an indicator or a clause by its code. */
export function nodeWords(code: string): string {
  const [standard, criterion, level, indicator] = code.split('.')
  return level === undefined
    ? `điều khoản ${code} của Mức 4`
    : `chỉ báo ${indicator}, Mức ${level} của tiêu chí ${standard}.${criterion}`
}

export const reconciliationName = (state: Extract<Condition, { is: 'reconciliation' }>['state']): string =>
  state === 'none' ? 'Chưa lập' : RECONCILIATION_STATE_NAMES[state]

/** `KĐCLGD – Cấp độ 2`. */
export const titleWords = ({ kind, grade }: { readonly kind: TitleKind; readonly grade: Grade }): string =>
  `${TITLE_KIND_NAMES[kind]} – ${gradeName(kind, grade)}`

/** `KĐCLGD cấp độ 2`: for a column of many. */
export const titleShort = ({ kind, grade }: { readonly kind: TitleKind; readonly grade: Grade }): string =>
  `${kind === 'accreditation' ? 'KĐCLGD' : 'Chuẩn quốc gia'} ${gradeName(kind, grade).toLocaleLowerCase('vi')}`

/** What a filter leaves of all schools, as the screen, its print and its spreadsheet say it; nothing for all of them. */
export function chosenWords({ kind, ownership, direct }: Pick<Filter, 'kind' | 'ownership' | 'direct'>) {
  const words = [
    ...(kind === undefined ? [] : [`loại trường ${SCHOOL_KIND_NAMES[kind].toLocaleLowerCase('vi')}`]),
    ...(ownership === undefined ? [] : [`loại hình ${OWNERSHIP_NAMES[ownership].toLocaleLowerCase('vi')}`]),
    ...(direct ? ['trường trực thuộc ngay đơn vị, không kể đơn vị bên dưới'] : []),
  ]
  return words.length === 0 ? [] : [`Chỉ tính: ${words.join('; ')}`]
}

/** What every screen of sums shows around its tables: unit, year, tree, filters and the way to the other screens. */
export function frameOf({ unit, above, day, filter }: Scope, screen: Screen) {
  const isToday = filter.tree === 'today'
  return {
    subtitle: `${nameOn(unit, day)} – năm học ${filter.year}`,
    treeNote: isToday
      ? `Các trường được gom theo đơn vị quản lý hiện nay (ngày ${printDay(day)}), kể cả số liệu của năm trước khi sắp xếp lại.`
      : `Các trường được gom theo đơn vị quản lý vào ngày ${printDay(day)} của năm học ${filter.year}.`,
    chosen: chosenWords(filter),
    tabs: [
      { label: 'Tổng quan', screen: 'overview' as const },
      { label: 'Theo đơn vị', screen: 'units' as const },
      { label: 'Theo tiêu chí', screen: 'criteria' as const },
      { label: 'Danh sách trường', screen: 'list' as const },
    ].map(tab => ({ label: tab.label, href: addressOf(tab.screen, filter), current: tab.screen === screen })),
    form: {
      action: SCREENS[screen],
      hidden: [{ name: 'nam', value: filter.year }, { name: 'don-vi', value: unit.id }, ...hiddenOf(filter, screen)],
      kind: filter.kind ?? '',
      kinds: KINDS.map(value => ({ value, label: SCHOOL_KIND_NAMES[value] })),
      ownership: filter.ownership ?? '',
      ownerships: OWNERSHIPS.map(value => ({ value, label: OWNERSHIP_NAMES[value] })),
      tree: isToday ? 'nay' : 'nam',
      trees: [
        { value: 'nam', label: 'Của năm học' },
        { value: 'nay', label: 'Hiện nay' },
      ],
    },
    breadcrumbs: above ? [{ label: nameOn(above, day), href: addressOf(screen, filter, { unitId: above.id }) }] : [],
    exportHref: addressOf(screen, filter, { condition: filter.condition }, { xuat: 'xlsx' }),
    wide: true,
  }
}

function hiddenOf(filter: Filter, screen: Screen): readonly { readonly name: string; readonly value: string }[] {
  const address = new URL(addressOf(screen, filter, { condition: filter.condition }), 'http://kd')
  return ['loc', 'tieu-chi', 'muc', 'bo'].flatMap(name => {
    const value = address.searchParams.get(name)
    return value === null || (screen === 'criteria' && name !== 'tieu-chi') ? [] : [{ name, value }]
  })
}
