import { fragment, json, page, redirect, type Request, type Route } from '../http/route.ts'
import { dayOf } from '../kernel/dates.ts'
import { advanceCriterion } from './advance-criterion.ts'
import { criterionLife } from './criterion-machine.ts'
import { assessmentHref, sheetHref } from './links.ts'
import { openForReading, openSheet } from './open-sheet.ts'
import { analysisPage } from './sheet-analysis.ts'
import { historyPage, partAsked } from './sheet-history.ts'
import { analysisFrom, expectedFrom, revFrom, stepFrom } from './sheet-input.ts'
import { glancing, readSheet, type SheetNeeds } from './sheet-needs.ts'
import { sheetNow, stampOf } from './sheet-now.ts'
import { nextSheet, sheetPage } from './sheet-page.ts'
import { sheetSide } from './sheet-side.ts'
import { isWritable } from './sheet-steps.ts'
import { sheetWriteRoutes } from './sheet-write-routes.ts'
import { sheetId } from './sheet.ts'
import { writeAnalysis } from './write-sheet.ts'

const BASE = '/danh-gia/:id/phieu'
const ONE = `${BASE}/:code`

/** The criterion sheet: its screen, its steps, its history, its analysis, and what its open page asks for meanwhile. */
export const sheetRoutes = (needs: SheetNeeds): Route[] => [
  ...readingRoutes(glancing(needs)),
  ...steppingRoutes(needs),
  ...sheetWriteRoutes(needs),
]

const readingRoutes = (needs: SheetNeeds): Route[] => [
  {
    method: 'get',
    path: BASE,
    access: 'signedIn',
    handle: async ({ actor, params }) => {
      const assessment = await openForReading(needs, actor, params['id'] ?? '')
      const set = await needs.setOf(assessment.set.hash)
      const code = nextSheet(actor, assessment, set, dayOf(needs.now()))
      return redirect(code === undefined ? assessmentHref(assessment.id) : sheetHref(assessment.id, code))
    },
  },
  {
    method: 'get',
    path: ONE,
    access: 'signedIn',
    handle: async request => {
      const read = await readSheet(needs, request.actor, ...placeIn(request))
      const others = await present(needs, request, undefined)
      const model = sheetPage({ ...read, others })
      return page('assessments/sheet', `${model.heading}. ${model.title}`, model)
    },
  },
  {
    method: 'get',
    path: `${ONE}/ben-canh`,
    access: 'signedIn',
    handle: async request => {
      const read = await readSheet(needs, request.actor, ...placeIn(request))
      const others = await present(needs, request, partIn(request.query['o']))
      return fragment('assessments/sheet-side', { side: sheetSide({ ...read, others }) })
    },
  },
  {
    method: 'get',
    path: `${ONE}/trang-thai`,
    access: 'signedIn',
    handle: async request => {
      const [id, code] = placeIn(request)
      const open = await openSheet(needs, request.actor, id, code)
      const [sheet, others] = await Promise.all([
        needs.sheets.find(id, code),
        present(needs, request, partIn(request.query['o'])),
      ])
      // Most questions find nothing new; the whole answer costs ten times as much.
      const stamp = stampOf(open, sheet, others)
      if (request.query['k'] === stamp) return json({ stamp, unchanged: true, others })
      return json(sheetNow({ ...(await readSheet(needs, request.actor, id, code)), others }))
    },
  },
  {
    method: 'get',
    path: `${ONE}/lich-su`,
    access: 'signedIn',
    handle: async request => {
      const { open, sheet, evidence } = await readSheet(needs, request.actor, ...placeIn(request))
      const part = partAsked(open, sheet, partIn(request.query['phan']) ?? '')
      const versions = part === '' ? [] : await needs.sheets.versions(sheet.id, part)
      return page('assessments/sheet-history', 'Lịch sử phiếu', historyPage(open, sheet, part, versions, evidence))
    },
  },
  {
    method: 'get',
    path: `${ONE}/phan-tich`,
    access: 'signedIn',
    handle: async request => {
      const { open, sheet, evidence } = await readSheet(needs, request.actor, ...placeIn(request))
      const model = analysisPage(open, sheet, evidence, isWritable(request.actor, open))
      return page('assessments/sheet-analysis', 'Phiếu phân tích tiêu chí, tìm minh chứng', model)
    },
  },
]

const steppingRoutes = (needs: SheetNeeds): Route[] => [
  {
    method: 'post',
    path: `${ONE}/phan-tich`,
    access: 'signedIn',
    handle: async request => {
      const [id, code] = placeIn(request)
      await writeAnalysis(needs)(request.actor, id, code, revFrom(request.body), analysisFrom(request.body))
      request.flash('success', 'Đã lưu phiếu phân tích.')
      return redirect(`${sheetHref(id, code)}/phan-tich`)
    },
  },
  {
    method: 'post',
    path: `${ONE}/phan-tich/du-kien`,
    access: 'signedIn',
    handle: async request => {
      const [id, code] = placeIn(request)
      await openSheet(needs, request.actor, id, code)
      const { label } = await needs.forecast(request.actor, id, { criterion: code, ...expectedFrom(request.body) })
      request.flash('success', `Đã ghi minh chứng dự kiến ${label}.`)
      return redirect(`${sheetHref(id, code)}/phan-tich`)
    },
  },
  {
    method: 'post',
    path: `${ONE}/buoc/:event`,
    access: 'signedIn',
    handle: async request => {
      const [id, code] = placeIn(request)
      const event = stepFrom(request.actor, request.params['event'] ?? '', request.body)
      const state = await advanceCriterion(needs)(request.actor, id, code, event)
      request.flash('success', `Phiếu tiêu chí ${code}: ${lower(criterionLife.stateNames[state] ?? state)}.`)
      return redirect(event.type === 'analyse' ? `${sheetHref(id, code)}/phan-tich` : sheetHref(id, code))
    },
  },
]

const placeIn = ({ params }: Pick<Request, 'params'>): [id: string, code: string] => [
  params['id'] ?? '',
  params['code'] ?? '',
]

/** Which part the person's field is in, as the open page reports it. */
const partIn = (text = ''): string | undefined => (/^[a-z]+(\.\d\.([a-z]|ĐP\d{1,2}))?$/.test(text) ? text : undefined)

/** Reports this person's page and gives the others; who may not read the sheet has been turned away before. */
/** Who else has the sheet open. Whoever looks as somebody else leaves no trace of them on it. */
function present(needs: SheetNeeds, { actor, params, viewing }: Request, part: string | undefined) {
  const sheet = sheetId(params['id'] ?? '', params['code'] ?? '')
  if (viewing) return needs.presence.others(sheet, actor.personId, needs.now())
  const person = { personId: actor.personId, name: actor.name, ...(part !== undefined && { part }) }
  return needs.presence.report(sheet, person, needs.now())
}

const lower = (words: string): string => words.charAt(0).toLocaleLowerCase('vi') + words.slice(1)
