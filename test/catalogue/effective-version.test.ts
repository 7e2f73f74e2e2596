import { expect } from 'chai'
import { effectiveVersion, strayNodes } from '../../src/catalogue/effective-version.ts'
import { EVERYTHING_ASKED, inForce } from '../../src/catalogue/in-force.ts'
import { rateSchool, type AnswersByCriterion } from '../../src/catalogue/level-rating.ts'
import { hasErrors, lint } from '../../src/catalogue/linter.ts'
import { nextLocalCode, nodeKeyOf, type LocalNode } from '../../src/catalogue/local-part.ts'
import { readCriteriaFolder } from '../../src/catalogue/index.ts'
import type { Answers, CriteriaSet, Verdict } from '../../src/catalogue/criteria-set.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { layoutOf } from '../../src/rollups/set-layout.ts'
import { aCriterion, aSet, aVersion } from './build.ts'

const YEAR = workingYear('2025-2026')

const aNode = (kind: LocalNode['kind'], parent: string, code: string, level = ''): LocalNode => ({
  key: nodeKeyOf({ kind, parent, level, code }),
  kind,
  parent,
  level,
  code,
  words: `Nội dung ${code}`,
  since: YEAR,
  rev: 1,
})

/** A small generator of its own, so that a failing case can be named by its seed. */
function randomFrom(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

const VERDICTS: readonly Verdict[] = ['met', 'met', 'met', 'met', 'notMet', 'notApplicable']

function answersTo(set: CriteriaSet, random: () => number): AnswersByCriterion {
  const answerOf = (): Verdict | undefined => VERDICTS[Math.floor(random() * 6.3)]
  return Object.fromEntries(
    set.standards
      .flatMap(standard => standard.criteria)
      .map(criterion => [
        criterion.code,
        Object.fromEntries(
          criterion.levels.map(({ level, indicators }) => [
            level,
            Object.fromEntries(
              indicators.flatMap(({ code }) => {
                const verdict = answerOf()
                return verdict === undefined ? [] : [[code, verdict] as const]
              }),
            ),
          ]),
        ) satisfies Answers,
      ]),
  )
}

function nodesOn(set: CriteriaSet, random: () => number): readonly LocalNode[] {
  const nodes: LocalNode[] = [aNode('standard', '', 'ĐP1'), aNode('criterion', 'ĐP1', 'ĐP1.ĐP1')]
  nodes.push(aNode('indicator', 'ĐP1.ĐP1', 'ĐP1', '1'))
  for (const standard of set.standards) {
    if (random() < 0.5) continue
    const code = `${standard.code}.ĐP1`
    nodes.push(aNode('criterion', standard.code, code), aNode('indicator', code, 'ĐP1', '2'))
    for (const criterion of standard.criteria)
      if (random() < 0.5) nodes.push(aNode('indicator', criterion.code, 'ĐP1', String(1 + Math.floor(random() * 3))))
  }
  return nodes
}

describe('effective version', () => {
  it('is the base itself when nothing is added', () => {
    const base = aVersion(aSet())
    expect(effectiveVersion(base, { nodes: [], advice: [{ criterion: '1.1', rev: 2 }] })).to.equal(base)
    const retired = { ...aNode('standard', '', 'ĐP1'), retired: { year: YEAR, reason: 'Không cần' } }
    expect(effectiveVersion(base, { nodes: [retired], advice: [] })).to.equal(base)
  })

  it('puts local nodes after the official ones of their parent, marked, and names its base', () => {
    const base = aVersion(aSet([aCriterion('1.1', 'ab', 'a', '')]))
    const nodes = [
      aNode('indicator', '1.1', 'ĐP1', '1'),
      aNode('indicator', '1.1', 'ĐP1', '3'),
      aNode('criterion', '1', '1.ĐP1'),
      aNode('indicator', '1.ĐP1', 'ĐP1', '1'),
    ]
    const { set, hash } = effectiveVersion(base, { nodes, advice: [] })
    expect(set.basedOn).to.equal(base.hash)
    expect(hash).not.to.equal(base.hash)
    const [first, second] = set.standards[0]?.criteria ?? []
    expect(first?.levels.map(({ level, indicators }) => [level, indicators.map(one => one.code).join()])).to.deep.equal(
      [
        ['1', 'a,b,ĐP1'],
        ['2', 'a'],
        ['3', 'ĐP1'],
      ],
    )
    expect(second).to.include({ code: '1.ĐP1', local: true })
    expect(hasErrors(lint({ set, hash }))).to.equal(false)
  })

  it('keeps the guidance of the unit above before its own, and the earlier day of the working year', () => {
    const base = aVersion(aSet([aCriterion('1.1', 'a', 'a', 'a', { guidance: 'Của Sở', due: '02-10' })]))
    const added = { criterion: '1.1', rev: 1, guidance: 'Của xã', due: '09-20', requiredEvidence: ['Sổ đầu bài'] }
    const criterion = effectiveVersion(base, { nodes: [], advice: [added] }).set.standards[0]?.criteria[0]
    expect(criterion).to.include({ guidance: 'Của Sở\n\nCủa xã', due: '09-20' })
    expect(criterion?.requiredEvidence).to.deep.equal(['Sổ đầu bài'])
  })

  it('names nodes whose place the base no longer has, also through their parent', () => {
    const nodes = [aNode('criterion', '9', '9.ĐP1'), aNode('indicator', '9.ĐP1', 'ĐP1', '1')]
    expect(strayNodes(aSet(), nodes).map(one => one.key)).to.deep.equal(['9.ĐP1', '9.ĐP1/1/ĐP1'])
  })

  it('gives every official set the same rating and the same layout of sums with and without local nodes', async () => {
    const files = await readCriteriaFolder('criteria')
    const levels = files.filter(({ version }) => version.set.rating === 'levels')
    expect(levels).to.have.length.greaterThan(2)
    for (const { version } of levels) {
      for (let seed = 1; seed <= 40; seed++) {
        const random = randomFrom(seed)
        const effective = effectiveVersion(version, { nodes: nodesOn(version.set, random), advice: [] })
        expect(effective.hash).not.to.equal(version.hash)
        const answers = answersTo(effective.set, random)
        const clauses = Object.fromEntries(version.set.levelFour.map(one => [one.code, VERDICTS[seed % 6] ?? 'met']))
        const force = seed % 2 === 0 ? EVERYTHING_ASKED : inForce(version.set, YEAR)
        const { local, ...official } = rateSchool(effective.set, answers, clauses, force)
        const { local: none, ...plain } = rateSchool(version.set, answers, clauses, force)
        expect(official, `seed ${seed} of ${version.set.id}`).to.deep.equal(plain)
        expect(none).to.deep.equal([])
        expect(local.map(one => one.code)).to.include('ĐP1.ĐP1')
        const { hash: _, ...layout } = layoutOf(effective.hash, effective.set)
        const { hash: __, ...before } = layoutOf(version.hash, version.set)
        expect(layout).to.deep.equal(before)
      }
    }
  })

  it('rates a local criterion by itself', () => {
    const base = aVersion(aSet())
    const nodes = [aNode('criterion', '1', '1.ĐP1'), aNode('indicator', '1.ĐP1', 'ĐP1', '1')]
    const { set } = effectiveVersion(base, { nodes, advice: [] })
    const rated = rateSchool(set, { '1.ĐP1': { '1': { ĐP1: 'met' } } }, {}, EVERYTHING_ASKED)
    expect(rated.local.map(({ code, level }) => [code, level])).to.deep.equal([['1.ĐP1', 1]])
  })
})

describe('local codes', () => {
  const base = aSet()
  it('count on from what is there and never use a code again', () => {
    const place = { kind: 'criterion', parent: '1', level: '' } as const
    expect(nextLocalCode(base, [], place)).to.equal('1.ĐP1')
    const retired = { ...aNode('criterion', '1', '1.ĐP1'), retired: { year: YEAR, reason: 'Không cần' } }
    expect(nextLocalCode(base, [retired], place)).to.equal('1.ĐP2')
  })

  it('of a managing unit take no number that the Sở may still give', () => {
    const { set } = effectiveVersion(aVersion(base), { nodes: [aNode('criterion', '1', '1.ĐP1')], advice: [] })
    expect(nextLocalCode(set, [], { kind: 'criterion', parent: '1', level: '' }, 50)).to.equal('1.ĐP51')
  })

  it('end when all numbers are given', () => {
    const nodes = Array.from({ length: 50 }, (_, at) => aNode('standard', '', `ĐP${at + 1}`))
    expect(nextLocalCode(base, nodes, { kind: 'standard', parent: '', level: '' })).to.equal(undefined)
  })
})
