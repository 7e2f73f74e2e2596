import { actionLife } from '../src/actions/action-machine.ts'
import { type ActionPlace, mayOnAction } from '../src/actions/action-policy.ts'
import { annualLife } from '../src/annual/annual-machine.ts'
import { type AnnualPlace, mayOnAnnual } from '../src/annual/annual-policy.ts'
import { assessmentLife } from '../src/assessments/assessment-machine.ts'
import { type CriterionInPlace, may as mayOnAssessment, mayOnSheet } from '../src/assessments/assessment-policy.ts'
import type { Assessment } from '../src/assessments/assessment.ts'
import { criterionLife } from '../src/assessments/criterion-machine.ts'
import { mayOnBackup } from '../src/backup/backup-policy.ts'
import { mayCatalogue } from '../src/catalogue/catalogue-policy.ts'
import { mayMap } from '../src/catalogue/mapping-policy.ts'
import { mayTree } from '../src/catalogue/tree-policy.ts'
import { evidenceLife } from '../src/evidence/evidence-machine.ts'
import { type Place, may as mayOnEvidence } from '../src/evidence/evidence-policy.ts'
import { type ExternalPlace, mayOnRun, mayOnTitle } from '../src/external/external-policy.ts'
import { runLife } from '../src/external/run-machine.ts'
import { titleLife } from '../src/external/title-machine.ts'
import { type FigureTarget, mayFigure } from '../src/figures/figure-policy.ts'
import { reconciliationLife } from '../src/figures/reconciliation-machine.ts'
import { type ComparedUnit, mayCompareUnit } from '../src/figures/reserve-policy.ts'
import { minutesLife } from '../src/minutes/minutes-machine.ts'
import { type MinutesPlace, mayOnMinutes } from '../src/minutes/minutes-policy.ts'
import { type DelegationTarget, mayDelegate } from '../src/organisations/delegation-policy.ts'
import { operationLife } from '../src/organisations/operation-machine.ts'
import { type OperationTarget, mayOperate } from '../src/organisations/operation-policy.ts'
import { type UnitTarget, mayUnit } from '../src/organisations/unit-policy.ts'
import { type FocalTarget, mayFocal } from '../src/people/focal-policy.ts'
import { may as mayOnPerson } from '../src/people/people-policy.ts'
import { dutyLife } from '../src/periods/duty-machine.ts'
import { periodLife } from '../src/periods/period-machine.ts'
import { type DutyPlace, type PeriodPlace, mayOnDuty, mayOnPeriod } from '../src/periods/period-policy.ts'
import { reviewLife } from '../src/reviews/review-machine.ts'
import { type ReviewPlace, mayOnReview } from '../src/reviews/review-policy.ts'
import { type SumsOf, maySums } from '../src/rollups/rollup-policy.ts'
import { type SeatTarget, maySeat } from '../src/seats/seat-policy.ts'
import {
  EXTERNAL,
  actionOf,
  appointmentsMet,
  byGroup,
  evidenceMet,
  figuresMet,
  inEachState,
  reviewsMet,
  sheetMet,
  treesMet,
  unitsMet,
} from './permission-circumstances.ts'
import { MANAGER, PROVINCE, SCHOOL, YEAR, linesOf } from './permission-lines.ts'

/** The policies as a page in Vietnamese, found by asking each rule about somebody who holds one seat alone. */
export const permissionPage = (): string =>
  [
    '# Ai được làm gì',
    '',
    '<!-- Viết bởi `npm run print:permissions` từ mã nguồn; không sửa tay. -->',
    '',
    'Mỗi dòng là kết quả hỏi thẳng quy tắc trong mã nguồn với người chỉ giữ một nhiệm vụ, ở đúng trường và đúng năm học.',
    'Điều trong ngoặc áp dụng cho mọi người cùng dòng với nó.',
    'Chủ tịch hội đồng thu hẹp hoặc mở rộng được quyền của từng nhóm công tác và từng thành viên (trang Nhóm công tác); bảng',
    'này là quyền khi chủ tịch chưa quyết định khác.',
    'Người giữ nhiều nhiệm vụ có quyền của tất cả: hiệu trưởng thường là chủ tịch hội đồng, trưởng nhóm cũng là thành viên',
    'của nhóm. Có quyền chưa đủ:',
    'bước còn phải có ở trạng thái hiện tại và đủ điều kiện, xem [vòng đời](machines/README.md).',
    '“–”: không ai làm trực tiếp; bước xảy ra cùng một bước khác hoặc khi cấp quản lý xem xét.',
    '',
    ...linesOf<Assessment>({
      title: 'Đợt tự đánh giá',
      rules: mayOnAssessment,
      names: {
        ...assessmentLife.eventNames,
        read: 'Xem',
        editCouncil: 'Soạn danh sách hội đồng',
        editGroups: 'Soạn nhóm công tác',
        editPlan: 'Soạn kế hoạch',
        writeReport: 'Viết phần chữ của báo cáo',
        comment: 'Góp ý cho dự thảo',
        answerComment: 'Trả lời góp ý',
        authorise: 'Ủy quyền điều hành cho phó chủ tịch',
      },
      meets: () => inEachState,
    }),
    ...linesOf<CriterionInPlace>({
      title: 'Phiếu đánh giá tiêu chí',
      rules: mayOnSheet,
      names: { ...criterionLife.eventNames, read: 'Đọc phiếu', write: 'Sửa nội dung phiếu' },
      meets: sheetMet,
    }),
    ...linesOf<Place>({
      title: 'Minh chứng',
      rules: mayOnEvidence,
      names: {
        ...evidenceLife.eventNames,
        read: 'Xem danh mục và tệp thường',
        openSensitive: 'Mở tệp nhạy cảm (có ghi nhật ký)',
        forecast: 'Dự kiến minh chứng',
        edit: 'Sửa mô tả khi chưa kiểm tra',
        editChecked: 'Sửa mô tả sau khi đã kiểm tra',
        addForVisit: 'Bổ sung cho đoàn đánh giá ngoài',
      },
      meets: evidenceMet,
    }),
    ...linesOf<ActionPlace>({
      title: 'Việc cải tiến chất lượng',
      rules: mayOnAction,
      names: actionLife.eventNames,
      meets: role => byGroup(role, actionOf),
    }),
    ...linesOf<ReviewPlace>({
      title: 'Xem xét báo cáo của trường',
      rules: mayOnReview,
      names: {
        ...reviewLife.eventNames,
        read: 'Xem hồ sơ',
        remark: 'Ghi nhận xét, khép câu hỏi',
        assign: 'Phân công người xem xét',
        seeAsSchool: 'Xem kết quả xem xét của trường mình',
        answer: 'Trả lời câu hỏi',
      },
      meets: reviewsMet,
    }),
    ...linesOf<FigureTarget>({
      title: 'Số liệu và phiếu đối sánh',
      rules: mayFigure,
      names: { ...reconciliationLife.eventNames, read: 'Xem', edit: 'Nhập số liệu', assign: 'Giao số liệu' },
      meets: figuresMet,
    }),
    ...linesOf<MinutesPlace>({
      title: 'Biên bản họp',
      rules: mayOnMinutes,
      names: { ...minutesLife.eventNames, read: 'Xem', write: 'Ghi' },
      meets: role => [
        { words: 'của Hội đồng, nhóm thư ký', row: { schoolId: SCHOOL, year: YEAR, kind: 'council' } },
        ...byGroup(role, groupId => ({ schoolId: SCHOOL, year: YEAR, kind: 'group' as const, groupId })).map(
          ({ words, row }) => ({ words: words === '' ? 'của nhóm' : words.replace('tiêu chí của', 'của'), row }),
        ),
      ],
    }),
    ...linesOf<ExternalPlace>({
      title: 'Hồ sơ đánh giá ngoài',
      rules: mayOnRun,
      names: { ...runLife.eventNames, read: 'Xem', register: 'Đăng ký' },
      meets: () => [{ words: '', row: EXTERNAL }],
    }),
    ...linesOf<ExternalPlace>({
      title: 'Danh hiệu',
      rules: mayOnTitle,
      names: { ...titleLife.eventNames, read: 'Xem', record: 'Ghi vào sổ từ hồ sơ giấy' },
      meets: () => [{ words: '', row: EXTERNAL }],
    }),
    ...linesOf<ComparedUnit>({
      title: 'Đối sánh số liệu của một đơn vị quản lý',
      rules: mayCompareUnit,
      names: { read: 'Xem số cộng của các trường', keepReserve: 'Ghi chỉ tiêu dự phòng' },
      meets: () => [
        { words: 'của cấp quản lý trực tiếp', row: { unitId: MANAGER, chain: [MANAGER, PROVINCE] } },
        { words: 'của Sở', row: { unitId: PROVINCE, chain: [PROVINCE] } },
      ],
    }),
    ...linesOf<PeriodPlace>({
      title: 'Kỳ báo cáo',
      rules: mayOnPeriod,
      names: { ...periodLife.eventNames, read: 'Xem', plan: 'Lập, sửa kỳ' },
      meets: () => [
        { words: 'đang chuẩn bị', row: { provinceId: PROVINCE, state: 'planned' } },
        { words: 'đã mở', row: { provinceId: PROVINCE, state: 'open' } },
      ],
    }),
    ...linesOf<DutyPlace>({
      title: 'Báo cáo của đơn vị trong kỳ',
      rules: mayOnDuty,
      names: { ...dutyLife.eventNames, read: 'Xem', remind: 'Nhắc' },
      meets: () => [
        { words: 'của trường', row: { unitId: SCHOOL, parentId: MANAGER, ancestors: [MANAGER, PROVINCE] } },
        { words: 'của cấp quản lý trực tiếp', row: { unitId: MANAGER, parentId: PROVINCE, ancestors: [PROVINCE] } },
      ],
    }),
    ...linesOf<AnnualPlace>({
      title: 'Báo cáo năm của cấp quản lý',
      rules: mayOnAnnual,
      names: { ...annualLife.eventNames, read: 'Xem', write: 'Soạn' },
      meets: () => [
        { words: 'của cấp quản lý trực tiếp', row: { unitId: MANAGER, ancestors: [PROVINCE], everSent: false } },
        { words: 'của cấp quản lý trực tiếp, đã gửi', row: { unitId: MANAGER, ancestors: [PROVINCE], everSent: true } },
        { words: 'của Sở', row: { unitId: PROVINCE, ancestors: [], everSent: false } },
      ],
    }),
    ...linesOf<SumsOf>({
      title: 'Số liệu tổng hợp',
      rules: maySums,
      names: { see: 'Xem tổng hợp và danh sách trường', seeSchool: 'Xem một trường bên cạnh số chung không nêu tên' },
      meets: () => [
        { words: 'của trường', row: { unitId: SCHOOL, chain: [SCHOOL, MANAGER, PROVINCE] } },
        { words: 'của cấp quản lý trực tiếp', row: { unitId: MANAGER, chain: [MANAGER, PROVINCE] } },
        { words: 'của Sở', row: { unitId: PROVINCE, chain: [PROVINCE] } },
      ],
    }),
    ...linesOf<UnitTarget>({
      title: 'Đơn vị, năm học, cài đặt',
      rules: mayUnit,
      names: {
        arrange: 'Thêm, chuyển đơn vị',
        changeProfile: 'Sửa hồ sơ đơn vị',
        changeSetting: 'Đổi cài đặt',
        changeYear: 'Mở, đóng năm học',
      },
      meets: unitsMet,
    }),
    ...linesOf<OperationTarget>({
      title: 'Sắp xếp đơn vị, cụm trường',
      rules: mayOperate,
      names: { ...operationLife.eventNames, plan: 'Soạn', keepClusters: 'Lập, sửa cụm trường' },
      meets: () => [{ words: '', row: { provinceId: PROVINCE } }],
    }),
    ...linesOf<DelegationTarget>({
      title: 'Ủy quyền giữa các cấp quản lý',
      rules: mayDelegate,
      names: { grant: 'Cho, rút ngắn, thu hồi ủy quyền' },
      meets: () => [{ words: '', row: { chain: [MANAGER, PROVINCE] } }],
    }),
    ...linesOf({
      title: 'Tài khoản',
      rules: mayOnPerson,
      names: {
        read: 'Xem',
        create: 'Tạo',
        giveLink: 'Mời, cấp liên kết đặt lại mật khẩu',
        correctContact: 'Sửa thông tin liên hệ',
        endSessions: 'Đăng xuất mọi thiết bị',
        removeSecondFactor: 'Gỡ xác thực hai bước',
        unlinkSignOn: 'Gỡ liên kết đăng nhập chung',
        lock: 'Khóa',
        unlock: 'Mở khóa',
        leave: 'Đóng tài khoản khi thôi làm việc',
        comeBack: 'Mở lại tài khoản',
        viewAs: 'Xem với tư cách người này (chỉ đọc, có lý do, được báo)',
      },
      meets: () => [
        { words: 'người của trường', row: { id: 'somebody', unitId: SCHOOL } },
        { words: 'người của đơn vị khác', row: { id: 'somebody', unitId: MANAGER } },
      ],
    }),
    ...linesOf({
      title: 'Sao lưu',
      rules: mayOnBackup,
      names: { read: 'Xem danh sách và kết quả', make: 'Sao lưu ngay', check: 'Kiểm tra một bản sao lưu' },
      meets: () => [{ words: 'bản sao lưu của hệ thống', row: { id: 'backup' } }],
    }),
    ...linesOf<SeatTarget>({
      title: 'Vị trí công tác',
      rules: maySeat,
      names: {
        read: 'Xem nhân sự',
        appoint: 'Giao vị trí',
        end: 'Kết thúc vị trí',
        delegate: 'Giao quyền hiệu trưởng cho cấp phó trong một số ngày',
      },
      meets: appointmentsMet,
    }),
    ...linesOf<FocalTarget>({
      title: 'Đầu mối của trường',
      rules: mayFocal,
      names: { read: 'Xem', name: 'Đặt, sửa' },
      meets: () => [{ words: '', row: { unitId: SCHOOL, chain: [SCHOOL, MANAGER, PROVINCE] } }],
    }),
    ...linesOf({
      title: 'Bộ tiêu chí của năm học',
      rules: mayCatalogue,
      names: { publish: 'Đưa bộ tiêu chí vào năm học', switchChange: 'Bật, tắt thay đổi của văn bản sửa đổi' },
      meets: () => [{ words: '', row: { provinceId: PROVINCE } }],
    }),
    ...linesOf({
      title: 'Phiên bản bộ tiêu chí và bảng tương ứng',
      rules: mayMap,
      names: { importSet: 'Nhập phiên bản bộ tiêu chí từ tệp', editMapping: 'Lập, sửa, chọn bảng tương ứng' },
      meets: () => [{ words: '', row: { provinceId: PROVINCE } }],
    }),
    ...linesOf({
      title: 'Cây tiêu chí của năm học',
      rules: mayTree,
      names: {
        read: 'Xem bản soạn',
        advise: 'Ghi hướng dẫn, minh chứng, hạn',
        addNodes: 'Thêm, sửa, thôi dùng nút địa phương',
        publish: 'Ban hành',
        decideFrame: 'Chọn phiên bản gốc, chế độ và phạm vi của đơn vị quản lý',
      },
      meets: treesMet,
    }),
  ].join('\n')
