import { printInstant } from '../kernel/dates.ts'
import { printNumber } from '../kernel/words.ts'
import type { Backup, BackupSize } from './backup.ts'
import { printBytes } from './backup-words.ts'

const STATES = {
  running: { label: 'Đang sao lưu', tone: 'blue' },
  done: { label: 'Đã xong', tone: 'green' },
  failed: { label: 'Không thành công', tone: 'red' },
  removed: { label: 'Đã thay bằng bản mới', tone: 'grey' },
} as const

const CHECKS = {
  running: { label: 'Đang kiểm tra', tone: 'blue' },
  good: { label: 'Nguyên vẹn', tone: 'green' },
  bad: { label: 'Không nguyên vẹn', tone: 'red' },
} as const

export const backupHref = (id: string): string => `/sao-luu/${id}`

const sizeWords = ({ documents, bytes, files, fileBytes }: BackupSize): string =>
  `${printNumber(documents)} bản ghi (${printBytes(bytes)}), ${printNumber(files)} tệp (${printBytes(fileBytes)})`

const checkWords = ({ check }: Backup): string =>
  check === undefined ? 'Chưa kiểm tra' : `${CHECKS[check.state].label}, ${printInstant(check.at)}`

export interface BackupSettings {
  readonly folder: string | undefined
  readonly hour: number | undefined
  readonly keep: number
}

/** All backups that are known of, newest first, and how they come about. */
export function backupsPage(backups: readonly Backup[], { folder, hour, keep }: BackupSettings) {
  return {
    facts: [
      { term: 'Thư mục', text: folder ?? 'Chưa đặt (BACKUP_DIR)' },
      {
        term: 'Tự động',
        text:
          hour === undefined
            ? 'Tắt (đặt BACKUP_HOUR để bật)'
            : `Mỗi ngày từ ${hour} giờ, giữ ${keep} bản mới nhất; bản cũ hơn bị xóa`,
      },
    ],
    mayMake: folder !== undefined,
    head: ['Thời điểm', 'Kết quả', 'Nội dung', 'Kiểm tra lần cuối', 'Người thực hiện'],
    rows: backups.map(backup => [
      { text: printInstant(backup.at), href: backupHref(backup.id) },
      { text: '', badge: STATES[backup.state], ...(backup.why !== undefined && { note: backup.why }) },
      backup.made ? sizeWords(backup.made) : '',
      backup.state === 'done' ? checkWords(backup) : '',
      backup.by.name,
    ]),
  }
}

/** One backup: how far it is, what is in it, what the last check found. */
export function backupPage(backup: Backup) {
  const { id, state, made, why, progress, check } = backup
  const running = state === 'running' || check?.state === 'running'
  const href = backupHref(id)
  return {
    breadcrumbs: [{ label: 'Sao lưu', href: '/sao-luu' }],
    badge: STATES[state],
    facts: [
      { term: 'Bắt đầu', text: `${printInstant(backup.at)}, ${backup.by.name}` },
      { term: 'Thư mục', text: backup.folder },
      ...(made
        ? [
            { term: 'Nội dung', text: sizeWords(made) },
            { term: 'Tạm dừng ghi', text: `${printNumber(made.pausedMs)} mili giây` },
            ...(made.faultyFiles > 0
              ? [{ term: 'Tệp hỏng, không sao lưu được', text: printNumber(made.faultyFiles) }]
              : []),
            { term: 'Kiểm tra lần cuối', text: check ? `${checkWords(backup)}, ${check.by}` : checkWords(backup) },
          ]
        : []),
    ],
    running: running
      ? {
          follow: `${href}/tien-do`,
          done: progress?.done ?? 0,
          total: progress?.total ?? 0,
          words: progressWords(backup),
          href,
        }
      : undefined,
    why: state === 'failed' ? (why ?? '') : undefined,
    faults: check?.state === 'bad' ? check.faults : [],
    mayCheck: state === 'done' && !running,
    checkAction: `${href}/kiem-tra`,
    back: '/sao-luu',
  }
}

/** `Đang chép tệp minh chứng và văn bản (12/340)…` */
export const progressWords = ({ progress }: Backup): string =>
  progress === undefined
    ? 'Đang chuẩn bị…'
    : progress.total > 0
      ? `${progress.words} (${progress.done}/${progress.total})…`
      : `${progress.words}…`
