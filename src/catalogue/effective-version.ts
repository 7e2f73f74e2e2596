import { contentHash } from './criteria-file.ts'
import type { Advice, CriteriaSet, CriteriaVersion, Criterion, Indicator, LevelDemand } from './criteria-set.ts'
import { CRITERION_LEVELS, allCriteria } from './criteria-tree.ts'
import { addsNothing, type CriterionAdvice, type LocalNode, type LocalPart } from './local-part.ts'

/** What a local demand cites in place of an Điều. */
export const LOCAL_CITE = 'Yêu cầu của địa phương'

/**
 * The base version with what a unit adds: local nodes after the official ones of their parent, advice beside its
 * criterion. It has a content hash of its own and names its base; with nothing added it is the base itself. Nodes whose
 * parent the base does not have are left out (the linter names them).
 */
export function effectiveVersion(base: CriteriaVersion, part: Pick<LocalPart, 'nodes' | 'advice'>): CriteriaVersion {
  if (addsNothing(part)) return base
  const nodes = part.nodes.filter(one => one.retired === undefined)
  const criteriaOf = (standard: string): readonly Criterion[] =>
    nodes.filter(one => one.kind === 'criterion' && one.parent === standard).map(criterionFrom)
  const whole = (criterion: Criterion): Criterion => ({
    ...criterion,
    ...adviceFor(criterion, part.advice),
    levels: withIndicators(criterion, nodes),
  })
  const set: CriteriaSet = {
    ...base.set,
    basedOn: base.hash,
    standards: [
      ...base.set.standards.map(standard => ({
        ...standard,
        criteria: [...standard.criteria, ...criteriaOf(standard.code)].map(whole),
      })),
      ...nodes
        .filter(one => one.kind === 'standard')
        .map(({ code, words }) => ({
          code,
          title: words,
          local: true as const,
          criteria: criteriaOf(code).map(whole),
        })),
    ],
  }
  return { hash: contentHash(set), set }
}

const criterionFrom = ({ code, words }: LocalNode): Criterion => ({
  code,
  title: words,
  local: true,
  confidence: 'high',
  levels: [],
  thresholds: [],
  typicalEvidence: [],
  changes: [],
})

const indicatorFrom = ({ code, words }: LocalNode): Indicator => ({
  code,
  gist: words,
  cite: LOCAL_CITE,
  lettered: true,
  local: true,
  changes: [],
})

function withIndicators(criterion: Criterion, nodes: readonly LocalNode[]): readonly LevelDemand[] {
  const own = nodes.filter(one => one.kind === 'indicator' && one.parent === criterion.code)
  if (own.length === 0) return criterion.levels
  const levels = CRITERION_LEVELS.map(String)
  return levels.flatMap((level): readonly LevelDemand[] => {
    const official = criterion.levels.find(demand => demand.level === level)
    const added = own.filter(one => one.level === level).map(indicatorFrom)
    if (!official && added.length === 0) return []
    const demand = official ?? { level, verification: 'confirmed' as const, indicators: [] }
    return [{ ...demand, indicators: [...demand.indicators, ...added] }]
  })
}

/** Lists of a lower unit come after those of the unit above; its guidance too; the earlier day holds. */
function adviceFor(criterion: Criterion, all: readonly CriterionAdvice[]): Advice {
  const own = all.find(one => one.criterion === criterion.code)
  if (!own) return {}
  const guidance = joined(criterion.guidance, own.guidance)
  const good = [...(criterion.goodEvidence ?? []), ...(own.goodEvidence ?? [])]
  const required = [...(criterion.requiredEvidence ?? []), ...(own.requiredEvidence ?? [])]
  const due = earlierDue(criterion.due, own.due)
  return {
    ...(guidance !== undefined && { guidance }),
    ...(good.length > 0 && { goodEvidence: [...new Set(good)] }),
    ...(required.length > 0 && { requiredEvidence: [...new Set(required)] }),
    ...(due !== undefined && { due }),
  }
}

const joined = (above: string | undefined, own: string | undefined): string | undefined =>
  above !== undefined && own !== undefined ? `${above}\n\n${own}` : (own ?? above)

/** The working year begins in August, so `09-15` comes before `02-10`. */
const inYear = (due: string): string => (due >= '08-01' ? `0${due}` : `1${due}`)

const earlierDue = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || b === undefined ? (a ?? b) : inYear(a) <= inYear(b) ? a : b

/** Local nodes whose place the base does not have: after a new circular, or in a sheet that names a wrong code. */
export function strayNodes(base: CriteriaSet, nodes: readonly LocalNode[]): readonly LocalNode[] {
  const kept = nodes.filter(one => one.retired === undefined)
  const standards = new Set([
    ...base.standards.map(one => one.code),
    ...kept.filter(one => one.kind === 'standard').map(one => one.code),
  ])
  const criteria = new Set([
    ...allCriteria(base).map(one => one.code),
    ...kept.filter(one => one.kind === 'criterion' && standards.has(one.parent)).map(one => one.code),
  ])
  return kept.filter(
    one =>
      (one.kind === 'criterion' && !standards.has(one.parent)) ||
      (one.kind === 'indicator' && !criteria.has(one.parent)),
  )
}
