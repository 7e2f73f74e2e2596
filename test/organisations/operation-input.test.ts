import { expect } from 'chai'
import { InvalidInput } from '../../src/kernel/refusals.ts'
import { freeId, operationFrom, operationSlug, placingFrom } from '../../src/organisations/operation-input.ts'
import { twoTierProvince } from './a-tree.ts'

const tree = twoTierProvince()
const read = (slug: string, unitId: string, body: object) => {
  const known = operationSlug(slug)
  if (!known) throw new Error(`no form ${slug}`)
  return operationFrom(known, { from: '01/01/2026', ...body }, tree, { provinceId: 'so', unit: tree.get(unitId) })
}
const messagesOf = (work: () => unknown): Readonly<Record<string, string>> => {
  try {
    work()
  } catch (error) {
    if (error instanceof InvalidInput) return error.fields
    throw error
  }
  return {}
}

describe('the forms of operations', () => {
  it('make a code from the name, and another one when it is taken', () => {
    expect(freeId(tree, 'UBND xã Ví Dụ Đông')).to.equal('xa-vi-du-dong')
    expect(freeId(tree, 'Xã')).to.equal('xa-2')
    expect(freeId(tree, '***')).to.equal('don-vi')
  })

  it('merge into the unit itself, under a new name only when one was given', () => {
    const kept = read('sap-nhap', 'thcs', { siblings: ['thpt'], into: 'keep' })
    expect(kept.draft).to.deep.equal({ kind: 'merge', sources: ['thpt'], into: { unitId: 'thcs' } })
    const renamed = read('sap-nhap', 'thcs', { others: 'thpt', into: 'keep', name: 'Trường THCS và THPT Mây' })
    expect(renamed.draft).to.deep.include({ into: { unitId: 'thcs', name: { name: 'Trường THCS và THPT Mây' } } })
  })

  it('merge into a new unit under the same manager, which ends the unit itself as well', () => {
    const { draft, from } = read('sap-nhap', 'thcs', {
      siblings: 'thpt',
      into: 'new',
      name: 'Trường Liên cấp Mây',
      symbol: 'LCM',
      place: 'Mây',
      schoolKind: 'pho_thong_nhieu_cap_hoc',
      levels: ['thcs', 'thpt'],
    })
    expect(from).to.equal('2026-01-01')
    expect(draft).to.deep.include({ kind: 'merge', sources: ['thcs', 'thpt'] })
    expect(draft.kind === 'merge' && 'unit' in draft.into && draft.into.unit).to.deep.include({
      id: 'truong-lien-cap-may',
      kind: 'school',
      parentId: 'xa',
      shape: { schoolKind: 'pho_thong_nhieu_cap_hoc', levels: ['thcs', 'thpt'], ownership: 'public' },
    })
  })

  it('refuse a merger with nothing, with units of another kind, and a new unit without its particulars', () => {
    expect(messagesOf(() => read('sap-nhap', 'thcs', { others: 'xa', into: 'new' }))).to.have.all.keys(
      'others',
      'name',
      'place',
      'symbol',
      'schoolKind',
    )
    expect(messagesOf(() => read('sap-nhap', 'thcs', { into: 'keep' }))).to.have.all.keys('siblings')
  })

  it('read parts of a split a line each, of the same kind as what is split', () => {
    const { draft } = read('chia-tach', 'thcs', {
      goesOn: 'no',
      parts: 'Trường Một; M1; Mây\nTrường Hai; M2; Mây; th-hai',
    })
    expect(
      draft.kind === 'split' && draft.parts.map(({ id, kind, shape }) => [id, kind, shape?.schoolKind]),
    ).to.deep.equal([
      ['truong-mot', 'school', 'thcs'],
      ['th-hai', 'school', 'thcs'],
    ])
    expect(
      messagesOf(() => read('chia-tach', 'thcs', { goesOn: 'no', parts: 'Trường Một; M1; Mây' })),
    ).to.have.all.keys('parts')
    expect(messagesOf(() => read('chia-tach', 'thcs', { goesOn: 'yes', parts: 'Trường Một; M1' }))).to.have.all.keys(
      'parts',
    )
    expect(
      messagesOf(() => read('chia-tach', 'thcs', { goesOn: 'yes', parts: 'Trường; M1; Mây; thpt' })),
    ).to.have.all.keys('parts')
  })

  it('read the switch to two tiers with its districts and new communes', () => {
    const { draft } = read('hai-cap', '', { districts: ['phong', 'xa'], communes: 'UBND xã Mới; XM; Mới' })
    expect(draft).to.deep.include({ kind: 'twoTier', districts: ['phong'], placing: {} })
    expect(draft.kind === 'twoTier' && draft.communes.map(({ id, parentId }) => [id, parentId])).to.deep.equal([
      ['xa-moi', 'so'],
    ])
    expect(messagesOf(() => read('hai-cap', '', { communes: '' }))).to.have.all.keys('districts')
  })

  it('ask for a day, and for at least two levels of a school with several', () => {
    const shape = { schoolKind: 'pho_thong_nhieu_cap_hoc', levels: ['thcs'] }
    expect(messagesOf(() => read('doi-loai-hinh', 'thcs', { from: '', ...shape }))).to.have.all.keys('from', 'levels')
  })

  it('place each unit where it was chosen, the rest together, and leave open what was left open', () => {
    expect(placingFrom({ 'to:a': 'xa', 'to:b': '', all: '' }, ['a', 'b'])).to.deep.equal({ a: 'xa' })
    expect(placingFrom({ 'to:a': 'xa', 'to:b': '', all: 'so' }, ['a', 'b'])).to.deep.equal({ a: 'xa', b: 'so' })
  })
})
