import { connect, type Socket } from 'node:net'

/** One answer of the server, as far as a bench cares. */
export interface Answered {
  readonly status: number
  /** Bytes on the wire, head and body. */
  readonly bytes: number
  readonly body: Buffer
}

const HEAD_END = Buffer.from('\r\n\r\n')
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n')

/** Where the first whole answer in `received` ends, and where its body begins; undefined while more must come. */
function endOfAnswer(
  received: Buffer,
): { readonly body: number; readonly end: number; readonly status: number } | undefined {
  const head = received.indexOf(HEAD_END)
  if (head < 0) return undefined
  const text = received.toString('latin1', 0, head)
  const body = head + HEAD_END.length
  const status = Number(text.slice(9, 12))
  const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1]
  if (length !== undefined) {
    const end = body + Number(length)
    return received.length >= end ? { body, end, status } : undefined
  }
  if (!/\r\ntransfer-encoding: chunked/i.test(text)) return { body, end: body, status }
  const last = received.indexOf(LAST_CHUNK, body - 2)
  return last < 0 ? undefined : { body, end: last + LAST_CHUNK.length, status }
}

/** A kept-alive connection that asks one thing after the other; far cheaper than a client of node:http. */
export interface Connection {
  readonly ask: (request: string | Buffer) => Promise<Answered>
  readonly close: () => void
}

const CLOSED = new Error('the server closed the connection')

/** Opens a connection to a server on this machine. */
export async function openConnection(port: number): Promise<Connection> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await new Promise((ready, fail) => socket.once('connect', ready).once('error', fail))
  let received = Buffer.alloc(0)
  let waiting: { readonly done: (answer: Answered) => void; readonly fail: (error: Error) => void } | undefined
  socket.on('data', chunk => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const found = endOfAnswer(received)
    if (!found || !waiting) return
    const { done } = waiting
    waiting = undefined
    const answer = { status: found.status, bytes: found.end, body: received.subarray(found.body, found.end) }
    received = received.subarray(found.end)
    done(answer)
  })
  const broken = (error?: Error): void => waiting?.fail(error ?? CLOSED)
  socket.on('error', broken).on('close', () => broken())
  return {
    ask: request =>
      new Promise((done, fail) => {
        if (socket.destroyed) return fail(CLOSED)
        waiting = { done, fail }
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

/** The bytes of a request; a body is sent as JSON. */
export function requestText(
  method: 'GET' | 'PUT' | 'POST',
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: object,
): string {
  const text = body === undefined ? '' : JSON.stringify(body)
  const all = {
    host: '127.0.0.1',
    ...headers,
    ...(body !== undefined && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(text)),
    }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${text}`
}

/**
 * Runs `workers` loops for some seconds, each beginning again when it has its answer. Gives operations per second and
 * each one's milliseconds.
 */
export async function closedLoop(
  workers: number,
  seconds: number,
  once: (worker: number) => Promise<unknown>,
): Promise<{ readonly perSecond: number; readonly times: readonly number[] }> {
  const times: number[] = []
  const began = performance.now()
  const until = began + seconds * 1000
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      while (performance.now() < until) {
        const start = performance.now()
        await once(worker)
        times.push(performance.now() - start)
      }
    }),
  )
  return { perSecond: times.length / ((performance.now() - began) / 1000), times }
}

/**
 * Sends at a fixed mean rate with random (Poisson) gaps, whether or not the server keeps up: its queue shows in the
 * times, which count from the moment at which a request was due.
 */
export async function openLoop(
  perSecond: number,
  seconds: number,
  once: (index: number) => Promise<unknown>,
): Promise<readonly number[]> {
  const times: number[] = []
  const began = performance.now()
  const running: Promise<void>[] = []
  for (let due = began, index = 0; due < began + seconds * 1000; index++) {
    const early = due - performance.now()
    if (early > 1) await new Promise(done => setTimeout(done, early))
    const from = due
    running.push(once(index).then(() => void times.push(performance.now() - from)))
    due += (-Math.log(1 - Math.random()) / perSecond) * 1000
  }
  await Promise.all(running)
  return times
}
