/** One text of a report that its officer writes; `tables` are those that it speaks of. */
export interface ReportPart {
  readonly key: string
  /** Heading with its number, as printed. */
  readonly title: string
  readonly level: 1 | 2
  /** Headings alone carry no text. */
  readonly written: boolean
  readonly tables?: readonly string[]
  /** Whether an empty one keeps the report from being signed. */
  readonly required?: boolean
}

const part = (key: string, title: string, more: Partial<ReportPart> = {}): ReportPart => ({
  key,
  title,
  level: key.includes('-') ? 2 : 1,
  written: true,
  ...more,
})
const chapter = (key: string, title: string): ReportPart => ({ key, title, level: 1, written: false })

/** Why there is nothing to compare with; only asked where the year before is missing. */
export const COMPARISON_REASON = 'khong-so-sanh'

/** Text parts I–VI of the Sở's annual report (forms § 12). */
export const PROVINCE_PARTS: readonly ReportPart[] = [
  part('I', 'I. BỐI CẢNH, QUY MÔ', { required: true }),
  part('II', 'II. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI', { required: true }),
  chapter('III', 'III. KẾT QUẢ'),
  part('III-1', '1. Tự đánh giá', { tables: ['P1'], required: true }),
  part('III-2', '2. Đánh giá ngoài', { tables: ['P2', 'P10', 'P11'] }),
  part('III-3', '3. Công nhận đạt kiểm định chất lượng giáo dục', { tables: ['P3', 'P7', 'P8'], required: true }),
  part('III-4', '4. Công nhận trường đạt chuẩn quốc gia', { tables: ['P4', 'P7', 'P8'], required: true }),
  part('III-5', '5. Kết quả theo địa bàn và qua các năm', { tables: ['P5', 'P6', 'P12'] }),
  part('III-6', '6. Tiêu chí yếu', { tables: ['P9'] }),
  part('III-7', '7. Đối sánh số liệu', { tables: ['P14', 'P14b', 'P14c', 'P14d'] }),
  chapter('IV', 'IV. ĐÁNH GIÁ CHUNG'),
  part('IV-1', '1. Kết quả nổi bật', { required: true }),
  part('IV-2', '2. Hạn chế, nguyên nhân', { required: true }),
  part('IV-3', '3. Bài học kinh nghiệm'),
  part('V', 'V. PHƯƠNG HƯỚNG, CHỈ TIÊU NĂM HỌC TỚI', { tables: ['P13'], required: true }),
  part('VI', 'VI. ĐỀ XUẤT, KIẾN NGHỊ'),
]

/** Text parts I–VI of a unit's summary (forms § 11). */
export const UNIT_PARTS: readonly ReportPart[] = [
  part('I', 'I. ĐẶC ĐIỂM TÌNH HÌNH', { required: true }),
  part('II', 'II. CÔNG TÁC CHỈ ĐẠO', { required: true }),
  chapter('III', 'III. KẾT QUẢ'),
  part('III-1', '1. Tự đánh giá', { tables: ['M1', 'M2'], required: true }),
  part('III-2', '2. Đăng ký và đánh giá ngoài', { tables: ['M4'] }),
  part('III-3', '3. Danh hiệu của các trường', { tables: ['M3'], required: true }),
  part('III-4', '4. Đối sánh số liệu', { tables: ['M6', 'M6b', 'M6c'] }),
  part('III-5', '5. Cải tiến chất lượng'),
  chapter('IV', 'IV. ĐÁNH GIÁ'),
  part('IV-1', '1. Ưu điểm', { required: true }),
  part('IV-2', '2. Hạn chế, nguyên nhân', { required: true }),
  part('V', 'V. KẾ HOẠCH NĂM HỌC TỚI', { tables: ['M4'], required: true }),
  part('VI', 'VI. KIẾN NGHỊ'),
]

export const partsFor = (isProvince: boolean): readonly ReportPart[] => (isProvince ? PROVINCE_PARTS : UNIT_PARTS)

/** Texts that must not be empty when the report is signed. */
export const missingParts = (isProvince: boolean, texts: Readonly<Record<string, string>>): readonly ReportPart[] =>
  partsFor(isProvince).filter(({ key, required }) => required === true && (texts[key] ?? '').trim() === '')
