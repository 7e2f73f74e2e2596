import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { BadBackup } from './backup-words.ts'

/** Raised when stored documents change so that an older application cannot read them. */
export const SCHEMA = 1
/** How the folder of a backup is laid out. */
const FORMAT = 1

export const MANIFEST = 'manifest.json'
/** Every kept file: SHA-256, a space, its size in bytes; a line each, sorted. */
export const FILE_LIST = 'files.txt'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().min(0)

const contentSchema = z.object({
  format: z.int(),
  schema: z.int(),
  /** Version of the application that wrote it. */
  application: z.string(),
  at: z.iso.datetime(),
  database: z.string(),
  /** How long writes were held up, and what of it was the copy itself. */
  pausedMs: count,
  copiedMs: count,
  collections: z.array(z.object({ name: z.string().regex(/^[\w.-]+$/), count, bytes: count, sha256: hash })),
  leftOut: z.array(z.object({ name: z.string(), why: z.string() })),
  /** `faulty`: files whose bytes were not those of their name any more; they are left out. */
  files: z.object({ count, bytes: count, sha256: hash, faulty: z.array(hash) }),
  /** Where the journal's chain of each unit ends. */
  journal: z.array(z.object({ unitId: z.string(), seq: count, hash })),
})

/** What a backup holds, and how to know that it still does. */
export type Manifest = z.infer<typeof contentSchema>

const seal = (content: Manifest): string => createHash('sha256').update(JSON.stringify(content)).digest('hex')

/** The manifest as it stands in the folder, with the SHA-256 of its own content. */
export const printManifest = (content: Omit<Manifest, 'format' | 'schema'>): string => {
  const whole = contentSchema.parse({ format: FORMAT, schema: SCHEMA, ...content })
  return `${JSON.stringify({ ...whole, sha256: seal(whole) }, undefined, 2)}\n`
}

/** The manifest of a backup's folder; throws `BadBackup` when there is none, it was changed, or it is of a newer application. */
export async function readManifest(folder: string): Promise<Manifest> {
  let text: string
  try {
    text = await readFile(path.join(folder, MANIFEST), 'utf8')
  } catch {
    throw new BadBackup(
      `Thư mục ${folder} không có tệp ${MANIFEST}: đây không phải bản sao lưu, hoặc bản sao lưu chưa làm xong.`,
    )
  }
  const changed = new BadBackup(`Tệp ${MANIFEST} trong ${folder} bị cắt hoặc đã bị sửa, không dùng được.`)
  const parsed = z.looseObject({ format: z.int(), schema: z.int(), application: z.string() }).safeParse(asJson(text))
  if (!parsed.success) throw changed
  const { format, schema, application } = parsed.data
  if (format > FORMAT || schema > SCHEMA)
    throw new BadBackup(
      `Bản sao lưu này do phiên bản mới hơn của hệ thống (${application}) tạo ra. Xin cài phiên bản đó rồi phục hồi.`,
    )
  const content = contentSchema.safeParse(parsed.data)
  if (!content.success || seal(content.data) !== parsed.data['sha256']) throw changed
  return content.data
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
