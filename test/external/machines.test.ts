import { expect } from 'chai'
import {
  runLife,
  runSteps,
  titleLife,
  titleSteps,
  type RunEvent,
  type RunFacts,
  type RunState,
  type TitleEvent,
  type TitleFacts,
  type TitleState,
} from '../../src/external/index.ts'
import { mayOnRun, mayOnTitle } from '../../src/external/external-policy.ts'
import { teamUnmet } from '../../src/external/team-rules.ts'
import {
  expectOneLack,
  itStepsAs,
  machineArrows,
  statesWith,
  tableArrows,
  type WholeTable,
} from '../assessments/whole-table.ts'
import { EVERYBODY, member, SCHOOL, TEAM } from './bench.ts'

const refused = 'refused'
const decision = { number: '12/QĐ-SGDĐT', date: '2026-04-01' }

describe('life of an external assessment', () => {
  const facts: RunFacts = {
    today: '2026-05-20',
    underProvince: false,
    limits: { min: 5, max: 7, years: 5 },
    formedOn: '2026-03-01',
    titleDecided: false,
  }
  const events: { readonly [K in RunEvent['type']]: Extract<RunEvent, { type: K }> } = {
    forwardDossier: { type: 'forwardDossier' },
    askCompletion: { type: 'askCompletion', reason: 'Thiếu công văn' },
    complete: { type: 'complete', answer: 'Đã gửi công văn' },
    acceptForAssessment: { type: 'acceptForAssessment' },
    formTeam: { type: 'formTeam', decision, members: TEAM },
    replaceMember: { type: 'replaceMember', decision, members: TEAM, reason: 'Một người ốm' },
    report: {
      type: 'report',
      visitedFrom: '2026-04-10',
      visitedTo: '2026-04-11',
      level: 2,
      criteria: {},
      report: { number: '5/BC', date: '2026-05-10' },
    },
    reopenByProvince: { type: 'reopenByProvince', reason: 'Sai số liệu' },
    withdraw: { type: 'withdraw', reason: 'Trường sửa chữa lớn' },
    stop: { type: 'stop', reason: 'Thiên tai' },
  }
  const nothing = {
    forwardDossier: refused,
    askCompletion: refused,
    complete: refused,
    acceptForAssessment: refused,
    formTeam: refused,
    replaceMember: refused,
    report: refused,
    reopenByProvince: refused,
    withdraw: refused,
    stop: refused,
  } as const
  const everyCell: WholeTable<RunState, RunEvent['type']> = {
    registered: { ...nothing, forwardDossier: 'atProvince', askCompletion: 'toComplete', withdraw: 'withdrawn' },
    toComplete: { ...nothing, complete: 'registered', withdraw: 'withdrawn' },
    atProvince: { ...nothing, acceptForAssessment: 'queued', askCompletion: 'toComplete', withdraw: 'withdrawn' },
    queued: { ...nothing, formTeam: 'teamFormed', withdraw: 'withdrawn' },
    teamFormed: { ...nothing, replaceMember: 'teamFormed', report: 'reported', stop: 'stopped' },
    reported: { ...nothing, reopenByProvince: 'teamFormed' },
    withdrawn: nothing,
    stopped: nothing,
  }
  itStepsAs<RunState, RunFacts, RunEvent>(runLife, everyCell, events, () => facts)

  it('has exactly the arrows of its table of steps', () => {
    expect(tableArrows(runSteps)).to.deep.equal(machineArrows(runLife.machine))
  })

  const lacks: readonly [RunEvent, string, RunFacts?][] = [
    [{ ...events.askCompletion, reason: ' ' }, 'reasonMissing'],
    [{ ...events.complete, answer: '' }, 'answerMissing'],
    [{ ...events.formTeam, decision: { ...decision, number: '' } }, 'numberMissing'],
    [{ ...events.formTeam, decision: { ...decision, date: '2026-05-21' } }, 'dateAhead'],
    [{ ...events.formTeam, members: TEAM.slice(0, 4) }, 'teamSize'],
    [{ ...events.replaceMember, reason: '' }, 'reasonMissing'],
    [{ ...events.report, visitedFrom: '2026-04-12' }, 'visitBackwards'],
    [events.report, 'visitBeforeTeam', { ...facts, formedOn: '2026-04-11' }],
    [{ ...events.report, report: { number: '5/BC', date: '2026-04-10' } }, 'reportBeforeVisit'],
    [{ ...events.report, report: { number: ' ', date: '2026-05-10' } }, 'numberMissing'],
    [events.reopenByProvince, 'titleDecided', { ...facts, titleDecided: true }],
    [{ ...events.withdraw, reason: '' }, 'reasonMissing'],
    [{ ...events.stop, reason: '' }, 'reasonMissing'],
  ]
  for (const [event, code, of = facts] of lacks)
    it(`refuses ${event.type} alone for ${code}`, () => {
      expectOneLack(runLife, statesWith(everyCell, event.type), of, event, code)
    })

  it('names each member of a team who may not be there, and why (Điều 30)', () => {
    const messages = teamUnmet(
      [
        member('A', 'lead', { neverHere: false }),
        member('B', 'lead', { trained: false }),
        member('C', 'member', { yearsInService: 4 }),
        member('c', 'member', { workplace: ' ' }),
        member('D', 'member', { education: false, trained: false, yearsInService: 0 }),
      ],
      { min: 5, max: 7, years: 5 },
    ).map(({ code }) => code)
    expect(messages).to.deep.equal([
      'teamLead',
      'teamSecretary',
      'teamTwice',
      'teamNames',
      'workedHere',
      'notTrained',
      'tooFewYears',
    ])
  })
})

describe('life of a title', () => {
  const facts: TitleFacts = {
    today: '2026-05-20',
    gradeFound: 2,
    reportedOn: '2026-03-20',
    ended: false,
    heirFound: true,
    announced: false,
  }
  const events: { readonly [K in TitleEvent['type']]: Extract<TitleEvent, { type: K }> } = {
    grant: { type: 'grant', decision, registerNumber: '7', grade: 2, cohort: true },
    refuse: { type: 'refuse', reason: 'Chưa đạt', number: '9/TB' },
    announce: { type: 'announce', place: 'Cổng thông tin của Sở' },
    question: { type: 'question', reason: 'Có phản ánh', decision },
    clear: { type: 'clear', conclusion: 'Vẫn đạt' },
    revoke: { type: 'revoke', conclusion: 'Không còn đạt', decision },
    transfer: { type: 'transfer', toSchoolId: 'kế thừa', reason: 'Sáp nhập', decision },
    correct: { type: 'correct', decision, registerNumber: '8', reason: 'Sai số' },
  }
  const nothing = {
    grant: refused,
    refuse: refused,
    announce: refused,
    question: refused,
    clear: refused,
    revoke: refused,
    transfer: refused,
    correct: refused,
  } as const
  const everyCell: WholeTable<TitleState, TitleEvent['type']> = {
    proposed: { ...nothing, grant: 'granted', refuse: 'notRecognised' },
    granted: {
      ...nothing,
      announce: 'granted',
      question: 'underVerification',
      transfer: 'granted',
      correct: 'granted',
    },
    underVerification: { ...nothing, clear: 'granted', revoke: 'revoked' },
    notRecognised: nothing,
    revoked: nothing,
  }
  itStepsAs<TitleState, TitleFacts, TitleEvent>(titleLife, everyCell, events, () => facts)

  it('has exactly the arrows of its table of steps', () => {
    expect(tableArrows(titleSteps)).to.deep.equal(machineArrows(titleLife.machine))
  })

  const { gradeFound: _none, ...withoutGrade } = facts
  const lacks: readonly [TitleEvent, string, TitleFacts?][] = [
    [{ ...events.grant, grade: 3 }, 'gradeTooHigh'],
    [events.grant, 'gradeTooHigh', withoutGrade],
    [{ ...events.grant, cohort: false }, 'cohortMissing'],
    [events.grant, 'beforeReport', { ...facts, reportedOn: '2026-04-02' }],
    [{ ...events.grant, decision: { ...decision, date: '2026-05-21' } }, 'dateAhead'],
    [{ ...events.refuse, reason: '' }, 'reasonMissing'],
    [{ ...events.refuse, number: '' }, 'numberMissing'],
    [{ ...events.announce, place: '' }, 'placeMissing'],
    [events.announce, 'announcedBefore', { ...facts, announced: true }],
    [events.announce, 'titleEnded', { ...facts, ended: true }],
    [events.question, 'titleEnded', { ...facts, ended: true }],
    [{ ...events.clear, conclusion: '' }, 'conclusionMissing'],
    [{ ...events.revoke, decision: { ...decision, number: '' } }, 'numberMissing'],
    [events.transfer, 'heirMissing', { ...facts, heirFound: false }],
    [{ ...events.correct, reason: '' }, 'reasonMissing'],
  ]
  for (const [event, code, of = facts] of lacks)
    it(`refuses ${event.type} alone for ${code}`, () => {
      expectOneLack(titleLife, statesWith(everyCell, event.type), of, event, code)
    })
})

describe('rights on external assessments and titles', () => {
  const place = { schoolId: SCHOOL, ancestors: ['xa-1', 'so'] }
  type Who = keyof typeof EVERYBODY
  const READERS: readonly Who[] = ['HEAD', 'COMMUNE_LEAD', 'COMMUNE_OFFICER', 'PROVINCE_LEAD', 'PROVINCE_OFFICER']
  const runs: Readonly<Record<RunEvent['type'] | 'read' | 'register', readonly Who[]>> = {
    read: READERS,
    register: ['HEAD'],
    forwardDossier: ['COMMUNE_LEAD'],
    askCompletion: ['COMMUNE_LEAD', 'PROVINCE_LEAD'],
    complete: ['HEAD'],
    acceptForAssessment: ['PROVINCE_LEAD'],
    formTeam: ['PROVINCE_LEAD'],
    replaceMember: ['PROVINCE_LEAD'],
    report: ['PROVINCE_LEAD', 'PROVINCE_OFFICER'],
    reopenByProvince: ['PROVINCE_LEAD'],
    withdraw: ['HEAD'],
    stop: ['PROVINCE_LEAD'],
  }
  const titles: Readonly<Record<TitleEvent['type'] | 'read' | 'record', readonly Who[]>> = {
    read: READERS,
    record: ['PROVINCE_LEAD', 'PROVINCE_OFFICER'],
    grant: ['PROVINCE_LEAD'],
    refuse: ['PROVINCE_LEAD'],
    announce: ['PROVINCE_LEAD', 'PROVINCE_OFFICER'],
    question: ['PROVINCE_LEAD'],
    clear: ['PROVINCE_LEAD'],
    revoke: ['PROVINCE_LEAD'],
    transfer: ['PROVINCE_LEAD'],
    correct: ['PROVINCE_LEAD'],
  }
  for (const [name, rules, table] of [
    ['run', mayOnRun, runs],
    ['title', mayOnTitle, titles],
  ] as const)
    for (const [deed, expected] of Object.entries(table))
      it(`${name} ${deed}: ${expected.join(', ')} and nobody who almost may`, () => {
        const rule = Object.entries(rules).find(([key]) => key === deed)?.[1]
        const allowed = Object.entries(EVERYBODY).flatMap(([who, person]) => (rule?.(person, place) ? [who] : []))
        expect(allowed).to.have.members([...expected])
      })
})
