import type { PageFrame } from '../http/shell.ts'
import { printDay } from '../kernel/dates.ts'
import type { Verified } from './report-needs.ts'

export interface VerifyPage extends PageFrame {
  readonly answer?: {
    readonly tone: 'green' | 'orange' | 'red'
    readonly label: string
    readonly text: string
    readonly facts: readonly { readonly term: string; readonly text: string }[]
  }
}

const ANSWERS: Readonly<Record<Verified['result'], readonly ['green' | 'orange' | 'red', string, string]>> = {
  inForce: ['green', 'Đúng văn bản của hệ thống', 'Văn bản do hệ thống lập và đang có hiệu lực.'],
  replaced: [
    'orange',
    'Đã được thay thế',
    'Văn bản do hệ thống lập nhưng không còn hiệu lực: đã có văn bản khác thay thế.',
  ],
  withdrawn: [
    'red',
    'Đã thu hồi, hủy bỏ',
    'Văn bản do hệ thống lập nhưng không còn hiệu lực: văn bản đã bị thu hồi hoặc hủy bỏ.',
  ],
  expired: [
    'orange',
    'Đã hết thời hạn',
    'Văn bản do hệ thống lập nhưng đã hết thời hạn: việc mà văn bản quy định đã kết thúc.',
  ],
  unused: [
    'orange',
    'Không còn dùng',
    'Văn bản do hệ thống lập nhưng hồ sơ hiện không dùng bản này, hoặc bản này chưa được ban hành.',
  ],
  draft: [
    'orange',
    'Bản dự thảo',
    'Hệ thống có lập bản này làm dự thảo; dự thảo không có giá trị như văn bản đã ban hành.',
  ],
  unknown: [
    'red',
    'Không tìm thấy',
    'Hệ thống không lập văn bản nào như vậy. Xin kiểm tra lại mã, hoặc tải đúng tệp PDF gốc (không phải bản quét, bản chụp màn hình hay bản đã lưu lại bằng phần mềm khác).',
  ],
}

/** The public page on which anybody checks a paper; it names no person. */
export function verifyPage(found: Verified | undefined): VerifyPage {
  const subtitle = 'Kiểm tra một văn bản có đúng do hệ thống lập hay không.'
  if (!found) return { subtitle }
  const [tone, label, text] = ANSWERS[found.result]
  const facts = [
    ['Văn bản', found.title],
    ['Số, ngày', found.numberAndDate],
    ['Hết hiệu lực từ ngày', found.endedOn === undefined ? undefined : printDay(found.endedOn)],
    ['Thay bằng', found.replacedBy],
    ['Năm học', found.year],
    ['Số trang', found.pages === undefined ? undefined : String(found.pages)],
    ['Mã nội dung', found.hash],
    [
      'Chữ ký',
      found.extended
        ? 'Tệp có phần được thêm sau văn bản gốc, thường là chữ ký số. Xin xem chữ ký bằng phần mềm đọc PDF.'
        : undefined,
    ],
  ] as const
  return {
    subtitle,
    answer: {
      tone,
      label,
      text,
      facts: facts.flatMap(([term, value]) => (value === undefined ? [] : [{ term, text: value }])),
    },
  }
}
