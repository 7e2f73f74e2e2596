import { expect } from 'chai'
import {
  ASSESSMENT_VERSION,
  assessmentLife,
  assessmentMachine,
  type AssessmentEvent,
  type AssessmentFacts,
  type AssessmentState,
  type SheetStanding,
} from '../../src/assessments/assessment-machine.ts'
import { assessmentSteps } from '../../src/assessments/assessment-steps.ts'
import { TWO_THIRDS } from '../../src/assessments/vote.ts'
import { nextState, unmetOf } from '../../src/kernel/step.ts'
import { aCouncil, aGroup, aSetting } from './council-builders.ts'
import { expectOneLack, itStepsAs, machineArrows, statesWith, tableArrows, type WholeTable } from './whole-table.ts'

const base = '/danh-gia/truong-mau.2025-2026'
const links = {
  council: `${base}/hoi-dong`,
  groups: `${base}/nhom`,
  plan: `${base}/ke-hoach`,
  sheets: `${base}/phieu/`,
  evidence: `${base}/minh-chung`,
  figures: `${base}/so-lieu`,
  reconciliation: `${base}/doi-sanh`,
  report: `${base}/bao-cao`,
  comments: `${base}/gop-y`,
  actions: `${base}/cai-tien`,
}

const sheets: readonly SheetStanding[] = [
  { code: '1.1', state: 'agreed', groupId: 'nhom-1' },
  { code: '1.2', state: 'agreed', groupId: 'nhom-1' },
]

const complete = (own: Partial<AssessmentFacts> = {}): AssessmentFacts => ({
  links,
  council: { draft: aCouncil(), setting: aSetting(), inForce: aCouncil().members, voteShare: TWO_THIRDS },
  groups: [aGroup()],
  sheets,
  planUnmet: [],
  report: { emptyParts: [], lintErrors: [], brokenCitations: [], levelPrinted: 2, levelNow: 2 },
  comments: { days: 15, periodOver: true, unanswered: 0, roundHeld: true },
  figures: { locked: true, reconciliation: 'confirmed' },
  signedCopy: { kind: 'file', verified: true },
  managingUnit: { id: 'xa-mau', name: 'UBND xã Mẫu' },
  ancestors: ['xa-mau', 'so-mau'],
  reviewBegun: false,
  returnPoints: [{ id: 'p1', text: 'Bổ sung số liệu mục 1.2.' }],
  yearOpen: true,
  newVersion: { there: true, mapped: true },
  rights: { changes: ['chỉ trưởng nhóm nộp phiếu'], stranded: [] },
  actionsLeftBehind: 0,
  ...own,
})

const events: { readonly [K in AssessmentEvent['type']]: Extract<AssessmentEvent, { type: K }> } = {
  appointCouncil: { type: 'appointCouncil' },
  reviseCouncil: { type: 'reviseCouncil', reason: 'Chuyển công tác.' },
  approvePlan: { type: 'approvePlan' },
  revisePlan: { type: 'revisePlan', reason: 'Đổi người phụ trách.' },
  setGroupRights: { type: 'setGroupRights', reason: 'Giáo viên nghỉ thai sản.', acknowledged: false },
  startReport: { type: 'startReport' },
  reopenSheet: { type: 'reopenSheet', reason: 'Có thêm minh chứng.', criteria: ['1.2'] },
  openComments: { type: 'openComments' },
  closeComments: { type: 'closeComments' },
  adopt: { type: 'adopt', votes: { for: 6, against: 0, other: 1, total: 7 } },
  publish: { type: 'publish' },
  submit: { type: 'submit', dispatchNumber: '12/CV-TM', dispatchDate: '2026-05-12', receivingUnitId: 'xa-mau' },
  recall: { type: 'recall' },
  markReturned: { type: 'markReturned' },
  resume: { type: 'resume', answers: { p1: 'Đã bổ sung bảng số liệu.' } },
  markAccepted: { type: 'markAccepted' },
  reopenReview: { type: 'reopenReview', reason: 'Phát hiện số liệu sai.' },
  takeNewVersion: { type: 'takeNewVersion' },
  addSupplement: { type: 'addSupplement' },
  close: { type: 'close' },
  cancel: { type: 'cancel', reason: 'Sáp nhập trường.', decisionNumber: '45/QĐ-SGDĐT' },
}

const no = 'refused'
const nothing: Readonly<Record<AssessmentEvent['type'], 'refused'>> = {
  appointCouncil: no,
  reviseCouncil: no,
  approvePlan: no,
  revisePlan: no,
  setGroupRights: no,
  startReport: no,
  reopenSheet: no,
  openComments: no,
  closeComments: no,
  adopt: no,
  publish: no,
  submit: no,
  recall: no,
  markReturned: no,
  resume: no,
  markAccepted: no,
  reopenReview: no,
  takeNewVersion: no,
  addSupplement: no,
  close: no,
  cancel: no,
}
const table: WholeTable<AssessmentState, AssessmentEvent['type']> = {
  preparing: {
    ...nothing,
    appointCouncil: 'preparing',
    approvePlan: 'working',
    setGroupRights: 'preparing',
    takeNewVersion: 'preparing',
    cancel: 'cancelled',
  },
  working: {
    ...nothing,
    reviseCouncil: 'working',
    revisePlan: 'working',
    setGroupRights: 'working',
    startReport: 'drafting',
    takeNewVersion: 'working',
    cancel: 'cancelled',
  },
  drafting: {
    ...nothing,
    reviseCouncil: 'drafting',
    setGroupRights: 'drafting',
    reopenSheet: 'working',
    openComments: 'consulting',
    takeNewVersion: 'working',
    adopt: 'adopted',
    cancel: 'cancelled',
  },
  consulting: {
    ...nothing,
    reviseCouncil: 'consulting',
    setGroupRights: 'consulting',
    closeComments: 'drafting',
    cancel: 'cancelled',
  },
  adopted: { ...nothing, publish: 'published' },
  published: { ...nothing, submit: 'submitted' },
  submitted: { ...nothing, recall: 'published', markReturned: 'returned', markAccepted: 'accepted' },
  returned: { ...nothing, setGroupRights: 'returned', resume: 'drafting' },
  accepted: {
    ...nothing,
    markReturned: 'returned',
    reopenReview: 'submitted',
    addSupplement: 'accepted',
    close: 'closed',
  },
  closed: nothing,
  cancelled: nothing,
}

const { managingUnit: _unit, ...withoutManagingUnit } = complete()
const { levelNow: _now, ...levelNotComputable } = complete().report
const { levelPrinted: _printed, ...noDraft } = complete().report

describe('assessment machine', () => {
  itStepsAs(assessmentLife, table, events, () => complete())

  it('has the same steps as the table that policies and drawings read', () => {
    expect(tableArrows(assessmentSteps)).to.deep.equal(machineArrows(assessmentMachine))
  })

  it('carries the version that is stored beside each state', () => {
    expect(assessmentMachine.version).to.equal(ASSESSMENT_VERSION)
  })

  describe('names exactly what is missing', () => {
    const full = complete()
    const lacking: readonly [string, AssessmentFacts, AssessmentEvent][] = [
      [
        'councilTooSmall',
        complete({ council: { ...full.council, setting: aSetting({ councilMin: 8 }) } }),
        events.appointCouncil,
      ],
      ['reasonMissing', full, { type: 'reviseCouncil', reason: '' }],
      [
        'councilTooSmall',
        complete({ council: { ...full.council, setting: aSetting({ councilMin: 8 }) } }),
        events.reviseCouncil,
      ],
      [
        'councilNotAppointed',
        complete({ council: { ...full.council, inForce: [] }, groups: [], sheets: [] }),
        events.approvePlan,
      ],
      ['criterionWithoutGroup', complete({ sheets: [{ code: '1.3', state: 'assigned' }] }), events.approvePlan],
      [
        'planRow',
        complete({ planUnmet: [{ code: 'planRow', message: 'Dòng 2 của kế hoạch còn thiếu ngày.' }] }),
        events.approvePlan,
      ],
      ['reasonMissing', full, { type: 'revisePlan', reason: ' ' }],
      [
        'criterionWithoutGroup',
        complete({ sheets: [{ code: '1.1', state: 'drafting', groupId: 'nhom-bo' }] }),
        events.revisePlan,
      ],
      ['councilNotAppointed', complete({ council: { ...full.council, inForce: [] } }), events.setGroupRights],
      ['nothingChanged', complete({ rights: { changes: [], stranded: [] } }), events.setGroupRights],
      ['reasonMissing', full, { ...events.setGroupRights, reason: ' ' }],
      [
        'stranded',
        complete({
          rights: { changes: ['x'], stranded: [{ code: 'stranded', message: 'Phiếu tiêu chí 1.1 đang viết dở.' }] },
        }),
        events.setGroupRights,
      ],
      ['sheetsMissing', complete({ sheets: [] }), events.startReport],
      [
        'sheetNotAgreed',
        complete({ sheets: [...sheets, { code: '1.3', state: 'councilReview' }] }),
        events.startReport,
      ],
      ['reasonMissing', full, { ...events.reopenSheet, reason: '' }],
      ['criteriaMissing', full, { ...events.reopenSheet, criteria: [] }],
      ['criterionUnknown', full, { ...events.reopenSheet, criteria: ['9.9'] }],
      ['partEmpty', complete({ report: { ...full.report, emptyParts: ['Đặt vấn đề'] } }), events.openComments],
      [
        'lintError',
        complete({
          report: {
            ...full.report,
            lintErrors: [{ criterion: '1.1', message: 'Chưa có mô tả.', anchor: 'mo-ta-1-a' }],
          },
        }),
        events.openComments,
      ],
      [
        'citationBroken',
        complete({ report: { ...full.report, brokenCitations: [{ criterion: '1.1', citation: '[H1-1.1-09]' }] } }),
        events.openComments,
      ],
      ['commentPeriodRunning', complete({ comments: { ...full.comments, periodOver: false } }), events.closeComments],
      ['commentUnanswered', complete({ comments: { ...full.comments, unanswered: 2 } }), events.closeComments],
      ['commentRoundMissing', complete({ comments: { ...full.comments, roundHeld: false } }), events.adopt],
      ['votesMissing', full, { type: 'adopt' }],
      ['votesTooFew', full, { type: 'adopt', votes: { for: 4, against: 0, other: 3, total: 7 } }],
      ['levelChanged', complete({ report: { ...full.report, levelNow: 1 } }), events.adopt],
      ['levelUnknown', complete({ report: levelNotComputable }), events.adopt],
      ['draftMissing', complete({ report: noDraft }), events.adopt],
      [
        'reconciliationNotConfirmed',
        complete({ figures: { locked: true, reconciliation: 'explained' } }),
        events.adopt,
      ],
      ['figuresNotLocked', complete({ figures: { locked: false, reconciliation: 'confirmed' } }), events.adopt],
      ['signedCopyMissing', complete({ signedCopy: { kind: 'none' } }), events.publish],
      ['signedCopyDiffers', complete({ signedCopy: { kind: 'file', verified: false } }), events.publish],
      ['paperReasonMissing', complete({ signedCopy: { kind: 'paper', reason: '' } }), events.publish],
      ['dispatchNumberMissing', full, { ...events.submit, dispatchNumber: '' }],
      ['dispatchDateMissing', full, { type: 'submit', dispatchNumber: '12/CV-TM', receivingUnitId: 'xa-mau' }],
      ['notManagingUnit', full, { ...events.submit, receivingUnitId: 'xa-cu' }],
      ['managingUnitUnknown', withoutManagingUnit, events.submit],
      ['reviewBegun', complete({ reviewBegun: true }), events.recall],
      ['returnPointUnanswered', full, { type: 'resume', answers: {} }],
      ['reasonMissing', full, { type: 'reopenReview', reason: ' ' }],
      ['yearClosed', complete({ yearOpen: false }), events.addSupplement],
      ['noNewerVersion', complete({ newVersion: { there: false, mapped: false } }), events.takeNewVersion],
      ['mappingMissing', complete({ newVersion: { there: true, mapped: false } }), events.takeNewVersion],
      ['actionsLeftBehind', complete({ actionsLeftBehind: 3 }), events.close],
      ['reasonMissing', full, { ...events.cancel, reason: '' }],
      ['decisionNumberMissing', full, { ...events.cancel, decisionNumber: '' }],
    ]
    for (const [code, facts, event] of lacking)
      it(`${event.type}: ${code}`, () => {
        expectOneLack(assessmentLife, statesWith(table, event.type), facts, event, code)
      })
  })

  it('names every sheet that holds the report up, each with its address', () => {
    const facts = complete({ sheets: sheets.map(sheet => ({ ...sheet, state: 'drafting' as const })) })
    expect(unmetOf(assessmentLife.conditions, facts, events.startReport).map(item => item.href)).to.deep.equal([
      `${base}/phieu/1.1`,
      `${base}/phieu/1.2`,
    ])
  })

  it('adopts without a comment round when the reason is recorded', () => {
    const comments = {
      days: 0,
      periodOver: false,
      unanswered: 0,
      roundHeld: false,
      waivedBecause: 'Đã họp toàn trường.',
    }
    expect(nextState(assessmentLife, 'drafting', complete({ comments }), events.adopt)).to.equal('adopted')
  })

  it('closes a round of zero days at once', () => {
    const comments = { days: 0, periodOver: false, unanswered: 0, roundHeld: true }
    expect(nextState(assessmentLife, 'consulting', complete({ comments }), events.closeComments)).to.equal('drafting')
  })

  it('publishes a report that was signed on paper when the reason is recorded', () => {
    const signedCopy = { kind: 'paper', reason: 'Trường chưa có chữ ký số.' } as const
    expect(nextState(assessmentLife, 'adopted', complete({ signedCopy }), events.publish)).to.equal('published')
  })

  it('adopts a report whose computed and printed result is “không đạt”', () => {
    const report = { ...complete().report, levelPrinted: 0, levelNow: 0 }
    expect(nextState(assessmentLife, 'drafting', complete({ report }), events.adopt)).to.equal('adopted')
  })

  it('lets the head cancel only before the work begins, the Sở until the adoption', () => {
    const cancels = assessmentSteps.filter(step => step.event === 'cancel')
    expect(cancels.filter(step => step.who.includes('head')).map(step => step.from)).to.deep.equal(['preparing'])
    expect(cancels.every(step => step.who.includes('provinceLead'))).to.equal(true)
  })
})
