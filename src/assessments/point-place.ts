import type { CriteriaSet } from '../catalogue/index.ts'
import { askedBy, forceOf } from './asked.ts'
import type { Assessment, ReturnPoint } from './assessment.ts'
import { reportParts } from './report-texts.ts'
import { anchorId, indicatorName } from './sheet-anchor.ts'
import { PART_NAMES, TEXT_PARTS } from './sheet.ts'

/** Where a point of a return lies, as people call it: `Tiêu chí 1.4, Mô tả Mức 1, chỉ báo a`; empty for the whole report. */
export function placeOfPoint(
  { criterion, anchor }: Pick<ReturnPoint, 'criterion' | 'anchor'>,
  assessment: Assessment,
  set: CriteriaSet,
): string {
  if (criterion === undefined)
    return reportParts(set).find(({ key }) => `phan-${key.replaceAll('.', '-')}` === anchor)?.title ?? ''
  const indicator = askedBy(set, criterion, forceOf(assessment, set))?.indicators.find(
    ({ level, code }) => anchorId({ part: 'description', level, indicator: code }) === anchor,
  )
  const text = TEXT_PARTS.find(part => anchorId({ part }) === anchor)
  const part = indicator
    ? `Mô tả ${indicatorName(indicator.level, indicator.code, indicator.lettered)}`
    : text && PART_NAMES[text]
  return part === undefined ? `Tiêu chí ${criterion}` : `Tiêu chí ${criterion}, ${part}`
}
