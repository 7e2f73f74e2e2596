import { randomUUID } from 'node:crypto'
import { json, redirect, type Answer, type Request, type Route } from '../http/route.ts'
import { printInstant } from '../kernel/dates.ts'
import { NotFound, StaleWrite } from '../kernel/refusals.ts'
import { textField } from '../http/fields.ts'
import { sheetHref } from './links.ts'
import type { CitedEvidence } from './needs.ts'
import { openSheet } from './open-sheet.ts'
import { compareTexts } from './sheet-history.ts'
import { actionsFrom, answerFrom, revFrom, writtenFrom } from './sheet-input.ts'
import { fromLabels, toLabels } from './sheet-labels.ts'
import { glancing, type SheetNeeds } from './sheet-needs.ts'
import { citedIn } from './sheet-parts.ts'
import type { SheetPart } from './sheet.ts'
import { answerIndicator, partsOf, writeActions, writePart } from './write-sheet.ts'

const ONE = '/danh-gia/:id/phieu/:code'
const PART = `${ONE}/phan/:part`
const INDICATOR = `${ONE}/chi-bao/:level/:indicator`
const ACTIONS = `${ONE}/hanh-dong`

/**
 * Writing on a sheet: PUT for the page's script, which is told of a conflict with both texts; POST for a form without
 * script, which is drawn again with what had been typed.
 */
export const sheetWriteRoutes = (needs: SheetNeeds): Route[] => [
  ...textRoutes(glancing(needs)),
  ...decisionRoutes(needs),
]

const textRoutes = (needs: SheetNeeds): Route[] => [
  {
    method: 'get',
    path: PART,
    access: 'signedIn',
    handle: async request => {
      const { evidence, standing } = await readPart(needs, request)
      return json(shown(standing, evidence))
    },
  },
  {
    method: 'put',
    path: PART,
    access: 'signedIn',
    handle: async request => {
      const [id, code, part] = partPlace(request)
      const { rev, text, known } = writtenFrom(request.body)
      const evidence = await needs.evidence(id)
      const stored = fromLabels(text, evidence, known)
      return unlessStale(writePart(needs)(request.actor, id, code, part, { rev, text: stored }), {
        saved: saved => json(shown(saved, evidence)),
        stale: async () => {
          const { standing } = await readPart(needs, request)
          const theirs = toLabels(standing?.text ?? '', evidence)
          return { current: shown(standing, evidence), pieces: compareTexts(theirs, toLabels(stored, evidence)) }
        },
      })
    },
  },
  {
    method: 'post',
    path: PART,
    access: 'signedIn',
    handle: async request => {
      const [id, code, part] = partPlace(request)
      const { rev, text, known } = writtenFrom(request.body)
      const stored = fromLabels(text, await needs.evidence(id), known)
      await writePart(needs)(request.actor, id, code, part, { rev, text: stored })
      request.flash('success', 'Đã lưu.')
      return redirect(sheetHref(id, code))
    },
  },
  {
    /** Compares a text kept on the person's machine with what stands here now; writes nothing. */
    method: 'post',
    path: `${PART}/so-sanh`,
    access: 'signedIn',
    handle: async request => {
      const { evidence, standing } = await readPart(needs, request)
      const theirs = toLabels(standing?.text ?? '', evidence)
      return json({
        current: shown(standing, evidence),
        pieces: compareTexts(theirs, textField(request.body, 'text')),
      })
    },
  },
]

const decisionRoutes = (needs: SheetNeeds): Route[] => [
  {
    method: 'put',
    path: INDICATOR,
    access: 'signedIn',
    handle: request =>
      unlessStale(answer(needs, request), {
        saved: () => json({ verdict: answerFrom(request.body).verdict ?? '', at: printInstant(needs.now()) }),
        stale: async () => {
          const { decision } = await openSheet(needs, request.actor, ...place(request))
          const { level = '', indicator = '' } = request.params
          return { current: { verdict: decision.answers[level]?.[indicator] ?? '' } }
        },
      }),
  },
  {
    method: 'post',
    path: INDICATOR,
    access: 'signedIn',
    handle: async request => {
      await answer(needs, request)
      return redirect(sheetHref(...place(request)))
    },
  },
  {
    method: 'put',
    path: ACTIONS,
    access: 'signedIn',
    handle: request => {
      const actions = actionsFrom(request.body, randomUUID)
      const [id, code] = place(request)
      return unlessStale(writeActions(needs)(request.actor, id, code, revFrom(request.body), actions), {
        saved: rev => json({ rev, actions, at: printInstant(needs.now()) }),
        stale: async () => {
          const sheet = await needs.sheets.find(id, code)
          return { current: { rev: sheet.rev, actions: sheet.actions } }
        },
      })
    },
  },
  {
    method: 'post',
    path: ACTIONS,
    access: 'signedIn',
    handle: async request => {
      const [id, code] = place(request)
      await writeActions(needs)(request.actor, id, code, revFrom(request.body), actionsFrom(request.body, randomUUID))
      request.flash('success', 'Đã lưu kế hoạch cải tiến chất lượng.')
      return redirect(`${sheetHref(id, code)}#ke-hoach`)
    },
  },
]

const place = ({ params }: Request): [id: string, code: string] => [params['id'] ?? '', params['code'] ?? '']

const partPlace = (request: Request): [id: string, code: string, part: string] => [
  ...place(request),
  request.params['part'] ?? '',
]

/** One part as it stands, for somebody who may read the sheet. */
async function readPart(needs: SheetNeeds, request: Request) {
  const [id, code, part] = partPlace(request)
  const open = await openSheet(needs, request.actor, id, code)
  if (!partsOf(open).includes(part)) throw new NotFound('Phiếu không có phần này.')
  const [sheet, evidence] = await Promise.all([needs.sheets.find(id, code), needs.evidence(id)])
  return { evidence, standing: sheet.parts[part] }
}

const shown = (part: SheetPart | undefined, evidence: ReadonlyMap<string, CitedEvidence>) => ({
  rev: part?.rev ?? 0,
  text: toLabels(part?.text ?? '', evidence),
  by: part?.name ?? '',
  at: part ? printInstant(part.at) : '',
  ...citedIn(part?.text ?? '', evidence),
})

const answer = (needs: SheetNeeds, request: Request): Promise<void> => {
  const { level = '', indicator = '' } = request.params
  return answerIndicator(needs)(request.actor, ...place(request), { level, indicator, ...answerFrom(request.body) })
}

/** The page's script must be given what stands there now, which the general answer to a stale write does not carry. */
async function unlessStale<T>(
  writing: Promise<T>,
  { saved, stale }: { readonly saved: (outcome: T) => Answer; readonly stale: () => Promise<object> },
): Promise<Answer> {
  try {
    return saved(await writing)
  } catch (error) {
    if (!(error instanceof StaleWrite)) throw error
    return json({ error: { status: 409, code: 'staleWrite', message: error.message }, ...(await stale()) }, 409)
  }
}
