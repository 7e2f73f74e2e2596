import { printDay, type Day } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { searchKey } from '../kernel/words.ts'
import type { Span } from './dated.ts'
import {
  activeOn,
  DIFFICULT_AREA_NAMES,
  isSchool,
  nameOn,
  OWNERSHIP_NAMES,
  placeOn,
  UNIT_KIND_NAMES,
  type Unit,
} from './unit.ts'
import { byNameOn, childrenOn, managingUnitOn, schoolsUnder, type UnitTree } from './unit-tree.ts'

const MOST_FOUND = 60

const hrefOf = (id: string, day?: Day): string => `/don-vi/${encodeURIComponent(id)}${day ? `?ngay=${day}` : ''}`

const printSpan = ({ from, to }: Span): string =>
  to === undefined ? `từ ${printDay(from)}` : `${printDay(from)} – ${printDay(to)}`

const kindWord = (unit: Unit): string =>
  isSchool(unit) ? SCHOOL_KIND_NAMES[unit.school.schoolKind] : UNIT_KIND_NAMES[unit.kind]

const rowOf = (unit: Unit, tree: UnitTree, day: Day): readonly (string | object)[] => {
  const manager = managingUnitOn(tree, unit.id, day)
  return [
    { text: nameOn(unit, day), href: hrefOf(unit.id, day) },
    kindWord(unit),
    manager ? nameOn(manager, day) : '–',
    unit.kind === 'school' ? '–' : String(schoolsUnder(tree, unit.id, day).length),
  ]
}

const HEAD = ['Đơn vị', 'Loại', 'Cấp quản lý', { label: 'Số trường', numeric: true }]

/** The tree on a day, or what a search finds in it. */
export function unitsPage(tree: UnitTree, day: Day, search: string) {
  const active = [...tree.values()].filter(unit => activeOn(unit, day))
  const words = searchKey(search)
  const found = active.filter(unit =>
    searchKey(`${unit.names.map(({ name }) => name).join(' ')} ${unit.symbol}`).includes(words),
  )
  const provinces = active.filter(unit => unit.kind === 'province').toSorted(byNameOn(day))
  return {
    day,
    dayPrinted: printDay(day),
    search,
    head: HEAD,
    found:
      words === ''
        ? undefined
        : {
            rows: found
              .toSorted(byNameOn(day))
              .slice(0, MOST_FOUND)
              .map(unit => rowOf(unit, tree, day)),
            total: found.length,
          },
    provinces: provinces.map(province => ({
      name: nameOn(province, day),
      href: hrefOf(province.id, day),
      schools: schoolsUnder(tree, province.id, day).length,
      rows: childrenOn(tree, province.id, day)
        .toSorted((a, b) => Number(a.kind === 'school') - Number(b.kind === 'school') || byNameOn(day)(a, b))
        .map(unit => rowOf(unit, tree, day)),
    })),
  }
}

export interface UnitView {
  readonly unit: Unit
  readonly tree: UnitTree
  readonly day: Day
  readonly staff: number
  readonly mayChangeProfile: boolean
}

/** One unit: what it was called and who managed it when, what hangs below it, and a school's profile. */
export function unitPage({ unit, tree, day, staff, mayChangeProfile }: UnitView) {
  const children = childrenOn(tree, unit.id, day)
  const nameOf = (id: string): string => {
    const other = tree.get(id)
    return other ? nameOn(other, day) : id
  }
  return {
    breadcrumbs: [
      { label: 'Đơn vị', href: '/don-vi' },
      ...[managingUnitOn(tree, unit.id, day)].flatMap(manager =>
        manager ? [{ label: nameOn(manager, day), href: hrefOf(manager.id, day) }] : [],
      ),
    ],
    subtitle: activeOn(unit, day) ? kindWord(unit) : `${kindWord(unit)} – không hoạt động vào ngày ${printDay(day)}`,
    actions: [
      { label: 'Nhân sự', href: `/don-vi/${encodeURIComponent(unit.id)}/nhan-su`, icon: 'users' },
      ...(mayChangeProfile && isSchool(unit)
        ? [
            {
              label: 'Sửa hồ sơ trường',
              href: `/don-vi/${encodeURIComponent(unit.id)}/ho-so`,
              icon: 'edit',
              primary: true,
            },
          ]
        : []),
    ],
    facts: [
      { term: 'Ký hiệu văn bản', text: unit.symbol },
      { term: 'Địa danh', text: placeOn(unit, day) || '–' },
      { term: 'Cán bộ, giáo viên, nhân viên', text: String(staff) },
      ...(isSchool(unit) ? profileFacts(unit.school) : []),
    ],
    names: unit.names.map(entry => ({ text: entry.name, when: printSpan(entry) })),
    parents: unit.parents.map(parent => ({
      text: nameOf(parent.parentId),
      href: hrefOf(parent.parentId),
      when: printSpan(parent),
    })),
    children: unit.kind === 'school' ? undefined : { head: HEAD, rows: children.map(child => rowOf(child, tree, day)) },
  }
}

function profileFacts(profile: NonNullable<Unit['school']>) {
  const { founded, formerNames, address, phone, website, campuses, difficultArea, nationalStandard, levels } = profile
  return [
    { term: 'Cấp học', text: levels.map(level => SCHOOL_KIND_NAMES[level]).join(', ') },
    { term: 'Loại hình', text: OWNERSHIP_NAMES[profile.ownership] },
    { term: 'Năm thành lập', text: founded === undefined ? '–' : String(founded) },
    { term: 'Tên trước đây', text: formerNames.join('; ') || '–' },
    { term: 'Địa chỉ', text: address || '–' },
    { term: 'Điện thoại', text: phone || '–' },
    { term: 'Trang web', text: website || '–' },
    { term: 'Số điểm trường', text: String(campuses) },
    { term: 'Vùng', text: DIFFICULT_AREA_NAMES[difficultArea] },
    {
      term: 'Chuẩn quốc gia',
      text: nationalStandard ? `Mức độ ${nationalStandard.grade} (năm ${nationalStandard.year})` : 'Chưa công nhận',
    },
  ]
}

/** The profile form, filled with what stands there. */
export function profilePage(unit: Unit & { readonly school: NonNullable<Unit['school']> }, day: Day) {
  const { school } = unit
  const options = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).map(([value, label]) => ({ value, label }))
  return {
    breadcrumbs: [
      { label: 'Đơn vị', href: '/don-vi' },
      { label: nameOn(unit, day), href: hrefOf(unit.id) },
    ],
    subtitle: 'Các mục này in ở phần đầu của Phần I trong báo cáo tự đánh giá',
    action: `/don-vi/${encodeURIComponent(unit.id)}/ho-so`,
    cancel: hrefOf(unit.id),
    revision: unit.rev,
    fields: [
      {
        name: 'formerNames',
        label: 'Tên trước đây',
        type: 'textarea',
        rows: 2,
        hint: 'Mỗi tên một dòng.',
        value: school.formerNames.join('\n'),
      },
      { name: 'founded', label: 'Năm thành lập', value: school.founded ?? '', short: true, inputmode: 'numeric' },
      { name: 'address', label: 'Địa chỉ', value: school.address, required: true },
      { name: 'phone', label: 'Điện thoại', value: school.phone, type: 'tel' },
      { name: 'website', label: 'Trang web', value: school.website, type: 'url' },
      {
        name: 'campuses',
        label: 'Số điểm trường',
        value: school.campuses,
        short: true,
        required: true,
        inputmode: 'numeric',
      },
      {
        name: 'difficultArea',
        label: 'Vùng',
        type: 'select',
        value: school.difficultArea,
        options: options(DIFFICULT_AREA_NAMES),
      },
      {
        name: 'standardGrade',
        label: 'Đạt chuẩn quốc gia',
        type: 'select',
        value: school.nationalStandard?.grade ?? '',
        options: options({ '': 'Chưa công nhận', '1': 'Mức độ 1', '2': 'Mức độ 2' }),
      },
      {
        name: 'standardYear',
        label: 'Năm công nhận chuẩn quốc gia',
        value: school.nationalStandard?.year ?? '',
        short: true,
        inputmode: 'numeric',
      },
    ],
  }
}
