import { expect } from 'chai'
import type { Assessment } from '../../src/assessments/index.ts'
import { letterStanding, type Round } from '../../src/reviews/index.ts'
import { papersElsewhere, type ElsewhereNeeds } from '../../src/system/papers-elsewhere.ts'

const NONE = { byContent: async () => [], bySha256: async () => [] }

const minutes = (state: 'signed' | 'withdrawn') => ({
  state,
  year: '2025-2026',
  kind: 'council',
  no: 3,
  words: { number: '03/BB-THM', on: '2026-02-05' },
  ...(state === 'withdrawn' && { withdrawn: { on: '2026-02-09', name: 'Người Mẫu', reason: 'Ghi sai.' } }),
})

/** The stores give what the check asks of them, and nothing else is asked. */
const withMinutes = (state: 'signed' | 'withdrawn') =>
  papersElsewhere(NONE, {
    minutes: { bySha256: async () => [minutes(state)] },
    reviews: { lettersBySha256: async () => [] },
    assessment: async () => undefined,
  } as unknown as ElsewhereNeeds).bySha256(['a'])

// What a letter is asked against is the answers of the rounds alone.
const round = (letter: string | undefined, kind: 'returned' | 'accepted', receivedOn = '2026-05-18') =>
  ({ receivedOn, ...(letter !== undefined && { outcome: { kind, letter } }) }) as unknown as Round
const letter = { id: 'van-ban', date: '2026-05-20' }
const sent = (own: object) => [own] as unknown as Assessment['submissions']

describe('papers that other features keep, to everybody who checks them', () => {
  it('minutes that were withdrawn are not in force, from the day on which they were', async () => {
    expect((await withMinutes('signed'))[0])
      .to.include({ result: 'inForce' })
      .and.not.have.property('endedOn')
    expect((await withMinutes('withdrawn'))[0]).to.include({ result: 'withdrawn', endedOn: '2026-02-09' })
  })

  it('a request to complete the report has run out when the report has come back', () => {
    const rounds = [round('van-ban', 'returned')]
    expect(letterStanding(letter, { rounds }, [])).to.deep.equal({ result: 'inForce' })
    expect(
      letterStanding(letter, { rounds: [...rounds, round(undefined, 'accepted', '2026-06-01')] }, []),
    ).to.deep.equal({
      result: 'expired',
      endedOn: '2026-06-01',
    })
  })

  it('an acceptance ends with its own withdrawal, not with an earlier one, and stays when more is sent', () => {
    const rounds = [round(undefined, 'accepted')]
    const withdrawals = [{ on: '2026-05-19' }, { on: '2026-05-25' }, { on: '2026-06-02' }]
    expect(letterStanding(letter, { rounds }, sent({ withdrawals }))).to.deep.equal({
      result: 'withdrawn',
      endedOn: '2026-05-25',
    })
    const byProvince = sent({ returned: { on: '2026-05-28', byProvince: true } })
    expect(letterStanding(letter, { rounds }, byProvince)).to.include({ endedOn: '2026-05-28' })
    const standing = { rounds: [round('van-ban', 'accepted'), round(undefined, 'accepted')] }
    expect(letterStanding(letter, standing, [])).to.deep.equal({ result: 'inForce' })
  })
})
