import { workingYear } from '../kernel/working-year.ts'
import { LEVEL_NAMES } from './grades.ts'
import type { SchoolLevel } from '../organisations/index.ts'
import type { FigureRow } from './figure-table.ts'
import { count, share } from './rows.ts'

/** TT 22/2021/TT-BGDĐT came in grade by grade from 2021–2022 and was complete in 2024–2025. */
const FIRST_OF_NEW_MARKS = workingYear('2021-2022')
const LAST_OF_OLD_MARKS = workingYear('2023-2024')

const NEW_MARKS = [
  { key: 'good', label: 'Tốt' },
  { key: 'fair', label: 'Khá' },
  { key: 'met', label: 'Đạt' },
  { key: 'notMet', label: 'Chưa đạt' },
]
const OLD_LEARNING = [
  { key: 'excellent', label: 'Giỏi' },
  { key: 'fair', label: 'Khá' },
  { key: 'average', label: 'Trung bình' },
  { key: 'weak', label: 'Yếu' },
  { key: 'poor', label: 'Kém' },
]
const OLD_CONDUCT = [
  { key: 'good', label: 'Tốt' },
  { key: 'fair', label: 'Khá' },
  { key: 'average', label: 'Trung bình' },
  { key: 'weak', label: 'Yếu' },
]

const marks = (
  prefix: string,
  label: string,
  grades: readonly { readonly key: string; readonly label: string }[],
  years: Pick<FigureRow, 'firstYear' | 'lastYear'>,
): readonly FigureRow[] =>
  grades.map(mark => count(`${prefix}.${mark.key}`, `${label}: ${mark.label}`, { optional: true, ...years }))

/** Shares of the marks; the whole is the sum of the four marks, since they are given to those assessed. */
const secondary = (level: 'thcs' | 'thpt'): readonly FigureRow[] => {
  const at = `results.${level}`
  const name = LEVEL_NAMES[level]
  const first = { firstYear: FIRST_OF_NEW_MARKS }
  const last = { lastYear: LAST_OF_OLD_MARKS }
  return [
    ...marks(`${at}.learning`, `Kết quả học tập ${name}`, NEW_MARKS, first),
    ...marks(`${at}.conduct`, `Kết quả rèn luyện ${name}`, NEW_MARKS, first),
    ...marks(`${at}.oldLearning`, `Học lực ${name} (trước TT 22/2021)`, OLD_LEARNING, last),
    ...marks(`${at}.oldConduct`, `Hạnh kiểm ${name} (trước TT 22/2021)`, OLD_CONDUCT, last),
    count(`${at}.finalYear`, `Số học sinh lớp cuối cấp ${name}`, { indent: 0 }),
    count(`${at}.graduated`, level === 'thcs' ? 'Tốt nghiệp, hoàn thành chương trình THCS' : 'Tốt nghiệp THPT', {
      indent: 0,
    }),
    share(`${at}.graduatedShare`, `Tỷ lệ tốt nghiệp ${name} (%)`, `${at}.graduated`, `${at}.finalYear`),
    count(`${at}.repeated`, `Lưu ban ${name}`, { indent: 0 }),
    count(`${at}.dropped`, `Bỏ học ${name}`, { indent: 0 }),
  ]
}

const primary = (): readonly FigureRow[] => [
  count('results.tieu_hoc.sixInArea', 'Trẻ 6 tuổi trên địa bàn', { indent: 0 }),
  count('results.tieu_hoc.sixEnrolled', 'Trẻ 6 tuổi vào lớp 1', { indent: 0 }),
  share(
    'results.tieu_hoc.sixShare',
    'Tỷ lệ trẻ 6 tuổi vào lớp 1 (%)',
    'results.tieu_hoc.sixEnrolled',
    'results.tieu_hoc.sixInArea',
  ),
  count('results.tieu_hoc.assessed', 'Học sinh được đánh giá cuối năm', { indent: 0 }),
  count('results.tieu_hoc.classDone', 'Hoàn thành chương trình lớp học', { indent: 0 }),
  share(
    'results.tieu_hoc.classDoneShare',
    'Tỷ lệ hoàn thành chương trình lớp học (%)',
    'results.tieu_hoc.classDone',
    'results.tieu_hoc.assessed',
  ),
  count('results.tieu_hoc.elevenInArea', 'Trẻ 11 tuổi trên địa bàn', { indent: 0 }),
  count('results.tieu_hoc.elevenDone', 'Trẻ 11 tuổi hoàn thành chương trình tiểu học', { indent: 0 }),
  share(
    'results.tieu_hoc.elevenShare',
    'Tỷ lệ trẻ 11 tuổi hoàn thành chương trình tiểu học (%)',
    'results.tieu_hoc.elevenDone',
    'results.tieu_hoc.elevenInArea',
  ),
  count('results.tieu_hoc.repeated', 'Lưu ban tiểu học', { indent: 0 }),
  count('results.tieu_hoc.dropped', 'Bỏ học tiểu học', { indent: 0 }),
]

/** Results by level: phổ cập and completion for primary, study and conduct for secondary; preschools have none. */
export function resultRows(level: SchoolLevel): readonly FigureRow[] {
  if (level === 'mam_non') return []
  return level === 'tieu_hoc' ? primary() : secondary(level)
}
