import { entryBy } from '../journal/index.ts'
import { SEAT_NAMES, type Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { Forbidden, type Unmet } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import {
  annualLife,
  annualSteps,
  type AnnualEvent,
  type AnnualFactsForStep,
  type AnnualState,
} from './annual-machine.ts'
import type { AnnualNeeds } from './annual-needs.ts'
import { mayOnAnnual } from './annual-policy.ts'
import {
  annualHref,
  newestVersion,
  wordsOf,
  type AnnualReport,
  type AnnualVersion,
  type ReportPlace,
} from './annual-report.ts'
import type { AnnualChange } from './annual-report-store.ts'
import { blockingOf, findingsOf } from './consistency.ts'
import { freezeAnnual } from './freeze-annual.ts'
import { gatherFacts, onPaper, type GatheredFacts } from './gather-annual.ts'
import { openReport } from './open-annual.ts'
import { COMPARISON_REASON, missingParts } from './report-parts.ts'
import { tablesOf } from './table-set.ts'

/** What the guards ask: texts, figures, checks. */
export function stepFacts(
  report: AnnualReport,
  { facts, snapshotId }: GatheredFacts,
  now: Date,
  period: readonly Unmet[] = [],
): AnnualFactsForStep {
  const texts = wordsOf(report)
  return {
    missingTexts: missingParts(facts.unit.isProvince, texts).map(({ key, title }) => ({
      code: `text:${key}`,
      message: `Phần “${title}” chưa viết.`,
      href: `${annualHref(report)}/soan#phan-${key}`,
    })),
    blocking: blockingOf(findingsOf(facts, tablesOf(facts)), (texts[COMPARISON_REASON] ?? '').trim()),
    period,
    frozen: snapshotId !== undefined,
    today: dayOf(now),
  }
}

/** One step of an annual report: load, ask, step, write. Signing draws and keeps the paper before it is written. */
export const stepAnnual =
  (needs: AnnualNeeds) =>
  async (actor: Actor, place: ReportPlace, event: AnnualEvent): Promise<AnnualReport> => {
    const { report } = await openReport(needs)(actor, place)
    if (!mayOnAnnual[event.type](actor, report)) {
      const who = [...new Set(annualSteps.filter(step => step.event === event.type).flatMap(step => step.who))]
      throw new Forbidden(
        `Nhiệm vụ đang giữ không gồm việc “${annualLife.eventNames[event.type]}”.`,
        who.map(role => SEAT_NAMES[role]).join(', '),
      )
    }
    const at = needs.now()
    const gathered = await gatherFacts(needs)(report)
    // The Sở's own report is the one that the period ends in (process § 14.7 `sign`); a unit's is its own matter.
    const ends = event.type === 'sign' && gathered.facts.unit.isProvince && gathered.snapshotId !== undefined
    const lacks = ends ? await needs.period.unmet(place, event) : []
    const state = nextState<AnnualState, AnnualFactsForStep, AnnualEvent>(
      annualLife,
      report.state,
      stepFacts(report, gathered, at, lacks),
      event,
    )
    const change = await effectOf(needs, actor, report, gathered, event)
    const after = await needs.reports.step(
      report,
      { ...change, state },
      entryBy(actor, at, {
        id: `annual:${report.id}:${Math.max(1, report.rev) + 1}`,
        unitId: report.unitId,
        year: report.year,
        subject: { kind: 'annual', id: report.id },
        event: event.type,
        from: report.state,
        to: state,
        ...('reason' in event && { reason: event.reason }),
        ...(event.type === 'sign' && {
          facts: { number: event.number, date: event.date, sha256: change.versions?.at(-1)?.sha256 ?? '' },
        }),
      }),
    )
    if (ends) await needs.period.follow(actor, place, event)
    return after
  }

async function effectOf(
  needs: AnnualNeeds,
  actor: Actor,
  report: AnnualReport,
  gathered: GatheredFacts,
  event: AnnualEvent,
): Promise<AnnualChange> {
  switch (event.type) {
    case 'propose':
    case 'giveBack':
      return {}
    case 'sign': {
      const signing = {
        number: event.number,
        date: event.date,
        signedBy: { personId: actor.personId, name: actor.name, position: event.position },
      }
      const { snapshotId } = gathered
      // The guard has asked for it.
      if (snapshotId === undefined) return {}
      const paper = await onPaper(needs)(report, gathered, signing)
      const kept = await freezeAnnual(needs)(report, { ...paper, snapshotId })
      const version: AnnualVersion = {
        ...signing,
        version: kept.version,
        paperId: kept.id,
        sha256: kept.sha256,
        snapshotId,
        ...(report.correcting !== undefined && { reason: report.correcting }),
      }
      return { versions: [...report.versions, version], correcting: null }
    }
    case 'send': {
      const newest = newestVersion(report)
      const sentOn = dayOf(needs.now())
      return {
        everSent: true,
        versions: report.versions.map(version => (version === newest ? { ...version, sentOn } : version)),
      }
    }
    case 'revise':
      return { correcting: event.reason }
  }
}
