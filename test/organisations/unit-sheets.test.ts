import { expect } from 'chai'
import { row, writeWorkbook, type SheetTable } from '../../src/sheet-files/index.ts'
import { lintTree, managingUnitOn, nameOn, type Operation, type UnitTree } from '../../src/organisations/index.ts'
import { afterChanges } from '../../src/organisations/unit-change.ts'
import { placingSheet, readPlacing, readUnits, unitsSheet } from '../../src/organisations/unit-sheets.ts'
import { twoTierProvince } from './a-tree.ts'

const DAY = '2025-10-05'
const workbook = (table: SheetTable): Promise<Buffer> => writeWorkbook([table])
const withRows = (tree: UnitTree, rows: SheetTable['rows']): Promise<Buffer> =>
  workbook({ ...unitsSheet(tree, DAY), rows })

const NEW_COMMUNE = row('xa-moi', 'UBND cấp xã', 'UBND xã Mới', null, null, 'XM', 'Mới', 'so', '2025-07-01')
const newSchool = (code: string, parent: string, kind = 'Tiểu học', levels: string | null = null) =>
  row(code, 'Trường', `Trường ${code}`, null, null, 'T', 'Mới', parent, '2025-07-01', null, kind, levels, 'Công lập')

describe('the spreadsheet of units', () => {
  it('changes nothing when it is read back as it was written', async () => {
    const tree = twoTierProvince()
    const { changes, faults } = await readUnits(await workbook(unitsSheet(tree, DAY)), tree)
    expect({ changes, faults }).to.deep.equal({ changes: [], faults: [] })
  })

  it('adds units with their managers from one file, and nothing when the file comes again', async () => {
    const tree = twoTierProvince()
    const bytes = await withRows(tree, [
      newSchool('th-moi', 'xa-moi'),
      NEW_COMMUNE,
      newSchool('lien-cap', 'xa-moi', 'Phổ thông có nhiều cấp học', 'Tiểu học, Trung học cơ sở'),
    ])
    const first = await readUnits(bytes, tree)
    expect(first.faults).to.deep.equal([])
    const after = afterChanges(tree, first.changes)
    expect(lintTree(after)).to.deep.equal([])
    expect(after.get('lien-cap')?.school?.levels).to.deep.equal(['tieu_hoc', 'thcs'])
    expect((await readUnits(bytes, after)).changes).to.deep.equal([])
  })

  it('renames and moves a known unit from the day in its row', async () => {
    const tree = twoTierProvince()
    const moved = row(
      'thcs',
      'Trường',
      'Trường THCS Lá Sen',
      null,
      null,
      'THCS',
      'Suối Mây',
      'so',
      '2026-01-01',
      null,
      'Trung học cơ sở',
      null,
      'Công lập',
    )
    const { changes, from } = await readUnits(await withRows(tree, [moved]), tree)
    expect([changes.map(change => change.kind), from]).to.deep.equal([['rename', 'move'], '2026-01-01'])
    const after = afterChanges(tree, changes)
    const unit = after.get('thcs')
    expect(unit && nameOn(unit, '2025-12-31')).to.equal('Trường THCS Lá Lúa')
    expect(managingUnitOn(after, 'thcs', '2026-01-01')?.id).to.equal('so')
  })

  it('names each wrong cell and takes nothing from a file that has one', async () => {
    const tree = twoTierProvince()
    const bytes = await withRows(tree, [
      newSchool('Mã Sai', 'xa'),
      newSchool('th-1', 'khong-co'),
      newSchool('th-2', 'xa', 'Phổ thông có nhiều cấp học', 'Tiểu học'),
      newSchool('th-3', 'xa'),
      newSchool('th-3', 'xa'),
      row('xa', 'Trường', 'UBND xã', null, null, 'X', 'X', 'so', '2025-07-01', null, 'Tiểu học'),
    ])
    const { faults, changes } = await readUnits(bytes, tree)
    expect(changes).to.deep.equal([])
    expect(faults.map(({ cell }) => cell)).to.deep.equal(['A5', 'H6', 'L7', 'A9', 'B10'])
  })
})

describe('the spreadsheet of new managing units', () => {
  const operation = {
    id: 'o1',
    provinceId: 'so',
    title: 'Giải thể UBND xã Suối Mây',
    from: '2026-01-01',
    draft: { kind: 'dissolve', unitId: 'xa', placing: {} },
  } as unknown as Operation

  it('offers every unit that loses its manager, and reads what was chosen by name', async () => {
    const tree = twoTierProvince()
    const sheet = placingSheet(operation, tree)
    expect(sheet.rows.map(({ cells }) => cells[0])).to.deep.equal(['thcs'])
    expect(sheet.columns.at(-1)?.choices).to.deep.equal(['Sở Giáo dục và Đào tạo Sơn Thủy'])
    const filled = { ...sheet, rows: [row('thcs', '', '', 'Sở Giáo dục và Đào tạo Sơn Thủy')] }
    const { faults, placing } = await readPlacing(await workbook(filled), operation, tree)
    expect({ faults, placing }).to.deep.equal({ faults: [], placing: { thcs: 'so' } })
  })

  it('refuses units that are not concerned and places that do not exist', async () => {
    const tree = twoTierProvince()
    const rows = [row('thpt', '', '', 'Sở Giáo dục và Đào tạo Sơn Thủy'), row('thcs', '', '', 'UBND xã Lạ')]
    const { faults } = await readPlacing(await workbook({ ...placingSheet(operation, tree), rows }), operation, tree)
    expect(faults.map(({ cell }) => cell).toSorted()).to.deep.equal(['A5', 'D6'])
  })
})
