import { AssertionError } from 'chai'

/** A mongoose or driver query, or an aggregation: anything that can be explained. */
export type Explainable = { explain(verbosity: 'executionStats'): unknown }

/** How the server answered a query. */
export type Explained = {
  stages: string[]
  indexes: string[]
  keysExamined: number
  docsExamined: number
  returned: number
}

type Part = Readonly<Record<string, unknown>>

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null

/** Every document inside `value` that is or may be a stage of a plan, except in the plans that were not chosen. */
function* partsOf(value: unknown): Generator<Part> {
  if (Array.isArray(value)) for (const item of value) yield* partsOf(item)
  else if (isPart(value)) {
    yield value
    for (const [key, inner] of Object.entries(value)) {
      if (!['rejectedPlans', 'allPlansExecution', 'command', 'parsedQuery', 'serverInfo'].includes(key))
        yield* partsOf(inner)
    }
  }
}

/** Runs the query and tells its stages (`IXSCAN`, `SORT`, `$sort` …), the indexes it used and what it touched. */
export async function explain(query: Explainable): Promise<Explained> {
  const answer = await query.explain('executionStats')
  const parts = [...partsOf(answer)]
  const words = (key: string) => [...new Set(parts.map(part => part[key]).filter(word => typeof word === 'string'))]
  const stats = parts.find(part => typeof part['totalKeysExamined'] === 'number')
  return {
    stages: [...words('stage'), ...(parts.some(part => isPart(part['$sort'])) ? ['$sort'] : [])],
    indexes: words('indexName'),
    keysExamined: Number(stats?.['totalKeysExamined'] ?? Number.NaN),
    docsExamined: Number(stats?.['totalDocsExamined'] ?? Number.NaN),
    returned: Number(stats?.['nReturned'] ?? Number.NaN),
  }
}

/**
 * Fails when a query of a screen reads a whole collection or sorts in memory. The collection must exist, because an
 * absent one is answered without a plan and would prove nothing. `maySort` allows the sort of a short list.
 */
export async function explainUsesIndex(query: Explainable, { maySort = false } = {}): Promise<Explained> {
  const explained = await explain(query)
  const { stages, indexes } = explained
  const plan = stages.join(' → ')
  if (stages.includes('EOF')) throw new AssertionError(`the collection is not there: ${plan}`)
  if (stages.includes('COLLSCAN')) throw new AssertionError(`reads the whole collection: ${plan}`)
  if (!maySort && (stages.includes('SORT') || stages.includes('$sort')))
    throw new AssertionError(`sorts in memory: ${plan}`)
  const byId = stages.some(stage => ['IDHACK', 'EXPRESS_IXSCAN', 'EXPRESS_CLUSTERED_IXSCAN'].includes(stage))
  if (indexes.length === 0 && !byId) throw new AssertionError(`uses no index: ${plan}`)
  return explained
}
