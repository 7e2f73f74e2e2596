import { Readable } from 'node:stream'
import { unzip, zipPieces, ZipRefused, type ZipParts } from '../kernel/zip.ts'

/** What stands in a cell: text, number, yes or no, an instant at midnight UTC, or nothing. */
export type GridValue = string | number | boolean | Date | null

/** One sheet as it stands in the file: rows from the first, each as long as the widest. */
export interface Grid {
  readonly sheet: string
  readonly rows: readonly (readonly GridValue[])[]
}

export interface WorkbookLimits {
  readonly maxRows: number
  /** Rows times columns of one sheet. */
  readonly maxCells: number
  /** Bytes of the XML inside once it is inflated. */
  readonly maxBytes: number
}

export const USUAL_LIMITS: WorkbookLimits = { maxRows: 50_000, maxCells: 1_500_000, maxBytes: 150_000_000 }

/** The file cannot be read as a spreadsheet; the message is a Vietnamese sentence for the person who chose it. */
export class WorkbookRefused extends Error {}

const MAX_PARTS = 2_000
const OLD_EXCEL = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])
const ZIP_HEAD = Buffer.from('PK')
const startsWith = (bytes: Buffer, head: Buffer): boolean => bytes.subarray(0, head.length).equals(head)

/**
 * All sheets of an .xlsx file. The archive is inflated by us under the limits and handed to the reader packed again,
 * so that it never meets a size, a part or a row that we have not seen. Throws WorkbookRefused.
 */
export async function readGrids(bytes: Buffer, limits: WorkbookLimits = USUAL_LIMITS): Promise<readonly Grid[]> {
  if (startsWith(bytes, OLD_EXCEL)) {
    throw new WorkbookRefused(
      'Tệp là Excel kiểu cũ (.xls) hoặc đang đặt mật khẩu. Xin mở tệp, bỏ mật khẩu và lưu lại với kiểu .xlsx.',
    )
  }
  if (!startsWith(bytes, ZIP_HEAD)) throw new WorkbookRefused('Tệp không phải bảng tính Excel (.xlsx).')
  const parts = partsOf(bytes, limits)
  if (!parts.has('xl/workbook.xml')) throw new WorkbookRefused('Tệp không phải bảng tính Excel (.xlsx).')
  const { default: read } = await import('read-excel-file/node')
  try {
    const sheets = await read(Readable.from(inSlices(zipPieces(parts, 'stored'))))
    return sheets.map(({ sheet, data }) => ({ sheet: sheet.normalize('NFC'), rows: data.map(row => row.map(plain)) }))
  } catch {
    throw new WorkbookRefused(
      'Không đọc được bảng tính: tệp hỏng hoặc không đúng chuẩn .xlsx. Xin lưu lại tệp rồi thử lần nữa.',
    )
  }
}

const SLICE = 65_536

/** A reader that is handed a file of many megabytes at once copies it again and again before it begins. */
function* inSlices(pieces: Iterable<Buffer>): Generator<Buffer> {
  for (const piece of pieces) for (let at = 0; at < piece.length; at += SLICE) yield piece.subarray(at, at + SLICE)
}

/** The library types a date cell by its constructor; what it hands out are texts, numbers, booleans and dates. */
const plain = (value: unknown): GridValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value instanceof Date
    ? value
    : null

function partsOf(bytes: Buffer, limits: WorkbookLimits): ZipParts {
  const tooLarge = `Bảng tính quá lớn. Mỗi lần nhập nhiều nhất ${limits.maxRows.toLocaleString('vi-VN')} dòng; xin xóa các dòng, cột và trang tính thừa hoặc tách tệp.`
  try {
    const parts = unzip(
      bytes,
      { maxParts: MAX_PARTS, maxBytes: limits.maxBytes },
      path => path.endsWith('.xml') || path.endsWith('.rels'),
    )
    const checked = new Map<string, Buffer>()
    for (const [path, part] of parts) {
      if (!/^xl\/worksheets\/[^/]+\.xml$/.test(path)) {
        checked.set(path, part)
        continue
      }
      // A letter for each byte: what is looked for is plain, and everything else comes back as it was.
      const xml = part.toString('latin1')
      const { rows, columns } = extentOf(xml)
      if (rows > limits.maxRows || rows * columns > limits.maxCells) throw new WorkbookRefused(tooLarge)
      const mended = errorsAsText(xml)
      checked.set(path, mended === xml ? part : Buffer.from(mended, 'latin1'))
    }
    return checked
  } catch (error) {
    if (!(error instanceof ZipRefused)) throw error
    throw new WorkbookRefused(error.reason === 'tooLarge' ? tooLarge : 'Tệp hỏng: không mở được bảng tính.')
  }
}

/** The largest row and column that a sheet's XML names; rows without a number count one after the other. */
function extentOf(xml: string): { readonly rows: number; readonly columns: number } {
  let counted = 0
  let rows = 0
  let columns = 0
  for (const [, tag, attributes = ''] of xml.matchAll(/<(row|c)\b([^>]*)/g)) {
    const [, letters = '', digits = ''] = /\sr="([A-Za-z]*)(\d+)"/.exec(attributes) ?? []
    if (tag === 'row') counted++
    rows = Math.max(rows, counted, Number(digits))
    columns = Math.max(columns, columnNumber(letters))
  }
  return { rows, columns }
}

const columnNumber = (letters: string): number =>
  Array.from(letters.toUpperCase()).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

/** The reader drops `#N/A` and its kind in silence; as text it is met by the checks of the column. */
const errorsAsText = (xml: string): string => xml.replace(/(<c\b[^>]*?\st=)"e"/g, '$1"str"')
