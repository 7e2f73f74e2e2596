import { partsOfId } from '../assessments/index.ts'
import { dayOf } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { managingUnitOn } from '../organisations/index.ts'
import { placesOn, type Place } from './places.ts'
import type { RollupNeeds } from './rollup-needs.ts'
import { totalsOf } from './totals.ts'

/** Subjects whose id is `<schoolId>.<year>` and whose steps change what is summed. */
const OF_A_YEAR = ['assessment', 'figures']
/** Steps that come one after the other are summed once. */
const PAUSE_MS = 50
/** Summing in the background takes at most a fifth of the time: whoever reads meanwhile sums for themselves what they show. */
const REST = 4

/**
 * Marks what each accepted step changes, before its entry leaves the outbox: a crash anywhere leaves either the entry or
 * the mark. `keepFresh` sums again in the background what was marked here, so that readers seldom have to.
 */
export function followChanges(needs: RollupNeeds): {
  readonly hear: (entries: readonly JournalEntry[]) => Promise<void>
  readonly keepFresh: () => void
} {
  const waiting = new Set<string>()
  let keeping = false
  let timer: NodeJS.Timeout | undefined
  let took = 0

  const sumSoon = (): void => {
    if (!keeping || waiting.size === 0) return
    timer ??= setTimeout(
      () => {
        const ids = [...waiting]
        waiting.clear()
        const began = performance.now()
        // What fails here stays marked, and the next reader sums it and is told why it cannot be.
        void sumAgain(needs, ids)
          .catch(() => undefined)
          .finally(() => {
            took = performance.now() - began
            timer = undefined
            sumSoon()
          })
      },
      Math.max(PAUSE_MS, REST * took),
    ).unref()
  }

  return {
    async hear(entries) {
      const ofYears = entries.filter(each => OF_A_YEAR.includes(each.subject.kind))
      const ids = new Set(ofYears.map(each => each.subject.id))
      const unmarked = new Set(ofYears.filter(each => !needs.rollups.isMarked(each.id)).map(each => each.subject.id))
      const schools = new Set(entries.filter(each => each.subject.kind === 'unit').map(each => each.subject.id))
      await needs.rollups.mark([...unmarked])
      await needs.rollups.markSchools([...schools])
      for (const id of ids) waiting.add(id)
      sumSoon()
    },
    keepFresh() {
      keeping = true
      sumSoon()
    },
  }
}

/** Sums the units of today that manage these schools. */
async function sumAgain(needs: RollupNeeds, ids: readonly string[]): Promise<void> {
  const tree = await needs.units.tree()
  const today = dayOf(needs.now())
  const places = placesOn(tree, today)
  const byYear = new Map<WorkingYear, Set<Place>>()
  for (const id of ids) {
    const { schoolId, year } = partsOfId(id)
    const place = places.get(managingUnitOn(tree, schoolId, today)?.id ?? '')
    if (place) byYear.set(year, (byYear.get(year) ?? new Set()).add(place))
  }
  await totalsOf(
    needs,
    [...byYear].map(([year, some]) => ({ year, places: [...some] })),
    'counts',
  )
}
