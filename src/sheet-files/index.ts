export { tidy, type ColumnSpec, type RowOf } from './column-spec.ts'
export { dryRunPage, uploadPage, type ImportForm } from './import-page.ts'
export {
  judgeRows,
  linesToApply,
  mustBeConfirmed,
  planImport,
  type ImportChange,
  type ImportLine,
  type ImportPlan,
  type ImportRules,
  type JudgedSheet,
  type Verdict,
} from './import-plan.ts'
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
export { uploadShelf, type UploadShelf } from './upload-shelf.ts'
export { sheetName, writeWorkbook } from './write-workbook.ts'
