import type { SchoolLevel } from '../organisations/index.ts'
import type { FigureTable } from './figure-table.ts'
import { inOrder } from './grades.ts'
import { count } from './rows.ts'

export interface Position {
  /** Of the row `position.<key>` of figures. */
  readonly key: string
  readonly label: string
}

const position = (key: string, label: string): Position => ({ key, label })

const LITERATURE = position('literature', 'Ngữ văn')
const MATHS = position('maths', 'Toán')
const LANGUAGE = position('language', 'Ngoại ngữ')
const INFORMATICS = position('informatics', 'Tin học')
const TECHNOLOGY = position('technology', 'Công nghệ')
const SPORT = position('sport', 'Giáo dục thể chất')
const MUSIC = position('music', 'Âm nhạc')
const ART = position('art', 'Mỹ thuật')
const CAREER = position('career', 'Hoạt động trải nghiệm, hướng nghiệp')
const LOCAL = position('local', 'Giáo dục địa phương')
const YOUTH = position('youth', 'Tổng phụ trách Đội')

/** Teachers by what they teach, per level (forms § 13, block E). */
const TEACHING: Readonly<Record<SchoolLevel, readonly Position[]>> = {
  mam_non: [position('nursery', 'Giáo viên nhà trẻ'), position('kindergarten', 'Giáo viên mẫu giáo')],
  tieu_hoc: [position('class', 'Giáo viên dạy nhiều môn'), INFORMATICS, LANGUAGE, SPORT, MUSIC, ART, YOUTH],
  thcs: [
    LITERATURE,
    MATHS,
    LANGUAGE,
    position('civics', 'Giáo dục công dân'),
    position('historyGeography', 'Lịch sử và Địa lí'),
    position('science', 'Khoa học tự nhiên'),
    TECHNOLOGY,
    INFORMATICS,
    SPORT,
    MUSIC,
    ART,
    CAREER,
    LOCAL,
    YOUTH,
  ],
  thpt: [
    LITERATURE,
    MATHS,
    LANGUAGE,
    SPORT,
    position('defence', 'Giáo dục quốc phòng và an ninh'),
    position('history', 'Lịch sử'),
    position('geography', 'Địa lí'),
    position('economyLaw', 'Giáo dục kinh tế và pháp luật'),
    position('physics', 'Vật lí'),
    position('chemistry', 'Hóa học'),
    position('biology', 'Sinh học'),
    TECHNOLOGY,
    INFORMATICS,
    MUSIC,
    ART,
    CAREER,
    LOCAL,
  ],
}

/** Staff by position, then those who serve (forms § 13, block F). */
export const SUPPORT_POSITIONS: readonly Position[] = [
  position('library', 'Thư viện'),
  position('laboratory', 'Thiết bị, thí nghiệm'),
  position('clerk', 'Văn thư'),
  position('accountant', 'Kế toán'),
  position('cashier', 'Thủ quỹ'),
  position('health', 'Y tế trường học'),
  position('registrar', 'Giáo vụ'),
  position('counsellor', 'Tư vấn học sinh'),
  position('inclusion', 'Hỗ trợ giáo dục người khuyết tật'),
  position('it', 'Công nghệ thông tin'),
  position('guard', 'Bảo vệ'),
  position('service', 'Phục vụ'),
  position('cook', 'Nấu ăn'),
]

/** What a school of these levels teaches, each once. */
export function teachingPositions(levels: readonly SchoolLevel[]): readonly Position[] {
  const all = inOrder(levels).flatMap(level => TEACHING[level])
  return [...new Map(all.map(each => [each.key, each])).values()]
}

/** Posts held by officials and by contract are assigned and counted apart (NĐ 111/2022/NĐ-CP). */
export const HELD_BY = [
  { key: 'establishment', label: 'Biên chế' },
  { key: 'contract', label: 'Hợp đồng' },
] as const

/** Numbers that only the reconciliation asks for: they are typed beside Phần I and never printed in it. */
export const tablesOfReconciliation = (levels: readonly SchoolLevel[]): readonly FigureTable[] => [
  {
    id: 'positions',
    title: 'Đối sánh – đội ngũ theo vị trí việc làm',
    shape: 'columns',
    columns: HELD_BY,
    rows: [...teachingPositions(levels), ...SUPPORT_POSITIONS].map(({ key, label }) =>
      count(`position.${key}`, label, { optional: true }),
    ),
  },
  {
    id: 'places',
    title: 'Đối sánh – lớp ghép',
    shape: 'years',
    rows: [count('classes.combined', 'Số lớp ghép', { optional: true })],
  },
]
