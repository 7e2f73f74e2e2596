import { expect } from 'chai'
import fc from 'fast-check'
import { gradeFor, type Title } from '../../src/external/index.ts'
import { registrationUnmet, type RegistrationFacts } from '../../src/external/registration-rules.ts'
import { holderOn, lastDayOfValidity, standingOn, titleFactOn } from '../../src/external/title.ts'

const title = (id: string, grantedOn: string, more: Partial<Title> = {}): Title => ({
  id,
  schoolId: 'a',
  kind: 'accreditation',
  grade: 2,
  state: 'granted',
  machine: 'title@1',
  rev: 1,
  decision: { number: `${id}/QĐ`, date: grantedOn },
  grantedOn,
  expiresOn: lastDayOfValidity(grantedOn, 5),
  transfers: [],
  outbox: [],
  ...more,
})

describe('a title on a day', () => {
  it('is valid five years to the day before, leap day included', () => {
    expect(lastDayOfValidity('2026-02-05', 5)).to.equal('2031-02-04')
    expect(lastDayOfValidity('2024-02-29', 5)).to.equal('2029-02-28')
    const one = title('x', '2021-03-01')
    expect(titleFactOn(one, [one], '2021-02-28')).to.equal(undefined)
    expect(titleFactOn(one, [one], '2021-03-01')?.ended).to.equal(undefined)
    expect(titleFactOn(one, [one], '2026-02-28')?.ended).to.equal(undefined)
    expect(titleFactOn(one, [one], '2026-03-01')?.ended).to.deep.equal({ how: 'expired', on: '2026-03-01' })
  })

  it('is replaced by a newer one of its kind from that day on, and never by one of the other kind', () => {
    const old = title('old', '2022-01-10')
    const renewed = title('new', '2025-06-01', { grade: 3 })
    const national = title('qg', '2024-06-01', { kind: 'national', grade: 1 })
    const all = [old, renewed, national]
    expect(titleFactOn(old, all, '2025-05-31')?.ended).to.equal(undefined)
    expect(titleFactOn(old, all, '2025-06-01')?.ended).to.deep.equal({ how: 'replaced', on: '2025-06-01' })
    expect(titleFactOn(renewed, all, '2025-06-01')?.again).to.equal(true)
    expect(titleFactOn(old, all, '2025-06-01')?.again).to.equal(false)
    expect(titleFactOn(national, all, '2025-06-01'))
      .to.include({ again: false })
      .and.not.have.property('ended')
  })

  it('ends by whichever comes first, and says why it was revoked', () => {
    const revoked = title('x', '2022-01-10', {
      state: 'revoked',
      revoked: { on: '2024-05-05', reason: 'Không còn đạt', decision: { number: '1', date: '2024-05-05' } },
    })
    const after = title('y', '2025-01-01')
    expect(titleFactOn(revoked, [revoked, after], '2024-05-04')?.ended).to.equal(undefined)
    expect(titleFactOn(revoked, [revoked, after], '2026-05-04')?.ended).to.deep.equal({
      how: 'revoked',
      on: '2024-05-05',
      reason: 'Không còn đạt',
    })
  })

  it('counts at most one title of a kind on any day, however many were granted', () => {
    const days = fc
      .integer({ min: 0, max: 4000 })
      .map(n => new Date(Date.UTC(2018, 0, 1 + n)).toISOString().slice(0, 10))
    fc.assert(
      fc.property(fc.uniqueArray(days, { minLength: 1, maxLength: 6 }), days, (granted, day) => {
        const all = granted.map((on, index) => title(`t${index}`, on))
        const inForce = all.flatMap(each => titleFactOn(each, all, day) ?? []).filter(fact => !fact.ended)
        expect(inForce.length).to.be.at.most(1)
      }),
    )
  })

  it('belongs to the earlier school until the day of the transfer', () => {
    const moved = title('x', '2022-01-10', {
      schoolId: 'c',
      transfers: [
        { fromSchoolId: 'a', on: '2023-07-01', reason: '', decision: { number: '1', date: '2023-07-01' } },
        { fromSchoolId: 'b', on: '2025-07-01', reason: '', decision: { number: '2', date: '2025-07-01' } },
      ],
    })
    expect(['2023-06-30', '2023-07-01', '2025-06-30', '2025-07-01'].map(day => holderOn(moved, day))).to.deep.equal([
      'a',
      'b',
      'b',
      'c',
    ])
  })

  it('warns twelve months before its end and urges at five', () => {
    const one = title('x', '2021-03-31')
    const at = (day: string) => {
      const fact = titleFactOn(one, [one], day)
      return fact && standingOn(one, fact, day, { warn: 12, renew: 5 })
    }
    expect(['2025-03-29', '2025-03-30', '2025-10-29', '2025-10-30', '2026-03-30', '2026-03-31'].map(at)).to.deep.equal([
      'valid',
      'expiring',
      'expiring',
      'renewNow',
      'renewNow',
      'expired',
    ])
  })
})

describe('grades and registration', () => {
  it('gives cấp độ n for Mức n and chuẩn quốc gia from Mức 2 on', () => {
    expect(([0, 1, 2, 3, 4] as const).map(level => gradeFor('accreditation', level))).to.deep.equal([
      undefined,
      1,
      2,
      3,
      4,
    ])
    expect(([0, 1, 2, 3, 4] as const).map(level => gradeFor('national', level))).to.deep.equal([
      undefined,
      undefined,
      1,
      2,
      2,
    ])
  })

  const facts: RegistrationFacts = {
    today: '2026-05-20',
    assessed: { assessmentId: 'a.2025-2026', accepted: true, criteria: [], level: 2 },
    open: false,
    titles: [],
    waitYearsHigher: 1,
    window: { name: 'đợt 1', until: '2026-07-31' },
  }
  const codes = (asked: Parameters<typeof registrationUnmet>[0], more: Partial<RegistrationFacts> = {}) =>
    registrationUnmet(asked, { ...facts, ...more }).map(({ code }) => code)

  it('lists everything that keeps a school from registering', () => {
    expect(codes({ accreditation: 2, national: 1 })).to.deep.equal([])
    expect(codes({ accreditation: 3, national: 2 })).to.deep.equal(['accreditationTooHigh', 'nationalTooHigh'])
    expect(codes({}, { open: true })).to.deep.equal(['registrationOpen', 'nothingAsked'])
    expect(codes({ accreditation: 1 }, { assessed: undefined })).to.deep.equal(['notAccepted'])
    const held = titleFactOn(title('x', '2025-05-21', { grade: 1 }), [], facts.today)
    const titles = held ? [held] : []
    expect(codes({ accreditation: 2 }, { titles })).to.deep.equal(['accreditationTooSoon'])
    expect(codes({ accreditation: 1 }, { titles })).to.deep.equal([])
    expect(codes({ accreditation: 2 }, { titles, today: '2026-05-21' })).to.deep.equal([])
  })
})
