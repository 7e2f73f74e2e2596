import { Refusal } from '../kernel/refusals.ts'

/** A folder that cannot be taken for a backup, or no longer is what it was: a Vietnamese sentence. */
export class BadBackup extends Refusal {
  readonly status = 409
}

/** A backup that could not be made, or a restore that cannot begin: a Vietnamese sentence that says what to do. */
export class BackupFailed extends Refusal {
  readonly status = 409
}

/** The system's name of a fault, such as `ENOSPC`. */
export const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** What a fault of the disk means for the person who made the backup; other errors are given back as they are. */
export function diskFault(error: unknown, folder: string): unknown {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new BackupFailed(`Ổ đĩa chứa ${folder} đã hết chỗ. Xin giải phóng chỗ hoặc chọn thư mục khác.`)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new BackupFailed(`Không ghi được vào ${folder}. Xin sửa quyền của thư mục hoặc chọn thư mục khác.`)
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EEXIST':
      return new BackupFailed(`${folder} không phải là thư mục ghi được. Xin chọn thư mục khác.`)
    default:
      return error
  }
}

/** `12,4 MB`. */
export function printBytes(bytes: number): string {
  const units = ['byte', 'KB', 'MB', 'GB', 'TB']
  let [value, at] = [bytes, 0]
  while (value >= 1024 && at < units.length - 1) [value, at] = [value / 1024, at + 1]
  return `${value.toLocaleString('vi-VN', { maximumFractionDigits: at === 0 ? 0 : 1 })} ${units[at] ?? ''}`
}

/** Collections that no backup keeps, and why. Everything else is kept, so that a new collection is never forgotten. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  schoolFacts: 'số liệu tổng hợp, tự lập lại khi có người xem',
  unitTotals: 'số liệu tổng hợp, tự lập lại khi có người xem',
  sessions: 'phiên đăng nhập; mọi người đăng nhập lại sau khi phục hồi',
  signInTriesByName: 'bộ đếm nhập sai mật khẩu',
  signInFailuresByAddress: 'bộ đếm nhập sai mật khẩu',
  secondStepTries: 'bộ đếm nhập sai mã xác thực',
  presence: 'ai đang mở phiếu nào',
  writers: 'tiến trình nào đang dùng cơ sở dữ liệu',
  writePauses: 'việc tạm dừng ghi khi sao lưu',
}
