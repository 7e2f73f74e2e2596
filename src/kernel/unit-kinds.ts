/** Kinds of school as the criteria sets name them. Multi-level schools are counted under their highest level (process § 7.2). */
export type SchoolKind = 'mam_non' | 'tieu_hoc' | 'thcs' | 'thpt' | 'pho_thong_nhieu_cap_hoc'

export const SCHOOL_KIND_NAMES: Readonly<Record<SchoolKind, string>> = {
  mam_non: 'Mầm non',
  tieu_hoc: 'Tiểu học',
  thcs: 'Trung học cơ sở',
  thpt: 'Trung học phổ thông',
  pho_thong_nhieu_cap_hoc: 'Phổ thông có nhiều cấp học',
}

export type UnitKind = 'province' | 'district' | 'commune' | 'school'
