import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import {
  dryRunPage,
  linesToApply,
  mustBeConfirmed,
  planImport,
  rowsOfGrids,
  uploadShelf,
  type ColumnSpec,
  type GridValue,
  type ImportRules,
  type RowOf,
} from '../../src/sheet-files/index.ts'

const COLUMNS = [
  { key: 'code', head: 'Mã', kind: 'text', required: true },
  { key: 'count', head: 'Số lớp', kind: 'integer', required: true },
] as const satisfies readonly ColumnSpec[]
type Line = RowOf<typeof COLUMNS>

const rules = (stored: Readonly<Record<string, number>>): ImportRules<Line> => ({
  keyColumn: 'code',
  keyOf: ({ code }) => code,
  titleOf: ({ code }) => `Trường ${code}`,
  judge: ({ code, count }) => {
    if (count > 99) return { kind: 'refused', faults: [{ key: 'count', message: 'Quá nhiều lớp.' }] }
    const from = stored[code]
    if (from === count) return { kind: 'unchanged' }
    const changes = [{ what: 'Số lớp', from: from === undefined ? '' : String(from), to: String(count) }]
    return { kind: from === undefined ? 'new' : 'changed', changes }
  },
})

const plan = (stored: Readonly<Record<string, number>>, ...rows: readonly (readonly GridValue[])[]) =>
  planImport(rowsOfGrids([{ sheet: 'Lớp', rows: [['Mã', 'Số lớp'], ...rows] }], COLUMNS), rules(stored))

const FORM = { what: 'số lớp', action: '/nhap', breadcrumbs: [{ label: 'Lớp', href: '/lop' }], back: '/' }
const pageOf = (of: ReturnType<typeof plan>) =>
  dryRunPage({ form: FORM, confirm: '/xac-nhan', token: 'abc', plan: of }).dryRun

describe('the plan of an import', () => {
  it('tells new, changed and unchanged rows apart', () => {
    const found = plan({ B: 4, C: 6 }, ['A', 9], ['B', 5], ['C', 6])
    expect(found.lines.map(({ kind, title }) => [kind, title])).to.deep.equal([
      ['new', 'Trường A'],
      ['changed', 'Trường B'],
      ['unchanged', 'Trường C'],
    ])
    expect(linesToApply(found).map(({ row }) => row.values.code)).to.deep.equal(['A', 'B'])
    expect(found.lines[1]?.changes).to.deep.equal([{ what: 'Số lớp', from: '4', to: '5' }])
  })
  it('reports doubles and broken rules at their cell', () => {
    const { faults } = plan({}, ['A', 9], ['B', 120], ['A', 7])
    expect(faults.map(({ cell, message }) => [cell, message])).to.deep.equal([
      ['B3', 'Quá nhiều lớp.'],
      ['A4', 'Trùng với dòng 2.'],
    ])
  })
  it('is carried out only without a fault and as it was shown', () => {
    const shown = plan({ A: 1 }, ['A', 9])
    expect(() => mustBeConfirmed(shown, shown.mark)).not.to.throw()
    // Somebody changed A between the dry run and its confirmation.
    expect(() => mustBeConfirmed(plan({ A: 2 }, ['A', 9]), shown.mark)).to.throw('người khác sửa')
    const broken = plan({ A: 1 }, ['A', 100])
    expect(() => mustBeConfirmed(broken, broken.mark)).to.throw('còn ô sai')
  })
  it('offers the confirming button only when there is something to do and nothing wrong', () => {
    expect(pageOf(plan({}, ['A', 9])).confirm).to.include({ action: '/xac-nhan', token: 'abc', count: 1 })
    expect(pageOf(plan({ A: 9 }, ['A', 9]))).to.include({ confirm: undefined, nothingToDo: true })
    const { confirm, faults, nothingToDo } = pageOf(plan({}, ['A', 9], ['B', 100]))
    expect({ confirm, nothingToDo }).to.deep.equal({ confirm: undefined, nothingToDo: false })
    expect(faults).to.deep.equal([{ at: 'Lớp, ô B3', value: '100', message: 'Quá nhiều lớp.' }])
    const noWorkbook = {
      ...plan({}),
      faults: [{ sheet: '', cell: '', value: '', message: 'Tệp không phải bảng tính.' }],
    }
    expect(pageOf(noWorkbook).faults.map(({ at }) => at)).to.deep.equal(['Cả tệp'])
  })
})

describe('the shelf of uploads', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'shelf-'))
  })
  after(() => rm(folder, { recursive: true }))
  const received = async (text: string) => {
    const file = path.join(folder, 'received')
    await writeFile(file, text)
    return { path: file, sha256: createHash('sha256').update(text).digest('hex') }
  }

  it('gives back the very bytes by their hash, for a day', async () => {
    const shelf = uploadShelf(path.join(folder, 'kept'))
    const now = new Date()
    const token = await shelf.keep(await received('một'), now)
    expect((await shelf.bytesOf(token)).toString()).to.equal('một')
    const yesterday = new Date(now.getTime() - 25 * 3_600_000)
    await utimes(path.join(folder, 'kept', token), yesterday, yesterday)
    const other = await shelf.keep(await received('hai'), now)
    expect(await readdir(path.join(folder, 'kept'))).to.deep.equal([other])
  })
  it('knows no other token, no path, and no file that was changed under its name', async () => {
    const shelf = uploadShelf(path.join(folder, 'kept'))
    const token = await shelf.keep(await received('ba'), new Date())
    await writeFile(path.join(folder, 'kept', token), 'bốn')
    for (const wrong of [token, 'a'.repeat(64), '../received', '']) {
      const refusal = await shelf.bytesOf(wrong).catch((error: unknown) => error)
      expect(refusal, wrong).to.have.property('status', 404)
    }
  })
})
