import {
  askedBy,
  forceOf,
  keyOf,
  partsOf,
  ratingOf,
  readable,
  REPORT,
  reportParts,
  sheetCodes,
  type AskedSheet,
  type Piece,
} from '../assessments/index.ts'
import { NotFound } from '../kernel/refusals.ts'
import { remarkModel, type RemarkModel } from './remark-model.ts'
import { FIGURES, lastRound, type Remark } from './review.ts'
import { figuresHref, reconciliationHref, reviewHref } from './review-facts.ts'
import { crumbs, reviewTabs, type ReviewView } from './review-page.ts'
import { mayOnReview } from './review-policy.ts'
import { nameOfPart } from './places.ts'
import { REVIEW_STATES } from './review-machine.ts'
import { REASONS, REMARK_KINDS } from './review-words.ts'
import { fateOf, sentencesOf } from './sentences.ts'

const VERDICTS: Readonly<Record<string, { readonly label: string; readonly tone: 'green' | 'red' | 'grey' }>> = {
  met: { label: 'Đạt', tone: 'green' },
  notMet: { label: 'Không đạt', tone: 'red' },
  notApplicable: { label: 'Không áp dụng', tone: 'grey' },
}

/** A sentence on the screen: what it says, and how it is chosen in the form. */
interface SentenceModel {
  readonly value: string
  readonly pieces: readonly Piece[]
  readonly startsLine: boolean
  readonly remarked: boolean
}

interface PartModel {
  readonly key: string
  readonly id: string
  readonly name: string
  readonly gist: string
  readonly verdict?: { readonly label: string; readonly tone: string }
  readonly sentences: readonly SentenceModel[]
  readonly remarks: readonly RemarkModel[]
}

/** One section of the report as it was sent: the texts sentence by sentence, with the remarks that stand on them. */
export function readingPage(view: ReviewView, wanted: string, remarkId: string) {
  const { actor, review, dossier, names } = view
  const places = placesIn(view)
  const code = wanted === '' ? (places.find(place => place.code !== REPORT)?.code ?? REPORT) : wanted
  const at = places.findIndex(place => place.code === code)
  const here = places[at]
  if (!here) throw new NotFound('Báo cáo không có phần này.')
  const { remarks } = lastRound(review)
  const ofSection = remarks.filter(({ anchor }) => anchor.code === code)
  const writable = mayOnReview.remark(actor, review) && review.state === 'underReview'
  const base = reviewHref(review.id)
  const sectionHref = (each: string): string => `${base}/doc?phan=${encodeURIComponent(each)}`
  return {
    wide: true,
    breadcrumbs: crumbs(review, names),
    tabs: reviewTabs(review, 'doc'),
    state: REVIEW_STATES[review.state],
    code,
    title: here.title,
    badge: here.badge,
    levels: levelsOf(view, code),
    tree: places.map(place => ({
      ...place,
      href: sectionHref(place.code),
      current: place.code === code,
      remarks: remarks.filter(({ anchor }) => anchor.code === place.code).length,
    })),
    previous: places[at - 1] && sectionHref(places[at - 1]?.code ?? ''),
    next: places[at + 1] && sectionHref(places[at + 1]?.code ?? ''),
    parts: code === FIGURES ? [] : partsIn(view, code, ofSection, writable),
    whole: ofSection.filter(({ anchor }) => anchor.part === '').map(remark => modelOf(view, remark, writable)),
    improvements: dossier.pins.get(code)?.actions ?? [],
    figures: code === FIGURES ? { href: figuresHref(review), reconciliation: reconciliationHref(review) } : undefined,
    writable,
    whyNot: writable ? '' : whyNot(view),
    beginHref: review.state === 'received' && mayOnReview.begin(actor, review) ? `${base}#buoc-begin` : '',
    /** Under which name what is typed is kept on the person's machine, and the id of the remark that the form will write. */
    draft: { person: actor.personId, key: `${review.id}:${review.rounds.length}:${code}`, remark: remarkId },
    form: {
      action: `${base}/nhan-xet`,
      kinds: Object.entries(REMARK_KINDS).map(([value, { label, hint }]) => ({ value, label, hint })),
      reasons: Object.entries(REASONS).map(([value, label]) => ({ value, label })),
    },
  }
}

function whyNot({ actor, review }: ReviewView): string {
  if (!mayOnReview.remark(actor, review)) return 'Chỉ đơn vị xem xét ghi nhận xét.'
  return review.state === 'received'
    ? 'Bấm “Bắt đầu xem xét” để ghi nhận xét; từ lúc đó trường không rút lại báo cáo được.'
    : 'Hồ sơ không còn ở bước xem xét nên không ghi thêm nhận xét.'
}

/** Everything in the report that can be read and remarked on, in the order of the report. */
function placesIn({ dossier: { assessment, set } }: ReviewView) {
  const { criteria, local } = ratingOf(assessment, set)
  const rating = new Map([...criteria, ...local].map(each => [each.code, each]))
  const force = forceOf(assessment, set)
  return [
    { code: REPORT, label: 'Phần chung', title: 'Phần chung của báo cáo', badge: undefined },
    { code: FIGURES, label: 'Số liệu Phần I', title: 'Phần I, số liệu của nhà trường', badge: undefined },
    ...sheetCodes(set, assessment.aimsAtLevelFour).flatMap(code => {
      const asked = askedBy(set, code, force)
      if (!asked || !assessment.criteria[keyOf(code)]) return []
      const found = rating.get(code)
      const level = found?.level ?? 0
      return [
        {
          code,
          label: code,
          title: `Tiêu chí ${code}: ${asked.title}`,
          badge:
            found === undefined
              ? undefined
              : !found.applicable
                ? { label: 'Không áp dụng', tone: 'grey' as const }
                : level > 0
                  ? { label: `Mức ${level}`, tone: 'green' as const }
                  : { label: 'Không đạt', tone: 'red' as const },
        },
      ]
    }),
  ]
}

/** What keeps the criterion from the next level, in a sentence. */
function levelsOf({ dossier: { assessment, set } }: ReviewView, code: string): string {
  const { criteria, local } = ratingOf(assessment, set)
  const found = [...criteria, ...local].find(each => each.code === code)
  if (!found?.applicable || found.blockedBy.length === 0) return ''
  const blocks = found.blockedBy.map(({ level, indicator }) => `Mức ${level}, chỉ báo ${indicator}`)
  return `Chưa lên mức cao hơn vì: ${[...new Set(blocks)].join('; ')}.`
}

function partsIn(view: ReviewView, code: string, remarks: readonly Remark[], writable: boolean): readonly PartModel[] {
  const { assessment, set, pins, evidence } = view.dossier
  const texts = pins.get(code)?.parts ?? {}
  const asked = code === REPORT ? undefined : askedBy(set, code, forceOf(assessment, set))
  const keys = asked
    ? partsOf({ asked })
    : reportParts(set)
        .map(({ key }) => key)
        .filter(key => (texts[key] ?? '') !== '')
  return keys.map(key => {
    const stored = texts[key] ?? ''
    const own = remarks.filter(({ anchor }) => anchor.part === key)
    const marked = new Set(
      own.flatMap(({ anchor }) => {
        if (anchor.quote === '') return []
        const fate = fateOf(anchor.quote, anchor.offset, stored)
        return fate.kind === 'gone' ? [] : [fate.offset]
      }),
    )
    const verdict = verdictOf(view, code, key, asked)
    return {
      key,
      id: `phan-${key.replaceAll('.', '-')}`,
      name: nameOfPart(view.dossier, { code, part: key }),
      gist: asked?.indicators.find(each => `description.${each.level}.${each.code}` === key)?.gist ?? '',
      ...(verdict && { verdict }),
      sentences: sentencesOf(stored).map(({ text, offset, startsLine }, index) => ({
        value: `${key}|${index}`,
        pieces: readable(text, evidence)[0]?.lines[0] ?? [],
        startsLine,
        remarked: marked.has(offset),
      })),
      remarks: own.map(remark => modelOf(view, remark, writable)),
    }
  })
}

const modelOf = ({ actor, review, dossier }: ReviewView, remark: Remark, writable: boolean): RemarkModel =>
  remarkModel({ actor, review, dossier, writable }, remark)

function verdictOf({ dossier }: ReviewView, code: string, key: string, asked: AskedSheet | undefined) {
  const indicator = asked?.indicators.find(each => `description.${each.level}.${each.code}` === key)
  if (!indicator) return undefined
  if (!indicator.applicable) return VERDICTS['notApplicable']
  const verdict = dossier.assessment.criteria[keyOf(code)]?.answers[indicator.level]?.[indicator.code]
  return VERDICTS[verdict ?? ''] ?? { label: 'Chưa đánh giá', tone: 'grey' as const }
}
