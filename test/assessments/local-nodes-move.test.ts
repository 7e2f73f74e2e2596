import { expect } from 'chai'
import { mappingBetween } from '../../src/assessments/mapping-between.ts'
import { previewMove } from '../../src/assessments/move-preview.ts'
import { moveSheets, nodesOf } from '../../src/assessments/move-sheets.ts'
import { emptySheet } from '../../src/assessments/sheet-store.ts'
import type { Sheet } from '../../src/assessments/sheet.ts'
import type { CriteriaSet, CriteriaVersion } from '../../src/catalogue/criteria-set.ts'
import { effectiveVersion, strayNodes } from '../../src/catalogue/effective-version.ts'
import { nodeKeyOf, type LocalNode } from '../../src/catalogue/local-part.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { aCriterion, aSet, aVersion } from '../catalogue/build.ts'

const AT = new Date('2026-01-05T02:00:00Z')
const SINCE = workingYear('2024-2025')

const aNode = (kind: LocalNode['kind'], parent: string, code: string, words: string, level = ''): LocalNode => ({
  key: nodeKeyOf({ kind, parent, level, code }),
  kind,
  parent,
  level,
  code,
  words,
  since: SINCE,
  rev: 1,
})

/** What the commune of one school adds: a standard with a criterion, a criterion, and a demand under each of two others. */
const OF_THE_COMMUNE: readonly LocalNode[] = [
  aNode('standard', '', 'ĐP1', 'Văn hóa bản làng'),
  aNode('criterion', 'ĐP1', 'ĐP1.ĐP1', 'Giữ gìn tiếng nói và nghề truyền thống'),
  aNode('indicator', 'ĐP1.ĐP1', 'ĐP1', 'Có lớp dạy chữ dân tộc ngoài giờ', '1'),
  aNode('criterion', '1', '1.ĐP1', 'Phòng chống đuối nước cho học sinh'),
  aNode('indicator', '1.ĐP1', 'ĐP1', 'Có dạy bơi an toàn mỗi năm', '1'),
  aNode('indicator', '1.1', 'ĐP1', 'Có nhà bếp một chiều theo quy định', '1'),
  aNode('indicator', '1.2', 'ĐP1', 'Có sân chơi có bóng mát', '1'),
]

const BASE: CriteriaVersion = aVersion(aSet(['1.1', '1.2'].map(code => aCriterion(code, 'ab', 'a', ''))))
/** The new circular keeps 1.1 and has 1.3 in the place of 1.2, so one demand of the commune has no parent any more. */
const CIRCULAR: CriteriaVersion = aVersion(aSet(['1.1', '1.3'].map(code => aCriterion(code, 'ab', 'a', ''))))

const part = (text: string) => ({ text, rev: 1, by: 'p1', name: 'Lò Thị Viết', at: AT, since: AT })

/** Words of its own in every part of every sheet of the set. */
const written = (set: CriteriaSet): readonly Sheet[] =>
  set.standards
    .flatMap(({ criteria }) => criteria)
    .map(({ code, levels }) => ({
      ...emptySheet('truong.2025-2026', code),
      parts: Object.fromEntries([
        ...levels.flatMap(({ level, indicators }) =>
          indicators.map(each => [`description.${level}.${each.code}`, part(`lời ở ${code} ${level} ${each.code}`)]),
        ),
        ['strengths', part(`điểm mạnh của ${code}`)],
      ]),
    }))

const textsOf = (
  sheets: readonly { readonly parts: Readonly<Record<string, { readonly text: string }>> }[],
): readonly string[] => sheets.flatMap(({ parts }) => Object.values(parts).map(({ text }) => text))

/** What the move from one version to the other does to a school that has written everywhere. */
async function moved(from: CriteriaVersion, to: CriteriaVersion) {
  const sets = new Map([from, to].map(({ hash, set }) => [hash, set]))
  const between = await mappingBetween(
    { setOf: async hash => sets.get(hash) ?? expect.fail(hash), chosenMapping: async () => undefined },
    from.hash,
    to.hash,
  )
  const sheets = written(from.set)
  const after = moveSheets(sheets, between.index, nodesOf(to.set))
  const preview = previewMove({ criteria: {} }, between, sheets, new Map())
  return { sheets, after, preview }
}

describe('a new circular under the local nodes of some schools', () => {
  const ofTheCommune = effectiveVersion(BASE, { nodes: OF_THE_COMMUNE, advice: [] })
  const afterwards = effectiveVersion(CIRCULAR, { nodes: OF_THE_COMMUNE, advice: [] })

  it('names the local demand that has lost its parent, so that the unit decides before it publishes', () => {
    expect(strayNodes(CIRCULAR.set, OF_THE_COMMUNE).map(({ key }) => key)).to.deep.equal(['1.2/1/ĐP1'])
  })

  it('keeps what stands under local nodes where they stay, and loses nothing where they go', async () => {
    const { sheets, after } = await moved(ofTheCommune, afterwards)
    const there = new Map(after.sheets.map(sheet => [sheet.code, sheet]))
    expect(there.get('ĐP1.ĐP1')?.parts['description.1.ĐP1']).to.include({ text: 'lời ở ĐP1.ĐP1 1 ĐP1', kept: true })
    expect(there.get('1.ĐP1')?.parts['strengths']).to.include({ text: 'điểm mạnh của 1.ĐP1', kept: true })
    expect(there.get('1.1')?.parts['description.1.ĐP1']).to.include({ text: 'lời ở 1.1 1 ĐP1', kept: true })
    const all = [...textsOf(after.sheets), ...after.left.map(({ text }) => text)].join('\n')
    expect(textsOf(sheets).filter(text => !all.includes(text))).to.deep.equal([])
    const stray = after.left.find(({ key }) => key === 'description.1.ĐP1')
    expect(stray).to.deep.include({ code: '1.2', text: 'lời ở 1.2 1 ĐP1' })
    expect(stray?.label).to.contain('1.2')
  })

  it('shows each school its own: kept, moved and laid aside add up to what it had written', async () => {
    for (const [from, to] of [
      [ofTheCommune, afterwards],
      [BASE, CIRCULAR],
      // The commune adds nothing under the new circular: all of its nodes go.
      [ofTheCommune, CIRCULAR],
    ] as const) {
      const { sheets, preview } = await moved(from, to)
      for (const { code, parts } of sheets) {
        const line = preview.lines.find(each => each.code === code)
        expect((line?.kept ?? 0) + (line?.moved ?? 0) + (line?.left ?? 0), code).to.equal(Object.keys(parts).length)
      }
      expect(preview.lines.map(({ code }) => code)).to.have.members(sheets.map(({ code }) => code))
    }
    const { preview } = await moved(ofTheCommune, CIRCULAR)
    const gone = preview.left.filter(({ code }) => code.includes('ĐP')).map(({ text }) => text)
    expect(gone).to.have.members([
      'lời ở ĐP1.ĐP1 1 ĐP1',
      'điểm mạnh của ĐP1.ĐP1',
      'lời ở 1.ĐP1 1 ĐP1',
      'điểm mạnh của 1.ĐP1',
    ])
  })
})
