import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { UNIT_KIND_NAMES } from '../../src/organisations/index.ts'
import { unitsSheet } from '../../src/organisations/unit-sheets.ts'
import { PEOPLE_COLUMNS } from '../../src/seats/people-sheet.ts'
import { row, writeWorkbook, type SheetRow, type SheetTable } from '../../src/sheet-files/index.ts'

export const DAY = '2025-08-01'
export const SINCE = '2000-01-01'
export const COMMUNES = 150

/** How many rows the files have, and how many of them a clerk got wrong. */
export interface FileSizes {
  readonly schools: number
  readonly people: number
  readonly wrong: number
}

/** Names of the four files. */
export const FILES = {
  wrongSchools: 'truong-sai.xlsx',
  schools: 'truong.xlsx',
  wrongPeople: 'nhan-su-sai.xlsx',
  people: 'nhan-su.xlsx',
} as const
export type ImportFile = keyof typeof FILES

export const communeId = (no: number): string => `xa-${no % COMMUNES}`
const schoolId = (no: number): string => `truong-${no}`

/** Rows that a clerk got wrong lie all over the sheet. */
const isWrong = (no: number, of: number, wrong: number): boolean => wrong > 0 && no % Math.floor(of / wrong) === 1

const unitRow = (no: number, isFaulty: boolean): SheetRow =>
  row(
    schoolId(no),
    isFaulty ? 'Trường đại học' : UNIT_KIND_NAMES.school,
    `Trường Tiểu học Mẫu số ${no}`,
    null,
    null,
    `TH${no}`,
    'Minh Họa',
    communeId(no),
    SINCE,
    null,
    'Tiểu học',
    'Tiểu học',
    'Công lập',
  )

const personRow = (no: number, schools: number, isFaulty: boolean): SheetRow => {
  const isHead = no < schools
  return row(
    `Người Mẫu ${no}`,
    `nguoi.mau.${no}`,
    isFaulty ? 'không phải thư' : `nguoi.mau.${no}@mau.edu.vn`,
    null,
    schoolId(no % schools),
    isHead ? 'Hiệu trưởng' : 'Cán bộ, giáo viên, nhân viên',
    null,
    isHead ? 'Hiệu trưởng' : 'Giáo viên',
    DAY,
  )
}

/** Writes the files of a province into a folder: schools and people, each once with wrong rows and once without. */
export async function writeImportFiles(folder: string, { schools, people, wrong }: FileSizes): Promise<void> {
  const units = (withFaults: boolean): SheetTable => ({
    ...unitsSheet(new Map(), DAY),
    spareRows: 0,
    rows: Array.from({ length: schools }, (_, no) => unitRow(no, withFaults && isWrong(no, schools, wrong))),
  })
  const persons = (withFaults: boolean): SheetTable => ({
    name: 'Nhân sự',
    title: ['Danh sách nhân sự'],
    columns: PEOPLE_COLUMNS.map(({ head, kind }) => ({ head, ...(kind === 'day' && { kind }) })),
    rows: Array.from({ length: people }, (_, no) => personRow(no, schools, withFaults && isWrong(no, people, wrong))),
  })
  const write = async (file: ImportFile, table: SheetTable): Promise<void> =>
    writeFile(path.join(folder, FILES[file]), await writeWorkbook([table]))
  await write('wrongSchools', units(true))
  await write('schools', units(false))
  await write('wrongPeople', persons(true))
  await write('people', persons(false))
}
