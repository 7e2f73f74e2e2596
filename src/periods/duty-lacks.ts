import { need } from '../kernel/need.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { dutyId, type Duty } from './duty.ts'
import type { DutyEvent, DutyFacts } from './duty-machine.ts'
import { isRunning, type Period } from './period.ts'
import type { PeriodNeeds, SchoolStanding } from './period-needs.ts'
import { waitingIn } from './step-period.ts'

/** What a school lacks before it may send: what the period asks for and what is not there, each with its screen. */
export const schoolLacks = (
  { kind, asksReconciliation }: Pick<Period, 'kind' | 'asksReconciliation'>,
  { reconciliation, figures }: SchoolStanding,
): readonly Unmet[] => [
  ...need(kind === 'end' || figures.entered, 'figuresMissing', 'Chưa nhập số liệu của năm học.', figures.href),
  ...need(
    !asksReconciliation || reconciliation.done,
    'reconciliationMissing',
    'Phiếu đối sánh số liệu chưa được hiệu trưởng xác nhận.',
    reconciliation.href,
  ),
]

/** What keeps a unit from sending: its own lacks for a school, its open children for a managing unit. */
export async function lacksOf(
  needs: Pick<PeriodNeeds, 'duties' | 'standingOf' | 'tree'>,
  period: Period,
  duty: Duty,
): Promise<readonly Unmet[]> {
  return duty.unitKind === 'school'
    ? schoolLacks(period, await needs.standingOf(duty.unitId, duty.year))
    : waitingIn(needs, period, { parentId: duty.unitId })
}

/** The unit above has sent its own report; the Sở has none of its own in a period. */
async function aboveSent({ duties }: Pick<PeriodNeeds, 'duties'>, { periodId, parentId }: Duty): Promise<boolean> {
  const above = await duties.find(dutyId(periodId, parentId))
  return above?.state === 'sent' || above?.state === 'accepted'
}

/** The sender's lacks are asked for, and once more when the report is accepted: other numbers may have been assigned meanwhile. */
const asksLacks = (event: DutyEvent['type']): boolean => event === 'send' || event === 'accept'

/** What the conditions of a duty's steps are asked on; other documents are read only where an event needs them. */
export const dutyFactsOf = async (
  needs: Pick<PeriodNeeds, 'duties' | 'standingOf' | 'tree'>,
  period: Period,
  duty: Duty,
  event: DutyEvent['type'],
): Promise<DutyFacts> => ({
  running: isRunning(period),
  frozen: period.state !== 'open',
  aboveSent: (event === 'withdrawAcceptance' || event === 'recallExcuse') && (await aboveSent(needs, duty)),
  lacks: asksLacks(event) ? await lacksOf(needs, period, duty) : [],
})
