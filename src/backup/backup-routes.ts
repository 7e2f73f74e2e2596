import { setTimeout } from 'node:timers/promises'
import { page, redirect, type Route } from '../http/route.ts'
import type { Actor } from '../kernel/actor.ts'
import { NotFound } from '../kernel/refusals.ts'
import { backupHref, backupPage, backupsPage, progressWords, type BackupSettings } from './backup-page.ts'
import { mayOnBackup } from './backup-policy.ts'
import { beginBackup, beginCheck, openBackup, type BackupNeeds } from './run-backup.ts'

const PAGE = '/sao-luu'
const MOST_SHOWN = 60
const LOOK_EVERY_MS = 500

export type BackupRouteNeeds = BackupNeeds & Pick<BackupSettings, 'hour' | 'keep'>

/** Backups for the IT team: list, make one, check one. Nothing that is in them leaves through the browser. */
export function backupRoutes(needs: BackupRouteNeeds): readonly Route[] {
  const [make, check] = [beginBackup(needs), beginCheck(needs)]
  const requireReader = (actor: Actor): void => {
    if (!mayOnBackup.read(actor, { id: '' })) throw new NotFound('backups')
  }
  return [
    {
      method: 'get',
      path: PAGE,
      access: 'signedIn',
      handle: async ({ actor }) => {
        requireReader(actor)
        return page('backup/list', 'Sao lưu', backupsPage(await needs.backups.latest(MOST_SHOWN), needs))
      },
    },
    {
      method: 'post',
      path: PAGE,
      access: 'signedIn',
      handle: async ({ actor }) => redirect(backupHref((await make(actor)).id)),
    },
    {
      method: 'get',
      path: `${PAGE}/:job`,
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const backup = await openBackup(needs, actor, params['job'] ?? '')
        return page('backup/backup', 'Bản sao lưu', backupPage(backup))
      },
    },
    {
      method: 'get',
      path: `${PAGE}/:job/tien-do`,
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const { id } = await openBackup(needs, actor, params['job'] ?? '')
        return { kind: 'events', source: follow(needs, id) }
      },
    },
    {
      method: 'post',
      path: `${PAGE}/:job/kiem-tra`,
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const id = params['job'] ?? ''
        await check(actor, id)
        return redirect(backupHref(id))
      },
    },
  ]
}

/** How far a backup or its check is, again and again until it has ended; then the page that tells how. */
async function* follow({ backups }: Pick<BackupNeeds, 'backups'>, id: string): AsyncGenerator<object> {
  for (;;) {
    const backup = await backups.find(id)
    if (backup?.state !== 'running' && backup?.check?.state !== 'running') {
      yield { href: backupHref(id) }
      return
    }
    yield { done: backup.progress?.done ?? 0, total: backup.progress?.total ?? 0, message: progressWords(backup) }
    await setTimeout(LOOK_EVERY_MS)
  }
}
