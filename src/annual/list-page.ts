import type { PageFrame } from '../http/shell.ts'
import { actsFor, MANAGING_ROLES, placesAs, type Actor } from '../kernel/actor.ts'
import { printDay } from '../kernel/dates.ts'
import { compareVietnamese } from '../kernel/words.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { AnnualNeeds } from './annual-needs.ts'
import { ANNUAL_STATES } from './annual-machine.ts'
import { mayOnAnnual } from './annual-policy.ts'
import { annualHref, annualId, newestSent, PERIOD_NAMES, PERIOD_SLUGS, type AnnualReport } from './annual-report.ts'

export interface Listed {
  readonly own: readonly { readonly unitId: string; readonly reports: readonly AnnualReport[] }[]
  /** Reports of units below that were sent. */
  readonly sent: readonly AnnualReport[]
}

/** Reports that somebody writes or was sent in a year; the unit in force first. */
export const listedPlaces =
  (needs: Pick<AnnualNeeds, 'reports'>) =>
  async (actor: Actor, year: WorkingYear, unitId: string | undefined): Promise<Listed> => {
    const units = [
      ...new Set([
        ...placesAs(actor, ...MANAGING_ROLES).map(place => place.unitId),
        ...actsFor(actor, 'period', 'middleLead', 'middleOfficer'),
      ]),
    ].toSorted((one, other) => Number(other === unitId) - Number(one === unitId))
    const found = await needs.reports.ofYear(year, mayOnAnnual.read.where(actor))
    return {
      own: units.map(id => ({ unitId: id, reports: found.filter(report => report.unitId === id) })),
      sent: found.filter(report => !units.includes(report.unitId) && newestSent(report) !== undefined),
    }
  }

export interface AnnualListPage extends PageFrame {
  readonly year: string
  readonly own: readonly {
    readonly name: string
    readonly reports: readonly {
      readonly name: string
      readonly href: string
      readonly badge: { readonly label: string; readonly tone: string }
      readonly note: string
    }[]
  }[]
  readonly sent: readonly {
    readonly unit: string
    readonly href: string
    readonly period: string
    readonly numberAndDate: string
    readonly sentOn: string
  }[]
}

const NOT_BEGUN = { label: 'Chưa soạn', tone: 'grey' }

export const listPage = (
  { own, sent }: Listed,
  year: WorkingYear,
  unitName: (unitId: string) => string,
): AnnualListPage => ({
  subtitle: `Năm học ${year}`,
  year,
  own: own.map(({ unitId, reports }) => ({
    name: unitName(unitId),
    reports: PERIOD_SLUGS.map(period => {
      const place = { unitId, year, period }
      const report = reports.find(each => each.id === annualId(place))
      const newest = report?.versions.at(-1)
      return {
        name: `${PERIOD_NAMES[period]} ${year}`,
        href: annualHref(place),
        badge: report ? ANNUAL_STATES[report.state] : NOT_BEGUN,
        note: newest ? `Phiên bản ${newest.version}: số ${newest.number}, ngày ${printDay(newest.date)}` : '',
      }
    }),
  })),
  sent: sent
    .map(report => {
      const newest = newestSent(report)
      return {
        unit: unitName(report.unitId),
        href: annualHref(report),
        period: PERIOD_NAMES[report.period],
        numberAndDate: newest ? `${newest.number}, ngày ${printDay(newest.date)}` : '',
        sentOn: newest?.sentOn === undefined ? '' : printDay(newest.sentOn),
      }
    })
    .toSorted((one, other) => compareVietnamese(one.unit, other.unit)),
})
