import { expect } from 'chai'
import { citationOf, minutesLife, minutesSteps } from '../../src/minutes/index.ts'
import { minutesDoc } from '../../src/minutes/minutes-blocks.ts'
import type { Minutes, MinutesWords } from '../../src/minutes/minutes.ts'
import type { MinutesEvent, MinutesFacts, MinutesState } from '../../src/minutes/minutes-machine.ts'
import { mayOnMinutes, type MinutesPlace } from '../../src/minutes/minutes-policy.ts'
import { printDay } from '../../src/kernel/dates.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import {
  expectOneLack,
  itStepsAs,
  machineArrows,
  statesWith,
  tableArrows,
  type WholeTable,
} from '../assessments/whole-table.ts'
import { actor, CHAIR, SCHOOL, seat, SECRETARIAT, SECRETARY, STRANGER, TEACHER, YEAR } from '../plans/bench.ts'

const refused = 'refused'
const words: MinutesWords = {
  number: '03/BB-THHS',
  on: '2026-02-05',
  from: '14:00',
  until: '16:30',
  place: 'Phòng họp',
  chair: 'Quàng Thị Thử',
  secretary: 'Hà Văn Mẫu',
  guests: '',
  participants: [
    { personId: 'a', name: 'Quàng Thị Thử', post: 'Hiệu trưởng', present: true, reason: '' },
    { personId: 'b', name: 'Hà Văn Mẫu', post: '', present: false, reason: 'Đi công tác' },
    { personId: 'c', name: 'Lò Thị Mẫu', post: 'Giáo viên', present: true, reason: '' },
  ],
  agenda: [
    { title: 'Tiêu chí 1.1', speaker: 'Nhóm 1', opinions: 'Nhất trí\nCần thêm số liệu', conclusion: 'Đạt Mức 2' },
  ],
  votes: [{ question: 'Thống nhất phiếu 1.1', for: 2, against: 0, other: 1 }],
  assignments: [{ what: 'Bổ sung số liệu', who: 'Nhóm 1', due: '2026-02-10' }],
}
const minutes: Minutes = {
  id: 'x:3',
  assessmentId: 'x',
  schoolId: SCHOOL,
  year: YEAR,
  kind: 'council',
  no: 3,
  state: 'draft',
  machine: 'minutes@1',
  rev: 2,
  words,
  outbox: [],
}

describe('life of the minutes of a meeting', () => {
  const facts: MinutesFacts = { today: '2026-02-05', words }
  const events: { readonly [K in MinutesEvent['type']]: Extract<MinutesEvent, { type: K }> } = {
    sign: { type: 'sign' },
    withdraw: { type: 'withdraw', reason: 'Ghi nhầm' },
  }
  const everyCell: WholeTable<MinutesState, MinutesEvent['type']> = {
    draft: { sign: 'signed', withdraw: 'withdrawn' },
    signed: { sign: refused, withdraw: 'withdrawn' },
    withdrawn: { sign: refused, withdraw: refused },
  }
  itStepsAs<MinutesState, MinutesFacts, MinutesEvent>(minutesLife, everyCell, events, () => facts)

  it('has exactly the arrows of its table of steps', () => {
    expect(tableArrows(minutesSteps)).to.deep.equal(machineArrows(minutesLife.machine))
  })

  const without = (more: Partial<MinutesWords>): MinutesFacts => ({ ...facts, words: { ...words, ...more } })
  const lacks: readonly [string, MinutesFacts][] = [
    ['dayAhead', { ...facts, today: '2026-02-04' }],
    ['placeMissing', without({ place: ' ' })],
    ['hoursMissing', without({ until: '' })],
    ['chairMissing', without({ chair: '' })],
    ['secretaryMissing', without({ secretary: '' })],
    ['nobodyPresent', without({ participants: words.participants.map(one => ({ ...one, present: false })) })],
    ['conclusionMissing', without({ agenda: [] })],
    ['conclusionMissing', without({ agenda: [{ title: 'x', speaker: '', opinions: '', conclusion: ' ' }] })],
    ['tooManyVotes', without({ votes: [{ question: 'x', for: 3, against: 1, other: 0 }] })],
  ]
  for (const [code, of] of lacks)
    it(`is not signed alone for ${code}`, () => {
      expectOneLack(minutesLife, statesWith(everyCell, 'sign'), of, events.sign, code)
    })
  it('is not withdrawn without a reason', () => {
    expectOneLack(minutesLife, ['draft', 'signed'], facts, { type: 'withdraw', reason: ' ' }, 'reasonMissing')
  })
})

describe('rights on minutes', () => {
  const lead = actor('Vàng Văn Mẫu', seat('groupLead', { groupId: 'g1' }), seat('groupMember', { groupId: 'g1' }))
  const member = actor('Lò Thị Mẫu', seat('groupMember', { groupId: 'g1' }))
  const otherLead = actor('Giàng Văn Khác', seat('groupLead', { groupId: 'g2' }))
  const lastYear = actor('Hờ Thị Cũ', seat('chair', { year: workingYear('2024-2025') }))
  const above = actor('Sùng Thị Xã', { role: 'middleLead', unitId: 'xa', from: '2020-01-01' })
  const everybody = { CHAIR, SECRETARY, SECRETARIAT, TEACHER, STRANGER, lead, member, otherLead, lastYear, above }
  type Who = keyof typeof everybody
  const ofSchool: readonly Who[] = ['CHAIR', 'SECRETARY', 'SECRETARIAT', 'TEACHER', 'lead', 'member', 'otherLead']
  const council: MinutesPlace = { schoolId: SCHOOL, year: YEAR, kind: 'council' }
  const group: MinutesPlace = { schoolId: SCHOOL, year: YEAR, kind: 'group', groupId: 'g1' }
  const table: readonly [keyof typeof mayOnMinutes, MinutesPlace, readonly Who[]][] = [
    ['read', council, ofSchool],
    ['write', council, ['CHAIR', 'SECRETARY', 'SECRETARIAT']],
    ['sign', council, ['CHAIR']],
    ['withdraw', council, ['CHAIR']],
    ['read', group, ofSchool],
    ['write', group, ['lead', 'member']],
    ['sign', group, ['lead']],
    ['withdraw', group, ['lead']],
  ]
  for (const [deed, place, expected] of table)
    it(`${place.kind} ${deed}: ${expected.join(', ')} and nobody who almost may`, () => {
      const allowed = Object.entries(everybody).flatMap(([name, who]) => (mayOnMinutes[deed](who, place) ? [name] : []))
      expect(allowed).to.have.members([...expected])
    })
})

describe('minutes on paper', () => {
  const text = JSON.stringify(minutesDoc(minutes, '', new Map()))

  it('says who was there, what was decided, and how the vote stands against all members', () => {
    expect(text)
      .to.contain('có mặt 2/3')
      .and.to.contain('Hà Văn Mẫu (Đi công tác)')
      .and.to.contain('Đạt Mức 2')
      .and.to.contain('66,7%')
      .and.to.contain('Đạt 2/3')
      .and.to.contain('hạn 10/02/2026')
    const short = { ...minutes, words: { ...words, votes: [{ question: 'x', for: 1, against: 0, other: 0 }] } }
    expect(JSON.stringify(minutesDoc(short, '', new Map()))).to.contain('Chưa đạt 2/3')
  })

  it('is marked as a draft until it is signed, and is named by number, day and body', () => {
    expect(minutesDoc(minutes, '', new Map()).draft).to.equal(true)
    expect(minutesDoc({ ...minutes, state: 'signed' }, '', new Map()).draft).to.equal(false)
    expect(citationOf(minutes, printDay)).to.equal(
      'Biên bản số 03/BB-THHS ngày 05/02/2026 (Hội đồng tự đánh giá, lần 3)',
    )
  })
})
