import type { CriteriaSet } from '../catalogue/index.ts'
import type { SetLayout } from './set-layout.ts'
import type { SetTally } from './tally.ts'

/** A version as screens need it. */
export interface SetSeen {
  readonly set: CriteriaSet
  readonly layout: SetLayout
}

/** Reports at level 0, 1, 2, 3. */
export type LevelCells = readonly [number, number, number, number]
/** Reports in which an indicator is met, is not met, and keeps the school from its next level. */
export type VerdictCells = readonly [met: number, notMet: number, blocks: number]

/** Sums of one set over all its versions, by the codes that the versions share. */
export interface CriteriaSums {
  readonly reports: number
  readonly standards: ReadonlyMap<string, LevelCells>
  readonly criteria: ReadonlyMap<string, LevelCells>
  readonly asked: ReadonlyMap<string, VerdictCells>
}

/** Adds up the versions of a set by the codes of their nodes; nodes that only one version has keep its numbers. */
export function criteriaSums(
  tallies: readonly SetTally[],
  setId: string,
  layoutOf: (hash: string) => SetLayout | undefined,
): CriteriaSums {
  const standards = new Map<string, LevelCells>()
  const criteria = new Map<string, LevelCells>()
  const asked = new Map<string, VerdictCells>()
  let reports = 0
  for (const tally of tallies.filter(each => each.setId === setId)) {
    const layout = layoutOf(tally.hash)
    if (!layout) continue
    reports += tally.n
    const cell = (at: number, add: number): number => tally.levels[at * 4 + add] ?? 0
    const addLevels = (sums: Map<string, LevelCells>, codes: readonly string[], from: number): void => {
      for (const [at, code] of codes.entries()) {
        const [zero, one, two, three] = sums.get(code) ?? [0, 0, 0, 0]
        const place = from + at
        sums.set(code, [zero + cell(place, 0), one + cell(place, 1), two + cell(place, 2), three + cell(place, 3)])
      }
    }
    addLevels(standards, layout.standards, 0)
    addLevels(criteria, layout.criteria, layout.standards.length)
    for (const [at, { code }] of layout.asked.entries()) {
      const [met, notMet, blocks] = asked.get(code) ?? [0, 0, 0]
      const verdict = (add: number): number => tally.verdicts[at * 3 + add] ?? 0
      asked.set(code, [met + verdict(0), notMet + verdict(1), blocks + verdict(2)])
    }
  }
  return { reports, standards, criteria, asked }
}

/** Reports in which a node reached a level, of those in which it was rated. */
export function reached(
  cells: LevelCells | undefined,
  level: 1 | 2 | 3,
): { readonly part: number; readonly of: number } {
  const all = cells ?? [0, 0, 0, 0]
  return {
    part: all.slice(level).reduce((sum, each) => sum + each, 0),
    of: all.reduce((sum, each) => sum + each, 0),
  }
}
