import { expect } from 'chai'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { criterionFactsOf } from '../../src/assessments/criterion-facts.ts'
import {
  emptySheet,
  keyOf,
  openSheet,
  sheetCodes,
  type Assessment,
  type AssessmentNeeds,
  type CitedEvidence,
  type CriterionDecision,
  type Sheet,
  type SheetPart,
} from '../../src/assessments/index.ts'
import { nextSheet, sheetPage } from '../../src/assessments/sheet-page.ts'
import { readCriteriaFile, type CriteriaSet } from '../../src/catalogue/index.ts'
import type { Actor, SeatRole } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { aCouncil, aGroup } from './council-builders.ts'

const YEAR = workingYear('2025-2026')
const TODAY = '2026-01-12'
const SCHOOL = 'truong-1'

const actor = (role: SeatRole, groupId?: string): Actor => ({
  personId: 'x',
  name: 'Giáo Viên X',
  seats: [{ role, unitId: SCHOOL, year: YEAR, from: '2025-08-01', ...(groupId !== undefined && { groupId }) }],
})
const MEMBER = actor('groupMember', 'nhom-1')
const LEAD = actor('groupLead', 'nhom-1')
const CHAIR = actor('chair')

const item = (id: string, own: Partial<CitedEvidence> = {}): CitedEvidence => ({
  id,
  state: 'coded',
  label: `[H1-1.1-0${id.at(-1) ?? ''}]`,
  name: `Minh chứng ${id}`,
  criterion: '1.1',
  years: [YEAR],
  ...own,
})
const part = (text: string): SheetPart => ({
  text,
  rev: 1,
  by: 'y',
  name: 'Giáo Viên Y',
  at: new Date('2026-01-11T02:00:00Z'),
  since: new Date('2026-01-11T02:00:00Z'),
})

describe('the page of a criterion sheet', () => {
  let set: CriteriaSet
  before(async () => {
    const file = path.resolve(import.meta.dirname, '../../criteria/tt17-2018-tieu-hoc.yaml')
    ;({ set } = readCriteriaFile(await readFile(file, 'utf8')))
  })

  const assessmentOf = (own: Readonly<Record<string, Partial<CriterionDecision>>>): Assessment => ({
    id: `${SCHOOL}.${YEAR}`,
    schoolId: SCHOOL,
    year: YEAR,
    schoolKind: 'tieu_hoc',
    state: 'working',
    machine: 'assessment@1',
    rev: 1,
    set: { id: set.id, hash: 'h', switches: {} },
    ancestors: [],
    openedOn: '2025-08-20',
    council: aCouncil(),
    councilVersions: [
      { ...aCouncil(), version: 1, decision: { number: '1/QĐ', date: '2025-08-20' }, groups: [], paperId: 'p' },
    ],
    groups: [aGroup(), aGroup({ id: 'nhom-2', name: 'Nhóm 2' })],
    peopleIds: [],
    criteria: Object.fromEntries(
      sheetCodes(set, true).map(code => [
        keyOf(code),
        {
          code,
          state: 'drafting' as const,
          rev: 1,
          groupId: code.startsWith('1.') ? 'nhom-1' : 'nhom-2',
          answers: {},
          authors: [],
          ...own[code],
        },
      ]),
    ),
    aimsAtLevelFour: true,
    plan: { version: 1, deadlines: { sheetDraftDue: '2026-01-10', sheetsDue: '2026-03-20' } },
    report: { version: 0 },
    submissions: [],
    supplements: [],
    outbox: [],
  })

  async function pageFor(
    who: Actor,
    code: string,
    own: Partial<CriterionDecision> = {},
    parts: Sheet['parts'] = {},
    pinned?: Readonly<Record<string, string>>,
  ) {
    const assessment = assessmentOf({ [code]: own })
    // Opening a sheet asks for the assessment, its set and the clock alone.
    const needs = {
      assessments: { find: () => Promise.resolve(assessment) },
      setOf: () => Promise.resolve(set),
      now: () => new Date('2026-01-12T02:00:00Z'),
    } as unknown as AssessmentNeeds
    const open = await openSheet(needs, who, assessment.id, code)
    const sheet = { ...emptySheet(assessment.id, code), parts }
    const evidence = new Map(
      [item('minh-chung-1'), item('minh-chung-2', { state: 'collected' })].map(each => [each.id, each]),
    )
    const numbers = {
      councilMin: 7,
      voteShare: { numerator: 2, denominator: 3 },
      internalCommentDays: 15,
      holidays: new Set<string>(),
    }
    const facts = criterionFactsOf(open, sheet, evidence, numbers, TODAY)
    const pin = pinned && { id: 'pin', parts: pinned, actions: [], at: new Date('2026-01-11T03:00:00Z') }
    return sheetPage({ actor: who, open, sheet, evidence, facts, today: TODAY, others: [], pin })
  }

  it('asks every indicator of every level, each with its own place for answer and text', async () => {
    const { levels } = await pageFor(MEMBER, '1.1')
    expect(levels.map(({ level }) => level)).to.deep.equal(['1', '2', '3'])
    const places = levels.flatMap(level => level.indicators.map(each => [each.mark, each.verdictId, each.part.anchor]))
    expect(places).to.deep.equal([
      ['a', 'tu-danh-gia-1-a', 'mo-ta-1-a'],
      ['b', 'tu-danh-gia-1-b', 'mo-ta-1-b'],
      ['c', 'tu-danh-gia-1-c', 'mo-ta-1-c'],
      ['2', 'tu-danh-gia-2-a', 'mo-ta-2-a'],
      ['3', 'tu-danh-gia-3-a', 'mo-ta-3-a'],
    ])
  })

  it('computes levels and result from the answers and says what keeps the next level', async () => {
    const answers = { '1': { a: 'met', b: 'met', c: 'met' }, '2': { a: 'notMet' } } as const
    const { levels, side, table, tree } = await pageFor(MEMBER, '1.1', { answers })
    expect(levels.map(({ badge }) => badge.label)).to.deep.equal(['Đạt', 'Không đạt', 'Chưa đánh giá'])
    expect(side.result).to.deep.equal({
      words: 'Mức 1',
      tone: 'green',
      why: ['Chưa đạt Mức 2 vì yêu cầu Mức 2 không đạt.'],
    })
    expect(table.rows[0]?.map(cell => [cell.mark, cell.words])).to.deep.equal([
      ['a', 'Đạt'],
      ['–', 'Không đạt'],
      ['–', 'Chưa đánh giá'],
    ])
    expect(tree[0]?.entries[0]).to.deep.include({ current: true, marks: ['met', 'notMet', 'open'], answered: false })
  })

  it('marks what is cited, what does not count yet, and what is typed in vain', async () => {
    const text = 'Có [[minh-chung-1]], [[minh-chung-2]] và [H9-9.9-99].'
    const { levels, side } = await pageFor(MEMBER, '1.1', {}, { 'description.1.a': part(text) })
    const first = levels[0]?.indicators[0]?.part
    expect(first?.text).to.equal('Có [H1-1.1-01], [H1-1.1-02] và [H9-9.9-99].')
    expect(first?.cited.map(chip => [chip.label, chip.caution])).to.deep.equal([
      ['[H1-1.1-01]', ''],
      ['[H1-1.1-02]', 'chưa kiểm tra'],
    ])
    expect(first?.unknown).to.deep.equal(['[H9-9.9-99]'])
    expect(side.evidence.map(each => each.cited)).to.deep.equal([true, true])
  })

  it('lists what keeps a sheet from being handed in, each at its place', async () => {
    const { side, steps } = await pageFor(MEMBER, '1.1', { answers: { '1': { a: 'met' } } })
    expect(side.blockers?.heading).to.equal('Còn thiếu để nộp')
    expect(side.blockers?.items.map(unmet => unmet.href?.split('#')[1])).to.include.members([
      'tu-danh-gia-1-b',
      'mo-ta-1-a',
      'diem-manh',
      'diem-yeu',
    ])
    expect(steps.map(step => step.event)).to.deep.equal(['handIn'])
  })

  it('offers each person the steps of their seat in this state, and no others', async () => {
    const events = async (who: Actor, state: CriterionDecision['state']) =>
      (await pageFor(who, '1.1', { state })).steps.map(step => step.event)
    expect(await events(MEMBER, 'assigned')).to.deep.equal(['analyse'])
    expect(await events(MEMBER, 'analysing')).to.deep.equal(['draft'])
    expect(await events(MEMBER, 'groupReview')).to.deep.equal([])
    expect(await events(LEAD, 'groupReview')).to.deep.equal(['confirm', 'returnToAuthor'])
    expect(await events(CHAIR, 'councilReview')).to.deep.equal(['agree', 'returnToGroup'])
    expect(await events(actor('secretary'), 'councilReview')).to.deep.equal(['returnToGroup'])
    expect(await events(actor('groupMember', 'nhom-2'), 'drafting')).to.deep.equal([])
  })

  it('is for reading to everybody else, and says why', async () => {
    expect((await pageFor(MEMBER, '1.1')).writable).to.equal(true)
    const other = await pageFor(actor('groupMember', 'nhom-2'), '1.1')
    expect([other.writable, other.readOnlyBecause]).to.deep.equal([
      false,
      'Phiếu do Nhóm 1 viết; bạn đang xem nội dung.',
    ])
  })

  it('shows the words that were handed in, not what a later slip may have left in the sheet', async () => {
    const handedIn = { by: 'y', name: 'Giáo Viên Y', at: new Date('2026-01-11T03:00:00Z') }
    const parts = { strengths: part('Sau khi nộp.') }
    const page = await pageFor(MEMBER, '1.1', { state: 'groupReview', handedIn, pin: 'pin' }, parts, {
      strengths: 'Lúc nộp.',
    })
    expect(page.strengths[0]?.text).to.equal('Lúc nộp.')
    expect(page.readOnlyBecause).to.include('Giáo Viên Y nộp lúc 10:00 ngày 11/01/2026')
  })

  it('leads a remark of a return to its place and marks deadlines that have passed', async () => {
    const returned = {
      by: 'd',
      name: 'Thành Viên D',
      at: new Date('2026-01-11T03:00:00Z'),
      reason: 'Nêu số liệu',
      anchor: 'mo-ta-1-a',
      from: 'group' as const,
    }
    const { side } = await pageFor(MEMBER, '1.1', { returned })
    expect(side.returned).to.include({ reason: 'Nêu số liệu', href: '#mo-ta-1-a' })
    expect(side.deadlines).to.deep.equal([
      { label: 'Nộp phiếu', day: '10/01/2026', past: true },
      { label: 'Hội đồng thống nhất', day: '20/03/2026', past: false },
    ])
  })

  it('has a sheet of one question for a clause of Mức 4', async () => {
    const page = await pageFor(actor('groupMember', 'nhom-2'), '22.1', { answers: { '4': { a: 'met' } } })
    expect([page.heading, page.levels.length, page.levels[0]?.indicators.length]).to.deep.equal([
      'Mức 4, khoản 1',
      1,
      1,
    ])
    expect(page.side.result.words).to.equal('Đạt')
    expect(page.tree.at(-1)?.entries[0]).to.deep.include({ code: '22.1', marks: ['met'] })
  })

  it('opens for each person the sheet that waits for them', () => {
    const assessment = assessmentOf({
      '1.1': { state: 'agreed' },
      '1.3': { state: 'groupReview' },
      '2.1': { state: 'councilReview' },
    })
    expect(nextSheet(MEMBER, assessment, set, TODAY)).to.equal('1.2')
    expect(nextSheet(LEAD, assessment, set, TODAY)).to.equal('1.3')
    expect(nextSheet(CHAIR, assessment, set, TODAY)).to.equal('2.1')
    expect(nextSheet(actor('staff'), assessment, set, TODAY)).to.equal('1.1')
  })
})
