import { fieldsOf } from '../http/fields.ts'
import { messages, rowsFrom, textFrom } from '../http/rows-input.ts'
import { parseDay } from '../kernel/dates.ts'
import type { MinutesWords, Participant } from './minutes.ts'

const MAX_LINE = 300
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/

/** Reads the form of a record; the participants are those of the record, the form says who came and why others did not. */
export function minutesFrom(body: unknown, participants: readonly Participant[]): MinutesWords {
  const said = messages()
  const line = (name: string): string => textFrom(body, name, MAX_LINE, said)
  const clock = (name: string): string => {
    const text = line(name)
    if (text !== '' && !CLOCK.test(text)) said.add(name, 'Giờ phải có dạng giờ:phút, ví dụ 14:00.')
    return text
  }
  const on = parseDay(line('on'))
  if (on === undefined) said.add('on', 'Ngày phải có dạng ngày/tháng/năm, ví dụ 05/09/2025.')
  const came = new Set([fieldsOf(body)['present']].flat())
  const words: MinutesWords = {
    number: line('number'),
    on: on ?? '',
    from: clock('from'),
    until: clock('until'),
    place: line('place'),
    chair: line('chair'),
    secretary: line('secretary'),
    guests: textFrom(body, 'guests', 1000, said),
    participants: participants.map(person => {
      const present = came.has(person.personId)
      return { ...person, present, reason: present ? '' : line(`reason.${person.personId}`) }
    }),
    agenda: rowsFrom(body, { typed: ['title', 'speaker', 'opinions', 'conclusion'] }, said).map(row => {
      const title = row.text('title')
      if (title === '') row.refuse('title', 'Xin ghi nội dung họp.')
      return { title, speaker: row.text('speaker'), opinions: row.text('opinions'), conclusion: row.text('conclusion') }
    }),
    votes: rowsFrom(body, { typed: ['question', 'for', 'against', 'other'] }, said).map(row => {
      const question = row.text('question')
      if (question === '') row.refuse('question', 'Xin ghi vấn đề biểu quyết.')
      return {
        question,
        for: row.number('for') ?? 0,
        against: row.number('against') ?? 0,
        other: row.number('other') ?? 0,
      }
    }),
    assignments: rowsFrom(body, { typed: ['what', 'who', 'due'] }, said).map(row => {
      const what = row.text('what')
      const due = row.day('due')
      if (what === '') row.refuse('what', 'Xin ghi việc được giao.')
      return { what, who: row.text('who'), ...(due !== undefined && { due }) }
    }),
  }
  said.refuseIfAny()
  return words
}
