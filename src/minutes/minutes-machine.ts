import { setup } from 'xstate'
import type { Day } from '../kernel/dates.ts'
import type { LifeStep } from '../kernel/life-step.ts'
import { isFilled, need } from '../kernel/need.ts'
import { labelsOf, meets, type Conditions, type Stepping } from '../kernel/step.ts'
import type { MinutesWords } from './minutes.ts'

export type MinutesState = 'draft' | 'signed' | 'withdrawn'

export type MinutesEvent = { readonly type: 'sign' } | { readonly type: 'withdraw'; readonly reason: string }

export interface MinutesFacts {
  readonly today: Day
  readonly words: MinutesWords
}

export const MINUTES_VERSION = 'minutes@1'

/** What minutes and their withdrawal ask for (forms § 7). */
export const minutesConditions: Conditions<MinutesFacts, MinutesEvent> = {
  sign: ({ words, today }) => [
    ...need(words.on <= today, 'dayAhead', 'Ngày họp không thể ở sau hôm nay.'),
    ...need(isFilled(words.place), 'placeMissing', 'Cần ghi địa điểm họp.'),
    ...need(isFilled(words.from) && isFilled(words.until), 'hoursMissing', 'Cần ghi giờ bắt đầu và giờ kết thúc.'),
    ...need(isFilled(words.chair), 'chairMissing', 'Cần ghi người chủ trì.'),
    ...need(isFilled(words.secretary), 'secretaryMissing', 'Cần ghi thư ký cuộc họp.'),
    ...need(
      words.participants.some(person => person.present),
      'nobodyPresent',
      'Cần đánh dấu người có mặt.',
    ),
    ...need(
      words.agenda.length > 0 && words.agenda.every(item => isFilled(item.conclusion)),
      'conclusionMissing',
      'Cần ít nhất một nội dung, mỗi nội dung có kết luận.',
    ),
    ...need(
      words.votes.every(vote => vote.for + vote.against + vote.other <= words.participants.length),
      'tooManyVotes',
      'Số phiếu của một vấn đề không thể nhiều hơn số thành viên.',
    ),
  ],
  withdraw: (_facts, { reason }) => need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do.'),
}

const met = meets(minutesConditions)

/** The record of one meeting: written, signed with its PDF frozen, or withdrawn and kept. */
export const minutesMachine = setup({
  // XState takes its types from the shape of these values and never reads them.
  types: { context: {} as MinutesFacts, input: {} as MinutesFacts, events: {} as MinutesEvent },
  guards: { recordComplete: met, reasonGiven: met },
}).createMachine({
  id: 'minutes',
  version: MINUTES_VERSION,
  context: ({ input }) => input,
  initial: 'draft',
  states: {
    draft: {
      on: {
        sign: { guard: 'recordComplete', target: 'signed' },
        withdraw: { guard: 'reasonGiven', target: 'withdrawn' },
      },
    },
    signed: { on: { withdraw: { guard: 'reasonGiven', target: 'withdrawn' } } },
    withdrawn: {},
  },
})

type Step = LifeStep<MinutesState, MinutesEvent['type'], never>

const PRESIDING: Step['who'] = ['chair', 'viceChair', 'groupLead']

export const minutesSteps: readonly Step[] = [
  { from: 'draft', event: 'sign', to: 'signed', who: PRESIDING, document: 'Biên bản họp' },
  { from: 'draft', event: 'withdraw', to: 'withdrawn', who: PRESIDING },
  { from: 'signed', event: 'withdraw', to: 'withdrawn', who: PRESIDING },
]

export const MINUTES_STATES: Readonly<Record<MinutesState, { readonly label: string; readonly tone: string }>> = {
  draft: { label: 'Đang ghi', tone: 'blue' },
  signed: { label: 'Đã ký', tone: 'green' },
  withdrawn: { label: 'Đã hủy', tone: 'grey' },
}

/** What stepping minutes needs; the stored version is `MINUTES_VERSION`. */
export const minutesLife: Stepping<MinutesFacts, MinutesEvent> = {
  machine: minutesMachine,
  conditions: minutesConditions,
  stateNames: labelsOf(MINUTES_STATES),
  eventNames: { sign: 'Ký biên bản', withdraw: 'Hủy biên bản' },
}
