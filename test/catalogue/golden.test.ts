import { expect } from 'chai'
import { readCriteriaFolder } from '../../src/catalogue/criteria-folder.ts'
import type { CriteriaSet, Verdict } from '../../src/catalogue/criteria-set.ts'
import { allCriteria } from '../../src/catalogue/criteria-tree.ts'
import { inForce, type ChangeSwitches } from '../../src/catalogue/in-force.ts'
import { rateSchool, type AnswersByCriterion, type SchoolRating } from '../../src/catalogue/level-rating.ts'
import { hasErrors, lint } from '../../src/catalogue/linter.ts'
import { workingYear } from '../../src/kernel/working-year.ts'

/** What happens to a school whose every answer up to a level is met, except where the case says otherwise. */
interface Golden {
  readonly name: string
  /** Every indicator up to this level is met; at 4 every clause as well. */
  readonly metUpTo: 0 | 1 | 2 | 3 | 4
  /** `1.4/2/b` or the code of a clause → verdict; `null` takes the answer away. */
  readonly except?: Readonly<Record<string, Verdict | null>>
  readonly year?: string
  readonly switches?: ChangeSwitches
  readonly level: SchoolRating['level']
  /** Criteria met at Mức 1, 2, 3, each of how many. */
  readonly met: readonly [string, string, string]
  /** What blocks each level, as `criterion/indicator`. */
  readonly blocks?: Partial<Record<1 | 2 | 3, readonly string[]>>
}

function rate(set: CriteriaSet, golden: Golden): SchoolRating {
  const verdictOf = (key: string, level: number): Verdict | undefined => {
    const given = golden.except?.[key]
    if (given !== undefined) return given ?? undefined
    return level <= golden.metUpTo ? 'met' : undefined
  }
  const answers: AnswersByCriterion = Object.fromEntries(
    allCriteria(set).map(({ code, levels }) => [
      code,
      Object.fromEntries(
        levels.map(demand => [
          demand.level,
          Object.fromEntries(
            demand.indicators.flatMap(one => {
              const verdict = verdictOf(`${code}/${demand.level}/${one.code}`, Number(demand.level))
              return verdict ? [[one.code, verdict]] : []
            }),
          ),
        ]),
      ),
    ]),
  )
  const clauses = Object.fromEntries(
    set.levelFour.flatMap(({ code }) => {
      const verdict = verdictOf(code, 4)
      return verdict ? [[code, verdict]] : []
    }),
  )
  return rateSchool(set, answers, clauses, inForce(set, workingYear(golden.year ?? '2023-2024'), golden.switches))
}

/** Counts from the annexes: TT 17 has 27, 27, 19 criteria with own demands at Mức 1, 2, 3; TT 18 28, 28, 20; TT 19 25, 25, 19. */
const GOLDEN: Readonly<Record<string, readonly Golden[]>> = {
  'tt17-2018-tieu-hoc': [
    { name: 'nothing answered', metUpTo: 0, level: 0, met: ['0/27', '0/27', '0/19'] },
    { name: 'all of Mức 1', metUpTo: 1, level: 1, met: ['27/27', '0/27', '0/19'], blocks: { 1: [] } },
    { name: 'all of Mức 2', metUpTo: 2, level: 2, met: ['27/27', '27/27', '0/19'] },
    { name: 'all of Mức 3, no clause', metUpTo: 3, level: 3, met: ['27/27', '27/27', '19/19'] },
    { name: 'everything', metUpTo: 4, level: 4, met: ['27/27', '27/27', '19/19'] },
    {
      name: 'one clause not met',
      metUpTo: 4,
      except: { '22.5': 'notMet' },
      level: 3,
      met: ['27/27', '27/27', '19/19'],
    },
    {
      name: 'one indicator of Mức 1 not met fails the school',
      metUpTo: 4,
      except: { '3.2/1/b': 'notMet' },
      level: 0,
      met: ['26/27', '26/27', '18/19'],
      blocks: { 1: ['3.2/b'], 2: [], 3: [] },
    },
    {
      name: 'two indicators of one criterion at Mức 2',
      metUpTo: 3,
      except: { '2.2/2/a': 'notMet', '2.2/2/b': null },
      level: 1,
      met: ['27/27', '26/27', '18/19'],
      blocks: { 1: [], 2: ['2.2/a', '2.2/b'] },
    },
    {
      name: 'a criterion without Mức 3 holds nobody back at Mức 3',
      metUpTo: 3,
      except: { '1.5/3/a': 'notMet' },
      level: 3,
      met: ['27/27', '27/27', '19/19'],
    },
    {
      name: 'class sizes not met, the repeal undecided: still asked in 2024-2025',
      metUpTo: 3,
      except: { '1.5/2/a': 'notMet' },
      year: '2024-2025',
      level: 1,
      met: ['27/27', '26/27', '19/19'],
      blocks: { 2: ['1.5/a'] },
    },
    {
      name: 'class sizes not met, the repeal of all three points switched on: 1.5 has no Mức 2 any more',
      metUpTo: 3,
      except: { '1.5/2/a': 'notMet', '1.5/2/b': null },
      year: '2024-2025',
      switches: { 'tt22-2024-d12-k5-a': 'on', 'tt22-2024-d12-k5-b': 'on', 'tt22-2024-d12-k5-c': 'on' },
      level: 3,
      met: ['27/27', '26/26', '19/19'],
    },
    {
      name: 'the same switch does not reach the year before',
      metUpTo: 3,
      except: { '1.5/2/a': 'notMet' },
      year: '2023-2024',
      switches: { 'tt22-2024-d12-k5-a': 'on' },
      level: 1,
      met: ['27/27', '26/27', '19/19'],
    },
  ],
  'tt18-2018-thcs-thpt': [
    { name: 'nothing answered', metUpTo: 0, level: 0, met: ['0/28', '0/28', '0/20'] },
    { name: 'all of Mức 1', metUpTo: 1, level: 1, met: ['28/28', '0/28', '0/20'] },
    { name: 'all of Mức 2', metUpTo: 2, level: 2, met: ['28/28', '28/28', '0/20'] },
    {
      name: 'all of Mức 3, one clause open',
      metUpTo: 4,
      except: { '22.6': null },
      level: 3,
      met: ['28/28', '28/28', '20/20'],
    },
    { name: 'everything', metUpTo: 4, level: 4, met: ['28/28', '28/28', '20/20'] },
    {
      name: 'two criteria fail at Mức 1',
      metUpTo: 4,
      except: { '1.1/1/a': 'notMet', '5.6/1/c': null },
      level: 0,
      met: ['26/28', '26/28', '18/20'],
      blocks: { 1: ['1.1/a', '5.6/c'], 2: [], 3: [] },
    },
    {
      name: 'results of pupils fail at Mức 3',
      metUpTo: 4,
      except: { '5.6/3/a': 'notMet' },
      level: 2,
      met: ['28/28', '28/28', '19/20'],
      blocks: { 3: ['5.6/a'] },
    },
    {
      name: 'confirmed change of words alone takes nothing away in 2024-2025',
      metUpTo: 4,
      year: '2024-2025',
      except: { '2.2/1/b': 'notMet' },
      level: 0,
      met: ['27/28', '27/28', '19/20'],
      blocks: { 1: ['2.2/b'] },
    },
    {
      name: 'a limit on classes repealed by the Sở at Mức 3 leaves 19 criteria there',
      metUpTo: 3,
      year: '2025-2026',
      except: { '1.5/3/a': 'notMet' },
      switches: { 'tt22-2024-d17-k4': 'on' },
      level: 3,
      met: ['28/28', '28/28', '19/19'],
    },
    {
      name: 'the Sở switched the same repeal off',
      metUpTo: 3,
      year: '2025-2026',
      except: { '1.5/3/a': 'notMet' },
      switches: { 'tt22-2024-d17-k4': 'off' },
      level: 2,
      met: ['28/28', '28/28', '19/20'],
      blocks: { 3: ['1.5/a'] },
    },
  ],
  'tt19-2018-mam-non': [
    { name: 'nothing answered', metUpTo: 0, level: 0, met: ['0/25', '0/25', '0/19'] },
    { name: 'all of Mức 1', metUpTo: 1, level: 1, met: ['25/25', '0/25', '0/19'] },
    { name: 'all of Mức 2', metUpTo: 2, level: 2, met: ['25/25', '25/25', '0/19'] },
    { name: 'all of Mức 3', metUpTo: 3, level: 3, met: ['25/25', '25/25', '19/19'] },
    { name: 'everything', metUpTo: 4, level: 4, met: ['25/25', '25/25', '19/19'] },
    {
      name: 'Mức 2 open in one criterion while all of Mức 3 is met',
      metUpTo: 4,
      except: { '1.1/2/a': null },
      level: 1,
      met: ['25/25', '24/25', '18/19'],
      blocks: { 2: ['1.1/a'], 3: [] },
    },
    {
      name: 'one point not applicable by a decision of the Sở',
      metUpTo: 4,
      except: { '1.3/1/b': 'notApplicable' },
      level: 4,
      met: ['25/25', '25/25', '19/19'],
    },
    {
      name: 'teachers above the standard: both repeals switched on, in 2024-2025',
      metUpTo: 3,
      year: '2024-2025',
      except: { '2.2/2/a': 'notMet', '2.2/3/a': 'notMet' },
      switches: { 'tt22-2024-d13-k2-a': 'on', 'tt22-2024-d18-k2-a': 'on' },
      level: 3,
      met: ['25/25', '25/25', '19/19'],
    },
    {
      name: 'teachers above the standard: only the repeal at Mức 3 switched on',
      metUpTo: 3,
      year: '2024-2025',
      except: { '2.2/2/a': 'notMet', '2.2/3/a': 'notMet' },
      switches: { 'tt22-2024-d18-k2-a': 'on' },
      level: 1,
      met: ['25/25', '24/25', '18/19'],
      blocks: { 2: ['2.2/a'], 3: [] },
    },
  ],
}

const files = await readCriteriaFolder('criteria')

describe('criteria files', () => {
  it('pass the linter, all of them', () => {
    const versions = files.map(file => file.version)
    for (const { file, version } of files) {
      const errors = lint(version, versions).filter(finding => finding.severity === 'error')
      expect(errors, file).to.deep.equal([])
      expect(hasErrors(errors)).to.equal(false)
    }
  })

  for (const [id, cases] of Object.entries(GOLDEN)) {
    describe(id, () => {
      for (const golden of cases) {
        it(golden.name, () => {
          const set = files.find(file => file.version.set.id === id)?.version.set
          if (!set) throw new Error(`no file for ${id}`)
          const rating = rate(set, golden)
          const counts = ([1, 2, 3] as const).map(level => `${rating.counts[level].met}/${rating.counts[level].of}`)
          expect({ level: rating.level, met: counts }).to.deep.equal({ level: golden.level, met: golden.met })
          for (const level of [1, 2, 3] as const) {
            const wanted = golden.blocks?.[level]
            if (!wanted) continue
            const found = rating.blocks[level].map(block => `${block.criterion}/${block.indicator}`)
            expect(found, `Mức ${level}`).to.deep.equal(wanted)
          }
        })
      }
    })
  }
})
