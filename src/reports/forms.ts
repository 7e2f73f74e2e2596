/** Every paper that this feature prints. */
export type PrintKind = 'decision' | 'plan' | 'sheet' | 'analysis' | 'catalogue' | 'boxLabels' | 'report' | 'supplement'

/** Form id and version are stored and printed with each frozen paper; a changed layout gets a new version. */
export interface Form {
  readonly id: string
  readonly version: string
  readonly name: string
  /** File name without ending and without marks. */
  readonly slug: string
}

export const FORMS: Readonly<Record<PrintKind, Form>> = {
  decision: { id: 'M01', version: '2026.1', name: 'Quyết định thành lập hội đồng tự đánh giá', slug: 'quyet-dinh' },
  plan: { id: 'M02', version: '2026.1', name: 'Kế hoạch tự đánh giá', slug: 'ke-hoach' },
  analysis: { id: 'M03', version: '2026.1', name: 'Phiếu phân tích tiêu chí, tìm minh chứng', slug: 'phan-tich' },
  sheet: { id: 'M04', version: '2026.1', name: 'Phiếu đánh giá tiêu chí', slug: 'phieu' },
  catalogue: { id: 'M05', version: '2026.1', name: 'Bảng danh mục mã minh chứng', slug: 'danh-muc-minh-chung' },
  boxLabels: { id: 'M05b', version: '2026.1', name: 'Nhãn hộp minh chứng', slug: 'nhan-hop' },
  report: { id: 'M06', version: '2026.1', name: 'Báo cáo tự đánh giá', slug: 'bao-cao' },
  supplement: { id: 'M06b', version: '2026.1', name: 'Báo cáo tự đánh giá bổ sung', slug: 'bao-cao-bo-sung' },
}

/** Papers of the whole assessment that anybody of the school can print as a draft at any time. */
export const DRAFT_KINDS = ['decision', 'plan', 'report', 'catalogue', 'boxLabels'] as const
export type DraftKind = (typeof DRAFT_KINDS)[number]

/** The kind that an address names, by its own name or by the form's file name. */
export const draftKindFrom = (text: string): DraftKind | undefined =>
  DRAFT_KINDS.find(kind => kind === text || FORMS[kind].slug === text)
