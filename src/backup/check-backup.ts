import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { keptPlace } from '../evidence/index.ts'
import { dumpedDocuments } from '../mongo/dump.ts'
import { sha256Of, type KeptFile } from './kept-files.ts'
import type { Told } from './make-backup.ts'
import { FILE_LIST, readManifest, type Manifest } from './manifest.ts'

/** What reading a backup through found. */
export interface Checked {
  readonly manifest: Manifest
  readonly files: readonly KeptFile[]
  /** A Vietnamese sentence for each thing that is not as the manifest says; none when the backup is whole. */
  readonly faults: readonly string[]
}

/** Reads every byte of a backup against its manifest. Throws `BadBackup` when there is no manifest to go by. */
export async function checkBackup(folder: string, told: Told): Promise<Checked> {
  const manifest = await readManifest(folder)
  const faults: string[] = []
  const list = await readFile(path.join(folder, FILE_LIST), 'utf8').catch(() => '')
  if (createHash('sha256').update(list).digest('hex') !== manifest.files.sha256)
    faults.push(`Danh sách tệp (${FILE_LIST}) bị cắt hoặc đã bị sửa.`)
  const files = list.split('\n').flatMap(line => {
    const [sha256 = '', size = ''] = line.split(' ')
    return /^[0-9a-f]{64}$/.test(sha256) ? [{ sha256, size: Number(size) }] : []
  })
  const total = manifest.collections.length + files.length
  let done = 0
  for (const collection of manifest.collections) {
    const fault = await faultOf(path.join(folder, 'data', `${collection.name}.bson`), collection)
    if (fault !== undefined) faults.push(`Dữ liệu “${collection.name}” ${fault}.`)
    await told('Đang đọc lại dữ liệu', ++done, total)
  }
  for (const { sha256 } of files) {
    const found = await sha256Of(keptPlace(path.join(folder, 'files'), sha256)).catch(() => undefined)
    if (found !== sha256) faults.push(`Tệp ${sha256.slice(0, 12)}… ${found === undefined ? 'không còn' : 'đã hỏng'}.`)
    await told('Đang đọc lại tệp minh chứng và văn bản', ++done, total)
  }
  return { manifest, files, faults }
}

async function faultOf(
  file: string,
  { count, bytes, sha256 }: Manifest['collections'][number],
): Promise<string | undefined> {
  const size = await stat(file).then(
    found => found.size,
    () => undefined,
  )
  if (size === undefined) return 'không còn'
  if (size !== bytes) return `có ${size} byte thay vì ${bytes} (bị cắt hoặc đã bị sửa)`
  if ((await sha256Of(file)) !== sha256) return 'đã hỏng hoặc bị sửa'
  const documents = dumpedDocuments(file)
  let found = 0
  while (!(await documents.next()).done) found++
  return found === count ? undefined : `có ${found} bản ghi thay vì ${count}`
}
