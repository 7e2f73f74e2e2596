import {
  annualHref,
  annualId,
  annualPaperStore,
  annualPapersFor,
  annualReportStore,
  blockingOf,
  findingsOf,
  tablesOf,
  unitFactsOf,
  type AnnualNeeds,
  type PeriodFigures,
  type PeriodSlug,
} from '../annual/index.ts'
import type { CriteriaSet } from '../catalogue/index.ts'
import { registrationWindow } from '../external/index.ts'
import { dayOf, printDay, type Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { usualClosingDay } from '../organisations/index.ts'
import { renderInWorker, renderWordInWorker } from '../paper/index.ts'
import { periodId, periodUnmet, stepPeriod, type PeriodNeeds } from '../periods/index.ts'
import { reservesWithin, type RowsFor, type SchoolRow } from '../rollups/index.ts'
import { unitInForce } from '../seats/index.ts'
import type { BaseSystem } from './system-base.ts'

/** Snapshots of about 3,000 schools take some megabytes each. */
const MOST_KEPT = 6

const KINDS = { 'dau-nam': 'start', 'cuoi-nam': 'end' } as const

/** Something is known of a school: a year of which nothing is known of any is no year to compare with. */
const isKnown = ({ assessment, titles, external, figures }: SchoolRow): boolean =>
  assessment !== undefined || figures !== undefined || titles.length > 0 || external.length > 0

/** Titles of criteria (`1.1`) and short words of indicators (`1.1.2.a`: criterion, level, indicator) of a set. */
function titlesIn(set: CriteriaSet): (code: string) => string {
  const titles = new Map(
    set.standards.flatMap(({ criteria }) =>
      criteria.flatMap(criterion => [
        [criterion.code, criterion.title] as const,
        ...criterion.levels.flatMap(({ level, indicators }) =>
          indicators.map(({ code, gist }) => [`${criterion.code}.${level}.${code}`, gist] as const),
        ),
      ]),
    ),
  )
  return code => titles.get(code) ?? code
}

/** Annual reports over frozen periods and live rows; and what the check of the Sở's tables says before a period is signed. */
export function annualOf(
  base: BaseSystem,
  { periods, rowsFor, baseUrl }: { readonly periods: PeriodNeeds; readonly rowsFor: RowsFor; readonly baseUrl: string },
) {
  const kept = new Map<string, ReturnType<typeof readSnapshot>>()
  const readSnapshot = async (snapshotId: string) => {
    const snapshot = await periods.snapshots.get(snapshotId)
    return { snapshot, rows: await periods.snapshots.rowsOf(snapshot) }
  }
  /** Frozen rows never change: those read last stay in memory, five years of one province and some more. */
  const snapshotOf = (snapshotId: string): ReturnType<typeof readSnapshot> => {
    const reading = kept.get(snapshotId) ?? readSnapshot(snapshotId)
    kept.delete(snapshotId)
    kept.set(snapshotId, reading)
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST_KEPT))) kept.delete(oldest)
    reading.catch(() => kept.delete(snapshotId))
    return reading
  }

  const frozenFigures: AnnualNeeds['frozenFigures'] = async (snapshotId, unitId) => {
    const { snapshot, rows } = await snapshotOf(snapshotId)
    return {
      year: snapshot.year,
      closingDay: snapshot.day,
      rows: snapshot.unitId === unitId ? rows : rows.filter(row => row.ancestors.includes(unitId)),
      ...(snapshot.reserves && { reserves: reservesWithin(snapshot.reserves, unitId) }),
    }
  }

  const figuresOf = async (
    unitId: string,
    year: WorkingYear,
    slug: PeriodSlug,
    liveDay: (closing: Day) => Day,
  ): Promise<PeriodFigures> => {
    const period = await periods.periods.find(periodId(year, KINDS[slug]))
    if (period?.snapshotId !== undefined)
      return { ...(await frozenFigures(period.snapshotId, unitId)), snapshotId: period.snapshotId }
    const closingDay = liveDay(period?.closing ?? usualClosingDay(year))
    const [rows, reserves] = await Promise.all([
      rowsFor({ unitId, year, day: closingDay }),
      periods.reservesFor(unitId, year, closingDay),
    ])
    return { year, closingDay, rows, reserves }
  }

  const annualNeeds: AnnualNeeds = {
    reports: annualReportStore(base.db, base.post),
    papers: annualPaperStore(base.db),
    files: base.files,
    draw: renderInWorker,
    drawWord: renderWordInWorker,
    tree: () => base.units.tree(),
    figures: (unitId, year, slug) => {
      const today = dayOf(base.now())
      return figuresOf(unitId, year, slug, closing => (today < closing ? today : closing))
    },
    frozenFigures,
    pastFigures: async (unitId, year) => {
      const { snapshotId: _snapshot, ...figures } = await figuresOf(unitId, year, 'cuoi-nam', closing => closing)
      return figures.rows.some(isKnown) ? figures : undefined
    },
    period: {
      unmet: async ({ year, period: slug }, { number, date }) => {
        const period = await periods.periods.find(periodId(year, KINDS[slug]))
        return period ? periodUnmet(periods, period, { number, date }) : []
      },
      follow: async (actor, { year, period: slug }, { number, date }) => {
        const period = await periods.periods.find(periodId(year, KINDS[slug]))
        if (period?.state === 'consolidated')
          await stepPeriod(periods)(actor, period.id, { type: 'sign', number, date })
      },
    },
    batches: async (unitId, year) => {
      const { effective } = await base.settings.allOf({ year, unitId })
      const registerUntil = {
        summer: effective('registerWindowSummer').value,
        autumn: effective('registerWindowAutumn').value,
      }
      return day => {
        const { name, until } = registrationWindow(day, { registerUntil })
        return `${name.charAt(0).toLocaleUpperCase('vi')}${name.slice(1)} (đến ${printDay(until)})`
      }
    },
    criterionTitle: async hash => titlesIn(await base.catalogue.setOf(hash)),
    reminders: async (unitId, year, slug) => {
      const duties = await periods.duties.list({ periodId: periodId(year, KINDS[slug]), under: unitId })
      return new Map(
        duties.filter(duty => duty.reminders.length > 0).map(duty => [duty.unitId, duty.reminders.map(({ on }) => on)]),
      )
    },
    unitInForce,
    history: id => base.journal.of({ kind: 'annual', id }),
    baseUrl,
    now: base.now,
  }

  const lint: PeriodNeeds['lint'] = async ({ unitId, year, subject }) => {
    const slug: PeriodSlug = subject.endsWith('-dau-nam') ? 'dau-nam' : 'cuoi-nam'
    const { facts, comparisonReason } = await unitFactsOf(annualNeeds)({ unitId, year, period: slug })
    return blockingOf(findingsOf(facts, tablesOf(facts)), comparisonReason)
  }

  const report: PeriodNeeds['report'] = async ({ provinceId, year, kind, snapshotId }) => {
    const place = { unitId: provinceId, year, period: kind === 'start' ? ('dau-nam' as const) : ('cuoi-nam' as const) }
    const written = await annualNeeds.reports.find(annualId(place))
    const newest = written?.versions.at(-1)
    return {
      href: annualHref(place),
      ...(newest && newest.snapshotId === snapshotId && { signed: { number: newest.number, date: newest.date } }),
    }
  }

  return { annualNeeds, lint, report, annualPapers: annualPapersFor(annualNeeds) }
}
