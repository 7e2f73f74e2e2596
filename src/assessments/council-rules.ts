import type { Unmet } from '../kernel/refusals.ts'
import { workingYear, type WorkingYear } from '../kernel/working-year.ts'
import type { Body } from '../seats/index.ts'
import type { Council } from './assessment.ts'
import { isFilled, need } from '../kernel/need.ts'

/** The bodies of Điều 24 as they stand inside a sentence. */
const BODIES_IN_A_SENTENCE: Readonly<Record<Body, string>> = {
  schoolBoard: 'hội đồng trường',
  subjectTeams: 'tổ trưởng tổ chuyên môn',
  officeTeam: 'tổ trưởng tổ văn phòng',
  otherSections: 'trưởng các bộ phận khác',
  partyCell: 'chi bộ Đảng',
  tradeUnion: 'Công đoàn',
  youthUnion: 'Đoàn Thanh niên, Đội Thiếu niên',
  teachers: 'giáo viên',
}

const REQUIRED_BODIES: readonly Body[] = [
  'schoolBoard',
  'subjectTeams',
  'officeTeam',
  'partyCell',
  'tradeUnion',
  'youthUnion',
  'teachers',
]

export type CouncilRole = 'chair' | 'viceChair' | 'secretary' | 'member'

export const COUNCIL_ROLE_NAMES: Readonly<Record<CouncilRole, string>> = {
  chair: 'Chủ tịch hội đồng',
  viceChair: 'Phó chủ tịch hội đồng',
  secretary: 'Thư ký hội đồng',
  member: 'Ủy viên hội đồng',
}

/** One line of the list of members; `post` is the person's chức vụ in the school when the list was made. */
export interface CouncilMember {
  readonly personId: string
  readonly name: string
  readonly post: string
  readonly role: CouncilRole
  readonly represents: readonly Body[]
}

/** What the rules must know of the school on the day of the decision. */
export interface CouncilSetting {
  /** Absent: nobody is recorded as head. */
  readonly headId?: string
  readonly hasDeputy: boolean
  /** Setting `councilMin`: 7 by Điều 24. */
  readonly councilMin: number
  readonly ownership: 'public' | 'private'
  readonly year: WorkingYear
}

/** Public schools are expected to have no school board from 01/01/2026 (Nghị quyết 71-NQ/TW). */
const FIRST_YEAR_WITHOUT_BOARDS = workingYear('2025-2026')

/** Everything that keeps the head from signing the decision on this council (Điều 24); empty when it may be signed. */
export function councilUnmet(council: Council, setting: CouncilSetting, href?: string): readonly Unmet[] {
  const { members } = council
  const chairs = withRole(council, 'chair')
  const secretaries = withRole(council, 'secretary')
  return [
    ...need(
      members.length >= setting.councilMin,
      'councilTooSmall',
      `Hội đồng mới có ${members.length} thành viên, cần ít nhất ${setting.councilMin}.`,
      href,
    ),
    ...need(chairs.length > 0, 'chairMissing', 'Hội đồng chưa có chủ tịch.', href),
    ...need(
      chairs.length <= 1,
      'severalChairs',
      `Hội đồng chỉ có một chủ tịch, danh sách đang có ${chairs.length}: ${namesOf(chairs)}.`,
      href,
    ),
    ...need(setting.headId !== undefined, 'headUnknown', 'Hệ thống chưa ghi nhận ai là hiệu trưởng của trường.', href),
    ...need(
      setting.headId === undefined || chairs.length !== 1 || chairs[0]?.personId === setting.headId,
      'chairIsNotHead',
      `Chủ tịch hội đồng phải là hiệu trưởng, danh sách đang ghi ${namesOf(chairs)}.`,
      href,
    ),
    ...need(
      !setting.hasDeputy || withRole(council, 'viceChair').length > 0,
      'viceChairMissing',
      'Trường có phó hiệu trưởng nên hội đồng cần ít nhất một phó chủ tịch.',
      href,
    ),
    ...need(secretaries.length > 0, 'secretaryMissing', 'Hội đồng chưa có thư ký.', href),
    ...need(
      secretaries.length <= 1,
      'severalSecretaries',
      `Hội đồng chỉ có một thư ký, danh sách đang có ${secretaries.length}: ${namesOf(secretaries)}.`,
      href,
    ),
    ...REQUIRED_BODIES.filter(body => !isRepresented(council, body)).map(body => ({
      code: 'bodyMissing',
      message: bodyMessage(body, setting),
      ...(href === undefined ? {} : { href }),
    })),
    ...repeated(members).map(name => ({
      code: 'personTwice',
      message: `${name} có tên hai lần trong danh sách hội đồng.`,
      ...(href === undefined ? {} : { href }),
    })),
  ]
}

/** What good practice asks of the secretariat: 2–3 persons, none of them twice; warns only (`secretariatSize`). */
export function councilWarnings(council: Council, size = { min: 2, max: 3 }, href?: string): readonly Unmet[] {
  const count = council.secretariat.length
  return [
    ...need(
      count >= size.min && count <= size.max,
      'secretariatSize',
      `Nhóm thư ký có ${count} người, thường gồm ${size.min} đến ${size.max} người.`,
      href,
    ),
    ...repeated(council.secretariat).map(name => ({
      code: 'secretariatTwice',
      message: `${name} có tên hai lần trong nhóm thư ký.`,
      ...(href === undefined ? {} : { href }),
    })),
  ]
}

const withRole = (council: Council, role: CouncilRole): readonly CouncilMember[] =>
  council.members.filter(member => member.role === role)

const namesOf = (members: readonly CouncilMember[]): string => members.map(member => member.name).join(', ')

const isRepresented = (council: Council, body: Body): boolean =>
  council.members.some(member => member.represents.includes(body)) || isFilled(council.absentBodies[body])

function bodyMessage(body: Body, { ownership, year }: CouncilSetting): string {
  const name = body === 'schoolBoard' && ownership === 'private' ? 'hội đồng quản trị' : BODIES_IN_A_SENTENCE[body]
  const hint =
    body === 'schoolBoard' && ownership === 'public' && year >= FIRST_YEAR_WITHOUT_BOARDS
      ? ' Nếu trường công lập không còn hội đồng trường thì ghi đúng như vậy vào ô lý do.'
      : ''
  return `Hội đồng chưa có đại diện ${name} và cũng chưa ghi lý do vắng mặt.${hint}`
}

/** Names of those listed more than once, each once. */
function repeated(people: readonly { readonly personId: string; readonly name: string }[]): readonly string[] {
  const seen = new Map<string, number>()
  for (const { personId } of people) seen.set(personId, (seen.get(personId) ?? 0) + 1)
  return [...seen].flatMap(([personId, times]) =>
    times > 1
      ? people
          .filter(person => person.personId === personId)
          .slice(0, 1)
          .map(person => person.name)
      : [],
  )
}
