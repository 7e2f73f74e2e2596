import { askedBy, forceOf, sheetCodes, type Assessment } from '../assessments/index.ts'
import type { CriteriaSet } from '../catalogue/index.ts'
import { addDays, type Day } from '../kernel/dates.ts'
import { workingYearOf } from '../kernel/working-year.ts'
import {
  approve,
  evidencePart,
  layTimetable,
  saveSection,
  suggestionFor,
  contentOf,
  type PlanContent,
  type PlanPart,
  type SectionInput,
} from '../plans/index.ts'
import { tetBreakOf } from './build-years.ts'
import { itemsFor } from './evidence-list.ts'
import { FULL_SECONDARY } from './province.ts'
import type { Story } from './story.ts'
import { dayIn } from './world.ts'

/** Secretary and chair draw up the nine sections; the chair approves them. */
export async function drawPlan(story: Story): Promise<void> {
  const { world, id, plan, year } = story
  const needs = world.system.planNeeds
  if ((await story.assessment()).plan.version > 0) return
  await draftPlan(story)
  const chair = await story.as('hieutruong', 'plan')
  const draftRev = (await needs.plans.draft(id)).rev
  await approve(needs)(chair, id, { number: `18/KH-${plan.symbol}`, date: dayIn(world, year, 'plan'), draftRev })
}

/** The nine sections, ready for the chair. */
export async function draftPlan(story: Story): Promise<void> {
  const { world, id, year } = story
  const needs = world.system.planNeeds
  const assessment = await story.assessment()
  const set = await needs.setOf(assessment.set.hash)
  const secretary = await story.as('thuky', 'council', 14)
  const draft = () => needs.plans.draft(id)
  if (contentOf(await draft()).timetable.length === 0)
    await layTimetable(needs)(secretary, id, (await draft()).rev, timetableStart(story), tetBreakOf(year))
  const content = contentOf(await draft())
  for (const section of sectionsOf(story, assessment, set, content)) {
    const part = partIn(section)
    const saved = (await draft()).parts[part]
    if (saved && section.section !== 'timetable') continue
    await saveSection(needs)(secretary, id, { ...section, rev: saved?.rev ?? 0 })
  }
}

/** Weeks of the timetable that have passed in the school that is half-way: most of its sheets are still in time. */
const HALF_WAY_DAYS = 66

/** The day after the council was seated; the school that is half-way began later. */
function timetableStart({ world, plan, year }: Story): Day {
  const seated = dayIn(world, year, 'council')
  const halfWay = addDays(world.today, -HALF_WAY_DAYS)
  const isHalfWay = plan.id === FULL_SECONDARY.id && year === workingYearOf(world.today)
  return isHalfWay && halfWay > seated ? halfWay : seated
}

type Section = Omit<SectionInput, 'rev'>

/** Section VII is kept standard by standard. */
const partIn = ({ section, standard }: Section): PlanPart =>
  section === 'evidence' ? evidencePart(standard ?? '') : section

function sectionsOf(story: Story, assessment: Assessment, set: CriteriaSet, content: PlanContent): readonly Section[] {
  const { purpose, scope, years, tools, assignments } = suggestionFor(assessment, set, content)
  const aims = { level: story.plan.level === 1 || story.plan.level === 2 ? story.plan.level : 3 } as const
  const start = dayIn(story.world, story.year, 'council')
  const force = forceOf(assessment, set)
  const codes = sheetCodes(set, false)
  return [
    { section: 'purpose', content: { purpose, aims } },
    { section: 'scope', content: { scope, years } },
    { section: 'tools', content: { tools } },
    { section: 'assignments', content: { assignments } },
    {
      section: 'training',
      content: {
        training: [
          {
            on: addDays(start, 7),
            place: 'Phòng họp của trường',
            participants: 'Hội đồng tự đánh giá, nhóm thư ký, các nhóm công tác',
            content: 'Quy trình tự đánh giá; cách phân tích tiêu chí, tìm và mã hóa minh chứng; cách viết phiếu',
            trainer: 'Thư ký hội đồng',
          },
        ],
      },
    },
    {
      section: 'resources',
      content: {
        resources: [
          {
            for: 'Tất cả các tiêu chuẩn',
            activity: 'Thu thập, sao chụp và lưu trữ minh chứng; in báo cáo',
            kind: 'money',
            when: 'Trong cả đợt tự đánh giá',
            note: 'Từ nguồn chi thường xuyên',
          },
          {
            for: 'Tiêu chuẩn 3',
            activity: 'Đo đạc, kiểm kê phòng học và thiết bị',
            kind: 'people',
            when: 'Tuần 3 đến tuần 5',
            note: '',
          },
        ],
      },
    },
    ...set.standards.map((standard): Section => ({
      section: 'evidence',
      standard: standard.code,
      content: {
        evidence: codes
          .filter(code => code.split('.')[0] === standard.code)
          .flatMap(code => {
            const asked = askedBy(set, code, force)
            return asked ? itemsFor(story, asked) : []
          })
          .map(({ criterion, name }) => ({
            criterion,
            name,
            where: 'Hồ sơ của nhà trường',
            who: assessment.groups.find(group => group.criteria?.includes(criterion))?.name ?? 'Nhóm thư ký',
            cost: '',
            note: '',
          })),
      },
    })),
  ]
}
