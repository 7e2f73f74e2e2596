import type { Actor } from '../kernel/actor.ts'
import { InvalidInput, NotFound, StepRefused } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { entryOf } from '../organisations/index.ts'
import { mustBeAllowed, placeFor, type FigureNeeds, type ScanStore } from './figure-access.ts'
import type { FigureYear } from './figure-year.ts'
import { againWhenOvertaken } from './overtaken.ts'
import { DECISION_NAMES, isVerified, type DecisionKind, type Scan } from './reconciliation.ts'

export interface ScanNeeds extends FigureNeeds {
  readonly files: ScanStore
}

export interface ReceivedScan {
  readonly path: string
  readonly name: string
  readonly size: number
  readonly sha256: string
  /** Sniffed from the content. */
  readonly mime: string
}

const ACCEPTED = ['application/pdf', 'image/jpeg', 'image/png']

/** Largest scan of one decision, in bytes. */
export const LARGEST_SCAN = 20 * 1024 * 1024

interface Place {
  readonly schoolId: string
  readonly year: WorkingYear
  readonly kind: DecisionKind
}

/**
 * Attaches the scan to a decision that is written down: by the school to its own, by the unit above to the one that it
 * assigned by. Possible until the form has been verified.
 */
export const attachScan =
  (needs: ScanNeeds) =>
  async (actor: Actor, place: Place, file: ReceivedScan | undefined): Promise<FigureYear> => {
    if (!file || file.size === 0) throw new InvalidInput({ scan: 'Xin chọn tệp quét của quyết định.' })
    if (!ACCEPTED.includes(file.mime))
      throw new InvalidInput({ scan: `Tệp “${file.name}” không phải PDF hoặc ảnh JPG, PNG.` })
    await decisionFor(needs, actor, place)
    await needs.files.keep(file)
    const scan: Scan = { sha256: file.sha256, name: file.name.slice(0, 200), mime: file.mime, size: file.size }
    return againWhenOvertaken(() => write(needs, actor, place, scan))
  }

async function decisionFor(needs: FigureNeeds, actor: Actor, { schoolId, year, kind }: Place) {
  const { target } = await placeFor(needs, actor, schoolId, year)
  const before = await needs.figures.of(schoolId, year)
  const name = `${kind}Decision` as const
  const owner = before.targets?.[name] ? 'targets' : 'reconciliation'
  mustBeAllowed(actor, owner === 'targets' ? 'assign' : 'edit', target, 'Không được đính kèm bản quét.')
  const decision = before[owner]?.[name]
  if (!decision)
    throw new StepRefused(`Hãy ghi số, ngày, cơ quan ban hành của ${DECISION_NAMES[kind].toLowerCase()} và lưu trước.`)
  if (before.reconciliation && isVerified(before.reconciliation.state))
    throw new StepRefused('Phiếu đối sánh đã được xác nhận khớp nên không đổi được bản quét.')
  return { before, owner, name, decision } as const
}

async function write(needs: ScanNeeds, actor: Actor, place: Place, scan: Scan): Promise<FigureYear> {
  const { before, owner, name, decision } = await decisionFor(needs, actor, place)
  if (decision.scan?.sha256 === scan.sha256) return before
  const entry = entryOf({ actor, at: needs.now() }, before.rev + 1, {
    unitId: place.schoolId,
    year: place.year,
    subject: { kind: 'figures', id: before.id, part: 'reconciliation' },
    event: 'attachScan',
    facts: { decision: decision.number, file: scan.sha256, name: scan.name },
  })
  const { reconciliation, targets } = before
  if (owner === 'targets' && targets)
    return needs.figures.save(before, { targets: { ...targets, [name]: { ...decision, scan } } }, entry)
  if (!reconciliation) throw new NotFound('reconciliation')
  return needs.figures.save(before, { reconciliation: { ...reconciliation, [name]: { ...decision, scan } } }, entry)
}

/** The scan of a decision for whoever may read the figures. */
export const openScan =
  (needs: ScanNeeds) =>
  async (actor: Actor, { schoolId, year, kind }: Place): Promise<{ readonly scan: Scan; readonly path: string }> => {
    await placeFor(needs, actor, schoolId, year)
    const { targets, reconciliation } = await needs.figures.of(schoolId, year)
    const name = `${kind}Decision` as const
    const scan = (targets?.[name] ?? reconciliation?.[name])?.scan
    if (!scan) throw new NotFound(`scan of ${kind} at ${schoolId}`)
    const { path } = await needs.files.open(scan.sha256)
    return { scan, path }
  }
