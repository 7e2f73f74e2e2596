import type { CriteriaSet } from '../catalogue/index.ts'
import { isFilled } from '../kernel/need.ts'
import type { Sheet } from './sheet.ts'

/** The report's own texts are kept like a sheet, under this code: same autosave, same history. */
export const REPORT = 'bao-cao'

export interface ReportPart {
  readonly key: string
  readonly title: string
  /** Where it stands in the report (process § 3.5). */
  readonly place: string
  readonly required: boolean
}

/** The texts of the report that no sheet holds, in the order of the report (process § 3.5, CV 5932/5942). */
export const reportParts = (set: CriteriaSet): readonly ReportPart[] => [
  { key: 'abbreviations', title: 'Danh mục các chữ viết tắt', place: 'Mở đầu báo cáo', required: false },
  { key: 'situation', title: 'Tình hình chung của nhà trường', place: 'Phần II, mục A', required: true },
  { key: 'purpose', title: 'Mục đích tự đánh giá', place: 'Phần II, mục A', required: true },
  { key: 'process', title: 'Tóm tắt quá trình và những vấn đề nổi bật', place: 'Phần II, mục A', required: true },
  ...set.standards.flatMap(standard => [
    {
      key: `standard.${standard.code}.opening`,
      title: `Mở đầu Tiêu chuẩn ${standard.code}`,
      place: `Phần II, Tiêu chuẩn ${standard.code}`,
      required: true,
    },
    {
      key: `standard.${standard.code}.conclusion`,
      title: `Kết luận về Tiêu chuẩn ${standard.code}`,
      place: `Phần II, Tiêu chuẩn ${standard.code}`,
      required: true,
    },
  ]),
  { key: 'levelFour.opening', title: 'Mở đầu phần Mức 4', place: 'Phần II, Mức 4', required: false },
  { key: 'levelFour.conclusion', title: 'Kết luận phần Mức 4', place: 'Phần II, Mức 4', required: false },
  { key: 'conclusion', title: 'Kết luận chung', place: 'Phần III', required: true },
]

export const missingReportParts = (set: CriteriaSet, texts: Sheet | undefined): readonly string[] =>
  reportParts(set)
    .filter(part => part.required && !isFilled(texts?.parts[part.key]?.text))
    .map(part => part.title)
