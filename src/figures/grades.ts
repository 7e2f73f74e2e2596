import type { SchoolLevel } from '../organisations/index.ts'

/** A grade or age group with the key that its classes and pupils are counted under. */
export interface Grade {
  readonly key: string
  readonly label: string
}

const range = (first: number, last: number): readonly Grade[] =>
  Array.from({ length: last - first + 1 }, (_, i) => ({ key: `g${first + i}`, label: `Khối lớp ${first + i}` }))

/** Nhóm trẻ by months of age. */
export const NURSERY: readonly Grade[] = [
  { key: 'n1', label: 'Nhóm trẻ từ 3 đến 12 tháng tuổi' },
  { key: 'n2', label: 'Nhóm trẻ từ 13 đến 24 tháng tuổi' },
  { key: 'n3', label: 'Nhóm trẻ từ 25 đến 36 tháng tuổi' },
]

/** Lớp mẫu giáo by years of age. */
export const KINDERGARTEN: readonly Grade[] = [
  { key: 'm1', label: 'Lớp mẫu giáo 3–4 tuổi' },
  { key: 'm2', label: 'Lớp mẫu giáo 4–5 tuổi' },
  { key: 'm3', label: 'Lớp mẫu giáo 5–6 tuổi' },
]

export const GRADES: Readonly<Record<SchoolLevel, readonly Grade[]>> = {
  mam_non: [...NURSERY, ...KINDERGARTEN],
  tieu_hoc: range(1, 5),
  thcs: range(6, 9),
  thpt: range(10, 12),
}

const ORDER: readonly SchoolLevel[] = ['mam_non', 'tieu_hoc', 'thcs', 'thpt']

/** The school's levels from the youngest children up. */
export const inOrder = (levels: readonly SchoolLevel[]): readonly SchoolLevel[] =>
  ORDER.filter(level => levels.includes(level))

/** Every grade that a school of these levels has. */
export const gradesOf = (levels: readonly SchoolLevel[]): readonly Grade[] =>
  inOrder(levels).flatMap(level => GRADES[level])

export const LEVEL_NAMES: Readonly<Record<SchoolLevel, string>> = {
  mam_non: 'mầm non',
  tieu_hoc: 'tiểu học',
  thcs: 'THCS',
  thpt: 'THPT',
}
