import {
  appointCouncil,
  saveCouncil,
  saveGroups,
  sheetCodes,
  type Council,
  type Group,
  type Helper,
} from '../assessments/index.ts'
import { workingYear, type WorkingYear } from '../kernel/working-year.ts'
import type { Player } from './cast.ts'
import type { SchoolPlan } from './province.ts'
import type { Story } from './story.ts'
import { dayIn } from './world.ts'

const FIRST_YEAR_WITHOUT_BOARDS = workingYear('2025-2026')
const NO_BOARD = 'Trường công lập không còn tổ chức hội đồng trường theo quy định mới; ghi theo thực tế của trường.'

const helper = ({ id, name, post }: Player): Helper => ({ personId: id, name, post })

/** Whether the school has a board (hội đồng trường, hội đồng quản trị) in that year. */
export const hasBoard = ({ ownership }: Pick<SchoolPlan, 'ownership'>, year: WorkingYear): boolean =>
  ownership === 'private' || year < FIRST_YEAR_WITHOUT_BOARDS

/** The list of the council; a public school has no board any more from 2025-2026 on and says so. */
export function councilOf(cast: readonly Player[], plan: Pick<SchoolPlan, 'ownership'>, year: WorkingYear): Council {
  const withBoard = hasBoard(plan, year)
  return {
    members: cast.flatMap(({ id, name, post, councilRole, represents }) =>
      councilRole === undefined
        ? []
        : [
            {
              personId: id,
              name,
              post,
              role: councilRole,
              represents: represents.filter(body => withBoard || body !== 'schoolBoard'),
            },
          ],
    ),
    absentBodies: withBoard ? {} : { schoolBoard: NO_BOARD },
    secretariat: cast.filter(each => each.secretariat).map(helper),
  }
}

/** The group in charge of a criterion: one per standard, or two groups in a small school. */
const groupOf = (code: string, groups: number): string =>
  groups === 2
    ? Number(code.split('.')[0]) <= 2
      ? 'nhom-1'
      : 'nhom-2'
    : `nhom-${Math.min(5, Number(code.split('.')[0]))}`

export function groupsOf(cast: readonly Player[]): readonly Group[] {
  const numbers = [...new Set(cast.flatMap(each => each.group ?? []))].toSorted((a, b) => a - b)
  return numbers.map(no => {
    const lead = cast.find(each => each.group === no && each.leads)
    return {
      id: `nhom-${no}`,
      name: `Nhóm công tác ${no}`,
      ...(lead && { lead: helper(lead) }),
      members: cast.filter(each => each.group === no && !each.leads).map(helper),
    }
  })
}

/** The head draws up council, secretariat and groups and signs the decision. */
export async function seatCouncil(story: Story): Promise<void> {
  const { world, id, cast, plan, year } = story
  const needs = world.system.assessmentNeeds
  if ((await story.assessment()).councilVersions.length > 0) return
  const head = await story.as('hieutruong', 'council')
  await saveCouncil(needs)(head, id, councilOf(cast, plan, year))
  const groups = groupsOf(cast)
  const set = await needs.setOf((await story.assessment()).set.hash)
  const assigned = Object.fromEntries(sheetCodes(set, false).map(code => [code, groupOf(code, groups.length)]))
  await saveGroups(needs)(head, id, { groups, assigned })
  const decision = { number: `12/QĐ-${plan.symbol}`, date: dayIn(world, year, 'council') }
  await appointCouncil(needs)(head, id, decision)
}
