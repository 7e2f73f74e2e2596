import { promisify } from 'node:util'
import type { Request as ExpressRequest, RequestHandler, Response } from 'express'
import type { Actor } from '../kernel/actor.ts'
import { NotFound } from '../kernel/refusals.ts'
import { parseWorkingYear, type WorkingYear } from '../kernel/working-year.ts'
import { PASSWORD_PAGE, SECOND_FACTOR_PAGE, SIGN_IN_PAGE, type SignedIn } from './authenticator.ts'
import { sendEvents } from './events-answer.ts'
import { sendFile } from './file-answer.ts'
import { renderPage, uiFor } from './page-answer.ts'
import { signInNeeded } from './refused.ts'
import { NOBODY, type Answer, type Request, type Route } from './route.ts'
import type { ServerNeeds } from './server-needs.ts'
import type { Flash } from './session.ts'
import type { Shell } from './shell.ts'
import { filesOf } from './uploads.ts'
import { STOP_VIEWING, viewingIn, viewOnly, type Viewing } from './viewing.ts'
import { renderView } from './views.ts'

export interface Tools extends ServerNeeds {
  readonly csrfToken: (request: ExpressRequest) => string
}

/**
 * Lets nobody past who has not signed in, nor anybody who still uses a temporary password or owes a second factor: they
 * reach the one page where that is mended.
 */
export const guard =
  (route: Route, { authenticator, viewing }: Tools): RequestHandler =>
  (request, response, next) => {
    if (route.access === 'anyone') return next()
    const who = authenticator.signedIn(request)
    if (!who) {
      if (wantsJson(request)) return next(signInNeeded())
      const wish = request.method === 'GET' ? `?ve=${encodeURIComponent(request.originalUrl)}` : ''
      return response.redirect(303, SIGN_IN_PAGE + wish)
    }
    const only = confinedTo(who)
    if (only !== undefined && route.path !== only) return response.redirect(303, only)
    if (route.path === STOP_VIEWING || !viewingIn(request, viewing)) return next()
    next(route.method !== 'get' || viewing?.closed(route.path) ? viewOnly() : undefined)
  }

const confinedTo = ({ mustChangePassword, mustSetUpSecondFactor }: SignedIn): string | undefined =>
  mustChangePassword ? PASSWORD_PAGE : mustSetUpSecondFactor ? SECOND_FACTOR_PAGE : undefined

/** Calls the route's handler and writes its answer. */
export const answering =
  (route: Route, tools: Tools): RequestHandler =>
  async (request, response) => {
    const asked = await requestFor(request, tools)
    await send(await route.handle(asked), asked, request, response, tools)
  }

/** Everything a handler may know about the request. */
export async function requestFor(request: ExpressRequest, tools: Tools): Promise<Request> {
  const { authenticator } = tools
  const who = authenticator.signedIn(request)
  const real = who && (await tools.actorOf({ id: who.personId, name: who.name }))
  if (who && !real) throw new NotFound(`person ${who.personId}`)
  const seen = real && (await seenAs(request, real, tools))
  const actor = seen?.actor ?? real
  const query = strings(request.query)
  const session = sessionOf(request)
  return {
    actor: actor ?? NOBODY,
    params: strings(request.params),
    query,
    body: request.body,
    files: filesOf(request),
    year: yearIn(query['nam']) ?? yearIn(session?.year) ?? (await tools.defaultYear()),
    unitId: session?.unit,
    sessionId: session?.id ?? '',
    ip: request.ip ?? '',
    header: name => request.get(name),
    // Signing in or out gives the request another session, so these ask for the one that it has by then.
    flash: (kind, message) => {
      const now = sessionOf(request)
      if (now) now.flashes = [...(now.flashes ?? []), { kind, message }]
      unsaved.add(request)
    },
    remember: (key, value) => {
      if (session) session[key] = value
      unsaved.add(request)
    },
    authenticate: () => authenticator.authenticate(request),
    held: session?.held ?? {},
    hold: texts => {
      const now = sessionOf(request)
      if (now) now.held = { ...texts }
      unsaved.add(request)
    },
    signIn: (personId, entry) => authenticator.signIn(request, personId, entry),
    signOut: () => authenticator.signOut(request),
    view: viewing => {
      const now = sessionOf(request)
      if (now && viewing) now.viewing = viewing
      else delete now?.viewing
      unsaved.add(request)
    },
    viewing: seen?.viewing,
  }
}

/** Requests whose session holds something that the next page must find. */
const unsaved = new WeakSet<ExpressRequest>()

/** The session library saves while it answers; a browser that follows a redirect at once would come before that. */
async function saveSession(request: ExpressRequest): Promise<void> {
  const session = sessionOf(request)
  if (session && unsaved.delete(request)) await promisify(session.save.bind(session))()
}

/** The person whose pages are shown in place of the real one's; what has run out or is not allowed any more ends here. */
async function seenAs(
  request: ExpressRequest,
  real: Actor,
  { viewing: rules, actorOf }: Tools,
): Promise<{ readonly actor: Actor; readonly viewing: Viewing } | undefined> {
  const viewing = viewingIn(request, rules)
  const actor = viewing && (await actorOf({ id: viewing.personId, name: viewing.name }))
  if (viewing && actor && rules?.mayLook(real, actor)) return { actor, viewing }
  delete sessionOf(request)?.viewing
  return undefined
}

const yearIn = (text: string | undefined): WorkingYear | undefined =>
  text === undefined ? undefined : parseWorkingYear(text)

/** A parameter that was given several times counts with its last value. */
const strings = (values: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => [
      name,
      String(Array.isArray(value) ? (value.at(-1) ?? '') : value),
    ]),
  )

async function send(
  answer: Answer,
  asked: Request,
  request: ExpressRequest,
  response: Response,
  tools: Tools,
): Promise<void> {
  // Whatever a route gives out besides pages stays with the person it belongs to.
  if (asked.viewing && ['file', 'text', 'events'].includes(answer.kind)) throw viewOnly()
  switch (answer.kind) {
    case 'page':
      return sendPage(answer, asked, request, response, tools)
    case 'fragment': {
      const ui = uiFor(request, response, { assets: tools.assets, csrf: tools.csrfToken })
      const html = renderView(answer.view, { page: answer.page, ui })
      response
        .status(answer.status ?? 200)
        .set('Cache-Control', 'private, no-cache')
        .type('html')
        .send(html)
      return
    }
    case 'redirect':
      await saveSession(request)
      if (wantsJson(request)) response.json({ redirect: answer.to })
      else response.redirect(303, answer.to)
      return
    case 'json':
      response.status(answer.status ?? 200).json(answer.body)
      return
    case 'text':
      response.type(answer.type).send(answer.body)
      return
    case 'file':
      return sendFile(answer, request, response)
    case 'events':
      return sendEvents(answer.source, response)
  }
}

async function sendPage(
  answer: Extract<Answer, { kind: 'page' }>,
  asked: Request,
  request: ExpressRequest,
  response: Response,
  tools: Tools,
): Promise<void> {
  const ui = uiFor(request, response, { assets: tools.assets, csrf: tools.csrfToken })
  const shell = await shellFor(asked, ui.here, tools)
  const flashes = takeFlashes(request)
  const html = renderPage(answer.view, { title: answer.title, page: answer.page, ui, shell, flashes })
  const status = answer.status ?? ui.form?.status ?? 200
  response.status(status).set('Cache-Control', 'private, no-cache').type('html').send(html)
}

/** The frame of the page for a signed-in person; nobody else has one. */
export async function shellFor(asked: Request, here: string, { shellOf }: Tools): Promise<Shell | undefined> {
  if (asked.actor.personId === '') return undefined
  const path = here.split('?')[0] ?? '/'
  const shell = await shellOf(asked.actor, {
    path,
    year: asked.year,
    ...(asked.unitId === undefined ? {} : { unitId: asked.unitId }),
  })
  return asked.viewing ? { ...shell, viewing: { ...asked.viewing, stop: STOP_VIEWING } } : shell
}

function takeFlashes(request: ExpressRequest): readonly Flash[] {
  const session = sessionOf(request)
  const flashes = session?.flashes ?? []
  if (session && flashes.length > 0) delete session.flashes
  return flashes
}

// A request with a bearer token has no session, whatever the type says.
const sessionOf = (request: ExpressRequest) => request.session as ExpressRequest['session'] | undefined

/** Programs and the page's own scripts ask for JSON; everybody else reads pages. */
export const wantsJson = (request: ExpressRequest): boolean =>
  request.is('json') === 'json' || request.accepts(['html', 'json']) === 'json'
