export { tidy, type ColumnSpec, type RowOf } from './column-spec.ts'
export { readRows, rowsOfGrids, type CellFault, type ReadRow, type ReadTable } from './read-rows.ts'
export { readGrids, WorkbookRefused, type Grid, type GridValue } from './read-workbook.ts'
export {
  boldRow,
  cellAddress,
  row,
  type SheetColumn,
  type SheetRow,
  type SheetTable,
  type SheetValue,
} from './sheet-table.ts'
export { sheetName, writeWorkbook, XLSX_MIME } from './write-workbook.ts'
