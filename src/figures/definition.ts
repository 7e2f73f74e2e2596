import { workingYear } from '../kernel/working-year.ts'
import type { SchoolLevel } from '../organisations/index.ts'
import type { ColumnsTable, FigureRow, FigureTable, YearsTable } from './figure-table.ts'
import { gradesOf, inOrder, KINDERGARTEN, NURSERY } from './grades.ts'
import { resultRows } from './result-rows.ts'
import { count, ratio, sameAs, share, sum } from './rows.ts'

/** The last school year with a district level: its categories end there (process § 8, consequence 5). */
const LAST_DISTRICT_YEAR = workingYear('2024-2025')

const isPreschoolOnly = (levels: readonly SchoolLevel[]): boolean => levels.every(level => level === 'mam_non')
const keysOf = (prefix: string, grades: readonly { readonly key: string }[]): readonly string[] =>
  grades.map(grade => `${prefix}.${grade.key}`)

function classesTable(levels: readonly SchoolLevel[]): YearsTable {
  const grades = gradesOf(levels)
  const preschool = levels.includes('mam_non')
  const rows: readonly FigureRow[] = [
    ...grades.map(grade => count(`classes.${grade.key}`, grade.label)),
    ...(preschool
      ? [
          sum('classes.nursery', 'Cộng nhóm trẻ', keysOf('classes', NURSERY)),
          sum('classes.kindergarten', 'Cộng lớp mẫu giáo', keysOf('classes', KINDERGARTEN)),
        ]
      : []),
    sum('classes.total', 'Cộng', keysOf('classes', grades)),
  ]
  const title = isPreschoolOnly(levels) ? '1. Số nhóm trẻ và lớp mẫu giáo' : '1. Số lớp học'
  return { id: 'classes', title, shape: 'years', rows }
}

const STURDINESS = [
  { key: 'solid', label: 'Phòng kiên cố' },
  { key: 'semi', label: 'Phòng bán kiên cố' },
  { key: 'temporary', label: 'Phòng tạm' },
]

/** A group of rooms by sturdiness with its sum above. */
const rooms = (key: string, label: string): readonly FigureRow[] => [
  sum(`rooms.${key}`, label, keysOf(`rooms.${key}`, STURDINESS)),
  ...STURDINESS.map(kind => count(`rooms.${key}.${kind.key}`, kind.label)),
]

function roomsTable(levels: readonly SchoolLevel[]): YearsTable {
  const preschool = levels.includes('mam_non')
  const general = levels.some(level => level !== 'mam_non')
  const groups = [
    { key: 'class', label: general ? 'Phòng học' : 'Phòng nuôi dưỡng, chăm sóc, giáo dục trẻ' },
    ...(general ? [{ key: 'subject', label: 'Phòng học bộ môn' }] : []),
    { key: 'support', label: general ? 'Phòng hỗ trợ học tập' : 'Phòng phục vụ học tập' },
    { key: 'office', label: 'Phòng hành chính – quản trị' },
    ...(preschool ? [{ key: 'kitchen', label: 'Phòng tổ chức ăn' }] : []),
  ]
  const rows = [
    ...groups.flatMap(group => rooms(group.key, group.label)),
    ...(general ? [count('rooms.library', 'Thư viện', { indent: 0 })] : []),
    count('rooms.other', 'Các công trình, khối phòng khác (nếu có)', { indent: 0, optional: true }),
    sum('rooms.total', 'Cộng các khối phòng', keysOf('rooms', groups)),
    share('rooms.solidShare', 'Tỷ lệ phòng học kiên cố (%)', 'rooms.class.solid', 'rooms.class'),
    ratio('rooms.perClass', 'Số phòng học trên một lớp', 'rooms.class', 'classes.total'),
  ]
  return { id: 'rooms', title: '2. Cơ cấu khối công trình của nhà trường', shape: 'years', rows }
}

export const STAFF_ROWS = [
  { key: 'staff.head', label: 'Hiệu trưởng' },
  { key: 'staff.deputies', label: 'Phó Hiệu trưởng' },
  { key: 'staff.teachers', label: 'Giáo viên' },
  { key: 'staff.support', label: 'Nhân viên' },
] as const

const staffTable = (): ColumnsTable => ({
  id: 'staff',
  title: '3. Cán bộ quản lý, giáo viên, nhân viên – a) Số liệu tại thời điểm tự đánh giá',
  shape: 'columns',
  columns: [
    { key: 'total', label: 'Tổng số' },
    { key: 'female', label: 'Nữ' },
    { key: 'ethnic', label: 'Dân tộc thiểu số' },
    { key: 'below', label: 'Chưa đạt chuẩn' },
    { key: 'standard', label: 'Đạt chuẩn' },
    { key: 'above', label: 'Trên chuẩn' },
  ],
  rows: [
    ...STAFF_ROWS.map(({ key, label }) => count(key, label)),
    sum(
      'staff.all',
      'Cộng',
      STAFF_ROWS.map(row => row.key),
    ),
  ],
})

function teachersTable(levels: readonly SchoolLevel[]): YearsTable {
  const preschool = isPreschoolOnly(levels)
  const rows = [
    sameAs('teachers.total', 'Tổng số giáo viên', 'staff.teachers.total'),
    ratio(
      'teachers.perClass',
      preschool ? 'Số giáo viên trên một nhóm, lớp' : 'Số giáo viên trên một lớp',
      'teachers.total',
      'classes.total',
    ),
    ratio(
      'pupils.perTeacher',
      preschool ? 'Số trẻ trên một giáo viên' : 'Số học sinh trên một giáo viên',
      'pupils.total',
      'teachers.total',
    ),
    count('teachers.goodDistrict', 'Giáo viên dạy giỏi cấp huyện', { lastYear: LAST_DISTRICT_YEAR }),
    count('teachers.goodProvince', 'Giáo viên dạy giỏi cấp tỉnh trở lên'),
    share(
      'teachers.standardShare',
      'Tỷ lệ giáo viên đạt chuẩn trình độ đào tạo trở lên (%)',
      'teachers.qualified',
      'teachers.total',
    ),
    sum(
      'teachers.qualified',
      'Giáo viên đạt chuẩn trình độ đào tạo trở lên',
      ['staff.teachers.standard', 'staff.teachers.above'],
      {
        indent: 1,
        total: false,
      },
    ),
  ]
  return {
    id: 'teachers',
    title: '3. Cán bộ quản lý, giáo viên, nhân viên – b) Số liệu của 5 năm gần đây',
    shape: 'years',
    rows,
  }
}

function pupilsTable(levels: readonly SchoolLevel[]): YearsTable {
  const grades = gradesOf(levels)
  const preschool = levels.includes('mam_non')
  const general = levels.some(level => level !== 'mam_non')
  const child = general ? 'học sinh' : 'trẻ'
  const rows = [
    sum('pupils.total', `Tổng số ${child}`, keysOf('pupils', grades)),
    count('pupils.female', 'Nữ'),
    count('pupils.ethnic', 'Dân tộc thiểu số'),
    ...grades.map(grade => count(`pupils.${grade.key}`, grade.label)),
    count('pupils.new', 'Tổng số tuyển mới', { indent: 0 }),
    count('pupils.twoSessions', 'Học 2 buổi/ngày', { indent: 0 }),
    count('pupils.lunch', 'Bán trú', { indent: 0 }),
    ...(general ? [count('pupils.boarding', 'Nội trú', { indent: 0 })] : []),
    ...(preschool
      ? [
          sum('pupils.nursery', 'Trẻ nhà trẻ', keysOf('pupils', NURSERY)),
          sum('pupils.kindergarten', 'Trẻ mẫu giáo', keysOf('pupils', KINDERGARTEN)),
          ratio('pupils.perNursery', 'Bình quân số trẻ trên một nhóm trẻ', 'pupils.nursery', 'classes.nursery'),
          ratio(
            'pupils.perKindergarten',
            'Bình quân số trẻ trên một lớp mẫu giáo',
            'pupils.kindergarten',
            'classes.kindergarten',
          ),
        ]
      : []),
    ...(general
      ? [
          ratio('pupils.perClass', 'Bình quân số học sinh trên một lớp', 'pupils.total', 'classes.total'),
          count('pupils.rightAge', 'Đi học đúng độ tuổi', { indent: 0 }),
          share('pupils.rightAgeShare', 'Tỷ lệ đi học đúng độ tuổi (%)', 'pupils.rightAge', 'pupils.total'),
          count('pupils.goodDistrict', 'Học sinh giỏi cấp huyện', { lastYear: LAST_DISTRICT_YEAR }),
          count('pupils.goodProvince', 'Học sinh giỏi cấp tỉnh'),
          count('pupils.goodNation', 'Học sinh giỏi cấp quốc gia'),
        ]
      : []),
    count('pupils.policy', `Tổng số ${child} thuộc đối tượng chính sách`, { indent: 0 }),
    count('pupils.hardship', `Tổng số ${child} có hoàn cảnh đặc biệt`, { indent: 0 }),
    count('pupils.disabled', `Tổng số ${child} khuyết tật học hòa nhập`, { indent: 0 }),
  ]
  return {
    id: 'pupils',
    title: isPreschoolOnly(levels) ? '4. Trẻ' : '4. Học sinh – a) Số liệu chung',
    shape: 'years',
    rows,
  }
}

const resultsTable = (levels: readonly SchoolLevel[]): readonly YearsTable[] =>
  isPreschoolOnly(levels)
    ? []
    : [
        {
          id: 'results',
          title: '4. Học sinh – b) Kết quả giáo dục',
          shape: 'years',
          rows: inOrder(levels).flatMap(resultRows),
        },
      ]

const equipmentTable = (): YearsTable => ({
  id: 'equipment',
  title: '5. Các số liệu khác – thiết bị công nghệ thông tin',
  shape: 'years',
  rows: [
    count('equipment.pupilComputers', 'Số máy tính học sinh dùng trong phòng máy', { indent: 0, optional: true }),
    count('equipment.officeComputers', 'Số bộ máy tính cho quản lý và giáo viên', { indent: 0, optional: true }),
    count('equipment.printers', 'Số máy in', { indent: 0, optional: true }),
    count('equipment.webcams', 'Số webcam', { indent: 0, optional: true }),
    count('equipment.projectors', 'Số máy chiếu', { indent: 0, optional: true }),
    count('equipment.computerRooms', 'Số phòng máy tính', { indent: 0, optional: true }),
    count('equipment.connectedRooms', 'Số phòng máy tính có nối mạng', { indent: 0, optional: true }),
    count('equipment.teams', 'Số tổ bộ môn', { indent: 0, optional: true }),
    count('equipment.teamsWithComputer', 'Số tổ bộ môn có máy tính dùng riêng', { indent: 0, optional: true }),
    count('equipment.fibre', 'Đường truyền cáp quang (1: có, 0: không)', { indent: 0, optional: true }),
    ratio('equipment.pupilsPerComputer', 'Số học sinh trên một máy tính', 'pupils.total', 'equipment.pupilComputers', {
      indent: 0,
    }),
  ],
})

/** The tables of Phần I for a school of these levels (process § 3.5.1); several levels give the union of their rows. */
export const tablesFor = (levels: readonly SchoolLevel[]): readonly FigureTable[] => [
  classesTable(levels),
  roomsTable(levels),
  staffTable(),
  teachersTable(levels),
  pupilsTable(levels),
  ...resultsTable(levels),
  equipmentTable(),
]
