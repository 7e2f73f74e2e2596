import { fieldsOf, textField } from '../http/fields.ts'
import { daysBetween } from '../kernel/dates.ts'
import { parseWorkingYear, type WorkingYear } from '../kernel/working-year.ts'
import {
  PLAN_STEP_NAMES,
  RESOURCE_KIND_NAMES,
  type PlanAims,
  type PlanContent,
  type PlanResource,
  type PlanStep,
  type TimetableRow,
} from './plan-content.ts'
import { DEADLINE_NAMES } from './plan-words.ts'
import type { PlanSection } from './plan-sections.ts'
import { filled, messages, rowsFrom, textFrom, type InputRow, type Messages } from '../http/rows-input.ts'

/** Longest text of sections I and II, in characters: about four printed pages. */
const MAX_TEXT = 10_000

type Reader = (body: unknown, said: Messages) => Partial<PlanContent>

/** What one section's form says. Unfinished lines are taken; `InvalidInput` names every cell that cannot be read. */
export function sectionFrom(section: PlanSection, body: unknown): Partial<PlanContent> {
  const said = messages()
  const content = READERS[section](body, said)
  said.refuseIfAny()
  return content
}

const READERS: Readonly<Record<PlanSection, Reader>> = {
  purpose: (body, said) => ({ purpose: textFrom(body, 'purpose', MAX_TEXT, said), aims: aimsFrom(body, said) }),

  scope: (body, said) => ({ scope: textFrom(body, 'scope', MAX_TEXT, said), years: yearsFrom(body) }),

  tools: (body, said) => ({ tools: rowsFrom(body, { typed: ['tool'] }, said).map(row => row.text('tool')) }),

  assignments: (body, said) => ({
    assignments: rowsFrom(body, { typed: ['criterion', 'responsible', 'supporting', 'from', 'to'] }, said).map(row => ({
      criterion: row.text('criterion'),
      responsible: row.text('responsible'),
      supporting: row.text('supporting'),
      ...filled('from', row.day('from')),
      ...filled('to', row.day('to')),
    })),
  }),

  training: (body, said) => ({
    training: rowsFrom(body, { typed: ['on', 'place', 'participants', 'content', 'trainer'] }, said).map(row => ({
      ...filled('on', row.day('on')),
      place: row.text('place'),
      participants: row.text('participants'),
      content: row.text('content'),
      trainer: row.text('trainer'),
    })),
  }),

  resources: (body, said) => ({
    resources: rowsFrom(body, { typed: ['for', 'activity', 'when', 'note'], others: ['kind'] }, said).map(row => ({
      for: row.text('for'),
      activity: row.text('activity'),
      kind: kindFrom(row),
      when: row.text('when'),
      note: row.text('note'),
    })),
  }),

  evidence: (body, said) => ({
    evidence: rowsFrom(
      body,
      { typed: ['name', 'where', 'who', 'by', 'cost', 'note'], others: ['criterion'] },
      said,
    ).map(row => ({
      criterion: row.text('criterion'),
      name: row.text('name'),
      where: row.text('where'),
      who: row.text('who'),
      ...filled('by', row.day('by')),
      cost: row.text('cost'),
      note: row.text('note'),
    })),
  }),

  experts: (body, said) => ({
    experts: rowsFrom(body, { typed: ['name', 'field', 'for', 'when', 'cost'] }, said).map(row => ({
      name: row.text('name'),
      field: row.text('field'),
      for: row.text('for'),
      when: row.text('when'),
      cost: row.text('cost'),
    })),
  }),

  timetable: (body, said) => ({ timetable: timetableFrom(body, said) }),
}

const aimsFrom = (body: unknown, said: Messages): PlanAims => {
  const level = ([1, 2, 3, 4] as const).find(each => String(each) === textField(body, 'level'))
  if (!level) said.add('level', 'Xin chọn mức mà nhà trường phấn đấu đạt.')
  return {
    level: level ?? 1,
    ...filled(
      'accreditationGrade',
      ([1, 2, 3, 4] as const).find(each => String(each) === textField(body, 'accreditationGrade')),
    ),
    ...filled(
      'nationalGrade',
      ([1, 2] as const).find(each => String(each) === textField(body, 'nationalGrade')),
    ),
  }
}

const yearsFrom = (body: unknown): readonly WorkingYear[] =>
  [fieldsOf(body)['years']]
    .flat()
    .map(value => parseWorkingYear(String(value)))
    .filter(year => year !== undefined)

const kindFrom = (row: InputRow): PlanResource['kind'] => {
  const kind = row.text('kind')
  return kind === 'people' || kind === 'facilities' || kind === 'money' ? kind : refuseKind(row)
}

const refuseKind = (row: InputRow): PlanResource['kind'] => {
  row.refuse('kind', `Xin chọn ${Object.values(RESOURCE_KIND_NAMES).join(', ').toLocaleLowerCase('vi')}.`)
  return 'people'
}

/** A line needs its two days, because deadlines are read from them; weeks that are left open are counted from them. */
function timetableFrom(body: unknown, said: Messages): readonly TimetableRow[] {
  const columns = {
    typed: ['weekFrom', 'weekTo', 'from', 'to', 'activity', 'responsible', 'result'],
    others: ['step', 'deadlineKey'],
  }
  const lines = rowsFrom(body, columns, said).map(row => {
    const [from, to] = [row.day('from'), row.day('to')]
    for (const [column, day] of [
      ['from', from],
      ['to', to],
    ] as const)
      if (day === undefined) row.refuse(column, 'Mỗi dòng cần ngày bắt đầu và ngày hoàn thành.')
    const step = stepFrom(row)
    return {
      weekFrom: row.number('weekFrom'),
      weekTo: row.number('weekTo'),
      from: from ?? '',
      to: to ?? '',
      activity: row.text('activity'),
      responsible: row.text('responsible'),
      result: row.text('result'),
      step,
      ...filled('deadlineKey', DEADLINE_NAMES.find(([key]) => key === row.text('deadlineKey'))?.[0]),
    }
  })
  const first = lines.map(line => line.from).toSorted()[0] ?? ''
  const weekOf = (day: string): number => Math.floor(daysBetween(first, day) / 7) + 1
  return lines.map(({ weekFrom, weekTo, ...line }) => ({
    weekFrom: weekFrom ?? weekOf(line.from),
    weekTo: weekTo ?? weekFrom ?? weekOf(line.to),
    ...line,
  }))
}

const stepFrom = (row: InputRow): PlanStep => {
  const step = ([1, 2, 3, 4, 5, 6, 7] as const).find(each => String(each) === row.text('step'))
  if (!step) row.refuse('step', `Xin chọn một trong ${Object.keys(PLAN_STEP_NAMES).length} bước tự đánh giá.`)
  return step ?? 1
}
