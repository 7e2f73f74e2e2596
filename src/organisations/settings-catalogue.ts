import type { UnitKind } from '../kernel/unit-kinds.ts'
import type { Span } from './dated.ts'

/** How far the number is known: text of the law, to be checked, older practice, our recommendation (process, head). */
export type Standing = 'confirmed' | 'u' | 'p' | 'R'

export type SettingUnit =
  | 'persons'
  | 'share'
  | 'weeks'
  | 'days'
  | 'workingDays'
  | 'months'
  | 'years'
  | 'dayOfYear'
  | 'dayRange'
  | 'range'
  | 'list'
  | 'text'
  | 'count'

/** A day without a year, `MM-dd`; read inside the working year it is asked for. */
export type MonthDay = string

/** Two days, or the lower and upper bound of a size. */
export interface Range<T> {
  readonly from: T
  readonly to: T
}

export type AnySettingValue = number | string | Range<number> | Range<MonthDay> | readonly number[]

/** One line of the table of process § 15. */
export interface SettingEntry<V> {
  readonly group: 'assessment' | 'review' | 'external' | 'reporting' | 'data'
  readonly label: string
  readonly unit: SettingUnit
  readonly value: V
  readonly basis: string
  readonly standing: Standing
  /** Kinds of unit that may set their own value; empty: fixed by the regime. */
  readonly changedBy: readonly UnitKind[]
  /** Smallest and largest number a unit may choose. */
  readonly limits?: { readonly min: number; readonly max: number }
  /** Values of days before today's rule. */
  readonly before?: readonly (Span & { readonly value: V })[]
}

const NOBODY: readonly UnitKind[] = []
const SCHOOL: readonly UnitKind[] = ['school']
const PROVINCE: readonly UnitKind[] = ['province']
const MIDDLE: readonly UnitKind[] = ['district', 'commune', 'province']

const number = (entry: SettingEntry<number>): SettingEntry<number> => entry
const range = (entry: SettingEntry<Range<number>>): SettingEntry<Range<number>> => entry
const dayOfYear = (entry: Omit<SettingEntry<MonthDay>, 'unit'>): SettingEntry<MonthDay> => ({
  ...entry,
  unit: 'dayOfYear',
})
const dayRange = (entry: Omit<SettingEntry<Range<MonthDay>>, 'unit'>): SettingEntry<Range<MonthDay>> => ({
  ...entry,
  unit: 'dayRange',
})

const text = (entry: Omit<SettingEntry<string>, 'unit'>): SettingEntry<string> => ({ ...entry, unit: 'text' })
const list = (entry: Omit<SettingEntry<readonly number[]>, 'unit'>): SettingEntry<readonly number[]> => ({
  ...entry,
  unit: 'list',
})

/** A week of the school's own timetable, counted from the opening of the assessment. */
const week = (label: string, value: number, basis: string): SettingEntry<number> => ({
  group: 'assessment',
  label,
  unit: 'weeks',
  value,
  basis,
  standing: 'u',
  changedBy: SCHOOL,
  limits: { min: 1, max: 45 },
})

const daysOfReview = (label: string, value: number): SettingEntry<number> => ({
  group: 'review',
  label,
  unit: 'workingDays',
  value,
  basis: 'Chưa thấy số ngày trong văn bản',
  standing: 'R',
  changedBy: PROVINCE,
  limits: { min: 1, max: 60 },
})

const daysOfTeam = (label: string, value: number, changedBy: readonly UnitKind[]): SettingEntry<number> => ({
  group: 'external',
  label,
  unit: 'workingDays',
  value,
  basis: 'CV 5932/BGDĐT-QLCL, CV 5942/BGDĐT-QLCL phần II',
  standing: 'u',
  changedBy,
  limits: { min: 1, max: 90 },
})

const retention = (label: string, value: number): SettingEntry<number> => ({
  group: 'data',
  label,
  unit: 'years',
  value,
  basis: 'Luật Lưu trữ 33/2024/QH15; TT 08/2025/TT-BGDĐT',
  standing: 'u',
  changedBy: PROVINCE,
  limits: { min: 0, max: 100 },
})

const reporting = (label: string, value: MonthDay): SettingEntry<MonthDay> =>
  dayOfYear({
    group: 'reporting',
    label,
    value,
    basis: 'Quy định kỳ báo cáo của tỉnh',
    standing: 'p',
    changedBy: PROVINCE,
  })

const TIMETABLE = 'Gợi ý thời gian biểu của CV 5932/BGDĐT-QLCL, CV 5942/BGDĐT-QLCL'

/** Deadlines and numbers with their basis (process § 15); code asks by key and never names a number itself. */
export const settingsCatalogue = {
  councilMin: number({
    group: 'assessment',
    label: 'Số thành viên tối thiểu của hội đồng tự đánh giá',
    unit: 'persons',
    value: 7,
    basis: 'Điều 24 TT 17, 18, 19/2018/TT-BGDĐT',
    standing: 'confirmed',
    changedBy: NOBODY,
  }),
  voteShare: number({
    group: 'assessment',
    label: 'Tỷ lệ nhất trí tối thiểu trên tổng số thành viên hội đồng',
    unit: 'share',
    value: 2 / 3,
    basis: 'Hướng dẫn trước đây về hoạt động của hội đồng',
    standing: 'p',
    changedBy: PROVINCE,
    limits: { min: 0.5, max: 1 },
  }),
  secretariatSize: range({
    group: 'assessment',
    label: 'Số người của nhóm thư ký (chỉ nhắc, không chặn)',
    unit: 'range',
    value: { from: 2, to: 3 },
    basis: 'Hướng dẫn trước đây',
    standing: 'p',
    changedBy: PROVINCE,
    limits: { min: 1, max: 10 },
  }),
  groupSize: range({
    group: 'assessment',
    label: 'Số người của mỗi nhóm công tác (chỉ nhắc, không chặn)',
    unit: 'range',
    value: { from: 2, to: 5 },
    basis: 'Hướng dẫn trước đây',
    standing: 'p',
    changedBy: PROVINCE,
    limits: { min: 1, max: 15 },
  }),
  openWindow: dayRange({
    group: 'assessment',
    label: 'Thời gian mở đợt tự đánh giá',
    value: { from: '08-15', to: '09-30' },
    basis: 'Khuyến nghị',
    standing: 'R',
    changedBy: PROVINCE,
  }),
  councilDue: week('Hạn thành lập hội đồng', 2, TIMETABLE),
  planDue: week('Hạn ban hành kế hoạch', 3, TIMETABLE),
  analysisDue: week('Hạn phân tích tiêu chí', 4, TIMETABLE),
  evidenceDue: week('Hạn thu thập minh chứng', 7, TIMETABLE),
  sheetDraftDue: week('Hạn viết phiếu đánh giá tiêu chí', 10, TIMETABLE),
  sheetsToCouncilDue: week('Hạn trình phiếu lên hội đồng', 11, TIMETABLE),
  sheetsDue: week('Hạn thống nhất mọi phiếu', 12, TIMETABLE),
  reportDraftDue: week('Hạn dự thảo báo cáo', 16, TIMETABLE),
  adoptDue: week('Hạn thông qua báo cáo', 18, TIMETABLE),
  publishDue: week('Hạn công bố báo cáo', 19, TIMETABLE),
  internalCommentDays: number({
    group: 'assessment',
    label: 'Số ngày lấy ý kiến trong trường (0: không tổ chức)',
    unit: 'workingDays',
    value: 15,
    basis: 'Hướng dẫn trước đây',
    standing: 'p',
    changedBy: SCHOOL,
    limits: { min: 0, max: 60 },
  }),
  submitDue: dayOfYear({
    group: 'assessment',
    label: 'Hạn gửi báo cáo lên cấp quản lý trực tiếp',
    value: '05-15',
    basis: 'Khuyến nghị, để kịp chốt số liệu 25/5',
    standing: 'R',
    changedBy: MIDDLE,
  }),
  supplementDue: dayOfYear({
    group: 'assessment',
    label: 'Hạn nộp báo cáo bổ sung hằng năm',
    value: '06-30',
    basis: 'Khuyến nghị',
    standing: 'R',
    changedBy: PROVINCE,
  }),
  levelFourCodePrefix: text({
    group: 'assessment',
    label: 'Số đứng đầu cặp a.b trong mã minh chứng mới của Mức 4',
    value: '22',
    basis: 'Điều 22 (khoản k viết thành 22.k); hướng dẫn không quy định',
    standing: 'R',
    changedBy: PROVINCE,
  }),
  reviewStartDays: daysOfReview('Số ngày để bắt đầu đọc báo cáo của trường', 3),
  reviewDays: daysOfReview('Số ngày đọc và trả lời báo cáo', 10),
  resubmitDue: daysOfReview('Số ngày để trường gửi lại báo cáo', 10),
  forwardDays: daysOfReview('Số ngày để chuyển báo cáo lên Sở', 5),
  registerWindowSummer: dayOfYear({
    group: 'external',
    label: 'Hạn đăng ký đánh giá ngoài đợt 1',
    value: '07-31',
    basis: 'Quy định của một tỉnh',
    standing: 'p',
    changedBy: PROVINCE,
  }),
  registerWindowAutumn: dayOfYear({
    group: 'external',
    label: 'Hạn đăng ký đánh giá ngoài đợt 2',
    value: '11-30',
    basis: 'Quy định của một tỉnh',
    standing: 'p',
    changedBy: PROVINCE,
  }),
  dossierCheckDays: { ...daysOfReview('Số ngày kiểm tra hồ sơ đăng ký ở cấp quản lý trực tiếp', 5), group: 'external' },
  provinceCheckDays: { ...daysOfReview('Số ngày kiểm tra hồ sơ đăng ký ở Sở', 10), group: 'external' },
  teamFormDays: number({
    group: 'external',
    label: 'Thời gian thành lập đoàn sau khi chấp nhận hồ sơ',
    unit: 'months',
    value: 3,
    basis: 'Điều 27 TT 17, 18, 19/2018/TT-BGDĐT',
    standing: 'u',
    changedBy: NOBODY,
  }),
  teamMin: number({
    group: 'external',
    label: 'Số thành viên đoàn đánh giá ngoài, ít nhất',
    unit: 'persons',
    value: 5,
    basis: 'Hướng dẫn trước đây',
    standing: 'p',
    changedBy: PROVINCE,
    limits: { min: 3, max: 11 },
  }),
  teamMax: number({
    group: 'external',
    label: 'Số thành viên đoàn đánh giá ngoài, nhiều nhất',
    unit: 'persons',
    value: 7,
    basis: 'Hướng dẫn trước đây',
    standing: 'p',
    changedBy: PROVINCE,
    limits: { min: 3, max: 15 },
  }),
  teamMaxNational: number({
    group: 'external',
    label: 'Số thành viên đoàn, nhiều nhất, khi đồng thời xét chuẩn quốc gia',
    unit: 'persons',
    value: 11,
    basis: 'Điều 29 TT 17, 18, 19/2018/TT-BGDĐT',
    standing: 'u',
    changedBy: PROVINCE,
    limits: { min: 3, max: 15 },
  }),
  assessorMinYears: number({
    group: 'external',
    label: 'Số năm công tác trong ngành của thành viên đoàn',
    unit: 'years',
    value: 5,
    basis: 'Điều 30 TT 17, 18, 19/2018/TT-BGDĐT',
    standing: 'confirmed',
    changedBy: NOBODY,
  }),
  studyDays: daysOfTeam('Số ngày nghiên cứu hồ sơ', 10, PROVINCE),
  prelimVisitDays: { ...daysOfTeam('Số ngày khảo sát sơ bộ', 1, PROVINCE), unit: 'days' },
  gapBeforeVisit: daysOfTeam('Số ngày từ thông báo đến khảo sát chính thức', 5, PROVINCE),
  visitDays: range({
    group: 'external',
    label: 'Số ngày khảo sát chính thức',
    unit: 'range',
    value: { from: 1, to: 3 },
    basis: 'CV 5932/BGDĐT-QLCL, CV 5942/BGDĐT-QLCL phần II',
    standing: 'u',
    changedBy: PROVINCE,
    limits: { min: 1, max: 10 },
  }),
  visitEvidenceDue: daysOfTeam('Số ngày bổ sung minh chứng sau khảo sát', 5, PROVINCE),
  draftDays: daysOfTeam('Số ngày dự thảo báo cáo đánh giá ngoài', 10, NOBODY),
  feedbackDays: daysOfTeam('Số ngày trường góp ý dự thảo', 10, NOBODY),
  replyDays: daysOfTeam('Số ngày đoàn trả lời góp ý', 10, NOBODY),
  finalReportDays: daysOfTeam('Số ngày hoàn thiện báo cáo đánh giá ngoài', 10, NOBODY),
  complaintDays: daysOfReview('Số ngày khiếu nại sau khi nhận báo cáo đánh giá ngoài', 10),
  grantDays: number({
    group: 'external',
    label: 'Số ngày cấp chứng nhận, công nhận từ báo cáo của đoàn',
    unit: 'workingDays',
    value: 20,
    basis: 'Điều 38; Điều 35 cần kiểm tra lại',
    standing: 'u',
    changedBy: NOBODY,
  }),
  announceDays: { ...daysOfReview('Số ngày công bố kết quả công nhận', 5), group: 'external' },
  revokeDays: number({
    group: 'external',
    label: 'Số ngày ra quyết định thu hồi từ khi kết luận',
    unit: 'workingDays',
    value: 20,
    basis: 'Điều 39; Điều 36 cần kiểm tra lại',
    standing: 'u',
    changedBy: NOBODY,
  }),
  validYears: number({
    group: 'external',
    label: 'Thời hạn của chứng nhận và của bằng công nhận',
    unit: 'years',
    value: 5,
    basis: 'Điều 35, Điều 38 TT 17, 18, 19/2018/TT-BGDĐT',
    standing: 'confirmed',
    changedBy: NOBODY,
  }),
  renewMonthsBefore: number({
    group: 'external',
    label: 'Số tháng làm thủ tục lại trước khi hết hạn',
    unit: 'months',
    value: 5,
    basis: 'Điều 35, Điều 38 TT 17, 18, 19/2018/TT-BGDĐT',
    standing: 'confirmed',
    changedBy: NOBODY,
  }),
  waitYearsHigher: number({
    group: 'external',
    label: 'Số năm chờ để đăng ký cấp độ, mức độ cao hơn',
    unit: 'years',
    value: 1,
    basis: 'Điều 5; TT 22/2024/TT-BGDĐT',
    standing: 'confirmed',
    changedBy: NOBODY,
    before: [{ from: '2018-10-10', to: '2025-01-24', value: 2 }],
  }),
  yearsOfData: number({
    group: 'data',
    label: 'Số năm học của minh chứng và số liệu',
    unit: 'years',
    value: 5,
    basis: 'TT 17, 18, 19/2018/TT-BGDĐT và mẫu báo cáo',
    standing: 'confirmed',
    changedBy: NOBODY,
  }),
  unitClosingStart: reporting('Ngày chốt số liệu đầu năm ở cấp quản lý trực tiếp', '09-15'),
  unitDueStart: reporting('Hạn báo cáo đầu năm về Sở', '10-15'),
  unitClosingEnd: reporting('Ngày chốt số liệu cuối năm ở cấp quản lý trực tiếp', '05-25'),
  unitDueEnd: reporting('Hạn báo cáo cuối năm về Sở', '06-25'),
  closingDateStart: reporting('Ngày Sở chốt số liệu đầu năm', '09-30'),
  ministryDueStart: reporting('Hạn Sở báo cáo Bộ đầu năm', '10-30'),
  closingDateEnd: reporting('Ngày Sở chốt số liệu cuối năm', '05-31'),
  ministryDueEnd: reporting('Hạn Sở báo cáo Bộ cuối năm', '06-30'),
  provinceDue: {
    ...daysOfReview('Số ngày Sở hoàn thành bảng tổng hợp trước hạn báo cáo Bộ', 5),
    group: 'reporting',
    basis: 'Khuyến nghị',
  },
  expiryWarnMonths: list({
    group: 'external',
    label: 'Nhắc trước khi chứng nhận, bằng công nhận hết hạn (số tháng)',
    value: [12, 9, 6, 5],
    basis: 'Khuyến nghị',
    standing: 'R',
    changedBy: PROVINCE,
    limits: { min: 1, max: 36 },
  }),
  retentionFinal: retention('Lưu quyết định, báo cáo đã thông qua, chứng nhận (0: vĩnh viễn)', 0),
  retentionEvidence: retention('Lưu minh chứng, phiếu, biên bản', 10),
  retentionDrafts: retention('Lưu bản nháp, ý kiến, nhật ký sau khi hết chu kỳ', 5),
  minCellPublic: number({
    group: 'data',
    label: 'Số nhỏ nhất được công khai trong một ô thống kê',
    unit: 'count',
    value: 5,
    basis: 'Khuyến nghị, bảo vệ dữ liệu cá nhân',
    standing: 'R',
    changedBy: PROVINCE,
    limits: { min: 1, max: 50 },
  }),
  minSurveyAnswers: number({
    group: 'data',
    label: 'Số phiếu ít nhất để công bố kết quả khảo sát',
    unit: 'count',
    value: 5,
    basis: 'Khuyến nghị, bảo vệ dữ liệu cá nhân',
    standing: 'R',
    changedBy: PROVINCE,
    limits: { min: 1, max: 50 },
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
