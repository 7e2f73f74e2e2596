import { assessmentSettings } from './assessment-settings.ts'
import { externalSettings } from './external-settings.ts'
import { daysOfReview, number, PROVINCE, reporting, retention, type SettingEntry } from './setting-entry.ts'
import { staffingSettings } from './staffing-settings.ts'

/** Deadlines and numbers with their basis (process § 15); code asks by key and never names a number itself. */
export const settingsCatalogue = {
  ...assessmentSettings,
  ...externalSettings,
  ...staffingSettings,
  unitClosingStart: reporting('Ngày chốt số liệu đầu năm ở cấp quản lý trực tiếp', '09-15'),
  unitDueStart: reporting('Hạn báo cáo đầu năm về Sở', '10-15'),
  unitClosingEnd: reporting('Ngày chốt số liệu cuối năm ở cấp quản lý trực tiếp', '05-25'),
  unitDueEnd: reporting('Hạn báo cáo cuối năm về Sở', '06-25'),
  closingDateStart: reporting('Ngày Sở chốt số liệu đầu năm', '09-30'),
  ministryDueStart: reporting('Hạn Sở báo cáo Bộ đầu năm', '10-30'),
  closingDateEnd: reporting('Ngày Sở chốt số liệu cuối năm', '05-31'),
  ministryDueEnd: reporting('Hạn Sở báo cáo Bộ cuối năm', '06-30'),
  schoolDueDays: {
    ...daysOfReview('Số ngày trường gửi báo cáo trước ngày chốt số liệu ở cấp quản lý trực tiếp', 10),
    group: 'reporting',
    basis: 'Khuyến nghị',
    forAllKinds: true,
  },
  provinceDue: {
    ...daysOfReview('Số ngày Sở hoàn thành bảng tổng hợp trước hạn báo cáo Bộ', 5),
    group: 'reporting',
    basis: 'Khuyến nghị',
    forAllKinds: true,
  },
  retentionEvidence: retention('Lưu minh chứng, trước khi được lập danh sách tiêu hủy (0: vĩnh viễn)', 10),
  minCellPublic: number({
    group: 'data',
    label: 'Số nhỏ nhất được công khai trong một ô thống kê',
    unit: 'count',
    value: 5,
    basis: 'Khuyến nghị, bảo vệ dữ liệu cá nhân',
    standing: 'R',
    changedBy: PROVINCE,
    limits: { min: 1, max: 50 },
    forAllKinds: true,
  }),
  rankUnits: number({
    group: 'data',
    label: 'Xếp hạng đơn vị trên bảng so sánh (1: có, 0: không)',
    unit: 'count',
    value: 1,
    basis: 'Khuyến nghị; Sở quyết định có công khai thứ hạng trong tỉnh hay không',
    standing: 'R',
    changedBy: PROVINCE,
    limits: { min: 0, max: 1 },
    forAllKinds: true,
  }),
}

export type SettingKey = keyof typeof settingsCatalogue

/** The type of a key's value, as its default has it. */
export type SettingValue<K extends SettingKey> = (typeof settingsCatalogue)[K]['value']

export const SETTING_KEYS: readonly SettingKey[] = Object.keys(settingsCatalogue).filter(isSettingKey)

export function isSettingKey(text: string): text is SettingKey {
  return Object.hasOwn(settingsCatalogue, text)
}

/** The line of a key, typed by the key. */
export const settingEntry = <K extends SettingKey>(key: K): SettingEntry<SettingValue<K>> =>
  // Each line is a SettingEntry of its own value's type; the compiler cannot relate the union of lines to the generic key.
  settingsCatalogue[key] as unknown as SettingEntry<SettingValue<K>>
