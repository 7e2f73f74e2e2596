import { isFilled, need } from '../kernel/need.ts'
import type { Unmet } from '../kernel/refusals.ts'
import type { Conditions } from '../kernel/step.ts'
import type { Evidence, EvidenceCode } from './evidence.ts'
import { formatCode, nextNumber, printPlace, type CodePlace } from './evidence-code.ts'

export type EvidenceState =
  'expected' | 'missing' | 'collected' | 'rejected' | 'verified' | 'coded' | 'frozen' | 'withdrawn' | 'disposed'

export type EvidenceEvent =
  | { readonly type: 'collect' }
  | { readonly type: 'declareMissing'; readonly reason: string }
  /** Không đọc được, sai năm, sai nguồn, không liên quan … */
  | { readonly type: 'reject'; readonly reason: string }
  | { readonly type: 'verify' }
  | { readonly type: 'assignCode'; readonly code: EvidenceCode }
  | { readonly type: 'renumber' }
  | { readonly type: 'moveBox'; readonly box: number }
  | { readonly type: 'replaceFile'; readonly reason: string }
  | { readonly type: 'withdraw'; readonly reason: string }
  | { readonly type: 'freeze' }
  | { readonly type: 'thaw' }
  | { readonly type: 'dispose'; readonly decisionNumber: string; readonly recordNumber: string }

export interface EvidenceFacts {
  readonly name: string
  /** Absent: not chosen yet. */
  readonly kind?: Evidence['kind']
  readonly hasFile: boolean
  /** Where it is kept when it is not in the box. */
  readonly place: string
  readonly schoolYearGiven: boolean
  readonly entries: readonly {
    /** `năm học 2024-2025`, or the item's name when it has one entry. */
    readonly label: string
    readonly number: string
    readonly date?: string
    readonly issuer: string
  }[]
  readonly dataClassSet: boolean
  readonly scanned: boolean
  readonly originalSeen: boolean
  /** Absent: its criterion is unknown to the criteria set. */
  readonly codePlace?: CodePlace
  /** Every code ever given in this assessment, those of withdrawn items too. */
  readonly codesUsed: readonly EvidenceCode[]
  readonly boxes: readonly number[]
  /** Printed codes of the coded items that hold the same file, or the same number, date and issuer. */
  readonly sameAs: readonly string[]
  /** Whether any version of the report has been adopted: codes stay as they are from then on. */
  readonly everAdopted: boolean
  /** The report came back and is being completed. */
  readonly underRevision: boolean
  readonly renumberedBefore: boolean
  /** Criteria whose sheets cite it now. */
  readonly citedIn: readonly string[]
  /** Retention is over and it stands on the list for disposal (process § 13). */
  readonly onDisposalList: boolean
  /** Address of the item. */
  readonly href: string
}

/** Kinds that a day describes: nobody gives them a number. */
const DATED_ONLY: ReadonlySet<Evidence['kind']> = new Set(['survey', 'interview', 'observation', 'photo', 'object'])

/** What is missing before something found counts as collected; the same for a new item and for one that was expected. */
export const collectUnmet = (
  facts: Pick<EvidenceFacts, 'name' | 'kind' | 'hasFile' | 'place' | 'schoolYearGiven' | 'href'>,
): readonly Unmet[] => [
  ...need(facts.hasFile || isFilled(facts.place), 'sourceMissing', 'Cần tải tệp lên hoặc ghi nơi lưu giữ.', facts.href),
  ...need(isFilled(facts.name), 'nameMissing', 'Minh chứng chưa có tên.', facts.href),
  ...need(facts.kind !== undefined, 'kindMissing', 'Chưa chọn loại minh chứng.', facts.href),
  ...need(facts.schoolYearGiven, 'schoolYearMissing', 'Chưa ghi minh chứng thuộc năm học nào.', facts.href),
]

/** What is missing before the plan may expect an item (section VII). */
export const forecastUnmet = (forecast: {
  readonly criterion: string
  readonly name: string
  readonly where: string
  readonly who: string
}): readonly Unmet[] => [
  ...need(isFilled(forecast.criterion), 'criterionMissing', 'Chưa chọn tiêu chí cho minh chứng dự kiến.'),
  ...need(isFilled(forecast.name), 'nameMissing', 'Minh chứng dự kiến chưa có tên.'),
  ...need(isFilled(forecast.where), 'whereMissing', 'Chưa ghi nơi thu thập minh chứng.'),
  ...need(isFilled(forecast.who), 'whoMissing', 'Chưa ghi nhóm hoặc người thu thập minh chứng.'),
]

/** What is missing before an item may be added for the external team, when all others are frozen. */
export const visitUnmet = (
  facts: Parameters<typeof collectUnmet>[0] & { readonly requestedByTeam: boolean },
): readonly Unmet[] => [
  ...need(facts.requestedByTeam, 'notRequested', 'Chỉ bổ sung minh chứng khi đoàn đánh giá ngoài yêu cầu.'),
  ...collectUnmet(facts),
]

/** What each step of an item asks for (process § 14.3), every lack as a sentence. */
export const evidenceConditions: Conditions<EvidenceFacts, EvidenceEvent> = {
  collect: collectUnmet,

  declareMissing: (_, { reason }) =>
    need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do không tìm được minh chứng.'),

  reject: (_, { reason }) =>
    need(
      isFilled(reason),
      'reasonMissing',
      'Cần ghi lý do không nhận: không đọc được, sai năm, sai nguồn hay không liên quan.',
    ),

  verify: facts => [
    ...need(facts.entries.length > 0, 'entryMissing', 'Chưa ghi số, ngày, nơi ban hành của minh chứng.', facts.href),
    ...facts.entries.flatMap(entry => entryUnmet(entry, facts)),
    ...need(facts.dataClassSet, 'dataClassMissing', 'Chưa phân loại mức bảo mật của minh chứng.', facts.href),
    ...need(
      !facts.scanned || facts.originalSeen,
      'originalNotSeen',
      'Tệp là bản chụp, cần ghi ai đã đối chiếu với bản gốc.',
      facts.href,
    ),
  ],

  assignCode: (facts, { code }) => [
    ...placeUnmet(facts, code),
    ...boxUnmet(facts, code.box),
    ...facts.sameAs.map(same => ({
      code: 'duplicate',
      message: `Minh chứng này trùng với ${same} đã có mã; hãy dẫn mã đó thay vì cấp mã mới.`,
      href: facts.href,
    })),
  ],

  renumber: facts => [
    ...beforeAdoption(facts),
    ...need(!facts.renumberedBefore, 'renumberedBefore', 'Mã minh chứng chỉ được đánh lại một lần, lần đó đã dùng.'),
  ],

  moveBox: (facts, { box }) => [...beforeAdoption(facts), ...boxUnmet(facts, box)],

  replaceFile: (facts, { reason }) => [
    ...need(
      !facts.everAdopted || facts.underRevision,
      'filesFrozen',
      'Báo cáo đã được thông qua; chỉ thay tệp khi báo cáo được trả lại để hoàn thiện.',
    ),
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do thay tệp.'),
  ],

  withdraw: (facts, { reason }) => [
    ...facts.citedIn.map(criterion => ({
      code: 'stillCited',
      message: `Phiếu đánh giá tiêu chí ${criterion} còn dẫn minh chứng này.`,
      href: facts.href,
    })),
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do rút minh chứng.'),
  ],

  dispose: (facts, { decisionNumber, recordNumber }) => [
    ...need(
      facts.onDisposalList,
      'notOnDisposalList',
      'Minh chứng chưa hết thời hạn bảo quản hoặc chưa có trong danh mục tài liệu hết giá trị.',
    ),
    ...need(isFilled(decisionNumber), 'decisionNumberMissing', 'Cần ghi số quyết định tiêu hủy.'),
    ...need(isFilled(recordNumber), 'recordNumberMissing', 'Cần ghi số biên bản tiêu hủy.'),
  ],
}

function entryUnmet(entry: EvidenceFacts['entries'][number], { kind, href }: EvidenceFacts): readonly Unmet[] {
  const numbered = kind === undefined || !DATED_ONLY.has(kind)
  return [
    ...need(
      !numbered || isFilled(entry.number),
      'numberMissing',
      `${capital(entry.label)}: chưa ghi số văn bản; nếu văn bản không có số thì ghi “Không số”.`,
      href,
    ),
    ...need(
      isFilled(entry.date),
      'dateMissing',
      `${capital(entry.label)}: chưa ghi ${numbered ? 'ngày ban hành' : 'ngày thực hiện'}.`,
      href,
    ),
    ...need(
      !numbered || isFilled(entry.issuer),
      'issuerMissing',
      `${capital(entry.label)}: chưa ghi nơi ban hành.`,
      href,
    ),
  ]
}

function placeUnmet({ codePlace, codesUsed, href }: EvidenceFacts, code: EvidenceCode): readonly Unmet[] {
  if (codePlace === undefined || code.a !== codePlace.a || code.b !== codePlace.b)
    return need(false, 'otherCriterion', `Mã ${formatCode(code)} không thuộc tiêu chí của minh chứng này.`, href)
  const next = nextNumber(codesUsed, codePlace)
  return need(
    code.c === next,
    'numberNotNext',
    `Số thứ tự tiếp theo của tiêu chí ${printPlace(code)} là ${String(next).padStart(2, '0')}.`,
    href,
  )
}

const boxUnmet = ({ boxes, href }: EvidenceFacts, box: number): readonly Unmet[] =>
  need(boxes.includes(box), 'boxMissing', `Chưa có hộp minh chứng số ${box}.`, href)

const beforeAdoption = ({ everAdopted }: EvidenceFacts): readonly Unmet[] =>
  need(!everAdopted, 'codesFrozen', 'Báo cáo đã được thông qua nên mã minh chứng không đổi nữa.')

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1)
