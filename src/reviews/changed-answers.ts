import { askedBy, forceOf, indicatorName, verdictName } from '../assessments/index.ts'
import type { Answers } from '../catalogue/index.ts'
import { compareCodes } from '../kernel/words.ts'
import type { PinnedText, Round } from './review.ts'
import type { Dossier } from './review-facts.ts'

/** One indicator that the school answers otherwise than in the round before. */
export interface AnswerChange {
  readonly code: string
  readonly level: string
  readonly indicator: string
  readonly was: string | undefined
  readonly is: string | undefined
}

const verdictsOf = (answers: Answers): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(answers).flatMap(([level, byIndicator]) =>
      Object.entries(byIndicator).map(([indicator, verdict]) => [`${level}.${indicator}`, verdict] as const),
    ),
  )

/**
 * Indicators whose answer is another in the later round, by criterion, level and letter. A criterion that one of the two
 * rounds lacks, or whose answers were not kept with it, is left out: nothing is known of it.
 */
export function changedAnswers(before: readonly PinnedText[], now: readonly PinnedText[]): readonly AnswerChange[] {
  const earlier = new Map(before.map(({ code, answers }) => [code, answers]))
  return now
    .toSorted((a, b) => compareCodes(a.code, b.code))
    .flatMap(({ code, answers }) => {
      const previous = earlier.get(code)
      if (!previous || !answers) return []
      const [was, is] = [verdictsOf(previous), verdictsOf(answers)]
      return [...new Set([...was.keys(), ...is.keys()])].toSorted().flatMap(key => {
        const [level = '', indicator = ''] = key.split('.')
        const change = { code, level, indicator, was: was.get(key), is: is.get(key) }
        return change.was === change.is ? [] : [change]
      })
    })
}

/** The changed answers as lines of the page; `Tiêu chí 1.2, Mức 1, chỉ báo b`. */
export const answerLines = ({ assessment, set }: Pick<Dossier, 'assessment' | 'set'>, before: Round, now: Round) =>
  changedAnswers(before.read, now.read).map(({ code, level, indicator, was, is }) => {
    const asked = askedBy(set, code, forceOf(assessment, set))?.indicators.find(
      each => each.level === level && each.code === indicator,
    )
    return {
      what: `Tiêu chí ${code}, ${indicatorName(level, indicator, asked?.lettered ?? true)}`,
      was: verdictName(was),
      is: verdictName(is),
    }
  })
