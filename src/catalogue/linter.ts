import type { CriteriaSet, CriteriaVersion } from './criteria-set.ts'
import { numberRules } from './lint-numbers.ts'
import { treeRules } from './lint-tree.ts'
import { versionRules } from './lint-versions.ts'

/** One thing wrong in a set: `path` leads to it in the file, `place` says where in Vietnamese. */
export interface Finding {
  readonly rule: string
  readonly severity: 'error' | 'warning'
  readonly place: string
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** What a rule reports; the linter adds its name and severity. */
export type Found = Omit<Finding, 'rule' | 'severity'>

export interface LintRule {
  readonly id: string
  readonly severity: Finding['severity']
  /** What a clean set obeys, in one Vietnamese sentence. */
  readonly says: string
  readonly check: (set: CriteriaSet, others: readonly CriteriaSet[]) => readonly Found[]
}

export const LINT_RULES: readonly LintRule[] = [...treeRules, ...numberRules, ...versionRules]

/** Every finding of every rule; `others` are further sets, of which versions of the same id are compared for validity. */
export function lint(version: CriteriaVersion, others: readonly CriteriaVersion[] = []): readonly Finding[] {
  const siblings = others
    .filter(other => other.set.id === version.set.id && other.hash !== version.hash)
    .map(other => other.set)
  return LINT_RULES.flatMap(rule =>
    rule.check(version.set, siblings).map(found => ({ rule: rule.id, severity: rule.severity, ...found })),
  )
}

export const hasErrors = (findings: readonly Finding[]): boolean =>
  findings.some(finding => finding.severity === 'error')
