import { expect } from 'chai'
import { keyOf } from '../../src/assessments/index.ts'
import { Forbidden, InvalidInput, NotFound, StaleWrite, StepRefused } from '../../src/kernel/refusals.ts'
import { approve, contentOf, planOf, revise, type PlanContent } from '../../src/plans/index.ts'
import { fillEvidence, layTimetable, saveSection, shiftPlan } from '../../src/plans/save-plan.ts'
import { suggestionFor } from '../../src/plans/plan-suggestions.ts'
import { refusalOf } from '../evidence/support.ts'
import { CHAIR, ID, NOW, planBench, SECRETARIAT, SECRETARY, STRANGER, TEACHER, type PlanBench } from './bench.ts'

const APPROVAL = { number: '15/KH-HĐTĐG', date: '2025-10-03' }

/** Writes everything a plan needs, section by section, as a secretary does. */
async function writeWholePlan({ needs, plans, assessments, set }: PlanBench): Promise<void> {
  const save = (section: 'purpose' | 'scope' | 'tools' | 'assignments', content: Partial<PlanContent>) =>
    saveSection(needs)(SECRETARY, ID, { section, rev: 0, content })
  const assessment = await assessments.get(ID)
  await layTimetable(needs)(SECRETARY, ID, (await plans.draft(ID)).rev, '2025-09-15', [])
  const suggested = suggestionFor(assessment, set, contentOf(await plans.draft(ID)))
  await save('purpose', { purpose: suggested.purpose, aims: { level: 2 } })
  await save('scope', { scope: suggested.scope, years: suggested.years })
  await save('tools', { tools: suggested.tools })
  await save('assignments', { assignments: suggested.assignments })
  await fillEvidence(needs)(SECRETARY, ID, (await plans.draft(ID)).rev)
}

const approved = async (bench: PlanBench) =>
  approve(bench.needs)(CHAIR, ID, { ...APPROVAL, draftRev: (await bench.plans.draft(ID)).rev })

describe('writing the plan', () => {
  let bench: PlanBench
  before(async () => void (bench = await planBench()))

  it('takes sections one by one, unfinished as they are', async () => {
    const training = [{ place: 'Phòng họp', participants: '', content: '', trainer: '' }]
    await saveSection(bench.needs)(SECRETARY, ID, { section: 'training', rev: 0, content: { training } })
    await saveSection(bench.needs)(SECRETARIAT, ID, { section: 'tools', rev: 0, content: { tools: ['Phiếu hỏi'] } })
    const draft = await bench.plans.draft(ID)
    expect(contentOf(draft)).to.deep.include({ training, tools: ['Phiếu hỏi'], purpose: '' })
    expect(draft.parts.tools).to.deep.include({ rev: 1, name: SECRETARIAT.name, at: NOW })
  })

  it('lets two people save different sections, and names who saved the same one first', async () => {
    await saveSection(bench.needs)(SECRETARY, ID, { section: 'training', rev: 1, content: { training: [] } })
    await saveSection(bench.needs)(SECRETARY, ID, tools('Bản của thư ký'))
    const refusal = await refusalOf(saveSection(bench.needs)(SECRETARIAT, ID, tools('Bản đến sau')))
    expect(refusal).to.be.instanceOf(StaleWrite)
    expect(refusal.message).to.contain(SECRETARY.name)
    expect(contentOf(await bench.plans.draft(ID)).tools).to.deep.equal(['Bản của thư ký'])
  })

  it('keeps one of two first savings of a section at the same moment', async () => {
    const save = (purpose: string) =>
      saveSection(bench.needs)(SECRETARY, ID, { section: 'purpose', rev: 0, content: { purpose, aims: { level: 1 } } })
    const outcomes = await Promise.allSettled([save('một'), save('hai')])
    expect(outcomes.map(each => each.status).toSorted()).to.deep.equal(['fulfilled', 'rejected'])
    expect((await bench.plans.draft(ID)).parts.purpose?.rev).to.equal(1)
  })

  it('is open to the makers of the plan alone', async () => {
    const asked = { ...tools('không được'), rev: 2 }
    expect(await refusalOf(saveSection(bench.needs)(TEACHER, ID, asked))).to.be.instanceOf(Forbidden)
    expect(await refusalOf(saveSection(bench.needs)(STRANGER, ID, asked))).to.be.instanceOf(NotFound)
    expect(contentOf(await bench.plans.draft(ID)).tools).to.deep.equal(['Bản của thư ký'])
  })

  it('keeps the lines of section VII under their own standard', async () => {
    const line = { name: 'Kế hoạch năm học', where: '', who: '', cost: '', note: '' }
    const evidence = [
      { ...line, criterion: '1.2' },
      { ...line, criterion: '1.1' },
    ]
    const save = (standard: string) =>
      saveSection(bench.needs)(SECRETARY, ID, { section: 'evidence', standard, rev: 0, content: { evidence } })
    await save('1')
    expect(contentOf(await bench.plans.draft(ID)).evidence.map(row => row.criterion)).to.deep.equal(['1.1', '1.2'])
    const refusal = await refusalOf(save('2'))
    expect(refusal).to.be.instanceOf(InvalidInput).with.nested.property('fields.criterion\\.0').contains('tiêu chuẩn 2')
  })

  it('adds the typical evidence once', async () => {
    const fill = async () => fillEvidence(bench.needs)(SECRETARY, ID, (await bench.plans.draft(ID)).rev)
    const added = await fill()
    const { evidence } = contentOf(await bench.plans.draft(ID))
    const typical = bench.set.standards.flatMap(each => each.criteria.flatMap(one => one.typicalEvidence))
    expect(added).to.be.greaterThan(bench.codes.length)
    expect(evidence).to.have.lengthOf.within(typical.length, typical.length + 2)
    expect(evidence.filter(row => row.criterion === '1.2').at(0)?.name).to.equal('Kế hoạch năm học')
    expect(evidence.at(-1)?.who).to.equal('Nhóm 1')
    expect(await fill()).to.equal(0)
  })

  it('lays the model timetable and shifts every day with it', async () => {
    const rev = async () => (await bench.plans.draft(ID)).rev
    await layTimetable(bench.needs)(SECRETARY, ID, await rev(), '2025-09-15', [])
    await fillEvidence(bench.needs)(SECRETARY, ID, await rev(), '1')
    await shiftPlan(bench.needs)(SECRETARY, ID, await rev(), -1)
    const { timetable } = contentOf(await bench.plans.draft(ID))
    expect(timetable[0]).to.include({ from: '2025-09-08', to: '2025-09-14' })
    expect(timetable).to.have.lengthOf(13)
    const stale = await refusalOf(shiftPlan(bench.needs)(SECRETARY, ID, 1, 1))
    expect(stale).to.be.instanceOf(StaleWrite)
    const elsewhere = await refusalOf(layTimetable(bench.needs)(SECRETARY, ID, await rev(), '2026-08-03', []))
    expect(elsewhere).to.be.instanceOf(InvalidInput)
  })
})

describe('approving the plan', () => {
  it('refuses an unfinished plan with everything that is missing, and freezes nothing', async () => {
    const bench = await planBench({ councilVersions: [] })
    const refusal = await refusalOf(approved(bench))
    expect(refusal).to.be.instanceOf(StepRefused)
    if (!(refusal instanceof StepRefused)) return
    const codes = refusal.unmet.map(item => item.code)
    expect(codes).to.include('councilNotAppointed').and.include('sectionEmpty').and.include('criterionNotAssigned')
    expect(refusal.unmet.find(item => item.code === 'stepMissing')?.href).to.equal(
      `/danh-gia/${ID}/ke-hoach/thoi-gian-bieu`,
    )
    expect(await bench.plans.version(ID, 1)).to.equal(undefined)
  })

  it('is the chair’s alone', async () => {
    const bench = await planBench()
    await writeWholePlan(bench)
    const { rev } = await bench.plans.draft(ID)
    const asked = { ...APPROVAL, draftRev: rev }
    expect(await refusalOf(approve(bench.needs)(SECRETARY, ID, asked))).to.be.instanceOf(Forbidden)
    expect(await refusalOf(approve(bench.needs)(STRANGER, ID, asked))).to.be.instanceOf(NotFound)
    expect((await bench.assessments.get(ID)).state).to.equal('preparing')
  })

  it('puts exactly the frozen plan into force, with deadlines, sheets and expected evidence', async () => {
    const bench = await planBench()
    await writeWholePlan(bench)
    const read = contentOf(await bench.plans.draft(ID))
    const written = await approved(bench)
    expect(written).to.include({ state: 'working', aimsAtLevelFour: false })
    expect(written.plan).to.deep.include({ version: 1, number: '15/KH-HĐTĐG', approvedOn: '2025-10-03' })
    expect(written.plan.deadlines).to.include({ planDue: '2025-09-28', sheetsDue: '2025-12-14' })
    expect(Object.keys(written.criteria)).to.have.members(bench.codes.map(keyOf))
    expect(await planOf(bench.needs)(written)).to.deep.equal(read)
    expect(bench.papers).to.have.lengthOf(1)
    expect(await planOf(bench.needs)(bench.papers[0]?.after ?? written)).to.deep.equal(read)
    expect(bench.expected.size).to.equal(read.evidence.length)
    for (const id of bench.expected.keys()) expect(id).to.match(/^[A-Za-z0-9_-]{8,40}$/)
  })

  it('refuses a draft that was changed after the chair had read it', async () => {
    const bench = await planBench()
    await writeWholePlan(bench)
    const { rev } = await bench.plans.draft(ID)
    await saveSection(bench.needs)(SECRETARY, ID, { section: 'experts', rev: 0, content: { experts: [] } })
    const refusal = await refusalOf(approve(bench.needs)(CHAIR, ID, { ...APPROVAL, draftRev: rev }))
    expect(refusal).to.be.instanceOf(StaleWrite)
    expect((await bench.assessments.get(ID)).state).to.equal('preparing')
  })

  it('lets one of two chairs at the same moment win, and the frozen plan is the one that was recorded', async () => {
    const bench = await planBench()
    await writeWholePlan(bench)
    const outcomes = await Promise.allSettled([approved(bench), approved(bench), approved(bench)])
    expect(outcomes.filter(each => each.status === 'fulfilled')).to.have.lengthOf(1)
    const written = await bench.assessments.get(ID)
    expect(written.plan.version).to.equal(1)
    expect(await planOf(bench.needs)(written)).to.deep.equal(contentOf(await bench.plans.draft(ID)))
  })

  it('goes on after a crash between freezing and recording', async () => {
    const bench = await planBench()
    await writeWholePlan(bench)
    const broken = {
      ...bench,
      needs: { ...bench.needs, assessment: { ...bench.needs.assessment, freezePaper: crash } },
    }
    expect(await faultOf(approved(broken))).to.equal('power cut')
    expect((await bench.assessments.get(ID)).state).to.equal('preparing')
    expect((await approved(bench)).plan.version).to.equal(1)
  })

  it('never brings a plan into force that was frozen by a broken approval and changed since', async () => {
    const bench = await planBench()
    await writeWholePlan(bench)
    const broken = {
      ...bench,
      needs: { ...bench.needs, assessment: { ...bench.needs.assessment, freezePaper: crash } },
    }
    expect(await faultOf(approved(broken))).to.equal('power cut')
    const experts = [{ name: 'Chuyên gia mẫu', field: 'Khảo sát', for: '1.1', when: '', cost: '' }]
    await saveSection(bench.needs)(SECRETARY, ID, { section: 'experts', rev: 0, content: { experts } })
    const written = await approved(bench)
    expect((await planOf(bench.needs)(written))?.experts).to.deep.equal(experts)
    await bench.settled()
    const events = (await bench.journal.of({ kind: 'assessment', id: ID })).map(entry => entry.event)
    expect(events).to.have.members(['dropPlanPin', 'approvePlan'])
  })

  it('refuses a day that has not come', async () => {
    const bench = await planBench()
    await writeWholePlan(bench)
    const { rev } = await bench.plans.draft(ID)
    const refusal = await refusalOf(approve(bench.needs)(CHAIR, ID, { ...APPROVAL, date: '2025-10-06', draftRev: rev }))
    expect(refusal).to.be.instanceOf(InvalidInput).with.nested.property('fields.date')
  })
})

describe('revising the plan', () => {
  let bench: PlanBench
  before(async () => {
    bench = await planBench()
    await writeWholePlan(bench)
    await approved(bench)
  })
  const change = async () => {
    const rev = (await bench.plans.draft(ID)).parts.experts?.rev ?? 0
    const experts = [{ name: 'Chuyên gia mẫu', field: 'Khảo sát', for: '1.1', when: '', cost: '' }]
    await saveSection(bench.needs)(SECRETARY, ID, { section: 'experts', rev, content: { experts } })
    return { ...APPROVAL, number: '22/KH-HĐTĐG', draftRev: (await bench.plans.draft(ID)).rev }
  }

  it('leaves the plan in force while the next one is drafted', async () => {
    await change()
    expect((await planOf(bench.needs)(await bench.assessments.get(ID)))?.experts).to.deep.equal([])
  })

  it('puts the next version into force with its reason and expects only new evidence', async () => {
    const items = bench.expected.size
    const written = await revise(bench.needs)(CHAIR, ID, await change(), 'Mời thêm chuyên gia')
    expect(written.plan).to.include({ version: 2, number: '22/KH-HĐTĐG' })
    expect((await planOf(bench.needs)(written))?.experts).to.have.lengthOf(1)
    expect((await bench.plans.version(ID, 1))?.content.experts).to.deep.equal([])
    expect(bench.expected.size).to.equal(items)
  })

  it('refuses a revision that leaves something out', async () => {
    const rev = (await bench.plans.draft(ID)).parts.tools?.rev ?? 0
    await saveSection(bench.needs)(SECRETARY, ID, { section: 'tools', rev, content: { tools: [] } })
    const draftRev = (await bench.plans.draft(ID)).rev
    const refusal = await refusalOf(revise(bench.needs)(CHAIR, ID, { ...APPROVAL, draftRev }, 'Sửa'))
    expect(refusal).to.be.instanceOf(StepRefused)
    expect((await bench.assessments.get(ID)).plan.version).to.equal(2)
  })
})

describe('a plan after the criteria have been assessed', () => {
  it('is not written any more', async () => {
    const bench = await planBench({ state: 'drafting' })
    const save = saveSection(bench.needs)(SECRETARY, ID, { section: 'tools', rev: 0, content: { tools: [] } })
    expect(await refusalOf(save)).to.be.instanceOf(StepRefused)
  })
})

const tools = (words: string) => ({ section: 'tools' as const, rev: 1, content: { tools: [words] } })

const crash = (): Promise<never> => Promise.reject(new Error('power cut'))

const faultOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no fault',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
