import {
  COUNCIL_ROLE_NAMES,
  type CouncilMember,
  type CouncilRole,
  type Group,
  type Helper,
} from '../assessments/index.ts'
import { compareCodes } from '../kernel/words.ts'
import { cell, lineBreak, row, table, type CellLike, type Table } from '../paper/index.ts'
import { centred, orDash } from './official.ts'

const ROLE_ORDER: readonly CouncilRole[] = ['chair', 'viceChair', 'secretary', 'member']

/** Chair, vice chairs, secretary, members; within each in the order of the list. */
export const inRoleOrder = (members: readonly CouncilMember[]): readonly CouncilMember[] =>
  ROLE_ORDER.flatMap(role => members.filter(member => member.role === role))

export const chairOf = (members: readonly CouncilMember[]): string =>
  members.find(member => member.role === 'chair')?.name ?? ''

/** TT · họ và tên · chức danh, chức vụ · nhiệm vụ, with room to sign on the cover of the report. */
export function councilTable(members: readonly CouncilMember[], withSignatures = false): Table {
  const rows = inRoleOrder(members).map((member, index): readonly CellLike[] => [
    centred(String(index + 1)),
    member.name,
    orDash(member.post),
    COUNCIL_ROLE_NAMES[member.role],
    // An empty second line leaves the height that a signature needs.
    ...(withSignatures ? [cell([lineBreak, ' '])] : []),
  ])
  return table({
    columns: withSignatures ? [6, 26, 24, 22, 16] : [7, 32, 34, 27],
    head: ['TT', 'Họ và tên', 'Chức danh, chức vụ', 'Nhiệm vụ', ...(withSignatures ? ['Chữ ký'] : [])],
    rows,
  })
}

/** The first of the list leads the secretariat. */
export const secretariatTable = (secretariat: readonly Helper[]): Table =>
  table({
    columns: [7, 32, 34, 27],
    head: ['TT', 'Họ và tên', 'Chức danh, chức vụ', 'Nhiệm vụ'],
    rows: secretariat.map((helper, index) => [
      centred(String(index + 1)),
      helper.name,
      orDash(helper.post),
      index === 0 ? 'Nhóm trưởng' : 'Thành viên',
    ]),
  })

/** The lead first, each person once. */
const peopleOf = ({ lead, members }: Group): readonly (Helper & { readonly duty: string })[] => [
  ...(lead ? [{ ...lead, duty: 'Nhóm trưởng' }] : []),
  ...members.filter(member => member.personId !== lead?.personId).map(member => ({ ...member, duty: 'Thành viên' })),
]

/** `Tiêu chuẩn 1: tiêu chí 1.1, 1.2`, a line per standard; a standard that is whole names no criteria. */
export function dutiesOf(criteria: readonly string[], inStandard: ReadonlyMap<string, number>): readonly string[] {
  const codes = criteria.toSorted(compareCodes)
  const standards = [...new Set(codes.map(code => code.split('.')[0] ?? code))]
  return standards.map(standard => {
    const own = codes.filter(code => code.startsWith(`${standard}.`))
    const name = standard === '22' ? 'Tiêu chí Mức 4' : `Tiêu chuẩn ${standard}`
    return own.length === inStandard.get(standard) ? name : `${name}: tiêu chí ${own.join(', ')}`
  })
}

/** Group · TT · họ và tên · chức vụ · nhiệm vụ · what the group is in charge of. */
export function groupsTable(groups: readonly Group[], inStandard: ReadonlyMap<string, number>): Table {
  const rows = groups.flatMap(group => {
    const people = peopleOf(group)
    const duties = dutiesOf(group.criteria ?? [], inStandard)
    return people.map((person, index) =>
      row([
        ...(index === 0 ? [cell(group.name, { rowSpan: people.length, bold: true, rowHeader: true })] : []),
        centred(String(index + 1)),
        person.name,
        orDash(person.post),
        person.duty,
        ...(index === 0
          ? [
              cell(
                duties.length === 0
                  ? orDash(group.duty)
                  : duties.flatMap((duty, at) => (at === 0 ? [duty] : [lineBreak, duty])),
                { rowSpan: people.length },
              ),
            ]
          : []),
      ]),
    )
  })
  return table({
    columns: [12, 6, 24, 20, 15, 23],
    head: ['Nhóm', 'TT', 'Họ và tên', 'Chức danh, chức vụ', 'Nhiệm vụ', 'Phụ trách'],
    rows,
  })
}
