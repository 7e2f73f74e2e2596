import { anchorId, type ReturnPoint } from '../assessments/index.ts'
import { REPORT } from '../assessments/index.ts'
import { FIGURES, type Anchor, type Remark, type Round } from './review.ts'
import { REASONS } from './review-words.ts'

/** What must be mended in a round, as the assessment keeps it and the school answers it. */
export const pointsOf = ({ remarks }: Pick<Round, 'remarks'>): readonly ReturnPoint[] =>
  remarks.filter(({ kind }) => kind === 'fix').map(pointOf)

const pointOf = ({ anchor, reason, text }: Remark): ReturnPoint => ({
  ...(isCriterion(anchor) && { criterion: anchor.code }),
  anchor: elementOf(anchor),
  reason: text === '' ? `${REASONS[reason]}.` : `${REASONS[reason]}: ${text}`,
  ...(anchor.quote !== '' && { quote: anchor.quote }),
})

export const isCriterion = ({ code }: Pick<Anchor, 'code'>): boolean => code !== REPORT && code !== FIGURES

/** The element id of a part on the school's own screens: of a sheet `mo-ta-1-a`, of the report desk `phan-situation`. */
export function elementOf(anchor: Pick<Anchor, 'code' | 'part'>): string {
  const { code, part } = anchor
  if (part === '') return ''
  if (!isCriterion({ code })) return `phan-${part.replaceAll('.', '-')}`
  const [kind, level, indicator] = part.split('.')
  if (kind === 'description' && level !== undefined && indicator !== undefined)
    return anchorId({ part: 'description', level, indicator })
  return kind === 'strengths' || kind === 'weaknesses' || kind === 'improvement' ? anchorId({ part: kind }) : ''
}
