import type { Day } from '../kernel/dates.ts'
import type { Unmet } from '../kernel/refusals.ts'
import type { Conditions } from '../kernel/step.ts'
import type { Council, Group } from './assessment.ts'
import type { AssessmentLinks } from './assessment-links.ts'
import { councilUnmet, type CouncilMember, type CouncilSetting } from './council-rules.ts'
import type { CriterionState } from './criterion-machine.ts'
import { criteriaWithoutGroup, groupsUnmet } from './group-rules.ts'
import { isFilled, need } from '../kernel/need.ts'
import { votesUnmet, type CountedVotes, type Share } from './vote.ts'

export type AssessmentState =
  | 'preparing'
  | 'working'
  | 'drafting'
  | 'consulting'
  | 'adopted'
  | 'published'
  | 'submitted'
  | 'returned'
  | 'accepted'
  | 'closed'
  | 'cancelled'

export type AssessmentEvent =
  | { readonly type: 'appointCouncil' }
  | { readonly type: 'reviseCouncil'; readonly reason: string }
  | { readonly type: 'approvePlan' }
  | { readonly type: 'revisePlan'; readonly reason: string }
  /** The chair decides what the members of one group may do; open work that it strands has been read. */
  | { readonly type: 'setGroupRights'; readonly reason: string; readonly acknowledged: boolean }
  | { readonly type: 'startReport' }
  | { readonly type: 'reopenSheet'; readonly reason: string; readonly criteria: readonly string[] }
  | { readonly type: 'openComments' }
  | { readonly type: 'closeComments' }
  | { readonly type: 'adopt'; readonly votes?: CountedVotes }
  | { readonly type: 'publish' }
  | {
      readonly type: 'submit'
      readonly dispatchNumber: string
      readonly dispatchDate?: Day
      readonly receivingUnitId: string
    }
  | { readonly type: 'recall' }
  | { readonly type: 'markReturned' }
  /** How the council will answer each point of the return, by the point's id. */
  | { readonly type: 'resume'; readonly answers: Readonly<Record<string, string>> }
  | { readonly type: 'markAccepted' }
  /** The acceptance is taken back: the report lies with the managing level again. */
  | { readonly type: 'reopenReview'; readonly reason: string }
  /** The Sở uses a newer version of the criteria for the year: the assessment goes over to it. */
  | { readonly type: 'takeNewVersion' }
  | { readonly type: 'addSupplement' }
  | { readonly type: 'close' }
  | { readonly type: 'cancel'; readonly reason: string; readonly decisionNumber: string }

export interface SheetStanding {
  readonly code: string
  readonly state: CriterionState
  readonly groupId?: string
}

export interface AssessmentFacts {
  readonly links: AssessmentLinks
  readonly council: {
    /** The list that `appointCouncil` would decide. */
    readonly draft: Council
    readonly setting: CouncilSetting
    /** Members by the last decision; empty when none has been signed. */
    readonly inForce: readonly CouncilMember[]
    readonly voteShare: Share
  }
  /** As the step would leave them: for `revisePlan` the revised ones. */
  readonly groups: readonly Group[]
  /** What a decision on one group's rights would change and take out of somebody's hands; absent: none is at hand. */
  readonly rights?: { readonly changes: readonly string[]; readonly stranded: readonly Unmet[] }
  readonly sheets: readonly SheetStanding[]
  /** What the plan itself still lacks (`planUnmet`); plans stand below assessments, so their verdict comes in as a fact. */
  readonly planUnmet: readonly Unmet[]
  readonly report: {
    readonly emptyParts: readonly string[]
    readonly lintErrors: readonly { readonly criterion: string; readonly message: string; readonly anchor: string }[]
    readonly brokenCitations: readonly { readonly criterion: string; readonly citation: string }[]
    /** Level printed in the draft that the council saw; 0 is “không đạt”, absent: no draft was printed. */
    readonly levelPrinted?: number
    /** Level computed from the answers now; absent: an answer is missing, so there is none. */
    readonly levelNow?: number
    /** Parts carried over that nobody has confirmed: warns at the adoption, never blocks it. */
    readonly unreviewed?: number
  }
  readonly comments: {
    /** Setting `internalCommentDays` and whether they are over. */
    readonly days: number
    readonly periodOver: boolean
    readonly unanswered: number
    readonly roundHeld: boolean
    /** Reason recorded for going without a round. */
    readonly waivedBecause?: string
  }
  readonly figures: { readonly locked: boolean; readonly reconciliation: Reconciliation }
  readonly signedCopy: SignedCopy
  /** Unit that manages the school today; absent when the tree names none. */
  readonly managingUnit?: { readonly id: string; readonly name: string }
  /** Units above the school today, nearest first: a report that is sent may be read there from then on. */
  readonly ancestors: readonly string[]
  readonly reviewBegun: boolean
  readonly returnPoints: readonly { readonly id: string; readonly text: string }[]
  readonly yearOpen: boolean
  /** Whether the year uses another version by now, and whether the Sở has chosen the mapping; absent: not asked for. */
  readonly newVersion?: { readonly there: boolean; readonly mapped: boolean }
  /** Unfinished improvement actions that have not been moved to next year. */
  readonly actionsLeftBehind: number
}

/** `none`: the figures have not been reconciled at all. */
export type Reconciliation = 'none' | 'drafting' | 'explained' | 'confirmed' | 'verified' | 'disputed'

/** The adopted report with signature and seal: a file checked against the frozen PDF, or paper alone with its reason. */
export type SignedCopy =
  | { readonly kind: 'none' }
  | { readonly kind: 'file'; readonly verified: boolean }
  | { readonly kind: 'paper'; readonly reason: string }

/** What each step of an assessment asks for (process § 14.1), every lack as a sentence. */
export const assessmentConditions: Conditions<AssessmentFacts, AssessmentEvent> = {
  appointCouncil: ({ council, links }) => councilUnmet(council.draft, council.setting, links.council),

  reviseCouncil: ({ council, links }, { reason }) => [
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do kiện toàn hội đồng.', links.council),
    ...councilUnmet(council.draft, council.setting, links.council),
  ],

  approvePlan: ({ council, groups, sheets, planUnmet, links }) => [
    ...need(
      council.inForce.length > 0,
      'councilNotAppointed',
      'Chưa có quyết định thành lập hội đồng tự đánh giá.',
      links.council,
    ),
    ...groupsUnmet(groups, sheets, council.inForce, links.groups),
    ...planUnmet,
  ],

  revisePlan: ({ groups, sheets, links }, { reason }) => [
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do điều chỉnh kế hoạch.', links.plan),
    ...criteriaWithoutGroup(groups, sheets, links.groups),
  ],

  setGroupRights: ({ council, rights, links }, { reason, acknowledged }) => [
    ...need(
      council.inForce.length > 0,
      'councilNotAppointed',
      'Chưa có quyết định thành lập hội đồng tự đánh giá nên chưa có chủ tịch để quyết định.',
      links.council,
    ),
    ...need((rights?.changes.length ?? 0) > 0, 'nothingChanged', 'Quyền của nhóm chưa có gì thay đổi.'),
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do thay đổi quyền của nhóm.'),
    ...(acknowledged ? [] : (rights?.stranded ?? [])),
  ],

  startReport: ({ sheets, links }) => [
    ...need(sheets.length > 0, 'sheetsMissing', 'Đợt tự đánh giá chưa có phiếu đánh giá tiêu chí nào.', links.plan),
    ...sheets
      // After a return only the sheets that it names are opened; the others stay as they were adopted.
      .filter(sheet => sheet.state !== 'agreed' && sheet.state !== 'frozen')
      .map(sheet => ({
        code: 'sheetNotAgreed',
        message: `Phiếu đánh giá tiêu chí ${sheet.code} chưa được hội đồng thống nhất.`,
        href: `${links.sheets}${sheet.code}`,
      })),
  ],

  reopenSheet: ({ sheets }, { reason, criteria }) => [
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do mở lại phiếu.'),
    ...need(criteria.length > 0, 'criteriaMissing', 'Cần chọn ít nhất một tiêu chí để mở lại phiếu.'),
    ...criteria
      .filter(code => sheets.every(sheet => sheet.code !== code))
      .map(code => ({ code: 'criterionUnknown', message: `Đợt tự đánh giá này không có tiêu chí ${code}.` })),
  ],

  openComments: ({ report, links }) => [
    ...report.emptyParts.map(part => ({
      code: 'partEmpty',
      message: `Phần “${part}” của báo cáo còn trống.`,
      href: links.report,
    })),
    ...report.lintErrors.map(error => ({
      code: 'lintError',
      message: `Tiêu chí ${error.criterion}: ${error.message}`,
      href: `${links.sheets}${error.criterion}#${error.anchor}`,
    })),
    ...report.brokenCitations.map(({ criterion, citation }) => ({
      code: 'citationBroken',
      message: `Tiêu chí ${criterion} dẫn minh chứng ${citation} không có trong bảng danh mục mã minh chứng.`,
      href: `${links.sheets}${criterion}`,
    })),
  ],

  closeComments: ({ comments, links }) => [
    ...need(
      comments.periodOver || comments.days === 0,
      'commentPeriodRunning',
      `Chưa hết ${comments.days} ngày làm việc lấy ý kiến về dự thảo báo cáo.`,
      links.comments,
    ),
    ...need(
      comments.unanswered === 0,
      'commentUnanswered',
      `Còn ${comments.unanswered} ý kiến góp ý chưa được trả lời.`,
      links.comments,
    ),
  ],

  adopt: (facts, { votes }) => [
    ...need(
      facts.comments.roundHeld || isFilled(facts.comments.waivedBecause),
      'commentRoundMissing',
      'Chưa lấy ý kiến về dự thảo báo cáo, cũng chưa ghi lý do không lấy ý kiến.',
      facts.links.comments,
    ),
    ...(votes
      ? votesUnmet(votes, facts.council.inForce.length, facts.council.voteShare)
      : need(false, 'votesMissing', 'Chưa ghi kết quả biểu quyết thông qua báo cáo của hội đồng.')),
    ...levelUnmet(facts),
    ...need(
      facts.figures.reconciliation === 'confirmed' || facts.figures.reconciliation === 'verified',
      'reconciliationNotConfirmed',
      'Phiếu đối sánh số liệu chưa được hiệu trưởng xác nhận.',
      facts.links.reconciliation,
    ),
    ...need(facts.figures.locked, 'figuresNotLocked', 'Số liệu Phần I chưa được chốt.', facts.links.figures),
  ],

  publish: ({ signedCopy, links }) => signedCopyUnmet(signedCopy, links.report),

  submit: ({ managingUnit }, { dispatchNumber, dispatchDate, receivingUnitId }) => [
    ...need(isFilled(dispatchNumber), 'dispatchNumberMissing', 'Cần ghi số công văn gửi báo cáo.'),
    ...need(isFilled(dispatchDate), 'dispatchDateMissing', 'Cần ghi ngày của công văn gửi báo cáo.'),
    ...(managingUnit
      ? need(
          managingUnit.id === receivingUnitId,
          'notManagingUnit',
          `Nơi nhận phải là cơ quan đang quản lý trường: ${managingUnit.name}.`,
        )
      : need(
          false,
          'managingUnitUnknown',
          'Hệ thống chưa ghi cơ quan quản lý trực tiếp của trường; xin báo Sở bổ sung trước khi gửi.',
        )),
  ],

  recall: ({ reviewBegun }) =>
    need(!reviewBegun, 'reviewBegun', 'Cơ quan nhận đã bắt đầu đọc báo cáo nên không thể rút lại.'),

  resume: ({ returnPoints, links }, { answers }) =>
    returnPoints
      .filter(point => !isFilled(answers[point.id]))
      .map(point => ({
        code: 'returnPointUnanswered',
        message: `Chưa trả lời nội dung yêu cầu hoàn thiện: ${point.text}`,
        href: links.report,
      })),

  reopenReview: (_, { reason }) => need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do rút lại việc chấp nhận.'),

  takeNewVersion: ({ newVersion, yearOpen }) => [
    ...need(
      newVersion?.there === true,
      'noNewerVersion',
      'Năm học này vẫn dùng phiên bản bộ tiêu chí mà đợt tự đánh giá đang theo.',
    ),
    ...need(
      newVersion?.there !== true || newVersion.mapped,
      'mappingMissing',
      'Sở chưa chốt bảng chuyển đổi giữa hai phiên bản bộ tiêu chí.',
      '/tieu-chi/chuyen-doi',
    ),
    ...need(yearOpen, 'yearClosed', 'Năm học đã khóa, không đổi bộ tiêu chí được nữa.'),
  ],

  addSupplement: ({ yearOpen }) =>
    need(yearOpen, 'yearClosed', 'Năm học đã khóa, không lập được báo cáo tự đánh giá bổ sung.'),

  close: ({ actionsLeftBehind, links }) =>
    need(
      actionsLeftBehind === 0,
      'actionsLeftBehind',
      `Còn ${actionsLeftBehind} việc cải tiến chưa xong và chưa chuyển sang năm học sau.`,
      links.actions,
    ),

  cancel: (_, { reason, decisionNumber }) => [
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do hủy đợt tự đánh giá.'),
    ...need(isFilled(decisionNumber), 'decisionNumberMissing', 'Cần ghi số quyết định làm căn cứ hủy.'),
  ],
}

function levelUnmet({ report, links }: AssessmentFacts): readonly Unmet[] {
  if (report.levelNow === undefined)
    return need(false, 'levelUnknown', 'Chưa tính được mức của trường vì còn chỉ báo chưa đánh giá.', links.report)
  if (report.levelPrinted === undefined)
    return need(false, 'draftMissing', 'Chưa có dự thảo báo cáo để hội đồng thông qua.', links.report)
  return need(
    report.levelNow === report.levelPrinted,
    'levelChanged',
    `Kết quả tính lại là ${levelName(report.levelNow)}, dự thảo hội đồng đã xem ghi ${levelName(report.levelPrinted)}; cần in lại dự thảo.`,
    links.report,
  )
}

const levelName = (level: number): string => (level === 0 ? 'không đạt' : `Mức ${level}`)

const signedCopyUnmet = (copy: SignedCopy, href: string): readonly Unmet[] => {
  if (copy.kind === 'paper')
    return need(isFilled(copy.reason), 'paperReasonMissing', 'Cần ghi lý do chỉ có bản giấy đã ký, đóng dấu.', href)
  return copy.kind === 'file'
    ? need(
        copy.verified,
        'signedCopyDiffers',
        'Tệp đã ký chưa được xác minh là đúng báo cáo hội đồng đã thông qua.',
        href,
      )
    : need(false, 'signedCopyMissing', 'Chưa tải lên báo cáo đã ký, đóng dấu, cũng chưa ghi nhận bản giấy.', href)
}
