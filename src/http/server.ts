import { randomBytes, randomUUID } from 'node:crypto'
import path from 'node:path'
import compression from 'compression'
import { csrfSync } from 'csrf-sync'
import express, { type Express, type Request, type RequestHandler, type Router } from 'express'
import helmet from 'helmet'
import { pinoHttp } from 'pino-http'
import { groupBy } from '../kernel/group-by.ts'
import { NotFound } from '../kernel/refusals.ts'
import { answering, guard } from './dispatch.ts'
import { answerFailures } from './failures.ts'
import { textField } from './fields.ts'
import { formExpired, multipartNotTaken, writesHeldUp } from './refused.ts'
import type { Route } from './route.ts'
import type { ServerNeeds } from './server-needs.ts'
import { sessionHandler } from './session.ts'
import { shellRoutes } from './shell-routes.ts'
import { receiveFiles } from './uploads.ts'

/** The web application: every route of the list with sessions, CSRF, uploads, pages and refusals around it. */
export function createServer(needs: ServerNeeds): Express {
  const { config, log } = needs
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('trust proxy', config.trustProxy ?? false)

  const csrf = csrfSync({
    size: 32,
    getTokenFromRequest: request => textField(request.body, '_csrf') || request.get('x-csrf-token'),
  })
  const checkCsrf: RequestHandler = (request, response, next) =>
    csrf.csrfSynchronisedProtection(request, response, (error?: unknown) => next(error && formExpired()))

  app.get('/health/live', (_request, response) => void response.json({ status: 'ok' }))
  app.get('/health/ready', (_request, response) =>
    needs.ready().then(
      () => response.json({ status: 'ok' }),
      () => response.status(503).json({ status: 'unavailable' }),
    ),
  )
  app.use('/assets', needs.assets.serve)
  app.use(
    requestLog(log),
    securityHeaders(config.baseUrl.startsWith('https:')),
    unlessJson(compression({ filter: compressible })),
  )
  app.use(
    unlessBearer(
      sessionHandler({
        store: needs.sessions,
        secrets: config.sessionSecrets,
        secure: config.baseUrl.startsWith('https:'),
      }),
    ),
    ...needs.authenticator.middleware.map(unlessBearer),
    express.urlencoded({ extended: false, limit: '2mb', parameterLimit: 5000 }),
    express.json({ limit: '2mb' }),
  )

  const tools = { ...needs, csrfToken: csrf.generateToken }
  const router = bySegments([...needs.routes, ...shellRoutes], route => {
    const receive = route.upload ? receiveFiles(path.join(config.filesDir, 'tmp'), route.upload) : refuseMultipart
    const unsafe = route.method === 'get' ? [] : [waitForWrites(needs), receive, unlessBearer(checkCsrf)]
    return [guard(route, tools), ...unsafe, answering(route, tools)]
  })
  app.use(router)
  app.use((request, _response, next) => next(new NotFound(request.path)))
  app.use(answerFailures(router, tools))
  return app
}

const segmentsOf = (address: string): readonly [first: string, third: string] => {
  const [, first = '', , third = ''] = address.toLowerCase().split('/', 4)
  return [first, third]
}

const isPlain = (segment: string): boolean => !/[:*{(]/.test(segment)

/**
 * Routers by the first and the third segment of an address (the second names a thing), so that a request is compared
 * with a few routes instead of with all. Each router has its routes in the order of the list.
 */
function bySegments(routes: readonly Route[], handlersOf: (route: Route) => readonly RequestHandler[]): RequestHandler {
  const routers = new Map<string, Map<string, Router>>()
  for (const [first, own] of groupBy(routes, route => segmentsOf(route.path)[0])) {
    if (!isPlain(first)) throw new Error(`the first segment of /${first} must be a plain word`)
    const made = own.map(route => ({ route, third: segmentsOf(route.path)[1], handlers: handlersOf(route) }))
    const routerOf = (word: string): Router => {
      const router = express.Router()
      for (const { route, third, handlers } of made)
        if (third === word || !isPlain(third)) router[route.method](route.path, ...handlers)
      return router
    }
    const words = new Set(['', OTHER, ...made.map(({ third }) => third).filter(isPlain)])
    routers.set(first, new Map([...words].map(word => [word, routerOf(word)])))
  }
  return (request, response, next) => {
    const [first, third] = segmentsOf(request.path)
    const ofFirst = routers.get(first)
    const router = ofFirst?.get(third) ?? ofFirst?.get(OTHER)
    if (router) router(request, response, next)
    else next()
  }
}

/** Stands for a third segment that no route names; no address has it. */
const OTHER = '/'

/**
 * A browser never attaches a bearer token by itself, so such a request cannot be forged and needs no CSRF token;
 * it gets no session either, so that no cookie lends it a person's rights.
 */
const unlessBearer =
  (handler: RequestHandler): RequestHandler =>
  (request, response, next) =>
    /^bearer /i.test(request.get('authorization') ?? '') ? next() : void handler(request, response, next)

/** The page's own scripts send JSON and get a line of it back: nothing to compress, and no page that could run a script. */
const isJson = (request: Request): boolean => request.is('json') === 'json'

const unlessJson =
  (handler: RequestHandler): RequestHandler =>
  (request, response, next) =>
    isJson(request) ? next() : void handler(request, response, next)

/** A backup holds up writes for moments: a form waits, and is refused before anything of it has been done. */
const PATIENCE_MS = 6_000
const RETRY_SECONDS = '10'

const waitForWrites =
  ({ takesWrites }: Pick<ServerNeeds, 'takesWrites'>): RequestHandler =>
  async (_request, response, next) => {
    if (!takesWrites || (await takesWrites(PATIENCE_MS))) return next()
    response.set('Retry-After', RETRY_SECONDS)
    next(writesHeldUp())
  }

const refuseMultipart: RequestHandler = (request, _response, next) =>
  next(request.is('multipart/form-data') ? multipartNotTaken() : undefined)

const compressible: compression.CompressionFilter = (request, response) =>
  response.getHeader('Content-Type') !== 'text/event-stream; charset=utf-8' && compression.filter(request, response)

const requestLog = (log: ServerNeeds['log']): RequestHandler =>
  pinoHttp({
    logger: log,
    genReqId: () => randomUUID(),
    // Only what explains a request; addresses may carry search words, so the query is left out, and no header is kept.
    serializers: {
      req: (request: { id: string; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'error' : 'info'),
  })

/** The headers that helmet sets, worked out once; only the nonce is another one for each page. */
function securityHeaders(https: boolean): RequestHandler {
  const set = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: [`'nonce-${NONCE}'`, "'strict-dynamic'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: https,
  })
  const headers = new Map<string, string>()
  const note = { setHeader: (name: string, value: string) => void headers.set(name, value), removeHeader: () => {} }
  // With fixed policies helmet reads no request and only sets and removes headers.
  set({} as never, note as never, error => {
    if (error !== undefined) throw error
  })
  const ofPages = [...headers]
  const ofData = [...headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")]
  return (request, response, next) => {
    if (isJson(request)) for (const [name, value] of ofData) response.setHeader(name, value)
    else {
      const nonce = randomBytes(16).toString('base64')
      response.locals['nonce'] = nonce
      for (const [name, value] of ofPages) response.setHeader(name, value.replace(NONCE, nonce))
    }
    next()
  }
}

/** Stands for the nonce. */
const NONCE = 'nonce-of-this-page'
