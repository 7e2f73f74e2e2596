import { dayOf } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import { fiveYearsTo, shiftYear } from '../kernel/working-year.ts'
import { letterheadOf, nameOn, placeOn } from '../organisations/index.ts'
import type { AnnualOnPaper } from './annual-blocks.ts'
import type { AnnualFacts } from './annual-facts.ts'
import type { AnnualNeeds } from './annual-needs.ts'
import {
  annualId,
  newReport,
  PERIOD_NAMES,
  wordsOf,
  type AnnualReport,
  type AnnualVersion,
  type ReportPlace,
} from './annual-report.ts'
import { COMPARISON_REASON } from './report-parts.ts'
import { tablesOf } from './table-set.ts'

/** Facts of a report with the id of the frozen figures, if they are frozen. */
export interface GatheredFacts {
  readonly facts: AnnualFacts
  readonly snapshotId?: string
}

/** Reads everything that the tables of a report are computed from. `NotFound` when the unit manages no schools. */
export const gatherFacts =
  (needs: AnnualNeeds) =>
  async ({ unitId, year, period, typed }: AnnualReport): Promise<GatheredFacts> => {
    const tree = await needs.tree()
    const unit = tree.get(unitId)
    if (!unit || unit.kind === 'school') throw new NotFound('Không tìm thấy đơn vị này.')
    const [now, reminders, batchOf, ...past] = await Promise.all([
      needs.figures(unitId, year, period),
      needs.reminders(unitId, year, period),
      needs.batches(unitId, year),
      ...fiveYearsTo(year)
        .slice(0, -1)
        .map(each => needs.pastFigures(unitId, each)),
    ])
    const hashes = [...new Set(now.rows.flatMap(row => (row.assessment ? [row.assessment.setHash] : [])))]
    const titles = new Map(
      await Promise.all(hashes.map(async hash => [hash, await needs.criterionTitle(hash)] as const)),
    )
    const { snapshotId, ...rows } = now
    const before = past.find(each => each?.year === shiftYear(year, -1))
    return {
      facts: {
        ...rows,
        unit: { id: unitId, name: nameOn(unit, now.closingDay), isProvince: unit.kind === 'province' },
        ...(before && { before }),
        history: [
          ...fiveYearsTo(year)
            .slice(0, -1)
            .map((each, index) => past[index] ?? { year: each }),
          rows,
        ],
        unitName: id => {
          const other = tree.get(id)
          return other ? nameOn(other, now.closingDay) : id
        },
        criterionTitle: (hash, code) => titles.get(hash)?.(code) ?? code,
        reminders,
        batchOf,
        typed,
      },
      ...(snapshotId !== undefined && { snapshotId }),
    }
  }

/** Facts of a report by its place, with the reason that its officer gave for having nothing to compare with. */
export const unitFactsOf =
  (needs: AnnualNeeds) =>
  async (place: ReportPlace): Promise<GatheredFacts & { readonly comparisonReason: string }> => {
    const report = (await needs.reports.find(annualId(place))) ?? newReport(place, [])
    return {
      ...(await gatherFacts(needs)(report)),
      comparisonReason: (wordsOf(report)[COMPARISON_REASON] ?? '').trim(),
    }
  }

/** Number, day and signer of the version that is being signed or was. */
export type Signing = Pick<AnnualVersion, 'number' | 'date' | 'signedBy'>

const LEADERS: Readonly<Record<'province' | 'unit', string>> = { province: 'GIÁM ĐỐC', unit: 'CHỦ TỊCH' }

const FILED = 'Lưu: VT, hồ sơ KĐCLGD.'

/** The report ready to be composed; a draft without number and signer until it is signed. */
export const onPaper =
  (needs: AnnualNeeds) =>
  async (report: AnnualReport, gathered: GatheredFacts, signing?: Signing): Promise<AnnualOnPaper> => {
    const tree = await needs.tree()
    const { facts, snapshotId } = gathered
    const unit = tree.get(report.unitId)
    if (!unit) throw new NotFound('Không tìm thấy đơn vị này.')
    const day = signing?.date ?? dayOf(needs.now())
    const above = report.ancestors[0] === undefined ? undefined : tree.get(report.ancestors[0])
    const addressees = facts.unit.isProvince
      ? ['Cục Quản lý chất lượng – Bộ Giáo dục và Đào tạo', 'Ủy ban nhân dân tỉnh']
      : [(above && nameOn(above, day)) || 'Sở Giáo dục và Đào tạo']
    return {
      facts,
      tables: tablesOf(facts),
      texts: wordsOf(report),
      ...letterheadOf(unit, tree, day),
      place: placeOn(unit, day),
      periodName: PERIOD_NAMES[report.period],
      signer: signing
        ? { position: signing.signedBy.position, name: signing.signedBy.name }
        : { position: LEADERS[facts.unit.isProvince ? 'province' : 'unit'], name: '' },
      receivers: [...addressees.map(name => `${name} (để b/c);`), FILED],
      addressees,
      ...(signing && { number: signing.number, date: signing.date }),
      ...(snapshotId !== undefined && { snapshotId }),
      draft: signing === undefined,
    }
  }
