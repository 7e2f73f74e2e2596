import { randomUUID } from 'node:crypto'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { requestFor, shellFor, wantsJson, type Tools } from './dispatch.ts'
import { fieldsOf, textField } from './fields.ts'
import { localPath } from './local-path.ts'
import { rememberRefusedForm, renderPage, uiFor } from './page-answer.ts'
import { refusedBecause, type Refused } from './refused.ts'

/** Turns whatever was thrown into JSON, into the same form with what had been typed, or into an error page. */
export const answerFailures =
  (router: RequestHandler, tools: Tools): ErrorRequestHandler =>
  (error: unknown, request, response, _next) => {
    const faultId = randomUUID()
    const refused = refusedBecause(error, faultId)
    if (refused.faultId) request.log.error({ err: error, faultId }, 'request failed')
    if (response.headersSent) {
      response.destroy()
      return
    }
    if (wantsJson(request)) {
      response.status(refused.status).json({ error: withoutHeading(refused) })
      return
    }
    const formPage = pageOfForm(request, refused)
    if (formPage) showFormAgain(formPage, refused, request, response, router, tools)
    else void sendErrorPage(refused, request, response, tools)
  }

const FORM_CODES = new Set(['invalidInput', 'stepRefused', 'staleWrite', 'refused'])

/** The page that the refused form stood on (hidden field `_page`), when there is one to go back to. */
function pageOfForm(request: Request, refused: Refused): string | undefined {
  if (request.method === 'GET' || !FORM_CODES.has(refused.code)) return undefined
  return localPath(textField(request.body, '_page'))
}

/**
 * Draws the form's own page again by running its GET route in this very request: the page is as fresh as after a
 * reload, and the fields (`/layout/field`) take what had been typed instead of what is stored.
 */
function showFormAgain(
  page: string,
  refused: Refused,
  request: Request,
  response: Response,
  router: RequestHandler,
  tools: Tools,
): void {
  rememberRefusedForm(response, {
    action: request.originalUrl,
    page,
    status: refused.status,
    heading: refused.heading,
    message: refused.message,
    values: fieldsOf(request.body),
    errors: refused.fields ?? {},
    unmet: refused.unmet ?? [],
  })
  request.method = 'GET'
  request.url = page
  request.body = {}
  void router(request, response, () => void sendErrorPage(refused, request, response, tools))
}

async function sendErrorPage(refused: Refused, request: Request, response: Response, tools: Tools): Promise<void> {
  const html = await drawErrorPage(refused, request, response, tools).catch((error: unknown) => {
    request.log.error({ err: error }, 'error page failed')
    return `<!doctype html><html lang="vi"><meta charset="utf-8"><title>${refused.heading}</title><p>${refused.heading}</p>`
  })
  response.status(refused.status).set('Cache-Control', 'no-store').type('html').send(html)
}

async function drawErrorPage(refused: Refused, request: Request, response: Response, tools: Tools): Promise<string> {
  const ui = uiFor(request, response, { assets: tools.assets, csrf: tools.csrfToken })
  // Whatever failed may have been the very thing that the frame needs, so the page stands without it too.
  const shell = await requestFor(request, tools)
    .then(asked => shellFor(asked, ui.here, tools))
    .catch(() => undefined)
  const back = localPath(textField(request.body, '_page'))
  return renderPage('errors/refused', { title: refused.heading, page: { refused, back }, ui, shell, flashes: [] })
}

const withoutHeading = ({ heading: _heading, ...rest }: Refused): object => rest
