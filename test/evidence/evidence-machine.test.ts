import { expect } from 'chai'
import { forecastUnmet, visitUnmet } from '../../src/evidence/evidence-conditions.ts'
import {
  EVIDENCE_VERSION,
  evidenceLife,
  evidenceMachine,
  evidenceSteps,
  type EvidenceEvent,
  type EvidenceFacts,
  type EvidenceState,
} from '../../src/evidence/evidence-machine.ts'
import { nextState } from '../../src/kernel/step.ts'
import {
  expectOneLack,
  itStepsAs,
  machineArrows,
  statesWith,
  tableArrows,
  type WholeTable,
} from '../assessments/whole-table.ts'

const entry = { label: 'năm học 2024-2025', number: '12/KH-TM', date: '2024-09-10', issuer: 'Trường Tiểu học Mẫu' }

const complete = (own: Partial<EvidenceFacts> = {}): EvidenceFacts => ({
  name: 'Kế hoạch giáo dục',
  kind: 'document',
  hasFile: true,
  place: '',
  schoolYearGiven: true,
  entries: [entry],
  dataClassSet: true,
  scanned: true,
  originalSeen: true,
  codePlace: { a: 1, b: 1 },
  codesUsed: [
    { box: 1, a: 1, b: 1, c: 1 },
    { box: 1, a: 1, b: 2, c: 7 },
  ],
  boxes: [1, 2],
  sameAs: [],
  everAdopted: false,
  underRevision: false,
  renumberedBefore: false,
  citedIn: [],
  onDisposalList: true,
  href: '/minh-chung/mc-1',
  ...own,
})

const events: { readonly [K in EvidenceEvent['type']]: Extract<EvidenceEvent, { type: K }> } = {
  collect: { type: 'collect' },
  declareMissing: { type: 'declareMissing', reason: 'Hồ sơ bị hư hỏng do mưa lũ.' },
  reject: { type: 'reject', reason: 'Sai năm học.' },
  verify: { type: 'verify' },
  assignCode: { type: 'assignCode', code: { box: 1, a: 1, b: 1, c: 2 } },
  renumber: { type: 'renumber' },
  moveBox: { type: 'moveBox', box: 2 },
  replaceFile: { type: 'replaceFile', reason: 'Bản chụp mờ.' },
  withdraw: { type: 'withdraw', reason: 'Không còn dùng.' },
  freeze: { type: 'freeze' },
  thaw: { type: 'thaw' },
  dispose: { type: 'dispose', decisionNumber: '7/QĐ-TM', recordNumber: '3/BB-TM' },
}

const no = 'refused'
const nothing: Readonly<Record<EvidenceEvent['type'], 'refused'>> = {
  collect: no,
  declareMissing: no,
  reject: no,
  verify: no,
  assignCode: no,
  renumber: no,
  moveBox: no,
  replaceFile: no,
  withdraw: no,
  freeze: no,
  thaw: no,
  dispose: no,
}
const table: WholeTable<EvidenceState, EvidenceEvent['type']> = {
  expected: { ...nothing, collect: 'collected', declareMissing: 'missing', dispose: 'disposed' },
  missing: { ...nothing, collect: 'collected', dispose: 'disposed' },
  collected: { ...nothing, reject: 'rejected', verify: 'verified', dispose: 'disposed' },
  rejected: { ...nothing, dispose: 'disposed' },
  verified: { ...nothing, assignCode: 'coded', dispose: 'disposed' },
  coded: {
    ...nothing,
    renumber: 'coded',
    moveBox: 'coded',
    replaceFile: 'coded',
    withdraw: 'withdrawn',
    freeze: 'frozen',
    dispose: 'disposed',
  },
  frozen: { ...nothing, thaw: 'coded', dispose: 'disposed' },
  withdrawn: { ...nothing, dispose: 'disposed' },
  disposed: nothing,
}

const { kind: _kind, ...kindless } = complete()
const { codePlace: _place, ...placeless } = complete()
const { date: _date, ...undated } = entry

describe('evidence machine', () => {
  itStepsAs(evidenceLife, table, events, () => complete())

  it('has the same steps as the table that policies and drawings read', () => {
    expect(tableArrows(evidenceSteps)).to.deep.equal(machineArrows(evidenceMachine))
  })

  it('carries the version that is stored beside each state', () => {
    expect(evidenceMachine.version).to.equal(EVIDENCE_VERSION)
  })

  describe('names exactly what is missing', () => {
    const full = complete()
    const lacking: readonly [string, EvidenceFacts, EvidenceEvent][] = [
      ['sourceMissing', complete({ hasFile: false }), events.collect],
      ['nameMissing', complete({ name: ' ' }), events.collect],
      ['kindMissing', kindless, events.collect],
      ['schoolYearMissing', complete({ schoolYearGiven: false }), events.collect],
      ['reasonMissing', full, { type: 'declareMissing', reason: '' }],
      ['reasonMissing', full, { type: 'reject', reason: '' }],
      ['entryMissing', complete({ entries: [] }), events.verify],
      ['numberMissing', complete({ entries: [entry, { ...entry, number: '' }] }), events.verify],
      ['dateMissing', complete({ entries: [undated] }), events.verify],
      ['dateMissing', complete({ kind: 'survey', entries: [undated] }), events.verify],
      ['issuerMissing', complete({ entries: [{ ...entry, issuer: '' }] }), events.verify],
      ['dataClassMissing', complete({ dataClassSet: false }), events.verify],
      ['originalNotSeen', complete({ originalSeen: false }), events.verify],
      ['otherCriterion', full, { type: 'assignCode', code: { box: 1, a: 1, b: 2, c: 8 } }],
      ['otherCriterion', placeless, events.assignCode],
      ['numberNotNext', full, { type: 'assignCode', code: { box: 1, a: 1, b: 1, c: 1 } }],
      ['boxMissing', full, { type: 'assignCode', code: { box: 3, a: 1, b: 1, c: 2 } }],
      ['duplicate', complete({ sameAs: ['[H1-1.2-07]'] }), events.assignCode],
      ['codesFrozen', complete({ everAdopted: true }), events.renumber],
      ['renumberedBefore', complete({ renumberedBefore: true }), events.renumber],
      ['codesFrozen', complete({ everAdopted: true }), events.moveBox],
      ['boxMissing', full, { type: 'moveBox', box: 9 }],
      ['filesFrozen', complete({ everAdopted: true }), events.replaceFile],
      ['reasonMissing', full, { type: 'replaceFile', reason: '' }],
      ['stillCited', complete({ citedIn: ['1.1'] }), events.withdraw],
      ['reasonMissing', full, { type: 'withdraw', reason: '' }],
      ['notOnDisposalList', complete({ onDisposalList: false }), events.dispose],
      ['decisionNumberMissing', full, { ...events.dispose, decisionNumber: '' }],
      ['recordNumberMissing', full, { ...events.dispose, recordNumber: '' }],
    ]
    for (const [code, facts, event] of lacking)
      it(`${event.type}: ${code}`, () => {
        expectOneLack(evidenceLife, statesWith(table, event.type), facts, event, code)
      })
  })

  it('collects an object that stays where it is used', () => {
    const facts = complete({ hasFile: false, place: 'Phòng truyền thống' })
    expect(nextState(evidenceLife, 'expected', facts, events.collect)).to.equal('collected')
  })

  it('asks a survey for its day alone', () => {
    const facts = complete({ kind: 'survey', entries: [{ ...entry, number: '', issuer: '' }] })
    expect(nextState(evidenceLife, 'collected', facts, events.verify)).to.equal('verified')
  })

  it('does not ask for an original when nothing was scanned', () => {
    const facts = complete({ scanned: false, originalSeen: false })
    expect(nextState(evidenceLife, 'collected', facts, events.verify)).to.equal('verified')
  })

  it('replaces a file after the report came back, but never renumbers again', () => {
    const facts = complete({ everAdopted: true, underRevision: true })
    expect(nextState(evidenceLife, 'coded', facts, events.replaceFile)).to.equal('coded')
    expect(() => nextState(evidenceLife, 'coded', facts, events.renumber)).to.throw('còn thiếu điều kiện')
  })
})

describe('evidence that does not exist yet', () => {
  const forecast = { criterion: '1.1', name: 'Kế hoạch chiến lược', where: 'Văn phòng', who: 'Nhóm 1' }

  it('may be forecast with criterion, name, place and person', () => {
    expect(forecastUnmet(forecast)).to.deep.equal([])
  })

  const holes = { criterion: 'criterionMissing', name: 'nameMissing', where: 'whereMissing', who: 'whoMissing' }
  for (const [field, code] of Object.entries(holes))
    it(`is not forecast without ${field}`, () => {
      expect(forecastUnmet({ ...forecast, [field]: ' ' }).map(item => item.code)).to.deep.equal([code])
    })

  it('is added for a visit only when the team asked for it, and then as complete as any other', () => {
    expect(visitUnmet({ ...complete(), requestedByTeam: true })).to.deep.equal([])
    expect(visitUnmet({ ...complete(), requestedByTeam: false }).map(item => item.code)).to.deep.equal(['notRequested'])
    expect(visitUnmet({ ...complete({ name: '' }), requestedByTeam: true }).map(item => item.code)).to.deep.equal([
      'nameMissing',
    ])
  })
})
