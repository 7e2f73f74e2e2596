import { MongoServerSelectionError } from 'mongodb'
import { WrongConfig } from './config.ts'
import { Refusal } from './kernel/refusals.ts'
import { DataFolderHeld, NoDatabase } from './mongo/no-database.ts'

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/**
 * A Vietnamese sentence about why the system could not start and what a person can do about it, or undefined for an
 * error that is a fault of ours and deserves its stack. Looks through `cause`.
 */
export function explainStartError(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error instanceof Refusal) return error.message
  if (error instanceof WrongConfig || error instanceof DataFolderHeld || error instanceof NoDatabase)
    return error.message
  if (error instanceof MongoServerSelectionError) {
    return `Không kết nối được tới cơ sở dữ liệu (${error.message}). Hãy kiểm tra MONGODB_URI và máy chủ MongoDB.`
  }
  const code = 'code' in error ? error.code : undefined
  const port = 'port' in error ? textOf(error.port) : ''
  const path = 'path' in error ? textOf(error.path) : ''
  switch (code) {
    case 'EADDRINUSE':
      return `Cổng ${port} đã có chương trình khác dùng. Hãy dừng chương trình đó, hoặc chọn cổng khác, ví dụ: PORT=${Number(port) + 1} npm start`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `Máy này không có địa chỉ mà HOST chỉ tới. Hãy đặt HOST=127.0.0.1 (chỉ máy này) hoặc HOST=0.0.0.0 (mọi máy trong mạng).`
    case 'EACCES':
    case 'EPERM':
      if (port !== '')
        return `Không được phép mở cổng ${port} (cổng dưới 1024 cần quyền quản trị). Hãy chọn cổng khác, ví dụ: PORT=3000 npm start`
      return `Không được phép đọc hoặc ghi ${path}. Hãy sửa quyền của thư mục đó, hoặc đặt DATA_DIR trỏ tới một thư mục ghi được.`
    case 'EROFS':
      return `${path} nằm trên ổ đĩa chỉ đọc. Hãy đặt DATA_DIR trỏ tới một thư mục ghi được.`
    case 'ENOSPC':
      return `Ổ đĩa đã hết chỗ${path === '' ? '' : ` khi ghi ${path}`}. Hãy giải phóng chỗ rồi chạy lại; dữ liệu đã lưu không mất.`
    default:
      return explainStartError(error.cause)
  }
}
