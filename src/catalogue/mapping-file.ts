import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { InvalidInput } from '../kernel/refusals.ts'
import { readRows, row, type ColumnSpec, type SheetTable } from '../sheet-files/index.ts'
import type { CriteriaSet } from './criteria-set.ts'
import { HOW_NAMES, MAPPED_NAMES } from './mapping-words.ts'
import { MAPPED_KINDS, mappedNodes, type MappedKind, type MappingHow, type MappingRow } from './mapping.ts'

const HOWS: readonly MappingHow[] = ['same', 'renamed', 'split', 'merged', 'dropped', 'new']

const COLUMNS = [
  {
    key: 'kind',
    head: 'Loại',
    kind: 'oneOf',
    required: true,
    options: MAPPED_KINDS.map(value => ({ value, label: MAPPED_NAMES[value] })),
  },
  { key: 'from', head: 'Mã cũ', kind: 'text' },
  {
    key: 'how',
    head: 'Cách chuyển',
    kind: 'oneOf',
    required: true,
    options: HOWS.map(value => ({ value, label: HOW_NAMES[value] })),
  },
  { key: 'to', head: 'Mã mới', kind: 'text' },
] as const satisfies readonly ColumnSpec[]

/** Codes in one cell, apart by commas, semicolons or blanks. A spreadsheet may have turned `1.4` into the number 1,4. */
export const codesIn = (text: string): readonly string[] =>
  (/^\d+,\d+$/.test(text.trim()) ? [text.trim().replace(',', '.')] : text.split(/[;,\s]+/)).filter(code => code !== '')

/** The table of a mapping as a sheet that people fill in: a line per old node, new ones last. */
export function mappingTable(from: CriteriaSet, to: CriteriaSet, rows: readonly MappingRow[]): SheetTable {
  const [old, fresh] = [from, to].map(
    set => new Map(mappedNodes(set).map(node => [`${node.kind} ${node.code}`, node.words])),
  )
  return {
    name: 'Chuyển đổi',
    title: ['BẢNG CHUYỂN ĐỔI BỘ TIÊU CHÍ', `${from.instrument} → ${to.instrument}`],
    notes: ['Sửa cột “Cách chuyển” và “Mã mới”; nhiều mã mới cách nhau bằng dấu chấm phẩy. Hai cột lời chỉ để đọc.'],
    columns: [
      { head: 'Loại', width: 16, choices: MAPPED_KINDS.map(kind => MAPPED_NAMES[kind]) },
      { head: 'Mã cũ', width: 12 },
      { head: 'Lời của bộ cũ', width: 60 },
      { head: 'Cách chuyển', width: 20, choices: HOWS.map(how => HOW_NAMES[how]) },
      { head: 'Mã mới', width: 16 },
      { head: 'Lời của bộ mới', width: 60 },
    ],
    rows: rows.map(({ kind, from: code, how, to: codes }) =>
      row(
        MAPPED_NAMES[kind],
        code ?? '',
        (code !== undefined && old?.get(`${kind} ${code}`)) || '',
        HOW_NAMES[how],
        codes.join('; '),
        codes.map(each => fresh?.get(`${kind} ${each}`) ?? '').join('\n'),
      ),
    ),
    frozenColumns: 2,
    landscape: true,
    spareRows: 20,
  }
}

/** Reads a sheet back; throws `InvalidInput` that names each faulty cell. */
export async function mappingFromSheet(bytes: Buffer): Promise<readonly MappingRow[]> {
  const { rows, faults } = await readRows(bytes, COLUMNS)
  if (faults.length > 0)
    throw fileInvalid(faults.map(({ cell, message }) => (cell === '' ? message : `Ô ${cell}: ${message}`)))
  return rows.map(({ values: { kind, from, how, to } }) => ({
    // The columns take nothing else, see COLUMNS.
    kind: kind as MappedKind,
    how: how as MappingHow,
    ...(from !== undefined && { from: codesIn(from)[0] ?? from }),
    to: codesIn(to ?? ''),
  }))
}

const fileSchema = z.object({
  mapping: z.array(
    z.strictObject({
      kind: z.enum(['standard', 'criterion', 'indicator', 'clause']),
      from: z.string().optional(),
      how: z.enum(['same', 'renamed', 'split', 'merged', 'dropped', 'new']),
      to: z.array(z.string()).default([]),
    }),
  ),
})

/** The same table as YAML, for those who keep their files under version control. */
export const mappingYaml = (rows: readonly MappingRow[]): string =>
  stringify(
    { mapping: rows.map(({ to, ...rest }) => ({ ...rest, to: [...to] })) },
    { defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'PLAIN' },
  )

/** Reads the YAML back; throws `InvalidInput` with every fault. */
export function mappingFromYaml(text: string): readonly MappingRow[] {
  let given: unknown
  try {
    given = parse(text.normalize('NFC'), { maxAliasCount: 0 })
  } catch (error) {
    throw fileInvalid([`Sai cú pháp YAML: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}`])
  }
  const read = fileSchema.safeParse(given)
  if (!read.success)
    throw fileInvalid(read.error.issues.map(({ path }) => `“${path.map(String).join('.')}”: giá trị không đúng dạng.`))
  return read.data.mapping.map(({ from, ...rest }) => ({ ...rest, ...(from !== undefined && { from }) }))
}

const fileInvalid = (messages: readonly string[]): InvalidInput =>
  new InvalidInput(
    { file: messages.slice(0, 50).join('\n') },
    `Tệp bảng chuyển đổi chưa đúng (${messages.length} chỗ).`,
  )
