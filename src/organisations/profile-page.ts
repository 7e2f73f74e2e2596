import type { Day } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { DIFFICULT_AREA_NAMES, nameOn, OWNERSHIP_NAMES, type Unit } from './unit.ts'

/** What a school tells of itself, for its page. */
export function profileFacts(profile: NonNullable<Unit['school']>) {
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
      { label: nameOn(unit, day), href: `/don-vi/${encodeURIComponent(unit.id)}` },
    ],
    subtitle: 'Các mục này in ở phần đầu của Phần I trong báo cáo tự đánh giá',
    action: `/don-vi/${encodeURIComponent(unit.id)}/ho-so`,
    cancel: `/don-vi/${encodeURIComponent(unit.id)}`,
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
