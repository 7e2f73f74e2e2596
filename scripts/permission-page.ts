import { mayOnAction, type ActionPlace } from '../src/actions/action-policy.ts'
import { actionLife } from '../src/actions/action-machine.ts'
import { annualLife } from '../src/annual/annual-machine.ts'
import { mayOnAnnual, type AnnualPlace } from '../src/annual/annual-policy.ts'
import type { Assessment } from '../src/assessments/assessment.ts'
import { assessmentLife } from '../src/assessments/assessment-machine.ts'
import { may as mayOnAssessment, mayOnSheet, type CriterionInPlace } from '../src/assessments/assessment-policy.ts'
import { criterionLife } from '../src/assessments/criterion-machine.ts'
import { mayCatalogue } from '../src/catalogue/catalogue-policy.ts'
import { mayTree, type TreePlace } from '../src/catalogue/tree-policy.ts'
import type { UnitsMayAdd } from '../src/catalogue/year-tree.ts'
import { mayOnRun, mayOnTitle, type ExternalPlace } from '../src/external/external-policy.ts'
import { minutesLife } from '../src/minutes/minutes-machine.ts'
import { mayOnMinutes, type MinutesPlace } from '../src/minutes/minutes-policy.ts'
import { runLife } from '../src/external/run-machine.ts'
import { titleLife } from '../src/external/title-machine.ts'
import { evidenceLife } from '../src/evidence/evidence-machine.ts'
import { may as mayOnEvidence, type Place } from '../src/evidence/evidence-policy.ts'
import { mayFigure, type FigureTarget } from '../src/figures/figure-policy.ts'
import { reconciliationLife } from '../src/figures/reconciliation-machine.ts'
import { MANAGING_ROLES, SCHOOL_ROLES, SEAT_NAMES, type Actor, type Seat, type SeatRole } from '../src/kernel/actor.ts'
import type { Rule } from '../src/kernel/rules.ts'
import { workingYear } from '../src/kernel/working-year.ts'
import { mayDelegate, type DelegationTarget } from '../src/organisations/delegation-policy.ts'
import { operationLife } from '../src/organisations/operation-machine.ts'
import { mayOperate, type OperationTarget } from '../src/organisations/operation-policy.ts'
import { mayUnit, type UnitTarget } from '../src/organisations/unit-policy.ts'
import { mayFocal, type FocalTarget } from '../src/people/focal-policy.ts'
import { may as mayOnPerson } from '../src/people/people-policy.ts'
import { reviewLife } from '../src/reviews/review-machine.ts'
import { mayOnReview, type ReviewPlace } from '../src/reviews/review-policy.ts'
import { dutyLife } from '../src/periods/duty-machine.ts'
import { mayOnDuty, mayOnPeriod, type DutyPlace, type PeriodPlace } from '../src/periods/period-policy.ts'
import { periodLife } from '../src/periods/period-machine.ts'
import { maySums, type SumsOf } from '../src/rollups/rollup-policy.ts'
import { OFFICE_ROLES } from '../src/seats/office-seat.ts'

const YEAR = workingYear('2025-2026')
const [SCHOOL, MANAGER, PROVINCE, OWN_GROUP, OTHER_GROUP] = ['school', 'manager', 'province', 'own', 'other']
const PERSON = 'person'

const PROVINCE_ROLES: readonly SeatRole[] = ['provinceOfficer', 'provinceLead', 'itAdmin']
const ROLES: readonly SeatRole[] = [...SCHOOL_ROLES, ...MANAGING_ROLES, 'itAdmin']

const unitOf = (role: SeatRole): string =>
  SCHOOL_ROLES.includes(role) ? SCHOOL : PROVINCE_ROLES.includes(role) ? PROVINCE : MANAGER

const isGroupRole = (role: SeatRole): boolean => role === 'groupLead' || role === 'groupMember'
const isOffice = (role: SeatRole): boolean => OFFICE_ROLES.some(office => office === role)

/** Somebody who holds this one seat and nothing else. */
const holderOf = (role: SeatRole): Actor => {
  const seat: Seat = {
    role,
    unitId: unitOf(role),
    from: '2020-01-01',
    ...(!isOffice(role) && { year: YEAR }),
    ...(isGroupRole(role) && { groupId: OWN_GROUP }),
  }
  return { personId: PERSON, name: SEAT_NAMES[role], seats: [seat] }
}

/** A record that the holder of a seat meets, and what is special about it. */
interface Circumstance<Row> {
  readonly words: string
  readonly row: Row
}

/** The seats that a rule lets through, each with the circumstances when it is not all of them; equal ones share theirs. */
function whoPasses<Row>(rule: Rule<Row>, meets: (role: SeatRole) => readonly Circumstance<Row>[]): string {
  const rolesWhen = new Map<string, string[]>()
  for (const role of ROLES) {
    const circumstances = meets(role)
    const passed = circumstances.filter(({ row }) => rule(holderOf(role), row))
    if (passed.length === 0) continue
    const when = passed.length === circumstances.length ? '' : ` (${passed.map(({ words }) => words).join(', ')})`
    rolesWhen.set(when, [...(rolesWhen.get(when) ?? []), SEAT_NAMES[role]])
  }
  return rolesWhen.size === 0 ? '–' : [...rolesWhen].map(([when, roles]) => roles.join('; ') + when).join('<br>')
}

interface Section<Row> {
  readonly title: string
  readonly rules: Readonly<Record<string, Rule<Row>>>
  readonly names: Readonly<Record<string, string>>
  readonly meets: (role: SeatRole) => readonly Circumstance<Row>[]
}

function linesOf<Row>({ title, rules, names, meets }: Section<Row>): readonly string[] {
  return [
    `## ${title}`,
    '',
    '| Việc | Ai được làm |',
    '| --- | --- |',
    ...Object.entries(rules).map(([right, rule]) => `| ${names[right] ?? right} | ${whoPasses(rule, meets)} |`),
    '',
  ]
}

/** Rules read these fields of an assessment and no others. */
const assessmentIn = (state: string): Assessment =>
  ({
    id: `${SCHOOL}.${YEAR}`,
    schoolId: SCHOOL,
    year: YEAR,
    ancestors: [MANAGER, PROVINCE],
    state,
  }) as unknown as Assessment

const inEachState = Object.entries<string>(assessmentLife.stateNames).map(([state, name]) => ({
  words: `“${name}”`,
  row: assessmentIn(state),
}))

const byGroup = <Row>(role: SeatRole, rowOf: (groupId: string) => Row): readonly Circumstance<Row>[] =>
  isGroupRole(role)
    ? [
        { words: 'tiêu chí của nhóm mình', row: rowOf(OWN_GROUP) },
        { words: 'tiêu chí của nhóm khác', row: rowOf(OTHER_GROUP) },
      ]
    : [{ words: '', row: rowOf(OTHER_GROUP) }]

const sheetOf = (groupId: string): CriterionInPlace => ({ schoolId: SCHOOL, year: YEAR, groupId })

const sheetMet = (role: SeatRole): readonly Circumstance<CriterionInPlace>[] =>
  role === 'viceChair'
    ? [
        { words: 'khi được ủy quyền điều hành', row: { ...sheetOf(OTHER_GROUP), presidingId: PERSON } },
        { words: 'khi không được ủy quyền', row: sheetOf(OTHER_GROUP) },
      ]
    : byGroup(role, sheetOf)

const actionOf = (groupId: string): ActionPlace => ({ schoolId: SCHOOL, year: YEAR, groupId })

const evidencePlace = (groupId: string, ancestors: readonly string[]): Place => ({
  criterion: '1.1',
  dossier: {
    id: `${SCHOOL}.${YEAR}`,
    schoolId: SCHOOL,
    schoolName: '',
    year: YEAR,
    ancestors,
    collecting: true,
    adopted: false,
    criteria: [{ code: '1.1', title: '', groupId, typicalEvidence: [] }],
  },
})

/** A dossier names the managing units only once the report has been sent. */
const evidenceMet = (role: SeatRole): readonly Circumstance<Place>[] =>
  MANAGING_ROLES.includes(role)
    ? [
        { words: 'báo cáo đã gửi', row: evidencePlace(OWN_GROUP, [MANAGER, PROVINCE]) },
        { words: 'báo cáo chưa gửi', row: evidencePlace(OWN_GROUP, []) },
      ]
    : byGroup(role, groupId => evidencePlace(groupId, []))

const figuresOf = (managerId: string): FigureTarget => ({
  schoolId: SCHOOL,
  year: YEAR,
  managerId,
  chain: [SCHOOL, MANAGER, PROVINCE],
})

const figuresMet = (role: SeatRole): readonly Circumstance<FigureTarget>[] =>
  MANAGING_ROLES.includes(role)
    ? [
        { words: 'trường do đơn vị mình trực tiếp quản lý', row: figuresOf(unitOf(role)) },
        { words: 'trường do đơn vị khác trực tiếp quản lý', row: figuresOf('another') },
      ]
    : [{ words: '', row: figuresOf(MANAGER) }]

const EXTERNAL: ExternalPlace = { schoolId: SCHOOL, ancestors: [MANAGER, PROVINCE] }

const reviewOf = (handlerId: string): ReviewPlace => ({
  id: `${SCHOOL}.${YEAR}`,
  schoolId: SCHOOL,
  year: YEAR,
  unitId: MANAGER,
  handlerId,
  provinceId: PROVINCE,
})

const reviewsMet = (role: SeatRole): readonly Circumstance<ReviewPlace>[] =>
  MANAGING_ROLES.includes(role)
    ? [
        { words: 'hồ sơ cấp quản lý trực tiếp xem xét', row: reviewOf(MANAGER) },
        { words: 'hồ sơ Sở xem xét', row: reviewOf(PROVINCE) },
      ]
    : [{ words: '', row: reviewOf(MANAGER) }]

const unitsMet = (): readonly Circumstance<UnitTarget>[] => [
  { words: 'trường', row: { unitId: SCHOOL, kind: 'school', chain: [SCHOOL, MANAGER, PROVINCE] } },
  { words: 'cấp quản lý trực tiếp', row: { unitId: MANAGER, kind: 'commune', chain: [MANAGER, PROVINCE] } },
  { words: 'Sở', row: { unitId: PROVINCE, kind: 'province', chain: [PROVINCE] } },
]

const treeOf = (unitId: string, unitsMayAdd: UnitsMayAdd): TreePlace => ({ unitId, provinceId: PROVINCE, unitsMayAdd })

const treesMet = (role: SeatRole): readonly Circumstance<TreePlace>[] => [
  { words: 'cây của Sở', row: treeOf(PROVINCE, 'nothing') },
  ...(role.startsWith('middle') || role.startsWith('province')
    ? [
        { words: 'cây của đơn vị, Sở chỉ cho hướng dẫn', row: treeOf(MANAGER, 'guidance') },
        { words: 'cây của đơn vị, Sở cho thêm nút', row: treeOf(MANAGER, 'criteria') },
        { words: 'cây của đơn vị, Sở không cho bổ sung', row: treeOf(MANAGER, 'nothing') },
      ]
    : []),
]

/** The policies as a page in Vietnamese, found by asking each rule about somebody who holds one seat alone. */
export const permissionPage = (): string =>
  [
    '# Ai được làm gì',
    '',
    '<!-- Viết bởi `npm run print:permissions` từ mã nguồn; không sửa tay. -->',
    '',
    'Mỗi dòng là kết quả hỏi thẳng quy tắc trong mã nguồn với người chỉ giữ một nhiệm vụ, ở đúng trường và đúng năm học.',
    'Điều trong ngoặc áp dụng cho mọi người cùng dòng với nó.',
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
      names: { ...criterionLife.eventNames, write: 'Sửa nội dung phiếu' },
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
