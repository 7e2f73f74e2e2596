import type { Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { nameOn, type School } from '../organisations/index.ts'
import { typedTablesFor } from './compared-rows.ts'
import { fieldOf } from './figure-input.ts'
import { lintFigures, type FigureFault } from './figure-rules.ts'
import { askedIn, cellsOf, computeAll, type FigureCell, type FigureTable } from './figure-table.ts'
import { isLocked, valuesOf, type FigureYear, type FiveYears } from './figure-year.ts'
import { printFigure } from './phan-mot.ts'

export interface FiguresView {
  readonly school: School
  readonly figures: FiveYears
  /** The school year whose column is typed into. */
  readonly column: WorkingYear
  readonly mayEdit: boolean
  readonly day: Day
}

const query = (parts: Readonly<Record<string, string>>): string => new URLSearchParams(parts).toString()

/** The five years of a school with one column open for typing; the others stand beside it as text. */
export function figuresPage({ school, figures, column, mayEdit, day }: FiguresView) {
  const { levels } = school.school
  const tables = typedTablesFor(levels)
  const at = { truong: school.id, nam: figures.year }
  const years = figures.sheets.map(sheet => ({
    sheet,
    typed: valuesOf(sheet),
    all: computeAll(tables, valuesOf(sheet)),
    chosen: sheet.year === column,
  }))
  const open = years.find(year => year.chosen) ?? years.at(-1)
  const locked = open !== undefined && isLocked(open.sheet)
  const editable = mayEdit && !locked
  const faults = open ? lintFigures(levels, open.sheet.year, open.typed) : []
  const missing = faults.filter(fault => fault.rule === 'missing').length
  return {
    wide: true,
    subtitle: `${nameOn(school, day)} – năm học ${figures.year}`,
    actions: [
      { label: 'Đối sánh với số giao', href: `/so-lieu/doi-sanh?${query(at)}`, icon: 'scale' },
      ...(mayEdit ? [{ label: 'Nhập bằng Excel', href: `/so-lieu/nhap?${query(at)}`, icon: 'upload' }] : []),
    ],
    column,
    // The newest first: on a phone the others are a swipe away.
    tabs: years.toReversed().map(({ sheet, chosen }) => ({
      label: isLocked(sheet) ? `${sheet.year} (đã khóa)` : sheet.year,
      href: `/so-lieu?${query({ ...at, cot: sheet.year })}`,
      current: chosen,
    })),
    notice: noticeFor(mayEdit, locked, column),
    missing: missing === 0 ? undefined : `Năm học ${column} còn ${missing} ô chưa có số liệu.`,
    faults: faults
      .filter(fault => fault.rule !== 'missing')
      .map(fault => ({ ...fault, anchor: `o-${fieldOf(fault.key)}` })),
    tables: tables.map(table => ({
      id: table.id,
      title: table.title,
      action: `/so-lieu?${query({ ...at, cot: column, bang: table.id })}`,
      revision: open?.sheet.rev ?? 0,
      editable,
      ...(table.shape === 'years'
        ? yearsTable(table, years, editable, faults)
        : columnsTable(table, open, editable, faults)),
    })),
  }
}

function noticeFor(mayEdit: boolean, locked: boolean, column: WorkingYear): string | undefined {
  if (locked) return `Số liệu năm học ${column} đã khóa theo báo cáo được thông qua.`
  return mayEdit ? undefined : 'Chỉ xem. Hiệu trưởng, thư ký, nhóm thư ký và văn thư của trường được nhập số liệu.'
}

interface YearColumn {
  readonly sheet: FigureYear
  readonly all: Readonly<Record<string, number | null>>
  readonly chosen: boolean
}

/** What stands in one cell: text, or an input with the number as it is typed. */
function cellView(cell: FigureCell, year: YearColumn, editable: boolean, faults: readonly FigureFault[]) {
  const value = year.all[cell.key] ?? null
  const asked = askedIn(cell.row, year.sheet.year)
  const text = asked ? printFigure(value, cell.row.unit) : ''
  const typing = editable && year.chosen && asked && cell.formula === undefined
  return {
    text,
    chosen: year.chosen,
    ...(cell.formula && year.chosen
      ? { key: cell.key, formula: JSON.stringify(cell.formula), unit: cell.row.unit }
      : {}),
    ...(typing
      ? {
          key: cell.key,
          name: fieldOf(cell.key),
          value: value === null ? '' : printFigure(value, 'count'),
          label: [cell.row.label, cell.column, year.sheet.year].filter(part => part !== undefined).join(', '),
        }
      : {}),
    faults: year.chosen
      ? faults
          .filter(fault => fault.key === cell.key && fault.rule !== 'missing')
          .map(({ message, severity }) => ({ message, severity }))
      : [],
  }
}

const yearsTable = (
  table: FigureTable,
  years: readonly YearColumn[],
  editable: boolean,
  faults: readonly FigureFault[],
) => ({
  head: years.map(({ sheet, chosen }) => ({ label: sheet.year, chosen })),
  rows: table.rows
    .filter(row => years.some(({ sheet }) => askedIn(row, sheet.year)))
    .map(row => ({
      label: row.label,
      indent: row.indent,
      total: row.total ?? false,
      cells: years.flatMap(year => cellsOf(table, row).map(cell => cellView(cell, year, editable, faults))),
    })),
})

function columnsTable(
  table: Extract<FigureTable, { shape: 'columns' }>,
  year: YearColumn | undefined,
  editable: boolean,
  faults: readonly FigureFault[],
) {
  return {
    head: table.columns.map(({ label }) => ({ label, chosen: true })),
    rows: table.rows.map(row => ({
      label: row.label,
      indent: row.indent,
      total: row.total ?? false,
      cells: year ? cellsOf(table, row).map(cell => cellView(cell, { ...year, chosen: true }, editable, faults)) : [],
    })),
  }
}
