import type { Unmet } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { need } from '../kernel/need.ts'

/** What must hold before there is an assessment to step. */
export interface OpeningFacts {
  readonly year: WorkingYear
  readonly schoolActive: boolean
  /** Address of the assessment of this school and year that is already there and not cancelled. */
  readonly liveAssessmentHref?: string
  readonly regimeFits: boolean
  /** Whether a published criteria set fits the kind of school and the year. */
  readonly criteriaSetFits: boolean
}

/** Why this school's assessment of this year cannot be opened; empty when it can. */
export const openingUnmet = (facts: OpeningFacts): readonly Unmet[] => [
  ...need(
    facts.schoolActive,
    'schoolNotActive',
    'Trường không hoạt động vào ngày mở đợt (chưa thành lập, đã sáp nhập hoặc giải thể).',
  ),
  ...need(
    facts.liveAssessmentHref === undefined,
    'alreadyOpen',
    `Trường đã có đợt tự đánh giá năm học ${facts.year}.`,
    facts.liveAssessmentHref,
  ),
  ...need(
    facts.regimeFits,
    'regimeMissing',
    `Chưa có quy định kiểm định áp dụng cho loại trường này trong năm học ${facts.year}.`,
  ),
  ...need(
    facts.criteriaSetFits,
    'criteriaSetMissing',
    `Sở chưa ban hành bộ tiêu chí cho loại trường này trong năm học ${facts.year}.`,
  ),
]
