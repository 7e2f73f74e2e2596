import { entryBy } from '../journal/index.ts'
import { SEAT_NAMES, type Actor } from '../kernel/actor.ts'
import { Forbidden, NotFound, StaleWrite, StepRefused, type Unmet } from '../kernel/refusals.ts'
import type { Day } from '../kernel/dates.ts'
import { nextState, unmetOf } from '../kernel/step.ts'
import { compareVietnamese } from '../kernel/words.ts'
import { correctedReserves, correctedRows, type Snapshot } from '../rollups/index.ts'
import { dutyHref } from './duty.ts'
import type { DutyFilter } from './duty-store.ts'
import { makeDuties } from './make-duties.ts'
import { obligedUnits } from './obliged-units.ts'
import { whyGone } from './owing.ts'
import { closingInstant, periodHref, type Period } from './period.ts'
import {
  periodConditions,
  periodLife,
  periodSteps,
  type PeriodEvent,
  type PeriodFacts,
  type PeriodState,
} from './period-machine.ts'
import type { PeriodNeeds } from './period-needs.ts'
import { mayOnPeriod } from './period-policy.ts'
import type { PeriodChange } from './period-store.ts'
import { besides } from './plan-period.ts'
import { dayFaults, placeFaults } from './proposed-days.ts'
import { tellSoon } from './tell.ts'

/** How many waiting units a refusal names one by one. */
const NAMED = 10

/** The period, for who may read it; `NotFound` for everybody else. */
export async function openPeriod({ periods }: Pick<PeriodNeeds, 'periods'>, actor: Actor, id: string): Promise<Period> {
  const period = await periods.find(id)
  if (!period || !mayOnPeriod.read(actor, period)) throw new NotFound('Không tìm thấy kỳ báo cáo này.')
  return period
}

/** Duties that are neither accepted nor excused and keep the level above from going on, the first ones by name. */
export async function waitingIn(
  { duties, tree }: Pick<PeriodNeeds, 'duties' | 'tree'>,
  period: Pick<Period, 'id' | 'provinceId' | 'closing'>,
  below: Pick<DutyFilter, 'parentId'> = {},
): Promise<readonly Unmet[]> {
  const [{ some, all }, units] = await Promise.all([
    duties.some({ periodId: period.id, ...below, states: ['due', 'inProgress', 'sent'] }, NAMED),
    tree(),
  ])
  const named = some
    .toSorted((a, b) => compareVietnamese(a.name, b.name))
    .map(duty => ({
      code: `waiting.${duty.unitId}`,
      message:
        whyGone(units, period, duty) === undefined
          ? `${duty.name}: báo cáo chưa được chấp nhận.`
          : `${duty.name}: không còn thuộc diện báo cáo, cần ghi “Cho phép không báo cáo”.`,
      href: dutyHref(duty),
    }))
  const rest = all - named.length
  return rest === 0
    ? named
    : [
        ...named,
        {
          code: 'waiting',
          message: `Và ${rest} đơn vị khác.`,
          href: `${periodHref(period.id)}?${below.parentId === undefined ? 'cap=tat-ca' : `donvi=${encodeURIComponent(below.parentId)}`}`,
        },
      ]
}

/** What the conditions of a period's steps are asked on; the lists are read only where an event needs them. */
export async function periodFactsOf(
  needs: Pick<PeriodNeeds, 'periods' | 'tree' | 'duties' | 'snapshots' | 'lint' | 'now'>,
  period: Period,
  event: PeriodEvent['type'],
): Promise<PeriodFacts> {
  const opens = event === 'open' && period.state === 'planned'
  return {
    now: needs.now(),
    closingInstant: closingInstant(period),
    dutiesMade: period.dutiesMade,
    obliged: opens ? obligedUnits(await needs.tree(), period.provinceId, period.closing).length : 0,
    dayFaults: opens
      ? [
          ...dayFaults(period),
          ...placeFaults(period.year, period, await besides(needs.periods, period.id, period.year)),
        ]
      : [],
    waiting: event === 'consolidate' ? await waitingIn(needs, period) : [],
    lint: event === 'sign' ? await lintOf(needs, period) : [],
  }
}

/** A period is signed on genuine frozen figures whose tables have been checked. */
async function lintOf({ snapshots, lint }: Pick<PeriodNeeds, 'snapshots' | 'lint'>, period: Period) {
  const snapshot = period.snapshotId === undefined ? undefined : await snapshots.find(period.snapshotId)
  if (!snapshot) return [{ code: 'snapshotMissing', message: 'Kỳ báo cáo chưa có bản chốt số liệu.' }]
  const changed = { code: 'snapshotChanged', message: 'Bản chốt số liệu không còn khớp mã SHA-256 của nó.' }
  return [...((await snapshots.isGenuine(snapshot)) ? [] : [changed]), ...(await lint(snapshot))]
}

/** One step of a period by a person of the Sở: load, ask, step, write; opening also gives every unit its duty. */
export const stepPeriod =
  (needs: PeriodNeeds) =>
  async (actor: Actor, id: string, event: Exclude<PeriodEvent, { type: 'lockFigures' }>): Promise<Period> => {
    const before = await openPeriod(needs, actor, id)
    demand(actor, before, event.type)
    const facts = await periodFactsOf(needs, before, event.type)
    const state = nextState<PeriodState, PeriodFacts, PeriodEvent>(periodLife, before.state, facts, event)
    const change = await changeOf(needs, actor, before, event)
    const after = await writeStep(needs, actor, before, { ...change, state }, event)
    if (event.type === 'open') {
      await makeDuties(needs)(after)
      tellSoon(needs)
    }
    return after
  }

function demand(actor: Actor, period: Period, event: PeriodEvent['type']): void {
  if (mayOnPeriod[event](actor, period)) return
  const who = periodSteps.filter(step => step.event === event).flatMap(step => step.who)
  throw new Forbidden(
    `Nhiệm vụ đang giữ không gồm việc “${periodLife.eventNames[event]}”.`,
    [...new Set(who)].map(role => SEAT_NAMES[role]).join(', '),
  )
}

/** What keeps the period from ending in this report: it waits, or its figures are not sound; nothing once it has ended. */
export async function periodUnmet(
  needs: Pick<PeriodNeeds, 'periods' | 'tree' | 'duties' | 'snapshots' | 'lint' | 'now'>,
  period: Period,
  signed: { readonly number: string; readonly date: Day },
): Promise<readonly Unmet[]> {
  if (period.state === 'reported' || period.state === 'published') return []
  if (period.state !== 'consolidated')
    return [{ code: 'periodOpen', message: 'Kỳ báo cáo chưa hoàn thành tổng hợp.', href: periodHref(period.id) }]
  return unmetOf(periodConditions, await periodFactsOf(needs, period, 'sign'), { type: 'sign', ...signed })
}

/**
 * The Sở's report is signed where it is written, and the period follows at once; this is for a period that did not,
 * because the process broke off in between. `StepRefused` while the report is not signed on the figures in force.
 */
export const recordSigned =
  (needs: PeriodNeeds) =>
  async (actor: Actor, id: string): Promise<Period> => {
    const period = await openPeriod(needs, actor, id)
    demand(actor, period, 'sign')
    const { signed, href } = await needs.report(period)
    if (!signed)
      throw new StepRefused('Báo cáo của Sở chưa ký.', [
        { code: 'reportUnsigned', message: 'Báo cáo của Sở về kỳ này chưa ký theo số liệu đang dùng.', href },
      ])
    return stepPeriod(needs)(actor, id, { type: 'sign', ...signed })
  }

/** Writes an accepted step with its journal entry. */
export const writeStep = (
  { periods, now }: Pick<PeriodNeeds, 'periods' | 'now'>,
  actor: Actor,
  before: Period,
  change: PeriodChange,
  event: PeriodEvent,
): Promise<Period> =>
  periods.step(
    before,
    change,
    entryBy(actor, now(), {
      id: `period:${before.id}:${before.rev + 1}`,
      unitId: before.provinceId,
      year: before.year,
      subject: { kind: 'period', id: before.id },
      event: event.type,
      from: before.state,
      to: change.state ?? before.state,
      ...(event.type === 'correct' && { reason: event.reason }),
      ...(change.snapshotId !== undefined && { facts: { snapshotId: change.snapshotId } }),
    }),
  )

/** What a step writes besides the state. */
async function changeOf(
  needs: PeriodNeeds,
  actor: Actor,
  period: Period,
  event: Exclude<PeriodEvent, { type: 'lockFigures' }>,
): Promise<PeriodChange> {
  switch (event.type) {
    case 'sign':
      return { dispatch: { number: event.number, date: event.date } }
    case 'correct': {
      const { version, id } = await freezeCorrection(needs, period, event)
      const { reason, unitIds } = event
      return {
        version,
        snapshotId: id,
        corrections: [...period.corrections, { version, reason, unitIds, by: actor.name, at: needs.now() }],
      }
    }
    case 'open':
    case 'consolidate':
    case 'publish':
      return {}
  }
}

/** A later version of the frozen figures; the step that puts it in force follows, so a version may stay without force. */
async function freezeCorrection(
  { snapshots, rowsFor, reservesFor, now }: PeriodNeeds,
  period: Period,
  { reason, unitIds }: Extract<PeriodEvent, { type: 'correct' }>,
): Promise<Snapshot> {
  const versions = await snapshots.ofSubject(period.id)
  const inForce = versions.find(version => version.id === period.snapshotId)
  if (!inForce) throw new NotFound('Kỳ báo cáo chưa có bản chốt số liệu.')
  const fresh = await rowsFor(period.provinceId, period.year, period.closing)
  const rows = correctedRows(
    await snapshots.rowsOf(inForce),
    fresh,
    row => unitIds.includes(row.schoolId) || row.ancestors.some(id => unitIds.includes(id)),
  )
  // Where none were frozen, those of the units that are not affected are not known: the version has none either.
  const reserves =
    inForce.reserves &&
    correctedReserves(inForce.reserves, await reservesFor(period.provinceId, period.year, period.closing), unitIds)
  const at = now()
  const frozen = await snapshots.freezeOnce({
    subject: period.id,
    version: (versions.at(-1)?.version ?? 0) + 1,
    unitId: period.provinceId,
    year: period.year,
    day: period.closing,
    at,
    rows,
    ...(reserves && { reserves }),
    correction: { reason, unitIds, of: inForce.id },
  })
  if (frozen.at.getTime() !== at.getTime() || frozen.correction?.reason !== reason)
    throw new StaleWrite('Số liệu của kỳ vừa được người khác đính chính.')
  return frozen
}
