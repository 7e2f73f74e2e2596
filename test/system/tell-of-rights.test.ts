import { expect } from 'chai'
import type { JournalEntry } from '../../src/kernel/journal-entry.ts'
import type { Telling } from '../../src/notices/index.ts'
import { tellOfRights } from '../../src/system/tell-of-rights.ts'
import { anAssessment } from '../assessments/assessment-builder.ts'

const AT = new Date('2025-11-15T02:00:00Z')
const PERSON = { narrowed: true, widened: false, from: '2025-11-15', lost: [], gained: [] }

const decision = (people: readonly object[], more: Partial<JournalEntry> = {}): JournalEntry => ({
  id: 'assessment:a.2025-2026:7',
  at: AT,
  by: { personId: 'chu-tich', name: 'Người Chủ Tịch', seats: ['chair'] },
  unitId: 'a',
  subject: { kind: 'assessment', id: 'a.2025-2026' },
  event: 'setGroupRights',
  reason: 'Phân công lại.',
  facts: { groupId: 'nhom-1', group: 'Nhóm 1', changes: [], people },
  ...more,
})

async function told(entries: readonly JournalEntry[], { later = 0, there = true } = {}) {
  const all: Telling[] = []
  await tellOfRights({
    notify: async telling => void all.push(telling),
    assessment: async () => (there ? anAssessment({ id: 'a.2025-2026' }) : undefined),
    schoolName: async () => 'Trường Mẫu',
    wallClock: () => AT.getTime() + later,
  })(entries)
  return all
}

describe('news of the rights of a working group', () => {
  it('says to each person who decided, what it takes or gives, from when and why', async () => {
    const people = [
      { ...PERSON, personId: 'x', lost: ['write', 'handIn'], terms: 'chỉ xem' },
      { ...PERSON, personId: 'y', narrowed: false, widened: true, gained: ['verifyEvidence'], from: '2025-12-01' },
      { ...PERSON, personId: 'z', widened: true, lost: ['handIn'], gained: ['writeFigures'] },
    ]
    const place = 'Trường Mẫu, năm học 2025-2026: chủ tịch hội đồng Người Chủ Tịch'
    expect(await told([decision(people)])).to.deep.equal(
      [
        {
          personIds: ['x'],
          subject: `${place} thu hẹp quyền của bạn trong Nhóm 1 từ ngày 15/11/2025.`,
          text: 'Không còn: viết phiếu; nộp phiếu. Trong nhóm, bạn nay: chỉ xem. Lý do: Phân công lại.',
        },
        {
          personIds: ['y'],
          subject: `${place} mở rộng quyền của bạn trong Nhóm 1 từ ngày 01/12/2025.`,
          text: 'Được thêm: kiểm tra minh chứng do thành viên khác của nhóm nộp. Lý do: Phân công lại.',
        },
        {
          personIds: ['z'],
          subject: `${place} thay đổi quyền của bạn trong Nhóm 1 từ ngày 15/11/2025.`,
          text: 'Không còn: nộp phiếu. Được thêm: nhập số liệu Phần I mà nhóm cần. Lý do: Phân công lại.',
        },
      ].map(each => ({
        id: 'assessment:a.2025-2026:7',
        href: '/danh-gia/a.2025-2026/nhom#quyen-nhom-1',
        ...each,
      })),
    )
  })

  it('is silent to the chair, about other steps and old news, and about what earlier releases did not keep', async () => {
    expect(await told([decision([{ ...PERSON, personId: 'chu-tich' }])])).to.deep.equal([])
    expect(await told([decision([{ ...PERSON, personId: 'x' }], { event: 'saveGroups' })])).to.deep.equal([])
    expect(await told([decision([{ ...PERSON, personId: 'x' }])], { later: 3 * 86_400_000 })).to.deep.equal([])
    expect(await told([decision([{ ...PERSON, personId: 'x' }])], { there: false })).to.deep.equal([])
    expect(await told([decision([], { facts: { groupId: 'nhom-1', group: 'Nhóm 1' } })])).to.deep.equal([])
  })
})
