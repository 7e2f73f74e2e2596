import { expect } from 'chai'
import type {
  Change,
  CriteriaSet,
  Criterion,
  PointsDemand,
  Quota,
  Threshold,
} from '../../src/catalogue/criteria-set.ts'
import { LINT_RULES, lint } from '../../src/catalogue/linter.ts'
import { aCriterion, aDemand, aSet, aVersion, anIndicator } from './build.ts'

const rulesBroken = (set: CriteriaSet, others: readonly CriteriaSet[] = []): readonly string[] => [
  ...new Set(lint(aVersion(set), others.map(aVersion)).map(finding => finding.rule)),
]

const aChange = (over: Partial<Change> = {}): Change => ({
  id: 'tt22-1',
  instrument: '22/2024/TT-BGDĐT',
  from: '2025-01-25',
  effect: 'repealed',
  standing: 'unverified',
  ...over,
})

const aThreshold = (over: Partial<Threshold> = {}): Threshold => ({
  key: 'ty_le',
  label: 'Tỷ lệ',
  op: '>=',
  value: 80,
  unit: 'percent',
  level: '1',
  indicator: 'a',
  verification: 'unverified',
  ...over,
})

const withThresholds = (...thresholds: readonly Threshold[]): CriteriaSet =>
  aSet([aCriterion('1.1', 'a', 'a', 'a', { thresholds })])

const withChanges = (...changes: readonly Change[]): CriteriaSet =>
  aSet([
    aCriterion('1.1', 'a', 'a', 'a', {
      levels: [
        { ...aDemand('1', ''), indicators: [anIndicator('a', { changes })] },
        aDemand('2', 'a'),
        aDemand('3', 'a'),
      ],
    }),
  ])

const scored = (code: string, max: number, over: Partial<PointsDemand> = {}): Criterion =>
  aCriterion(code, '', '', '', {
    points: {
      kind: 'scored',
      gist: 'Chấm',
      max,
      maxVerification: 'confirmed',
      items: [],
      bands: {},
      bandsVerification: 'confirmed',
      ...over,
    },
  })

const pointsSet = (criteria: readonly Criterion[], rules: Partial<CriteriaSet['pointsRules']> = {}): CriteriaSet =>
  aSet(criteria, {
    rating: 'points',
    levelFour: [],
    pointsRules: {
      totalPerStandard: 100,
      levels: { '1': { below: 50 }, '2': { min: 50, max: 75 }, '3': { above: 75 } },
      verification: 'confirmed',
      ...rules,
    },
  })

const aQuota = (over: Partial<Quota> = {}): Quota => ({
  key: 'hs_may',
  label: 'Học sinh trên máy',
  formula: 'so_hs / so_may',
  op: '<=',
  value: 24,
  unit: 'students_per_computer',
  profile: 'bo',
  verification: 'confirmed',
  ...over,
})

const quotaSet = (quotas: readonly Quota[], over: Partial<CriteriaSet> = {}): CriteriaSet =>
  aSet([aCriterion('1.1', '', '', '', { quotas })], {
    rating: 'quota',
    levelFour: [],
    profiles: [{ code: 'bo', name: 'Bộ', verification: 'confirmed' }],
    statistics: [
      { key: 'so_hs', label: 'Số học sinh', unit: 'count' },
      { key: 'so_may', label: 'Số máy', unit: 'count' },
    ],
    ...over,
  })

const clean = aSet()
const standard = (code: string, ...criteria: readonly Criterion[]) => ({ code, title: `Tiêu chuẩn ${code}`, criteria })

/** One set for each rule that breaks it and nothing else; a rule without a case fails the last test. */
const broken: Readonly<Record<string, CriteriaSet | readonly [CriteriaSet, ...CriteriaSet[]]>> = {
  'duplicate-standard-code': aSet([], {
    standards: [standard('1', aCriterion('1.1')), standard('1', aCriterion('1.2'))],
  }),
  'duplicate-criterion-code': aSet([aCriterion('1.1'), aCriterion('1.1')]),
  'duplicate-level': aSet([
    aCriterion('1.1', 'a', 'a', 'a', { levels: ['1', '1', '2', '3'].map(level => aDemand(level, 'a')) }),
  ]),
  'duplicate-indicator-code': aSet([aCriterion('1.1', 'aa')]),
  'duplicate-clause-code': aSet(undefined, { levelFour: [...clean.levelFour, ...clean.levelFour.slice(1)] }),
  'codes-out-of-order': aSet([aCriterion('1.10'), aCriterion('1.2')]),
  'criterion-not-under-standard': aSet([aCriterion('2.1')]),
  'standard-without-criteria': aSet([], { standards: [standard('1')] }),
  'criterion-without-demand': aSet([aCriterion('1.1', '', '', '')]),
  'unknown-level': aSet([
    aCriterion('1.1', 'a', 'a', 'a', { levels: ['1', '2', '3', '4'].map(level => aDemand(level, 'a')) }),
  ]),
  'empty-level': aSet([aCriterion('1.1', 'a', 'a', 'a', { levels: [aDemand('1', 'a'), aDemand('2', '')] })]),
  'level-gap': aSet([aCriterion('1.1', 'a', '', 'a')]),
  'unlettered-among-others': aSet([
    aCriterion('1.1', 'a', 'a', 'a', {
      levels: [{ ...aDemand('1', ''), indicators: [anIndicator('a', { lettered: false }), anIndicator('b')] }],
    }),
  ]),
  'missing-level-four': aSet(undefined, { levelFour: [] }),
  'no-school-kind': aSet(undefined, { schoolKinds: [] }),
  'school-kind-outside-set': aSet([aCriterion('1.1', 'a', 'a', 'a', { appliesTo: ['thpt'] })]),
  'missing-citation': aSet(undefined, { levelFour: clean.levelFour.map(clause => ({ ...clause, cite: '' })) }),
  'duplicate-change-id': withChanges(aChange(), aChange({ effect: 'amended' })),
  'change-before-set': withChanges(aChange({ from: '2018-10-10' })),
  'change-without-amendment': withChanges(aChange({ instrument: '9/2099/TT-BGDĐT' })),
  'repealed-still-referenced': (() => {
    const set = withChanges(aChange({ standing: 'confirmed' }))
    return {
      ...set,
      standards: set.standards.map(one => ({
        ...one,
        criteria: one.criteria.map(criterion => ({ ...criterion, thresholds: [aThreshold()] })),
      })),
    }
  })(),
  'dangling-threshold': withThresholds(aThreshold({ level: '2', indicator: 'c' })),
  'duplicate-threshold': withThresholds(
    aThreshold({ appliesTo: { region: 'kho_khan', size: 'nho' } }),
    aThreshold({ appliesTo: { size: 'nho', region: 'kho_khan' }, value: 90 }),
  ),
  'unverified-binding-threshold': withThresholds(aThreshold({ binding: true })),
  'unverified-hard-rule': pointsSet([scored('1.1', 100)], {
    mandatory: { effect: 'holdAtLowest', verification: 'unverified' },
  }),
  'standard-points-sum': pointsSet([scored('1.1', 60), scored('1.2', 30)]),
  'item-points-sum': pointsSet([
    scored('1.1', 100, { items: [{ code: '1.1.a', gist: 'Nội dung', max: 90, verification: 'confirmed' }] }),
  ]),
  'duplicate-item-code': pointsSet([
    scored('1.1', 100, {
      items: [50, 50].map(max => ({ code: '1.1.a', gist: 'Nội dung', max, verification: 'confirmed' as const })),
    }),
  ]),
  'bands-not-covering': pointsSet([scored('1.1', 100, { bands: { '1': { below: 10 }, '2': { min: 11 } } })]),
  'bands-unknown': pointsSet([scored('1.1', 100, { bands: { '1': null } })]),
  'bad-formula': quotaSet([aQuota({ formula: 'ceil(so_hs / so_may)' })]),
  'unknown-statistic': quotaSet([aQuota({ formula: 'so_hs / so_ban' })]),
  'duplicate-statistic': quotaSet([aQuota()], {
    statistics: ['so_hs', 'so_may', 'so_hs'].map(key => ({ key, label: key, unit: 'count' })),
  }),
  'unknown-profile': quotaSet([aQuota({ profile: 'so' })]),
  'duplicate-quota': quotaSet([aQuota(), aQuota({ value: 16 })]),
  'dangling-target': quotaSet([aQuota()], {
    targets: [
      { key: 't', label: 'Tỷ lệ', criteria: ['9.9'], op: '>=', value: 100, basis: 'stated', verification: 'confirmed' },
    ],
  }),
  'validity-reversed': aSet(undefined, { validTo: '2018-10-09' }),
  'validity-overlap': [clean, { ...clean, validFrom: '2020-01-01' }],
  'validity-gap': [
    { ...clean, validFrom: '2020-01-01' },
    { ...clean, validTo: '2019-12-30' },
  ],
  'related-document-without-number': aSet(undefined, {
    relatedDocuments: [{ number: '', subject: 'Điều lệ', usedBy: '1.2' }],
  }),
  'amendment-without-date': aSet(undefined, {
    amendments: [{ instrument: '22/2024/TT-BGDĐT', verification: 'unverified', notes: [] }],
  }),
  'missing-legal-basis': aSet(undefined, { legalBases: [] }),
}

describe('linter', () => {
  it('finds nothing in clean sets of the three kinds', () => {
    expect(rulesBroken(clean)).to.deep.equal([])
    expect(rulesBroken(pointsSet([scored('1.1', 40), scored('1.2', 60)]))).to.deep.equal([])
    expect(rulesBroken(quotaSet([aQuota()]))).to.deep.equal([])
    expect(rulesBroken(withChanges(aChange()))).to.deep.equal([])
    expect(rulesBroken(withThresholds(aThreshold(), aThreshold({ appliesTo: { region: 'kho_khan' } })))).to.deep.equal(
      [],
    )
  })

  for (const [rule, sets] of Object.entries(broken)) {
    it(`${rule}: breaks exactly this rule`, () => {
      const [set, ...others]: readonly CriteriaSet[] = 'id' in sets ? [sets] : sets
      expect(set && rulesBroken(set, others)).to.deep.equal([rule])
    })
  }

  it('has a case for every rule, and every rule has a name of its own', () => {
    const ids = LINT_RULES.map(rule => rule.id)
    expect(new Set(ids).size).to.equal(ids.length)
    expect(Object.keys(broken)).to.have.members(ids)
  })

  it('says where: the path in the file and the place in words', () => {
    const [finding] = lint(aVersion(aSet([aCriterion('1.1', 'a', 'aa')])))
    expect(finding).to.include({ severity: 'error', place: 'Tiêu chí 1.1, Mức 2' })
    expect(finding?.path).to.deep.equal(['standards', 0, 'criteria', 0, 'levels', 1])
  })

  it('wants bands that are open at both ends and meet at one mark', () => {
    const findings = (bands: PointsDemand['bands']) => rulesBroken(pointsSet([scored('1.1', 100, { bands })]))
    expect(findings({ '1': { max: 49 }, '2': { above: 49 } })).to.deep.equal([])
    expect(findings({ '1': { min: 0, below: 10 }, '2': { min: 10 } })).to.deep.equal([])
    for (const bands of [
      { '1': { min: 5, below: 10 }, '2': { min: 10 } },
      { '1': { below: 10 }, '2': { min: 10, max: 20 } },
      { '1': { max: 10 }, '2': { min: 10 } },
      { '1': { below: 10 }, '2': { above: 10 } },
    ]) {
      expect(findings(bands), JSON.stringify(bands)).to.deep.equal(['bands-not-covering'])
    }
  })

  it('compares validity only with other versions of the same set', () => {
    expect(rulesBroken(clean, [{ ...clean, id: 'bo-khac' }, clean])).to.deep.equal([])
    expect(rulesBroken({ ...clean, validFrom: '2020-01-01' }, [{ ...clean, validTo: '2019-12-31' }])).to.deep.equal([])
  })
})
