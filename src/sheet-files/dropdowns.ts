import { cellAddress, row, type SheetTable } from './sheet-table.ts'

interface Placed {
  readonly table: SheetTable
  /** The row of the first values, from 1. */
  readonly firstRow: number
}

/** A dropdown list over a range; the formula is a quoted list or a range of the list sheet. */
export interface Dropdown {
  readonly range: string
  readonly formula: string
}

/** Spreadsheet programs cut a list written into the rule itself at this many letters. */
const INLINE_LIMIT = 255
const LIST_SHEET = 'Danh mục chọn'

/** The dropdown lists of each sheet, and the sheet that holds the choices of long lists if there are any. */
export function dropdownsOf(sheets: readonly Placed[]): {
  readonly dropdowns: readonly (readonly Dropdown[])[]
  readonly listSheet: SheetTable | undefined
} {
  const long: { readonly head: string; readonly choices: readonly string[] }[] = []
  const formulaOf = (head: string, choices: readonly string[]): string => {
    const inline = choices.join(',')
    if (inline.length <= INLINE_LIMIT && !choices.some(choice => /[,"]/.test(choice))) return `"${inline}"`
    let at = long.findIndex(list => list.choices.join('\n') === choices.join('\n'))
    if (at < 0) at = long.push({ head, choices }) - 1
    const letters = cellAddress(1, at + 1).replace('1', '')
    return `'${LIST_SHEET}'!$${letters}$2:$${letters}$${choices.length + 1}`
  }
  const dropdowns = sheets.map(({ table, firstRow }) =>
    table.columns.flatMap(({ head, choices }, index) => {
      const last = firstRow + table.rows.length + (table.spareRows ?? 0) - 1
      if (!choices || choices.length === 0 || last < firstRow) return []
      const range = `${cellAddress(firstRow, index + 1)}:${cellAddress(last, index + 1)}`
      return [{ range, formula: formulaOf(head, choices) }]
    }),
  )
  return { dropdowns, listSheet: long.length > 0 ? listSheetOf(long) : undefined }
}

function listSheetOf(lists: readonly { readonly head: string; readonly choices: readonly string[] }[]): SheetTable {
  const height = Math.max(...lists.map(({ choices }) => choices.length))
  return {
    name: LIST_SHEET,
    columns: lists.map(({ head }) => ({ head, width: 40 })),
    rows: Array.from({ length: height }, (_, at) => row(...lists.map(({ choices }) => choices[at] ?? null))),
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeXml = (text: string): string => text.replace(/[&<>"]/g, letter => ESCAPES[letter] ?? letter)

/** Elements that must stand after the rules of a sheet (ECMA-376 part 1, § 18.3.1.99). */
const AFTER_RULES = /<(hyperlinks|printOptions|pageMargins|pageSetup|headerFooter|drawing|legacyDrawing|tableParts)\b/

/** The sheet's XML with its dropdown lists; what is not in a list is refused by the spreadsheet program. */
export function withDropdowns(xml: string, dropdowns: readonly Dropdown[]): string {
  if (dropdowns.length === 0) return xml
  const rules = dropdowns.map(
    ({ range, formula }) =>
      `<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorTitle="Giá trị không có trong danh sách" error="Chọn một giá trị trong danh sách." sqref="${range}"><formula1>${escapeXml(formula)}</formula1></dataValidation>`,
  )
  const markup = `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`
  const at = AFTER_RULES.exec(xml)?.index ?? xml.lastIndexOf('</worksheet>')
  return `${xml.slice(0, at)}${markup}${xml.slice(at)}`
}
