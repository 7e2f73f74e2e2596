import { rm } from 'node:fs/promises'
import path from 'node:path'
import { entryBy } from '../journal/index.ts'
import { SYSTEM, type Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { NotFound, Refusal } from '../kernel/refusals.ts'
import type { Notify } from '../notices/index.ts'
import type { Backup, BackupSize } from './backup.ts'
import { mayOnBackup } from './backup-policy.ts'
import type { BackupStore } from './backup-store.ts'
import { BackupFailed } from './backup-words.ts'
import { checkBackup } from './check-backup.ts'
import { backupsIn, makeBackup, nameAt, type Made, type MakeNeeds, type Told } from './make-backup.ts'
import { readManifest, type Manifest } from './manifest.ts'

export interface BackupNeeds extends MakeNeeds {
  readonly backups: BackupStore
  /** Where backups are laid; undefined where none was named. */
  readonly folder: string | undefined
  /** The unit in whose journal backups stand; undefined before there is any. */
  readonly provinceId: () => Promise<string | undefined>
  /** People of the IT team. */
  readonly itTeam: () => Promise<readonly string[]>
  readonly notify: Notify
  readonly report: (error: unknown) => void
}

const FAULT = 'Máy chủ gặp lỗi khi sao lưu; chi tiết có trong nhật ký vận hành.'
const CUT = 'Tiến trình sao lưu dừng giữa chừng. Hệ thống vẫn chạy bình thường; xin sao lưu lại.'
const NO_FOLDER = 'Máy chủ này chưa đặt thư mục sao lưu (BACKUP_DIR).'
const TELL_EVERY_MS = 500

const OWN_LINK = '/sao-luu'

/** Begins a backup for somebody of the IT team and gives its name at once; the work goes on behind it. */
export const beginBackup =
  (needs: BackupNeeds) =>
  async (actor: Actor): Promise<{ readonly id: string; readonly ended: Promise<Made | undefined> }> => {
    const id = nameAt(needs.now())
    if (!mayOnBackup.make(actor, { id })) throw new NotFound(`backup ${id}`)
    return begin(needs, actor, needs.folder)
  }

/** Who stands in the journal when a backup is made at the command line of the server. */
export const COMMAND_LINE: Actor = { personId: 'command-line', name: 'Dòng lệnh của máy chủ', seats: [] }

/**
 * A backup that the clock (`SYSTEM`) or the command line asks for, to its end. How it went is told as usual; `why` is the
 * sentence of a failure.
 */
export async function runBackup(
  needs: BackupNeeds,
  actor: Actor,
): Promise<{ readonly made?: Made; readonly why?: string }> {
  const { id, ended } = await begin(needs, actor, needs.folder)
  const made = await ended
  return made ? { made } : { why: (await needs.backups.find(id))?.why ?? FAULT }
}

async function begin(needs: BackupNeeds, actor: Actor, to: string | undefined) {
  if (to === undefined) throw new BackupFailed(NO_FOLDER)
  await closeCut(needs)
  const at = needs.now()
  const id = nameAt(at)
  const by = { personId: actor.personId, name: actor.name }
  const backup: Backup = { id, at, by, state: 'running', folder: path.join(to, id) }
  const entry = await entryFor(needs, actor, id, 'makeBackup', at)
  if (!(await needs.backups.begin(backup, entry))) throw new BackupFailed('Bản sao lưu vừa được bắt đầu.')
  return { id, ended: carryOut({ ...needs, now: () => at }, actor, id, to) }
}

/** Never rejects: how it ended stands on its row. */
async function carryOut(needs: BackupNeeds, actor: Actor, id: string, to: string): Promise<Made | undefined> {
  try {
    const made = await makeBackup(needs, to, telling(needs.backups, id))
    const entry = await entryFor(needs, actor, id, 'backupMade', needs.now(), {
      sha256OfFiles: made.manifest.files.sha256,
    })
    await needs.backups.write(id, { state: 'done', made: sizeOf(made.manifest) }, entry)
    const faulty = made.manifest.files.faulty.length
    if (faulty > 0)
      await tell(
        needs,
        id,
        `Sao lưu xong nhưng ${faulty} tệp minh chứng hoặc văn bản đã hỏng trên ổ đĩa.`,
        'Tệp hỏng không có trong bản sao lưu. Xin lấy lại từ bản sao lưu cũ hơn.',
      )
    return made
  } catch (error) {
    if (!(error instanceof Refusal)) needs.report(error)
    await fail(needs, actor, id, error instanceof Refusal ? error.message : FAULT).catch(needs.report)
    return undefined
  }
}

async function fail(needs: BackupNeeds, actor: Actor, id: string, why: string): Promise<void> {
  const entry = await entryFor(needs, actor, id, 'backupFailed', needs.now())
  await needs.backups.write(id, { state: 'failed', why }, entry)
  await tell(needs, id, 'Sao lưu không thành công.', why)
}

/** Backups whose process died stay `running` for ever unless somebody says so; nobody makes one while the right to is free. */
export async function closeCut(needs: BackupNeeds): Promise<void> {
  const running = await needs.backups.running()
  if (running.length === 0) return
  // Throws when another process is at it.
  const hold = await needs.db.holdPauses()
  try {
    for (const { id, folder } of running) {
      // The process may have died between the last step of the backup and the word about it.
      const manifest = await readManifest(folder).catch(() => undefined)
      if (manifest) await needs.backups.write(id, { state: 'done', made: sizeOf(manifest) })
      else await fail(needs, SYSTEM, id, CUT)
    }
  } finally {
    await hold.release()
  }
}

/** In a restored database, the backup that it came from: it was still being made when its own row was copied. */
export async function markRestored(needs: BackupNeeds, folder: string, manifest: Manifest): Promise<void> {
  const id = nameAt(new Date(manifest.at))
  if ((await needs.backups.find(id))?.state === 'running')
    await needs.backups.write(id, { state: 'done', folder, made: sizeOf(manifest) })
}

/** Reads a backup through for somebody of the IT team; how it ended stands on its row. */
export const beginCheck =
  (needs: BackupNeeds) =>
  async (actor: Actor, id: string): Promise<{ readonly ended: Promise<void> }> => {
    const backup = await openBackup(needs, actor, id)
    if (!mayOnBackup.check(actor, backup)) throw new NotFound(`backup ${id}`)
    if (backup.state !== 'done') throw new BackupFailed('Chỉ kiểm tra được bản sao lưu đã làm xong.')
    const at = needs.now()
    await needs.backups.write(id, { check: { state: 'running', at, by: actor.name, faults: [] } })
    return { ended: check(needs, actor, backup, at) }
  }

async function check(needs: BackupNeeds, actor: Actor, { id, folder }: Backup, at: Date): Promise<void> {
  let faults: readonly string[]
  try {
    faults = (await checkBackup(folder, telling(needs.backups, id))).faults
  } catch (error) {
    if (!(error instanceof Refusal)) needs.report(error)
    faults = [error instanceof Refusal ? error.message : FAULT]
  }
  const state = faults.length === 0 ? 'good' : 'bad'
  try {
    const entry = await entryFor(needs, actor, id, 'checkBackup', at, { outcome: state })
    await needs.backups.write(id, { check: { state, at, by: actor.name, faults: faults.slice(0, 20) } }, entry)
    if (state === 'bad') await tell(needs, id, 'Một bản sao lưu không còn nguyên vẹn.', faults[0] ?? '')
  } catch (error) {
    needs.report(error)
  }
}

/** The backup, for the IT team; `NotFound` for everybody else. */
export async function openBackup(needs: Pick<BackupNeeds, 'backups'>, actor: Actor, id: string): Promise<Backup> {
  const backup = await needs.backups.find(id)
  if (!backup || !mayOnBackup.read(actor, backup)) throw new NotFound(`backup ${id}`)
  return backup
}

/** Throws away the oldest backups beyond `keep`; never the newest that no check found faulty. Gives the names that went. */
export async function removeOld(needs: BackupNeeds, keep: number): Promise<readonly string[]> {
  const { folder } = needs
  if (folder === undefined) return []
  const names = await backupsIn(folder)
  const known = await Promise.all(names.map(async name => [name, await needs.backups.find(name)] as const))
  const lastGood = known.findLast(([, backup]) => backup?.check?.state !== 'bad')?.[0]
  const old = names.slice(0, Math.max(0, names.length - keep)).filter(name => name !== lastGood)
  for (const name of old) {
    await rm(path.join(folder, name), { recursive: true, force: true })
    await needs.backups.write(name, { state: 'removed' })
  }
  return old
}

/**
 * A job of the clock: once a day, from this hour of Vietnamese time on, a backup; then the oldest go. A failed one is not
 * tried again before the next day.
 */
export function nightlyBackup(needs: BackupNeeds, hour: number, keep: number): () => Promise<void> {
  return async () => {
    const now = needs.now()
    if (new Date(now.getTime() + 7 * 3_600_000).getUTCHours() < hour) return
    const today = dayOf(now)
    const latest = await needs.backups.latest(50)
    if (latest.some(({ by, at }) => by.personId === SYSTEM.personId && dayOf(at) === today)) return
    const { made } = await runBackup(needs, SYSTEM)
    if (made) await removeOld(needs, keep)
  }
}

/** Words of progress, written down twice a second at most. */
function telling(backups: BackupStore, id: string): Told {
  let last = 0
  let said = ''
  return async (words, done = 0, total = 0) => {
    const now = performance.now()
    if (words === said && now - last < TELL_EVERY_MS) return
    ;[last, said] = [now, words]
    await backups.tell(id, { words, done, total })
  }
}

async function entryFor(
  { provinceId }: Pick<BackupNeeds, 'provinceId'>,
  actor: Actor,
  id: string,
  event: string,
  at: Date,
  facts?: JournalEntry['facts'],
): Promise<JournalEntry> {
  const unitId = (await provinceId()) ?? 'he-thong'
  return entryBy(actor, at, {
    id: `backup:${id}:${event}:${at.getTime()}`,
    unitId,
    subject: { kind: 'backup', id },
    event,
    ...(facts && { facts }),
  })
}

async function tell(needs: BackupNeeds, id: string, subject: string, text: string): Promise<void> {
  await needs.notify({
    id: `backup:${id}:${subject}`,
    personIds: await needs.itTeam(),
    subject,
    text,
    href: `${OWN_LINK}/${id}`,
  })
}

const sizeOf = ({ collections, files, pausedMs }: Manifest): BackupSize => ({
  documents: collections.reduce((sum, { count }) => sum + count, 0),
  bytes: collections.reduce((sum, { bytes }) => sum + bytes, 0),
  files: files.count,
  fileBytes: files.bytes,
  faultyFiles: files.faulty.length,
  pausedMs,
})
