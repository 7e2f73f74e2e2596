import { carryAllOver } from '../actions/index.ts'
import {
  addComment,
  adopt,
  answerComment,
  close,
  closeComments,
  openComments,
  printDraft,
  publish,
  reportParts,
  REPORT,
  settleFigures,
  startReport,
  submit,
  writeReportPart,
} from '../assessments/index.ts'
import { firstCalendarYear, workingYearOf } from '../kernel/working-year.ts'
import { managingUnitOn } from '../organisations/index.ts'
import { comesTo, type Reach, type Stage } from './province.ts'
import { newestMinutes, recordMeeting } from './record-meetings.ts'
import { reportWords } from './report-words.ts'
import { accept, beginReading, comeBack } from './review-report.ts'
import type { Story } from './story.ts'
import { dayIn } from './world.ts'

/** From the first line of the report to its dispatch, as far as `reach` says. */
export async function closeReport(story: Story, reach: Reach): Promise<void> {
  const { world, id } = story
  const needs = world.system.assessmentNeeds
  const reaches = (stage: Stage): boolean => comesTo(reach, stage)
  const state = async () => (await story.assessment()).state
  if (reaches('drafting') && (await state()) === 'working')
    await startReport(needs)(await story.as('thuky', 'report'), id)
  if (reaches('drafting') && (await state()) === 'drafting') await writeReport(story)
  const comments = story.inFull && reach !== 'drafting'
  if (comments && reaches('consulting')) await consult(story, reaches('adopted'))
  if (reaches('consulting') && !comments && reach === 'consulting' && (await state()) === 'drafting')
    await openComments(needs)(await story.as('hieutruong', 'runningComments'), id)
  if (reaches('adopted') && (await state()) === 'drafting') await carryReport(story)
  if (reaches('published') && (await state()) === 'adopted') {
    const head = await story.as('hieutruong', 'publish')
    const reason = 'Bản giấy có chữ ký và dấu lưu tại văn phòng, trường chưa có chữ ký số.'
    await publish(needs)(head, id, { kind: 'paper', reason }, dayIn(world, story.year, 'publish'), PLACE)
  }
  if (reaches('submitted') && (await state()) === 'published') await send(story)
  if (reach === 'reviewing' && (await state()) === 'submitted') await beginReading(story)
  if (reach === 'returned' && (await state()) === 'submitted') await comeBack(story)
  if (reaches('accepted') && (await state()) === 'submitted') await accept(story)
  if (reaches('closed') && (await state()) === 'accepted') await closeYear(story)
}

const PLACE = 'Bảng tin phòng hội đồng; trang thông tin của trường'

async function writeReport(story: Story): Promise<void> {
  const { world, plan, year, id } = story
  const needs = world.system.assessmentNeeds
  const secretary = await story.as('thuky', 'report', 9)
  const assessment = await story.assessment()
  const set = await needs.setOf(assessment.set.hash)
  const back = firstCalendarYear(workingYearOf(world.today)) - firstCalendarYear(year)
  const words: Readonly<Record<string, string>> = reportWords(plan, back, assessment, set)
  for (const { key } of reportParts(set)) {
    const sheet = await needs.sheets.find(id, REPORT)
    const text = words[key]
    if (text === undefined || sheet.parts[key]?.text === text) continue
    await writeReportPart(needs)(secretary, id, key, { rev: sheet.parts[key]?.rev ?? 0, text })
  }
}

const COMMENTS = [
  {
    key: 'giaovien',
    part: 'Tiêu chuẩn 3',
    text: 'Đề nghị ghi rõ số máy tính còn dùng được của phòng tin học sau đợt kiểm kê.',
    accepted: true,
    why: 'Đã rà lại biên bản kiểm kê và bổ sung số liệu vào tiêu chí về thiết bị.',
  },
  {
    key: 'thanhvien4',
    part: 'Tiêu chuẩn 4',
    text: 'Nên nêu thêm việc phối hợp với hội khuyến học trong trao học bổng.',
    accepted: true,
    why: 'Đã bổ sung một câu ở phần mô tả hiện trạng.',
  },
  {
    key: 'truongnhom5',
    part: 'Phần kết luận',
    text: 'Có thể tự đánh giá cao hơn ở tiêu chí về kết quả giáo dục.',
    accepted: false,
    why: 'Chưa đủ minh chứng của cả năm năm học nên hội đồng giữ mức đã thống nhất.',
  },
] as const

/** The draft lies open for the staff; they comment, the secretary answers. While the round runs, the teacher's turn is still to come. */
async function consult(story: Story, ends: boolean): Promise<void> {
  const { world, id } = story
  const needs = world.system.assessmentNeeds
  const before = await story.assessment()
  if (before.consultation?.closedOn !== undefined) return
  const moment = ends ? 'comments' : 'runningComments'
  if (before.state === 'drafting') await openComments(needs)(await story.as('hieutruong', moment), id)
  const written = await needs.comments.ofAssessment(id)
  for (const { key, part, text } of COMMENTS) {
    if (written.some(comment => comment.text === text) || (!ends && key === 'giaovien')) continue
    await addComment(needs)(await story.as(key, moment, 14), id, { part, text })
  }
  for (const comment of await needs.comments.ofAssessment(id)) {
    const planned = COMMENTS.find(each => each.text === comment.text)
    // While the round runs, the last comment waits for its answer.
    if (!planned || comment.answer || (!ends && planned === COMMENTS.at(-1))) continue
    const { accepted, why } = planned
    await answerComment(needs)(await story.as('thuky', moment, 20), id, comment.id, { accepted, why })
  }
  if (ends) await closeComments(needs)(await story.as('thuky', 'closeComments'), id)
}

async function carryReport(story: Story): Promise<void> {
  const { world, id, year, plan } = story
  const needs = world.system.assessmentNeeds
  await settleFigures(needs)(await story.as('thuky', 'adopt', 8), id, true)
  const secretary = await story.as('thuky', 'adopt', 8)
  await printDraft(needs)(secretary, id)
  await recordMeeting(story, 'adopt')
  const assessment = await story.assessment()
  const total = assessment.councilVersions.at(-1)?.members.length ?? 0
  await adopt(needs)(await story.as('hieutruong', 'adopt', 14), id, {
    votes: { for: total - 1, against: 0, other: 1, total },
    minutes: (await newestMinutes(story)) ?? `Biên bản số 21/BB-HĐTĐG-${plan.symbol}`,
    on: dayIn(world, year, 'adopt'),
    ...(assessment.consultation === undefined && {
      waivedBecause: 'Trường nhỏ, dự thảo đã được đọc và góp ý tại phiên họp toàn thể hội đồng sư phạm.',
    }),
  })
}

async function send(story: Story): Promise<void> {
  const { world, id, plan, year } = story
  const date = dayIn(world, year, 'submit')
  const managing = managingUnitOn(await world.system.units.tree(), plan.id, date)
  await submit(world.system.assessmentNeeds)(await story.as('hieutruong', 'submit'), id, {
    number: `35/CV-${plan.symbol}`,
    date,
    toUnitId: managing?.id ?? '',
  })
}

async function closeYear(story: Story): Promise<void> {
  const { assessmentNeeds, actionNeeds } = story.world.system
  await carryAllOver(actionNeeds)(await story.as('hieutruong', 'end'), story.id)
  await close(assessmentNeeds)(await story.as('hieutruong', 'end', 9), story.id)
}
