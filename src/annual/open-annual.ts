import type { Actor } from '../kernel/actor.ts'
import { Forbidden, NotFound } from '../kernel/refusals.ts'
import { ancestorsOn } from '../organisations/index.ts'
import { dayOf } from '../kernel/dates.ts'
import type { AnnualNeeds } from './annual-needs.ts'
import { mayOnAnnual } from './annual-policy.ts'
import { annualId, newReport, type AnnualReport, type ReportPlace } from './annual-report.ts'

/** A report as its unit works on it, or as the level above was sent it. */
export interface OpenReport {
  readonly report: AnnualReport
  /** The unit's own people see what stands now; everybody else what was sent. */
  readonly own: boolean
}

const NO_REPORT = 'Không tìm thấy báo cáo này.'

/** The report of a place, written down or not yet; `NotFound` for everybody who may not read it. */
export const openReport =
  (needs: AnnualNeeds) =>
  async (actor: Actor, place: ReportPlace): Promise<OpenReport> => {
    const tree = await needs.tree()
    const unit = tree.get(place.unitId)
    if (!unit || unit.kind === 'school') throw new NotFound(NO_REPORT)
    const ancestors = ancestorsOn(tree, place.unitId, dayOf(needs.now())).map(above => above.id)
    const report = (await needs.reports.find(annualId(place))) ?? newReport(place, ancestors)
    if (!mayOnAnnual.read(actor, report)) throw new NotFound(NO_REPORT)
    return { report, own: mayOnAnnual.write(actor, report) }
  }

/** The report for who writes in it; readers of the level above are refused. */
export const openForWriting =
  (needs: AnnualNeeds) =>
  async (actor: Actor, place: ReportPlace): Promise<AnnualReport> => {
    const { report, own } = await openReport(needs)(actor, place)
    if (!own) throw new Forbidden('Báo cáo này do đơn vị lập; cấp trên chỉ xem bản đã gửi.', 'cán bộ của đơn vị')
    return report
  }
