import type { ActionPlace } from '../src/actions/action-policy.ts'
import { assessmentLife, type AssessmentState } from '../src/assessments/assessment-machine.ts'
import type { CriterionInPlace } from '../src/assessments/assessment-policy.ts'
import type { Assessment } from '../src/assessments/assessment.ts'
import type { TreePlace } from '../src/catalogue/tree-policy.ts'
import type { UnitsMayAdd } from '../src/catalogue/year-tree.ts'
import type { Place } from '../src/evidence/evidence-policy.ts'
import type { ExternalPlace } from '../src/external/external-policy.ts'
import type { FigureTarget } from '../src/figures/figure-policy.ts'
import { MANAGING_ROLES, type SeatRole } from '../src/kernel/actor.ts'
import type { UnitTarget } from '../src/organisations/unit-policy.ts'
import type { ReviewPlace } from '../src/reviews/review-policy.ts'
import type { OfficeRole } from '../src/seats/office-seat.ts'
import type { SeatTarget } from '../src/seats/seat-policy.ts'
import {
  type Circumstance,
  MANAGER,
  OTHER_GROUP,
  OWN_GROUP,
  PERSON,
  PROVINCE,
  SCHOOL,
  YEAR,
  isGroupRole,
  unitOf,
} from './permission-lines.ts'

/** Rules read these fields of an assessment and no others. */
const assessmentIn = (state: string): Assessment =>
  ({
    id: `${SCHOOL}.${YEAR}`,
    schoolId: SCHOOL,
    year: YEAR,
    ancestors: [MANAGER, PROVINCE],
    state,
  }) as unknown as Assessment

export const inEachState = Object.entries<string>(assessmentLife.stateNames).map(([state, name]) => ({
  words: `“${name}”`,
  row: assessmentIn(state),
}))

export const byGroup = <Row>(role: SeatRole, rowOf: (groupId: string) => Row): readonly Circumstance<Row>[] =>
  isGroupRole(role)
    ? [
        { words: 'tiêu chí của nhóm mình', row: rowOf(OWN_GROUP) },
        { words: 'tiêu chí của nhóm khác', row: rowOf(OTHER_GROUP) },
      ]
    : [{ words: '', row: rowOf(OTHER_GROUP) }]

const sheetOf = (groupId: string, state: AssessmentState = 'working'): CriterionInPlace => ({
  schoolId: SCHOOL,
  year: YEAR,
  code: '1.1',
  state,
  ancestors: [MANAGER, PROVINCE],
  groupId,
})

export const sheetMet = (role: SeatRole): readonly Circumstance<CriterionInPlace>[] =>
  role === 'viceChair'
    ? [
        { words: 'khi được ủy quyền điều hành', row: { ...sheetOf(OTHER_GROUP), presidingId: PERSON } },
        { words: 'khi không được ủy quyền', row: sheetOf(OTHER_GROUP) },
      ]
    : MANAGING_ROLES.includes(role)
      ? [
          { words: 'báo cáo đã gửi', row: sheetOf(OWN_GROUP, 'submitted') },
          { words: 'báo cáo chưa gửi', row: sheetOf(OWN_GROUP) },
        ]
      : byGroup(role, groupId => sheetOf(groupId))

export const actionOf = (groupId: string): ActionPlace => ({ schoolId: SCHOOL, year: YEAR, code: '1.1', groupId })

const evidencePlace = (groupId: string, ancestors: readonly string[]): Place => ({
  criterion: '1.1',
  dossier: {
    id: `${SCHOOL}.${YEAR}`,
    schoolId: SCHOOL,
    year: YEAR,
    ancestors,
    criteria: [{ code: '1.1', groupId }],
  },
})

/** A dossier names the managing units only once the report has been sent. */
export const evidenceMet = (role: SeatRole): readonly Circumstance<Place>[] =>
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

export const figuresMet = (role: SeatRole): readonly Circumstance<FigureTarget>[] =>
  MANAGING_ROLES.includes(role)
    ? [
        { words: 'trường do đơn vị mình trực tiếp quản lý', row: figuresOf(unitOf(role)) },
        { words: 'trường do đơn vị khác trực tiếp quản lý', row: figuresOf('another') },
      ]
    : [{ words: '', row: figuresOf(MANAGER) }]

export const EXTERNAL: ExternalPlace = { schoolId: SCHOOL, ancestors: [MANAGER, PROVINCE] }

const reviewOf = (handlerId: string): ReviewPlace => ({
  id: `${SCHOOL}.${YEAR}`,
  schoolId: SCHOOL,
  year: YEAR,
  unitId: MANAGER,
  handlerId,
  provinceId: PROVINCE,
})

export const reviewsMet = (role: SeatRole): readonly Circumstance<ReviewPlace>[] =>
  MANAGING_ROLES.includes(role)
    ? [
        { words: 'hồ sơ cấp quản lý trực tiếp xem xét', row: reviewOf(MANAGER) },
        { words: 'hồ sơ Sở xem xét', row: reviewOf(PROVINCE) },
      ]
    : [{ words: '', row: reviewOf(MANAGER) }]

export const unitsMet = (): readonly Circumstance<UnitTarget>[] => [
  { words: 'trường', row: { unitId: SCHOOL, kind: 'school', chain: [SCHOOL, MANAGER, PROVINCE] } },
  { words: 'cấp quản lý trực tiếp', row: { unitId: MANAGER, kind: 'commune', chain: [MANAGER, PROVINCE] } },
  { words: 'Sở', row: { unitId: PROVINCE, kind: 'province', chain: [PROVINCE] } },
]

const treeOf = (unitId: string, unitsMayAdd: UnitsMayAdd): TreePlace => ({ unitId, provinceId: PROVINCE, unitsMayAdd })

export const treesMet = (role: SeatRole): readonly Circumstance<TreePlace>[] => [
  { words: 'cây của Sở', row: treeOf(PROVINCE, 'nothing') },
  ...(role.startsWith('middle') || role.startsWith('province')
    ? [
        { words: 'cây của đơn vị, Sở chỉ cho hướng dẫn', row: treeOf(MANAGER, 'guidance') },
        { words: 'cây của đơn vị, Sở cho thêm nút', row: treeOf(MANAGER, 'criteria') },
        { words: 'cây của đơn vị, Sở không cho bổ sung', row: treeOf(MANAGER, 'nothing') },
      ]
    : []),
]

const seatIn = (unitId: string, role: OfficeRole, chain: readonly string[]): SeatTarget => ({
  unitId,
  isSchool: unitId === SCHOOL,
  role,
  managerId: chain[1] ?? '',
  chain,
})

export const appointmentsMet = (): readonly Circumstance<SeatTarget>[] => [
  { words: 'vị trí hiệu trưởng', row: seatIn(SCHOOL, 'head', [SCHOOL, MANAGER, PROVINCE]) },
  { words: 'vị trí văn thư, cán bộ của trường', row: seatIn(SCHOOL, 'staff', [SCHOOL, MANAGER, PROVINCE]) },
  { words: 'vị trí ở cấp quản lý trực tiếp', row: seatIn(MANAGER, 'middleOfficer', [MANAGER, PROVINCE]) },
  { words: 'vị trí ở Sở', row: seatIn(PROVINCE, 'provinceOfficer', [PROVINCE]) },
]
