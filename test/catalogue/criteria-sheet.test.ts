import { expect } from 'chai'
import { contentHash, criteriaYaml, readCriteriaFile } from '../../src/catalogue/criteria-file.ts'
import { criteriaRows } from '../../src/catalogue/criteria-rows.ts'
import { criteriaWorkbook, readCriteriaWorkbook, treeTable } from '../../src/catalogue/criteria-sheet.ts'
import { effectiveVersion } from '../../src/catalogue/effective-version.ts'
import { readCriteriaFolder } from '../../src/catalogue/index.ts'
import { writeWorkbook } from '../../src/sheet-files/index.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { aCriterion, aSet } from './build.ts'

describe('criteria as spreadsheets', function () {
  this.timeout(120_000)

  it('go from YAML to XLSX and back to the same YAML, every file of ours', async () => {
    for (const { file, version } of await readCriteriaFolder('criteria')) {
      const { set, faults } = await readCriteriaWorkbook(await criteriaWorkbook(version.set))
      expect(faults, file).to.deep.equal([])
      if (!set) throw new Error(file)
      expect(contentHash(set), file).to.equal(version.hash)
      expect(criteriaYaml(set), file).to.equal(criteriaYaml(version.set))
      expect(readCriteriaFile(criteriaYaml(set)).hash, file).to.equal(version.hash)
    }
  })

  it('keep what a year adds, and official wording with lines', async () => {
    const base = readCriteriaFile(
      criteriaYaml(
        aSet([
          aCriterion('1.1', 'ab', 'a', 'a', { guidance: 'Dòng một\nDòng hai', due: '03-15', goodEvidence: ['A', 'B'] }),
        ]),
      ),
    )
    const node = {
      kind: 'criterion',
      parent: '1',
      level: '',
      code: '1.ĐP1',
      key: '1.ĐP1',
      words: 'Văn hóa đọc',
    } as const
    const nodes = [{ ...node, since: workingYear('2025-2026'), rev: 1 }]
    const { set, hash } = effectiveVersion(base, { nodes, advice: [] })
    const read = await readCriteriaWorkbook(await criteriaWorkbook(set))
    expect(read.set && contentHash(read.set)).to.equal(hash)
  })

  it('say at which cell a changed file is wrong', async () => {
    const rows = criteriaRows(aSet()).map(row =>
      row.kind === 'criterion' ? { ...row, parent: '9' } : row.kind === 'standard' ? { ...row, rest: '{x' } : row,
    )
    const frame = { name: 'Thông tin bộ', columns: [{ head: 'Khóa' }, { head: 'Giá trị' }], rows: [] }
    const { set, faults } = await readCriteriaWorkbook(await writeWorkbook([treeTable(rows, []), frame]))
    expect(set).to.equal(undefined)
    expect(faults.map(({ cell, message }) => `${cell} ${message}`)).to.include.members([
      'M2 Ô không phải JSON; xin chép lại từ tệp gốc.',
      'C3 Không có tiêu chuẩn 9 ở các dòng trên.',
    ])
  })

  it('are refused in words when they are no workbook', async () => {
    const { faults } = await readCriteriaWorkbook(Buffer.from('không phải'))
    expect(faults[0]?.message).to.contain('Tệp không phải bảng tính')
  })
})
