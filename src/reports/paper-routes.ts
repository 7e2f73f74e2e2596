import { assessmentHref, demandReading, keyOf, may, type Assessment } from '../assessments/index.ts'
import { page, pdf, type Answer, type Request, type Route } from '../http/route.ts'
import { Forbidden, NotFound } from '../kernel/refusals.ts'
import { DOCX_MIME, renderHtml, type Doc } from '../paper/index.ts'
import { badgeOf, centreHref, centrePage, draftHref } from './centre-page.ts'
import { drawingSteps, keepingDrawer } from './draw-print.ts'
import { DRAFT_KINDS, draftKindFrom, FORMS, type DraftKind } from './forms.ts'
import { paperBytes, paperDoc } from './freeze-paper.ts'
import { documentOf, type Asked } from './gather.ts'
import { mayReadDraft, mayReadDrafts, mayReadPaper, papersInForce } from './paper-policy.ts'
import type { Paper } from './paper.ts'
import { publicCopyOf } from './public-copy.ts'
import type { ReportNeeds } from './report-needs.ts'
import { workingCopyOf } from './working-copy.ts'

const NO_PAPER = 'Không tìm thấy giấy tờ này.'

/** The paper centre of an assessment, its drafts, its kept papers and single sheets as PDF. */
export function paperRoutes(needs: ReportNeeds): Route[] {
  const drawer = keepingDrawer(needs.draw)

  const open = async ({ actor, params }: Request): Promise<Assessment> => {
    const assessment = await needs.assessment(params['id'] ?? '')
    if (!assessment || !may.read(actor, assessment)) throw new NotFound('Không tìm thấy đợt tự đánh giá này.')
    return assessment
  }

  const openForDrafts = async (request: Request): Promise<Assessment> => {
    const assessment = await open(request)
    if (!mayReadDrafts(request.actor, assessment)) throw new NotFound(NO_PAPER)
    return assessment
  }

  const openDraft = async (request: Request) => {
    const assessment = await openForDrafts(request)
    const kind = kindFrom(request)
    if (!mayReadDraft(request.actor, assessment, kind))
      throw new Forbidden('Khi đang đánh giá tiêu chí bạn chỉ đọc phiếu của nhóm mình nên chưa in được cả báo cáo.')
    return { assessment, kind }
  }

  const openPaper = async ({ actor, params }: Request): Promise<{ paper: Paper; assessment: Assessment }> => {
    const paper = await needs.papers.get(params['paperId'] ?? '')
    const assessment = await needs.assessment(paper.assessmentId)
    if (!assessment || !mayReadPaper(actor, assessment, paper)) throw new NotFound(NO_PAPER)
    return { paper, assessment }
  }

  const printed = async (doc: Doc, name: string): Promise<Answer> => pdf((await drawer(doc)).bytes, `${name}.pdf`)

  const inWord = async (doc: Doc, name: string): Promise<Answer> => ({
    kind: 'file',
    body: await needs.drawWord(doc),
    mime: DOCX_MIME,
    name: `${name}.docx`,
  })

  const sheetPdf = (kind: 'sheet' | 'analysis') => async (request: Request) => {
    const code = request.params['code'] ?? ''
    const assessment = await openForDrafts(request)
    const decision = assessment.criteria[keyOf(code)]
    if (decision) demandReading(request.actor, assessment, decision)
    const doc = await documentOf(needs)(assessment, { kind, code, draft: true })
    return printed(doc, `${FORMS[kind].slug}-${code}`)
  }

  return [
    {
      method: 'get',
      path: '/danh-gia/:id/giay-to',
      access: 'signedIn',
      handle: async request => {
        const assessment = await open(request)
        const [papers, received] = await Promise.all([
          needs.papers.ofAssessment(assessment.id),
          needs.received?.(request.actor, assessment.id) ?? [],
        ])
        return page('reports/centre', 'Giấy tờ', centrePage(request.actor, assessment, papers, received))
      },
    },
    {
      method: 'get',
      path: '/danh-gia/:id/giay-to/du-thao/:kind.pdf',
      access: 'signedIn',
      handle: async request => {
        const { assessment, kind } = await openDraft(request)
        return printed(await documentOf(needs)(assessment, draftOf(kind)), nameOf(kind, assessment))
      },
    },
    {
      method: 'get',
      path: '/danh-gia/:id/giay-to/du-thao/:kind.docx',
      access: 'signedIn',
      handle: async request => {
        const { assessment, kind } = await openDraft(request)
        return inWord(await documentOf(needs)(assessment, draftOf(kind)), nameOf(kind, assessment))
      },
    },
    {
      method: 'get',
      path: '/danh-gia/:id/giay-to/du-thao/:kind/tien-do',
      access: 'signedIn',
      handle: async request => {
        const { assessment, kind } = await openDraft(request)
        const href = `${draftHref(assessment.id, kind)}.pdf`
        return { kind: 'events', source: drawingSteps({ needs, drawer }, assessment, draftOf(kind), href) }
      },
    },
    {
      method: 'get',
      path: '/danh-gia/:id/giay-to/du-thao/:kind',
      access: 'signedIn',
      handle: async request => {
        const {
          assessment: { id, year },
          kind,
        } = await openDraft(request)
        const href = draftHref(id, kind)
        return page('reports/progress', `Bản nháp: ${FORMS[kind].name}`, {
          breadcrumbs: [
            { label: 'Tự đánh giá', href: '/danh-gia' },
            { label: `Năm học ${year}`, href: assessmentHref(id) },
            { label: 'Giấy tờ', href: centreHref(id) },
          ],
          progress: `${href}/tien-do`,
          pdf: `${href}.pdf`,
          back: centreHref(id),
          backLabel: 'Về trang giấy tờ',
        })
      },
    },
    {
      method: 'get',
      path: '/danh-gia/:id/phieu/:code/phieu.pdf',
      access: 'signedIn',
      handle: sheetPdf('sheet'),
    },
    {
      method: 'get',
      path: '/danh-gia/:id/phieu/:code/phan-tich.pdf',
      access: 'signedIn',
      handle: sheetPdf('analysis'),
    },
    {
      method: 'get',
      path: '/giay-to/:paperId.pdf',
      access: 'signedIn',
      handle: async request => {
        const { paper, assessment } = await openPaper(request)
        return pdf(await paperBytes(needs)(paper.id), `${nameOf(paper.kind, assessment)}.pdf`)
      },
    },
    {
      method: 'get',
      path: '/giay-to/:paperId.docx',
      access: 'signedIn',
      handle: async request => {
        const { paper, assessment } = await openPaper(request)
        return inWord(workingCopyOf(await paperDoc(needs)(paper)), nameOf(paper.kind, assessment))
      },
    },
    {
      method: 'get',
      path: '/giay-to/:paperId/cong-khai.pdf',
      access: 'signedIn',
      handle: async request => {
        const { paper, assessment } = await openPaper(request)
        const doc = publicCopyOf(await paperDoc(needs)(paper))
        return printed(doc, `${nameOf(paper.kind, assessment)}-cong-khai`)
      },
    },
    {
      method: 'get',
      path: '/giay-to/:paperId/xem',
      access: 'signedIn',
      handle: async request => {
        const { paper, assessment } = await openPaper(request)
        return page('reports/preview', paper.title, {
          breadcrumbs: [{ label: 'Giấy tờ', href: centreHref(assessment.id) }],
          badge: badgeOf(paper, papersInForce(assessment).has(paper.id)),
          actions: [{ label: 'Tải PDF', href: `/giay-to/${paper.id}.pdf`, icon: 'download', primary: true }],
          html: renderHtml(await paperDoc(needs)(paper)),
        })
      },
    },
  ]
}

function kindFrom({ params }: Request): DraftKind {
  const kind = draftKindFrom(params['kind'] ?? '')
  if (!kind) throw new NotFound(`Không có loại giấy tờ đó; có: ${DRAFT_KINDS.map(one => FORMS[one].slug).join(', ')}.`)
  return kind
}

const draftOf = (kind: DraftKind): Asked => ({ kind, draft: true })

/** `bao-cao-thcs-la-lua-2025-2026`: what the file is called when it is saved. */
const nameOf = (kind: Paper['kind'] | DraftKind, { schoolId, year }: Assessment): string =>
  kind === 'draftReport' ? `du-thao-bao-cao-${schoolId}-${year}` : `${FORMS[kind].slug}-${schoolId}-${year}`
