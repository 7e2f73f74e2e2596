import multer from 'multer'
import { Forbidden, InvalidInput, NotFound, Refusal, StaleWrite, StepRefused, type Unmet } from '../kernel/refusals.ts'

/** What a person or a program is told when a request is not carried out. */
export interface Refused {
  readonly status: number
  readonly code: string
  readonly heading: string
  readonly message: string
  readonly whoMay?: string
  readonly unmet?: readonly Unmet[]
  readonly fields?: Readonly<Record<string, string>>
  /** Id under which the fault stands in the log; only for faults. */
  readonly faultId?: string
}

/** A request that http/ itself turns down, with the words for it. */
export class HttpRefusal extends Refusal {
  readonly status: number
  readonly code: string
  readonly heading: string
  constructor(status: number, code: string, heading: string, message: string) {
    super(message)
    this.status = status
    this.code = code
    this.heading = heading
  }
}

export const signInNeeded = (): HttpRefusal =>
  new HttpRefusal(401, 'signInNeeded', 'Cần đăng nhập', 'Xin đăng nhập rồi thực hiện lại.')

export const formExpired = (): HttpRefusal =>
  new HttpRefusal(
    403,
    'formExpired',
    'Biểu mẫu đã hết hiệu lực',
    'Phiên làm việc đã thay đổi từ khi mở trang này. Xin quay lại, tải lại trang rồi gửi lại.',
  )

export const multipartNotTaken = (): HttpRefusal =>
  new HttpRefusal(415, 'multipartNotTaken', 'Không nhận tệp ở đây', 'Trang này không nhận tệp tải lên.')

export const writesHeldUp = (): HttpRefusal =>
  new HttpRefusal(
    503,
    'writesHeldUp',
    'Hệ thống đang sao lưu dữ liệu',
    'Việc vừa gửi chưa được thực hiện và chưa có gì thay đổi. Xin đợi ít giây rồi gửi lại; nội dung đang soạn vẫn ở trang trước.',
  )

/** Translates anything thrown into words; what is no refusal becomes a fault that tells nothing but its id. */
export function refusedBecause(error: unknown, faultId: string): Refused {
  if (error instanceof HttpRefusal)
    return { status: error.status, code: error.code, heading: error.heading, message: error.message }
  if (error instanceof NotFound)
    return {
      status: 404,
      code: 'notFound',
      heading: 'Không tìm thấy',
      message: 'Nội dung này không có, hoặc không thuộc phạm vi được xem của tài khoản đang dùng.',
    }
  if (error instanceof Forbidden)
    return {
      status: 403,
      code: 'forbidden',
      heading: 'Chưa được phép thực hiện',
      message: error.message,
      ...(error.whoMay === undefined ? {} : { whoMay: error.whoMay }),
    }
  if (error instanceof StaleWrite)
    return {
      status: 409,
      code: 'staleWrite',
      heading: 'Nội dung vừa được người khác sửa',
      message: `${error.message} ${STALE}`,
    }
  if (error instanceof StepRefused)
    return {
      status: 409,
      code: 'stepRefused',
      heading: 'Chưa thực hiện được',
      message: error.message,
      unmet: error.unmet,
    }
  if (error instanceof InvalidInput)
    return {
      status: 422,
      code: 'invalidInput',
      heading: 'Nhập chưa đúng',
      message: error.message,
      fields: error.fields,
    }
  if (error instanceof Refusal)
    return { status: error.status, code: 'refused', heading: 'Chưa thực hiện được', message: error.message }
  return fromLibrary(error) ?? { ...FAULT, faultId }
}

const STALE =
  'Trong lúc trang này đang mở, người khác đã lưu một thay đổi. Xin xem nội dung mới nhất rồi thực hiện lại nếu còn cần.'

const FAULT = {
  status: 500,
  code: 'fault',
  heading: 'Hệ thống gặp lỗi',
  message: 'Việc vừa rồi chưa được thực hiện. Xin thử lại sau ít phút; nếu còn lỗi, xin báo quản trị kèm mã dưới đây.',
}

/** Errors of the body parsers that are the sender's doing. */
function fromLibrary(error: unknown): Refused | undefined {
  if (error instanceof multer.MulterError) return tooMuch(error.code)
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined
  if (error.status === 413)
    return {
      status: 413,
      code: 'tooLarge',
      heading: 'Nội dung quá lớn',
      message: 'Nội dung gửi lên vượt quá dung lượng cho phép.',
    }
  if (error.status >= 400 && error.status < 500)
    return {
      status: error.status,
      code: 'badRequest',
      heading: 'Yêu cầu không hợp lệ',
      message: 'Không đọc được nội dung gửi lên.',
    }
  return undefined
}

const tooMuch = (code: string): Refused => {
  if (code === 'LIMIT_FILE_SIZE')
    return {
      status: 413,
      code: 'tooLarge',
      heading: 'Tệp quá lớn',
      message: 'Tệp vượt quá dung lượng cho phép. Xin giảm dung lượng hoặc tách tệp rồi gửi lại.',
    }
  if (code === 'LIMIT_FILE_COUNT')
    return {
      status: 413,
      code: 'tooManyFiles',
      heading: 'Quá nhiều tệp',
      message: 'Số tệp trong một lần gửi vượt quá mức cho phép.',
    }
  return {
    status: 400,
    code: 'badRequest',
    heading: 'Yêu cầu không hợp lệ',
    message: 'Không đọc được các tệp gửi lên.',
  }
}
