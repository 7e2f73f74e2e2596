import { page, pdf, redirect, type Request, type Route } from '../http/route.ts'
import { dayOf } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import { shiftYear } from '../kernel/working-year.ts'
import { assignReview } from './assign.ts'
import type { Pins } from './changed-evidence.ts'
import { differencePage } from './difference-page.ts'
import type { ReviewNeeds } from './needs.ts'
import { dossierOf, openReview } from './open-review.ts'
import { readingPage } from './reading-page.ts'
import { addRemark, closeQuestion, dropRemark, turnRemark } from './remarks.ts'
import { remarksPage } from './remarks-page.ts'
import { comparedWith, type Review, type Round } from './review.ts'
import { reviewHref } from './review-facts.ts'
import {
  acceptFrom,
  assignmentFrom,
  dueFrom,
  forwardFrom,
  reasonFrom,
  receivedNumberFrom,
  remarkFrom,
  returnFrom,
  takingOverFrom,
  turnedKindFrom,
} from './review-input.ts'
import { reviewPage, type ReviewView } from './review-page.ts'
import { mayOnReview } from './review-policy.ts'
import {
  acceptReport,
  beginReview,
  forwardReport,
  returnFromProvince,
  returnReport,
  takeOver,
  withdrawAcceptance,
} from './step-review.ts'

const BASE = '/xem-xet/:id'
const idOf = ({ params }: Request): string => params['id'] ?? ''

/** One dossier on the desk: its overview, the report with remarks, the comparison, its steps and letters. */
export function reviewRoutes(needs: ReviewNeeds): Route[] {
  const viewOf = async (request: Request): Promise<ReviewView> => {
    const { actor } = request
    const review = await openReview(needs, actor, idOf(request))
    const [dossier, names, numbers, officers, all] = await Promise.all([
      dossierOf(needs, review),
      needs.unitNames([review.schoolId, review.handlerId, review.unitId]),
      needs.reviewNumbers(review),
      mayOnReview.assign(actor, review) ? needs.officersOf(review.handlerId) : [],
      needs.assessment.assessments.ofSchool(review.schoolId),
    ])
    const before = shiftYear(review.year, -1)
    const lastYear = all.find(each => each.year === before && each.report.adopted !== undefined)
    return { actor, review, dossier, names, numbers, officers, lastYear, today: dayOf(needs.assessment.now()) }
  }
  const nameOf = ({ review, names }: ReviewView): string => names.get(review.schoolId) ?? review.schoolId
  const pinsOf = async ({ read }: Round): Promise<Pins> => {
    const pins = await needs.assessment.sheets.pins(read.map(({ pin }) => pin))
    const codes = new Map(read.map(({ code, pin }) => [pin, code]))
    return new Map(pins.map(pin => [codes.get(pin.id) ?? '', pin]))
  }

  return [
    {
      method: 'get',
      path: BASE,
      access: 'signedIn',
      handle: async request => {
        const view = await viewOf(request)
        return page('reviews/review', nameOf(view), reviewPage(view))
      },
    },
    {
      method: 'get',
      path: `${BASE}/doc`,
      access: 'signedIn',
      handle: async request => {
        const view = await viewOf(request)
        const model = readingPage(view, request.query['phan'] ?? '', needs.newId())
        return page('reviews/reading', `Đọc báo cáo – ${nameOf(view)}`, model)
      },
    },
    {
      method: 'get',
      path: `${BASE}/nhan-xet`,
      access: 'signedIn',
      handle: async request => {
        const view = await viewOf(request)
        return page('reviews/remarks', `Nhận xét – ${nameOf(view)}`, remarksPage(view))
      },
    },
    {
      method: 'get',
      path: `${BASE}/so-sanh`,
      access: 'signedIn',
      handle: async request => {
        const view = await viewOf(request)
        const round = comparedWith(view.review)
        if (!round) throw new NotFound('Đây là lần gửi đầu tiên nên chưa có gì để so sánh.')
        const [pins, withNewFiles] = await Promise.all([
          pinsOf(round),
          needs.withNewFiles(view.review.id, round.outcome?.on ?? round.receivedOn),
        ])
        return page(
          'reviews/difference',
          `So sánh – ${nameOf(view)}`,
          differencePage(view, { round, pins, withNewFiles }),
        )
      },
    },
    {
      method: 'get',
      path: `${BASE}/van-ban/:letter.pdf`,
      access: 'signedIn',
      handle: async request => {
        const review = await needs.reviews.find(idOf(request))
        const mayRead =
          review !== undefined &&
          (mayOnReview.read(request.actor, review) || mayOnReview.seeAsSchool(request.actor, review))
        const letter = review?.letters.find(({ id }) => id === request.params['letter'])
        if (!mayRead || !letter) throw new NotFound('Không tìm thấy văn bản này.')
        const name = letter.kind === 'return' ? 'yeu-cau-hoan-thien' : 'thong-bao-chap-nhan'
        return pdf(await needs.fileBytes(letter.sha256), `${name}-${review.id}.pdf`)
      },
    },
    ...remarkRoutes(needs),
    ...stepRoutes(needs),
  ]
}

function remarkRoutes(needs: ReviewNeeds): Route[] {
  const on = (
    path: string,
    said: string,
    work: (request: Request, id: string, remarkId: string) => Promise<Review>,
  ): Route => ({
    method: 'post',
    path: `${BASE}/nhan-xet/:remark/${path}`,
    access: 'signedIn',
    handle: async request => {
      const { id } = await work(request, idOf(request), request.params['remark'] ?? '')
      request.flash('success', said)
      return redirect(`${reviewHref(id)}/nhan-xet`)
    },
  })
  return [
    {
      method: 'post',
      path: `${BASE}/nhan-xet`,
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const wanted = remarkFrom(body)
        const { id } = await addRemark(needs)(actor, params['id'] ?? '', wanted)
        flash('success', wanted.kind === 'question' ? 'Đã gửi câu hỏi cho trường.' : 'Đã ghi nhận xét.')
        const part = wanted.part === '' ? '' : `#phan-${wanted.part.replaceAll('.', '-')}`
        return redirect(`${reviewHref(id)}/doc?phan=${encodeURIComponent(wanted.code)}${part}`)
      },
    },
    on('bo', 'Đã bỏ nhận xét.', ({ actor }, id, remark) => dropRemark(needs)(actor, id, remark)),
    on('khep', 'Đã khép câu hỏi.', ({ actor }, id, remark) => closeQuestion(needs)(actor, id, remark)),
    on('doi', 'Đã đổi loại nhận xét.', ({ actor, body }, id, remark) =>
      turnRemark(needs)(actor, id, remark, turnedKindFrom(body)),
    ),
  ]
}

function stepRoutes(needs: ReviewNeeds): Route[] {
  const on = (path: string, said: string, work: (request: Request, id: string) => Promise<Review>): Route => ({
    method: 'post',
    path: `${BASE}/${path}`,
    access: 'signedIn',
    handle: async request => {
      const { id } = await work(request, idOf(request))
      request.flash('success', said)
      return redirect(reviewHref(id))
    },
  })
  return [
    on('bat-dau', 'Đã bắt đầu xem xét. Trường không rút lại báo cáo được nữa.', ({ actor, body }, id) =>
      beginReview(needs)(actor, id, receivedNumberFrom(body)),
    ),
    on('phan-cong', 'Đã phân công.', ({ actor, body }, id) =>
      assignReview(needs)(actor, id, assignmentFrom(body).officer),
    ),
    on('tra-lai', 'Đã trả hồ sơ. Trường thấy từng nội dung cần hoàn thiện.', ({ actor, body }, id) =>
      returnReport(needs)(actor, id, returnFrom(body)),
    ),
    on('chap-nhan', 'Đã chấp nhận báo cáo.', ({ actor, body }, id) => acceptReport(needs)(actor, id, acceptFrom(body))),
    on('chuyen', 'Đã chuyển hồ sơ lên Sở.', ({ actor, body }, id) =>
      forwardReport(needs)(actor, id, forwardFrom(body)),
    ),
    on('so-tra-lai', 'Đã trả hồ sơ về đơn vị và trường.', ({ actor, body }, id) =>
      returnFromProvince(needs)(actor, id, reasonFrom(body), dueFrom(body)),
    ),
    on('rut-chap-nhan', 'Đã rút lại việc chấp nhận; hồ sơ trở lại bước xem xét.', ({ actor, body }, id) =>
      withdrawAcceptance(needs)(actor, id, reasonFrom(body)),
    ),
    on('so-lam-thay', 'Sở tiếp nhận việc xem xét hồ sơ này.', ({ actor, body }, id) =>
      takeOver(needs)(actor, id, takingOverFrom(body)),
    ),
  ]
}
