import { page, redirect, type Request, type Route } from '../http/route.ts'
import { dayOf } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { StepRefused } from '../kernel/refusals.ts'
import type { Assessment } from './assessment.ts'
import { demandEditingGroups, saveGroups } from './council.ts'
import { candidatesFrom } from './council-input.ts'
import { groupsFrom, proposedGroups } from './groups-input.ts'
import { groupsPage } from './groups-page.ts'
import { rightsFrom } from './group-rights-input.ts'
import { groupRightsHref, groupRightsPage } from './group-rights-page.ts'
import { linksOf } from './links.ts'
import { openForReading } from './open-sheet.ts'
import type { AssessmentScreenNeeds } from './screen-needs.ts'
import { codesOf, demandSettingRights, groupOf, setGroupRights } from './set-group-rights.ts'

const BASE = '/danh-gia/:id/nhom'

/** Lines of the journal that the decisions on rights are looked for in. */
const JOURNAL_LINES = 2_000

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
        const decided = assessment.groups.some(({ rights }) => rights !== undefined)
        const [sizes, names, journal] = await Promise.all([
          needs.advisedSizes(assessment.schoolId, assessment.year),
          needs.unitNames([assessment.schoolId]),
          decided ? needs.history(assessment.id, JOURNAL_LINES) : [],
        ])
        const schoolName = names.get(assessment.schoolId) ?? assessment.schoolId
        return page('assessments/groups', 'Nhóm công tác', {
          ...groupsPage({ actor: request.actor, assessment, schoolName, set, candidates, sizes }),
          rights: groupRightsPage({
            actor: request.actor,
            assessment,
            journal: withOutbox(assessment, journal),
            today: dayOf(needs.now()),
          }),
        })
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
    {
      method: 'post',
      path: `${BASE}/:nhom/quyen`,
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const assessment = await openForReading(needs, actor, params['id'] ?? '')
        demandSettingRights(actor, assessment)
        const group = groupOf(assessment, params['nhom'] ?? '')
        const form = rightsFrom(body, group, codesOf(assessment, group.id))
        await setGroupRights(needs)(actor, assessment.id, group.id, form)
        flash('success', `Đã lưu quyền của ${group.name}; có hiệu lực ngay.`)
        return redirect(groupRightsHref(assessment.id, group.id))
      },
    },
  ]
}

/** The journal with what the document has not handed over to it yet: read after the document, so nothing falls between. */
const withOutbox = ({ outbox }: Assessment, journal: readonly JournalEntry[]): readonly JournalEntry[] => {
  const kept = new Set(journal.map(({ id }) => id))
  return [...outbox.filter(({ id }) => !kept.has(id)).toReversed(), ...journal]
}
