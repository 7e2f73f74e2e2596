import type { Actor } from '../kernel/actor.ts'
import type { ForecastInput } from './evidence-input.ts'
import { EVIDENCE_VERSION } from './evidence-machine.ts'
import { demandMet, birthOf, type EvidenceNeeds } from './evidence-needs.ts'
import { demand } from './evidence-policy.ts'
import type { Evidence } from './evidence.ts'
import { forecastUnmet } from './evidence-conditions.ts'

/** Expects an item (plan, section VII): its criterion and name, where it is to be found and who looks for it. */
export const forecast =
  (needs: EvidenceNeeds) =>
  async (actor: Actor, assessmentId: string, input: ForecastInput): Promise<Evidence> => {
    const dossier = await needs.dossiers.get(assessmentId)
    const { criterion, name, ...expectedFrom } = input
    demand('forecast', actor, { dossier, criterion })
    demandMet(
      [
        ...forecastUnmet(input),
        ...(dossier.adopted ? [{ code: 'adopted', message: 'Báo cáo tự đánh giá đã được thông qua.' }] : []),
      ],
      'ghi minh chứng dự kiến',
    )
    const { id: assessment, schoolId, year } = dossier
    const born = { id: needs.newId(), assessmentId: assessment, schoolId, year, rev: 0 }
    return needs.evidence.add({
      ...born,
      state: 'expected',
      machine: EVIDENCE_VERSION,
      criterion,
      name,
      kind: 'document',
      entries: [],
      place: '',
      note: '',
      expectedFrom,
      formerCodes: [],
      outbox: [birthOf(actor, needs.now(), born, { event: 'forecast', to: 'expected', facts: { name, criterion } })],
    })
  }
