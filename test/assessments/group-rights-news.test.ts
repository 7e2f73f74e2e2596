import { expect } from 'chai'
import fc from 'fast-check'
import type { Group } from '../../src/assessments/assessment.ts'
import { newsOf, type RightsNews } from '../../src/assessments/group-rights-news.ts'
import { mayInGroup, peopleOf, type GroupRights } from '../../src/assessments/group-rights.ts'
import { addDays } from '../../src/kernel/dates.ts'
import { GROUP_DEEDS } from '../../src/kernel/group-seats.ts'
import { aGroup } from './council-builders.ts'

const TODAY = '2025-11-15'
const CODES = ['1.1', '1.2']
const decided = { by: 'a', name: 'Thành Viên A', at: new Date('2025-11-10T02:00:00Z'), reason: 'Phân công lại.' }

const days = fc.option(
  fc.integer({ min: -3, max: 3 }).map(by => addDays(TODAY, by)),
  { nil: undefined },
)
const terms = fc
  .record({
    personId: fc.constantFrom('x', 'y', 'd'),
    role: fc.constantFrom('write' as const, 'read' as const),
    from: days,
    to: days,
    criteria: fc.option(fc.subarray([...CODES], { minLength: 1, maxLength: 1 }), { nil: undefined }),
  })
  .map(({ personId, role, from, to, criteria }) => ({
    personId,
    role,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(criteria && { criteria }),
  }))
const rights: fc.Arbitrary<GroupRights> = fc
  .record({
    deeds: fc.subarray([...GROUP_DEEDS]),
    terms: fc.uniqueArray(terms, { maxLength: 3, selector: ({ personId }) => personId }),
  })
  .map(each => ({ ...each, decided }))
const groups: fc.Arbitrary<Group> = fc
  .option(rights, { nil: undefined })
  .map(own => aGroup(own === undefined ? {} : { rights: own }))

/** Days on which this person may do with some criterion in the one group what he or she may not in the other. */
const daysWith = (one: Group, other: Group, personId: string): readonly string[] =>
  Array.from({ length: 8 }, (_, by) => addDays(TODAY, by)).filter(day =>
    GROUP_DEEDS.some(deed =>
      CODES.some(code => mayInGroup(one, personId, code, deed, day) && !mayInGroup(other, personId, code, deed, day)),
    ),
  )

describe('news of a decision on a group’s rights', () => {
  it('is for exactly those who may less or more on some day from today on, from the first such day', () => {
    const told = { nobody: 0, narrowed: 0, widened: 0, both: 0 }
    fc.assert(
      fc.property(groups, groups, (before, after) => {
        const news = newsOf(before, after, CODES, TODAY)
        for (const { personId } of peopleOf(after)) {
          const found = news.filter(each => each.personId === personId)
          const [lost, gained] = [daysWith(before, after, personId), daysWith(after, before, personId)]
          const [from] = [...lost, ...gained].toSorted()
          expect(found.map(each => [each.narrowed, each.widened, each.from])).to.deep.equal(
            from === undefined ? [] : [[lost.length > 0, gained.length > 0, from]],
          )
          const kind = found[0] === undefined ? 'nobody' : kindOf(found[0])
          told[kind] += 1
        }
      }),
      { numRuns: 400 },
    )
    expect(
      Object.values(told).every(count => count > 20),
      JSON.stringify(told),
    ).to.equal(true)
  })

  it('always says what differs', () => {
    fc.assert(
      fc.property(groups, groups, (before, after) => {
        for (const { lost, gained, terms: now } of newsOf(before, after, CODES, TODAY))
          expect(lost.length + gained.length + (now === undefined ? 0 : 1)).to.be.greaterThan(0)
      }),
      { numRuns: 400 },
    )
  })

  it('names the day on which the work ends or begins, not the day of the decision', () => {
    const withOwn = (own: Partial<GroupRights>): Group =>
      aGroup({ rights: { deeds: ['write', 'handIn', 'readOthers', 'addEvidence'], terms: [], decided, ...own } })
    const ending = withOwn({ terms: [{ personId: 'x', role: 'write', to: '2025-11-20' }] })
    expect(newsOf(aGroup(), ending, CODES, TODAY)).to.deep.equal([
      {
        personId: 'x',
        narrowed: true,
        widened: false,
        from: '2025-11-21',
        lost: [],
        gained: [],
        terms: 'viết, đến hết 20/11/2025',
      },
    ])
  })

  it('tells the lead of a right that the process does not give, and of nothing that a lead keeps', () => {
    const own = (deeds: GroupRights['deeds']): Group => aGroup({ rights: { deeds, terms: [], decided } })
    const lead = (after: Group) => newsOf(aGroup(), after, CODES, TODAY).find(({ personId }) => personId === 'd')
    expect(lead(own(['write']))).to.equal(undefined)
    expect(lead(own(['write', 'verifyEvidence']))).to.deep.include({ widened: true, gained: ['verifyEvidence'] })
  })
})

const kindOf = ({ narrowed, widened }: RightsNews): 'narrowed' | 'widened' | 'both' =>
  narrowed ? (widened ? 'both' : 'narrowed') : 'widened'
