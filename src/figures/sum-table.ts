import { printDay } from '../kernel/dates.ts'
import { nameOn } from '../organisations/index.ts'
import { boldRow, type SheetTable } from '../sheet-files/index.ts'
import { BLOCK_NAMES, BLOCKS } from './compared-rows.ts'
import { differencesOf } from './reconciled-sums.ts'
import { stateBadge, type ReconciledUnit } from './reconciled-unit-page.ts'

/** The sums of a unit and the schools behind them, as two sheets. */
export const sumTables = ({ unit, year, day, sums, all }: ReconciledUnit): readonly SheetTable[] => [
  {
    name: 'Tổng hợp',
    title: ['TỔNG HỢP ĐỐI SÁNH SỐ LIỆU KẾ HOẠCH GIAO VÀ HIỆN CÓ', `${nameOn(unit, day)} – năm học ${year}`],
    notes: [`Thời điểm: ${printDay(day)}. Chênh lệch chỉ tính ở trường có đủ số giao và số hiện có.`],
    landscape: true,
    columns: [
      { head: 'Nội dung', width: 44 },
      { head: 'Đơn vị tính', width: 12 },
      { head: 'Giao các trường', kind: 'integer' },
      { head: 'Dự phòng', kind: 'integer' },
      { head: 'Tổng giao', kind: 'integer' },
      { head: 'Hiện có', kind: 'integer' },
      { head: 'Chênh lệch', kind: 'integer' },
      { head: 'Số trường chưa có số', kind: 'integer' },
    ],
    rows: BLOCKS.flatMap(block => {
      const rows = sums.filter(row => row.block === block)
      if (rows.length === 0) return []
      return [
        boldRow(BLOCK_NAMES[block]),
        ...rows.map(({ label, unit: of, assigned, reserve, current, difference, missing, total }) => ({
          cells: [
            label,
            of,
            assigned,
            reserve,
            assigned === null && reserve === null ? null : (assigned ?? 0) + (reserve ?? 0),
            current,
            difference,
            missing,
          ],
          bold: total,
        })),
      ]
    }),
  },
  {
    name: 'Các trường',
    title: [`Các trường – năm học ${year}`],
    frozenColumns: 2,
    landscape: true,
    columns: [
      { head: 'Mã trường', width: 22 },
      { head: 'Trường', width: 40 },
      { head: 'Trạng thái', width: 26 },
      { head: 'Nội dung chênh lệch', kind: 'integer' },
      { head: 'Chưa giải trình', kind: 'integer' },
      ...COLUMNS.flatMap(({ head }) => [
        { head: 'Giao', under: [head], kind: 'integer' as const, width: 10 },
        { head: 'Hiện có', under: [head], kind: 'integer' as const, width: 10 },
      ]),
    ],
    rows: all.map(line => {
      const { all: differing, unexplained } = differencesOf(line)
      const numbers = COLUMNS.flatMap(({ key }) => {
        const found = line.rows.find(row => row.key === key)
        return [found?.assigned ?? null, found?.current ?? null]
      })
      return {
        cells: [
          line.school.id,
          nameOn(line.school, day),
          stateBadge(line.state).label,
          differing,
          unexplained,
          ...numbers,
        ],
      }
    }),
  },
]

const COLUMNS = [
  { key: 'classes.total', head: 'Lớp, nhóm' },
  { key: 'pupils.total', head: 'Học sinh, trẻ' },
  { key: 'staff.deputies.total', head: 'Phó Hiệu trưởng' },
  { key: 'staff.teachers.total', head: 'Giáo viên' },
  { key: 'staff.support.total', head: 'Nhân viên' },
] as const
