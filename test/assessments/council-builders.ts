import type { Council, Group } from '../../src/assessments/assessment.ts'
import type { Body } from '../../src/seats/index.ts'
import type { CouncilMember, CouncilRole, CouncilSetting } from '../../src/assessments/council-rules.ts'
import { workingYear } from '../../src/kernel/working-year.ts'

export const aMember = (
  personId: string,
  role: CouncilRole,
  represents: readonly Body[],
  post = 'Giáo viên',
): CouncilMember => ({ personId, name: `Thành Viên ${personId.toUpperCase()}`, post, role, represents })

/** A council of seven that lacks nothing. */
export const aCouncil = (own: Partial<Council> = {}): Council => ({
  members: [
    aMember('a', 'chair', ['schoolBoard', 'partyCell'], 'Hiệu trưởng'),
    aMember('b', 'viceChair', [], 'Phó hiệu trưởng'),
    aMember('c', 'secretary', ['subjectTeams'], 'Tổ trưởng chuyên môn'),
    aMember('d', 'member', ['officeTeam'], 'Tổ trưởng văn phòng'),
    aMember('e', 'member', ['tradeUnion']),
    aMember('f', 'member', ['youthUnion']),
    aMember('g', 'member', ['teachers']),
  ],
  absentBodies: {},
  secretariat: [
    { personId: 'c', name: 'Thành Viên C', post: 'Tổ trưởng chuyên môn' },
    { personId: 'h', name: 'Nhân Viên H', post: 'Văn thư' },
  ],
  ...own,
})

export const aSetting = (own: Partial<CouncilSetting> = {}): CouncilSetting => ({
  headId: 'a',
  hasDeputy: true,
  councilMin: 7,
  ownership: 'public',
  year: workingYear('2025-2026'),
  ...own,
})

/** A group of three led by a member of `aCouncil`. */
export const aGroup = (own: Partial<Group> = {}): Group => ({
  id: 'nhom-1',
  name: 'Nhóm 1',
  lead: { personId: 'd', name: 'Thành Viên D', post: 'Tổ trưởng văn phòng' },
  members: [
    { personId: 'd', name: 'Thành Viên D', post: 'Tổ trưởng văn phòng' },
    { personId: 'x', name: 'Giáo Viên X', post: 'Giáo viên' },
    { personId: 'y', name: 'Giáo Viên Y', post: 'Giáo viên' },
  ],
  ...own,
})
