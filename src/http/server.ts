import { randomBytes, randomUUID } from 'node:crypto'
import path from 'node:path'
import compression from 'compression'
import { csrfSync } from 'csrf-sync'
import express, { type Express, type RequestHandler, type Response, type Router } from 'express'
import helmet from 'helmet'
import { pinoHttp } from 'pino-http'
import { NotFound } from '../kernel/refusals.ts'
import { answering, guard } from './dispatch.ts'
import { answerFailures } from './failures.ts'
import { nonceOf } from './page-answer.ts'
import { textField } from './fields.ts'
import { formExpired, multipartNotTaken } from './refused.ts'
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
  app.use(requestLog(log), securityHeaders(config.baseUrl.startsWith('https:')), compression({ filter: compressible }))
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
  const router = bySegment([...needs.routes, ...shellRoutes], route => {
    const receive = route.upload ? receiveFiles(path.join(config.filesDir, 'tmp'), route.upload) : refuseMultipart
    const unsafe = route.method === 'get' ? [] : [receive, unlessBearer(checkCsrf)]
    return [guard(route, tools), ...unsafe, answering(route, tools)]
  })
  app.use(router)
  app.use((request, _response, next) => next(new NotFound(request.path)))
  app.use(answerFailures(router, tools))
  return app
}

const firstSegment = (address: string): string => (address.split('/', 2)[1] ?? '').toLowerCase()

/** A router for each first segment of the paths, so that a request is compared with a few routes instead of with all. */
function bySegment(routes: readonly Route[], handlersOf: (route: Route) => readonly RequestHandler[]): RequestHandler {
  const routers = new Map<string, Router>()
  for (const route of routes) {
    const segment = firstSegment(route.path)
    if (/[:*{(]/.test(segment)) throw new Error(`the first segment of ${route.path} must be a plain word`)
    const router = routers.get(segment) ?? express.Router()
    routers.set(segment, router)
    router[route.method](route.path, ...handlersOf(route))
  }
  return (request, response, next) => {
    const router = routers.get(firstSegment(request.path))
    if (router) router(request, response, next)
    else next()
  }
}

/**
 * A browser never attaches a bearer token by itself, so such a request cannot be forged and needs no CSRF token;
 * it gets no session either, so that no cookie lends it a person's rights.
 */
const unlessBearer =
  (handler: RequestHandler): RequestHandler =>
  (request, response, next) =>
    /^bearer /i.test(request.get('authorization') ?? '') ? next() : void handler(request, response, next)

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

function securityHeaders(https: boolean): RequestHandler {
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: [(_request, response) => `'nonce-${nonceOf(response as Response)}'`, "'strict-dynamic'"],
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
  return (request, response, next) => {
    response.locals['nonce'] = randomBytes(16).toString('base64')
    headers(request, response, next)
  }
}
