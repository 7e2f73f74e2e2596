import { expect } from 'chai'
import type { Assessment } from '../../src/assessments/index.ts'
import type { JournalEntry } from '../../src/kernel/journal-entry.ts'
import type { Telling } from '../../src/notices/index.ts'
import { tellOfReviews } from '../../src/system/tell-of-reviews.ts'
import { anAssessment } from '../assessments/assessment-builder.ts'
import { aCouncil } from '../assessments/council-builders.ts'

const AT = new Date('2026-05-20T02:00:00Z')
const entry = (event: string, more: Partial<JournalEntry> = {}): JournalEntry => ({
  id: `review:a.2025-2026:${event}`,
  at: AT,
  by: { personId: 'x', name: 'Người Mẫu', seats: [] },
  unitId: 'xa',
  subject: { kind: 'review', id: 'a.2025-2026' },
  event,
  ...more,
})

async function told(entries: readonly JournalEntry[], assessment: Assessment | undefined, later = 0) {
  const all: Telling[] = []
  const asked: string[] = []
  await tellOfReviews({
    notify: async telling => void all.push(telling),
    assessment: async () => assessment,
    schoolName: async () => 'Trường Mẫu',
    handlerOf: async () => 'xa',
    readersIn: async unitId => {
      asked.push(unitId)
      return unitId === 'xa' ? ['can-bo', 'lanh-dao'] : []
    },
    wallClock: () => AT.getTime() + later,
  })(entries)
  return Object.assign(all, { asked })
}

describe('news of reviews', () => {
  const assessment = anAssessment({ id: 'a.2025-2026', council: aCouncil() })

  it('tells the unit what the school did, and the heads of the council what the unit did', async () => {
    const [sent, back] = await told([entry('receive'), entry('return', { reason: 'Thiếu minh chứng' })], assessment)
    expect(sent).to.include({ id: 'review:a.2025-2026:receive', href: '/xem-xet/a.2025-2026' })
    expect(sent?.personIds).to.deep.equal(['can-bo', 'lanh-dao'])
    expect(sent?.subject).to.contain('Trường Mẫu đã gửi báo cáo')
    expect(back).to.include({ text: 'Thiếu minh chứng', href: '/danh-gia/a.2025-2026/xem-xet' })
    const desk = assessment.council.members.filter(({ role }) => role !== 'member').map(({ personId }) => personId)
    expect(desk).to.have.length.at.least(2)
    expect(back?.personIds).to.deep.equal(desk)
  })

  it('asks once who reads in a unit, however many reports arrive, and finds the unit of what the school itself has done', async () => {
    const ids = ['a.2025-2026', 'b.2025-2026']
    const sent = await told(
      ids.map(id => entry('receive', { id: `review:${id}:1`, subject: { kind: 'review', id } })),
      undefined,
    )
    expect(sent.map(({ href }) => href)).to.deep.equal(ids.map(id => `/xem-xet/${id}`))
    expect(sent.asked).to.deep.equal(['xa'])
    const [answered] = await told([entry('answer', { unitId: 'a' })], undefined)
    expect(answered?.personIds).to.deep.equal(['can-bo', 'lanh-dao'])
  })

  it('is silent about other steps, other records, old news and assessments that are gone', async () => {
    const other = entry('return', { subject: { kind: 'assessment', id: 'a.2025-2026' } })
    expect(await told([entry('remark'), other], assessment)).to.deep.equal([])
    expect(await told([entry('return')], assessment, 3 * 86_400_000)).to.deep.equal([])
    expect(await told([entry('return')], undefined)).to.deep.equal([])
  })
})
