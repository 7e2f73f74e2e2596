import {
  advanceCriterion,
  answerIndicator,
  askedBy,
  descriptionPart,
  forceOf,
  keyOf,
  sheetCodes,
  writeActions,
  writeAnalysis,
  writePart,
  type Assessment,
  type AskedSheet,
  type CriterionEvent,
  type CriterionState,
} from '../assessments/index.ts'
import { addDays } from '../kernel/dates.ts'
import { searchKey } from '../kernel/words.ts'
import { lastDayOf } from '../organisations/index.ts'
import type { Story } from './story.ts'
import { sideBySide, type Moment } from './world.ts'

/** How far a sheet is to come; `returned` went back from its lead, `sentBack` from the council. */
export type SheetGoal =
  'assigned' | 'analysing' | 'drafting' | 'returned' | 'sentBack' | 'groupReview' | 'councilReview' | 'agreed'

/** What one sheet says; keys of `described` and `notMet` are level and indicator, `2a`. */
export interface SheetWords {
  readonly described: Readonly<Record<string, string>>
  readonly notMet: readonly string[]
  readonly strengths: string
  readonly weaknesses: string
  readonly improvement?: string
  readonly actions: readonly ActionWords[]
}

export interface ActionWords {
  readonly what: string
  readonly who: string
  readonly expected: string
  readonly weakness: string
  readonly cost?: string
  /** It is done in the next school year, so many days before its end. */
  readonly daysBeforeEnd: number
}

/** Tells the words of a sheet; `cited` are the items under its criterion, coded ones first. */
export type Teller = (asked: AskedSheet) => SheetWords

export interface Telling {
  readonly words: Teller
  readonly goal: (code: string) => SheetGoal
}

/** Every group takes its criteria as far as the goals say: step by step, all sheets of a step on the same days. */
export async function writeSheets(story: Story, telling: Telling): Promise<void> {
  const assessment = await story.assessment()
  const set = await story.world.system.catalogue.setOf(assessment.set.hash)
  const force = forceOf(assessment, set)
  const sheets = sheetCodes(set, false)
    .flatMap(code => askedBy(set, code, force) ?? [])
    .flatMap(asked => sheetWork(story, assessment, asked, telling) ?? [])
  for (const phase of PHASES) await sideBySide(sheets, story.world.atOnce, phase)
}

const ORDER = ['assigned', 'analysing', 'drafting', 'groupReview', 'councilReview', 'agreed'] as const
type Stage = (typeof ORDER)[number]

const STAGE: Readonly<Record<SheetGoal, Stage>> = {
  assigned: 'assigned',
  analysing: 'analysing',
  drafting: 'drafting',
  returned: 'groupReview',
  sentBack: 'councilReview',
  groupReview: 'groupReview',
  councilReview: 'councilReview',
  agreed: 'agreed',
}

/** One sheet on its way to its goal. */
interface SheetWork {
  readonly story: Story
  readonly asked: AskedSheet
  readonly telling: Telling
  readonly goal: SheetGoal
  readonly writer: string
  readonly lead: string
  readonly councilSize: number
}

/** Undefined for a sheet that has been sent back: it waits for its people. */
function sheetWork(story: Story, before: Assessment, asked: AskedSheet, telling: Telling): SheetWork | undefined {
  const decision = before.criteria[keyOf(asked.code)]
  if (!decision || decision.returned) return undefined
  const workers = workersOn(story, decision.groupId, asked.code)
  const councilSize = before.councilVersions.at(-1)?.members.length ?? 0
  return { story, asked, telling, goal: telling.goal(asked.code), ...workers, councilSize }
}

const reaches = ({ goal }: SheetWork, stage: Stage): boolean => ORDER.indexOf(STAGE[goal]) >= ORDER.indexOf(stage)

const decisionOf = async ({ story, asked }: SheetWork) => (await story.assessment()).criteria[keyOf(asked.code)]

const stands = async (work: SheetWork, ...states: readonly CriterionState[]): Promise<boolean> =>
  states.includes((await decisionOf(work))?.state ?? 'frozen')

const step = async ({ story, asked }: SheetWork, who: string, moment: Moment, event: CriterionEvent): Promise<void> => {
  const actor = await story.as(who, moment)
  await advanceCriterion(story.world.system.assessmentNeeds)(actor, story.id, asked.code, event)
}

/** What a group, its lead and the council do, in this order; each passes over a sheet that is further already. */
const PHASES: readonly ((work: SheetWork) => Promise<void>)[] = [
  async work => {
    if (!reaches(work, 'analysing')) return
    const carried = (await decisionOf(work))?.notReviewed === true
    if (!carried && (await stands(work, 'assigned'))) await step(work, work.writer, 'evidence', { type: 'analyse' })
    if (await stands(work, 'assigned', 'analysing')) await analyse(work)
  },
  async work => {
    if (reaches(work, 'drafting') && (await stands(work, 'assigned', 'analysing')))
      await step(work, work.writer, 'writing', { type: 'draft' })
    if (reaches(work, 'drafting') && (await stands(work, 'drafting'))) await draft(work)
  },
  async work => {
    if (reaches(work, 'groupReview') && (await stands(work, 'drafting')))
      await step(work, work.writer, 'handIn', { type: 'handIn' })
  },
  async work => {
    if (!(await stands(work, 'groupReview'))) return
    if (work.goal === 'returned') await step(work, work.lead, 'confirm', RETURN)
    if (reaches(work, 'councilReview'))
      await step(work, work.lead, 'confirm', { type: 'confirm', by: work.story.player(work.lead).id })
  },
  async work => {
    if (!(await stands(work, 'councilReview'))) return
    if (work.goal === 'sentBack') await step(work, 'thuky', 'agree', SEND_BACK)
    if (work.goal === 'agreed') await step(work, 'hieutruong', 'agree', { type: 'agree', decision: agreement(work) })
  },
]

const RETURN: CriterionEvent = {
  type: 'returnToAuthor',
  reason: 'Mô tả Mức 1, chỉ báo b còn chung chung; cần nêu số liệu của năm học và dẫn đúng minh chứng.',
  anchor: 'mo-ta-1-b',
}

const SEND_BACK: CriterionEvent = {
  type: 'returnToGroup',
  reason: 'Hội đồng đề nghị bổ sung biện pháp cụ thể, người thực hiện và thời hạn cho điểm yếu đã nêu.',
}

const agreement = ({ story: { plan }, councilSize: total }: SheetWork) => {
  return plan.levels.includes('thpt')
    ? ({ kind: 'minutes', minutesId: `05/BB-HĐTĐG-${plan.symbol}`, signed: true } as const)
    : ({ kind: 'vote', votes: { for: total, against: 0, other: 0, total } } as const)
}

const keyOfPlayer = (id: string | undefined): string => id?.split('-').at(-1) ?? ''

/** Who writes a sheet and who confirms it; members of a group take turns. */
function workersOn({ cast }: Story, groupId: string | undefined, code: string): { writer: string; lead: string } {
  const ofGroup = cast.filter(each => `nhom-${each.group}` === groupId)
  const members = ofGroup.filter(each => !each.leads)
  const turn = Number(code.split('.')[1]) % 3 === 0 ? 1 : 0
  return {
    writer: keyOfPlayer((members[turn] ?? members[0])?.id),
    lead: keyOfPlayer(ofGroup.find(each => each.leads)?.id),
  }
}

async function analyse({ story, asked, writer }: SheetWork): Promise<void> {
  const needs = story.world.system.assessmentNeeds
  const actor = await story.as(writer, 'evidence')
  const sheet = await needs.sheets.find(story.id, asked.code)
  if (sheet.analysis.length > 0) return
  const rows = asked.indicators
    .filter(each => each.applicable)
    .map((each, index) => ({
      level: each.level,
      indicator: each.code,
      questions: `Nhà trường đã làm gì để đáp ứng yêu cầu này? Từ khi nào, ai phụ trách, kết quả ra sao?`,
      evidenceNeeded:
        asked.typicalEvidence[index % Math.max(1, asked.typicalEvidence.length)] ?? 'Hồ sơ của nhà trường',
      source: 'Hồ sơ của nhà trường',
      note: '',
    }))
  await writeAnalysis(needs)(actor, story.id, asked.code, sheet.rev, rows)
}

async function draft({ story, asked, telling, goal, writer }: SheetWork): Promise<void> {
  const needs = story.world.system.assessmentNeeds
  const actor = await story.as(writer, 'writing')
  const unfinished = goal === 'drafting'
  const words = telling.words(asked)
  const { code } = asked
  const sheet = await needs.sheets.find(story.id, code)
  const write = async (part: string, text: string): Promise<void> => {
    if (sheet.parts[part]?.text === text) return
    await writePart(needs)(actor, story.id, code, part, { rev: sheet.parts[part]?.rev ?? 0, text })
  }
  const cite = await citingIn(story, code)
  const answered = (await story.assessment()).criteria[keyOf(code)]
  const applicable = asked.indicators.filter(each => each.applicable)
  // A sheet that is still being written stops half-way through its indicators.
  const now = unfinished ? applicable.slice(0, Math.ceil(applicable.length / 2)) : applicable
  for (const each of now) {
    const key = `${each.level}${each.code}`
    const text = words.described[key]
    if (text !== undefined) await write(descriptionPart(each.level, each.code), `${text}${cite(text, each.gist)}`)
    const verdict = words.notMet.includes(key) ? 'notMet' : 'met'
    const seen = answered?.answers[each.level]?.[each.code]
    await answerIndicator(needs)(actor, story.id, code, { level: each.level, indicator: each.code, verdict, seen })
  }
  if (unfinished) return
  await write('strengths', words.strengths)
  await write('weaknesses', words.weaknesses)
  if (words.improvement !== undefined) await write('improvement', words.improvement)
  const fresh = await needs.sheets.find(story.id, code)
  if (fresh.actions.length === 0 && words.actions.length > 0)
    await writeActions(needs)(
      actor,
      story.id,
      code,
      fresh.rev,
      words.actions.map(each => actionOf(story, each)),
    )
}

const actionOf = ({ year }: Story, { daysBeforeEnd, cost, ...words }: ActionWords) => ({
  id: '',
  ...words,
  resources: 'Nhân sự và cơ sở vật chất hiện có',
  cost: cost ?? 'Chi thường xuyên',
  from: addDays(lastDayOf(year), 40),
  to: addDays(lastDayOf(year), 365 - daysBeforeEnd),
})

const SPANS_YEARS = /5 năm|hằng năm|liên tiếp/i

/** The code at the end of a statement: the item whose name speaks of the same things, of several years where years are asked. */
async function citingIn(story: Story, code: string): Promise<(statement: string, gist: string) => string> {
  const all = await story.world.system.handout.evidenceOf(story.id)
  const own = all.filter(item => item.criterion === code && ['coded', 'frozen'].includes(item.state))
  const yearly = own.filter(item => item.entries.length > 1)
  return (statement, gist) => {
    const wanted = SPANS_YEARS.test(gist) && yearly.length > 0 ? yearly : own
    const spoken = pairsIn(`${gist} ${statement}`)
    const shared = (name: string): number => [...pairsIn(name)].filter(pair => spoken.has(pair)).length
    const [item] = wanted.toSorted((a, b) => shared(b.name) - shared(a.name))
    return item ? ` [[${item.id}]]` : ''
  }
}

/** Neighbouring syllables, which is what most Vietnamese words are. */
function pairsIn(text: string): ReadonlySet<string> {
  const syllables = searchKey(text).split(/[^a-z0-9]+/)
  return new Set(syllables.slice(1).map((syllable, at) => `${syllables[at]} ${syllable}`))
}
