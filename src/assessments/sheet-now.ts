import { printInstant } from '../kernel/dates.ts'
import { forceOf } from './asked.ts'
import { CRITERION_STATE_NAMES } from './criterion-machine.ts'
import { whyNot } from './group-rights-words.ts'
import type { OpenSheet } from './open-sheet.ts'
import type { Present } from './presence-store.ts'
import { sheetSide, type SideInput } from './sheet-side.ts'
import { isWritable } from './sheet-steps.ts'
import { LEVEL_WORDS, levelResults } from './sheet-tree.ts'
import type { Sheet } from './sheet.ts'

/** Changes whenever anything that the page shows of a sheet may have changed, also who else is on it. */
export const stampOf = (
  { assessment, decision }: Pick<OpenSheet, 'assessment' | 'decision'>,
  sheet: Sheet,
  others: readonly Present[],
): string =>
  [
    assessment.rev,
    decision.rev,
    sheet.rev,
    ...Object.values(sheet.parts).map(part => part.rev),
    ...others.map(other => `${other.personId}:${other.part ?? ''}`),
  ].join('.')

/** What an open page asks for every few seconds: who else is here, what has changed, what is still missing. */
export function sheetNow(input: SideInput) {
  const { actor, open, sheet, others, today } = input
  const { assessment, set, decision } = open
  const { progress, blockers, result } = sheetSide(input)
  return {
    stamp: stampOf(open, sheet, others),
    others,
    writable: isWritable(actor, open),
    /** The chair's decision by which this person may not write here; empty: none. */
    keptBecause: whyNot(assessment, actor.personId, decision.code, 'write', today) ?? '',
    state: CRITERION_STATE_NAMES[decision.state],
    parts: Object.fromEntries(
      Object.entries(sheet.parts).map(([key, part]) => [
        key,
        { rev: part.rev, by: part.name, at: printInstant(part.at) },
      ]),
    ),
    rows: sheet.rev,
    answers: decision.answers,
    levels: levelResults(set, forceOf(assessment, set), decision).map(({ level, result: reached }) => ({
      level,
      result: reached,
      ...LEVEL_WORDS[reached],
    })),
    result,
    progress,
    blockers: blockers?.items ?? [],
  }
}
