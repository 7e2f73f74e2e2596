import { fieldsOf, textField } from '../http/fields.ts'
import { InvalidInput, NotFound } from '../kernel/refusals.ts'
import { codesIn } from './mapping-file.ts'
import { MAPPED_KINDS, type MappingHow, type MappingRow } from './mapping.ts'

const HASH = /^[0-9a-f]{64}$/
const HOWS: readonly MappingHow[] = ['same', 'renamed', 'split', 'merged', 'dropped', 'new']

/** Two content hashes from an address or a form; anything else is a page that does not exist. */
export function pairFrom(given: Readonly<Record<string, unknown>>): {
  readonly fromHash: string
  readonly toHash: string
} {
  const [fromHash, toHash] = [given['from'], given['to']]
  if (typeof fromHash !== 'string' || typeof toHash !== 'string' || !HASH.test(fromHash) || !HASH.test(toHash))
    throw new NotFound('Không có cặp phiên bản bộ tiêu chí này.')
  if (fromHash === toHash) throw new InvalidInput({ to: 'Hai phiên bản phải khác nhau.' })
  return { fromHash, toHash }
}

/** Lines of the table from fields `kind.0`, `from.0`, `how.0`, `to.0` …; a line without codes is left out. */
export function mappingRowsFrom(body: unknown): readonly MappingRow[] {
  const fields = fieldsOf(body)
  const rows: MappingRow[] = []
  for (let at = 0; `how.${at}` in fields; at++) {
    const kind = MAPPED_KINDS.find(each => each === textField(body, `kind.${at}`))
    const how = HOWS.find(each => each === textField(body, `how.${at}`))
    const from = textField(body, `from.${at}`).trim()
    const to = codesIn(textField(body, `to.${at}`))
    if (kind && how && (from !== '' || to.length > 0)) rows.push({ kind, how, to, ...(from !== '' && { from }) })
  }
  return rows
}

export function revisionFrom(body: unknown): number {
  const rev = Number.parseInt(textField(body, 'revision'), 10)
  if (!Number.isInteger(rev) || rev < 0) throw new InvalidInput({}, 'Biểu mẫu đã cũ, xin mở lại trang rồi làm lại.')
  return rev
}
