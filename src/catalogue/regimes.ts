import type { Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { closingDayOf } from './in-force.ts'

export type RegimeId = 'kiem-dinh-2018' | 'danh-gia-chat-luong-2025'

/** The law under which a school is assessed: names, forms and procedure with their dates (process § 9). */
export interface Regime {
  readonly id: RegimeId
  readonly name: string
  /** What the activity is called in headings: “kiểm định chất lượng giáo dục”. */
  readonly activity: string
  /** The certificate or recognition that it leads to. */
  readonly title: string
  readonly basis: string
  readonly formVersion: string
  readonly procedureVersion: string
  readonly from: Day
  readonly to?: Day
  /** What holds for work begun under it once it has ended. */
  readonly transition: string
  /** Not confirmed against the published text: offered with that warning. */
  readonly unverified?: true
}

/** Every regime known to us, oldest first. The first one is what records without a regime were made under. */
export const REGIMES: readonly [Regime, ...Regime[]] = [
  {
    id: 'kiem-dinh-2018',
    name: 'Kiểm định chất lượng giáo dục (Thông tư 17, 18, 19/2018)',
    activity: 'kiểm định chất lượng giáo dục',
    title: 'Giấy chứng nhận đạt kiểm định chất lượng giáo dục',
    basis: 'Thông tư 17/2018/TT-BGDĐT, 18/2018/TT-BGDĐT, 19/2018/TT-BGDĐT; sửa đổi bởi Thông tư 22/2024/TT-BGDĐT',
    formVersion: 'mau-2018',
    procedureVersion: 'quy-trinh-2018',
    from: '2018-10-10',
    transition: 'Giấy chứng nhận đã cấp có giá trị đến hết thời hạn ghi trên giấy.',
  },
  {
    id: 'danh-gia-chat-luong-2025',
    name: 'Đánh giá chất lượng giáo dục (Luật 123/2025/QH15)',
    activity: 'đánh giá chất lượng giáo dục',
    title: 'Kết quả đánh giá chất lượng giáo dục',
    basis: 'Luật số 123/2025/QH15 (Điều 110 đến Điều 112)',
    formVersion: 'mau-2018',
    procedureVersion: 'quy-trinh-2018',
    from: '2026-01-01',
    transition: 'Chưa có thông tư hướng dẫn: tạm dùng biểu mẫu và quy trình năm 2018.',
    unverified: true,
  },
]

export const isRegimeId = (text: string): text is RegimeId => REGIMES.some(one => one.id === text)

/** The regime of a record; what names none was made under the oldest one. */
export const regimeOf = (id: string | undefined): Regime => REGIMES.find(one => one.id === id) ?? REGIMES[0]

/** Regimes in force on the day on which the year is judged. */
export const regimesIn = (year: WorkingYear): readonly Regime[] => {
  const day = closingDayOf(year)
  return REGIMES.filter(one => one.from <= day && (one.to === undefined || day <= one.to))
}
