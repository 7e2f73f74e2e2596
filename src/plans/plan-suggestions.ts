import { isLevelFour, sheetCodes, type Assessment, type Group } from '../assessments/index.ts'
import type { CriteriaSet } from '../catalogue/index.ts'
import type { Day } from '../kernel/dates.ts'
import { fiveYearsTo } from '../kernel/working-year.ts'
import type { PlanAssignment, PlanContent, PlanEvidence } from './plan-content.ts'
import type { SchoolBreak } from './plan-template.ts'
import { deadlinesOf } from './plan-template.ts'

/**
 * What a section that nobody has saved yet is filled in with on the screen. It counts only once a person has saved it.
 */
export function suggestionFor(
  assessment: Assessment,
  set: CriteriaSet,
  content: PlanContent,
): Pick<PlanContent, 'purpose' | 'scope' | 'years' | 'tools' | 'assignments'> {
  return {
    purpose: PURPOSE,
    scope: `Toàn bộ hoạt động của nhà trường theo các tiêu chuẩn, tiêu chí quy định tại Thông tư số ${set.instrument}, với số liệu và minh chứng của năm năm học.`,
    years: fiveYearsTo(assessment.year),
    tools: toolsOf(set),
    assignments: assignmentsOf(assessment, sheetCodes(set, content.aims.level === 4), content),
  }
}

const PURPOSE = [
  'Xác định mức đạt được của nhà trường theo tiêu chuẩn đánh giá; thấy rõ điểm mạnh, điểm yếu để xây dựng và thực hiện kế hoạch cải tiến chất lượng giáo dục.',
  'Thông báo công khai với cơ quan quản lý và xã hội về thực trạng chất lượng của nhà trường; làm căn cứ để đề nghị đánh giá ngoài, công nhận đạt kiểm định chất lượng giáo dục và đạt chuẩn quốc gia.',
].join('\n\n')

/** The legal bases of the set without the word that begins them in a decision. */
const toolsOf = (set: CriteriaSet): readonly string[] => [
  ...set.legalBases.map(basis => basis.replace(/^Căn cứ (?:vào )?/u, '').replace(/[;.]$/, '')),
  'Phiếu khảo sát, phiếu phỏng vấn, biên bản quan sát do hội đồng tự đánh giá xây dựng.',
]

/** Every criterion once: its group's lead answers for it, the others of the group help. */
const assignmentsOf = (
  { groups }: Assessment,
  codes: readonly string[],
  { timetable }: PlanContent,
): readonly PlanAssignment[] => {
  const from = timetable
    .filter(row => row.step === 3)
    .map(row => row.from)
    .toSorted()[0]
  const to = deadlinesOf(timetable).get('sheetsToCouncilDue')
  return codes.map(criterion => ({
    criterion,
    ...peopleOf(groups.find(group => group.criteria?.includes(criterion))),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }))
}

const peopleOf = (group: Group | undefined): Pick<PlanAssignment, 'responsible' | 'supporting'> => ({
  responsible: group?.lead?.name ?? '',
  supporting: (group?.members ?? [])
    .filter(member => member.personId !== group?.lead?.personId)
    .map(member => member.name)
    .join(', '),
})

/** A line of IV.4 for every criterion, in the order of the set: the saved one, or the suggestion. */
export const everyCriterion = (
  saved: readonly PlanAssignment[],
  suggested: readonly PlanAssignment[],
): readonly PlanAssignment[] =>
  suggested.flatMap(line => {
    const own = saved.filter(row => row.criterion === line.criterion)
    return own.length > 0 ? own : [line]
  })

/**
 * The set's typical evidence for every criterion of a standard, added behind what has been written; names that stand
 * there already are not repeated. It is collected by the criterion's group by the deadline of the timetable.
 */
export function withTypicalEvidence(
  { groups }: Assessment,
  set: CriteriaSet,
  standard: string,
  { evidence, timetable }: PlanContent,
): readonly PlanEvidence[] {
  const by: Day | undefined = deadlinesOf(timetable).get('evidenceDue')
  const criteria = set.standards.find(each => each.code === standard)?.criteria ?? []
  const written = evidence.filter(row => isOf(row, standard))
  const added = criteria.flatMap(({ code, typicalEvidence }) =>
    typicalEvidence
      .filter(name => written.every(row => row.criterion !== code || row.name !== name))
      .map(name => ({
        criterion: code,
        name,
        where: 'Hồ sơ của nhà trường',
        who: groups.find(group => group.criteria?.includes(code))?.name ?? '',
        ...(by !== undefined && { by }),
        cost: '',
        note: '',
      })),
  )
  return byCriterion(
    [...written, ...added],
    criteria.map(criterion => criterion.code),
  )
}

/** Lines in the order of the criteria, those of one criterion as they were written. */
export const byCriterion = (rows: readonly PlanEvidence[], codes: readonly string[]): readonly PlanEvidence[] => [
  ...codes.flatMap(code => rows.filter(row => row.criterion === code)),
  ...rows.filter(row => !codes.includes(row.criterion)),
]

/** Whether a line of section VII belongs to this standard; clauses of Mức 4 stand under 22. */
export const isOf = ({ criterion }: { readonly criterion: string }, standard: string): boolean =>
  standard === '22' ? isLevelFour(criterion) : criterion.split('.')[0] === standard

/** The Tết break that the list of public holidays tells of: its first and last day between mid-January and the end of February. */
export function tetBreakIn(holidays: Iterable<Day>): SchoolBreak | undefined {
  const days = [...holidays].filter(day => day.slice(5) >= '01-15' && day.slice(5) <= '02-29').toSorted()
  const [from, to] = [days[0], days.at(-1)]
  return from === undefined || to === undefined ? undefined : { from, to }
}
