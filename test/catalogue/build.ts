import type {
  CriteriaSet,
  Criterion,
  CriteriaVersion,
  Indicator,
  LevelDemand,
} from '../../src/catalogue/criteria-set.ts'
import { versionOf } from '../../src/catalogue/criteria-file.ts'

export const anIndicator = (code: string, over: Partial<Indicator> = {}): Indicator => ({
  code,
  gist: `Yêu cầu ${code}`,
  cite: 'Điều 7 khoản 1',
  lettered: true,
  changes: [],
  ...over,
})

export const aDemand = (level: string, codes: string): LevelDemand => ({
  level,
  verification: 'confirmed',
  indicators: codes.split('').map(code => anIndicator(code)),
})

/** `aCriterion('1.1', 'abc', 'ab', '')`: which indicators at Mức 1, 2, 3; an empty text is a level without demand. */
export const aCriterion = (
  code: string,
  one = 'a',
  two = 'a',
  three = 'a',
  over: Partial<Criterion> = {},
): Criterion => ({
  code,
  title: `Tiêu chí ${code}`,
  confidence: 'high',
  levels: [aDemand('1', one), aDemand('2', two), aDemand('3', three)].filter(demand => demand.indicators.length > 0),
  thresholds: [],
  typicalEvidence: [],
  changes: [],
  ...over,
})

/** A clean set with one standard and the criteria given: the linter finds nothing in it. */
export const aSet = (
  criteria: readonly Criterion[] = [aCriterion('1.1')],
  over: Partial<CriteriaSet> = {},
): CriteriaSet => ({
  id: 'bo-thu',
  title: 'Bộ tiêu chí để thử',
  instrument: '1/2018/TT-BGDĐT',
  issuer: 'Bộ Giáo dục và Đào tạo',
  issued: '2018-08-22',
  validFrom: '2018-10-10',
  schoolKinds: ['tieu_hoc'],
  rating: 'levels',
  labels: { standard: 'Tiêu chuẩn', criterion: 'Tiêu chí', indicator: 'Chỉ báo' },
  standards: [{ code: '1', title: 'Tiêu chuẩn 1', criteria }],
  levelFour: [
    { code: '1', gist: 'Khoản 1', cite: 'Điều 22 khoản 1', verification: 'confirmed', changes: [] },
    { code: '2', gist: 'Khoản 2', cite: 'Điều 22 khoản 2', verification: 'confirmed', changes: [] },
  ],
  amendments: [
    { instrument: '22/2024/TT-BGDĐT', issued: '2024-12-10', from: '2025-01-25', verification: 'confirmed', notes: [] },
  ],
  legalBases: ['Thông tư thử'],
  procedure: {},
  relatedDocuments: [],
  ...over,
})

export const aVersion = (set: CriteriaSet): CriteriaVersion => versionOf(set)
