import type { CouncilRole } from '../assessments/index.ts'
import type { Body, OfficeRole, PostKind } from '../seats/index.ts'
import { COMMUNES, FULL_PRIMARY, FULL_SECONDARY, PROVINCE, type SchoolPlan } from './province.ts'

/** A person of the demonstration with the post they hold in their unit. */
export interface Player {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly unitId: string
  readonly role: OfficeRole
  readonly post: string
  readonly postKind: PostKind
  readonly represents: readonly Body[]
  readonly councilRole?: CouncilRole
  /** Number of the working group, and whether they lead it. */
  readonly group?: number
  readonly leads?: boolean
  readonly secretariat?: boolean
}

type Part = Omit<Player, 'id' | 'username' | 'name' | 'unitId'> & { readonly key: string; readonly title: string }

const teacher = { role: 'staff', post: 'Giáo viên', postKind: 'teacher', represents: [] } as const

/** Nine of the council, three of the secretariat, five groups, a clerk and a teacher who belongs to none of them. */
const FULL_CAST: readonly Part[] = [
  {
    key: 'hieutruong',
    title: 'Nguyễn Văn Hiệu Trưởng',
    role: 'head',
    post: 'Hiệu trưởng',
    postKind: 'principal',
    represents: ['schoolBoard', 'partyCell'],
    councilRole: 'chair',
  },
  {
    key: 'phohieutruong',
    title: 'Trần Thị Phó Hiệu Trưởng',
    role: 'staff',
    post: 'Phó Hiệu trưởng',
    postKind: 'deputy',
    represents: ['partyCell'],
    councilRole: 'viceChair',
  },
  {
    key: 'thuky',
    title: 'Lê Thị Thư Ký',
    role: 'staff',
    post: 'Tổ trưởng tổ chuyên môn số 1',
    postKind: 'teamLead',
    represents: ['subjectTeams'],
    councilRole: 'secretary',
  },
  {
    key: 'truongnhom1',
    title: 'Phạm Văn Trưởng Nhóm Một',
    role: 'staff',
    post: 'Tổ trưởng tổ chuyên môn số 2',
    postKind: 'teamLead',
    represents: ['subjectTeams'],
    councilRole: 'member',
    group: 1,
    leads: true,
  },
  {
    key: 'truongnhom2',
    title: 'Hoàng Thị Trưởng Nhóm Hai',
    role: 'staff',
    post: 'Chủ tịch Công đoàn',
    postKind: 'teacher',
    represents: ['tradeUnion'],
    councilRole: 'member',
    group: 2,
    leads: true,
  },
  {
    key: 'truongnhom3',
    title: 'Vũ Văn Trưởng Nhóm Ba',
    role: 'staff',
    post: 'Tổ trưởng tổ Văn phòng',
    postKind: 'officeLead',
    represents: ['officeTeam'],
    councilRole: 'member',
    group: 3,
    leads: true,
  },
  {
    key: 'truongnhom4',
    title: 'Đặng Thị Trưởng Nhóm Bốn',
    role: 'staff',
    post: 'Tổng phụ trách Đội',
    postKind: 'teacher',
    represents: ['youthUnion'],
    councilRole: 'member',
    group: 4,
    leads: true,
  },
  {
    key: 'truongnhom5',
    title: 'Bùi Văn Trưởng Nhóm Năm',
    role: 'staff',
    post: 'Tổ phó tổ chuyên môn số 2',
    postKind: 'teacher',
    represents: ['teachers'],
    councilRole: 'member',
    group: 5,
    leads: true,
  },
  { ...teacher, key: 'nhomthuky1', title: 'Đỗ Thị Nhóm Thư Ký', secretariat: true, councilRole: 'member' },
  { ...teacher, key: 'nhomthuky2', title: 'Hồ Văn Nhóm Thư Ký', secretariat: true },
  { ...teacher, key: 'thanhvien1', title: 'Ngô Thị Thành Viên Một', group: 1 },
  { ...teacher, key: 'thanhvien2', title: 'Dương Văn Thành Viên Hai', group: 2 },
  { ...teacher, key: 'thanhvien3', title: 'Lý Thị Thành Viên Ba', group: 3 },
  { ...teacher, key: 'thanhvien4', title: 'Phan Văn Thành Viên Bốn', group: 4 },
  { ...teacher, key: 'thanhvien5', title: 'Mai Thị Thành Viên Năm', group: 5 },
  { ...teacher, key: 'thanhvien6', title: 'Cao Văn Thành Viên Sáu', group: 1 },
  { ...teacher, key: 'thanhvien7', title: 'Tạ Thị Thành Viên Bảy', group: 5 },
  {
    key: 'vanthu',
    title: 'Đinh Thị Văn Thư',
    role: 'clerk',
    post: 'Nhân viên văn thư',
    postKind: 'staff',
    represents: [],
  },
  { ...teacher, key: 'giaovien', title: 'Trịnh Văn Giáo Viên' },
]

/** The smallest lawful cast: seven on the council, two groups, one more in the secretariat. */
const SHORT_CAST: readonly Part[] = [
  ...FULL_CAST.slice(0, 5),
  {
    ...teacher,
    key: 'uyvien1',
    title: 'Vũ Thị Ủy Viên',
    councilRole: 'member',
    represents: ['officeTeam', 'youthUnion'],
  },
  { ...teacher, key: 'uyvien2', title: 'Đặng Văn Ủy Viên', councilRole: 'member', represents: ['teachers'] },
  { ...teacher, key: 'nhomthuky1', title: 'Đỗ Thị Nhóm Thư Ký', secretariat: true },
  { ...teacher, key: 'nhomthuky2', title: 'Hồ Văn Nhóm Thư Ký', secretariat: true },
  { ...teacher, key: 'thanhvien1', title: 'Ngô Thị Thành Viên', group: 1 },
  { ...teacher, key: 'thanhvien2', title: 'Dương Văn Thành Viên', group: 2 },
]

export const isToldInFull = (plan: Pick<SchoolPlan, 'id'>): boolean =>
  plan.id === FULL_SECONDARY.id || plan.id === FULL_PRIMARY.id

/** Everybody of a school. People of the first school have plain user names, others carry their school's id. */
export function castOf(plan: SchoolPlan): readonly Player[] {
  const isFirst = plan.id === FULL_SECONDARY.id
  const parts = isToldInFull(plan) ? FULL_CAST : SHORT_CAST
  return parts.map(({ key, title, ...part }) => ({
    ...part,
    id: `demo-${plan.id}-${key}`,
    username: isFirst ? key : `${key}.${plan.id}`,
    name: isFirst ? `${title} Mẫu` : `${title} ${plan.symbol}`,
    unitId: plan.id,
  }))
}

/** Officers of the Sở and of each commune. */
export const OFFICERS: readonly Player[] = [
  officer('quantri', 'Quản Trị Hệ Thống Mẫu', PROVINCE.id, 'itAdmin', 'Chuyên viên công nghệ thông tin'),
  officer('lanhdaoso', 'Nguyễn Thị Lãnh Đạo Sở Mẫu', PROVINCE.id, 'provinceLead', 'Phó Giám đốc Sở'),
  officer(
    'chuyenvienso',
    'Trần Văn Chuyên Viên Sở Mẫu',
    PROVINCE.id,
    'provinceOfficer',
    'Chuyên viên phòng Khảo thí và Quản lý chất lượng',
  ),
  ...COMMUNES.flatMap(({ id, name, symbol }, index) => {
    const suffix = index === 0 ? '' : `.${symbol.toLowerCase()}`
    const place = name.replace(/^(xã|phường|đặc khu) /, '')
    return [
      officer(`lanhdaoxa${suffix}`, `Lê Văn Lãnh Đạo ${place}`, id, 'middleLead', `Phó Chủ tịch UBND ${name}`),
      officer(
        `chuyenvienxa${suffix}`,
        `Phạm Thị Chuyên Viên ${place}`,
        id,
        'middleOfficer',
        'Công chức phòng Văn hóa – Xã hội',
      ),
    ]
  }),
]

function officer(username: string, name: string, unitId: string, role: OfficeRole, post: string): Player {
  return { id: `demo-${username}`, username, name, unitId, role, post, postKind: 'officer', represents: [] }
}

/** One way into the demonstration: who signs in, and what is worth trying. */
export interface DemoAccount {
  readonly username: string
  readonly who: string
  readonly tryThis: string
}

export const DEMO_PASSWORD = 'minhhoa-2026!'

const HERE = FULL_SECONDARY.name

/** Its report of the running year came back; its head is among the listed accounts. */
export const RETURNED_SCHOOL = 'th-3'

/** Person id of the lead of the Sở. */
export const PROVINCE_LEAD = 'demo-lanhdaoso'

/** Person id of the Sở's officer for accreditation. */
export const PROVINCE_OFFICER = 'demo-chuyenvienso'

export const demoAccounts: readonly DemoAccount[] = [
  {
    username: 'hieutruong',
    who: `Hiệu trưởng, chủ tịch hội đồng – ${HERE}`,
    tryThis: 'thống nhất các phiếu đang chờ, xem báo cáo năm trước',
  },
  {
    username: 'thuky',
    who: `Thư ký hội đồng – ${HERE}`,
    tryThis: 'theo dõi tiến độ, trả phiếu về nhóm, viết báo cáo',
  },
  {
    username: 'truongnhom1',
    who: `Trưởng nhóm 1 (Tiêu chuẩn 1) – ${HERE}`,
    tryThis: 'xác nhận hoặc trả lại phiếu thành viên vừa nộp',
  },
  {
    username: 'thanhvien1',
    who: `Thành viên nhóm 1 – ${HERE}`,
    tryThis: 'viết phiếu, dẫn minh chứng, sửa phiếu bị trả lại',
  },
  {
    username: 'nhomthuky1',
    who: `Nhóm thư ký – ${HERE}`,
    tryThis: 'kiểm tra và mã hóa minh chứng, nhập số liệu',
  },
  { username: 'vanthu', who: `Văn thư – ${HERE}`, tryThis: 'nhập số liệu Phần I' },
  {
    username: 'giaovien',
    who: `Giáo viên không thuộc nhóm nào – ${HERE}`,
    tryThis: 'xem và góp ý khi dự thảo được lấy ý kiến',
  },
  {
    username: `giaovien.${FULL_PRIMARY.id}`,
    who: `Giáo viên – ${FULL_PRIMARY.name}`,
    tryThis: 'góp ý cho dự thảo báo cáo đang lấy ý kiến',
  },
  {
    username: 'chuyenvienxa',
    who: 'Công chức UBND xã Ví Dụ Đông',
    tryThis: 'xem xét báo cáo các trường đã gửi, xác nhận đối sánh số liệu, duyệt báo cáo kỳ',
  },
  {
    username: 'lanhdaoxa',
    who: 'Lãnh đạo UBND xã Ví Dụ Đông',
    tryThis: 'chấp nhận hoặc trả hồ sơ, giao số liệu, ký báo cáo tổng hợp của xã',
  },
  {
    username: `hieutruong.${RETURNED_SCHOOL}`,
    who: 'Hiệu trưởng – Trường Tiểu học Mẫu Số 3',
    tryThis: 'xem hai lý do báo cáo bị trả lại, sửa và gửi lại (có sau vài phút)',
  },
  {
    username: 'chuyenvienso',
    who: 'Chuyên viên Sở',
    tryThis: 'bảng tổng hợp toàn tỉnh, kỳ báo cáo đang mở, sổ đánh giá ngoài và danh hiệu',
  },
  {
    username: 'lanhdaoso',
    who: 'Lãnh đạo Sở',
    tryThis: 'báo cáo năm của Sở năm học trước, quyết định công nhận, mở và đóng năm học',
  },
  { username: 'quantri', who: 'Quản trị hệ thống của Sở', tryThis: 'tài khoản, đơn vị; không xem được nội dung' },
]
