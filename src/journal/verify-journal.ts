import { brokenAt } from './chain.ts'
import type { JournalStore } from './journal-store.ts'

/** Checks every unit's chain; gives the number of entries and a Vietnamese sentence per broken chain. */
export async function verifyJournal(journal: JournalStore): Promise<{ entries: number; broken: readonly string[] }> {
  let entries = 0
  const broken: string[] = []
  for (const unitId of await journal.unitIds()) {
    const chain = await journal.chainOf(unitId)
    entries += chain.length
    const where = brokenAt(chain)
    if (where !== undefined) broken.push(`Đơn vị ${unitId}: ${where}.`)
  }
  return { entries, broken }
}
