import { expect } from 'chai'
import fc from 'fast-check'
import { addDays } from '../../src/kernel/dates.ts'
import { inForceOn } from '../../src/organisations/dated.ts'
import { restoredBy } from '../../src/organisations/carry-out-operation.ts'
import type { Operation, OperationChanges, OperationDraft, UnitDraft } from '../../src/organisations/operation.ts'
import { changesOf } from '../../src/organisations/plan-changes.ts'
import { countsOf, previewOf } from '../../src/organisations/preview.ts'
import { arrangedOf } from '../../src/organisations/unit-change.ts'
import { ancestorsOn, isSchool, nameOn, schoolOn, treeOf, type UnitTree } from '../../src/organisations/index.ts'
import { aUnit, twoTierProvince } from './a-tree.ts'

const operation = (draft: OperationDraft, from: string): Operation => ({
  id: 'o1',
  provinceId: 'so',
  title: '',
  from,
  decision: '',
  reason: '',
  draft,
  state: 'planned',
  machine: 'unitOperation@1',
  finished: true,
  by: { personId: 'p1', name: 'Trần Văn Ổi', seats: [] },
  createdAt: new Date(0),
  rev: 1,
})

const newUnit = (id: string, kind: UnitDraft['kind'], parentId: string): UnitDraft => ({
  id,
  kind,
  name: { name: `Đơn vị ${id}` },
  place: 'Suối Mây',
  symbol: id.toUpperCase(),
  parentId,
  ...(kind === 'school' && { shape: { schoolKind: 'thcs', levels: ['thcs'], ownership: 'public' } }),
})

const START = '2000-01-01'
const under = (parentId: string) => ({ parents: [{ parentId, from: START }] })

/** A province of two districts with two schools each and a school of the Sở, as it was before communes. */
const oldProvince = (): UnitTree =>
  treeOf([
    aUnit('so', { kind: 'province', name: 'Sở Giáo dục và Đào tạo Sơn Thủy' }),
    aUnit('huyen-a', { kind: 'district', name: 'Phòng huyện A', ...under('so') }),
    aUnit('huyen-b', { kind: 'district', name: 'Phòng huyện B', ...under('so') }),
    ...['a1', 'a2'].map(id => aUnit(id, { name: `Trường ${id}`, ...under('huyen-a') })),
    ...['b1', 'b2'].map(id => aUnit(id, { name: `Trường ${id}`, ...under('huyen-b') })),
    aUnit('thpt', { name: 'Trường THPT', ...under('so') }),
  ])

const applied = (tree: UnitTree, draft: OperationDraft, from: string): UnitTree => {
  const { faults, unplaced, after } = previewOf(operation(draft, from), tree)
  expect(faults).to.deep.equal([])
  expect(unplaced).to.deep.equal([])
  return after
}

describe('operations on the dated tree', () => {
  it('founds a unit on its day and refuses a code that is taken', () => {
    const after = applied(oldProvince(), { kind: 'add', unit: newUnit('a3', 'school', 'huyen-a') }, '2024-08-01')
    expect(after.get('a3')).to.deep.include({ from: '2024-08-01', kind: 'school' })
    const again = previewOf(operation({ kind: 'add', unit: newUnit('a3', 'school', 'huyen-a') }, '2024-08-01'), after)
    expect(again.faults).to.deep.equal(['Đã có đơn vị mang mã “a3”.'])
  })

  it('renames between a former and a later name without touching either', () => {
    const later = applied(oldProvince(), { kind: 'rename', unitId: 'a1', name: { name: 'Tên sau' } }, '2026-01-01')
    const between = applied(later, { kind: 'rename', unitId: 'a1', name: { name: 'Tên giữa' } }, '2025-01-01')
    const unit = between.get('a1')
    expect(
      unit && ['2024-12-31', '2025-01-01', '2025-12-31', '2026-01-01'].map(day => nameOn(unit, day)),
    ).to.deep.equal(['Trường a1', 'Tên giữa', 'Tên giữa', 'Tên sau'])
  })

  it('moves a school, and refuses managers that are not there, of a wrong kind, or of another province', () => {
    const tree = oldProvince()
    const after = applied(tree, { kind: 'move', unitIds: ['a1', 'a2'], parentId: 'huyen-b' }, '2024-08-01')
    expect(ancestorsOn(after, 'a1', '2024-08-01').map(unit => unit.id)).to.deep.equal(['huyen-b', 'so'])
    const faults = (draft: OperationDraft, from = '2024-08-01', over = tree) =>
      previewOf(operation(draft, from), over).faults.join(' ')
    expect(faults({ kind: 'move', unitIds: ['a1'], parentId: 'khong-co' })).to.contain('không có trong danh sách')
    expect(faults({ kind: 'move', unitIds: ['a1'], parentId: 'b1' })).to.contain('không thể trực thuộc')
    expect(faults({ kind: 'move', unitIds: ['a1'], parentId: 'huyen-b' }, '1990-01-01')).to.contain(
      'nằm ngoài thời gian',
    )
    const foreign = treeOf([...tree.values(), aUnit('so-khac', { kind: 'province' })])
    expect(faults({ kind: 'move', unitIds: ['a1'], parentId: 'so-khac' }, '2024-08-01', foreign)).to.contain(
      'không thuộc Sở này',
    )
    expect(faults({ kind: 'move', unitIds: ['la'], parentId: 'so' })).to.contain('Không có đơn vị mang mã “la”')
  })

  it('merges two schools into a third that begins the next day', () => {
    const unit = newUnit('moi', 'school', 'huyen-a')
    const after = applied(oldProvince(), { kind: 'merge', sources: ['a1', 'a2'], into: { unit } }, '2024-08-01')
    expect([after.get('a1')?.to, after.get('a2')?.to, after.get('moi')?.from]).to.deep.equal([
      '2024-07-31',
      '2024-07-31',
      '2024-08-01',
    ])
  })

  it('hands the schools of a merged district to the one that goes on', () => {
    const into = { unitId: 'huyen-a', name: { name: 'Phòng liên huyện' } }
    const after = applied(oldProvince(), { kind: 'merge', sources: ['huyen-b'], into }, '2024-08-01')
    expect(ancestorsOn(after, 'b1', '2024-07-31')[0]?.id).to.equal('huyen-b')
    expect(ancestorsOn(after, 'b1', '2024-08-01')[0]?.id).to.equal('huyen-a')
  })

  it('does not dissolve or divide a unit before each of its schools has a place', () => {
    const tree = oldProvince()
    const dissolve = (placing: Readonly<Record<string, string>>) =>
      previewOf(operation({ kind: 'dissolve', unitId: 'huyen-b', placing }, '2024-08-01'), tree)
    expect(dissolve({}).unplaced.map(unit => unit.id)).to.deep.equal(['b1', 'b2'])
    expect(dissolve({}).faults.join(' ')).to.contain('cấp quản lý không tồn tại suốt')
    expect(dissolve({ b1: 'huyen-a', b2: 'so' })).to.deep.include({ unplaced: [], faults: [] })
    const parts = [newUnit('b-dong', 'district', 'so')]
    const split = { kind: 'split', unitId: 'huyen-b', goesOn: true, parts, placing: { b1: 'b-dong' } } as const
    const after = applied(tree, split, '2024-08-01')
    expect(['b1', 'b2'].map(id => ancestorsOn(after, id, '2024-08-01')[0]?.id)).to.deep.equal(['b-dong', 'huyen-b'])
  })

  it('changes the kind of a school from a day on and knows the former one', () => {
    const shape = { schoolKind: 'pho_thong_nhieu_cap_hoc', levels: ['tieu_hoc', 'thcs'], ownership: 'public' } as const
    const after = applied(oldProvince(), { kind: 'reshape', unitId: 'a1', shape }, '2024-08-01')
    const school = after.get('a1')
    if (!school || !isSchool(school)) throw new Error('the school is gone')
    expect(schoolOn(school, '2024-07-31').schoolKind).to.equal('thcs')
    expect(schoolOn(school, '2024-08-01')).to.deep.include(shape)
    expect(school.school.address).to.equal('Số 1 đường Hoa Mai')
    expect(previewOf(operation({ kind: 'reshape', unitId: 'so', shape }, '2024-08-01'), after).faults).to.deep.equal([
      'Sở Giáo dục và Đào tạo Sơn Thủy không phải là trường.',
    ])
  })

  describe('the switch to two tiers', () => {
    const communes = ['xa-1', 'xa-2', 'xa-3'].map(id => newUnit(id, 'commune', 'so'))
    const placing = { a1: 'xa-1', a2: 'xa-2', b1: 'xa-2', b2: 'xa-3' }
    const draft = { kind: 'twoTier', districts: ['huyen-a', 'huyen-b'], communes, placing } as const

    it('ends the districts on 30 June 2025, keeps every school, and counts as many after as before', () => {
      const tree = oldProvince()
      const after = applied(tree, draft, '2025-07-01')
      expect(after.get('huyen-a')?.to).to.equal('2025-06-30')
      expect(ancestorsOn(after, 'b1', '2025-06-30')[0]?.id).to.equal('huyen-b')
      expect(ancestorsOn(after, 'b1', '2025-07-01')[0]?.id).to.equal('xa-2')
      expect(ancestorsOn(after, 'thpt', '2025-07-01')[0]?.id).to.equal('so')
      const counts = countsOf(operation(draft, '2025-07-01'), tree, after)
      expect(counts.total).to.deep.equal({ before: 5, after: 5 })
      expect(counts.units.map(unit => [unit.id, unit.before, unit.after])).to.deep.include.members([
        ['huyen-a', 2, 0],
        ['xa-2', 0, 2],
      ])
    })

    it('says which schools have no commune yet', () => {
      const { b2: _b2, ...less } = placing
      const { unplaced } = previewOf(operation({ ...draft, placing: less }, '2025-07-01'), oldProvince())
      expect(unplaced.map(unit => unit.id)).to.deep.equal(['b2'])
    })
  })

  const ids = ['a1', 'a2', 'b1', 'b2', 'thpt', 'huyen-a', 'huyen-b', 'moi-1', 'moi-2', 'xa-1', 'so']
  const anId = fc.constantFrom(...ids)
  const aNewUnit = fc
    .tuple(fc.constantFrom('moi-1', 'moi-2', 'xa-1'), anId)
    .map(([id, parentId]) => newUnit(id, id === 'xa-1' ? 'commune' : 'school', parentId))
  const placing = fc.dictionary(anId, anId)
  const aDraft: fc.Arbitrary<OperationDraft> = fc.oneof(
    aNewUnit.map(unit => ({ kind: 'add', unit }) as const),
    anId.map(unitId => ({ kind: 'rename', unitId, name: { name: `Tên mới ${unitId}` } }) as const),
    fc
      .tuple(fc.array(anId, { minLength: 1, maxLength: 3 }), anId)
      .map(([unitIds, parentId]) => ({ kind: 'move', unitIds, parentId }) as const),
    fc
      .tuple(fc.array(anId, { minLength: 1, maxLength: 2 }), anId)
      .map(([sources, unitId]) => ({ kind: 'merge', sources, into: { unitId } }) as const),
    fc
      .tuple(fc.array(anId, { minLength: 1, maxLength: 2 }), aNewUnit)
      .map(([sources, unit]) => ({ kind: 'merge', sources, into: { unit } }) as const),
    fc.tuple(anId, placing).map(([unitId, where]) => ({ kind: 'dissolve', unitId, placing: where }) as const),
    fc
      .tuple(anId, fc.boolean(), aNewUnit, placing)
      .map(
        ([unitId, goesOn, part, where]) => ({ kind: 'split', unitId, goesOn, parts: [part], placing: where }) as const,
      ),
    anId.map(
      unitId =>
        ({
          kind: 'reshape',
          unitId,
          shape: { schoolKind: 'tieu_hoc', levels: ['tieu_hoc'], ownership: 'private' },
        }) as const,
    ),
  )
  const aStep = fc.tuple(
    aDraft,
    fc.integer({ min: 0, max: 3000 }).map(days => addDays('2019-01-01', days)),
  )

  it('keep exactly one manager for each school on each day of its life, whatever is done in whatever order', () => {
    let accepted = 0
    fc.assert(
      fc.property(fc.array(aStep, { maxLength: 12 }), fc.integer({ min: 0, max: 11_000 }), (steps, offset) => {
        const days = [addDays('1999-12-31', offset), ...steps.flatMap(([, from]) => [addDays(from, -1), from])]
        let tree = oldProvince()
        for (const [draft, from] of steps) {
          const { faults, unplaced, after } = previewOf(operation(draft, from), tree)
          if (faults.length > 0 || unplaced.length > 0) continue
          accepted++
          tree = after
        }
        for (const school of [...tree.values()].filter(isSchool))
          for (const day of days) {
            const managers = school.parents.filter(parent => inForceOn([parent], day))
            const lives = school.from <= day && (school.to === undefined || day <= school.to)
            expect(managers, `${school.id} on ${day}`).to.have.length(lives ? 1 : 0)
            if (lives) expect(ancestorsOn(tree, school.id, day).at(-1)?.id).to.equal('so')
          }
      }),
      { numRuns: 150 },
    )
    expect(accepted).to.be.greaterThan(150)
  })

  it('give back every unit byte by byte when they are undone', () => {
    fc.assert(
      fc.property(aStep, ([draft, from]) => {
        const tree = oldProvince()
        const { faults, unplaced, after, touched } = previewOf(operation(draft, from), tree)
        fc.pre(faults.length === 0 && unplaced.length === 0)
        const kept: OperationChanges = {
          changes: changesOf(operation(draft, from), tree),
          before: touched.map(unitId => {
            const unit = tree.get(unitId)
            return unit ? { unitId, was: arrangedOf(unit) } : { unitId }
          }),
        }
        const undone = restoredBy(kept, after)
        expect(undone.changedSince).to.deep.equal([])
        const bytes = (units: UnitTree): readonly string[] =>
          [...units.values()]
            .map(unit => JSON.stringify(Object.entries(unit).toSorted(([a], [b]) => a.localeCompare(b))))
            .toSorted()
        expect(bytes(undone.tree)).to.deep.equal(bytes(tree))
      }),
      { numRuns: 150 },
    )
  })

  it('see when a later decision changed the same unit again', () => {
    const tree = twoTierProvince()
    const first = operation({ kind: 'rename', unitId: 'thpt', name: { name: 'Tên một' } }, '2026-01-01')
    const after = previewOf(first, tree).after
    const second = previewOf(
      operation({ kind: 'rename', unitId: 'thpt', name: { name: 'Tên hai' } }, '2026-02-01'),
      after,
    )
    const thpt = tree.get('thpt')
    if (!thpt) throw new Error('no such school')
    const kept = { changes: changesOf(first, tree), before: [{ unitId: 'thpt', was: arrangedOf(thpt) }] }
    expect(restoredBy(kept, second.after).changedSince.map(unit => unit.id)).to.deep.equal(['thpt'])
  })
})
