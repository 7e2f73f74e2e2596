import { page, redirect, type Request, type Route } from '../http/route.ts'
import { dayOf } from '../kernel/dates.ts'
import { StepRefused } from '../kernel/refusals.ts'
import { demandEditingGroups, saveGroups } from './council.ts'
import { candidatesFrom } from './council-input.ts'
import { groupsFrom, proposedGroups } from './groups-input.ts'
import { groupsPage } from './groups-page.ts'
import { linksOf } from './links.ts'
import { openForReading } from './open-sheet.ts'
import type { AssessmentScreenNeeds } from './screen-needs.ts'

const BASE = '/danh-gia/:id/nhom'

/** The working groups and which of them is in charge of which criterion. */
export function groupsRoutes(needs: AssessmentScreenNeeds): Route[] {
  const open = async ({ actor, params }: Request) => {
    const assessment = await openForReading(needs, actor, params['id'] ?? '')
    const [set, staff] = await Promise.all([
      needs.setOf(assessment.set.hash),
      needs.staffOf(assessment.schoolId, dayOf(needs.now())),
    ])
    const inForce = assessment.councilVersions.at(-1) ?? assessment.council
    const lists = assessment.groups.map(({ lead, members }) => [...(lead ? [lead] : []), ...members])
    return { assessment, set, candidates: candidatesFrom(staff, [inForce.members, ...lists]) }
  }
  return [
    {
      method: 'get',
      path: BASE,
      access: 'signedIn',
      handle: async request => {
        const { assessment, set, candidates } = await open(request)
        const [sizes, names] = await Promise.all([
          needs.advisedSizes(assessment.schoolId, assessment.year),
          needs.unitNames([assessment.schoolId]),
        ])
        const schoolName = names.get(assessment.schoolId) ?? assessment.schoolId
        return page(
          'assessments/groups',
          'Nhóm công tác',
          groupsPage({ actor: request.actor, assessment, schoolName, set, candidates, sizes }),
        )
      },
    },
    {
      method: 'post',
      path: BASE,
      access: 'signedIn',
      handle: async request => {
        const { assessment, set, candidates } = await open(request)
        const after = await saveGroups(needs)(request.actor, assessment.id, groupsFrom(request.body, candidates, set))
        request.flash('success', `Đã lưu ${after.groups.length} nhóm công tác.`)
        return redirect(linksOf(after).groups)
      },
    },
    {
      method: 'post',
      path: `${BASE}/de-xuat`,
      access: 'signedIn',
      handle: async request => {
        const { assessment, set } = await open(request)
        demandEditingGroups(request.actor, assessment)
        if (assessment.groups.length > 0)
          throw new StepRefused('Các nhóm đã được lập; xin sửa từng nhóm ở danh sách dưới đây.')
        const after = await saveGroups(needs)(request.actor, assessment.id, proposedGroups(set))
        request.flash('success', `Đã lập ${after.groups.length} nhóm, mỗi tiêu chuẩn một nhóm. Xin chọn trưởng nhóm.`)
        return redirect(linksOf(after).groups)
      },
    },
  ]
}
