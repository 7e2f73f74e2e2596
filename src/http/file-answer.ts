import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { Answer } from './route.ts'

type FileAnswer = Extract<Answer, { kind: 'file' }>

/**
 * Sends a file without ever letting it act as a page of ours: sandboxed, typed, never sniffed.
 * Buffers and paths answer ranges and `If-None-Match`; a stream of unknown length is sent whole.
 */
export async function sendFile(answer: FileAnswer, request: Request, response: Response): Promise<void> {
  if (answer.inline) response.set('Content-Disposition', inlineName(answer.name))
  else response.attachment(answer.name)
  response.set({
    'Content-Type': answer.mime,
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-cache',
  })
  if (answer.etag) response.set('ETag', `"${answer.etag}"`)
  if (request.fresh) {
    response.status(304).end()
    return
  }
  const { body } = answer
  if (body instanceof Readable) return deliver(body, response)
  const size = Buffer.isBuffer(body) ? body.length : (await stat(body.path)).size
  const part = rangeOf(request, size)
  response.set('Accept-Ranges', 'bytes')
  if (part === 'outside') {
    response.status(416).set('Content-Range', `bytes */${size}`).end()
    return
  }
  if (part) response.status(206).set('Content-Range', `bytes ${part.start}-${part.end}/${size}`)
  const { start, end } = part ?? { start: 0, end: size - 1 }
  response.set('Content-Length', String(end - start + 1))
  if (size === 0) response.end()
  else if (Buffer.isBuffer(body)) response.end(body.subarray(start, end + 1))
  else await deliver(createReadStream(body.path, { start, end }), response)
}

function rangeOf(request: Request, size: number): { start: number; end: number } | 'outside' | undefined {
  const ranges = request.range(size)
  if (ranges === -1) return 'outside'
  // Several ranges at once are rare and may lawfully be answered with the whole file.
  return typeof ranges === 'object' && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined
}

/** A reader who goes away in the middle of a download is no fault of the server. */
async function deliver(source: Readable, response: Response): Promise<void> {
  try {
    await pipeline(source, response)
  } catch (error) {
    if (!response.destroyed) throw error
  }
}

const inlineName = (name: string): string =>
  `inline; filename="${name.replace(/[^\x20-\x7e]|["\\]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, letter => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)}`
