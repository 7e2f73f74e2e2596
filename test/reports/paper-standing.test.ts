import { expect } from 'chai'
import type { Assessment } from '../../src/assessments/index.ts'
import { standingOf } from '../../src/reports/paper-standing.ts'
import type { Verified } from '../../src/reports/report-needs.ts'
import { verifyPage } from '../../src/reports/verify-page.ts'
import { anAssessment } from '../assessments/assessment-builder.ts'
import { aCouncil } from '../assessments/council-builders.ts'

const decided = (version: number, date: string) => ({
  ...aCouncil(),
  version,
  decision: { number: `${version}/QĐ`, date },
  groups: [],
  paperId: `quyet-dinh-${version}`,
})
const adopted = (paperId: string) => ({
  by: 'a',
  name: 'Thành Viên A',
  at: new Date('2026-04-15T02:00:00Z'),
  on: '2026-04-15',
  votes: { for: 7, against: 0, other: 0, total: 7 },
  minutes: '1/BB',
  level: 2,
  paperId,
  sha256: 'a'.repeat(64),
})

const standing: Assessment = anAssessment({
  councilVersions: [decided(1, '2025-09-10'), decided(2, '2026-01-12')],
  plan: { version: 2, approvedOn: '2025-10-01', paperId: 'ke-hoach-2', deadlines: {} },
  report: { version: 2, adopted: adopted('bao-cao-2') },
  supplements: [{ paperId: 'bo-sung-1', on: '2026-06-01', text: '', changes: [] }],
})
const cancelled = { reason: 'Sáp nhập', decision: '9/QĐ', on: '2026-02-03' }

const paper = (kind: 'decision' | 'plan' | 'report' | 'supplement' | 'draftReport', id: string, frozen = true) => ({
  kind,
  id,
  frozen,
})
const { councilVersions, plan, report } = standing
const lifeBefore = {
  ...anAssessment({ councilVersions: [], plan: { version: 0, deadlines: {} }, report: { version: 0 } }),
  earlier: [{ ...standing, councilVersions, plan, report, cancelled, lastRev: 9 }],
}

const TABLE: readonly [string, ReturnType<typeof paper>, Assessment | undefined, Partial<Verified>][] = [
  ['the decision on the council', paper('decision', 'quyet-dinh-2'), standing, { result: 'inForce' }],
  [
    'a decision after which the council was changed',
    paper('decision', 'quyet-dinh-1'),
    standing,
    { result: 'replaced', endedOn: '2026-01-12', replacedBy: 'quyết định số 2/QĐ, ngày 12/01/2026' },
  ],
  ['the plan', paper('plan', 'ke-hoach-2'), standing, { result: 'inForce' }],
  [
    'a plan that was adjusted',
    paper('plan', 'ke-hoach-1'),
    standing,
    { result: 'replaced', endedOn: '2025-10-01', replacedBy: 'kế hoạch phê duyệt ngày 01/10/2025' },
  ],
  ['the report', paper('report', 'bao-cao-2'), standing, { result: 'inForce' }],
  [
    'a report after which another was adopted',
    paper('report', 'bao-cao-1'),
    standing,
    { result: 'replaced', endedOn: '2026-04-15', replacedBy: 'báo cáo thông qua ngày 15/04/2026' },
  ],
  ['a yearly supplement', paper('supplement', 'bo-sung-1'), standing, { result: 'inForce' }],
  ['a supplement that was drawn and never issued', paper('supplement', 'bo-sung-9'), standing, { result: 'unused' }],
  ['a paper of an assessment that is gone', paper('report', 'bao-cao-2'), undefined, { result: 'unused' }],
  ['a printed draft', paper('draftReport', 'x', false), standing, { result: 'draft' }],
  [
    'the decision once all is closed',
    paper('decision', 'quyet-dinh-2'),
    { ...standing, state: 'closed' },
    { result: 'expired' },
  ],
  ['the plan once all is closed', paper('plan', 'ke-hoach-2'), { ...standing, state: 'closed' }, { result: 'expired' }],
  [
    'the report once all is closed',
    paper('report', 'bao-cao-2'),
    { ...standing, state: 'closed' },
    { result: 'inForce' },
  ],
  [
    'a paper of a cancelled assessment',
    paper('plan', 'ke-hoach-2'),
    { ...standing, state: 'cancelled', cancelled },
    { result: 'withdrawn', endedOn: '2026-02-03' },
  ],
  [
    'a paper of a life that was cancelled before this one began',
    paper('decision', 'quyet-dinh-2'),
    lifeBefore,
    { result: 'withdrawn', endedOn: '2026-02-03' },
  ],
]

describe('whether a paper still counts', () => {
  for (const [name, asked, assessment, wanted] of TABLE)
    it(`${name}: ${wanted.result}`, () => expect(standingOf(asked, assessment)).to.deep.equal(wanted))

  it('is said to everybody with the day and the paper in its place, and only a paper that counts is called in force', () => {
    const results: readonly Verified['result'][] = ['replaced', 'withdrawn', 'expired', 'unused', 'draft', 'unknown']
    for (const result of results) {
      const { answer } = verifyPage({ result, endedOn: '2026-02-03', replacedBy: 'quyết định số 2/QĐ' })
      expect(answer?.text, result).to.not.contain('đang có hiệu lực')
      expect(answer?.tone, result).to.not.equal('green')
      expect(answer?.facts).to.deep.include.members([
        { term: 'Hết hiệu lực từ ngày', text: '03/02/2026' },
        { term: 'Thay bằng', text: 'quyết định số 2/QĐ' },
      ])
    }
    expect(verifyPage({ result: 'inForce' }).answer?.text).to.contain('đang có hiệu lực')
  })
})
