import { isFilled, need } from '../kernel/need.ts'
import type { Unmet } from '../kernel/refusals.ts'
import type { TeamMember } from './run.ts'

/** Settings of one registration: size of the team and years of service of its members from education (Điều 29, 30). */
export interface TeamLimits {
  readonly min: number
  readonly max: number
  readonly years: number
}

/** Everything that a list of members lacks (Điều 29, 30), each as a Vietnamese sentence that names the person. */
export function teamUnmet(members: readonly TeamMember[], { min, max, years }: TeamLimits): readonly Unmet[] {
  const having = (role: TeamMember['role']): number => members.filter(member => member.role === role).length
  const named = members.map(({ name }) => name.toLocaleLowerCase('vi'))
  return [
    ...need(
      members.length >= min && members.length <= max,
      'teamSize',
      `Đoàn có ${min} đến ${max} người, danh sách đang có ${members.length}.`,
    ),
    ...need(having('lead') === 1, 'teamLead', 'Đoàn có đúng một trưởng đoàn.'),
    ...need(having('secretary') >= 1, 'teamSecretary', 'Đoàn có ít nhất một thư ký.'),
    ...need(new Set(named).size === named.length, 'teamTwice', 'Một người chỉ đứng một lần trong danh sách.'),
    ...need(
      members.every(({ name, workplace }) => isFilled(name) && isFilled(workplace)),
      'teamNames',
      'Mỗi thành viên cần có họ tên và nơi công tác.',
    ),
    ...members.flatMap(member => lacksOf(member, years)),
  ]
}

function lacksOf({ name, education, yearsInService, trained, neverHere }: TeamMember, years: number): readonly Unmet[] {
  return [
    ...need(neverHere, 'workedHere', `${name}: thành viên đoàn chưa từng làm việc tại trường được đánh giá (Điều 30).`),
    ...need(!education || trained, 'notTrained', `${name}: cần đã hoàn thành tập huấn đánh giá ngoài (Điều 30).`),
    ...need(
      !education || yearsInService >= years,
      'tooFewYears',
      `${name}: cần ít nhất ${years} năm công tác trong ngành (Điều 30).`,
    ),
  ]
}
