import { diffWordsWithSpace } from 'diff'
import { printInstant } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import { sheetHref } from './links.ts'
import type { CitedEvidence } from './needs.ts'
import type { OpenSheet } from './open-sheet.ts'
import { toLabels } from './sheet-labels.ts'
import { partName } from './sheet-parts.ts'
import type { PartVersion } from './sheet-store.ts'
import type { Sheet, SheetPart } from './sheet.ts'
import { partsOf } from './write-sheet.ts'

/** A run of words in a comparison of two texts. */
export interface DiffPiece {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** Word by word what leads from one text to another. */
export const compareTexts = (before: string, after: string): readonly DiffPiece[] =>
  diffWordsWithSpace(before, after).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))

/** Earlier wordings of one part, newest first, each compared with the one before it. */
export function historyPage(
  open: Pick<OpenSheet, 'assessment' | 'decision' | 'asked'>,
  sheet: Sheet,
  part: string,
  versions: readonly PartVersion[],
  evidence: ReadonlyMap<string, CitedEvidence>,
) {
  const keys = partsOf(open)
  const wanted = part === '' ? (keys.find(key => sheet.parts[key]) ?? keys[0] ?? '') : part
  if (!keys.includes(wanted)) throw new NotFound('Phiếu không có phần này.')
  const base = sheetHref(open.assessment.id, open.decision.code)
  return {
    breadcrumbs: [{ label: `Phiếu tiêu chí ${open.decision.code}`, href: base }],
    subtitle: `${open.asked.title} – ${partName(open, wanted)}`,
    back: base,
    parts: keys.map(key => ({
      label: partName(open, key),
      href: `${base}/lich-su?phan=${key}`,
      current: key === wanted,
      written: sheet.parts[key] !== undefined,
    })),
    versions: wordings(sheet.parts[wanted], versions, evidence),
  }
}

/** What stands now and its earlier wordings, newest first, each compared with the one before it. */
export function wordings(
  now: SheetPart | undefined,
  versions: readonly PartVersion[],
  evidence: ReadonlyMap<string, CitedEvidence>,
) {
  const all = [...(now ? [now] : []), ...versions.filter(each => each.rev !== now?.rev)]
  return all.map((version, index) => ({
    when: printInstant(version.at),
    who: version.name,
    current: index === 0 && now !== undefined,
    pieces: compareTexts(toLabels(all[index + 1]?.text ?? '', evidence), toLabels(version.text, evidence)),
  }))
}

/** The part that history is asked for: the named one, or the first that has been written. */
export const partAsked = (open: Pick<OpenSheet, 'asked'>, sheet: Sheet, part: string): string =>
  part === '' ? (partsOf(open).find(key => sheet.parts[key]) ?? '') : part
