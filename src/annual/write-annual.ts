import { entryBy } from '../journal/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { NotFound, StepRefused } from '../kernel/refusals.ts'
import type { TypedFacts } from './annual-facts.ts'
import type { AnnualNeeds } from './annual-needs.ts'
import type { AnnualReport, ReportPlace, WrittenText } from './annual-report.ts'
import { openForWriting } from './open-annual.ts'
import { COMPARISON_REASON, partsFor } from './report-parts.ts'

const NOT_DRAFTING = 'Báo cáo không còn ở bước soạn; muốn sửa, lãnh đạo trả lại hoặc lập phiên bản mới.'

/** Keys of the texts that a unit writes. */
const isPart = (isProvince: boolean, key: string): boolean =>
  key === COMPARISON_REASON || partsFor(isProvince).some(part => part.written && part.key === key)

/** Saves one text; `StaleWrite` when somebody else saved it since `base` was read. */
export const writeText =
  (needs: AnnualNeeds) =>
  async (
    actor: Actor,
    place: ReportPlace,
    key: string,
    { base, text }: { readonly base: number; readonly text: string },
  ): Promise<WrittenText> => {
    const report = await openForWriting(needs)(actor, place)
    const isProvince = (await needs.tree()).get(place.unitId)?.kind === 'province'
    if (!isPart(isProvince, key)) throw new NotFound('Báo cáo không có phần này.')
    if (report.state !== 'drafting') throw new StepRefused(NOT_DRAFTING)
    const written = { text, rev: base + 1, by: actor.name, at: needs.now() }
    await needs.reports.writeText(report, key, base, written)
    return written
  }

/** Changes what the officer types besides texts: targets, plans, money, assessors. */
export const changeTyped =
  (needs: AnnualNeeds) =>
  async (
    actor: Actor,
    place: ReportPlace,
    change: (typed: TypedFacts) => TypedFacts,
    event: 'changeTargets' | 'changePlans' | 'changeBudget',
  ): Promise<AnnualReport> => {
    const report = await openForWriting(needs)(actor, place)
    if (report.state !== 'drafting') throw new StepRefused(NOT_DRAFTING)
    const entry = entryBy(actor, needs.now(), {
      id: `annual:${report.id}:${Math.max(1, report.rev) + 1}`,
      unitId: report.unitId,
      year: report.year,
      subject: { kind: 'annual', id: report.id },
      event,
      from: report.state,
      to: report.state,
    })
    return needs.reports.step(report, { typed: change(report.typed) }, entry)
  }
