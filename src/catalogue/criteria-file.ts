import { createHash } from 'node:crypto'
import { LineCounter, isNode, parseDocument, stringify, type Document } from 'yaml'
import type { z } from 'zod'
import { InvalidInput } from '../kernel/refusals.ts'
import { criteriaSchema } from './criteria-schema.ts'
import type { CriteriaSet, CriteriaVersion } from './criteria-set.ts'

/** One thing wrong in a criteria file: the line it stands on (from 1), the path of keys, and a Vietnamese sentence. */
export interface FileProblem {
  readonly line: number
  readonly path: string
  readonly message: string
}

/** The file cannot be taken at all; carries every problem with its line. */
export class CriteriaFileInvalid extends InvalidInput {
  readonly problems: readonly FileProblem[]
  constructor(problems: readonly FileProblem[]) {
    const lines = problems.map(problem => `Dòng ${problem.line}: ${problem.message}`)
    super({ file: lines.join('\n') }, `Tệp bộ tiêu chí chưa đúng (${problems.length} chỗ). ${lines[0] ?? ''}`)
    this.problems = problems
  }
}

type Path = readonly PropertyKey[]

/** Reads a criteria file; throws `CriteriaFileInvalid` with all problems when its shape is wrong. */
export function readCriteriaFile(text: string): CriteriaVersion {
  const lines = new LineCounter()
  const document = parseDocument(text.normalize('NFC'), { lineCounter: lines, uniqueKeys: true })
  if (document.errors.length > 0) {
    throw new CriteriaFileInvalid(
      document.errors.map(error => ({
        line: lines.linePos(error.pos[0]).line,
        path: '',
        message: YAML_MESSAGES[error.code] ?? 'Sai cú pháp YAML (thụt dòng, dấu hai chấm hoặc dấu nháy).',
      })),
    )
  }
  const read = criteriaSchema.safeParse(document.toJS({ maxAliasCount: 0 }), { reportInput: true })
  if (!read.success) {
    throw new CriteriaFileInvalid(
      read.error.issues.map(issue => ({
        line: lineAt(document, lines, issue.path),
        path: printPath(issue.path),
        message: sayIssue(issue),
      })),
    )
  }
  return versionOf(read.data)
}

/** A set as the text of a criteria file, its keys in the order of the schema; reading it gives the same hash. */
export const criteriaYaml = (set: CriteriaSet): string => stringify(criteriaSchema.parse(set), { lineWidth: 0 })

/** The set under the SHA-256 of its canonical JSON: key order, comments and blanks of the file do not change the hash. */
export const versionOf = (set: CriteriaSet): CriteriaVersion => ({ hash: contentHash(set), set })

export const contentHash = (set: CriteriaSet): string => createHash('sha256').update(canonical(set)).digest('hex')

/** The line (from 1) on which the value at `path` begins, or its nearest ancestor; 1 when the text has neither. */
export function lineOf(text: string, path: Path): number {
  const lines = new LineCounter()
  return lineAt(parseDocument(text, { lineCounter: lines }), lines, path)
}

function lineAt(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}

const YAML_MESSAGES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'Khóa bị ghi hai lần trong cùng một mục.',
  TAB_AS_INDENT: 'Thụt dòng bằng phím Tab; chỉ dùng dấu cách.',
  BAD_INDENT: 'Thụt dòng chưa đúng.',
}

const printPath = (path: Path): string => path.map(String).join('.')

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'chữ (mã và số hiệu đặt trong dấu nháy)',
  number: 'số',
  int: 'số nguyên',
  boolean: 'true hoặc false',
  array: 'danh sách',
  object: 'nhóm khóa',
  record: 'nhóm khóa',
}

/** One issue of the schema as a Vietnamese sentence. */
export function sayIssue(issue: z.core.$ZodIssue): string {
  const at = issue.path.length === 0 ? 'Tệp' : `“${printPath(issue.path)}”`
  if (issue.code === 'unrecognized_keys') {
    return `${at}: không có khóa ${issue.keys.map(key => `“${key}”`).join(', ')} trong mẫu tệp.`
  }
  if (issue.code === 'invalid_type') {
    const wanted = TYPE_NAMES[issue.expected] ?? issue.expected
    return issue.input === undefined ? `${at}: thiếu hoặc để trống, cần ${wanted}.` : `${at}: phải là ${wanted}.`
  }
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(value => `“${String(value)}”`).join(', ')
    return `${at}: chỉ nhận một trong các giá trị ${allowed}.`
  }
  if (issue.code === 'too_small') return `${at}: không được để trống hoặc nhỏ hơn ${issue.minimum}.`
  if (issue.code === 'custom') {
    return `${at}: ngày phải có thật và viết dạng năm-tháng-ngày, ví dụ 2018-08-22.`
  }
  return `${at}: giá trị không đúng dạng.`
}
