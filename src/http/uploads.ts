import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { callbackify } from 'node:util'
import type { Request, RequestHandler } from 'express'
import { fileTypeFromFile } from 'file-type'
import multer, { type StorageEngine } from 'multer'
import type { ReceivedFile, Route } from './route.ts'

const DAY_MS = 86_400_000

const received = new WeakMap<Request, ReceivedFile[]>()

/** Files that this request brought, on disk under temporary names; what the handler does not move away is removed. */
export const filesOf = (request: Request): readonly ReceivedFile[] => received.get(request) ?? []

/** Reads a multipart body into temporary files under `folder`; hash and size are taken on the way. */
export function receiveFiles(folder: string, limits: NonNullable<Route['upload']>): RequestHandler {
  const upload = multer({
    storage: hashingStorage(folder),
    limits: {
      fileSize: limits.maxBytes,
      files: limits.maxFiles,
      fields: 200,
      fieldSize: 200_000,
      parts: limits.maxFiles + 200,
      headerPairs: 50,
    },
    defParamCharset: 'utf8',
  }).any()
  return (request, response, next) => {
    response.once('close', () => void removeLeftovers(request))
    void upload(request, response, next)
  }
}

const hashingStorage = (folder: string): StorageEngine => ({
  _handleFile(request, file, done) {
    const target = path.join(folder, randomUUID())
    const hash = createHash('sha256')
    let size = 0
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, pass) {
        size += chunk.length
        hash.update(chunk)
        pass(null, chunk)
      },
    })
    const write = async (): Promise<{ path: string; size: number }> => {
      try {
        await mkdir(folder, { recursive: true })
        await pipeline(file.stream, measure, createWriteStream(target, { flags: 'wx', mode: 0o600 }))
      } catch (error) {
        // A cut-off upload leaves nothing behind: multer only removes files that were finished.
        await rm(target, { force: true })
        throw error
      }
      const { fieldname: field, originalname } = file
      const name = path.basename(originalname.normalize('NFC'))
      const kept = { field, name, path: target, size, sha256: hash.digest('hex'), mime: await sniff(target) }
      received.set(request, [...(received.get(request) ?? []), kept])
      return { path: target, size }
    }
    callbackify(write)(done)
  },
  _removeFile(_request, file, done) {
    callbackify(() => rm(file.path, { force: true }))(done)
  },
})

/** The type by content; plain text has no signature, so it is told by the absence of control characters. */
async function sniff(file: string): Promise<string> {
  const found = await fileTypeFromFile(file)
  if (found) return found.mime
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0)
    const head = buffer.subarray(0, bytesRead)
    return head.some(byte => byte < 9 || (byte > 13 && byte < 32)) ? 'application/octet-stream' : 'text/plain'
  } finally {
    await handle.close()
  }
}

/** Removes temporary files older than a day: only a process that was killed leaves any behind. */
export async function sweepUploads(folder: string, now: Date): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const file = path.join(folder, name)
    const { mtime } = await stat(file)
    if (now.getTime() - mtime.getTime() > DAY_MS) await rm(file, { force: true })
  }
}

async function removeLeftovers(request: Request): Promise<void> {
  await Promise.all(filesOf(request).map(file => rm(file.path, { force: true })))
}
