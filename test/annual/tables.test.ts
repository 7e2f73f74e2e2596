import { expect } from 'chai'
import { cellAt, schoolsOf, unitsOf, type AnnualTable } from '../../src/annual/annual-table.ts'
import { blockingOf, findingsOf, type RuleName } from '../../src/annual/consistency.ts'
import { KINDS } from '../../src/annual/row-groups.ts'
import { proposalsOf } from '../../src/annual/sentences.ts'
import { cellText, headRows } from '../../src/annual/table-print.ts'
import { tablesOf } from '../../src/annual/table-set.ts'
import { RECONCILIATIONS } from '../../src/rollups/tally.ts'
import { GOLDEN } from './golden.ts'
import { aTitle, anAssessment, aRow, BEFORE, NOW, RESERVES, ROWS, someFacts, unitFacts } from './some-rows.ts'

const province = tablesOf(someFacts())
const unit = tablesOf(unitFacts())
const all: readonly AnnualTable[] = [...province, ...unit]
const table = (id: string): AnnualTable => {
  const found = all.find(each => each.id === id)
  if (!found) throw new Error(`no table ${id}`)
  return found
}
const behind = (id: string, row: string, column: string): readonly string[] => {
  const cell = cellAt(table(id), row, column)
  return cell ? schoolsOf(cell) : []
}
const rulesOf = (...given: Parameters<typeof findingsOf>): readonly RuleName[] =>
  findingsOf(...given).map(({ rule }) => rule)

describe('the tables of the annual reports', () => {
  it('are P1–P15 for the Sở and M1–M6c for a unit', () => {
    expect(province.map(({ id }) => id)).to.deep.equal(
      'P1 P2 P3 P4 P5 P6 P7 P8 P9 P10 P11 P12 P13 P13b P14 P14b P14c P14d P15'.split(' '),
    )
    expect(unit.map(({ id }) => id)).to.deep.equal('M1 M2 M3 M4 M5 M6 M6b M6c'.split(' '))
  })

  for (const { id, rows } of all)
    it(`${id} says what was counted by hand`, () => {
      const lines = rows.map(row => `${row.key}: ${row.cells.map(cellText).join(' | ')}`)
      for (const expected of GOLDEN[id] ?? ['no golden lines']) expect(lines).to.include(expected)
    })

  it('have as many cells in each line as columns, and a key of its own for each line', () => {
    for (const { id, rows, columns } of all) {
      expect(new Set(rows.map(row => row.key)).size, id).to.equal(rows.length)
      for (const row of rows) expect(row.cells.length, `${id} ${row.key}`).to.equal(columns.length)
    }
  })

  it('count for each figure exactly the schools that stand behind it', () => {
    for (const { id, rows } of all)
      for (const row of rows)
        for (const cell of row.cells)
          if (cell.kind === 'count') expect(cell.schools.length, `${id} ${row.key}`).to.equal(cell.value)
    expect(behind('P1', 'all', 'finished')).to.have.members(['mn-1', 'th-1', 'th-2', 'thcs-1', 'thpt-1'])
    expect(behind('P1', 'all', 'notReported')).to.have.members(['mn-2', 'th-3', 'thpt-1'])
    expect(behind('P3', 'all', 'valid')).to.have.members(['mn-1', 'th-1', 'thpt-1'])
    expect(behind('P4', 'tieu_hoc', 'expired')).to.deep.equal(['th-2'])
    expect(behind('P9', 'mam_non-abcdef01-1.1', 'teamBelow')).to.deep.equal(['mn-1'])
  })

  it('name behind a sum the schools that have the number, behind a difference those that differ', () => {
    expect(behind('P14c', 'all', 'classes-assigned')).to.have.members(['mn-1', 'th-1'])
    expect(behind('P14c', 'all', 'classes-difference')).to.deep.equal(['mn-1'])
    expect(behind('P14d', 'xa-an', 'pupils-current')).to.have.members(['mn-1', 'th-1'])
    expect(behind('P14c', 'all', 'staff-difference')).to.deep.equal([])
    expect(behind('P14', 'all', 'unexplained')).to.deep.equal(['mn-1'])
  })

  it('propose sentences with what was assigned, what is there and what is unexplained', () => {
    expect(proposalsOf(someFacts())['III-7'])
      .to.contain('lớp, nhóm giao 29, hiện có 30, chênh lệch +1')
      .and.contain('1 trường có chênh lệch giữa số giao và hiện có, trong đó 1 trường còn chênh lệch chưa giải trình.')
  })

  it('P14 counts a school in exactly one column, however far its reconciliation has come', () => {
    for (const state of RECONCILIATIONS) {
      const rows = [aRow('th-9', 'tieu_hoc', { reconciliation: { state, rev: 1 } })]
      const made = tablesOf({ ...someFacts(), rows }).find(each => each.id === 'P14')
      const counted = ['none', 'drafting', 'confirmed', 'disputed', 'verified'].filter(column => {
        const cell = made && cellAt(made, 'all', column)
        return cell && schoolsOf(cell).length === 1
      })
      expect(counted, state).to.have.length(1)
    }
  })

  it('sum up: kinds and owners give the total in every column of numbers', () => {
    for (const id of ['P1', 'P2', 'P3', 'P4', 'P13', 'P14', 'P14c', 'M2', 'M6', 'M6b']) {
      const { rows, columns } = table(id)
      columns.forEach((column, at) => {
        const value = (key: string): number => {
          const cell = rows.find(row => row.key === key)?.cells[at]
          return cell?.kind === 'count' || cell?.kind === 'sum' ? (cell.value ?? 0) : 0
        }
        const kinds = rows.filter(row => KINDS.some(kind => kind === row.key)).map(row => value(row.key))
        expect(
          kinds.reduce((sum, one) => sum + one, 0),
          `${id} ${column.id}`,
        ).to.equal(value('all'))
        expect(value('all-public') + value('all-private'), `${id} ${column.id}`).to.equal(value('all'))
      })
    }
  })

  it('leave a school whose self-assessment was cancelled out of the denominator, and name it', () => {
    expect(behind('P1', 'tieu_hoc', 'mustReport')).not.to.include('th-4')
    expect(table('P1').notes.join()).to.contain('Trường th-4')
  })

  it('count a title of the summer in the year that follows, so that none falls between two closings', () => {
    const rows = [aRow('x', 'thcs', { titles: [aTitle('s', { grantedOn: '2025-06-15', expiresOn: '2030-06-15' })] })]
    const [p3] = tablesOf(someFacts({ rows })).filter(({ id }) => id === 'P3')
    const cell = p3 && cellAt(p3, 'all', 'new1')
    expect(cell && schoolsOf(cell)).to.deep.equal(['x'])
  })

  it('print what is not known as “–”, never as zero', () => {
    expect(table('P6').rows[0]?.cells.map(cellText)).to.satisfy((cells: string[]) => cells.every(cell => cell === '–'))
    expect(cellText({ kind: 'share', part: 0, whole: 0, schools: [] })).to.equal('–')
    expect(cellText({ kind: 'share', part: 1, whole: 3, schools: [] })).to.equal('33,3')
    expect(cellText({ kind: 'points', value: 2 })).to.equal('+2,0')
  })

  it('head their columns so that every row of the head covers the whole width', () => {
    for (const each of all) {
      const rows = headRows(each)
      const covered = rows.map((cells, level) =>
        rows
          .slice(0, level + 1)
          .flatMap((above, at) => above.filter(cell => at === level || at + cell.rowSpan > level))
          .reduce((sum, cell) => sum + cell.colSpan, 0),
      )
      for (const width of covered) expect(width, each.id).to.equal(each.columns.length + 1)
      expect(rows[0]?.[0]?.rowSpan).to.equal(rows.length)
    }
  })

  it('propose sentences with this year, last year and the target', () => {
    const proposed = proposalsOf(someFacts())
    expect(proposed['III-1']).to.contain('71,4%').and.contain('năm trước 12,5%').and.contain('Chỉ tiêu 60,0%: đạt')
    expect(proposed['III-4']).to.contain('giảm 12,5 điểm phần trăm').and.contain('chưa đạt chỉ tiêu')
    const { before: _before, ...alone } = someFacts()
    expect(proposalsOf(alone)['III-3']).not.to.contain('năm trước')
  })
})

describe('the reserve in the tables of assigned and current numbers', () => {
  const facts = someFacts({ reserves: RESERVES })
  const tables = tablesOf(facts)
  const here = { ...unitFacts(), reserves: RESERVES.slice(1) }
  const find = (id: string, among: readonly AnnualTable[]): AnnualTable => {
    const found = among.find(each => each.id === id)
    if (!found) throw new Error(`no table ${id}`)
    return found
  }
  const assigned = (given: AnnualTable, line: string): readonly string[] =>
    ['all', 'reserve', 'withReserve'].map(row => {
      const cell = cellAt(given, row, `${line}-assigned`)
      return cell ? cellText(cell) : 'no cell'
    })

  it('stands in a line of its own: assigned to schools + reserve = assigned in all', () => {
    for (const id of ['P14c', 'P14d']) {
      expect(assigned(find(id, tables), 'teachers'), id).to.deep.equal(['57', '15', '72'])
      expect(assigned(find(id, tables), 'classes'), id).to.deep.equal(['29', '1', '30'])
      expect(assigned(find(id, tables), 'pupils'), id).to.deep.equal(['260', '–', '260'])
      expect(assigned(find(id, tables), 'staff'), id).to.deep.equal(['–', '17', '17'])
    }
    expect(assigned(find('M6b', tablesOf(here)), 'teachers')).to.deep.equal(['57', '3', '60'])
    const both = find('P14c', tables).rows.at(-1)?.cells.map(cellText).join(' | ')
    expect(both).to.equal('– | – | 30 | 30 | – | 260 | 850 | – | 3 | 3 | – | 72 | 22 | – | 2 | 5 | – | 17 | 30 | –')
  })

  it('names the units behind it, and ends the place of the unit that keeps it', () => {
    const cell = cellAt(find('P14c', tables), 'reserve', 'teachers-assigned')
    expect(cell && unitsOf(cell)).to.deep.equal(['so', 'xa-an'])
    const keys = find('P14d', tables).rows.map(({ key }) => key)
    expect(keys[keys.indexOf('xa-an-reserve') + 1]).to.equal('xa-dong')
    expect(keys[keys.indexOf('so-reserve') + 1]).to.equal('all')
    expect(keys).not.to.include('xa-dong-reserve')
    const mine = cellAt(find('P14d', tables), 'xa-an-reserve', 'teachers-assigned')
    expect(mine && cellText(mine)).to.equal('3')
    const without = tablesOf(someFacts({ reserves: RESERVES, rows: ROWS.filter(row => row.ancestors[0] !== 'so') }))
    expect(find('P14d', without).rows.find(({ key }) => key === 'so-reserve')?.label).to.contain('Sở Giáo dục')
  })

  it('is told from none, and from figures that were frozen without it, which stay as they were', () => {
    const none = find('P14c', tablesOf(someFacts({ reserves: [] })))
    expect(none.rows).to.deep.equal(table('P14c').rows)
    expect(none.notes.at(-1)).to.equal('Không đơn vị nào giữ chỉ tiêu dự phòng.')
    expect(table('P14c').notes.at(-1)).to.contain('không nằm trong bảng này')
    expect(table('P14c').rows.map(({ key }) => key)).not.to.include('reserve')
  })

  it('is checked: neither a unit left out nor a total that does not add up can be signed', () => {
    expect(rulesOf(facts, tables)).not.to.include('reserveAddsUp')
    expect(rulesOf(someFacts({ reserves: RESERVES.slice(1) }), tables)).to.include('reserveAddsUp')
    const p14c = find('P14c', tables)
    const rows = p14c.rows.map(row =>
      row.key === 'withReserve' ? { ...row, cells: p14c.rows.find(({ key }) => key === 'all')?.cells ?? [] } : row,
    )
    const found = findingsOf(facts, [{ ...p14c, rows }]).filter(({ rule }) => rule === 'reserveAddsUp')
    expect(found[0]?.severity).to.equal('error')
    expect(found.map(({ message }) => message)).to.include(
      'Bảng P14c, Giáo viên: tổng giao là 57, giao các trường cộng dự phòng là 72.',
    )
  })
})

describe('the checks of an annual report', () => {
  const facts = someFacts()

  it('find nothing wrong in sound figures, and put two questions', () => {
    expect(rulesOf(facts, province)).to.deep.equal(['nationalWithoutAccreditation', 'unitsAbsent'])
    expect(blockingOf(findingsOf(facts, province), '')).to.deep.equal([])
  })

  it('refuse finished schools without a level', () => {
    const rows = [...ROWS, aRow('th-9', 'tieu_hoc', { assessment: anAssessment(undefined) })]
    const broken = someFacts({ rows })
    const found = findingsOf(broken, tablesOf(broken)).find(({ rule }) => rule === 'resultsSumUp')
    expect(found).to.deep.include({ severity: 'error', schools: ['th-9'] })
  })

  it('ask about finished schools that have not sent: counted as finished, at no level, and said so', () => {
    const { level: _level, sentOn: _sent, ...progress } = anAssessment(1, { state: 'published', criteria: {} })
    const rows = [...ROWS, aRow('th-9', 'tieu_hoc', { assessment: progress })]
    const unsent = someFacts({ rows })
    const found = findingsOf(unsent, tablesOf(unsent)).filter(({ rule }) => rule === 'resultsSumUp')
    expect(found.map(({ severity, schools }) => ({ severity, schools }))).to.deep.equal([
      { severity: 'question', schools: ['th-9'] },
    ])
    const [before, after] = [facts, unsent].map(each => tablesOf(each).find(({ id }) => id === 'P1'))
    const behindTotal = (of: typeof before, column: string) => {
      const cell = of && cellAt(of, 'all', column)
      return cell ? schoolsOf(cell) : ['no such cell']
    }
    expect(behindTotal(after, 'finished')).to.have.members([...behindTotal(before, 'finished'), 'th-9'])
    for (const level of [0, 1, 2, 3, 4])
      expect(behindTotal(after, `level${level}`)).to.deep.equal(behindTotal(before, `level${level}`))
    expect(after?.notes).to.deep.equal([
      ...(before?.notes ?? []),
      '1 trường đã hoàn thành nhưng chưa gửi báo cáo: chưa có trong kết quả theo mức.',
    ])
    expect(proposalsOf(unsent)['III-1']).to.contain('Trong đó 1 trường chưa gửi báo cáo')
  })

  it('refuse titles that appear or vanish without a decision', () => {
    const appeared = ROWS.map(row => (row.schoolId === 'th-3' ? { ...row, titles: [aTitle('old')] } : row))
    const vanished = ROWS.map(row => (row.schoolId === 'thpt-1' ? { ...row, titles: [] } : row))
    for (const [rows, school] of [
      [appeared, 'th-3'],
      [vanished, 'thpt-1'],
    ] as const) {
      const broken = someFacts({ rows })
      const found = findingsOf(broken, tablesOf(broken)).find(({ rule }) => rule === 'accreditationCarriesOver')
      expect(found?.schools).to.deep.equal([school])
    }
  })

  it('refuse a list of recognitions that the tables do not count', () => {
    const twice = ROWS.map(row =>
      row.schoolId === 'mn-1'
        ? {
            ...row,
            titles: [
              ...row.titles,
              aTitle('t9', { grade: 2, grantedOn: '2026-03-03', expiresOn: '2031-03-03', again: true }),
            ],
          }
        : row,
    )
    const broken = someFacts({ rows: twice })
    expect(rulesOf(broken, tablesOf(broken))).to.include('recognitionsListed')
  })

  it('refuse a report without a year of comparison until a reason is given', () => {
    const { before: _before, ...alone } = someFacts()
    const findings = findingsOf(alone, tablesOf(alone))
    expect(blockingOf(findings, '').map(({ code }) => code)).to.deep.equal(['comparisonYearThere'])
    expect(blockingOf(findings, 'Năm đầu dùng hệ thống')).to.deep.equal([])
  })

  it('refuse a share above one hundred percent and places that do not add up', () => {
    const p1 = table('P1')
    const spoilt: AnnualTable = {
      ...p1,
      rows: [{ key: 'all', label: 'Tổng', cells: [{ kind: 'share', part: 3, whole: 2, schools: ['a', 'b', 'c'] }] }],
    }
    expect(rulesOf(facts, [spoilt])).to.include('sharesWithinHundred')
    expect(rulesOf(someFacts({ ...NOW, before: BEFORE }), province)).not.to.include('placesSumUp')
  })
})
