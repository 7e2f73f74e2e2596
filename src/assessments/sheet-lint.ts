import { anchorId } from './sheet-anchor.ts'
import { CITATION_RULES, INDICATOR_RULES } from './sheet-lint-answers.ts'
import type { SheetLintInput, SheetRule } from './sheet-lint-subject.ts'
import { ACTION_RULES, TEXT_RULES } from './sheet-lint-words.ts'

export { citationsIn, withoutCitations } from './citations.ts'
export type { LintEvidence, LintIndicator, LintThreshold, SheetLintInput } from './sheet-lint-subject.ts'

export interface LintFinding {
  /** Id of the rule, stable. */
  readonly rule: string
  /** An error keeps the sheet in its group; a warning is only shown. */
  readonly severity: SheetRule['severity']
  readonly message: string
  /** Element id of the place on the sheet (`anchorId`). */
  readonly anchor: string
}

const RULES: readonly SheetRule[] = [...INDICATOR_RULES, ...CITATION_RULES, ...TEXT_RULES, ...ACTION_RULES]

/** Ids of all rules with their severity, for the help page. */
export const LINT_RULES: readonly Pick<SheetRule, 'id' | 'severity'>[] = RULES.map(({ id, severity }) => ({
  id,
  severity,
}))

/** Everything that good practice finds on one criterion sheet (process § 3.4), in the order of the rules. */
export const lintSheet = (sheet: SheetLintInput): readonly LintFinding[] =>
  RULES.flatMap(({ id, severity, check }) =>
    check(sheet).map(({ message, at }) => ({ rule: id, severity, message, anchor: anchorId(at) })),
  )

/** Coded items that no sheet cites: they are in the catalogue for nothing. */
export const neverCited = <Item extends { readonly id: string; readonly state: string }>(
  evidence: readonly Item[],
  cited: ReadonlySet<string>,
): readonly Item[] => evidence.filter(item => item.state === 'coded' && !cited.has(item.id))
