import type { Advice, CriteriaSet } from './criteria-set.ts'
import { allCriteria } from './criteria-tree.ts'

export type NodeChange = 'added' | 'changed' | 'gone' | 'kept'

/** One local node or one criterion's advice, before and after. */
export interface NodeDiff {
  readonly key: string
  readonly change: NodeChange
  readonly before: string
  readonly after: string
}

/** What a place added, as one text per node: local words and advice. */
function textsOf(set: CriteriaSet): ReadonlyMap<string, string> {
  return new Map([
    ...set.standards.flatMap(standard => (standard.local ? [[standard.code, standard.title] as const] : [])),
    ...allCriteria(set).flatMap(criterion => [
      ...(criterion.local ? [[criterion.code, criterion.title] as const] : []),
      ...criterion.levels.flatMap(({ level, indicators }) =>
        indicators
          .filter(one => one.local)
          .map(one => [`${criterion.code}/${level}/${one.code}`, one.official ?? one.gist] as const),
      ),
      ...adviceTexts(criterion.code, criterion),
    ]),
  ])
}

const adviceTexts = (code: string, advice: Advice): readonly (readonly [string, string])[] => {
  const text = [
    advice.guidance ?? '',
    ...(advice.goodEvidence ?? []).map(line => `Minh chứng tốt: ${line}`),
    ...(advice.requiredEvidence ?? []).map(line => `Minh chứng bắt buộc: ${line}`),
    ...(advice.due === undefined ? [] : [`Hạn: ${advice.due.split('-').toReversed().join('/')}`]),
  ]
    .filter(line => line !== '')
    .join('\n')
  return text === '' ? [] : [[`${code} (hướng dẫn)`, text]]
}

/** Local nodes and advice of two versions of a set, node by node; a set that is not there yet has none. */
export function diffNodes(before: CriteriaSet | undefined, after: CriteriaSet): readonly NodeDiff[] {
  const old = before ? textsOf(before) : new Map<string, string>()
  const now = textsOf(after)
  return [
    ...[...now].map(([key, text]): NodeDiff => {
      const was = old.get(key)
      const change = was === undefined ? 'added' : was === text ? 'kept' : 'changed'
      return { key, change, before: was ?? '', after: text }
    }),
    ...[...old]
      .filter(([key]) => !now.has(key))
      .map(([key, text]): NodeDiff => ({ key, change: 'gone', before: text, after: '' })),
  ]
}
