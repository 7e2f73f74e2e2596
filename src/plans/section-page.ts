import { BODY_NAMES } from '../seats/index.ts'
import { COUNCIL_ROLE_NAMES, linksOf, type Assessment } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { printDay, printInstant, type Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { PlanContent } from './plan-content.ts'
import { partOf } from './plan-draft.ts'
import { planFrame } from './plan-frame.ts'
import type { OpenPlan } from './plan-needs.ts'
import { PLAN_SECTIONS, sectionHref, type SectionName } from './plan-sections.ts'
import { everyCriterion, isOf, suggestionFor, tetBreakIn } from './plan-suggestions.ts'
import { tableOf, wordsOf } from './section-tables.ts'

const LEADS: Readonly<Record<SectionName['key'], string>> = {
  purpose: 'Mục đích của đợt tự đánh giá và mức mà nhà trường phấn đấu đạt.',
  scope: 'Các hoạt động và năm học được đánh giá.',
  tools: 'Thông tư, công văn hướng dẫn và các phiếu khảo sát, phỏng vấn, quan sát của nhà trường.',
  assignments: 'Mỗi tiêu chí có một người chịu trách nhiệm chính, người phối hợp, ngày bắt đầu và ngày hoàn thành.',
  training: 'Các buổi tập huấn cho hội đồng, nhóm thư ký, các nhóm công tác và toàn trường.',
  resources: 'Nhân lực, cơ sở vật chất, tài chính cần huy động cho từng tiêu chuẩn, tiêu chí.',
  evidence:
    'Mỗi tiêu chí cần ít nhất một minh chứng dự kiến. Khi kế hoạch được phê duyệt, các dòng này thành minh chứng cần thu thập.',
  experts: 'Chỉ ghi khi nhà trường thuê chuyên gia tư vấn; không thuê thì để trống.',
  timetable: 'Công việc theo tuần. Ngày cuối của dòng có hạn trở thành hạn của việc đó khi kế hoạch được phê duyệt.',
}

/** What the route has read for one tab. */
export interface SectionView {
  readonly section: SectionName
  readonly schoolName: string
  /** The standard chosen in section VII. */
  readonly standard?: string
  readonly holidays: Iterable<Day>
}

/** One tab of the plan: its form (or its words, for who only reads) and what is missing. */
export function sectionPage(actor: Actor, open: OpenPlan, view: SectionView) {
  const { assessment, set, draft, content, facts } = open
  const { section, holidays } = view
  const frame = planFrame(actor, view.schoolName, open, section.key)
  const plan = linksOf(assessment).plan
  const levelFour = content.aims.level === 4 || content.evidence.some(row => isOf(row, '22'))
  const standards = [...set.standards.map(each => each.code), ...(levelFour ? ['22'] : [])]
  const standard =
    section.key === 'evidence' ? (standards.find(code => code === view.standard) ?? standards[0]) : undefined
  const saved = draft.parts[partOf(section.key, standard)]
  const suggested = suggestionFor(assessment, set, content)
  const shown = shownContent(section.key, content, suggested, saved !== undefined)
  const codes =
    standard === undefined ? facts.criteria : facts.criteria.filter(code => isOf({ criterion: code }, standard))
  const table = tableOf(
    section.key,
    standard === undefined ? shown : { ...shown, evidence: shown.evidence.filter(row => isOf(row, standard)) },
    set,
    codes,
  )
  const at = PLAN_SECTIONS.indexOf(section)
  const next = PLAN_SECTIONS[at + 1]
  return {
    ...frame,
    heading: `${section.no}. ${section.name}`,
    lead: LEADS[section.key],
    key: section.key,
    action: `${plan}/${section.slug}`,
    revision: saved?.rev ?? 0,
    draftRevision: draft.rev,
    saved: saved ? `${saved.name} lưu lúc ${printInstant(saved.at)}` : undefined,
    suggested: !saved && ['purpose', 'scope', 'tools', 'assignments'].includes(section.key),
    ...(section.key === 'purpose' && { purpose: purposeFields(shown) }),
    ...(section.key === 'scope' && { scope: scopeFields(shown, suggested.years) }),
    ...(section.key === 'assignments' && { lists: listsOf(assessment) }),
    ...(standard !== undefined && { standard: standardPicker(open, plan, standards, standard) }),
    ...(section.key === 'timetable' && { timetable: timetableTools(open, plan, holidays) }),
    ...(table && (frame.mayEdit ? { table } : { words: wordsOf(table) })),
    ...(next && { next: { label: `Mục ${next.no}. ${next.name}`, href: sectionHref(plan, next.key) } }),
  }
}

/** Saved words, or the suggestion for a section that nobody has saved yet; IV.4 always shows every criterion. */
function shownContent(
  section: SectionName['key'],
  content: PlanContent,
  suggested: ReturnType<typeof suggestionFor>,
  isSaved: boolean,
): PlanContent {
  if (section === 'assignments')
    return { ...content, assignments: everyCriterion(content.assignments, suggested.assignments) }
  if (isSaved) return content
  return section === 'purpose' || section === 'scope' || section === 'tools'
    ? { ...content, purpose: suggested.purpose, scope: suggested.scope, years: suggested.years, tools: suggested.tools }
    : content
}

const purposeFields = ({ purpose, aims }: PlanContent) => ({
  text: purpose,
  level: String(aims.level),
  levels: [1, 2, 3, 4].map(level => ({ value: String(level), label: `Mức ${level}` })),
  accreditationGrade: aims.accreditationGrade === undefined ? '' : String(aims.accreditationGrade),
  accreditationGrades: [1, 2, 3, 4].map(grade => ({ value: String(grade), label: `Cấp độ ${grade}` })),
  nationalGrade: aims.nationalGrade === undefined ? '' : String(aims.nationalGrade),
  nationalGrades: [1, 2].map(grade => ({ value: String(grade), label: `Mức độ ${grade}` })),
})

const scopeFields = ({ scope, years }: PlanContent, five: readonly WorkingYear[]) => ({
  text: scope,
  years: [...years],
  options: five.map(year => ({ value: year, label: year })),
})

/** Sections IV.1–IV.3 as they will be printed: read from the assessment, changed on their own screens. */
function listsOf(assessment: Assessment) {
  const signed = assessment.councilVersions.at(-1)
  const { members, secretariat } = signed ?? assessment.council
  const links = linksOf(assessment)
  return {
    decision: signed
      ? `Quyết định số ${signed.decision.number} ngày ${printDay(signed.decision.date)}, ${members.length} thành viên.`
      : 'Chưa có quyết định thành lập hội đồng; danh sách dưới đây là dự kiến.',
    council: {
      caption: 'Hội đồng tự đánh giá',
      head: ['Họ và tên', 'Chức vụ', 'Nhiệm vụ', 'Đại diện'],
      rows: members.map(member => [
        member.name,
        member.post || '–',
        COUNCIL_ROLE_NAMES[member.role],
        member.represents.map(body => BODY_NAMES[body]).join(', ') || '–',
      ]),
      empty: 'Chưa lập danh sách hội đồng.',
    },
    secretariat: secretariat.map(helper => helper.name).join(', ') || 'chưa lập',
    groups: {
      caption: 'Các nhóm công tác',
      head: ['Nhóm', 'Trưởng nhóm', 'Thành viên', 'Tiêu chí'],
      rows: assessment.groups.map(group => [
        group.name,
        group.lead?.name ?? '–',
        group.members.map(member => member.name).join(', ') || '–',
        (group.criteria ?? []).join(', ') || '–',
      ]),
      empty: 'Chưa lập nhóm công tác.',
    },
    councilHref: links.council,
    groupsHref: links.groups,
  }
}

function standardPicker({ set, content }: OpenPlan, plan: string, standards: readonly string[], chosen: string) {
  return {
    code: chosen,
    name:
      chosen === '22'
        ? 'Tiêu chí Mức 4'
        : `Tiêu chuẩn ${chosen}. ${set.standards.find(each => each.code === chosen)?.title ?? ''}`,
    items: standards.map(code => ({
      label: code === '22' ? 'Mức 4' : `Tiêu chuẩn ${code}`,
      href: sectionHref(plan, 'evidence', code),
      current: code === chosen,
      count: content.evidence.filter(row => isOf(row, code)).length,
    })),
    fillAction: `${plan}/minh-chung/goi-y`,
    hasTypical: chosen !== '22',
  }
}

function timetableTools({ assessment, content }: OpenPlan, plan: string, holidays: Iterable<Day>) {
  const tet = tetBreakIn(holidays)
  return {
    layAction: `${plan}/thoi-gian-bieu/theo-mau`,
    shiftAction: `${plan}/thoi-gian-bieu/doi`,
    start: content.timetable.map(row => row.from).toSorted()[0] ?? assessment.openedOn,
    tetFrom: tet?.from ?? '',
    tetTo: tet?.to ?? '',
    hasRows: content.timetable.length > 0,
  }
}
