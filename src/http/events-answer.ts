import type { Response } from 'express'

const HEARTBEAT_MS = 15_000

/** Server-sent events: each value is one `data:` line of JSON; the stream ends with the source or with the reader. */
export async function sendEvents(source: AsyncIterable<object>, response: Response): Promise<void> {
  response.set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  })
  response.flushHeaders()
  // Proxies close silent connections; a comment line is ignored by EventSource.
  const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS)
  heartbeat.unref()
  try {
    for await (const value of source) {
      if (response.destroyed) break
      response.write(`data: ${JSON.stringify(value)}\n\n`)
    }
    response.write('event: end\ndata: {}\n\n')
  } finally {
    clearInterval(heartbeat)
    response.end()
  }
}
