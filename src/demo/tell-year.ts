import { cancel, carryOver, openAssessment } from '../assessments/index.ts'
import { closeReport } from './close-report.ts'
import { drawPlan } from './draw-plan.ts'
import { enterFigures, reconcile } from './enter-figures.ts'
import { gatherEvidence, type EvidenceGoals } from './gather-evidence.ts'
import { comesTo, type Reach, type Stage } from './province.ts'
import { recordMeeting } from './record-meetings.ts'
import { seatCouncil } from './seat-council.ts'
import type { Story } from './story.ts'
import { writeSheets, type SheetGoal, type Teller } from './write-sheets.ts'

/** How one year of a school is told. */
export interface YearTelling {
  readonly reach: Reach
  readonly words: Teller
  /** Where each sheet stands while the school is still at work; all agreed otherwise. */
  readonly sheet?: (code: string) => SheetGoal
  readonly evidence?: EvidenceGoals
}

/**
 * Brings one school's year as far as the telling says, every step by the person whose work it is. What has been done
 * already is passed over, so that a story that was broken off goes on where it stood.
 */
export async function tellYear(story: Story, telling: YearTelling): Promise<void> {
  const { reach } = telling
  const reaches = (stage: Stage): boolean => comesTo(reach, stage)
  if (reach === 'none') return
  await open(story)
  if (reach === 'cancelled') await callOff(story)
  if (reaches('council')) await seatCouncil(story)
  if (!reaches('working')) return
  await enterFigures(story)
  await recordMeeting(story, 'plan')
  await drawPlan(story)
  await reconcile(story, reach)
  const { state } = await story.assessment()
  if (state === 'working') {
    await gatherEvidence(story, telling.evidence ?? (() => 'coded'))
    await writeSheets(story, { words: telling.words, goal: telling.sheet ?? (() => 'agreed') })
  }
  await closeReport(story, reach)
}

async function open(story: Story): Promise<void> {
  const { world, plan, year, id } = story
  const needs = world.system.assessmentNeeds
  const known = await needs.assessments.find(id)
  const head = await story.as('hieutruong', 'open')
  if (!known) await openAssessment(needs)(head, plan.id, year)
  else if (known.state === 'preparing') await carryOver(needs)(head, known)
}

async function callOff(story: Story): Promise<void> {
  const { world, id, plan } = story
  if ((await story.assessment()).state === 'cancelled') return
  const head = await story.as('hieutruong', 'council')
  const reason = 'Trường chuẩn bị sắp xếp lại theo đề án của địa phương nên dừng đợt tự đánh giá đã mở.'
  await cancel(world.system.assessmentNeeds)(head, id, reason, `09/QĐ-${plan.symbol}`)
}
