import { regimeOf } from '../catalogue/index.ts'
import { firstCalendarYear } from '../kernel/working-year.ts'
import { bold, heading, lineBreak, paragraph, section, table, text, toc, type Block, type Doc } from '../paper/index.ts'
import { abbreviationsIn, abbreviationsUsed, wordsOf } from './abbreviations.ts'
import { catalogueTable } from './catalogue-blocks.ts'
import { chairOf, councilTable } from './council-tables.ts'
import { textBlocks } from './criterion-blocks.ts'
import { citeBy } from './light-markdown.ts'
import { capitals, centred, docOf, placeAndDate, startOfDay, yearWords } from './official.ts'
import { chartBlocks } from './report-charts.ts'
import { selfAssessmentBlocks } from './report-criteria.ts'
import { figuresBlocks } from './report-figures.ts'
import type { ReportOnPaper } from './report-on-paper.ts'
import { levelShares, schoolResult, summaryBlocks } from './report-summary.ts'

const TITLE = 'BÁO CÁO TỰ ĐÁNH GIÁ'

/** Báo cáo tự đánh giá in the exact order of CV 5932/5942 (process § 3.5); a draft until it is adopted. */
export function reportDoc(report: ReportOnPaper): Doc {
  const { school, year, adoptedOn } = report
  const body = [
    ...summaryBlocks(report),
    ...figuresBlocks(report),
    ...selfAssessmentBlocks(report),
    ...conclusionBlocks(report),
  ]
  const annex = [
    heading(1, 'Phần IV. PHỤ LỤC'),
    heading(2, '1. Bảng danh mục mã minh chứng'),
    catalogueTable(report.catalogue, report.set),
  ]
  const charts = chartBlocks(report)
  return docOf(
    'report',
    {
      title: `Báo cáo tự đánh giá ${school.name} ${yearWords(year)}`,
      author: school.name,
      createdAt: startOfDay(adoptedOn ?? report.recordDay),
      draft: adoptedOn === undefined,
    },
    [
      section(coverBlocks(report), { pageNumbers: 'none' }),
      section([toc(), ...abbreviationBlocks(report, [...body, ...annex]), ...body], { restart: 1 }),
      section(annex, { landscape: true }),
      section(charts),
    ],
  )
}

/** The calendar year in which the school year ends, where the cover names a year. */
const placeAndYear = ({ school, year }: ReportOnPaper): string =>
  capitals(`${school.province === '' ? school.place : school.province} – năm ${firstCalendarYear(year) + 1}`)

/** Bìa chính and bìa phụ; the second carries the council with room to sign. */
function coverBlocks(report: ReportOnPaper): readonly Block[] {
  const { school, year, members } = report
  return [
    {
      kind: 'cover',
      ...(school.parentLine !== '' && { parent: school.parentLine }),
      issuer: school.issuerLine,
      title: TITLE,
      subtitle: capitals(yearWords(year)),
      placeAndYear: placeAndYear(report),
    },
    paragraph([...(school.parentLine === '' ? [] : [school.parentLine, lineBreak]), bold(school.issuerLine)], {
      style: 'centered',
    }),
    paragraph(TITLE, { style: 'title' }),
    paragraph(bold(capitals(yearWords(year))), { style: 'centered' }),
    paragraph(bold('DANH SÁCH VÀ CHỮ KÝ THÀNH VIÊN HỘI ĐỒNG TỰ ĐÁNH GIÁ'), {
      style: 'centered',
      keepWithNext: true,
    }),
    councilTable(members, true),
    paragraph(bold(placeAndYear(report)), { style: 'centered' }),
  ]
}

/** Only those used in what follows; without any the list is left out (“nếu có”). */
function abbreviationBlocks(report: ReportOnPaper, blocks: readonly Block[]): readonly Block[] {
  const used = abbreviationsUsed(abbreviationsIn(report.texts['abbreviations']), wordsOf(blocks))
  if (used.length === 0) return []
  return [
    heading(1, 'DANH MỤC CÁC CHỮ VIẾT TẮT', { pageBreakBefore: true }),
    table({
      columns: [10, 30, 60],
      head: ['TT', 'Chữ viết tắt', 'Nội dung'],
      rows: used.map(({ short, meaning }, index) => [centred(String(index + 1)), short, meaning]),
    }),
  ]
}

/** Phần III: numbers and percentages per level, level of the school, what it asks for, place, date, signature. */
function conclusionBlocks(report: ReportOnPaper): readonly Block[] {
  const { school, rating, members, adoptedOn } = report
  return [
    heading(1, 'Phần III. KẾT LUẬN CHUNG', { pageBreakBefore: true }),
    ...textBlocks(report.texts['conclusion'], citeBy(report.codes)),
    ...levelShares(report).map(({ level, of, met, notMet, open, metShare, notMetShare }) =>
      paragraph(
        of === 0
          ? `- Mức ${level}: không có tiêu chí nào có yêu cầu.`
          : `- Mức ${level}: ${met}/${of} tiêu chí đạt (${metShare}); ${notMet}/${of} tiêu chí không đạt (${notMetShare})${open === 0 ? '' : `; ${open}/${of} tiêu chí chưa đánh giá xong`}.`,
      ),
    ),
    paragraph([bold('Kết quả tự đánh giá: '), schoolResult(rating)]),
    ...(rating.level === 0 ? [] : [paragraph(requestFor(rating.level, school.name, report.activity))]),
    paragraph(text(placeAndDate(school, adoptedOn), { italic: true }), {
      style: 'plain',
      align: 'right',
      keepWithNext: true,
    }),
    { kind: 'signature', signers: [{ position: 'HIỆU TRƯỞNG', name: chairOf(members) }] },
  ]
}

/** Cấp độ n for Mức n; chuẩn quốc gia mức độ 1 for Mức 2, mức độ 2 for Mức 3 and 4 (process § 6). */
export function requestFor(level: 1 | 2 | 3 | 4, schoolName: string, activity = regimeOf(undefined).activity): string {
  const national = level === 1 ? undefined : level === 2 ? 1 : 2
  const both = national === undefined ? '' : ` và đạt chuẩn quốc gia mức độ ${national}`
  return `${schoolName} đề nghị công nhận đạt ${activity} cấp độ ${level}${both}.`
}
