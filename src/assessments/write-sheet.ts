import { randomUUID } from 'node:crypto'
import type { Verdict } from '../catalogue/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, NotFound, StaleWrite, StepRefused } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import { entryBy } from '../journal/index.ts'
import { keyOf } from './assessment.ts'
import { mayOnSheet } from './assessment-policy.ts'
import { WITH_GROUP } from './criterion-conditions.ts'
import { whyNot } from './group-rights-words.ts'
import { CRITERION_STATE_NAMES } from './criterion-machine.ts'
import type { AssessmentNeeds } from './needs.ts'
import { openSheet, type OpenSheet } from './open-sheet.ts'
import { descriptionPart, TEXT_PARTS, type AnalysisRow, type SheetAction, type SheetPart } from './sheet.ts'

/** Longest text of one part, in characters: about eight printed pages. */
const MAX_PART = 20_000

/** The sheet for writing: only its own group, only while the sheet is with the group. */
async function openForWriting(needs: AssessmentNeeds, actor: Actor, id: string, code: string): Promise<OpenSheet> {
  const open = await openSheet(needs, actor, id, code)
  if (!mayOnSheet.write(actor, open.place)) {
    const group = open.assessment.groups.find(each => each.id === open.decision.groupId)
    const decided = whyNot(open.assessment, actor.personId, code, 'write', dayOf(needs.now()))
    throw new Forbidden(decided ?? 'Chỉ nhóm công tác phụ trách tiêu chí này được viết phiếu.', group?.name)
  }
  if (open.assessment.moving)
    throw new StepRefused('Nội dung đang được chuyển sang phiên bản mới của bộ tiêu chí. Xin thử lại sau ít phút.')
  if (open.assessment.state !== 'working' || !WITH_GROUP.includes(open.decision.state))
    throw new StepRefused(
      `Phiếu tiêu chí ${code} đang ở bước “${CRITERION_STATE_NAMES[open.decision.state]}” nên chưa sửa được.`,
    )
  return open
}

/** A part as it is kept: NFC, line ends as \n, blanks as typed; refuses what is too long to be printed. */
export function partText(part: string, typed: string): string {
  const text = typed.normalize('NFC').replace(/\r\n?/g, '\n')
  if (text.length > MAX_PART)
    throw new InvalidInput({ [part]: `Phần này dài ${text.length} ký tự, tối đa là ${MAX_PART}.` })
  return text
}

/** The text parts of this sheet, by key. */
export const partsOf = ({ asked }: Pick<OpenSheet, 'asked'>): readonly string[] => [
  ...asked.indicators.map(indicator => descriptionPart(indicator.level, indicator.code)),
  ...TEXT_PARTS,
]

/** Saves one text part that was read at `rev`; `StaleWrite` carries the part that stands there now. */
export const writePart =
  (needs: AssessmentNeeds) =>
  async (
    actor: Actor,
    id: string,
    code: string,
    part: string,
    written: { readonly rev: number; readonly text: string },
  ): Promise<SheetPart> => {
    const open = await openForWriting(needs, actor, id, code)
    if (!partsOf(open).includes(part)) throw new NotFound('Phiếu không có phần này.')
    const text = partText(part, written.text)
    return needs.sheets.writePart({ assessmentId: id, code }, part, written.rev, {
      text,
      by: actor.personId,
      name: actor.name,
      at: needs.now(),
    })
  }

/** Replaces the improvement actions that were read at `rev`; gives the new revision. */
export const writeActions =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, code: string, rev: number, actions: readonly SheetAction[]): Promise<number> => {
    await openForWriting(needs, actor, id, code)
    const sheet = await needs.sheets.find(id, code)
    const kept = actions.map(action => ({ ...action, id: action.id || randomUUID() }))
    return needs.sheets.writeRows(sheet, rev, { actions: kept })
  }

/** Replaces the rows of the analysis sheet that were read at `rev`; gives the new revision. */
export const writeAnalysis =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, code: string, rev: number, rows: readonly AnalysisRow[]): Promise<number> => {
    const open = await openForWriting(needs, actor, id, code)
    const known = rows.filter(row =>
      open.asked.indicators.some(each => each.level === row.level && each.code === row.indicator),
    )
    const sheet = await needs.sheets.find(id, code)
    return needs.sheets.writeRows(sheet, rev, { analysis: known })
  }

export interface Answered {
  readonly level: string
  readonly indicator: string
  /** Undefined takes the answer back. */
  readonly verdict: Extract<Verdict, 'met' | 'notMet'> | undefined
  /** The verdict that the person saw; another one standing there is a conflict. */
  readonly seen: Verdict | undefined
}

/** Answers one indicator Đạt or Không đạt; “không áp dụng” is never the school's to say (process § 4). */
export const answerIndicator =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, code: string, answer: Answered): Promise<void> => {
    const { assessment, decision, asked } = await openForWriting(needs, actor, id, code)
    const indicator = asked.indicators.find(each => each.level === answer.level && each.code === answer.indicator)
    if (!indicator) throw new InvalidInput({ indicator: 'Tiêu chí này không có chỉ báo đó.' })
    if (!indicator.applicable)
      throw new InvalidInput({ indicator: `Chỉ báo không phải đánh giá: ${indicator.whyNot}.` })
    const standing = decision.answers[answer.level]?.[answer.indicator]
    if (standing === answer.verdict) return
    if (standing !== answer.seen)
      throw new StaleWrite('Chỉ báo này vừa được người khác đánh giá.', { verdict: standing })
    await needs.assessments.advanceCriterion(
      assessment,
      decision,
      {
        [`answers.${answer.level}.${answer.indicator}`]: answer.verdict,
        ...(!decision.authors.includes(actor.personId) && { authors: [...decision.authors, actor.personId] }),
      },
      entryBy(actor, needs.now(), {
        id: `assessment:${id}:${keyOf(code)}:${decision.rev + 1}`,
        unitId: assessment.schoolId,
        year: assessment.year,
        subject: { kind: 'assessment', id, part: code },
        event: 'answerIndicator',
        ...(standing !== undefined && { from: standing }),
        ...(answer.verdict !== undefined && { to: answer.verdict }),
        facts: { level: answer.level, indicator: answer.indicator },
      }),
    )
  }

/** One line for free fields of actions and analysis rows. */
export const line = (value: unknown): string => (typeof value === 'string' ? tidy(value).slice(0, 2_000) : '')
