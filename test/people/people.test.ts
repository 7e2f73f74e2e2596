import { expect } from 'chai'
import type { Actor, Seat } from '../../src/kernel/actor.ts'
import { InvalidInput } from '../../src/kernel/refusals.ts'
import { personSortKey } from '../../src/people/name-order.ts'
import { passwordFault } from '../../src/people/password-rules.ts'
import { newPersonFrom } from '../../src/people/people-input.ts'
import { may, reachesNoFurther } from '../../src/people/people-policy.ts'

describe('the order of people', () => {
  it('goes by given name, letters before tones', () => {
    const names = [
      'Lê Thị Hoa',
      'Trần Đức',
      'Nguyễn Văn Dũng',
      'Phạm Ân',
      'Bùi An',
      'Bùi Ăn',
      'Lê Anh',
      'Đỗ Thị Hòa',
      'Nguyễn Thị Hoà',
      'Vũ Văn Duy',
    ]
    const sorted = names.toSorted((a, b) => (personSortKey(a) < personSortKey(b) ? -1 : 1))
    expect(sorted).to.deep.equal([
      'Bùi An',
      'Lê Anh',
      'Bùi Ăn',
      'Phạm Ân',
      'Nguyễn Văn Dũng',
      'Vũ Văn Duy',
      'Trần Đức',
      'Lê Thị Hoa',
      'Đỗ Thị Hòa',
      'Nguyễn Thị Hoà',
    ])
  })
  it('does not depend on how the letters are composed', () => {
    expect(personSortKey('Nguyễn Thị Mẫu'.normalize('NFD'))).to.equal(personSortKey('Nguyễn Thị Mẫu'))
  })
})

describe('the rules for passwords', () => {
  it('takes a short sentence', () => expect(passwordFault('Hoa sữa tháng mười', 'mau')).to.equal(undefined))
  const faults: readonly (readonly [string, RegExp])[] = [
    ['ngắn quá1', /ít nhất 10/],
    ['Nguyenthimau-2025', /tên đăng nhập/],
    ['Mật khẩu 123456', /phổ biến/],
    ['1234567890', /phổ biến/],
    ['9876543210', /phổ biến/],
    ['aaaaaaaaaaaa', /phổ biến/],
    ['Password2025!', /phổ biến/],
    ['x'.repeat(201), /dài nhất/],
  ]
  for (const [password, why] of faults)
    it(`refuses ${password.slice(0, 20)}`, () => expect(passwordFault(password, 'nguyenthimau')).to.match(why))

  it('minds a short user name only when it is the whole password', () => {
    expect(passwordFault('Hoa sữa tháng mười', 'hoa')).to.equal(undefined)
    expect(passwordFault('hoa1234567890', 'hoa')).to.match(/tên đăng nhập/)
  })
  it('counts letters as people do, not their marks', () => {
    expect(passwordFault('ếếếếếế12'.normalize('NFD'), 'mau')).to.match(/ít nhất/)
  })
})

describe('who looks after accounts', () => {
  const actor = (...seats: readonly [Seat['role'], string][]): Actor => ({
    personId: 'a',
    name: 'A',
    seats: seats.map(([role, unitId]) => ({ role, unitId, from: '2020-01-01' })),
  })
  const teacher = { id: 'p', unitId: 'u1' }

  it('lets the head of the unit and the IT team, nobody else', () => {
    expect(may.giveLink(actor(['head', 'u1']), teacher)).to.equal(true)
    expect(may.giveLink(actor(['itAdmin', 'so']), teacher)).to.equal(true)
    expect(may.giveLink(actor(['head', 'u2']), teacher)).to.equal(false)
    expect(may.giveLink(actor(['staff', 'u1'], ['chair', 'u1']), teacher)).to.equal(false)
    expect(may.giveLink(actor(['provinceLead', 'so']), teacher)).to.equal(false)
    expect(may.giveLink(actor(), teacher)).to.equal(false)
  })
  it('leaves second factors to the IT team: a head would only need the password after that', () => {
    expect(may.removeSecondFactor(actor(['itAdmin', 'so']), teacher)).to.equal(true)
    expect(may.removeSecondFactor(actor(['head', 'u1']), teacher)).to.equal(false)
  })
  it('filters lists by the same rule', () => {
    expect(may.read.where(actor(['head', 'u1']))).to.deep.equal({ unitId: { $in: ['u1'] } })
    expect(may.read.where(actor(['itAdmin', 'so']))).to.deep.equal({})
    expect(may.read.where(actor(['clerk', 'u1']))).to.deep.equal({ _id: { $in: [] } })
  })
  it('keeps a head away from who also serves elsewhere', () => {
    expect(reachesNoFurther(actor(['head', 'u1']), ['u1'])).to.equal(true)
    expect(reachesNoFurther(actor(['head', 'u1']), ['u1', 'so'])).to.equal(false)
    expect(reachesNoFurther(actor(['itAdmin', 'so']), ['u1', 'so'])).to.equal(true)
  })
})

describe('the form for a new person', () => {
  it('tidies what was typed', () => {
    const typed = { name: ' Nguyễn  Thị Mẫu '.normalize('NFD'), username: ' NguyenThiMau ', unitId: 'u1', email: '' }
    expect(newPersonFrom(typed)).to.deep.equal({ name: 'Nguyễn Thị Mẫu', username: 'nguyenthimau', unitId: 'u1' })
  })
  it('tells all faults at once, each at its field', () => {
    const wrong = { username: 'nguyễn mẫu', email: 'x', phone: 'abc' }
    try {
      newPersonFrom(wrong)
      expect.fail('should have been refused')
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error
      expect(Object.keys(error.fields)).to.have.members(['name', 'username', 'unitId', 'email', 'phone'])
    }
  })
})
