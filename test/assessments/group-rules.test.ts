import { expect } from 'chai'
import type { Group } from '../../src/assessments/assessment.ts'
import {
  criteriaWithoutGroup,
  groupsUnmet,
  groupSize,
  groupWarnings,
  type AssignedCriterion,
} from '../../src/assessments/group-rules.ts'
import { aCouncil, aGroup } from './council-builders.ts'

const criteria: readonly AssignedCriterion[] = [
  { code: '1.1', groupId: 'nhom-1' },
  { code: '1.2', groupId: 'nhom-1' },
]
const codes = (groups: readonly Group[], of = criteria): readonly string[] =>
  groupsUnmet(groups, of, aCouncil().members).map(item => item.code)

describe('group rules', () => {
  it('accept a group led from the council that holds every criterion', () => {
    expect(codes([aGroup()])).to.deep.equal([])
  })

  it('name each criterion without a group', () => {
    const unmet = groupsUnmet([aGroup()], [...criteria, { code: '1.3' }], aCouncil().members, '/nhom')
    expect(unmet).to.deep.equal([
      {
        code: 'criterionWithoutGroup',
        message: 'Tiêu chí 1.3 chưa được giao cho nhóm công tác nào.',
        href: '/nhom',
      },
    ])
  })

  it('name a criterion that was given away twice', () => {
    const other = aGroup({ id: 'nhom-2', name: 'Nhóm 2' })
    expect(codes([aGroup(), other], [...criteria, { code: '1.2', groupId: 'nhom-2' }])).to.deep.equal([
      'criterionInTwoGroups',
    ])
  })

  it('name a group without a lead and a lead from outside the council', () => {
    const { lead: _, ...leaderless } = aGroup()
    const outsider = aGroup({ lead: { personId: 'x', name: 'Giáo Viên X', post: 'Giáo viên' } })
    expect(codes([leaderless])).to.deep.equal(['groupWithoutLead'])
    expect(codes([outsider])).to.deep.equal(['leadNotOnCouncil'])
  })

  it('find a criterion whose group was dissolved', () => {
    expect(criteriaWithoutGroup([aGroup({ id: 'nhom-2' })], criteria).map(item => item.code)).to.deep.equal([
      'criterionWithoutGroup',
      'criterionWithoutGroup',
    ])
  })

  it('count the lead once, also when listed among the members', () => {
    const { lead: _, ...leaderless } = aGroup()
    expect(groupSize(aGroup())).to.equal(3)
    expect(groupSize({ ...leaderless, members: aGroup().members.slice(1) })).to.equal(2)
  })

  it('only warn about sizes and groups without work', () => {
    const alone = aGroup({ members: [] })
    expect(groupWarnings([aGroup()], criteria)).to.deep.equal([])
    expect(groupWarnings([alone], criteria).map(item => item.code)).to.deep.equal(['groupSize'])
    expect(groupWarnings([aGroup()], []).map(item => item.code)).to.deep.equal(['groupWithoutCriteria'])
    expect(codes([alone])).to.deep.equal([])
  })
})
