const MB = 1024 * 1024

/** Largest file of one evidence entry, in bytes. */
export const LARGEST_FILE = 50 * MB

/** What the content must be sniffed as, with the mime type it is kept under. */
const BY_CONTENT: Readonly<Record<string, string>> = {
  'application/pdf': 'application/pdf',
  'image/jpeg': 'image/jpeg',
  'image/png': 'image/png',
  'image/webp': 'image/webp',
  'image/heic': 'image/heic',
  'image/heif': 'image/heic',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document':
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet':
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation':
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'audio/mpeg': 'audio/mpeg',
  'video/mp4': 'video/mp4',
}

/** Older Office files share one container, so the name's ending says which of them it is. */
const OLD_OFFICE: Readonly<Record<string, string>> = { doc: 'application/msword', xls: 'application/vnd.ms-excel' }

/** The `accept` attribute of every file field for evidence. */
export const ACCEPT = '.pdf,.jpg,.jpeg,.png,.webp,.heic,.doc,.docx,.xls,.xlsx,.pptx,.mp3,.mp4'

export const ACCEPTED_IN_WORDS =
  'PDF, ảnh (JPG, PNG, WEBP, HEIC), Word, Excel, PowerPoint, MP3, MP4; mỗi tệp tối đa 50 MB'

/** The mime type to keep the file under, or the Vietnamese sentence why it is not taken. */
export function acceptedKind(file: {
  readonly name: string
  readonly mime: string
  readonly size: number
}): { readonly mime: string } | { readonly refused: string } {
  const named = `Tệp “${file.name}”`
  if (file.size === 0) return { refused: `${named} không có nội dung.` }
  if (file.size > LARGEST_FILE)
    return { refused: `${named} vượt quá 50 MB. Xin quét ở độ phân giải thấp hơn hoặc tách thành nhiều tệp.` }
  const ending = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? ''
  const mime = BY_CONTENT[file.mime] ?? (file.mime === 'application/x-cfb' ? OLD_OFFICE[ending] : undefined)
  if (mime) return { mime }
  if (/zip|rar|7z|gzip|x-tar/.test(file.mime))
    return { refused: `${named} là tệp nén. Xin giải nén rồi tải từng tệp lên, để người đọc mở xem được ngay.` }
  return { refused: `${named} không thuộc các loại được nhận: ${ACCEPTED_IN_WORDS}.` }
}

/** Whether a browser shows it inside a page. */
export const isPreviewable = (mime: string): boolean =>
  mime === 'application/pdf' || mime === 'image/jpeg' || mime === 'image/png' || mime === 'image/webp'

/** Where an original on paper should have been seen before the scan is trusted: pictures and PDFs. */
export const isScan = (mime: string): boolean => mime === 'application/pdf' || mime.startsWith('image/')

/** `3,4 MB`, `120 KB`. */
export const printSize = (bytes: number): string =>
  bytes >= MB
    ? `${(bytes / MB).toLocaleString('vi-VN', { maximumFractionDigits: 1 })} MB`
    : `${Math.max(1, Math.round(bytes / 1024))} KB`
