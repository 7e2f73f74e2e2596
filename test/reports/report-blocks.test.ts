import { expect } from 'chai'
import { keyOf, ratingOf, type Assessment } from '../../src/assessments/index.ts'
import { phanMotTables } from '../../src/figures/index.ts'
import { documentOf } from '../../src/reports/gather.ts'
import { UNCODED } from '../../src/reports/light-markdown.ts'
import { requestFor } from '../../src/reports/report-blocks.ts'
import { aDossier, adopted, SCHOOL, SET, YEAR } from './a-dossier.ts'
import { blocksOf, headingsOf, linesOf, rowsOf, tablesOf, tableUnder } from './read-doc.ts'

const draftOf = (own: Partial<Assessment> = {}, options: Parameters<typeof aDossier>[1] = {}) => {
  const dossier = aDossier(own, options)
  return documentOf(dossier.needs)(dossier.assessment, { kind: 'report', draft: true })
}

/** One criterion's decision changed. */
const withCriterion = (code: string, change: Partial<Assessment['criteria'][string]>): Partial<Assessment> => {
  const { criteria } = aDossier().assessment
  const decision = criteria[keyOf(code)]
  if (!decision) throw new Error(`no criterion ${code}`)
  return { criteria: { ...criteria, [keyOf(code)]: { ...decision, ...change } } }
}

describe('the self-assessment report', () => {
  it('has its parts in the exact order of the guidance', async () => {
    const headings = headingsOf(await draftOf())
      .filter(heading => heading.level <= 2)
      .map(heading => heading.text)
    const figures = headings.filter(text => /^\d\. .*(Số|Cơ cấu|Cán bộ|Học sinh|Các số liệu)/.test(text))
    expect(headings.filter(text => !figures.includes(text))).to.deep.equal([
      'DANH MỤC CÁC CHỮ VIẾT TẮT',
      'TỔNG HỢP KẾT QUẢ TỰ ĐÁNH GIÁ',
      '1. Kết quả đánh giá',
      '2. Kết luận',
      'Phần I. CƠ SỞ DỮ LIỆU',
      'Phần II. TỰ ĐÁNH GIÁ',
      'A. ĐẶT VẤN ĐỀ',
      'B. TỰ ĐÁNH GIÁ',
      'I. TỰ ĐÁNH GIÁ TIÊU CHÍ MỨC 1, 2 VÀ 3',
      'Tiêu chuẩn 1: Tổ chức và quản lý nhà trường',
      'Tiêu chuẩn 2: Cán bộ quản lý, giáo viên, nhân viên và học sinh',
      'Tiêu chuẩn 3: Cơ sở vật chất và thiết bị dạy học',
      'Tiêu chuẩn 4: Quan hệ giữa nhà trường, gia đình và xã hội',
      'Tiêu chuẩn 5: Hoạt động giáo dục và kết quả giáo dục',
      'II. TỰ ĐÁNH GIÁ TIÊU CHÍ MỨC 4',
      'Phần III. KẾT LUẬN CHUNG',
      'Phần IV. PHỤ LỤC',
      '1. Bảng danh mục mã minh chứng',
      '2. Biểu đồ',
    ])
  })

  it('begins with both covers, the list to sign and the table of contents', async () => {
    const [covers, body] = (await draftOf()).sections
    expect(covers?.blocks[0]).to.deep.include({
      kind: 'cover',
      parent: 'UBND XÃ SUỐI MÂY',
      issuer: 'TRƯỜNG THCS LÁ LÚA',
      title: 'BÁO CÁO TỰ ĐÁNH GIÁ',
      placeAndYear: 'TỈNH SƠN THỦY – NĂM 2026',
    })
    const list = covers?.blocks.find(block => block.kind === 'table')
    expect(list?.kind === 'table' && rowsOf(list).map(row => row.slice(1, 4))).to.deep.equal([
      ['Thành Viên A', 'Hiệu trưởng', 'Chủ tịch hội đồng'],
      ['Thành Viên B', 'Phó hiệu trưởng', 'Phó chủ tịch hội đồng'],
      ['Thành Viên C', 'Tổ trưởng chuyên môn', 'Thư ký hội đồng'],
      ['Thành Viên D', 'Tổ trưởng văn phòng', 'Ủy viên hội đồng'],
      ['Thành Viên E', 'Giáo viên', 'Ủy viên hội đồng'],
      ['Thành Viên F', 'Giáo viên', 'Ủy viên hội đồng'],
      ['Thành Viên G', 'Giáo viên', 'Ủy viên hội đồng'],
    ])
    expect(body?.blocks[0]?.kind).to.equal('toc')
  })

  it('gives each criterion its five parts and each standard opening, criteria and conclusion', async () => {
    const headings = headingsOf(await draftOf()).map(heading => heading.text)
    const from = headings.findIndex(text => text.startsWith('Tiêu chuẩn 4:'))
    expect(headings.slice(from, from + 9)).to.deep.equal([
      'Tiêu chuẩn 4: Quan hệ giữa nhà trường, gia đình và xã hội',
      'Mở đầu',
      'Tiêu chí 4.1: Ban đại diện cha mẹ học sinh',
      '1. Mô tả hiện trạng',
      '2. Điểm mạnh',
      '3. Điểm yếu',
      '4. Kế hoạch cải tiến chất lượng',
      '5. Tự đánh giá: Đạt Mức 2',
      'Tiêu chí 4.2: Công tác tham mưu cấp ủy đảng, chính quyền và phối hợp với các tổ chức, cá nhân của nhà trường',
    ])
    expect(headings).to.include('Kết luận về Tiêu chuẩn 4')
  })

  it('prints the figures of Phần I as they were given, table by table', async () => {
    const dossier = aDossier()
    const doc = await documentOf(dossier.needs)(dossier.assessment, { kind: 'report', draft: true })
    const tables = phanMotTables(['thcs'], await dossier.needs.figures(SCHOOL, YEAR))
    for (const figure of tables) {
      const printed = tableUnder(doc, figure.title)
      expect(rowsOf(printed).map(row => row.slice(1))).to.deep.equal(figure.rows.map(row => [...row.cells]))
      expect(rowsOf({ ...printed, body: printed.head })[0]?.slice(1)).to.deep.equal([...figure.columns])
    }
    expect(rowsOf(tableUnder(doc, '1. Số lớp học')).at(-1)).to.deep.equal(['Cộng', '8', '8', '8', '8', '8'])
  })

  it('crosses each level reached, dashes a level without own demands, and sums', async () => {
    const rows = rowsOf(tableUnder(await draftOf(), '1.1. Đánh giá tiêu chí Mức 1, 2 và 3'))
    expect(rows.find(([name]) => name === 'Tiêu chí 1.1')).to.deep.equal(['Tiêu chí 1.1', '', 'x', 'x', ''])
    expect(rows.find(([name]) => name === 'Tiêu chí 1.2')).to.deep.equal(['Tiêu chí 1.2', '', 'x', 'x', '–'])
    const { counts } = ratingOf(aDossier().assessment, SET)
    expect(rows.at(-1)?.slice(1)).to.deep.equal([
      `0/${counts[1].of}`,
      `${counts[1].met}/${counts[1].of}`,
      `${counts[2].met}/${counts[2].of}`,
      `0/${counts[3].of}`,
    ])
  })

  it('crosses “Không đạt” for a criterion that fails Mức 1, and the school with it', async () => {
    const doc = await draftOf(withCriterion('3.5', { answers: { 1: { a: 'notMet', b: 'met', c: 'met' } } }))
    const rows = rowsOf(tableUnder(doc, '1.1. Đánh giá tiêu chí Mức 1, 2 và 3'))
    expect(rows.find(([name]) => name === 'Tiêu chí 3.5')).to.deep.equal(['Tiêu chí 3.5', 'x', '', '', ''])
    expect(linesOf(doc)).to.include('Trường không đạt Mức 1.')
    expect(linesOf(doc).join('\n')).not.to.contain('đề nghị công nhận')
  })

  it('says that a criterion is not finished instead of failing it', async () => {
    const doc = await draftOf(withCriterion('3.5', { answers: {} }))
    const rows = rowsOf(tableUnder(doc, '1.1. Đánh giá tiêu chí Mức 1, 2 và 3'))
    expect(rows.find(([name]) => name === 'Tiêu chí 3.5')).to.deep.equal(['Tiêu chí 3.5', 'chưa đánh giá xong'])
    expect(linesOf(doc)).to.include(
      '- Mức 1: 27/28 tiêu chí đạt (96,4%); 0/28 tiêu chí không đạt (0,0%); 1/28 tiêu chí chưa đánh giá xong.',
    )
  })

  it('counts percentages over the criteria that have own demands at the level', async () => {
    const doc = await draftOf(
      withCriterion('3.5', {
        answers: { 1: { a: 'met', b: 'met', c: 'met' }, 2: { a: 'notMet', b: 'met', c: 'met' }, 3: { a: 'notMet' } },
      }),
    )
    const { counts } = ratingOf(aDossier().assessment, SET)
    expect([counts[1].of, counts[2].of, counts[3].of]).to.deep.equal([28, 28, 20])
    expect(linesOf(doc)).to.include.members([
      '- Mức 1: 28/28 tiêu chí đạt (100,0%); 0/28 tiêu chí không đạt (0,0%).',
      '- Mức 2: 27/28 tiêu chí đạt (96,4%); 1/28 tiêu chí không đạt (3,6%).',
      '- Mức 3: 0/20 tiêu chí đạt (0,0%); 20/20 tiêu chí không đạt (100,0%).',
      'Kết quả tự đánh giá: Trường đạt Mức 1.',
      'Trường THCS Lá Lúa đề nghị công nhận đạt kiểm định chất lượng giáo dục cấp độ 1.',
    ])
  })

  const requests: readonly (readonly [1 | 2 | 3 | 4, string])[] = [
    [1, 'cấp độ 1.'],
    [2, 'cấp độ 2 và đạt chuẩn quốc gia mức độ 1.'],
    [3, 'cấp độ 3 và đạt chuẩn quốc gia mức độ 2.'],
    [4, 'cấp độ 4 và đạt chuẩn quốc gia mức độ 2.'],
  ]
  for (const [level, end] of requests)
    it(`asks for what Mức ${level} gives`, () => {
      expect(requestFor(level, 'Trường X')).to.equal(
        `Trường X đề nghị công nhận đạt kiểm định chất lượng giáo dục ${end}`,
      )
    })

  it('lists only the abbreviations that the text uses, the own ones too, by the alphabet', async () => {
    const reportTexts = {
      abbreviations: '- GDCD: Giáo dục công dân\nĐTN - Đoàn Thanh niên\nABC = Không ai dùng',
      situation: 'Trường có ĐTN vững mạnh, GV dạy GDCD giỏi. Quyết định số 15/QĐ-CSVC; [H1-1.1-01].',
    }
    const rows = rowsOf(tableUnder(await draftOf({}, { reportTexts }), 'DANH MỤC CÁC CHỮ VIẾT TẮT'))
    expect(rows.map(([, short, meaning]) => `${short}: ${meaning}`)).to.deep.equal([
      'CMHS: Cha mẹ học sinh',
      'ĐTN: Đoàn Thanh niên',
      'GDCD: Giáo dục công dân',
      'GV: Giáo viên',
      'NV: Nhân viên',
      'THCS: Trung học cơ sở',
      'THPT: Trung học phổ thông',
      'UBND: Ủy ban nhân dân',
    ])
    expect(rows.map(([no]) => no)).to.deep.equal(['1', '2', '3', '4', '5', '6', '7', '8'])
  })

  it('fills the dates of the seven steps from the record', async () => {
    const dossier = aDossier()
    const doc = await documentOf(dossier.needs)(adopted(dossier.assessment), { kind: 'report', draft: false })
    const steps = tablesOf(doc).find(table => table.caption === 'Thời gian thực hiện các bước tự đánh giá')
    expect(steps && rowsOf(steps).map(([no, , when, paper]) => [no, when, paper])).to.deep.equal([
      ['1', '08/09/2025', 'Quyết định số 15/QĐ-THCSLL'],
      ['2', '15/09/2025', 'Kế hoạch số 16/KH-THCSLL'],
      ['3', 'Từ 15/09/2025 đến 10/03/2026', '–'],
      ['4', '10/03/2026', '–'],
      ['5', 'Từ 12/03/2026 đến 15/04/2026', '–'],
      ['6', 'Sau khi báo cáo được thông qua', '–'],
      ['7', 'Sau khi báo cáo được công bố', '–'],
    ])
  })

  it('prints Mức 4 only when the school claims it', async () => {
    const without = linesOf(await draftOf())
    expect(without.filter(line => line === 'Nhà trường không tự đánh giá các tiêu chí Mức 4.')).to.have.length(2)
    expect(without.join('\n')).not.to.contain('khoản 1 Điều 22')
    const doc = await draftOf({ aimsAtLevelFour: true })
    const rows = rowsOf(tableUnder(doc, '1.2. Đánh giá tiêu chí Mức 4'))
    expect(rows[0]).to.deep.equal(['Tiêu chí 1 (khoản 1 Điều 22)', 'x', '', ''])
    expect(rows).to.have.length(SET.levelFour.length)
    const headings = headingsOf(doc).map(heading => heading.text)
    expect(headings).to.include.members(['Tiêu chí 6 (khoản 6 Điều 22)', 'Kết luận về tiêu chí Mức 4'])
    const clauses = SET.levelFour.length
    expect(linesOf(doc)).to.include(
      `- Mức 4: ${clauses}/${clauses} tiêu chí đạt (100,0%); 0/${clauses} tiêu chí không đạt (0,0%).`,
    )
  })

  it('jumps from each citation to a row of the catalogue', async () => {
    const doc = await draftOf()
    const targets = new Set(tablesOf(doc).flatMap(table => table.body.map(row => row.anchor)))
    const refs = blocksOf(doc).flatMap(block =>
      block.kind === 'paragraph'
        ? block.content.flatMap(piece => (typeof piece !== 'string' && piece.kind === 'ref' ? [piece] : []))
        : [],
    )
    expect(refs.length).to.be.greaterThan(28)
    expect(refs.filter(ref => !targets.has(ref.to))).to.deep.equal([])
    expect(refs[0]).to.deep.equal({ kind: 'ref', text: '[H1-1.1-01]', to: 'mc-mc-1-1-001' })
  })

  it('prints the pinned words from the handing-in on, and what stands now before it', async () => {
    const dossier = aDossier()
    const changed = dossier.sheets.map(sheet =>
      sheet.code === '1.1'
        ? { ...sheet, parts: { ...sheet.parts, strengths: { ...part(sheet), text: 'Câu viết sau.' } } }
        : sheet,
    )
    const needs = { ...dossier.needs, sheets: { ...dossier.needs.sheets, ofAssessment: async () => changed } }
    const printed = async (assessment: Assessment) =>
      linesOf(await documentOf(needs)(assessment, { kind: 'report', draft: true }))
    expect(await printed(dossier.assessment)).not.to.include('Câu viết sau.')
    expect(await printed({ ...dossier.assessment, ...withCriterion('1.1', { state: 'drafting' }) })).to.include(
      'Câu viết sau.',
    )
  })

  it('says in a draft what is not written and which evidence has no code', async () => {
    const dossier = aDossier()
    const needs = { ...dossier.needs, evidence: async () => new Map() }
    const uncoded = await documentOf(needs)(dossier.assessment, { kind: 'report', draft: true })
    expect(linesOf(uncoded).join('\n')).to.contain(`${UNCODED}; ${UNCODED}`)
    const doc = await draftOf({}, { reportTexts: { purpose: '' } })
    const lines = linesOf(doc)
    expect(lines[lines.indexOf('2. Mục đích tự đánh giá') + 1]).to.equal('(Chưa viết)')
  })

  it('names the Phòng over the school before 01/07/2025 and the commune after', async () => {
    const dossier = aDossier()
    const cover = async (on: string) => {
      const assessment = adopted(dossier.assessment)
      const { adopted: stamp } = assessment.report
      const doc = await documentOf(dossier.needs)(
        { ...assessment, report: { ...assessment.report, ...(stamp && { adopted: { ...stamp, on } }) } },
        { kind: 'report', draft: false },
      )
      const [first] = blocksOf(doc)
      return first?.kind === 'cover' ? first.parent : undefined
    }
    expect(await cover('2025-06-30')).to.equal('PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN MÂY')
    expect(await cover('2025-07-01')).to.equal('UBND XÃ SUỐI MÂY')
  })
})

const part = (sheet: ReturnType<typeof aDossier>['sheets'][number]) => {
  const found = sheet.parts['strengths']
  if (!found) throw new Error('the sheet has no strengths')
  return found
}
