import { z } from 'zod'
import { fieldsOf, textField } from '../http/fields.ts'
import type { Actor } from '../kernel/actor.ts'
import { parseDay, type Day } from '../kernel/dates.ts'
import { InvalidInput, NotFound } from '../kernel/refusals.ts'
import type { CouncilDecision, CriterionEvent } from './criterion-machine.ts'
import type { Known } from './sheet-labels.ts'
import type { AnalysisRow, SheetAction } from './sheet.ts'
import { line } from './write-sheet.ts'

const MOST_ACTIONS = 60

// Made once: making a schema takes longer than reading a save with it.
const revision = z.coerce.number().int().min(0)
const idsByLabel = z.record(z.string(), z.string())

/** A revision that a page was drawn with: a whole number from 0. */
export function revFrom(body: unknown): number {
  const rev = revision.safeParse(fieldsOf(body)['rev'])
  if (!rev.success) throw new InvalidInput({ rev: 'Thiếu số hiệu của bản đang sửa, xin tải lại trang.' })
  return rev.data
}

/** A text part as it is sent: with labels, the revision it was read at, and what the page meant by its labels. */
export function writtenFrom(body: unknown): { readonly rev: number; readonly text: string; readonly known: Known } {
  const { known } = fieldsOf(body)
  return { rev: revFrom(body), text: textField(body, 'text'), known: knownIn(known) }
}

/** A form without script carries the same as JSON text in a hidden field. */
function knownIn(value: unknown): Known {
  const given = idsByLabel.safeParse(typeof value === 'string' ? parsed(value) : value)
  return given.success ? given.data : {}
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type OwnVerdict = 'met' | 'notMet'

const verdictIn = (value: unknown): OwnVerdict | undefined =>
  value === 'met' || value === 'notMet' ? value : undefined

/** The answer to an indicator and the one the person saw; the button “Bỏ đánh giá” sends `clear`. */
export function answerFrom(body: unknown): {
  readonly verdict: OwnVerdict | undefined
  readonly seen: OwnVerdict | undefined
} {
  const { verdict, seen, clear } = fieldsOf(body)
  return { verdict: clear === undefined ? verdictIn(verdict) : undefined, seen: verdictIn(seen) }
}

const TEXTS = ['what', 'who', 'resources', 'cost', 'expected', 'weakness'] as const
const ID = /^[A-Za-z0-9_-]{8,40}$/

/**
 * Rows of the improvement plan: JSON `{ actions: [...] }`, or form fields `what.0`, `to.0` … `remove.0`. Empty rows are
 * left out, new ones get an id from `newId`. Refuses with a message per date that is none.
 */
export function actionsFrom(body: unknown, newId: () => string): readonly SheetAction[] {
  const wrong: Record<string, string> = {}
  const day = (field: string, value: unknown): Day | undefined => {
    const text = line(value)
    const read = text === '' ? undefined : parseDay(text)
    if (text !== '' && read === undefined) wrong[field] = 'Ngày phải có dạng ngày/tháng/năm, ví dụ 05/09/2025.'
    return read
  }
  const actions = rowsIn(body, 'actions', 'what').flatMap((row, index): SheetAction[] => {
    const [from, to] = [day(`from.${index}`, row['from']), day(`to.${index}`, row['to'])]
    const words = {
      what: line(row['what']),
      who: line(row['who']),
      resources: line(row['resources']),
      cost: line(row['cost']),
      expected: line(row['expected']),
      weakness: line(row['weakness']),
    }
    const isEmpty = TEXTS.every(key => words[key] === '') && from === undefined && to === undefined
    if (isEmpty || row['remove'] !== undefined) return []
    const id = typeof row['id'] === 'string' && ID.test(row['id']) ? row['id'] : newId()
    return [{ id, ...words, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }]
  })
  if (Object.keys(wrong).length > 0) throw new InvalidInput(wrong)
  if (actions.length > MOST_ACTIONS) throw new InvalidInput({ 'what.0': `Tối đa ${MOST_ACTIONS} việc cải tiến.` })
  return actions
}

/** Rows of the analysis sheet; an indicator left empty has no row. */
export function analysisFrom(body: unknown): readonly AnalysisRow[] {
  return rowsIn(body, 'rows', 'level').flatMap((row): AnalysisRow[] => {
    const words = {
      questions: several(row['questions']),
      evidenceNeeded: several(row['evidenceNeeded']),
      source: line(row['source']),
      note: line(row['note']),
    }
    const notNeeded = line(row['notNeeded'])
    if (notNeeded === '' && Object.values(words).every(word => word === '')) return []
    return [
      {
        level: line(row['level']),
        indicator: line(row['indicator']),
        ...words,
        ...(notNeeded !== '' && { notNeeded }),
      },
    ]
  })
}

const several = (value: unknown): string =>
  typeof value === 'string' ? value.normalize('NFC').replace(/\r\n?/g, '\n').trim().slice(0, 4_000) : ''

type Row = Readonly<Record<string, unknown>>

/** Rows as JSON under `list`, or as fields `<name>.<index>`; the field `first` is in every row of a form. */
function rowsIn(body: unknown, list: string, first: string): readonly Row[] {
  const fields = fieldsOf(body)
  const given = fields[list]
  if (Array.isArray(given)) return given.map(fieldsOf)
  const rows: Record<string, unknown>[] = []
  for (let index = 0; `${first}.${index}` in fields; index++)
    rows.push(
      Object.fromEntries(
        Object.entries(fields).flatMap(([name, value]) =>
          name.endsWith(`.${index}`) ? [[name.slice(0, name.lastIndexOf('.')), value]] : [],
        ),
      ),
    )
  return rows
}

/** An expected item from the analysis sheet: its name, and where and with whom it is to be found. */
export function expectedFrom(body: unknown): { readonly name: string; readonly where: string; readonly who: string } {
  return { name: line(fieldsOf(body)['name']), where: line(fieldsOf(body)['where']), who: line(fieldsOf(body)['who']) }
}

/** A step of the criterion machine as the form sends it; the machine itself says what is missing. */
export function stepFrom(actor: Actor, event: string, body: unknown): CriterionEvent {
  const reason = textField(body, 'reason').normalize('NFC').trim()
  switch (event) {
    case 'analyse':
    case 'draft':
    case 'handIn':
      return { type: event }
    case 'returnToAuthor':
      return { type: event, reason, anchor: textField(body, 'anchor') }
    case 'confirm':
      return { type: event, by: actor.personId }
    case 'returnToGroup':
    case 'reopen':
      return { type: event, reason }
    case 'agree': {
      const decision = decisionFrom(body)
      return decision ? { type: event, decision } : { type: event }
    }
    default:
      throw new NotFound('Không có bước này.')
  }
}

function decisionFrom(body: unknown): CouncilDecision | undefined {
  const count = (name: string): number => Number.parseInt(textField(body, name), 10) || 0
  if (textField(body, 'kind') === 'minutes') {
    const minutesId = line(textField(body, 'minutesId'))
    if (minutesId === '') throw new InvalidInput({ minutesId: 'Cần ghi số hoặc ngày của biên bản họp hội đồng.' })
    return { kind: 'minutes', minutesId, signed: textField(body, 'signed') !== '' }
  }
  if (textField(body, 'for') === '') return undefined
  return {
    kind: 'vote',
    votes: { for: count('for'), against: count('against'), other: count('other'), total: count('total') },
  }
}
