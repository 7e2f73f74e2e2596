import { rateCriterion, criterionOf } from '../catalogue/index.ts'
import { forceOf } from './asked.ts'
import { isLevelFour, type Assessment } from './assessment.ts'
import type { CriterionFacts } from './criterion-machine.ts'
import { groupSize } from './group-rules.ts'
import { sheetHref } from './links.ts'
import { isFilled } from '../kernel/need.ts'
import type { CitedEvidence, ProcessNumbers } from './needs.ts'
import type { OpenSheet } from './open-sheet.ts'
import { descriptionPart, type Sheet } from './sheet.ts'
import { findingsOf } from './sheet-findings.ts'
import { citationsIn } from './sheet-lint.ts'

/** Everything the criterion machine asks about one sheet, read from the decision, its words and the evidence cited. */
export function criterionFactsOf(
  { assessment, set, decision, asked }: Omit<OpenSheet, 'place'>,
  sheet: Sheet,
  evidence: ReadonlyMap<string, CitedEvidence>,
  numbers: ProcessNumbers,
  today: string,
): CriterionFacts {
  const textOf = (part: string): string => sheet.parts[part]?.text ?? ''
  const coded = (part: string): number =>
    citationsIn(textOf(part)).filter(id => ['coded', 'frozen'].includes(evidence.get(id)?.state ?? '')).length
  const group = assessment.groups.find(each => each.id === decision.groupId)
  return {
    state: decision.state,
    assessmentInWork: assessment.state === 'working' || assessment.state === 'drafting',
    carriedOver: decision.notReviewed === true,
    indicators: asked.indicators.map(indicator => {
      const verdict = decision.answers[indicator.level]?.[indicator.code]
      const row = sheet.analysis.find(each => each.level === indicator.level && each.indicator === indicator.code)
      return {
        level: indicator.level,
        code: indicator.code,
        lettered: indicator.lettered,
        applicable: indicator.applicable,
        analysed:
          row !== undefined && (isFilled(row.notNeeded) || (isFilled(row.questions) && isFilled(row.evidenceNeeded))),
        ...(verdict !== undefined && { verdict }),
        codedCitations: coded(descriptionPart(indicator.level, indicator.code)),
      }
    }),
    levelsClaimed: levelsClaimed(assessment, { set, decision, asked }),
    levelsDescribed: [
      ...new Set(
        asked.indicators
          .filter(indicator => isFilled(textOf(descriptionPart(indicator.level, indicator.code))))
          .map(indicator => indicator.level),
      ),
    ],
    strengthsFilled: isFilled(textOf('strengths')),
    weaknessesFilled: isFilled(textOf('weaknesses')),
    actionCount: sheet.actions.length,
    lintErrors: findingsOf({ assessment, decision, asked }, sheet, evidence, today).filter(
      finding => finding.severity === 'error',
    ),
    authorIds: authorsOf(decision.authors, sheet),
    groupSize: group ? groupSize(group) : 0,
    councilSize: assessment.councilVersions.at(-1)?.members.length ?? 0,
    voteShare: numbers.voteShare,
    namedInReturn:
      assessment.submissions.at(-1)?.returned?.points.some(point => point.criterion === decision.code) ?? false,
    sheetHref: sheetHref(assessment.id, decision.code),
  }
}

/** Levels that the answers reach: the sheet must describe each of them. */
function levelsClaimed(
  assessment: Assessment,
  { set, decision }: Pick<OpenSheet, 'set' | 'decision' | 'asked'>,
): readonly string[] {
  if (isLevelFour(decision.code)) return decision.answers['4']?.['a'] === 'met' ? ['4'] : []
  const criterion = criterionOf(set, decision.code)
  if (!criterion) return []
  const { level, perLevel } = rateCriterion(criterion, decision.answers, forceOf(assessment, set))
  return ([1, 2, 3] as const).filter(each => each <= level && perLevel[each] === 'met').map(String)
}

/** Those who answered and those whose words stand in the sheet now. */
export const authorsOf = (answered: readonly string[], sheet: Sheet): readonly string[] => [
  ...new Set([...answered, ...Object.values(sheet.parts).map(part => part.by)]),
]
