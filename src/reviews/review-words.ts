import type { ForwardGround, ReasonCode, RemarkKind, TakeOverGround } from './review.ts'

/** Why a place of a report is remarked on. */
export const REASONS: Readonly<Record<ReasonCode, string>> = {
  noEvidence: 'Thiếu minh chứng',
  descriptionDiffers: 'Mô tả không khớp chỉ báo',
  levelUnfounded: 'Mức chưa có căn cứ',
  figuresDiffer: 'Số liệu không khớp',
  weakPlan: 'Điểm yếu, kế hoạch cải tiến chưa rõ',
  formFault: 'Lỗi thể thức',
  other: 'Nội dung khác',
}

export const REMARK_KINDS: Readonly<
  Record<RemarkKind, { readonly label: string; readonly tone: 'orange' | 'blue' | 'grey'; readonly hint: string }>
> = {
  fix: { label: 'Yêu cầu hoàn thiện', tone: 'orange', hint: 'phải sửa; hồ sơ được trả lại' },
  question: { label: 'Câu hỏi', tone: 'blue', hint: 'trường trả lời, hồ sơ không bị trả' },
  advice: { label: 'Góp ý', tone: 'grey', hint: 'để tham khảo, không bắt buộc' },
}

export const TAKE_OVER_GROUNDS: Readonly<Record<TakeOverGround, string>> = {
  noOfficer: 'Đơn vị chưa bố trí được người xem xét',
  conflict: 'Người của đơn vị có tên trong hồ sơ của trường',
  merger: 'Đơn vị đang sắp xếp lại',
}

export const FORWARD_GROUNDS: Readonly<Record<ForwardGround, string>> = {
  external: 'Trường đăng ký đánh giá ngoài',
  period: 'Theo báo cáo tổng hợp của kỳ',
}
