import type { Day } from '../kernel/dates.ts'
import { groupBy } from '../kernel/group-by.ts'
import type { ExternalNeeds } from './external-needs.ts'
import type { ExternalFact, TitleFact } from './facts.ts'
import { externalFactOn } from './run.ts'
import { holderOn, titleFactOn, type Title } from './title.ts'

/** Titles by the school that holds them, as they stand on a day; schools that hold none are absent. */
export type TitlesOn = (day: Day) => Promise<ReadonlyMap<string, readonly TitleFact[]>>

function heldOn(titles: readonly Title[], day: Day): Awaited<ReturnType<TitlesOn>> {
  return new Map(
    [...groupBy(titles, title => holderOn(title, day))].flatMap(([schoolId, own]) => {
      const facts = own.flatMap(title => titleFactOn(title, own, day) ?? [])
      return schoolId === undefined || facts.length === 0 ? [] : [[schoolId, facts] as const]
    }),
  )
}

/** For screens: from the register in memory, and the day asked last is put in order once for all who ask. */
export function titlesOnDays({ titles }: Pick<ExternalNeeds, 'titles'>): TitlesOn {
  let last:
    { readonly register: readonly Title[]; readonly day: Day; readonly held: Awaited<ReturnType<TitlesOn>> } | undefined
  return async day => {
    const register = await titles.register()
    if (last?.register === register && last.day === day) return last.held
    const held = heldOn(register, day)
    last = { register, day, held }
    return held
  }
}

/**
 * Titles and external assessments of these schools as they stood on a day, for totals and snapshots; most of a province's
 * schools have neither and are absent.
 */
export const externalFactsOf =
  (needs: Pick<ExternalNeeds, 'titles' | 'runs'>) =>
  async (
    schoolIds: readonly string[],
    day: Day,
  ): Promise<
    ReadonlyMap<string, { readonly titles: readonly TitleFact[]; readonly external: readonly ExternalFact[] }>
  > => {
    const [titles, runs] = await Promise.all([needs.titles.ofSchools(schoolIds), needs.runs.ofSchools(schoolIds)])
    const held = heldOn(titles, day)
    const assessed = groupBy(runs, run => run.schoolId)
    return new Map(
      among(schoolIds, held, assessed).map(id => {
        return [
          id,
          {
            titles: held.get(id) ?? [],
            external: (assessed.get(id) ?? []).flatMap(run => externalFactOn(run, day) ?? []),
          },
        ]
      }),
    )
  }

const among = (
  ids: readonly string[],
  ...known: readonly ReadonlyMap<string | undefined, unknown>[]
): readonly string[] => ids.filter(id => known.some(each => each.has(id)))
