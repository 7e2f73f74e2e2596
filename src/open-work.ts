import { assessmentId, linksOf, type Assessment } from './assessments/index.ts'
import type { Unmet } from './kernel/refusals.ts'
import type { System } from './system.ts'

/** States in which nobody works on an assessment any more. */
const OVER: readonly Assessment['state'][] = ['closed', 'cancelled']

/** Criteria of the person's groups that are not agreed yet. */
const openCriteria = (assessment: Assessment, personId: string): readonly string[] => {
  const groups = assessment.groups.filter(
    ({ lead, members }) => lead?.personId === personId || members.some(member => member.personId === personId),
  )
  return Object.values(assessment.criteria)
    .filter(({ state, groupId }) => state !== 'agreed' && groups.some(group => group.id === groupId))
    .map(({ code }) => code)
}

/** What waits for a person: running assessments on whose council or in whose groups they are. */
export const openWorkOf =
  ({ assessments }: Pick<System, 'assessments'>) =>
  async (personId: string): Promise<readonly Unmet[]> => {
    const found = await Promise.all((await assessments.ofPerson(personId)).map(({ schoolId, year }) => assessments.find(assessmentId(schoolId, year))))
    return found.flatMap((assessment): readonly Unmet[] => {
      if (!assessment || OVER.includes(assessment.state)) return []
      const { council, groups } = linksOf(assessment)
      const year = `năm học ${assessment.year}`
      const lists = assessment.councilVersions.at(-1)
      const sits = [...(lists?.members ?? []), ...(lists?.secretariat ?? [])].some(each => each.personId === personId)
      const criteria = openCriteria(assessment, personId)
      return [
        ...(sits
          ? [
              {
                code: 'onCouncil',
                message: `Còn trong hội đồng tự đánh giá ${year}; cần quyết định kiện toàn`,
                href: council,
              },
            ]
          : []),
        ...(criteria.length > 0
          ? [
              {
                code: 'inGroup',
                message: `Còn ${criteria.length} tiêu chí chưa thống nhất của nhóm mình (${year}): ${criteria.join(', ')}`,
                href: groups,
              },
            ]
          : []),
      ]
    })
  }
