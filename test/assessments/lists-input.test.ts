import { expect } from 'chai'
import { adoptionFrom, publicationFrom } from '../../src/assessments/adoption-input.ts'
import { candidatesFrom, councilFrom, proposedCouncil } from '../../src/assessments/council-input.ts'
import { assignedIn, groupsFrom, proposedGroups } from '../../src/assessments/groups-input.ts'
import { reportProposals } from '../../src/assessments/report-proposals.ts'
import { EVERYTHING_ASKED, rateSchool, type Answers } from '../../src/catalogue/index.ts'
import type { ReceivedFile } from '../../src/http/route.ts'
import { InvalidInput } from '../../src/kernel/refusals.ts'
import type { StaffMember } from '../../src/seats/index.ts'
import { aCriterion, aSet } from '../catalogue/build.ts'
import { aDecision, anAssessment, criteriaFrom } from './assessment-builder.ts'

const member = (personId: string, own: Partial<StaffMember> = {}): StaffMember => ({
  personId,
  name: `Người ${personId}`,
  post: 'Giáo viên',
  postKind: 'teacher',
  represents: [],
  seats: [],
  ...own,
})

const STAFF = [
  member('a', { post: 'Hiệu trưởng', postKind: 'principal', represents: ['partyCell'] }),
  member('b', { post: 'Phó Hiệu trưởng', postKind: 'deputy' }),
  member('c', { represents: ['tradeUnion'] }),
  member('d'),
]

/** The messages at the fields, or a failure when nothing was refused. */
function fieldsRefused(read: () => unknown): Readonly<Record<string, string>> {
  try {
    read()
  } catch (error) {
    if (error instanceof InvalidInput) return error.fields
    throw error
  }
  return expect.fail('nothing was refused')
}

describe('the council’s form', () => {
  const candidates = candidatesFrom(STAFF, [[{ personId: 'x', name: 'Người x', post: 'Giáo viên' }]])

  it('reads roles and bodies, prefills who is new from the staff list and orders by role', () => {
    const council = councilFrom(
      {
        'role.c': 'secretary',
        'role.a': 'chair',
        'role.d': 'nobody',
        'represents.a': ['partyCell', 'teachers', 'nonsense'],
        shown: 'a',
        secretariat: ['c', 'unknown'],
        'absent.schoolBoard': '  Trường không còn hội đồng trường ',
        'absent.partyCell': ' ',
      },
      candidates,
    )
    expect(council.members.map(({ personId, role, represents }) => [personId, role, represents])).to.deep.equal([
      ['a', 'chair', ['partyCell', 'teachers']],
      ['c', 'secretary', ['tradeUnion']],
    ])
    expect(council.secretariat.map(({ personId }) => personId)).to.deep.equal(['c'])
    expect(council.absentBodies).to.deep.equal({ schoolBoard: 'Trường không còn hội đồng trường' })
  })

  it('takes every body away from a member whose boxes were all unticked', () => {
    const [chair] = councilFrom({ 'role.a': 'chair', shown: ['a'] }, candidates).members
    expect(chair?.represents).to.deep.equal([])
  })

  it('keeps somebody who has left the school since, marked as gone', () => {
    expect(candidates.at(-1)).to.deep.include({ personId: 'x', present: false })
    expect(councilFrom({ 'role.x': 'member' }, candidates).members[0]?.name).to.equal('Người x')
  })

  it('reads a body of any other shape as an empty list', () => {
    for (const body of [undefined, null, 'text', 7, []]) expect(councilFrom(body, candidates).members).to.deep.equal([])
  })

  it('refuses a reason that would not fit the paper, at its field', () => {
    const fields = fieldsRefused(() => councilFrom({ 'absent.teachers': 'x'.repeat(501) }, candidates))
    expect(fields).to.deep.equal({ 'absent.teachers': 'Lý do dài quá 500 ký tự.' })
  })

  it('proposes head, deputies and everybody who speaks for a body', () => {
    expect(proposedCouncil(STAFF).members.map(({ personId, role }) => [personId, role])).to.deep.equal([
      ['a', 'chair'],
      ['b', 'viceChair'],
      ['c', 'member'],
    ])
  })
})

describe('the groups’ form', () => {
  const set = aSet([aCriterion('1.1'), aCriterion('1.2')])
  const candidates = candidatesFrom(STAFF, [])
  const form = { 'group.0.id': 'nhom-1', 'group.0.name': ' Nhóm  Một ', 'group.0.lead': 'c', 'group.0.members': 'd' }

  it('reads lead, members and criteria; a whole standard goes before single lines', () => {
    const { groups, assigned } = groupsFrom({ ...form, 'standard.1': 'nhom-1', 'assigned.1.2': '' }, candidates, set)
    expect(groups[0]?.lead?.name).to.equal('Người c')
    expect(groups[0]?.members.map(({ personId }) => personId)).to.deep.equal(['d'])
    expect(assigned).to.deep.equal({ '1.1': 'nhom-1', '1.2': 'nhom-1' })
  })

  it('gives nothing to a group that is taken away or unknown', () => {
    const { groups, assigned } = groupsFrom(
      { ...form, 'group.0.remove': '1', 'assigned.1.1': 'nhom-1', 'assigned.1.2': 'nhom-9' },
      candidates,
      set,
    )
    expect([groups, assigned]).to.deep.equal([[], {}])
  })

  it('adds a group under the first free number', () => {
    const { groups } = groupsFrom({ ...form, 'group.1.id': 'nhom-3', 'group.1.name': 'Ba', add: '1' }, candidates, set)
    expect(groups.map(({ id }) => id)).to.deep.equal(['nhom-1', 'nhom-3', 'nhom-2'])
  })

  it('asks for a name at its field', () => {
    expect(fieldsRefused(() => groupsFrom({ ...form, 'group.0.name': ' ' }, candidates, set))).to.have.keys(
      'group.0.name',
    )
  })

  it('proposes one group per standard with all of its criteria', () => {
    const { groups, assigned } = proposedGroups(set)
    expect(groups.map(({ id, duty }) => [id, duty])).to.deep.equal([['nhom-1', 'Tiêu chuẩn 1: Tiêu chuẩn 1']])
    expect(assigned).to.deep.equal({ '1.1': 'nhom-1', '1.2': 'nhom-1' })
  })

  it('knows who is in charge from the sheets, and before them from the groups', () => {
    const groups = [{ id: 'g', name: 'G', members: [], criteria: ['1.1', '1.2'] }]
    expect([...assignedIn({ groups, criteria: {} })]).to.deep.equal([
      ['1.1', 'g'],
      ['1.2', 'g'],
    ])
    const { criteria } = anAssessment({ criteria: criteriaFrom(aDecision('1.2', { groupId: 'h' })) })
    expect(assignedIn({ groups, criteria }).get('1.2')).to.equal('h')
  })
})

const file = (mime: string): ReceivedFile => ({
  field: 'signed',
  name: 'a',
  path: '/nowhere/a',
  size: 9,
  sha256: '',
  mime,
})

describe('the forms of the report desk', () => {
  const VOTE = { for: '6', against: '', other: '2', total: '8', minutes: '05/BB', on: '20/03/2026' }

  it('read a counted vote; an empty count is none', () => {
    expect(adoptionFrom(VOTE, '2026-03-21')).to.deep.equal({
      votes: { for: 6, against: 0, other: 2, total: 8 },
      minutes: '05/BB',
      on: '2026-03-20',
    })
    expect(adoptionFrom({ ...VOTE, waivedBecause: 'Gấp' }, '2026-03-21').waivedBecause).to.equal('Gấp')
  })

  it('name every mistake of the vote at once', () => {
    const fields = fieldsRefused(() =>
      adoptionFrom({ ...VOTE, for: '-1', minutes: '', on: '2026-03-22' }, '2026-03-21'),
    )
    expect(fields).to.have.keys('for', 'minutes', 'on')
  })

  it('take a signed PDF, refuse another file, and read the reason for paper alone', () => {
    const body = { place: 'Bảng tin', on: '2026-03-25', reason: 'Chưa có chữ ký số' }
    expect(publicationFrom(body, [file('application/pdf')], '2026-03-25').signed).to.deep.equal({
      kind: 'file',
      path: '/nowhere/a',
    })
    expect(publicationFrom(body, [], '2026-03-25').signed).to.deep.equal({ kind: 'paper', reason: 'Chưa có chữ ký số' })
    expect(fieldsRefused(() => publicationFrom(body, [file('image/png')], '2026-03-25'))).to.have.keys('signed')
    expect(fieldsRefused(() => publicationFrom({ on: 'x' }, [], '2026-03-25'))).to.have.keys('place', 'on')
  })
})

const answered = (first: 'met' | 'notMet', second: 'met' | 'notMet'): Readonly<Record<string, Answers>> => ({
  '1.1': { '1': { a: first }, '2': { a: first } },
  '1.2': { '1': { a: second }, '2': { a: second }, '3': { a: second } },
})

describe('the texts proposed for the report', () => {
  const set = aSet([aCriterion('1.1', 'a', 'a', ''), aCriterion('1.2', 'a', 'a', 'a')])
  const proposals = (answers: Readonly<Record<string, Answers>>) =>
    reportProposals(set, rateSchool(set, answers, {}, EVERYTHING_ASKED), '2025-2026')

  it('count per level over the criteria with requirements of their own at that level', () => {
    expect(proposals(answered('met', 'notMet')).get('standard.1.conclusion')).to.equal(
      [
        'Kết luận về Tiêu chuẩn 1: có 2 tiêu chí được đánh giá.',
        '- Đạt Mức 1: 1/2 tiêu chí (50,0%); không đạt: 1/2 tiêu chí (50,0%).',
        '- Đạt Mức 2: 1/2 tiêu chí (50,0%); không đạt: 1/2 tiêu chí (50,0%).',
        '- Đạt Mức 3: 0/1 tiêu chí (0,0%); không đạt: 1/1 tiêu chí (100,0%).',
        '- Tiêu chí không đạt: 1.2.',
      ].join('\n'),
    )
    expect(proposals(answered('met', 'met')).get('conclusion')).to.match(/Nhà trường tự đánh giá: đạt Mức 3\.$/)
    expect(proposals(answered('notMet', 'met')).get('conclusion')).to.match(/không đạt Mức 1\.$/)
  })

  it('conclude nothing while an indicator is unanswered', () => {
    const open = proposals({ '1.1': { '1': { a: 'met' } } })
    expect([...open.keys()]).to.deep.equal(['purpose', 'standard.1.opening'])
  })
})
