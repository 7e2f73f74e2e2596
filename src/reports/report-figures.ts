import type { PhanMotTable } from '../figures/index.ts'
import { DIFFICULT_AREA_NAMES, OWNERSHIP_NAMES } from '../organisations/index.ts'
import { cell, heading, paragraph, row, table, text, type Align, type Block } from '../paper/index.ts'
import { chairOf } from './council-tables.ts'
import { orDash } from './official.ts'
import { PERSONAL_ROW } from './public-copy.ts'
import type { ReportOnPaper } from './report-on-paper.ts'

/** Phần I. CƠ SỞ DỮ LIỆU: head data and the tables of five school years (process § 3.5.1). */
export const figuresBlocks = (report: ReportOnPaper): readonly Block[] => [
  heading(1, 'Phần I. CƠ SỞ DỮ LIỆU', { pageBreakBefore: true }),
  schoolTable(report),
  ...report.figures.flatMap(figure => [
    heading(2, figure.title),
    // Above the table: a line under it could stand alone on the next page.
    paragraph(text(report.figuresSource, { italic: true }), { style: 'small', keepWithNext: true }),
    figureTable(figure),
  ]),
]

const PHONE = 'Điện thoại'

function schoolTable({ school, members }: ReportOnPaper): Block {
  const { profile } = school
  const national = profile.nationalStandard
  const facts: readonly (readonly [string, string])[] = [
    ['Tên trường (theo quyết định mới nhất)', school.name],
    ['Tên trước đây (nếu có)', profile.formerNames.join('; ')],
    ['Cơ quan chủ quản', school.managers[0] ?? ''],
    ['Tỉnh, thành phố', school.province],
    ...(school.district === undefined ? [] : [['Huyện, quận, thị xã', school.district] as const]),
    ['Xã, phường, đặc khu', school.commune ?? school.place],
    ['Địa chỉ', profile.address],
    ['Đạt chuẩn quốc gia', national ? `Mức độ ${national.grade}, năm ${national.year}` : 'Chưa'],
    ['Năm thành lập', profile.founded === undefined ? '' : String(profile.founded)],
    ['Loại hình', OWNERSHIP_NAMES[profile.ownership]],
    ['Hiệu trưởng', chairOf(members)],
    [PHONE, profile.phone],
    ['Trang thông tin điện tử', profile.website],
    ['Số điểm trường', String(profile.campuses)],
    ['Vùng', DIFFICULT_AREA_NAMES[profile.difficultArea]],
  ]
  return table({
    columns: [40, 60],
    head: ['Thông tin chung', 'Nội dung'],
    rows: facts.map(([label, value]) =>
      row([cell(label, { rowHeader: true }), orDash(value)], label === PHONE ? { anchor: PERSONAL_ROW } : {}),
    ),
  })
}

/** The cells come ready to print, so what stands on paper is what stands on the screen. */
export const figureTable = ({ columns, rows }: PhanMotTable): Block =>
  table({
    columns: [34, ...columns.map(() => [66 / Math.max(1, columns.length), 'right'] as const satisfies [number, Align])],
    size: columns.length > 6 ? 11 : undefined,
    head: ['Nội dung', ...columns],
    rows: rows.map(one =>
      row([cell(one.indent === 1 ? `– ${one.label}` : one.label, { rowHeader: true, bold: one.total }), ...one.cells], {
        total: one.total,
      }),
    ),
  })
