import { searchKey } from '../kernel/words.ts'
import type { EvidenceState } from './evidence-machine.ts'
import type { DataClass, Evidence } from './evidence.ts'

export const KINDS: Readonly<Record<Evidence['kind'], string>> = {
  document: 'Văn bản',
  record: 'Sổ, hồ sơ',
  photo: 'Hình ảnh',
  survey: 'Kết quả khảo sát',
  interview: 'Biên bản phỏng vấn',
  observation: 'Biên bản quan sát',
  object: 'Hiện vật',
}

export const DATA_CLASSES: Readonly<Record<DataClass, string>> = {
  public: 'Công khai',
  internal: 'Nội bộ',
  personal: 'Dữ liệu cá nhân',
  sensitive: 'Nhạy cảm',
}

export type Tone = 'grey' | 'blue' | 'green' | 'orange' | 'red'

export const STATE_TONES: Readonly<Record<EvidenceState, Tone>> = {
  expected: 'grey',
  missing: 'orange',
  collected: 'blue',
  rejected: 'red',
  verified: 'blue',
  coded: 'green',
  frozen: 'green',
  withdrawn: 'grey',
  disposed: 'grey',
}

/** What the journal's events are called on the screen, for those that are no steps of the machine. */
export const OTHER_EVENTS: Readonly<Record<string, string>> = {
  forecast: 'Dự kiến minh chứng',
  edit: 'Sửa thông tin',
  addEntry: 'Thêm năm học',
  editEntry: 'Sửa số, ngày, nơi ban hành hoặc thêm tệp',
  removeFile: 'Gỡ tệp',
  addForVisit: 'Bổ sung cho đoàn đánh giá ngoài',
  carryOver: 'Kế thừa từ năm học trước',
  confirmCarried: 'Xác nhận minh chứng kế thừa',
  openSensitive: 'Mở tệp nhạy cảm',
}

/** Words in a name that point at records of pupils, health or discipline (process § 12, rule 1). */
const SENSITIVE_WORDS =
  /\b(hoc ba|so diem|ket qua hoc tap|suc khoe|y te|ky luat|ho ngheo|khuyet tat|danh sach hoc sinh|danh sach tre|so theo doi tre|chuyen can)\b/
const PERSONAL_WORDS = /\b(ly lich|ho so (giao vien|can bo|nhan vien|vien chuc)|bang tot nghiep|danh sach)\b/

/** The class proposed for an item nobody has classed yet, judged by its name. */
export function suggestedClass(name: string): DataClass {
  const words = searchKey(name)
  return SENSITIVE_WORDS.test(words) ? 'sensitive' : PERSONAL_WORDS.test(words) ? 'personal' : 'internal'
}

/** The class that protects an item now: what was set, else what its name suggests. */
export const classOf = (item: Pick<Evidence, 'dataClass' | 'name'>): DataClass =>
  item.dataClass ?? suggestedClass(item.name)

/** `Ke_hoach-nam hoc.pdf` → `Ke hoach nam hoc`: a first name for an item made from a file. */
export function nameFromFile(fileName: string): string {
  const bare = fileName
    .normalize('NFC')
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/[_\s]+/g, ' ')
    .trim()
  return (bare === '' ? fileName : bare.charAt(0).toLocaleUpperCase('vi') + bare.slice(1)).slice(0, 500)
}
