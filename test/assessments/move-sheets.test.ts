import { expect } from 'chai'
import { lintMapping, mappingSound } from '../../src/catalogue/mapping-lint.ts'
import {
  mappedNodes,
  mappingIndex,
  type MappedKind,
  type MappingHow,
  type MappingRow,
} from '../../src/catalogue/mapping.ts'
import type { CriteriaSet } from '../../src/catalogue/criteria-set.ts'
import { moveSheets, nodesOf } from '../../src/assessments/move-sheets.ts'
import { emptySheet } from '../../src/assessments/sheet-store.ts'
import type { Sheet, SheetAction } from '../../src/assessments/sheet.ts'
import { aCriterion, aSet } from '../catalogue/build.ts'

const AT = new Date('2026-01-05T02:00:00Z')
const ID = 'th-hoa-sen.2025-2026'

/** The same numbers for the same seed: a failure can be run again. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

const part = (text: string) => ({ text, rev: 3, by: 'p1', name: 'Lò Thị Viết', at: AT, since: AT })
const action = (what: string): SheetAction => ({
  id: `v-${what}`,
  what,
  who: '',
  resources: '',
  cost: '',
  expected: '',
  weakness: '',
})

const old: CriteriaSet = aSet(['1.1', '1.2', '1.3', '1.4', '1.5'].map(code => aCriterion(code, 'ab', 'a', '')))
const fresh: CriteriaSet = aSet(
  ['1.1', '1.2', '1.3', '1.6', '1.7', '1.8'].map(code => aCriterion(code, 'ab', 'a', 'a')),
)

/** Every part of every sheet holds words of its own. */
function writtenSheets(set: CriteriaSet): readonly Sheet[] {
  let no = 0
  const words = (): string => `nội dung số ${++no}.`
  return [
    ...set.standards.flatMap(({ criteria }) =>
      criteria.map(({ code, levels }) => ({
        ...emptySheet(ID, code),
        parts: Object.fromEntries([
          ...levels.flatMap(({ level, indicators }) =>
            indicators.map(each => [`description.${level}.${each.code}`, part(words())] as const),
          ),
          ...['strengths', 'weaknesses', 'improvement'].map(key => [key, part(words())] as const),
        ]),
        actions: [action(words())],
        analysis: [{ level: '1', indicator: 'a', questions: words(), evidenceNeeded: words(), source: '', note: '' }],
      })),
    ),
    ...set.levelFour.map(({ code }) => ({ ...emptySheet(ID, code), parts: { 'description.4.a': part(words()) } })),
    { ...emptySheet(ID, 'bao-cao'), parts: { 'standard.1.opening': part(words()), purpose: part(words()) } },
  ]
}

/** A mapping drawn by lot that the linter accepts: each new node is given to one old, split, merged or left as new. */
function randomMapping(random: () => number): readonly MappingRow[] {
  const kinds: readonly MappedKind[] = ['standard', 'criterion', 'indicator', 'clause']
  return kinds.flatMap(kind => {
    const froms = mappedNodes(old)
      .filter(node => node.kind === kind)
      .map(node => node.code)
    const tos = mappedNodes(fresh)
      .filter(node => node.kind === kind)
      .map(node => node.code)
    const targets = new Map<string, string[]>(froms.map(code => [code, []]))
    const sources = new Map<string, string[]>(tos.map(code => [code, []]))
    for (const to of tos)
      for (let draw = Math.floor(random() * 3); draw > 0; draw--) {
        const from = froms[Math.floor(random() * froms.length)] ?? ''
        if (targets.get(from)?.includes(to)) continue
        targets.get(from)?.push(to)
        sources.get(to)?.push(from)
      }
    const howOf = (to: readonly string[]): MappingHow => {
      if (to.length === 0) return 'dropped'
      if (to.length > 1) return 'split'
      return (sources.get(to[0] ?? '')?.length ?? 0) > 1 ? 'merged' : 'renamed'
    }
    return [
      ...froms.map((from): MappingRow => ({
        kind,
        from,
        how: howOf(targets.get(from) ?? []),
        to: targets.get(from) ?? [],
      })),
      ...tos.filter(to => sources.get(to)?.length === 0).map((to): MappingRow => ({ kind, how: 'new', to: [to] })),
    ]
  })
}

const everything = ({ sheets, left }: ReturnType<typeof moveSheets>): string =>
  [
    ...sheets.flatMap(sheet => [
      ...Object.values(sheet.parts).map(({ text }) => text),
      ...sheet.actions.map(({ what }) => what),
      ...sheet.analysis.map(row => `${row.questions}\n${row.evidenceNeeded}`),
    ]),
    ...left.map(({ text }) => text),
  ].join('\n')

const textsOf = (sheets: readonly Sheet[]): readonly string[] =>
  sheets.flatMap(sheet => [
    ...Object.values(sheet.parts).map(({ text }) => text),
    ...sheet.actions.map(({ what }) => what),
    ...sheet.analysis.flatMap(row => [row.questions, row.evidenceNeeded]),
  ])

describe('moving sheets to another criteria set', () => {
  it('loses no text, whatever the mapping', () => {
    const sheets = writtenSheets(old)
    for (let seed = 1; seed <= 200; seed++) {
      const rows = randomMapping(randomFrom(seed))
      expect(mappingSound(lintMapping(old, fresh, rows)), `seed ${seed}`).to.equal(true)
      const found = everything(moveSheets(sheets, mappingIndex({ rows }), nodesOf(fresh)))
      for (const text of textsOf(sheets)) expect(found, `seed ${seed}`).to.include(text)
    }
  })

  it('puts nothing under a criterion that the new set does not have', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const has = nodesOf(fresh)
      const { sheets } = moveSheets(writtenSheets(old), mappingIndex({ rows: randomMapping(randomFrom(seed)) }), has)
      for (const { code } of sheets)
        expect(has('criterion', code) || has('clause', code) || code === 'bao-cao', code).to.equal(true)
    }
  })

  const oneRow = (row: MappingRow) => mappingIndex({ rows: [row] })
  const sheet = (code: string, text: string): Sheet => ({ ...emptySheet(ID, code), parts: { strengths: part(text) } })

  it('copies a text to each part of a split, with where it came from', () => {
    const split = oneRow({ kind: 'criterion', from: '1.4', how: 'split', to: ['1.6', '1.7'] })
    const { sheets, left } = moveSheets([sheet('1.4', 'Hai ý.')], split, nodesOf(fresh))
    expect(left).to.deep.equal([])
    expect(sheets.map(({ code, parts }) => [code, parts['strengths']?.text, parts['strengths']?.origin])).to.deep.equal(
      [
        ['1.6', 'Hai ý.', 'Chép từ tiêu chí 1.4 – Điểm mạnh (mục này được tách)'],
        ['1.7', 'Hai ý.', 'Chép từ tiêu chí 1.4 – Điểm mạnh (mục này được tách)'],
      ],
    )
  })

  it('joins merged texts under headings', () => {
    const index = mappingIndex({
      rows: ['1.4', '1.5'].map(from => ({ kind: 'criterion', from, how: 'merged', to: ['1.6'] })),
    })
    const { sheets } = moveSheets([sheet('1.4', 'Một.'), sheet('1.5', 'Hai.')], index, nodesOf(fresh))
    expect(sheets[0]?.parts['strengths']?.text).to.equal(
      '**Từ tiêu chí 1.4 – Điểm mạnh**\nMột.\n\n**Từ tiêu chí 1.5 – Điểm mạnh**\nHai.',
    )
  })

  it('keeps what is the same as it was', () => {
    const same = oneRow({ kind: 'criterion', from: '1.1', how: 'same', to: ['1.1'] })
    const { sheets } = moveSheets([sheet('1.1', 'Như cũ.')], same, nodesOf(fresh))
    expect(sheets[0]?.parts['strengths']).to.deep.include({ text: 'Như cũ.', kept: true })
    expect(sheets[0]?.parts['strengths']?.origin).to.equal(undefined)
  })

  it('leaves the text of a dropped criterion for the drawer', () => {
    const dropped = oneRow({ kind: 'criterion', from: '1.5', how: 'dropped', to: [] })
    const { sheets, left } = moveSheets([sheet('1.5', 'Không còn chỗ.')], dropped, nodesOf(fresh))
    expect(sheets).to.deep.equal([])
    expect(left).to.deep.equal([
      { code: '1.5', key: 'strengths', label: 'Tiêu chí 1.5 – Điểm mạnh', text: 'Không còn chỗ.', near: [] },
    ])
  })
})
