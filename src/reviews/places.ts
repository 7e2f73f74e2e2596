import {
  askedBy,
  descriptionPart,
  forceOf,
  indicatorName,
  PART_NAMES,
  REPORT,
  reportParts,
  toLabels,
} from '../assessments/index.ts'
import { FIGURES, type Anchor } from './review.ts'
import type { Dossier } from './review-facts.ts'

type Where = Pick<Dossier, 'assessment' | 'set'>

/** What a part of a sheet or of the report is called: `Mô tả Mức 1, chỉ báo a`, `Điểm mạnh`, `Kết luận chung`. */
export function nameOfPart({ assessment, set }: Where, { code, part }: Pick<Anchor, 'code' | 'part'>): string {
  if (code === REPORT) return reportParts(set).find(({ key }) => key === part)?.title ?? ''
  const indicator = askedBy(set, code, forceOf(assessment, set))?.indicators.find(
    each => descriptionPart(each.level, each.code) === part,
  )
  if (indicator) return `Mô tả ${indicatorName(indicator.level, indicator.code, indicator.lettered)}`
  if (part === 'strengths' || part === 'weaknesses' || part === 'improvement') return PART_NAMES[part]
  // An indicator that the present set does not ask for any more is still named where an earlier report is compared.
  const [kind, level, gone] = part.split('.')
  return kind === 'description' && level !== undefined && gone !== undefined
    ? `Mô tả ${indicatorName(level, gone, true)}`
    : ''
}

/** The place of a remark in words: `Tiêu chí 1.2, Điểm yếu`. */
export function nameOfPlace(anchor: Pick<Anchor, 'code' | 'part'>, dossier: Where): string {
  const part = nameOfPart(dossier, anchor)
  if (anchor.code === FIGURES) return 'Phần I, số liệu của nhà trường'
  if (anchor.code === REPORT) return part === '' ? 'Phần chung của báo cáo' : part
  return part === '' ? `Tiêu chí ${anchor.code}` : `Tiêu chí ${anchor.code}, ${part}`
}

/** A quoted sentence as people read it: citations by their codes, without marks. */
export const quoteInWords = (quote: string, { evidence }: Pick<Dossier, 'evidence'>): string =>
  toLabels(quote, evidence).replace(/\*\*?/g, '')

/** A quoted sentence with the words that were marked in it; without marked words all of it stands before. */
export function quoteParts(anchor: Anchor, dossier: Pick<Dossier, 'evidence'>) {
  const sentence = quoteInWords(anchor.quote, dossier)
  const marked = anchor.words ?? ''
  const at = marked === '' ? -1 : sentence.indexOf(marked)
  // Marked words that run over a citation chip may be spaced otherwise than the sentence.
  return at < 0
    ? { before: sentence, marked: '', after: '' }
    : { before: sentence.slice(0, at), marked, after: sentence.slice(at + marked.length) }
}
