import { number, PROVINCE, type SettingEntry } from './setting-entry.ts'

/** Teachers per class or group; the circular asks for as many, a province may know better for two sessions a day. */
const perClass = (label: string, value: number, basis: string): SettingEntry<number> =>
  number({
    group: 'data',
    label: `Định mức giáo viên trên một ${label}`,
    unit: 'share',
    value,
    basis,
    standing: 'u',
    changedBy: PROVINCE,
    limits: { min: 0.5, max: 5 },
  })

const GENERAL = 'Thông tư 20/2023/TT-BGDĐT'
const PRESCHOOL = 'Thông tư 19/2023/TT-BGDĐT'

/** Norms that the reconciliation compares teachers with (forms § 13). */
export const staffingSettings = {
  normNursery: perClass('nhóm trẻ', 2.5, PRESCHOOL),
  normKindergarten: perClass('lớp mẫu giáo (2 buổi/ngày)', 2.2, PRESCHOOL),
  normPrimary: perClass('lớp tiểu học (2 buổi/ngày)', 1.5, GENERAL),
  normLowerSecondary: perClass('lớp THCS', 1.9, GENERAL),
  normUpperSecondary: perClass('lớp THPT', 2.25, GENERAL),
}
