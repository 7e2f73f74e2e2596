import { addDays, printDay, type Day } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { compareVietnamese } from '../kernel/words.ts'
import { dayTree } from './day-tree.ts'
import { OPERATION_NAMES } from './operation.ts'
import { LEVELS, OPERATION_SLUGS, type OperationSlug } from './operation-input.ts'
import {
  isSchool,
  nameOn,
  OWNERSHIP_NAMES,
  placeOn,
  schoolOn,
  shortNameOn,
  UNIT_KIND_NAMES,
  type Unit,
} from './unit.ts'
import { byNameOn, type UnitTree } from './unit-tree.ts'

/** First day of the government in two tiers (process § 8). */
export const TWO_TIER_DAY: Day = '2025-07-01'

export interface FormView {
  readonly slug: OperationSlug
  readonly tree: UnitTree
  readonly today: Day
  /** The unit the form is about; absent for the two-tier switch and for a first unit. */
  readonly unit?: Unit | undefined
}

const option = (value: string, label: string) => ({ value, label })
const options = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => option(value, label))

const idField = {
  name: 'id',
  label: 'Mã đơn vị',
  value: '',
  hint: 'Chữ thường không dấu, chữ số, gạch nối; bỏ trống thì lấy theo tên. Mã không đổi về sau.',
}

const shapeFields = (unit: Unit | undefined, day: Day) => {
  const shape = unit && isSchool(unit) ? schoolOn(unit, day) : undefined
  return [
    {
      name: 'schoolKind',
      label: 'Loại trường',
      type: 'select',
      blank: 'Chọn loại trường',
      value: shape?.schoolKind ?? '',
      options: options(SCHOOL_KIND_NAMES),
    },
    {
      name: 'levels',
      label: 'Các cấp học',
      hint: 'Chỉ chọn cho trường phổ thông có nhiều cấp học.',
      type: 'checkboxes',
      value: shape?.levels ?? [],
      options: LEVELS.map(level => option(level, SCHOOL_KIND_NAMES[level])),
    },
    {
      name: 'ownership',
      label: 'Loại hình',
      type: 'radios',
      value: shape?.ownership ?? 'public',
      options: options(OWNERSHIP_NAMES),
    },
  ]
}

const nameFields = (unit: Unit | undefined, day: Day, required = true) => [
  { name: 'name', label: 'Tên mới', value: '', required, hint: unit && `Tên hiện nay: ${nameOn(unit, day)}` },
  {
    name: 'shortName',
    label: 'Tên gọi tắt',
    value: unit ? '' : '',
    hint: unit && `Hiện nay: ${shortNameOn(unit, day)}`,
  },
]

const authorityField = {
  name: 'authority',
  label: 'Cơ quan chủ quản',
  value: '',
  hint: 'Chỉ ghi cho Sở, Phòng: UBND tỉnh …, UBND huyện …',
}

const managersOn = (tree: UnitTree, day: Day) =>
  dayTree(tree, day)
    .active.filter(unit => unit.kind !== 'school')
    .toSorted(byNameOn(day))
    .map(unit => option(unit.id, nameOn(unit, day)))

/** Everything that is asked besides day, decision and reason. */
function ownFields({ slug, tree, today, unit }: FormView): readonly object[] {
  switch (OPERATION_SLUGS[slug]) {
    case 'add':
      return [
        {
          name: 'kind',
          label: 'Loại đơn vị',
          type: 'radios',
          value: unit?.kind === 'province' ? 'commune' : 'school',
          options: (['commune', 'school', 'district'] as const).map(kind => option(kind, UNIT_KIND_NAMES[kind])),
        },
        {
          name: 'parentId',
          label: 'Cấp quản lý trực tiếp',
          type: 'select',
          blank: 'Chọn cấp quản lý',
          value: unit?.id ?? '',
          required: true,
          options: managersOn(tree, today),
        },
        {
          name: 'name',
          label: 'Tên đơn vị',
          value: '',
          required: true,
          hint: 'Như trên văn bản, ví dụ “UBND xã …”, “Trường Tiểu học …”.',
        },
        { name: 'shortName', label: 'Tên gọi tắt', value: '' },
        authorityField,
        { name: 'symbol', label: 'Ký hiệu viết tắt trong số văn bản', value: '', required: true, short: true },
        { name: 'place', label: 'Địa danh trên văn bản', value: unit ? placeOn(unit, today) : '', required: true },
        idField,
        ...shapeFields(undefined, today),
      ]
    case 'rename':
      return [
        ...nameFields(unit, today),
        ...(unit?.kind === 'province' || unit?.kind === 'district' ? [authorityField] : []),
        {
          name: 'place',
          label: 'Địa danh mới',
          value: '',
          hint: unit && `Bỏ trống nếu vẫn là ${placeOn(unit, today)}.`,
        },
      ]
    case 'move':
      return [
        {
          name: 'parentId',
          label: 'Cấp quản lý mới',
          type: 'select',
          blank: 'Chọn cấp quản lý',
          value: '',
          required: true,
          options: managersOn(tree, today).filter(each => each.value !== unit?.id),
        },
      ]
    case 'reshape':
      return shapeFields(unit, today)
    case 'merge':
      return mergeFields(tree, today, unit)
    case 'split':
      return [
        {
          name: 'goesOn',
          label: 'Sau khi chia, tách',
          type: 'radios',
          value: 'yes',
          options: [
            option('yes', 'Tách: đơn vị này tiếp tục hoạt động bên cạnh đơn vị mới'),
            option('no', 'Chia: đơn vị này kết thúc, các đơn vị mới thay thế'),
          ],
        },
        linesField('parts', 'Đơn vị mới'),
      ]
    case 'dissolve':
      return []
    case 'twoTier':
      break
  }
  const before = dayTree(tree, addDays(TWO_TIER_DAY, -1))
  const districts = before.active.filter(each => each.kind === 'district').toSorted(byNameOn(before.day))
  return [
    {
      name: 'districts',
      label: 'Phòng kết thúc hoạt động',
      type: 'checkboxes',
      value: districts.map(each => each.id),
      options: districts.map(each => ({
        ...option(each.id, nameOn(each, before.day)),
        hint: `${before.schoolsBelow(each.id).length} trường`,
      })),
    },
    linesField('communes', 'Xã, phường, đặc khu thành lập trong ngày này'),
  ]
}

const linesField = (name: string, label: string) => ({
  name,
  label,
  type: 'textarea',
  rows: 8,
  value: '',
  hint: 'Mỗi dòng một đơn vị: Tên; Ký hiệu; Địa danh. Có thể thêm Mã ở cuối. Ví dụ: UBND xã Ví Dụ; VD; Ví Dụ',
})

/** Units that are usually merged with each other: of one kind, schools of one kind of school. */
const isLike = (a: Unit, b: Unit, day: Day): boolean =>
  isSchool(a) && isSchool(b) ? schoolOn(a, day).schoolKind === schoolOn(b, day).schoolKind : a.kind === b.kind

function mergeFields(tree: UnitTree, today: Day, unit: Unit | undefined): readonly object[] {
  const at = dayTree(tree, today)
  const parent = unit && at.parentOf(unit.id)
  const siblings = parent
    ? at.childrenOf(parent.id).filter(each => isLike(each, unit, today) && each.id !== unit.id)
    : []
  const named = siblings
    .map(each => option(each.id, nameOn(each, today)))
    .toSorted((a, b) => compareVietnamese(a.label, b.label))
  return [
    ...(named.length > 0
      ? [{ name: 'siblings', label: 'Sáp nhập cùng', type: 'checkboxes', value: [], options: named }]
      : []),
    {
      name: 'others',
      label: 'Mã của đơn vị khác cùng sáp nhập',
      value: '',
      hint: 'Đơn vị thuộc cấp quản lý khác hoặc trường khác loại; cách nhau bằng dấu phẩy.',
    },
    {
      name: 'into',
      label: 'Kết quả',
      type: 'radios',
      value: 'keep',
      options: [
        option('keep', `Sáp nhập vào ${unit ? nameOn(unit, today) : 'đơn vị này'}`),
        option('new', 'Lập đơn vị mới, các đơn vị cũ kết thúc'),
      ],
    },
    ...nameFields(unit, today, false),
    { name: 'symbol', label: 'Ký hiệu của đơn vị mới', value: '', short: true },
    { name: 'place', label: 'Địa danh của đơn vị mới', value: '' },
    idField,
    ...(unit && isSchool(unit) ? shapeFields(unit, today) : []),
  ]
}

const TITLES: Readonly<Partial<Record<OperationSlug, string>>> = { 'hai-cap': 'Chuyển sang chính quyền hai cấp' }

/** The form that draws up an operation; what it would do is shown before anything changes. */
export function operationFormPage(view: FormView) {
  const { slug, unit, today } = view
  const query = unit ? `?don-vi=${encodeURIComponent(unit.id)}` : ''
  const past = slug === 'hai-cap'
  return {
    heading: TITLES[slug] ?? OPERATION_NAMES[OPERATION_SLUGS[slug]],
    breadcrumbs: [
      { label: 'Đơn vị', href: '/don-vi' },
      ...(unit ? [{ label: nameOn(unit, today), href: `/don-vi/${encodeURIComponent(unit.id)}` }] : []),
      { label: 'Sắp xếp đơn vị', href: '/sap-xep-don-vi' },
    ],
    ...(unit && { subtitle: nameOn(unit, today) }),
    action: `/sap-xep-don-vi/moi/${slug}${query}`,
    cancel: unit ? `/don-vi/${encodeURIComponent(unit.id)}` : '/sap-xep-don-vi',
    fields: [
      ...ownFields(view),
      {
        name: 'from',
        label: 'Có hiệu lực từ ngày',
        type: 'date',
        value: past ? TWO_TIER_DAY : '',
        required: true,
        hint:
          slug === 'giai-the'
            ? 'Ngày đầu tiên đơn vị không còn; ngày hoạt động cuối cùng là hôm trước.'
            : `Hôm nay là ${printDay(today)}. Ngày đã qua thì phải ghi lý do.`,
      },
      { name: 'decision', label: 'Số, ngày của quyết định', value: '', hint: 'Ví dụ: 12/QĐ-UBND ngày 20/6/2025' },
      { name: 'reason', label: 'Lý do, ghi chú', type: 'textarea', rows: 2, value: '' },
    ],
  }
}
