import type { Actor } from '../kernel/actor.ts'
import { rulesFor, type Where } from '../kernel/rules.ts'
import type { Backup } from './backup.ts'

const asItAdmin = (actor: Actor): Where | undefined =>
  actor.seats.some(seat => seat.role === 'itAdmin') ? {} : undefined

/** Backups belong to the IT team of the province alone; nobody reads what is in them through the screens. */
export const mayOnBackup = rulesFor<Pick<Backup, 'id'>>(({ id }) => ({ _id: id }))({
  read: [asItAdmin],
  make: [asItAdmin],
  check: [asItAdmin],
})
