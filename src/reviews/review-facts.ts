import {
  assessmentHref,
  citationsIn,
  linksOf,
  ratingOf,
  sheetHref,
  type Assessment,
  type CitedEvidence,
  type SheetPin,
} from '../assessments/index.ts'
import type { CriteriaSet } from '../catalogue/index.ts'
import type { Day } from '../kernel/dates.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { isOpenQuestion, lastRound, type Review } from './review.ts'
import type { ReviewFacts } from './review-machine.ts'

/** What a review is judged by, besides the review itself. */
export interface Dossier {
  readonly assessment: Assessment
  readonly set: CriteriaSet
  readonly figures: { readonly locked: boolean; readonly reconciliation: string }
  readonly evidence: ReadonlyMap<string, CitedEvidence>
  /** The frozen words of the present round, by criterion code. */
  readonly pins: ReadonlyMap<string, SheetPin>
  readonly recognised: boolean
}

/** One line of the check of the form, met or not. */
export interface FormCheck extends Unmet {
  readonly label: string
  readonly met: boolean
}

export const reviewHref = (id: string): string => `/xem-xet/${id}`

export const reconciliationHref = ({ schoolId, year }: Pick<Review, 'schoolId' | 'year'>): string =>
  `/so-lieu/doi-sanh?${new URLSearchParams({ truong: schoolId, nam: year }).toString()}`

export const figuresHref = ({ schoolId, year }: Pick<Review, 'schoolId' | 'year'>): string =>
  `/so-lieu?${new URLSearchParams({ truong: schoolId, nam: year }).toString()}`

/** The check of the form that an acceptance rests on, in the order in which an officer goes through a dossier. */
export function formChecks({ assessment, set, figures, evidence, pins }: Dossier): readonly FormCheck[] {
  const { adopted, published } = assessment.report
  const sent = assessment.submissions.at(-1)
  const decisions = Object.values(assessment.criteria)
  const open = decisions.filter(({ state }) => state !== 'frozen').map(({ code }) => code)
  const level = ratingOf(assessment, set).level
  const broken = [...pins].filter(([, pin]) =>
    Object.values(pin.parts).some(text =>
      citationsIn(text).some(id => !['coded', 'frozen'].includes(evidence.get(id)?.state ?? '')),
    ),
  )
  const papers = `${assessmentHref(assessment.id)}/giay-to`
  const check = (code: string, met: boolean, label: string, message: string, href: string): FormCheck => ({
    code,
    met,
    label,
    message,
    href,
  })
  return [
    check(
      'reportMissing',
      adopted !== undefined && adopted.paperId !== '',
      'Báo cáo hội đồng đã thông qua',
      'Chưa có báo cáo được hội đồng thông qua.',
      papers,
    ),
    check(
      'signedCopyMissing',
      published?.paper === 'signedFile' || (published?.note ?? '') !== '',
      published?.paper === 'paper' ? `Bản giấy đã ký, đóng dấu (${published.note ?? ''})` : 'Báo cáo đã ký, đóng dấu',
      'Chưa có báo cáo đã ký, đóng dấu.',
      papers,
    ),
    check(
      'dispatchMissing',
      sent !== undefined && sent.number !== '' && sent.date !== '',
      'Công văn gửi có số và ngày',
      'Công văn gửi báo cáo chưa có số và ngày.',
      linksOf(assessment).report,
    ),
    check(
      'sheetsOpen',
      decisions.length > 0 && open.length === 0,
      'Mọi phiếu đánh giá tiêu chí đã được thống nhất',
      `Phiếu tiêu chí ${open.join(', ')} chưa được hội đồng thống nhất.`,
      sheetHref(assessment.id, open[0] ?? ''),
    ),
    check(
      'levelDiffers',
      adopted?.level === level,
      'Mức ghi trong báo cáo đúng với mức tính từ chỉ báo',
      'Mức ghi trong báo cáo khác mức tính từ các chỉ báo.',
      linksOf(assessment).report,
    ),
    check(
      'figuresOpen',
      figures.locked,
      'Số liệu Phần I đã chốt',
      'Số liệu Phần I của báo cáo chưa được chốt.',
      figuresHref(assessment),
    ),
    check(
      'citationBroken',
      broken.length === 0,
      'Minh chứng được dẫn đều có trong danh mục mã',
      `Tiêu chí ${broken.map(([code]) => code).join(', ')} dẫn minh chứng không có trong danh mục mã.`,
      sheetHref(assessment.id, broken[0]?.[0] ?? ''),
    ),
  ]
}

/** Everything the machine of reviews asks. */
export function reviewFactsOf(review: Review, dossier: Dossier, today: Day): ReviewFacts {
  const { remarks } = lastRound(review)
  return {
    today,
    fixes: remarks.filter(({ kind }) => kind === 'fix').length,
    openQuestions: remarks.filter(isOpenQuestion).map(question => ({
      code: 'questionOpen',
      message: `Câu hỏi chưa khép: ${question.text}`,
      href: `${reviewHref(review.id)}/nhan-xet#y-kien-${question.id}`,
    })),
    // Where the Sở does it in the unit's place, nobody is left to verify for the unit: the Sở reads the numbers itself.
    reconciliation:
      review.takenOver && dossier.figures.reconciliation === 'confirmed' ? 'verified' : dossier.figures.reconciliation,
    reconciliationHref: reconciliationHref(review),
    formLacks: formChecks(dossier)
      .filter(({ met }) => !met)
      .map(({ code, message, href }) => ({ code, message, ...(href !== undefined && { href }) })),
    recognised: dossier.recognised,
    inProvinceHands: review.handlerId === review.provinceId,
  }
}
