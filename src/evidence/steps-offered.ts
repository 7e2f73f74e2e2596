import type { Actor } from '../kernel/actor.ts'
import type { GroupDeed } from '../kernel/group-seats.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { isPossible, unmetOf } from '../kernel/step.ts'
import { nextCode } from './assign-code.ts'
import { formatCode } from './evidence-code.ts'
import { evidenceConditions } from './evidence-conditions.ts'
import { boxesOf, factsOf, hrefOf, openUnmet, type Surroundings } from './evidence-facts.ts'
import { evidenceLife, type EvidenceEvent } from './evidence-machine.ts'
import { may, placeOf } from './evidence-policy.ts'
import { classOf } from './evidence-words.ts'
import type { Evidence } from './evidence.ts'

/** One step as the screen offers it; `form` says which fields it asks for. */
export interface OfferedStep {
  readonly form: 'check' | 'code' | 'box' | 'reason' | 'replace' | 'found' | 'dispose'
  readonly action: string
  readonly label: string
  readonly tone: 'primary' | 'secondary' | 'danger'
  readonly hint?: string
  /** What has to be mended first, besides what the step's own form asks for. */
  readonly unmet: readonly Unmet[]
  readonly dataClass?: string
  readonly asksForOriginal?: boolean
  readonly boxes?: readonly number[]
  readonly box?: number
}

export interface Steps {
  readonly offered: readonly OfferedStep[]
  /** Whose turn it is, when it is not this person's. */
  readonly waitsFor: string
}

type Offered = Exclude<EvidenceEvent['type'], 'freeze' | 'thaw' | 'renumber'>

/** Only the steps that both the machine and the policy allow; what each of them still misses is listed beside it. */
export function stepsOffered(actor: Actor, item: Evidence, around: Surroundings): Steps {
  const { dossier } = around
  const facts = factsOf(item, around)
  const place = placeOf(dossier, item)
  const closed = openUnmet(dossier, item)
  const allowed = (type: Offered): boolean =>
    isPossible(evidenceLife, item.state, facts, type) && may[type](actor, place)
  const unmet = (event: EvidenceEvent, ...givenByTheForm: readonly string[]): readonly Unmet[] => [
    ...closed,
    ...unmetOf(evidenceConditions, facts, event).filter(each => !givenByTheForm.includes(each.code)),
  ]
  const href = hrefOf(item)
  const code = nextCode(item, around)
  const boxes = boxesOf(around)
  const all: readonly (OfferedStep & { readonly type: Offered })[] = [
    {
      type: 'collect',
      form: 'found',
      action: `${href}/thu-thap`,
      label: 'Ghi nhận đã thu thập',
      tone: 'primary',
      unmet: closed,
    },
    {
      type: 'declareMissing',
      form: 'reason',
      action: `${href}/khong-tim-duoc`,
      label: 'Không tìm được',
      tone: 'secondary',
      hint: 'Phiếu đánh giá tiêu chí sẽ không dẫn được minh chứng này.',
      unmet: closed,
    },
    {
      type: 'verify',
      form: 'check',
      action: `${href}/kiem-tra`,
      label: 'Xác nhận đã kiểm tra',
      tone: 'primary',
      unmet: unmet({ type: 'verify' }, 'dataClassMissing', 'originalNotSeen'),
      dataClass: classOf(item),
      asksForOriginal: facts.scanned,
    },
    {
      type: 'reject',
      form: 'reason',
      action: `${href}/khong-nhan`,
      label: 'Không nhận',
      tone: 'danger',
      hint: 'Ví dụ: không đọc được, sai năm, sai nguồn, không liên quan.',
      unmet: closed,
    },
    {
      type: 'assignCode',
      form: 'code',
      action: `${href}/cap-ma`,
      label: `Cấp mã ${formatCode(code)}`,
      tone: 'primary',
      unmet: unmet({ type: 'assignCode', code }),
      boxes,
      box: code.box,
    },
    {
      type: 'moveBox',
      form: 'box',
      action: `${href}/chuyen-hop`,
      label: 'Chuyển hộp',
      tone: 'secondary',
      unmet: unmet({ type: 'moveBox', box: code.box }, 'boxMissing'),
      boxes,
      box: item.code?.box ?? code.box,
    },
    {
      type: 'replaceFile',
      form: 'replace',
      action: `${href}/thay-tep`,
      label: 'Thay tệp',
      tone: 'secondary',
      hint: 'Tệp cũ được giữ lại trong lịch sử.',
      unmet: unmet({ type: 'replaceFile', reason: '' }, 'reasonMissing'),
    },
    {
      type: 'withdraw',
      form: 'reason',
      action: `${href}/rut`,
      label: 'Rút minh chứng',
      tone: 'danger',
      hint: 'Số thứ tự của mã sẽ để trống, không cấp lại.',
      unmet: unmet({ type: 'withdraw', reason: '' }, 'reasonMissing'),
    },
    {
      type: 'dispose',
      form: 'dispose',
      action: `${href}/tieu-huy`,
      label: 'Tiêu hủy',
      tone: 'danger',
      hint: 'Tệp được xóa khi không minh chứng nào khác dùng; thông tin và mã băm của tệp được giữ lại.',
      unmet: [],
    },
  ]
  const offered = all.filter(
    step =>
      allowed(step.type) &&
      (step.form !== 'replace' || facts.hasFile) &&
      (step.form !== 'dispose' || facts.onDisposalList),
  )
  const deed = DEED_NEXT[item.state]
  const decided = deed && dossier.whyNot?.(actor.personId, item.criterion, deed)
  return {
    offered: offered.map(({ type: _type, ...step }) => step),
    waitsFor: offered.length > 0 ? '' : (decided ?? WAITS_FOR[item.state] ?? ''),
  }
}

/** What a member of the group would do next, when the chair lets members do it. */
const DEED_NEXT: Readonly<Record<string, GroupDeed>> = {
  expected: 'addEvidence',
  missing: 'addEvidence',
  collected: 'verifyEvidence',
}

const WAITS_FOR: Readonly<Record<string, string>> = {
  expected: 'Chờ nhóm công tác phụ trách tiêu chí thu thập.',
  missing: 'Nhóm công tác phụ trách tiêu chí có thể ghi nhận khi tìm được.',
  collected: 'Chờ nhóm thư ký kiểm tra.',
  verified: 'Chờ nhóm thư ký cấp mã.',
}
