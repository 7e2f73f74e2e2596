import { expect } from 'chai'
import type { Assessment } from '../../src/assessments/index.ts'
import { wordsOf } from '../../src/reports/abbreviations.ts'
import { documentOf } from '../../src/reports/gather.ts'
import { publicCopyOf } from '../../src/reports/public-copy.ts'
import { canonicalJson, contentHashOf, sealed } from '../../src/reports/seal.ts'
import { NotFound } from '../../src/kernel/refusals.ts'
import { aMember } from '../assessments/council-builders.ts'
import { aDossier, adopted, aPlan } from './a-dossier.ts'
import { blocksOf, headingsOf, linesOf, rowsOf, tablesOf } from './read-doc.ts'

const paperOf = (kind: Parameters<ReturnType<typeof documentOf>>[1]['kind'], own: Partial<Assessment> = {}) => {
  const dossier = aDossier(own)
  return documentOf(dossier.needs)(dossier.assessment, { kind, code: '1.3', draft: false })
}

/** The council as a later decision leaves it: G goes, H comes, C and D change duties. */
const revised = (): Partial<Assessment> => {
  const [first] = aDossier().assessment.councilVersions
  if (!first) throw new Error('the dossier has no council')
  const members = [
    ...first.members
      .filter(member => member.name !== 'Thành Viên G')
      .map(member =>
        member.personId === 'c'
          ? { ...member, role: 'member' as const }
          : member.personId === 'd'
            ? { ...member, role: 'secretary' as const }
            : member,
      ),
    aMember('h', 'member', ['teachers']),
  ]
  const decision = { number: '40/QĐ-THCSLL', date: '2026-01-05' }
  const second = { ...first, version: 2, members, decision, reason: 'Thành Viên G chuyển công tác', paperId: 'p9' }
  return { councilVersions: [first, second] }
}

describe('the decision on the council', () => {
  it('carries number and date, ends each basis with a semicolon and the last with a full stop', async () => {
    const doc = await paperOf('decision')
    expect(doc.draft).to.equal(false)
    expect(blocksOf(doc)[0]).to.deep.include({
      kind: 'letterhead',
      number: 'Số: 15/QĐ-THCSLL',
      placeAndDate: 'Suối Mây, ngày 08 tháng 9 năm 2025',
    })
    const styled = blocksOf(doc).filter(block => block.kind === 'paragraph' && block.style === 'basis')
    const bases = wordsOf(styled)
    expect(bases).to.have.length(4)
    expect(bases.map(basis => basis.at(-1))).to.deep.equal([';', ';', ';', '.'])
    expect(bases.every(basis => basis.startsWith('Căn cứ '))).to.equal(true)
  })

  it('has three annexes, each counted for itself and naming the decision', async () => {
    const doc = await paperOf('decision')
    expect(doc.sections.slice(1).map(section => section.restart)).to.deep.equal([1, 1, 1])
    expect(
      linesOf(doc).filter(line => line.startsWith('(Kèm theo Quyết định số 15/QĐ-THCSLL ngày 08 tháng 9 năm 2025')),
    ).to.have.length(3)
    const [council, secretariat, groups] = tablesOf(doc).map(rowsOf)
    expect(council?.map(row => row[3])).to.deep.equal([
      'Chủ tịch hội đồng',
      'Phó chủ tịch hội đồng',
      'Thư ký hội đồng',
      ...Array.from({ length: 4 }, () => 'Ủy viên hội đồng'),
    ])
    expect(secretariat?.[0]).to.deep.equal(['1', 'Thành Viên C', 'Tổ trưởng chuyên môn', 'Nhóm trưởng'])
    expect(groups?.[0]).to.deep.equal([
      'Nhóm 1',
      '1',
      'Thành Viên D',
      'Tổ trưởng văn phòng',
      'Nhóm trưởng',
      'Tiêu chuẩn 1',
    ])
  })

  it('is a draft without number and date as long as nobody has signed', async () => {
    const dossier = aDossier({ councilVersions: [] })
    const doc = await documentOf(dossier.needs)(dossier.assessment, { kind: 'decision', draft: true })
    expect(doc.draft).to.equal(true)
    expect(blocksOf(doc)[0]).to.deep.include({ number: 'Số: ……/QĐ-THCSLL' })
    expect(linesOf(doc).join('\n')).to.contain('ngày …… tháng …… năm ……')
  })

  it('tells who leaves, who comes, whose duty changes and why, when it completes an earlier one', async () => {
    const doc = await paperOf('decision', revised())
    const lines = linesOf(doc)
    expect(lines).to.include.members([
      '- Thôi tham gia Hội đồng: Thành Viên G (Giáo viên).',
      '- Bổ sung vào Hội đồng: Thành Viên H (Giáo viên).',
      '- Thay đổi nhiệm vụ trong Hội đồng: Thành Viên D (Tổ trưởng văn phòng); Thành Viên C (Tổ trưởng chuyên môn).',
      '- Lý do: Thành Viên G chuyển công tác.',
    ])
    expect(lines.join('\n')).to.contain('thành lập theo Quyết định số 15/QĐ-THCSLL ngày 08 tháng 9 năm 2025')
  })
})

describe('the plan', () => {
  it('has the nine sections in order', async () => {
    const doc = await paperOf('plan')
    expect(
      headingsOf(doc)
        .filter(heading => heading.level === 2)
        .map(heading => heading.text.split('.')[0]),
    ).to.deep.equal(['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'])
  })

  it('assigns every criterion and prints every line of the timetable', async () => {
    const rows = tablesOf(await paperOf('plan')).map(rowsOf)
    const plan = aPlan()
    const assigned = rows.find(table => table[0]?.[0] === 'Tiêu chuẩn 1') ?? []
    expect(assigned.filter(row => row.length === 6)).to.have.length(28)
    expect(assigned[1]).to.deep.equal(['1.1', 'Nhóm 1', 'Thành Viên D', 'Giáo Viên X', '29/09/2025', '30/11/2025'])
    expect(rows.at(-1)).to.have.length(plan.timetable.length)
    expect(rows.at(-1)?.[0]?.[0]).to.equal('Tuần 1 (15/09/2025 – 21/09/2025)')
  })

  it('says what is not planned instead of leaving it out', async () => {
    expect(linesOf(await paperOf('plan'))).to.include('Nhà trường không thuê chuyên gia.')
  })
})

describe('one criterion sheet', () => {
  it('prints the verdicts of three levels side by side and the result', async () => {
    const doc = await paperOf('sheet')
    const verdicts = tablesOf(doc).at(-1)
    expect(verdicts && rowsOf(verdicts)).to.deep.equal([
      ['a', 'Đạt', 'a', 'Đạt', 'a', 'Không đạt'],
      ['b', 'Đạt', 'b', 'Đạt', 'b', 'Không đạt'],
      ['c', 'Đạt', '', '', '', ''],
      ['Đạt', 'Đạt', 'Không đạt'],
      ['Kết quả: Đạt Mức 2'],
    ])
  })

  it('is signed by its group and a draft until the council agrees', async () => {
    const doc = await paperOf('sheet')
    expect(doc.draft).to.equal(false)
    expect(blocksOf(doc).at(-1)).to.deep.include({
      signers: [
        { position: 'XÁC NHẬN CỦA TRƯỞNG NHÓM CÔNG TÁC', name: 'Thành Viên D' },
        { position: 'NGƯỜI VIẾT', name: 'Giáo Viên X' },
      ],
    })
    const { criteria } = aDossier().assessment
    const open = Object.fromEntries(
      Object.entries(criteria).map(([key, decision]) => [key, { ...decision, state: 'drafting' as const }]),
    )
    expect((await paperOf('sheet', { criteria: open })).draft).to.equal(true)
  })

  it('is not found when the assessment has no such sheet', async () => {
    const { needs, assessment } = aDossier()
    const asked = documentOf(needs)(assessment, { kind: 'sheet', code: '9.9', draft: true })
    expect(await asked.catch((error: unknown) => error)).to.be.instanceOf(NotFound)
  })

  it('has an analysis with every indicator, filled or not', async () => {
    const [table] = tablesOf(await paperOf('analysis'))
    expect(table && rowsOf(table)).to.have.length(7)
    expect(table && rowsOf(table)[0]?.slice(0, 2)).to.deep.equal(['Mức 1', 'a'])
  })
})

describe('the catalogue of evidence', () => {
  it('groups by standard and criterion, with a line for each year of a yearly item', async () => {
    const [table] = tablesOf(await paperOf('catalogue'))
    const rows = table ? rowsOf(table) : []
    expect(rows[0]).to.deep.equal(['TIÊU CHUẨN 1: TỔ CHỨC VÀ QUẢN LÝ NHÀ TRƯỜNG'])
    expect(rows[2]).to.deep.equal([
      '1.1',
      '1',
      '[H1-1.1-01]',
      'Kế hoạch giáo dục nhà trường, phần dùng cho tiêu chí 1.1',
      '2021-2022: Số 12/KH-THCSLL ngày 05/09/2021',
      'Trường THCS Lá Lúa',
      '',
    ])
    expect(rows[6]?.[0]).to.equal('2025-2026: Số 12/KH-THCSLL ngày 05/09/2025')
    expect(rows.filter(row => row.length === 7)).to.have.length(56)
  })

  it('prints items of another criterion as “xem” with a jump, and says where there is none', async () => {
    const dossier = aDossier()
    const [standard] = await dossier.needs.catalogue(dossier.assessment.id)
    const empty = { code: '1.2', title: 'Hội đồng trường', rows: [] }
    const needs = {
      ...dossier.needs,
      catalogue: async () => [
        {
          code: '1',
          criteria: [
            { ...empty, seeAlso: [{ id: 'mc-1-1-001', label: '[H1-1.1-01]' }] },
            { ...empty, code: '1.3', seeAlso: [] },
          ],
        },
      ],
    }
    expect(standard?.criteria[0]?.rows).to.have.length(2)
    const [table] = tablesOf(await documentOf(needs)(dossier.assessment, { kind: 'catalogue', draft: true }))
    const rows = table ? rowsOf(table) : []
    expect(rows[2]).to.deep.equal(['1.2', 'Dùng chung, xem: [H1-1.1-01].'])
    expect(rows[4]).to.deep.equal(['1.3', 'Không có minh chứng.'])
  })

  it('gives each box its label', async () => {
    const labels = tablesOf(await paperOf('boxLabels')).map(rowsOf)
    expect(labels).to.have.length(5)
    expect(labels[1]?.map(row => row[1])).to.deep.equal([
      'Trường THCS Lá Lúa',
      '2025-2026',
      'Tiêu chuẩn 2: Cán bộ quản lý, giáo viên, nhân viên và học sinh',
      '2.1, 2.2, 2.3, 2.4',
      'Từ [H2-2.1-01] đến [H2-2.4-02]',
      '8',
    ])
  })
})

describe('the seal of a frozen paper', () => {
  it('hashes what the paper says, not its footer nor the order of its fields', async () => {
    const doc = await paperOf('decision')
    const { meta, ...rest } = doc
    const turned = { ...rest, meta: { formVersion: meta.formVersion, ...meta } }
    expect(contentHashOf(turned)).to.equal(contentHashOf(doc))
    expect(contentHashOf({ ...doc, footer: 'x' })).to.equal(contentHashOf(doc))
    expect(contentHashOf({ ...doc, draft: true })).not.to.equal(contentHashOf(doc))
    expect(canonicalJson({ b: 1, a: [undefined, { d: undefined, c: 'đ' }] })).to.equal('{"a":[null,{"c":"đ"}],"b":1}')
  })

  it('prints form, snapshot and hash at the foot and the address to check under the last words', async () => {
    const dossier = aDossier()
    const doc = await documentOf(dossier.needs)(adopted(dossier.assessment), { kind: 'report', draft: false })
    const hash = contentHashOf(doc)
    const frozen = sealed(doc, { snapshot: 'thcs.2025-2026/40', verifyUrl: 'https://kd.example/xac-minh' })
    expect(frozen.footer).to.equal(`Mẫu M06/2026.1 · Bản chụp thcs.2025-2026/40 · Mã nội dung ${hash.slice(0, 12)}`)
    expect(frozen.footer).not.to.contain('kd.example')
    expect(blocksOf(frozen).at(-1)).to.deep.include({ kind: 'qr', data: `https://kd.example/xac-minh/${hash}` })
  })

  it('leaves the phone number out of the public copy and says which copy it is', async () => {
    const dossier = aDossier()
    const doc = sealed(await documentOf(dossier.needs)(adopted(dossier.assessment), { kind: 'report', draft: false }), {
      snapshot: 's',
    })
    expect(linesOf(doc)).to.include('0200 000 0001')
    const copy = publicCopyOf(doc)
    expect(linesOf(copy)).not.to.include('0200 000 0001')
    expect(linesOf(doc)).to.have.length(linesOf(copy).length + 2)
    expect(copy.footer).to.match(/ · Bản công khai$/)
  })
})
