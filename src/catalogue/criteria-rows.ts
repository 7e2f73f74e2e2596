import type { Advice, CriteriaSet, Criterion, Indicator } from './criteria-set.ts'

/** One node of a set as a row of a sheet; empty texts stand for what it does not have. */
export interface NodeRow {
  readonly kind: 'standard' | 'criterion' | 'level' | 'indicator' | 'clause'
  readonly code: string
  readonly parent: string
  readonly level: string
  readonly words: string
  readonly official: string
  readonly cite: string
  readonly local: boolean
  readonly guidance: string
  /** One thing a line. */
  readonly good: string
  readonly required: string
  /** `MM-DD`. */
  readonly due: string
  /** JSON of everything else about the node; empty when there is nothing. */
  readonly rest: string
}

const BARE = {
  parent: '',
  level: '',
  words: '',
  official: '',
  cite: '',
  local: false,
  guidance: '',
  good: '',
  required: '',
  due: '',
  rest: '',
} as const

/** Every node of a set in the order of its tree. */
export const criteriaRows = (set: CriteriaSet): readonly NodeRow[] => [
  ...set.standards.flatMap(({ code, title, criteria, local, ...rest }) => [
    { ...BARE, kind: 'standard' as const, code, words: title, local: local === true, rest: jsonOf(rest) },
    ...criteria.flatMap(criterion => criterionRows(code, criterion)),
  ]),
  ...set.levelFour.map(({ code, gist, cite, ...rest }) => ({
    ...BARE,
    kind: 'clause' as const,
    code,
    words: gist,
    cite,
    rest: jsonOf(rest),
  })),
]

function criterionRows(standard: string, criterion: Criterion): readonly NodeRow[] {
  const { code, title, levels, local, guidance, goodEvidence, requiredEvidence, due, ...rest } = criterion
  return [
    {
      ...BARE,
      kind: 'criterion',
      code,
      parent: standard,
      words: title,
      local: local === true,
      ...adviceCells({
        ...(guidance !== undefined && { guidance }),
        ...(goodEvidence && { goodEvidence }),
        ...(requiredEvidence && { requiredEvidence }),
        ...(due !== undefined && { due }),
      }),
      rest: jsonOf(rest),
    },
    ...levels.flatMap(({ level, indicators, ...other }) => [
      { ...BARE, kind: 'level' as const, code: level, parent: code, rest: jsonOf(other) },
      ...indicators.map(indicator => indicatorRow(code, level, indicator)),
    ]),
  ]
}

const indicatorRow = (criterion: string, level: string, indicator: Indicator): NodeRow => {
  const { code, gist, official, cite, local, ...rest } = indicator
  return {
    ...BARE,
    kind: 'indicator',
    code,
    parent: criterion,
    level,
    words: gist,
    official: official ?? '',
    cite,
    local: local === true,
    rest: jsonOf(rest),
  }
}

/** Advice in the cells of its criterion. */
export const adviceCells = ({ guidance, goodEvidence, requiredEvidence, due }: Advice) => ({
  guidance: guidance ?? '',
  good: (goodEvidence ?? []).join('\n'),
  required: (requiredEvidence ?? []).join('\n'),
  due: due ?? '',
})

const jsonOf = (rest: object): string => (Object.keys(rest).length === 0 ? '' : JSON.stringify(rest))
