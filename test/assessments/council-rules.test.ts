import { expect } from 'chai'
import type { Council } from '../../src/assessments/assessment.ts'
import {
  councilUnmet,
  councilWarnings,
  type CouncilMember,
  type CouncilSetting,
} from '../../src/assessments/council-rules.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import type { Body } from '../../src/seats/index.ts'
import { aCouncil, aMember, aSetting } from './council-builders.ts'

const href = '/danh-gia/truong-mau.2025-2026/hoi-dong'
const full = aCouncil().members
const codes = (council: Council, setting = aSetting()): readonly string[] =>
  councilUnmet(council, setting, href).map(item => item.code)
const changed = (personId: string, own: Partial<CouncilMember>): Council =>
  aCouncil({ members: full.map(member => (member.personId === personId ? { ...member, ...own } : member)) })
const without = (body: Body): Council =>
  aCouncil({
    members: full.map(member => ({ ...member, represents: member.represents.filter(each => each !== body) })),
  })
const boardMessage = (setting: Partial<CouncilSetting>): string =>
  councilUnmet(without('schoolBoard'), aSetting(setting))[0]?.message ?? ''

describe('council rules', () => {
  it('accept seven members with every seat and body', () => {
    expect(codes(aCouncil())).to.deep.equal([])
  })

  const { headId: _, ...headless } = aSetting()
  const lacking: readonly [string, Council, CouncilSetting][] = [
    ['councilTooSmall', aCouncil(), aSetting({ councilMin: 8 })],
    ['chairMissing', changed('a', { role: 'member' }), aSetting()],
    ['severalChairs', changed('e', { role: 'chair' }), aSetting()],
    ['chairIsNotHead', aCouncil(), aSetting({ headId: 'nguoi-khac' })],
    ['headUnknown', aCouncil(), headless],
    ['viceChairMissing', changed('b', { role: 'member' }), aSetting()],
    ['secretaryMissing', changed('c', { role: 'member' }), aSetting()],
    ['severalSecretaries', changed('e', { role: 'secretary' }), aSetting()],
    ['bodyMissing', without('tradeUnion'), aSetting()],
    ['personTwice', aCouncil({ members: [...full, aMember('g', 'member', [])] }), aSetting()],
  ]
  for (const [code, council, setting] of lacking)
    it(`name ${code} alone`, () => {
      expect(codes(council, setting)).to.deep.equal([code])
      expect(councilUnmet(council, setting, href)[0]).to.include({ href })
    })

  it('ask for no vice chair in a school without a deputy', () => {
    expect(codes(changed('b', { role: 'member' }), aSetting({ hasDeputy: false }))).to.deep.equal([])
  })

  const bodies: readonly Body[] = [
    'schoolBoard',
    'subjectTeams',
    'officeTeam',
    'partyCell',
    'tradeUnion',
    'youthUnion',
    'teachers',
  ]
  for (const body of bodies) {
    it(`want ${body} represented or its absence explained`, () => {
      expect(codes(without(body))).to.deep.equal(['bodyMissing'])
      expect(codes({ ...without(body), absentBodies: { [body]: '   ' } })).to.deep.equal(['bodyMissing'])
      expect(codes({ ...without(body), absentBodies: { [body]: 'Trường chưa có tổ chức này.' } })).to.deep.equal([])
    })
  }

  it('tell a public school of 2025–2026 that it may have no school board, and call it by its name in a private one', () => {
    expect(boardMessage({})).to.contain('không còn hội đồng trường')
    expect(boardMessage({ year: workingYear('2024-2025') })).to.not.contain('không còn')
    expect(boardMessage({ ownership: 'private' }))
      .to.contain('hội đồng quản trị')
      .and.not.contain('không còn')
  })

  it('list everything that an empty council lacks at once', () => {
    expect(codes(aCouncil({ members: [] }))).to.deep.equal([
      'councilTooSmall',
      'chairMissing',
      'viceChairMissing',
      'secretaryMissing',
      ...bodies.map(() => 'bodyMissing'),
    ])
  })

  it('only warn about the secretariat', () => {
    const [first] = aCouncil().secretariat
    const one = aCouncil({ secretariat: first ? [first] : [] })
    const twice = aCouncil({ secretariat: first ? [first, first] : [] })
    expect(councilWarnings(aCouncil())).to.deep.equal([])
    expect(councilWarnings(one).map(item => item.code)).to.deep.equal(['secretariatSize'])
    expect(councilWarnings(twice).map(item => item.code)).to.deep.equal(['secretariatTwice'])
    expect(codes(one)).to.deep.equal([])
  })
})
