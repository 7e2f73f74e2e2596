import { NOTHING_TYPED, type AnnualFacts, type TypedFacts } from '../../src/annual/annual-facts.ts'
import type { YearFacts } from '../../src/annual/annual-table.ts'
import type { SchoolKind } from '../../src/kernel/unit-kinds.ts'
import { shiftYear, workingYear } from '../../src/kernel/working-year.ts'
import type { AssessmentFact, ExternalFact, SchoolRow, TitleFact, UnitReserve } from '../../src/rollups/index.ts'

export const YEAR = workingYear('2025-2026')
export const CLOSING = '2026-05-31'
export const UNIT_NAMES: Readonly<Record<string, string>> = {
  so: 'Sở Giáo dục và Đào tạo Sơn Thủy',
  'xa-an': 'UBND xã An Mẫu',
  'xa-dong': 'UBND xã Đông Mẫu',
}

/** The assessment of a school that finished with this level and sent its report. */
export const anAssessment = (level: AssessmentFact['level'], more: Partial<AssessmentFact> = {}): AssessmentFact => ({
  id: 'a',
  rev: 3,
  state: 'submitted',
  setId: 'tt17-2018-tieu-hoc',
  setHash: 'abcdef0123456789',
  ...(level !== undefined && { level }),
  criteria: { '1.1': 1, '1.2': 2 },
  blockedBy: [],
  council: { number: '10/QĐ', date: '2025-09-10' },
  planOn: '2025-09-20',
  sheets: { agreed: 28, all: 28 },
  adoptedOn: '2026-04-10',
  publishedOn: '2026-04-20',
  sentOn: '2026-05-05',
  returns: 0,
  ...more,
})

/** Council formed, half of the sheets agreed to. */
export const underWay: AssessmentFact = (() => {
  const { level: _level, adoptedOn: _adopted, publishedOn: _published, sentOn: _sent, ...rest } = anAssessment(1)
  return { ...rest, state: 'working', criteria: {}, sheets: { agreed: 14, all: 28 } }
})()

export const aTitle = (id: string, more: Partial<TitleFact> = {}): TitleFact => ({
  id,
  rev: 1,
  kind: 'accreditation',
  grade: 1,
  decision: { number: `${id}/QĐ-SGDĐT`, date: '2023-03-15' },
  grantedOn: '2023-03-15',
  expiresOn: '2028-03-15',
  again: false,
  ...more,
})

export const aRun = (more: Partial<ExternalFact> = {}): ExternalFact => ({
  id: 'run',
  rev: 1,
  registeredOn: '2025-10-01',
  acceptedOn: '2025-10-20',
  teamFormedOn: '2025-11-10',
  teamSize: 5,
  assessedOn: '2026-01-15',
  level: 2,
  criteria: { '1.1': 0, '1.2': 2 },
  ...more,
})

export const aRow = (schoolId: string, kind: SchoolKind, more: Partial<SchoolRow> = {}): SchoolRow => ({
  schoolId,
  year: YEAR,
  name: `Trường ${schoolId}`,
  kind,
  ownership: 'public',
  ancestors: ['xa-an', 'so'],
  titles: [],
  external: [],
  ...more,
})

/** Eight schools, each there for a case of its own. */
export const ROWS: readonly SchoolRow[] = [
  aRow('mn-1', 'mam_non', {
    assessment: anAssessment(2, { blockedBy: ['1.1.3.a'] }),
    titles: [aTitle('t1', { grade: 2, grantedOn: '2026-02-01', expiresOn: '2031-02-01' })],
    external: [aRun()],
    figures: { rev: 1, classes: 10, pupils: 250, staff: 30 },
    reconciliation: { state: 'verified', rev: 4 },
    compared: {
      lines: {
        classes: { assigned: 9, current: 10, difference: 1 },
        pupils: { assigned: 260, current: 250, difference: -10 },
        managers: { assigned: 3, current: 3, difference: 0 },
        teachers: { assigned: 24, current: 22, difference: -2 },
        support: { current: 5 },
        staff: { current: 30 },
      },
      differing: 4,
      unexplained: 1,
    },
  }),
  aRow('mn-2', 'mam_non', { ownership: 'private', assessment: underWay, ancestors: ['xa-dong', 'so'] }),
  aRow('th-1', 'tieu_hoc', {
    assessment: anAssessment(3),
    titles: [
      aTitle('t2', { grade: 3, grantedOn: '2023-03-15' }),
      aTitle('t3', { kind: 'national', grade: 1, grantedOn: '2026-03-01', expiresOn: '2031-03-01', again: true }),
      aTitle('t4', {
        kind: 'national',
        grade: 1,
        grantedOn: '2021-03-01',
        expiresOn: '2026-03-01',
        ended: { how: 'replaced', on: '2026-03-01' },
      }),
    ],
    external: [aRun({ level: 3, criteria: { '1.1': 1, '1.2': 2 } })],
    figures: { rev: 1, classes: 20, pupils: 600, staff: 45 },
    compared: {
      lines: {
        classes: { assigned: 20, current: 20, difference: 0 },
        pupils: { current: 600 },
        teachers: { assigned: 33 },
      },
      differing: 0,
      unexplained: 0,
    },
  }),
  aRow('th-2', 'tieu_hoc', {
    ancestors: ['xa-dong', 'so'],
    assessment: anAssessment(0, { criteria: { '1.1': 0, '1.2': 0 }, blockedBy: ['1.1.1.a', '1.2.1.b'] }),
    titles: [aTitle('t5', { kind: 'national', grade: 2, grantedOn: '2021-01-10', expiresOn: '2026-01-10' })],
    external: [aRun({ id: 'run-2', level: 1, assessedOn: '2026-02-20', criteria: { '1.1': 1 } })],
  }),
  aRow('th-3', 'tieu_hoc'),
  aRow('th-4', 'tieu_hoc', { assessment: { ...underWay, state: 'cancelled' } }),
  aRow('thcs-1', 'thcs', {
    assessment: anAssessment(1, { blockedBy: ['1.1.2.a'] }),
    titles: [
      aTitle('t6', { grade: 1, ended: { how: 'revoked', on: '2025-12-01', reason: 'không còn bảo đảm yêu cầu' } }),
      aTitle('t7', { kind: 'national', grade: 1, grantedOn: '2022-06-01', expiresOn: '2027-04-01' }),
    ],
  }),
  aRow('thpt-1', 'thpt', {
    ancestors: ['so'],
    assessment: anAssessment(4, { sentOn: '2026-06-20' }),
    titles: [aTitle('t8', { grade: 4, grantedOn: '2024-09-01', expiresOn: '2029-09-01' })],
  }),
]

export const NOW: YearFacts = { year: YEAR, closingDay: CLOSING, rows: ROWS }

/** What the Sở and one commune keep back; the commune gave 29 classes to its schools and keeps one. */
export const RESERVES: readonly UnitReserve[] = [
  {
    unitId: 'so',
    name: 'Sở Giáo dục và Đào tạo Sơn Thủy',
    ancestors: [],
    year: YEAR,
    rev: 2,
    lines: { teachers: 12, staff: 12 },
  },
  {
    unitId: 'xa-an',
    name: 'UBND xã An Mẫu',
    ancestors: ['so'],
    year: YEAR,
    rev: 1,
    lines: { classes: 1, teachers: 3, support: 2, staff: 5 },
    decision: { number: '77/QĐ-UBND', day: '2025-08-20' },
  },
]

/** The same schools a year ago: without what this year brought. */
export const BEFORE: YearFacts = {
  year: shiftYear(YEAR, -1),
  closingDay: '2025-05-31',
  rows: ROWS.map(({ assessment: _assessment, external: _external, figures: _figures, ...row }) => ({
    ...row,
    year: shiftYear(YEAR, -1),
    external: [],
    titles: row.titles.filter(title => title.grantedOn <= '2025-05-31').map(({ ended: _ended, ...title }) => title),
    ...(row.schoolId === 'th-1' && {
      assessment: anAssessment(2, {
        adoptedOn: '2025-04-10',
        sentOn: '2025-05-05',
        council: { number: '9', date: '2024-09-10' },
      }),
    }),
  })),
}

export const TYPED: TypedFacts = {
  targets: { 'P1.all': 60, 'P3.all': 30, 'P3.thpt': 100, 'P4.all': 30 },
  plans: [{ schoolId: 'th-2', kind: 'national', grade: 1, batch: 'Đợt 1 (tháng 11)' }],
  budget: [{ source: 'Ngân sách tỉnh', content: 'Chi cho các đoàn', planned: 120_000_000, used: 98_500_000 }],
  assessors: [{ place: 'Trường phổ thông', persons: 40 }],
  personDays: 90,
}

export const someFacts = (more: Partial<AnnualFacts> = {}): AnnualFacts => ({
  ...NOW,
  unit: { id: 'so', name: 'Sở Giáo dục và Đào tạo Sơn Thủy', isProvince: true },
  before: BEFORE,
  history: [{ year: shiftYear(YEAR, -2) }, BEFORE, NOW],
  unitName: id => UNIT_NAMES[id] ?? id,
  criterionTitle: (_hash, code) => `Nội dung ${code}`,
  batchOf: day => `Đợt của ngày ${day}`,
  reminders: new Map([['th-3', ['2026-05-10']]]),
  typed: TYPED,
  ...more,
})

export const unitFacts = (): AnnualFacts => {
  const here = (facts: YearFacts): YearFacts => ({
    ...facts,
    rows: facts.rows.filter(row => row.ancestors[0] === 'xa-an'),
  })
  return someFacts({
    ...here(NOW),
    before: here(BEFORE),
    unit: { id: 'xa-an', name: UNIT_NAMES['xa-an'] ?? '', isProvince: false },
    typed: { ...NOTHING_TYPED, plans: [{ schoolId: 'th-3', kind: 'accreditation', grade: 1, batch: 'Đợt 2' }] },
  })
}
