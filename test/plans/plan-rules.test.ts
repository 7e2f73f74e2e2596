import { expect } from 'chai'
import { fiveYearsTo, workingYear } from '../../src/kernel/working-year.ts'
import type { PlanAssignment, PlanContent, PlanEvidence } from '../../src/plans/plan-content.ts'
import { planUnmet, planWarnings, type PlanFacts } from '../../src/plans/plan-rules.ts'
import { sectionHref } from '../../src/plans/plan-sections.ts'
import { modelTimetable } from '../../src/plans/plan-template.ts'

const year = workingYear('2025-2026')
const facts: PlanFacts = { year, criteria: ['1.1', '1.2'], submitDue: '2026-05-15', href: '/ke-hoach' }
const anAssignment = (criterion: string, own: Partial<PlanAssignment> = {}): PlanAssignment => ({
  criterion,
  responsible: 'Trưởng nhóm 1',
  supporting: '',
  from: '2025-09-29',
  to: '2025-11-30',
  ...own,
})
const anItem = (criterion: string, own: Partial<PlanEvidence> = {}): PlanEvidence => ({
  criterion,
  name: 'Kế hoạch giáo dục',
  where: 'Văn phòng',
  who: 'Nhóm 1',
  by: '2025-10-30',
  cost: '',
  note: '',
  ...own,
})
const training = { on: '2025-09-24', place: 'Phòng họp', participants: 'Hội đồng', content: 'Viết phiếu', trainer: '' }
const resource = { for: '1.1', activity: 'Khảo sát', kind: 'people', when: 'Tháng 10/2025', note: '' } as const
const timetable = modelTimetable('2025-09-15')

const aPlan = (own: Partial<PlanContent> = {}): PlanContent => ({
  purpose: 'Xác định mức đạt được và cải tiến chất lượng.',
  aims: { level: 2, accreditationGrade: 2, nationalGrade: 1 },
  scope: 'Toàn bộ hoạt động của trường.',
  years: fiveYearsTo(year),
  tools: ['Thông tư 17/2018/TT-BGDĐT'],
  assignments: [anAssignment('1.1'), anAssignment('1.2')],
  training: [training],
  resources: [resource],
  evidence: [anItem('1.1'), anItem('1.2'), anItem('1.2', { name: 'Biên bản họp' })],
  experts: [],
  timetable,
  ...own,
})
const codes = (plan: PlanContent, of = facts): readonly string[] => planUnmet(plan, of).map(item => item.code)
const { from: _from, ...startless } = anAssignment('1.2')
const { on: _on, ...undated } = training
const [first, ...others] = timetable
const standardIn = (href = ''): string | undefined => /tieuchuan=(.+)$/.exec(href)?.[1]

describe('plan rules', () => {
  it('approve a whole plan on the model timetable', () => {
    expect(codes(aPlan())).to.deep.equal([])
    expect(planWarnings(aPlan(), facts)).to.deep.equal([])
  })

  const lacking: readonly [string, PlanContent, PlanFacts?][] = [
    ['sectionEmpty', aPlan({ purpose: ' ' })],
    ['sectionEmpty', aPlan({ scope: '' })],
    ['sectionEmpty', aPlan({ years: [] })],
    ['sectionEmpty', aPlan({ tools: [''] })],
    ['criterionNotAssigned', aPlan({ assignments: [anAssignment('1.1')] })],
    ['criterionAssignedTwice', aPlan({ assignments: [...aPlan().assignments, anAssignment('1.2')] })],
    ['criterionUnknown', aPlan({ assignments: [...aPlan().assignments, anAssignment('9.9')] })],
    ['criterionUnknown', aPlan({ evidence: [...aPlan().evidence, anItem('9.9')] })],
    ['assignmentIncomplete', aPlan({ assignments: [anAssignment('1.1'), startless] })],
    ['assignmentIncomplete', aPlan({ assignments: [anAssignment('1.1'), anAssignment('1.2', { responsible: '' })] })],
    ['evidenceNotForecast', aPlan({ evidence: [anItem('1.1')] })],
    ['evidenceIncomplete', aPlan({ evidence: [anItem('1.1'), anItem('1.2', { where: '' })] })],
    ['trainingIncomplete', aPlan({ training: [undated] })],
    ['trainingIncomplete', aPlan({ training: [{ ...training, content: '' }] })],
    ['resourceIncomplete', aPlan({ resources: [{ ...resource, when: '' }] })],
    ['stepMissing', aPlan({ timetable: timetable.filter(row => row.step !== 6) })],
    ['timetableIncomplete', aPlan({ timetable: first ? [{ ...first, responsible: '' }, ...others] : [] })],
    ['timetableTooLate', aPlan(), { ...facts, submitDue: '2026-02-01' }],
    ['datesReversed', aPlan({ assignments: [anAssignment('1.1'), anAssignment('1.2', { to: '2025-09-01' })] })],
    ['dateOutsideYear', aPlan({ training: [{ ...training, on: '2025-07-31' }] })],
    ['dateOutsideYear', aPlan({ evidence: [anItem('1.1'), anItem('1.2', { by: '2026-08-01' })] })],
  ]
  for (const [code, plan, of] of lacking)
    it(`name ${code} alone`, () => {
      expect(codes(plan, of)).to.deep.equal([code])
      const [only] = planUnmet(plan, of ?? facts)
      expect(only?.href).to.equal(sectionHref('/ke-hoach', only?.section ?? 'purpose', standardIn(only?.href)))
      expect(planUnmet(plan, of ?? facts)[0]?.message).to.match(/^\p{Lu}.*\.$/u)
    })

  it('name each step that an empty timetable leaves out', () => {
    expect(codes(aPlan({ timetable: [] }))).to.deep.equal(Array.from({ length: 7 }, () => 'stepMissing'))
  })

  it('take the last day before the due date for early enough', () => {
    expect(codes(aPlan(), { ...facts, submitDue: '2026-02-02' })).to.deep.equal([])
  })

  const unusual: readonly [string, PlanContent][] = [
    ['noTraining', aPlan({ training: [] })],
    ['noResources', aPlan({ resources: [] })],
    ['unusualLength', aPlan({ timetable: timetable.map(row => ({ ...row, weekFrom: 1, weekTo: 10 })) })],
    [
      'stepsOutOfOrder',
      aPlan({ timetable: timetable.map(row => (row.step === 6 ? { ...row, from: '2025-09-16' } : row)) }),
    ],
    [
      'assignmentAfterSheetsDue',
      aPlan({ assignments: [anAssignment('1.1'), anAssignment('1.2', { to: '2025-12-31' })] }),
    ],
  ]
  for (const [code, plan] of unusual)
    it(`only warn of ${code}`, () => {
      expect(planWarnings(plan, facts).map(item => item.code)).to.deep.equal([code])
      expect(codes(plan)).to.deep.equal([])
    })
})
