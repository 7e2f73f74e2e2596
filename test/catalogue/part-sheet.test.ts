import { expect } from 'chai'
import { TREE_COLUMNS } from '../../src/catalogue/criteria-sheet.ts'
import { effectiveVersion } from '../../src/catalogue/effective-version.ts'
import type { LocalPart } from '../../src/catalogue/local-part.ts'
import { findingsAt } from '../../src/catalogue/node-findings.ts'
import { carryOut, partTable, planPart } from '../../src/catalogue/part-sheet.ts'
import type { DeskSet } from '../../src/catalogue/tree-desk.ts'
import { readRows, row, writeWorkbook, type SheetTable, type SheetValue } from '../../src/sheet-files/index.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { aCriterion, aSet, aVersion } from './build.ts'

const YEAR = workingYear('2025-2026')
const base = aVersion(aSet([aCriterion('1.1', 'ab', 'a', '')]))
const part: LocalPart = {
  setId: base.set.id,
  nodes: [
    {
      key: '1.ĐP1',
      kind: 'criterion',
      parent: '1',
      level: '',
      code: '1.ĐP1',
      words: 'Văn hóa đọc',
      since: YEAR,
      rev: 3,
    },
    {
      key: '1.ĐP1/1/ĐP1',
      kind: 'indicator',
      parent: '1.ĐP1',
      level: '1',
      code: 'ĐP1',
      words: 'Có tủ sách',
      since: YEAR,
      rev: 1,
    },
  ],
  advice: [
    { criterion: '1.1', rev: 2, guidance: 'Bám kế hoạch', requiredEvidence: ['Kế hoạch', 'Nghị quyết'], due: '03-15' },
  ],
}
const deskSet: DeskSet = {
  base,
  part,
  effective: effectiveVersion(base, part),
  findings: findingsAt(base, part),
  published: new Set(),
}

const planned = async (table: SheetTable) => {
  const read = await readRows(await writeWorkbook([table]), TREE_COLUMNS, { sheet: table.name })
  return planPart(read, deskSet)
}

/** The downloaded sheet with some cells changed and rows added. */
function changed(
  cells: Readonly<Record<string, Readonly<Record<string, SheetValue>>>>,
  added: readonly SheetValue[][] = [],
) {
  const table = partTable(deskSet)
  const at = (key: string): number => TREE_COLUMNS.findIndex(column => column.key === key)
  const rows = table.rows.map(each => {
    const [kind, code, parent, level] = each.cells
    const over = cells[[kind, code, parent, level].filter(text => text !== '').join(' ')] ?? {}
    return {
      ...each,
      cells: each.cells.map((cell, index) => {
        const key = Object.keys(over).find(name => at(name) === index)
        return key === undefined ? cell : (over[key] ?? null)
      }),
    }
  })
  return { ...table, rows: [...rows, ...added.map(cellsOf => row(...cellsOf))] }
}

describe('draft of a year tree as a sheet', () => {
  it('changes nothing when it comes back as it went out', async () => {
    const plan = await planned(partTable(deskSet))
    expect(plan.faults).to.deep.equal([])
    expect(plan.lines.filter(line => line.kind !== 'unchanged')).to.deep.equal([])
    expect(carryOut(plan, deskSet, YEAR)).to.deep.equal({ part })
  })

  it('brings words, advice, new nodes under new nodes, and official wording into a base of its own', async () => {
    const plan = await planned(
      changed(
        {
          'Tiêu chí 1.ĐP1 1': { words: 'Văn hóa đọc và thư viện' },
          'Tiêu chí 1.1 1': { required: '- Kế hoạch', due: '' },
          'Chỉ báo a 1.1 1': { official: 'Câu chữ của\nThông tư' },
        },
        [
          ['Tiêu chí', '1.ĐP2', '1', '', 'Chuyển đổi số', '', '', 'có', '', '', '', '', ''],
          ['Chỉ báo', 'ĐP1', '1.ĐP2', '2', 'Có học bạ số', '', '', 'có', '', '', '', '', ''],
        ],
      ),
    )
    expect(plan.faults).to.deep.equal([])
    expect(plan.lines.filter(line => line.kind === 'new')).to.have.length(2)
    const after = carryOut(plan, deskSet, YEAR)
    expect(after.part.nodes.map(({ key, words, rev }) => [key, words, rev])).to.deep.equal([
      ['1.ĐP1', 'Văn hóa đọc và thư viện', 4],
      ['1.ĐP1/1/ĐP1', 'Có tủ sách', 1],
      ['1.ĐP2', 'Chuyển đổi số', 1],
      ['1.ĐP2/2/ĐP1', 'Có học bạ số', 1],
    ])
    expect(after.part.nodes.every(node => node.since === YEAR)).to.equal(true)
    expect(after.part.advice).to.deep.equal([
      { criterion: '1.1', rev: 3, guidance: 'Bám kế hoạch', requiredEvidence: ['Kế hoạch'] },
    ])
    expect(after.base?.set.standards[0]?.criteria[0]?.levels[0]?.indicators[0]?.official).to.equal(
      'Câu chữ của\nThông tư',
    )
    expect(after.base?.hash).not.to.equal(base.hash)
    expect(after.base?.set.basedOn).to.equal(undefined)
  })

  it('says at which cell it is wrong', async () => {
    const plan = await planned(
      changed(
        {
          'Tiêu chí 1.1 1': { due: '31/02' },
          'Chỉ báo b 1.1 1': { words: 'Câu khác' },
          'Chỉ báo ĐP1 1.ĐP1 1': { words: '' },
        },
        [
          ['Tiêu chí', '1.9', '1', '', 'Không phải mã địa phương', '', '', '', '', '', '', '', ''],
          ['Chỉ báo', 'ĐP1', '7.1', '1', 'Không có chỗ', '', '', 'có', '', '', '', '', ''],
        ],
      ),
    )
    expect(plan.faults.map(({ message }) => message)).to.have.members([
      'Hạn viết dạng ngày/tháng và có thật, ví dụ 15/03.',
      'Tên của nút trong bộ gốc không sửa ở đây; câu chữ chính thức dán vào cột “Nguyên văn”.',
      'Xin nhập nội dung của nút.',
      'Bộ tiêu chí không có nút này; nút thêm mới phải có mã ĐP và một số từ 1 đến 99.',
      'Không có chỗ này trong bộ tiêu chí hay trong tệp.',
    ])
    expect(plan.faults.every(({ cell }) => /^[A-Z]\d+$/.test(cell))).to.equal(true)
  })
})
