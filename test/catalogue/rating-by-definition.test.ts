import { expect } from 'chai'
import fc from 'fast-check'
import { readCriteriaFolder } from '../../src/catalogue/criteria-folder.ts'
import type { CriteriaSet, Verdict } from '../../src/catalogue/criteria-set.ts'
import { allCriteria, changesOf, officialCriteria } from '../../src/catalogue/criteria-tree.ts'
import { inForce, type ChangeSwitches } from '../../src/catalogue/in-force.ts'
import { raterOfMany, rateSchool, type AnswersByCriterion } from '../../src/catalogue/level-rating.ts'
import { SCHOOL_KIND_NAMES, type SchoolKind } from '../../src/kernel/unit-kinds.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { aCriterion, anIndicator, aSet } from './build.ts'
import { ratedByDefinition } from './rating-by-definition.ts'

const verdict = fc.constantFrom<Verdict | undefined>('met', 'met', 'met', 'met', 'notMet', 'notApplicable', undefined)

/** Answers to some of what a set asks; the better a school, the more is met. */
const answersTo = (set: CriteriaSet): fc.Arbitrary<AnswersByCriterion> => {
  const asked = allCriteria(set).flatMap(({ code, levels }) =>
    levels.flatMap(({ level, indicators }) =>
      indicators.map(indicator => ({ code, level, indicator: indicator.code })),
    ),
  )
  const given = fc.array(verdict, { minLength: asked.length, maxLength: asked.length })
  return fc.tuple(given, fc.integer({ min: 0, max: 4 })).map(([verdicts, metUpTo]) => {
    const answers: Record<string, Record<string, Record<string, Verdict>>> = {}
    asked.forEach(({ code, level, indicator }, at) => {
      const answer = Number(level) <= metUpTo && at % 7 !== 0 ? 'met' : verdicts[at]
      if (answer === undefined) return
      const ofLevel = ((answers[code] ??= {})[level] ??= {})
      ofLevel[indicator] = answer
    })
    return answers
  })
}

const switchesOf = (set: CriteriaSet): fc.Arbitrary<ChangeSwitches> =>
  fc.dictionary(fc.constantFrom('none', ...changesOf(set).map(({ change }) => change.id)), fc.constantFrom('on', 'off'))

const withLocal = aSet([
  aCriterion('1.1', 'abc', 'ab', 'a', {
    levels: [
      { level: '1', verification: 'confirmed', indicators: [anIndicator('a'), anIndicator('b', { local: true })] },
    ],
  }),
  aCriterion('1.2', 'ab', '', 'a'),
  aCriterion('1.3', 'a', 'a', 'a', { local: true }),
])

describe('rating thousands of schools', () => {
  it('comes to what the definition says, for every circular, year, switch and kind of school', async () => {
    const folder = await readCriteriaFolder('criteria')
    const sets = [...folder.map(({ version }) => version.set).filter(({ rating }) => rating === 'levels'), withLocal]
    expect(sets.length).to.be.at.least(4)
    for (const set of sets) {
      const years = fc.constantFrom('2019-2020', '2023-2024', '2024-2025', '2025-2026').map(workingYear)
      // The table is typed by the kinds.
      const kinds = fc.constantFrom(undefined, ...(Object.keys(SCHOOL_KIND_NAMES) as SchoolKind[]))
      fc.assert(
        fc.property(answersTo(set), years, switchesOf(set), kinds, (answers, year, switches, kind) => {
          const force = inForce(set, year, switches, kind)
          const { criteria, counts, blocks, local } = rateSchool(set, answers, {}, force)
          expect({ criteria, counts, blocks }).to.deep.equal(ratedByDefinition(set, answers, force))
          expect(local.map(({ code }) => code)).to.deep.equal(
            allCriteria(set)
              .map(({ code }) => code)
              .filter(code => officialCriteria(set).every(official => official.code !== code)),
          )
        }),
        { numRuns: 60 },
      )
    }
  }).timeout(180_000)

  it('comes to the same when schools share answers and criteria are judged once', async () => {
    const folder = await readCriteriaFolder('criteria')
    const sets = [...folder.map(({ version }) => version.set).filter(({ rating }) => rating === 'levels'), withLocal]
    for (const set of sets) {
      const force = inForce(set, workingYear('2025-2026'))
      const rate = raterOfMany(set, force)
      // Schools mix the criteria of three others, so that the same object comes back in ever new company.
      const mixed = fc
        .tuple(fc.tuple(answersTo(set), answersTo(set), answersTo(set)), fc.array(fc.nat(3), { minLength: 30 }))
        .map(([all, picks]) =>
          Object.fromEntries(
            allCriteria(set).flatMap(({ code }, at) => {
              const answers = all[picks[at % picks.length] ?? 0]?.[code]
              return answers ? [[code, answers] as const] : []
            }),
          ),
        )
      fc.assert(
        fc.property(fc.array(mixed, { minLength: 2, maxLength: 4 }), schools => {
          for (const answers of [...schools, ...schools])
            expect(rate(code => answers[code], {})).to.deep.equal(rateSchool(set, answers, {}, force))
        }),
        { numRuns: 15 },
      )
    }
  }).timeout(180_000)
})
