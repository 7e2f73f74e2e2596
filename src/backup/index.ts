export { backupRoutes, type BackupRouteNeeds } from './backup-routes.ts'
export { backupStore, type BackupStore } from './backup-store.ts'
export { BackupFailed, BadBackup, printBytes } from './backup-words.ts'
export { checkBackup } from './check-backup.ts'
export { backupsIn, makeBackup, type Made, type MakeNeeds } from './make-backup.ts'
export { readManifest, type Manifest } from './manifest.ts'
export { refuseHalfRestored, restoreBackup } from './restore-backup.ts'
export {
  closeCut,
  COMMAND_LINE,
  markRestored,
  nightlyBackup,
  removeOld,
  runBackup,
  type BackupNeeds,
} from './run-backup.ts'
