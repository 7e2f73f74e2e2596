import { expect } from 'chai'
import {
  annualLife,
  annualSteps,
  type AnnualEvent,
  type AnnualFactsForStep,
  type AnnualState,
} from '../../src/annual/annual-machine.ts'
import { mayOnAnnual } from '../../src/annual/index.ts'
import { newReport } from '../../src/annual/annual-report.ts'
import { StepRefused } from '../../src/kernel/refusals.ts'
import { nextState } from '../../src/kernel/step.ts'
import { COMMUNE, holder, PROVINCE } from './bench.ts'

const FACTS: AnnualFactsForStep = { missingTexts: [], blocking: [], period: [], frozen: true, today: '2026-06-10' }
const EVENTS: Readonly<Record<AnnualEvent['type'], AnnualEvent>> = {
  propose: { type: 'propose' },
  giveBack: { type: 'giveBack', reason: 'Thiếu phần hạn chế' },
  sign: { type: 'sign', number: '125/BC-SGDĐT', date: '2026-06-10', position: 'GIÁM ĐỐC' },
  send: { type: 'send' },
  revise: { type: 'revise', reason: 'Sai số liệu của một trường' },
}
const step = (from: AnnualState, event: AnnualEvent, facts: Partial<AnnualFactsForStep> = {}): AnnualState =>
  nextState<AnnualState, AnnualFactsForStep, AnnualEvent>(annualLife, from, { ...FACTS, ...facts }, event)
const refused = 'refused'

describe('the life of an annual report', () => {
  const everyCell: Record<AnnualState, Record<AnnualEvent['type'], AnnualState | typeof refused>> = {
    drafting: { propose: 'proposed', giveBack: refused, sign: 'signed', send: refused, revise: refused },
    proposed: { propose: refused, giveBack: 'drafting', sign: 'signed', send: refused, revise: refused },
    signed: { propose: refused, giveBack: refused, sign: refused, send: 'sent', revise: 'drafting' },
    sent: { propose: refused, giveBack: refused, sign: refused, send: refused, revise: 'drafting' },
  }
  for (const [from, row] of Object.entries(everyCell))
    for (const [type, to] of Object.entries(row))
      it(`${from}: ${type} → ${to}`, () => {
        // Keys of the table above.
        const [state, event] = [from as AnnualState, EVENTS[type as AnnualEvent['type']]]
        if (to === refused) expect(() => step(state, event)).to.throw(StepRefused)
        else {
          expect(step(state, event)).to.equal(to)
          expect(annualSteps.some(line => line.from === state && line.event === type && line.to === to)).to.equal(true)
        }
      })

  it('signs only frozen and sound figures with number, office and a day that has come', () => {
    const unmet = (event: AnnualEvent, facts: Partial<AnnualFactsForStep>): readonly string[] => {
      try {
        step('drafting', event, facts)
        return []
      } catch (error) {
        return error instanceof StepRefused ? error.unmet.map(({ code }) => code) : ['fault']
      }
    }
    const wrong = { code: 'resultsSumUp', message: 'x' }
    expect(unmet(EVENTS.sign, { period: [{ code: 'periodOpen', message: 'Chưa tổng hợp.' }] })).to.deep.equal([
      'periodOpen',
    ])
    expect(unmet(EVENTS.sign, { frozen: false, blocking: [wrong] })).to.deep.equal(['figuresOpen', 'resultsSumUp'])
    expect(unmet({ type: 'sign', number: ' ', date: '2026-06-11', position: '' }, {})).to.deep.equal([
      'numberMissing',
      'positionMissing',
      'dateWrong',
    ])
    expect(unmet(EVENTS.propose, { missingTexts: [{ code: 'text:I', message: 'x' }] })).to.deep.equal(['text:I'])
    expect(unmet(EVENTS.propose, { frozen: false })).to.deep.equal([])
  })
})

describe('who may do what with an annual report', () => {
  const commune = { ...newReport(COMMUNE, ['so']), everSent: false }
  const sent = { ...commune, everSent: true }
  const province = newReport(PROVINCE, [])
  type Key = keyof typeof mayOnAnnual
  const allowed = (role: Parameters<typeof holder>[0], unitId: string, report: typeof commune): readonly string[] =>
    // The keys of the policy are its own names.
    (Object.keys(mayOnAnnual) as Key[]).filter(key => mayOnAnnual[key](holder(role, unitId), report))

  it('lets a unit’s officer write and propose, its lead sign, send and correct', () => {
    expect(allowed('middleOfficer', 'xa-an', commune)).to.deep.equal(['read', 'write', 'propose'])
    expect(allowed('middleLead', 'xa-an', commune)).to.have.members([
      'read',
      'write',
      'propose',
      'giveBack',
      'sign',
      'send',
      'revise',
    ])
    expect(allowed('provinceOfficer', 'so', province)).to.deep.equal(['read', 'write', 'propose'])
    expect(allowed('provinceLead', 'so', province)).to.include.members(['sign', 'send'])
  })

  it('lets the Sở read a unit’s report from its sending on, and never write in it', () => {
    expect(allowed('provinceOfficer', 'so', commune)).to.deep.equal([])
    expect(allowed('provinceLead', 'so', sent)).to.deep.equal(['read'])
  })

  it('tells those who almost may nothing: another unit, a school’s head, the IT team', () => {
    for (const report of [commune, sent, province]) {
      expect(allowed('middleLead', 'xa-dong', report)).to.deep.equal([])
      expect(allowed('head', 'mn-1', report)).to.deep.equal([])
      expect(allowed('itAdmin', 'so', report)).to.deep.equal([])
    }
    expect(allowed('middleLead', 'xa-an', province)).to.deep.equal([])
  })

  it('lets the stand-in of a delegated reporting duty act for the unit, but not of another duty', () => {
    const acting = (duty: 'period' | 'review') => ({
      ...holder('provinceOfficer', 'so'),
      actingFor: [
        { delegationId: 'd', unitId: 'xa-an', byUnitId: 'so', role: 'middleOfficer' as const, duties: [duty] },
      ],
    })
    expect(mayOnAnnual.write(acting('period'), commune)).to.equal(true)
    expect(mayOnAnnual.sign(acting('period'), commune)).to.equal(false)
    expect(mayOnAnnual.write(acting('review'), commune)).to.equal(false)
  })
})
