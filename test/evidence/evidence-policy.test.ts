import { expect } from 'chai'
import { demand, may, type Right } from '../../src/evidence/evidence-policy.ts'
import { Forbidden, NotFound } from '../../src/kernel/refusals.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { actor, aDossier, seat } from './support.ts'

const dossier = aDossier({ ancestors: ['xa-mau', 'so-mau'] })
const place = { dossier, criterion: '1.1' }

const groupMember = actor('Thành viên', seat('groupMember', { groupId: 'g1' }))
const groupLead = actor('Trưởng nhóm', seat('groupLead', { groupId: 'g1' }))
const secretariat = actor('Nhóm thư ký', seat('secretariat'))
const secretary = actor('Thư ký', seat('secretary'))
const head = actor('Hiệu trưởng', seat('head'))
const council = actor('Ủy viên', seat('councilMember'))
const officer = actor('Công chức xã', { role: 'middleOfficer', unitId: 'xa-mau', from: '2025-07-01' })
const everybody = { groupMember, groupLead, secretariat, secretary, head, council, officer }

const allowed: Readonly<Record<Right, readonly (keyof typeof everybody)[]>> = {
  read: ['groupMember', 'groupLead', 'secretariat', 'secretary', 'head', 'council', 'officer'],
  openSensitive: ['groupMember', 'groupLead', 'secretariat', 'secretary', 'head', 'officer'],
  forecast: ['groupMember', 'groupLead', 'secretariat', 'secretary'],
  collect: ['groupMember', 'groupLead', 'secretariat', 'secretary'],
  edit: ['groupMember', 'groupLead', 'secretariat', 'secretary'],
  editChecked: ['secretariat', 'secretary'],
  declareMissing: ['groupLead'],
  reject: ['groupLead', 'secretariat', 'secretary'],
  verify: ['secretariat', 'secretary'],
  assignCode: ['secretariat', 'secretary'],
  renumber: ['secretary'],
  moveBox: ['secretariat', 'secretary'],
  replaceFile: ['secretariat', 'secretary'],
  withdraw: ['secretary'],
  addForVisit: ['secretariat', 'secretary'],
  dispose: ['head', 'secretary'],
}

describe('who may what with evidence', () => {
  for (const [right, who] of Object.entries(allowed) as [Right, readonly string[]][])
    it(`${right}: ${who.join(', ')} and nobody else`, () => {
      for (const [name, person] of Object.entries(everybody))
        expect(may[right](person, place), name).to.equal(who.includes(name))
    })

  const almost = {
    'the right seat in another school': actor('a', seat('secretariat', { unitId: 'truong-khac' })),
    'the right seat in another year': actor('b', seat('secretariat', { year: workingYear('2024-2025') })),
    'the right group in another year': actor('c', seat('groupLead', { groupId: 'g1', year: workingYear('2024-2025') })),
    'an office over other schools': actor('d', { role: 'middleLead', unitId: 'xa-khac', from: '2025-07-01' }),
    'the administrator of the whole province': actor('e', { role: 'itAdmin', unitId: 'so-mau', from: '2025-07-01' }),
    'a clerk of this school': actor('f', seat('clerk')),
    'a teacher of this school': actor('g', seat('staff')),
    'a head whose seat is in the commune': actor('h', { role: 'head', unitId: 'xa-mau', from: '2025-07-01' }),
    nobody: actor('i'),
  }
  for (const [who, person] of Object.entries(almost))
    it(`tells ${who} that there is no such thing`, () => {
      for (const right of Object.keys(allowed) as Right[]) expect(may[right](person, place), right).to.equal(false)
      expect(() => demand('read', person, place)).to.throw(NotFound)
      expect(() => demand('verify', person, place)).to.throw(NotFound)
    })

  it('lets a member of another group read, but neither collect nor open sensitive files, and says whom to ask', () => {
    const other = actor('Nhóm khác', seat('groupMember', { groupId: 'g2' }))
    expect(may.read(other, place)).to.equal(true)
    expect(may.openSensitive(other, place)).to.equal(false)
    expect(may.collect(other, { dossier, criterion: '2.1' })).to.equal(true)
    expect(() => demand('collect', other, place))
      .to.throw(Forbidden)
      .with.property('whoMay', 'thành viên nhóm công tác phụ trách tiêu chí hoặc nhóm thư ký')
  })

  it('shows nothing to the managing units before the dossier names them', () => {
    expect(may.read(officer, { dossier: aDossier({ ancestors: [] }) })).to.equal(false)
  })

  it('gives a group no right over a criterion that no group holds', () => {
    const [first, ...rest] = dossier.criteria
    if (!first) throw new Error('no criterion')
    const { groupId: _, ...unassigned } = first
    expect(
      may.collect(groupMember, { dossier: { ...dossier, criteria: [unassigned, ...rest] }, criterion: '1.1' }),
    ).to.equal(false)
  })
})
