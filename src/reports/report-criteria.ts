import type { Standard } from '../catalogue/index.ts'
import { heading, paragraph, table, type Block } from '../paper/index.ts'
import { demandBlocks, partBlocks, resultHeading, textBlocks } from './criterion-blocks.ts'
import { citeBy, type Cite } from './light-markdown.ts'
import { centred, orDash } from './official.ts'
import type { ReportOnPaper } from './report-on-paper.ts'
import { LEVEL_FOUR_NOT_CLAIMED } from './report-summary.ts'
import { nameOfSheet } from './sheet-on-paper.ts'

/** Phần II. TỰ ĐÁNH GIÁ: A. the school and its process, B.I standards and criteria, B.II Mức 4 (process § 3.5, part 6). */
export function selfAssessmentBlocks(report: ReportOnPaper): readonly Block[] {
  const cite = citeBy(report.codes)
  return [
    heading(1, 'Phần II. TỰ ĐÁNH GIÁ', { pageBreakBefore: true }),
    heading(2, 'A. ĐẶT VẤN ĐỀ'),
    heading(3, '1. Tình hình chung của nhà trường'),
    ...textBlocks(report.texts['situation'], cite),
    heading(3, '2. Mục đích tự đánh giá'),
    ...textBlocks(report.texts['purpose'], cite),
    heading(3, '3. Tóm tắt quá trình và những vấn đề nổi bật trong hoạt động tự đánh giá'),
    ...textBlocks(report.texts['process'], cite),
    stepsTable(report),
    heading(2, 'B. TỰ ĐÁNH GIÁ'),
    heading(2, 'I. TỰ ĐÁNH GIÁ TIÊU CHÍ MỨC 1, 2 VÀ 3'),
    ...report.set.standards.flatMap(standard => standardBlocks(report, standard, cite)),
    heading(2, 'II. TỰ ĐÁNH GIÁ TIÊU CHÍ MỨC 4'),
    ...levelFourBlocks(report, cite),
  ]
}

const stepsTable = ({ steps }: ReportOnPaper): Block =>
  table({
    columns: [7, 43, 27, 23],
    caption: 'Thời gian thực hiện các bước tự đánh giá',
    head: ['TT', 'Bước', 'Thời gian', 'Văn bản, ghi chú'],
    rows: steps.map(step => [centred(String(step.no)), step.name, step.when, orDash(step.paper)]),
  })

function standardBlocks(report: ReportOnPaper, standard: Standard, cite: Cite): readonly Block[] {
  const { code, title } = standard
  return [
    heading(2, `Tiêu chuẩn ${code}: ${title}${standard.local ? ' (địa phương)' : ''}`, { align: 'left' }),
    heading(3, 'Mở đầu', { inToc: false }),
    ...textBlocks(report.texts[`standard.${code}.opening`], cite),
    ...standard.criteria.flatMap(({ code: own, title: name, local }) =>
      sheetBlocks(report, own, local ? `${name} (địa phương)` : name, cite),
    ),
    heading(3, `Kết luận về Tiêu chuẩn ${code}`),
    ...textBlocks(report.texts[`standard.${code}.conclusion`], cite),
    ...countBlocks(report, code),
  ]
}

function sheetBlocks(report: ReportOnPaper, code: string, title: string, cite: Cite): readonly Block[] {
  const sheet = report.sheets.get(code)
  const name = heading(3, `${nameOfSheet(code)}${code.startsWith('22.') ? '' : `: ${title}`}`, { id: `tc-${code}` })
  if (!sheet) return [name, paragraph('Không có phiếu đánh giá của tiêu chí này.')]
  if (sheet.rating?.applicable === false)
    return [name, paragraph(`Không áp dụng: ${sheet.asked.indicators[0]?.whyNot ?? 'không thuộc loại trường này'}.`)]
  return [name, ...demandBlocks(sheet), ...partBlocks(sheet, cite, 4), resultHeading(sheet, 4)]
}

/** Numbers of criteria of a standard per level, from the answers. */
function countBlocks({ rating }: ReportOnPaper, code: string): readonly Block[] {
  const counts = rating.standards.find(standard => standard.code === code)?.counts
  if (!counts) return []
  const lines = ([1, 2, 3] as const)
    .filter(level => counts[level].of > 0)
    .map(level => {
      const { of, met, open } = counts[level]
      return `Số tiêu chí đạt Mức ${level}: ${met}/${of}${open > 0 ? ` (${open} tiêu chí chưa đánh giá xong)` : ''}.`
    })
  const failed = counts[1]
  return [...lines, `Số tiêu chí không đạt Mức 1: ${failed.notMet}/${failed.of}.`].map(line => paragraph(`- ${line}`))
}

function levelFourBlocks(report: ReportOnPaper, cite: Cite): readonly Block[] {
  if (!report.aimsAtLevelFour) return [paragraph(LEVEL_FOUR_NOT_CLAIMED)]
  return [
    heading(3, 'Mở đầu', { inToc: false }),
    ...textBlocks(report.texts['levelFour.opening'], cite),
    ...report.set.levelFour.flatMap(clause => sheetBlocks(report, clause.code, clause.gist, cite)),
    heading(3, 'Kết luận về tiêu chí Mức 4'),
    ...textBlocks(report.texts['levelFour.conclusion'], cite),
  ]
}
