import { markAccepted, REPORT } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { addDays } from '../kernel/dates.ts'
import { acceptReport, addRemark, beginReview, returnReport, type NewRemark } from '../reviews/index.ts'
import { OFFICERS, PROVINCE_LEAD } from './cast.ts'
import type { Story } from './story.ts'
import { dayIn } from './world.ts'

/** Somebody of the unit that the report was sent to; undefined for a district, which has nobody in the system. */
async function reviewer({ world, year, id }: Story, role: 'Officer' | 'Lead'): Promise<Actor | undefined> {
  world.mayGoOn()
  world.clock.goTo(dayIn(world, year, 'review'), 9)
  const review = await world.system.reviewNeeds.reviews.get(id)
  const player = OFFICERS.find(each => each.unitId === review.handlerId && each.role.endsWith(role))
  return player && world.actor(player.id)
}

const MUST_MEND: readonly NewRemark[] = [
  {
    kind: 'fix',
    reason: 'noEvidence',
    code: '1.4',
    part: 'description.1.a',
    sentence: 0,
    words: '',
    text: 'Nêu rõ số phó hiệu trưởng theo định mức của năm học và dẫn quyết định bổ nhiệm.',
  },
  {
    kind: 'fix',
    reason: 'descriptionDiffers',
    code: REPORT,
    part: 'process',
    words: '',
    text: 'Bổ sung những vấn đề nổi bật của năm học.',
  },
]

const READING: readonly NewRemark[] = [
  {
    kind: 'question',
    reason: 'descriptionDiffers',
    code: '1.2',
    part: 'description.1.a',
    sentence: 0,
    words: '',
    text: 'Quyết định thành lập được ban hành ngày nào, bản lưu hiện để ở đâu?',
  },
  {
    kind: 'advice',
    reason: 'weakPlan',
    code: '1.1',
    part: 'weaknesses',
    words: '',
    text: 'Điểm yếu nên gắn với một số liệu cụ thể để năm sau đối chiếu được.',
  },
]

async function readWith(story: Story, remarks: readonly NewRemark[]): Promise<void> {
  const { id, world } = story
  const { reviewNeeds } = world.system
  const officer = await reviewer(story, 'Officer')
  if (!officer) return
  if ((await reviewNeeds.reviews.get(id)).state === 'received') await beginReview(reviewNeeds)(officer, id, '42')
  const written = (await reviewNeeds.reviews.get(id)).rounds.at(-1)?.remarks ?? []
  for (const remark of remarks)
    if (!written.some(({ text }) => text === remark.text)) await addRemark(reviewNeeds)(officer, id, remark)
}

/** The officer has begun to read: one question to the school, one piece of advice. */
export const beginReading = (story: Story): Promise<void> => readWith(story, READING)

/** The officer reads and remarks, the lead returns the dossier for two reasons. */
export async function comeBack(story: Story): Promise<void> {
  const { world, id, year } = story
  await readWith(story, MUST_MEND)
  const lead = await reviewer(story, 'Lead')
  if (!lead) return
  const date = dayIn(world, year, 'review')
  await returnReport(world.system.reviewNeeds)(lead, id, { number: '58/UBND-VHXH', date, due: addDays(date, 14) })
}

/** Accepted at the desk; a district had none yet, so there the review follows what the assessment says. */
export async function accept(story: Story): Promise<void> {
  const { world, id, year } = story
  const { assessmentNeeds, reviewNeeds } = world.system
  const lead = await reviewer(story, 'Lead')
  if (!lead) {
    const instead = await world.actor(PROVINCE_LEAD)
    await assessmentNeeds.followReview(instead, await markAccepted(assessmentNeeds, instead, await story.assessment()))
    return
  }
  await readWith(story, [])
  await acceptReport(reviewNeeds)(lead, id, { number: '61/TB-UBND', date: dayIn(world, year, 'review') })
}
