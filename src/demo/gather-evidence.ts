import { askedBy, forceOf, sheetCodes } from '../assessments/index.ts'
import {
  addEntry,
  assignCode,
  collectExpected,
  confirmCarried,
  declareMissing,
  reject,
  verify,
  type Evidence,
} from '../evidence/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { ReceivedFile } from '../http/route.ts'
import { expectedItems } from '../plans/index.ts'
import { itemsFor, type ItemPlan } from './evidence-list.ts'
import { smallPdf, smallPicture } from './small-files.ts'
import type { Story } from './story.ts'
import { sideBySide } from './world.ts'

/** How far an item is to come. */
export type EvidenceGoal = 'expected' | 'missing' | 'collected' | 'rejected' | 'verified' | 'coded'

/** Says how far the item comes that stands at this place under its criterion; a new one did not come from last year. */
export type EvidenceGoals = (criterion: string, index: number, isNew: boolean) => EvidenceGoal

/** Groups find what the plan expected, the secretariat checks and codes it, last year's items are looked at again. */
export async function gatherEvidence(story: Story, goals: EvidenceGoals): Promise<void> {
  const { handout } = story.world.system
  const assessment = await story.assessment()
  const set = await story.world.system.catalogue.setOf(assessment.set.hash)
  const force = forceOf(assessment, set)
  const standing = await handout.evidenceOf(story.id)
  const secretary = await story.as('nhomthuky1', 'evidence')
  await sideBySide(sheetCodes(set, false), story.world.atOnce, async code => {
    const asked = askedBy(set, code, force)
    if (!asked) return
    const collector = await story.as(
      collectorOf(story, assessment.criteria[code.replaceAll('.', '_')]?.groupId),
      'evidence',
    )
    const carried = standing.filter(item => item.criterion === code && item.carriedFrom !== undefined)
    const planned = itemsFor(story, asked).map(item => ({ item, id: idOf(story.id, item) }))
    const ids = [...carried.map(item => item.id), ...planned.map(each => each.id)]
    for (const [index, id] of ids.entries()) {
      const plan = planned.find(each => each.id === id)?.item
      const goal = goals(code, index, plan !== undefined)
      if (plan) await find(story, collector, id, plan, goal)
      await check(story, secretary, id, plan, goal)
    }
  })
}

const idOf = (assessmentId: string, { criterion, name }: ItemPlan): string =>
  expectedItems({ id: assessmentId }, [{ criterion, name, where: '', who: '', cost: '', note: '' }])[0]?.id ?? ''

const collectorOf = ({ cast }: Story, groupId: string | undefined): string => {
  const member = cast.find(each => `nhom-${each.group}` === groupId && !each.leads)
  return member?.id.split('-').at(-1) ?? 'nhomthuky1'
}

async function find(story: Story, actor: Actor, id: string, plan: ItemPlan, goal: EvidenceGoal): Promise<void> {
  const { world } = story
  const needs = world.system.evidenceNeeds
  if (goal === 'expected') return
  const before = await needs.evidence.get(id)
  if (before.state !== 'expected') return
  if (goal === 'missing') {
    const lead = await story.as(leadOf(story, actor), 'evidence', 15)
    await declareMissing(needs)(lead, id, 'Hồ sơ bị thất lạc khi chuyển văn phòng, chưa tìm thấy bản lưu.')
    return
  }
  const [last] = plan.entries.slice(-1)
  const { criterion, name, kind, place } = plan
  const input = { criterion, name, kind, place, note: '' }
  await collectExpected(needs)(actor, id, {
    input: { ...input, entry: entryOf(story, plan, last) },
    files: await fileOf(story, plan),
  })
  for (const entry of plan.entries.slice(0, -1)) await addEntry(needs)(actor, id, entryOf(story, plan, entry), [])
}

/** The lead of the group that this collector works in. */
const leadOf = ({ cast }: Story, actor: Actor): string => {
  const group = cast.find(each => each.id === actor.personId)?.group
  return (
    cast
      .find(each => each.group === group && each.leads)
      ?.id.split('-')
      .at(-1) ?? 'truongnhom1'
  )
}

const entryOf = ({ plan }: Story, item: ItemPlan, entry: ItemPlan['entries'][number] | undefined) => ({
  number: entry?.number ?? 'Không số',
  issuer: plan.name,
  ...(entry && { schoolYear: entry.year, date: entry.date }),
})

async function fileOf({ plan, world }: Story, { file, name, entries }: ItemPlan): Promise<readonly ReceivedFile[]> {
  if (file === undefined) return []
  const last = entries.at(-1)
  if (file === 'png') return [await smallPicture(`${name} ${plan.symbol} ${last?.year ?? ''}`)]
  const lines = [`Số: ${last?.number ?? ''}`, `Năm học ${last?.year ?? ''}`]
  return [await smallPdf(name, plan.name, lines, world.clock.now())]
}

const STEPS: readonly EvidenceGoal[] = ['verified', 'coded']

async function check(
  story: Story,
  actor: Actor,
  id: string,
  plan: ItemPlan | undefined,
  goal: EvidenceGoal,
): Promise<void> {
  const needs = story.world.system.evidenceNeeds
  let item: Evidence = await needs.evidence.get(id)
  if (goal === 'rejected' && item.state === 'collected') {
    await reject(needs)(actor, id, 'Bản chụp mờ, không đọc được số và ngày ban hành; đề nghị chụp lại.')
    return
  }
  if (!STEPS.includes(goal)) return
  if (item.notReviewed) item = await confirmCarried(needs)(actor, id)
  const dataClass = plan?.dataClass ?? item.dataClass ?? 'internal'
  if (item.state === 'collected') item = await verify(needs)(actor, id, { dataClass, originalSeen: true })
  if (goal === 'coded' && item.state === 'verified') await assignCode(needs)(actor, id)
}
