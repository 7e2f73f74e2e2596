import { MANAGING_ROLES, type Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { nameOn, type UnitTree } from '../organisations/index.ts'
import { dutyId } from './duty.ts'
import { lacksOf } from './duty-lacks.ts'
import type { DutyQuery } from './duty-list.ts'
import type { DutyView } from './duty-page.ts'
import { countsOf, seenIn, type SeenDuty } from './owing.ts'
import type { Period } from './period.ts'
import type { PeriodNeeds } from './period-needs.ts'
import type { PeriodView } from './period-page.ts'
import type { PeriodLine, PeriodsView } from './periods-page.ts'
import { mayOnPeriod } from './period-policy.ts'
import { proposedPeriods } from './plan-period.ts'
import { openDuty } from './step-duty.ts'
import { openPeriod, periodFactsOf } from './step-period.ts'

const isOffice = (actor: Actor, unitId: string): boolean =>
  actor.seats.some(seat => seat.unitId === unitId && MANAGING_ROLES.includes(seat.role)) ||
  (actor.actingFor ?? []).some(each => each.unitId === unitId && each.duties.includes('period'))

/** The periods of a year with what each means for the unit in force. */
export async function readPeriods(
  needs: PeriodNeeds,
  actor: Actor,
  year: WorkingYear,
  chosen: string | undefined,
): Promise<PeriodsView> {
  const today = dayOf(needs.now())
  const provinceId = await needs.provinceId()
  const periods = (await needs.periods.ofYear(year)).filter(period => mayOnPeriod.read(actor, period))
  const unitId = needs.unitInForce(actor, chosen)
  const mayPlan = mayOnPeriod.plan(actor, { provinceId, state: 'planned' })
  return {
    year,
    today,
    lines: await Promise.all(periods.map(period => lineOf(needs, actor, period, unitId, today))),
    proposed: mayPlan ? await proposedPeriods(needs)(year) : [],
  }
}

async function lineOf(
  { duties, tree }: PeriodNeeds,
  actor: Actor,
  period: Period,
  unitId: string | undefined,
  today: string,
): Promise<PeriodLine> {
  if (unitId === undefined || period.state === 'planned') return { period }
  const seen = seenIn(await tree(), period)
  const own = await duties.find(dutyId(period.id, unitId))
  const below = isOffice(actor, unitId)
    ? countsOf((await duties.list({ periodId: period.id, parentId: unitId })).map(seen), today)
    : undefined
  return { period, ...(own && { own: seen(own) }), ...(below && { below }) }
}

/** Whose units the list shows: those of the unit in the address if the person may see it, else of the own one. */
async function unitShown(
  needs: PeriodNeeds,
  actor: Actor,
  period: Period,
  query: DutyQuery,
  chosen: string | undefined,
): Promise<string | undefined> {
  const own = needs.unitInForce(actor, chosen)
  if (query.unitId === undefined) return own !== undefined && isOffice(actor, own) ? own : undefined
  if (isOffice(actor, query.unitId)) return query.unitId
  await openDuty(needs, actor, period.id, query.unitId)
  return query.unitId
}

/** Everything that the page of one period shows to this person. */
export async function readPeriod(
  needs: PeriodNeeds,
  actor: Actor,
  id: string,
  query: DutyQuery,
  chosen: string | undefined,
): Promise<PeriodView> {
  const period = await openPeriod(needs, actor, id)
  const unitId = await unitShown(needs, actor, period, query, chosen)
  const isSo = mayOnPeriod.plan(actor, period)
  const ownUnit = unitId ?? needs.unitInForce(actor, chosen)
  const [own, tree, duties, facts, snapshots, history, report] = await Promise.all([
    ownUnit === undefined ? undefined : needs.duties.find(dutyId(period.id, ownUnit)),
    needs.tree(),
    unitId === undefined ? [] : dutiesFor(needs, period, query, unitId),
    periodFactsOf(needs, period, isSo && period.state === 'locked' ? 'consolidate' : 'open'),
    needs.snapshots.ofSubject(period.id),
    isSo ? needs.history({ kind: 'period', id: period.id }) : [],
    isSo ? needs.report(period) : undefined,
  ])
  return {
    period,
    facts,
    today: dayOf(needs.now()),
    duties,
    query,
    ...(own && { own: seenIn(tree, period)(own) }),
    ...(unitId !== undefined && { of: { id: unitId, name: nameIn(tree, unitId, period) } }),
    names: namesOf(tree, period),
    snapshots,
    history,
    ...(report && { report }),
  }
}

const nameIn = (tree: UnitTree, unitId: string, { closing }: Period): string => {
  const unit = tree.get(unitId)
  return unit ? nameOn(unit, closing) : unitId
}

const namesOf = (tree: UnitTree, { closing }: Period): ReadonlyMap<string, string> =>
  new Map([...tree.values()].map(unit => [unit.id, nameOn(unit, closing)]))

async function dutiesFor(
  { duties, tree }: Pick<PeriodNeeds, 'duties' | 'tree'>,
  period: Period,
  { kind, search, reach }: DutyQuery,
  unitId: string,
): Promise<readonly SeenDuty[]> {
  const found = await duties.list({
    periodId: period.id,
    ...(reach === 'tat-ca' ? { under: unitId } : { parentId: unitId }),
    ...(kind !== '' && { schoolKind: kind }),
    ...(search !== '' && { search }),
  })
  return found.map(seenIn(await tree(), period))
}

/** Everything that the page of one unit in one period shows. */
export async function readDuty(needs: PeriodNeeds, actor: Actor, periodId: string, unitId: string): Promise<DutyView> {
  const { period, duty } = await openDuty(needs, actor, periodId, unitId)
  const isSchool = duty.unitKind === 'school'
  const today = dayOf(needs.now())
  const [tree, lacks, standing, below, history] = await Promise.all([
    needs.tree(),
    lacksOf(needs, period, duty),
    isSchool ? needs.standingOf(duty.unitId, duty.year) : undefined,
    isSchool ? undefined : needs.duties.list({ periodId: period.id, parentId: duty.unitId }),
    needs.history({ kind: 'duty', id: duty.id }),
  ])
  const seen = seenIn(tree, period)
  return {
    period,
    duty: seen(duty),
    today,
    parentName: nameIn(tree, duty.parentId, period),
    lacks,
    ...(standing && { standing }),
    ...(below && { below: countsOf(below.map(seen), today) }),
    history,
  }
}

/** The list behind a page, whole, for a spreadsheet; `NotFound` for somebody who sees no units. */
export async function readDutyList(
  needs: PeriodNeeds,
  actor: Actor,
  id: string,
  query: DutyQuery,
  chosen: string | undefined,
): Promise<{
  readonly period: Period
  readonly duties: readonly SeenDuty[]
  readonly names: ReadonlyMap<string, string>
  readonly query: DutyQuery
}> {
  const period = await openPeriod(needs, actor, id)
  const unitId = await unitShown(needs, actor, period, query, chosen)
  if (unitId === undefined) throw new NotFound('Không có danh sách đơn vị nào cho nhiệm vụ đang giữ.')
  return {
    period,
    duties: await dutiesFor(needs, period, query, unitId),
    names: namesOf(await needs.tree(), period),
    query,
  }
}
