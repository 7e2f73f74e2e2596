import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'esbuild'
import type { RequestHandler } from 'express'

const ROOT = path.resolve(import.meta.dirname, '../..')

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

interface Asset {
  readonly type: string
  readonly raw: Buffer
  readonly gzip?: Buffer
  readonly brotli?: Buffer
}

/** Style sheet, scripts, fonts and icons, each under a name that changes with its content. */
export interface Assets {
  /** Address of `app.css`, `main.js`, `icons.svg` or a font; throws for a name that was not built. */
  readonly href: (name: string) => string
  readonly serve: RequestHandler
}

/** Bundles the browser's files in memory, in well under a second, compressed once instead of at every request. */
export async function buildAssets(): Promise<Assets> {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: { main: 'src/browser/main.ts', app: 'views/assets/app.css' },
    outdir: 'assets',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    // Chrome 109 is the last one on Windows 7 and 8, which schools still run.
    target: ['chrome109', 'firefox115', 'safari15.4'],
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file' },
    logLevel: 'error',
  })
  const files = new Map<string, Asset>()
  const names = new Map<string, string>()
  const add = async (name: string, hashed: string, raw: Buffer): Promise<void> => {
    files.set(hashed, await compressed(raw, TYPES[path.extname(hashed)] ?? 'application/octet-stream'))
    names.set(name, `/assets/${hashed}`)
  }
  await Promise.all(
    result.outputFiles.map(file => {
      const hashed = path.basename(file.path)
      return add(hashed.replace(/-[A-Z0-9]{8}(?=\.)/, ''), hashed, Buffer.from(file.contents))
    }),
  )
  for (const name of ['icons.svg', 'favicon.svg']) {
    const raw = await readFile(path.join(ROOT, 'views/assets', name))
    const hash = createHash('sha256').update(raw).digest('hex').slice(0, 8)
    await add(name, name.replace('.', `-${hash}.`), raw)
  }
  return {
    href: name => {
      const href = names.get(name)
      if (!href) throw new Error(`no such asset: ${name}`)
      return href
    },
    serve: (request, response, next) => {
      const asset = files.get(request.path.slice(1))
      if (!asset || request.method !== 'GET') return next()
      response.set({
        'Content-Type': asset.type,
        'Cache-Control': 'public, max-age=31536000, immutable',
        'X-Content-Type-Options': 'nosniff',
        Vary: 'Accept-Encoding',
      })
      const encoding = asset.brotli ? request.acceptsEncodings('br', 'gzip', 'identity') : 'identity'
      const body = encoding === 'br' ? asset.brotli : encoding === 'gzip' ? asset.gzip : undefined
      if (body) response.set('Content-Encoding', String(encoding))
      response.end(body ?? asset.raw)
    },
  }
}

async function compressed(raw: Buffer, type: string): Promise<Asset> {
  if (type === 'font/woff2') return { type, raw }
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    promisify(gzip)(raw, { level: 9 }),
  ])
  return { type, raw, brotli: br, gzip: gz }
}
