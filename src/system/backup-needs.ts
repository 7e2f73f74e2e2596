import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { backupStore, type BackupRouteNeeds } from '../backup/index.ts'
import { dayOf } from '../kernel/dates.ts'
import type { BaseSystem } from './system-base.ts'

/** Where backups are laid and when; without a folder none can be made from the screens. */
export interface BackupSettings {
  readonly folder?: string | undefined
  /** Hour of Vietnamese time from which the day's backup is made; absent: none by itself. */
  readonly hour?: number | undefined
  /** How many are kept. */
  readonly keep?: number
  /** Folders of the database, in which no backup may lie. */
  readonly databaseDirs?: readonly string[]
}

const KEPT = 14

const packageSchema = z.object({ version: z.string() })

/** What backups are handed; their journal is that of the Sở. */
export function backupNeedsOf(base: BaseSystem, filesDir: string, settings: BackupSettings = {}): BackupRouteNeeds {
  const provinceId = () => base.provinceId().catch(() => undefined)
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return {
    db: base.db,
    filesDir,
    databaseDirs: settings.databaseDirs ?? [],
    application: packageSchema.parse(JSON.parse(text)).version,
    now: base.now,
    backups: backupStore(base.db, base.post),
    folder: settings.folder,
    hour: settings.hour,
    keep: settings.keep ?? KEPT,
    provinceId,
    itTeam: async () => {
      const unitId = await provinceId()
      const staff = unitId === undefined ? [] : await base.staff.staffOf(unitId, dayOf(base.now()))
      return staff.filter(({ seats }) => seats.some(({ role }) => role === 'itAdmin')).map(({ personId }) => personId)
    },
    notify: base.notify,
    report: base.report,
  }
}
