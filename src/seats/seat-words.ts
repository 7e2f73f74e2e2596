import type { SeatRole } from '../kernel/actor.ts'
import type { Body, PostKind } from './office-seat.ts'

/** Vietnamese name of each seat (process § 2). */
export const ROLE_NAMES: Readonly<Record<SeatRole, string>> = {
  head: 'Hiệu trưởng',
  chair: 'Chủ tịch hội đồng tự đánh giá',
  viceChair: 'Phó chủ tịch hội đồng tự đánh giá',
  secretary: 'Thư ký hội đồng tự đánh giá',
  councilMember: 'Ủy viên hội đồng tự đánh giá',
  secretariat: 'Thành viên nhóm thư ký',
  groupLead: 'Trưởng nhóm công tác',
  groupMember: 'Thành viên nhóm công tác',
  clerk: 'Văn thư',
  staff: 'Cán bộ, giáo viên, nhân viên',
  middleOfficer: 'Chuyên viên cấp quản lý trực tiếp',
  middleLead: 'Lãnh đạo cấp quản lý trực tiếp',
  provinceOfficer: 'Chuyên viên Sở',
  provinceLead: 'Lãnh đạo Sở',
  itAdmin: 'Quản trị hệ thống',
}

/** `Thư ký hội đồng tự đánh giá – Trường THCS …`: how a seat is named beside a person. */
export const seatLabel = (seat: { readonly role: SeatRole }, unitName?: string): string =>
  unitName === undefined ? ROLE_NAMES[seat.role] : `${ROLE_NAMES[seat.role]} – ${unitName}`

export const POST_KIND_NAMES: Readonly<Record<PostKind, string>> = {
  principal: 'Hiệu trưởng',
  deputy: 'Phó Hiệu trưởng',
  teamLead: 'Tổ trưởng chuyên môn',
  officeLead: 'Tổ trưởng văn phòng',
  teacher: 'Giáo viên',
  staff: 'Nhân viên',
  officer: 'Công chức, chuyên viên',
}

export const BODY_NAMES: Readonly<Record<Body, string>> = {
  schoolBoard: 'Hội đồng trường (trường tư thục: hội đồng quản trị)',
  subjectTeams: 'Tổ trưởng tổ chuyên môn',
  officeTeam: 'Tổ trưởng tổ văn phòng',
  otherSections: 'Trưởng bộ phận khác',
  partyCell: 'Chi bộ Đảng',
  tradeUnion: 'Công đoàn',
  youthUnion: 'Đoàn Thanh niên, Đội Thiếu niên',
  teachers: 'Giáo viên',
}

/** What each seat is there for, may do, and may not (process § 2, Điều 25): shown on `/quyen-va-nhiem-vu`. */
export interface Duties {
  readonly role: SeatRole
  readonly holder: string
  readonly duties: readonly string[]
  readonly limits?: string
}

export const DUTIES: readonly Duties[] = [
  {
    role: 'head',
    holder: 'Mỗi trường một người, theo quyết định bổ nhiệm; đồng thời là chủ tịch hội đồng',
    duties: [
      'Mở đợt tự đánh giá, ký quyết định thành lập hội đồng',
      'Ký báo cáo, công văn; công bố và gửi báo cáo lên cấp quản lý trực tiếp',
      'Xác nhận phiếu đối sánh số liệu',
      'Cập nhật hồ sơ trường và danh sách nhân sự của trường',
    ],
  },
  {
    role: 'chair',
    holder: 'Hiệu trưởng',
    duties: [
      'Phê duyệt kế hoạch, thành lập nhóm thư ký và các nhóm công tác',
      'Đặt quyền của từng nhóm công tác và từng thành viên trong nhóm',
      'Điều hành hội đồng, giải quyết vướng mắc khi chưa thống nhất',
      'Chốt báo cáo tự đánh giá để hội đồng thông qua',
    ],
  },
  {
    role: 'viceChair',
    holder: 'Phó hiệu trưởng',
    duties: ['Thực hiện nhiệm vụ do chủ tịch phân công', 'Điều hành hội đồng khi được ủy quyền'],
  },
  {
    role: 'secretary',
    holder: 'Tổ trưởng chuyên môn, tổ trưởng văn phòng hoặc giáo viên có năng lực',
    duties: [
      'Ghi biên bản các cuộc họp',
      'Quản lý danh mục mã minh chứng',
      'Tổng hợp báo cáo, theo dõi số liệu Phần I',
    ],
  },
  {
    role: 'councilMember',
    holder: 'Đại diện các tổ chức, tổ chuyên môn, bộ phận theo Điều 24',
    duties: ['Thảo luận, biểu quyết và ký tên', 'Làm trưởng nhóm công tác khi được giao'],
  },
  {
    role: 'secretariat',
    holder: '2–3 người do chủ tịch hội đồng chọn',
    duties: ['Mã hóa minh chứng', 'Ghép văn bản, rà soát thể thức', 'Nhập số liệu Phần I'],
  },
  {
    role: 'groupLead',
    holder: 'Một ủy viên hội đồng',
    duties: ['Phân công tiêu chí trong nhóm', 'Xác nhận phiếu đánh giá tiêu chí rồi trình hội đồng'],
  },
  {
    role: 'groupMember',
    holder: 'Cán bộ, giáo viên, nhân viên; không nhất thiết ở trong hội đồng',
    duties: ['Thu thập, xử lý minh chứng của tiêu chí được giao', 'Viết phiếu đánh giá tiêu chí'],
    limits: 'Chỉ sửa các tiêu chí của nhóm mình; chủ tịch hội đồng có thể đặt quyền khác cho cả nhóm hoặc từng người.',
  },
  {
    role: 'clerk',
    holder: 'Nhân viên văn thư của trường',
    duties: ['Cấp số, ngày, đóng dấu và lưu văn bản', 'Nhập số liệu Phần I'],
  },
  {
    role: 'staff',
    holder: 'Mọi cán bộ, giáo viên, nhân viên của trường',
    duties: ['Đọc dự thảo báo cáo và góp ý trong thời gian lấy ý kiến', 'Cung cấp minh chứng khi được hỏi'],
  },
  {
    role: 'middleOfficer',
    holder: 'Chuyên viên Phòng GD&ĐT (đến 30/6/2025), công chức Phòng Văn hóa – Xã hội (từ 01/7/2025)',
    duties: ['Đọc, nhận xét báo cáo của các trường trực thuộc', 'Tổng hợp số liệu của đơn vị'],
    limits: 'Không xem xét hồ sơ của trường mà mình có tên trong hội đồng hoặc nhóm công tác.',
  },
  {
    role: 'middleLead',
    holder: 'Lãnh đạo Phòng GD&ĐT (đến 30/6/2025), lãnh đạo UBND cấp xã (từ 01/7/2025)',
    duties: [
      'Tiếp nhận, trả lại hoặc chấp nhận báo cáo',
      'Gửi báo cáo tổng hợp về Sở',
      'Cập nhật hiệu trưởng các trường',
    ],
    limits: 'Không xem xét hồ sơ của trường mà mình có tên trong hội đồng hoặc nhóm công tác.',
  },
  {
    role: 'provinceOfficer',
    holder: 'Chuyên viên phòng phụ trách khảo thí và quản lý chất lượng của Sở',
    duties: [
      'Đưa bộ tiêu chí vào năm học, mở kỳ báo cáo',
      'Thẩm định hồ sơ, lập đoàn đánh giá ngoài',
      'Tổng hợp toàn tỉnh',
    ],
  },
  {
    role: 'provinceLead',
    holder: 'Lãnh đạo Sở GD&ĐT',
    duties: ['Mở và đóng năm học', 'Công nhận, thu hồi danh hiệu', 'Ký báo cáo gửi Bộ'],
  },
  {
    role: 'itAdmin',
    holder: 'Tổ công nghệ thông tin của Sở',
    duties: ['Quản lý tài khoản, đơn vị, nhân sự toàn tỉnh', 'Nhập danh mục bộ tiêu chí'],
    limits: 'Không có quyền trên nội dung: không sửa phiếu, minh chứng, số liệu, báo cáo của trường.',
  },
]
