import { searchKey } from '../kernel/words.ts'
import type { AskedSheet } from './asked.ts'
import type { CitedEvidence } from './needs.ts'

const GONE: readonly string[] = ['withdrawn', 'rejected', 'disposed', 'missing', 'expected']

/** Evidence that the year's tree requires of a criterion; found when an item of the criterion carries its name. */
export const requiredEvidenceOf = (
  { code, advice }: Pick<AskedSheet, 'code' | 'advice'>,
  evidence: Iterable<CitedEvidence>,
): readonly { readonly name: string; readonly found: boolean }[] => {
  const names = [...evidence]
    .filter(item => item.criterion === code && !GONE.includes(item.state))
    .map(item => searchKey(item.name))
  return (advice?.requiredEvidence ?? []).map(name => ({
    name,
    found: names.some(each => each.includes(searchKey(name))),
  }))
}
