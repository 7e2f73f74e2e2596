import { expect } from 'chai'
import {
  readGrids,
  readRows,
  row,
  boldRow,
  writeWorkbook,
  type ColumnSpec,
  type SheetTable,
} from '../../src/sheet-files/index.ts'
import { unzip, zip } from '../../src/kernel/zip.ts'

const KINDS = ['Biên chế', 'Hợp đồng']
const staff: SheetTable = {
  name: 'Đội ngũ',
  title: ['BẢNG GIAO CHỈ TIÊU', 'Năm học 2025-2026'],
  notes: ['Cột có dấu * phải điền.'],
  columns: [
    { head: 'TT', kind: 'integer', width: 6 },
    { head: 'Trường *', width: 36 },
    { head: 'Loại', choices: KINDS },
    { head: 'Số giao', kind: 'integer', under: ['Giáo viên'] },
    { head: 'Tỷ lệ', kind: 'decimal', under: ['Giáo viên'] },
    { head: 'Ngày quyết định', kind: 'day' },
  ],
  rows: [
    row(1, 'Trường Tiểu học Suối Mơ', 'Biên chế', 24, 1.5, '2025-08-05'),
    row(2, '=HYPERLINK("http://example.test")', 'Hợp đồng', 3, null, null),
    boldRow(null, '0012', null, 27, 0.75, null),
  ],
  spareRows: 50,
}

const COLUMNS = [
  { key: 'school', head: 'Trường', kind: 'text', required: true },
  { key: 'kind', head: 'Loại', kind: 'oneOf', options: KINDS.map((label, at) => ({ value: `k${at}`, label })) },
  { key: 'assigned', head: 'Số giao', kind: 'integer', required: true, min: 0 },
  { key: 'ratio', head: 'Tỷ lệ', kind: 'decimal' },
  { key: 'decided', head: 'Ngày quyết định', kind: 'day' },
] as const satisfies readonly ColumnSpec[]

const xmlOf = (bytes: Buffer, part: string): string =>
  unzip(bytes, { maxParts: 100, maxBytes: 10_000_000 }, () => true)
    .get(part)
    ?.toString('utf8') ?? ''

describe('a workbook that we write', () => {
  it('is read back as it was: titles above, a head of two rows, dates, decimals, texts', async () => {
    const { rows, faults, sheet } = await readRows(await writeWorkbook([staff]), COLUMNS)
    expect(faults).to.deep.equal([])
    expect(sheet).to.equal('Đội ngũ')
    expect(rows).to.deep.equal([
      {
        number: 6,
        values: { school: 'Trường Tiểu học Suối Mơ', kind: 'k0', assigned: 24, ratio: 1.5, decided: '2025-08-05' },
      },
      {
        number: 7,
        values: {
          school: '=HYPERLINK("http://example.test")',
          kind: 'k1',
          assigned: 3,
          ratio: undefined,
          decided: undefined,
        },
      },
      { number: 8, values: { school: '0012', kind: undefined, assigned: 27, ratio: 0.75, decided: undefined } },
    ])
  })
  it('never holds a formula, whatever the text begins with', async () => {
    expect(xmlOf(await writeWorkbook([staff]), 'xl/worksheets/sheet1.xml')).not.to.match(/<f[ >]/)
  })
  it('has the same bytes for the same tables', async () => {
    expect((await writeWorkbook([staff])).equals(await writeWorkbook([staff]))).to.equal(true)
  })
  it('freezes the head, merges groups of heads and offers lists in the rows and the spare ones', async () => {
    const xml = xmlOf(await writeWorkbook([staff]), 'xl/worksheets/sheet1.xml')
    expect(xml).to.match(/<pane [^>]*ySplit="5"/)
    expect(xml).to.include('ref="D4:E4"')
    expect(xml).to.include('ref="B4:B5"')
    expect(xml).to.match(
      /sqref="C6:C58"><formula1>&quot;Biên chế,Hợp đồng&quot;|sqref="C6:C58"><formula1>"Biên chế,Hợp đồng"/,
    )
    // Rules stand between the merged cells and the margins, else spreadsheet programs call the file broken.
    expect(xml.indexOf('<dataValidations')).to.be.greaterThan(xml.indexOf('<mergeCells'))
  })
  it('keeps long lists on a sheet of their own', async () => {
    const choices = Array.from({ length: 40 }, (_, at) => `Lý do, thứ ${at + 1}`)
    const bytes = await writeWorkbook([
      { name: 'Giải trình', columns: [{ head: 'Lý do', choices }], rows: [row('Lý do, thứ 2')] },
    ])
    expect(xmlOf(bytes, 'xl/worksheets/sheet1.xml')).to.include("'Danh mục chọn'!$A$2:$A$41")
    const grids = await readGrids(bytes)
    expect(grids.map(({ sheet }) => sheet)).to.deep.equal(['Giải trình', 'Danh mục chọn'])
    expect(grids[1]?.rows[40]).to.deep.equal(['Lý do, thứ 40'])
  })
  it('writes and reads 10,000 rows of 10 columns in the time of a few hundred copies through JSON', async () => {
    const columns = Array.from(
      { length: 10 },
      (_, at) => ({ head: `Cột ${at}`, kind: at < 5 ? 'text' : 'integer' }) as const,
    )
    const rows = Array.from({ length: 10_000 }, (_, at) =>
      row(...columns.map(({ kind }, c) => (kind === 'text' ? `Ô ${at}.${c}` : at + c))),
    )
    // Time of the processor, not of the clock: other programs on the machine do not count.
    const secondsSince = (begin: NodeJS.CpuUsage): number => {
      const { user, system } = process.cpuUsage(begin)
      return (user + system) / 1e6
    }
    // Some 10 ms each on the machine on which six seconds were agreed on; a slow machine is slow at both.
    const yardstick = process.cpuUsage()
    for (let copy = 0; copy < 20; copy++) expect(JSON.parse(JSON.stringify(rows))).to.have.length(10_000)
    const ofACopy = secondsSince(yardstick) / 20

    const before = process.cpuUsage()
    const bytes = await writeWorkbook([{ name: 'Lớn', columns, rows }])
    const read = await readRows(
      bytes,
      columns.map(({ head, kind }) => ({ key: head, head, kind })),
    )
    const took = secondsSince(before)
    expect(read.rows).to.have.length(10_000)
    expect(took / ofACopy).to.be.lessThan(250)
  }).timeout(120_000)
})

describe('a workbook that somebody filled in', () => {
  const filled = (
    rows: SheetTable['rows'],
    heads = ['TT', ' TRƯỜNG ', 'Ghi chú', 'Số  giao*', 'Tỷ lệ', 'Ngày quyết định', 'Loại'],
  ) => writeWorkbook([{ name: 'Nhập', title: ['MẪU NHẬP'], columns: heads.map(head => ({ head })), rows }])
  const read = async (rows: SheetTable['rows'], heads?: string[]) => readRows(await filled(rows, heads), COLUMNS)

  it('may have more columns in another order, other spaces, letters and forms of the same letters', async () => {
    const { rows, faults } = await read([
      row('(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)'),
      row(1, '  Trường  THCS Đồi Thông '.normalize('NFD'), 'x', '1.234', '12,5', '05/09/2025', 'hợp đồng'),
      row(null, null, 'chỉ ghi chú', null, null, null, null),
    ])
    expect(faults).to.deep.equal([])
    expect(rows.map(({ values }) => values)).to.deep.equal([
      { school: 'Trường  THCS Đồi Thông', assigned: 1234, ratio: 12.5, decided: '2025-09-05', kind: 'k1' },
    ])
  })
  it('has each fault named by sheet and cell, with what stands there', async () => {
    const { rows, faults } = await read([
      row(1, null, null, 'nhiều', '1.234', '31/02/2025', 'Tạm'),
      row(2, 'Trường A', null, -1, 2, '05/09/2025', 'Biên chế'),
      row(3, 'Trường B', null, 2.5, null, null, null),
      row(4, 'Trường C', null, '#N/A', null, null, null),
      row(5, 'Trường D', null, 7, null, null, null),
    ])
    expect(rows.map(({ number }) => number)).to.deep.equal([7])
    expect(faults.map(({ sheet, cell, message, value }) => [sheet, cell, message, value])).to.deep.equal([
      ['Nhập', 'B3', 'Thiếu “Trường”.', ''],
      ['Nhập', 'G3', 'Không có trong danh sách. Chọn một trong: Biên chế; Hợp đồng.', 'Tạm'],
      ['Nhập', 'D3', 'Phải là số.', 'nhiều'],
      ['Nhập', 'E3', 'Phải là số.', '1.234'],
      ['Nhập', 'F3', 'Ngày phải có dạng ngày/tháng/năm và có thật, ví dụ 05/09/2025.', '31/02/2025'],
      ['Nhập', 'D4', 'Phải từ 0 trở lên.', '-1'],
      ['Nhập', 'D5', 'Phải là số nguyên.', '2,5'],
      ['Nhập', 'D6', 'Ô có công thức lỗi; xin sửa công thức hoặc gõ thẳng giá trị.', '#N/A'],
    ])
  })
  it('has the faults of the caller’s own rules at the same addresses', async () => {
    const table = await read([row(1, 'Trường A', null, 4, null, null, null)])
    const [first] = table.rows
    if (!first) throw new Error('no row was read')
    expect(table.faultAt(first, 'assigned', 'Vượt định mức.')).to.deep.equal({
      sheet: 'Nhập',
      cell: 'D3',
      message: 'Vượt định mức.',
      value: '4',
    })
  })
  it('is told which required column is missing, or that no head was found', async () => {
    const heads = ['TT', 'Trường', 'Ghi chú']
    expect((await read([row(1, 'A', null)], heads)).faults.map(({ cell, message }) => [cell, message])).to.deep.equal([
      ['A2', 'Thiếu cột “Số giao”.'],
    ])
    const { rows, faults } = await read([row('a')], ['Tên gì đó'])
    expect(rows).to.deep.equal([])
    expect(faults[0]?.message).to.include('Không tìm thấy dòng tiêu đề cột')
  })
})

describe('a workbook whose formulas failed', () => {
  it('keeps its Vietnamese letters and shows the failed cells as they stand', async () => {
    const good = unzip(await writeWorkbook([staff]), { maxParts: 100, maxBytes: 10_000_000 }, () => true)
    const name = '<c r="A1" t="inlineStr"><is><t>Trường Tiểu học Mẫu – số “1”</t></is></c>'
    const sheet = `<worksheet><sheetData><row r="1">${name}<c r="B1" s="0" t="e"><v>#N/A</v></c></row></sheetData></worksheet>`
    const [grid] = await readGrids(zip(new Map([...good, ['xl/worksheets/sheet1.xml', Buffer.from(sheet)]])))
    expect(grid?.rows).to.deep.equal([['Trường Tiểu học Mẫu – số “1”', '#N/A']])
  })
})

describe('a file that is no spreadsheet of ours', () => {
  const faultOf = async (bytes: Buffer): Promise<string | undefined> =>
    (await readRows(bytes, COLUMNS)).faults[0]?.message

  it('is refused with a sentence: .xls, text, a broken archive, another archive', async () => {
    expect(await faultOf(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]))).to.include('.xls')
    expect(await faultOf(Buffer.from('Trường;Số giao'))).to.include('không phải bảng tính')
    expect(await faultOf(Buffer.from('PK\u0003\u0004 broken'))).to.include('Tệp hỏng')
    expect(await faultOf(zip(new Map([['word/document.xml', Buffer.from('<w/>')]])))).to.include('không phải bảng tính')
  })
  it('is refused when it inflates beyond the limit, whatever size it claims', async () => {
    const parts = new Map([
      ['xl/workbook.xml', Buffer.from('<workbook/>')],
      ['xl/worksheets/sheet1.xml', Buffer.alloc(200_000_000, ' ')],
    ])
    expect(await faultOf(zip(parts))).to.include('quá lớn')
  }).timeout(120_000)
  it('is refused when a single cell stands so far out that the grid would fill the memory', async () => {
    const good = unzip(await writeWorkbook([staff]), { maxParts: 100, maxBytes: 10_000_000 }, () => true)
    const far = (address: string): Buffer => {
      const number = /\d+/.exec(address)?.[0] ?? ''
      const sheet = `<worksheet><sheetData><row r="${number}"><c r="${address}"><v>1</v></c></row></sheetData></worksheet>`
      return zip(new Map([...good, ['xl/worksheets/sheet1.xml', Buffer.from(sheet)]]))
    }
    expect(await faultOf(far('A1048576'))).to.include('quá lớn')
    expect(await faultOf(far('XFD40000'))).to.include('quá lớn')
  })
})
