import type { CriteriaSet, CriteriaVersion } from './criteria-set.ts'
import { effectiveVersion, strayNodes } from './effective-version.ts'
import { lint, type Finding } from './linter.ts'
import type { LocalPart } from './local-part.ts'

/** One finding of the linter at the node of the tree that it is about; an empty key is the set as a whole. */
export interface NodeFinding {
  readonly key: string
  readonly severity: Finding['severity']
  readonly message: string
}

/** What is wrong with the additions to a base: only findings that the base itself does not have. Pure. */
export function findingsAt(base: CriteriaVersion, part: LocalPart): readonly NodeFinding[] {
  const version = effectiveVersion(base, part)
  const known = knownOf(base)
  const added =
    version === base
      ? []
      : lint(version).filter(finding => !known.has(nameOf(finding)) && finding.rule !== 'codes-out-of-order')
  return [
    ...strayNodes(base.set, part.nodes).map(({ key, parent }) => ({
      key,
      severity: 'error' as const,
      message: `Bộ tiêu chí không còn ${parent}: xin xóa hoặc thôi dùng nút này.`,
    })),
    ...added.map(finding => ({
      key: keyAt(version.set, finding.path),
      severity: finding.severity,
      message: finding.message,
    })),
  ]
}

const ofBases = new WeakMap<CriteriaSet, ReadonlySet<string>>()

/** A base never changes and every page of its editor asks. */
function knownOf(base: CriteriaVersion): ReadonlySet<string> {
  const known = ofBases.get(base.set) ?? new Set(lint(base).map(nameOf))
  ofBases.set(base.set, known)
  return known
}

const nameOf = ({ rule, place, message }: Finding): string => `${rule}|${place}|${message}`

/** The node that a path of the linter leads to: the deepest one that it names. */
export function keyAt(set: CriteriaSet, path: Finding['path']): string {
  const at = (name: string): number | undefined => {
    const index = path[path.indexOf(name) + 1]
    return path.includes(name) && typeof index === 'number' ? index : undefined
  }
  const standard = set.standards[at('standards') ?? -1]
  const criterion = standard?.criteria[at('criteria') ?? -1]
  const demand = criterion?.levels[at('levels') ?? -1]
  const indicator = demand?.indicators[at('indicators') ?? -1]
  if (criterion && demand && indicator) return `${criterion.code}/${demand.level}/${indicator.code}`
  return criterion?.code ?? standard?.code ?? ''
}
