import {
  externalFactsOf,
  runStore,
  titlesOnDays,
  titleStore,
  type AssessedSchool,
  type ExternalNeeds,
  type ExternalNumbers,
  type RegisteredSchool,
  type TeamMember,
} from '../../src/external/index.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import type { Actor, Seat, SeatRole } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { testDatabase } from '../support/database.ts'

export const YEAR = workingYear('2025-2026')
export const SCHOOL = 'truong-hoa-sen'
export const HEIR = 'truong-hoa-cuc'

export const seat = (role: SeatRole, unitId: string): Seat => ({ role, unitId, from: '2020-08-01' })
export const actor = (name: string, ...seats: readonly Seat[]): Actor => ({ personId: `p-${name}`, name, seats })

export const HEAD = actor('Quàng Thị Thử', seat('head', SCHOOL))
export const COMMUNE_LEAD = actor('Hà Văn Mẫu', seat('middleLead', 'xa-1'))
export const COMMUNE_OFFICER = actor('Lường Thị Mẫu', seat('middleOfficer', 'xa-1'))
export const NEXT_COMMUNE_LEAD = actor('Giàng Văn Khác', seat('middleLead', 'xa-2'))
export const PROVINCE_LEAD = actor('Sùng Thị Mẫu', seat('provinceLead', 'so'))
export const PROVINCE_OFFICER = actor('Vàng Văn Mẫu', seat('provinceOfficer', 'so'))
export const OTHER_HEAD = actor('Lò Thị Khác', seat('head', HEIR))
export const IT = actor('Tòng Văn Máy', seat('itAdmin', 'so'))
export const EVERYBODY = {
  HEAD,
  COMMUNE_LEAD,
  COMMUNE_OFFICER,
  NEXT_COMMUNE_LEAD,
  PROVINCE_LEAD,
  PROVINCE_OFFICER,
  OTHER_HEAD,
  IT,
}

const so = { id: 'so', name: 'Sở Mẫu', isProvince: true }
export const SCHOOLS: readonly RegisteredSchool[] = [
  {
    id: SCHOOL,
    name: 'Trường Tiểu học Hoa Sen',
    kind: 'tieu_hoc',
    active: true,
    ancestors: [{ id: 'xa-1', name: 'UBND xã Mẫu 1', isProvince: false }, so],
  },
  {
    id: HEIR,
    name: 'Trường Tiểu học Hoa Cúc',
    kind: 'tieu_hoc',
    active: true,
    ancestors: [{ id: 'xa-2', name: 'UBND xã Mẫu 2', isProvince: false }, so],
  },
  { id: 'thpt', name: 'Trường THPT Mẫu', kind: 'thpt', active: true, ancestors: [so] },
]

/** The defaults of process § 15. */
export const TIMES: Pick<ExternalNumbers, 'registerUntil' | 'teamFormMonths' | 'days' | 'visit' | 'holidays'> = {
  registerUntil: { summer: '07-31', autumn: '11-30' },
  teamFormMonths: 3,
  days: {
    dossierCheckDays: 5,
    provinceCheckDays: 10,
    resubmitDue: 10,
    studyDays: 10,
    prelimVisitDays: 1,
    gapBeforeVisit: 5,
    visitEvidenceDue: 5,
    draftDays: 10,
    feedbackDays: 10,
    replyDays: 10,
    finalReportDays: 10,
    complaintDays: 10,
    grantDays: 20,
    announceDays: 5,
  },
  visit: { from: 1, to: 3 },
  holidays: new Set(),
}
export const member = (name: string, role: TeamMember['role'], more: Partial<TeamMember> = {}): TeamMember => ({
  name,
  post: 'Hiệu trưởng',
  workplace: 'Trường Tiểu học Mẫu Xa',
  role,
  education: true,
  yearsInService: 12,
  trained: true,
  neverHere: true,
  ...more,
})
export const TEAM: readonly TeamMember[] = [
  member('Người Mẫu Một', 'lead'),
  member('Người Mẫu Hai', 'secretary'),
  member('Người Mẫu Ba', 'member'),
  member('Người Mẫu Bốn', 'member'),
  member('Người Mẫu Năm', 'member'),
]

/** External assessments over a real database: two schools of two communes, one of the Sở; Mức 2 reached and accepted. */
export async function externalBench(assessed: Partial<AssessedSchool> = {}) {
  const db = await testDatabase()
  const journal = journalStore(db)
  const post = relay(db, journal, error => {
    throw error
  })
  const clock = { now: new Date('2026-05-20T02:41:00Z') }
  let ids = 0
  const needs: ExternalNeeds = {
    titles: titleStore(db, post),
    runs: runStore(db, post),
    now: () => clock.now,
    newId: () => `danh-hieu-${++ids}`,
    history: async subject => {
      await post.settled()
      return journal.of(subject)
    },
    school: async id => SCHOOLS.find(school => school.id === id),
    schoolsInReach: async ({ seats }) =>
      SCHOOLS.filter(school =>
        seats.some(
          ({ role, unitId }) =>
            role !== 'itAdmin' && (unitId === school.id || school.ancestors.some(({ id }) => id === unitId)),
        ),
      ),
    assessed: async id => ({
      assessmentId: `${id}.${YEAR}`,
      accepted: true,
      criteria: ['1.1', '1.2'],
      level: 2,
      ...assessed,
    }),
    numbers: async () => ({
      teamMin: 5,
      teamMax: 7,
      teamMaxNational: 11,
      assessorMinYears: 5,
      waitYearsHigher: 1,
      validYears: 5,
      renewMonthsBefore: 5,
      warnMonths: 12,
      ...TIMES,
    }),
  }
  await ensureIndexes(db)
  return {
    db,
    needs,
    clock,
    settled: post.settled,
    journal,
    facts: externalFactsOf(needs),
    titlesOn: titlesOnDays(needs),
  }
}
