import { treeOf, type Unit, type UnitTree } from '../../src/organisations/index.ts'
import type { SchoolProfile } from '../../src/organisations/index.ts'

const aProfile: SchoolProfile = {
  schoolKind: 'thcs',
  levels: ['thcs'],
  ownership: 'public',
  formerNames: [],
  address: 'Số 1 đường Hoa Mai',
  phone: '',
  website: '',
  campuses: 1,
  difficultArea: 'none',
}

/** A unit with one name and place for its whole life, overridable field by field. */
export function aUnit(
  id: string,
  fields: Partial<Unit> & { readonly name?: string; readonly authority?: string },
): Unit {
  const { name = id, authority, ...rest } = fields
  const from = rest.from ?? '2000-01-01'
  return {
    id,
    kind: 'school',
    names: [{ name, from, ...(authority === undefined ? {} : { authority }) }],
    places: [{ place: 'Suối Mây', from }],
    parents: [],
    symbol: id.toUpperCase(),
    from,
    rev: 1,
    ...(rest.kind === undefined || rest.kind === 'school' ? { school: aProfile } : {}),
    ...rest,
  }
}

/** A province whose district ended on 30/6/2025: a lower-secondary school passed to a commune, an upper one stayed with the Sở. */
export const twoTierProvince = (): UnitTree =>
  treeOf([
    aUnit('so', { kind: 'province', name: 'Sở Giáo dục và Đào tạo Sơn Thủy', authority: 'UBND tỉnh Sơn Thủy' }),
    aUnit('phong', {
      kind: 'district',
      name: 'Phòng Giáo dục và Đào tạo huyện Mây',
      names: [
        {
          name: 'Phòng Giáo dục và Đào tạo huyện Mây',
          authority: 'UBND huyện Mây',
          from: '2000-01-01',
          to: '2025-06-30',
        },
      ],
      places: [{ place: 'Mây', from: '2000-01-01', to: '2025-06-30' }],
      parents: [{ parentId: 'so', from: '2000-01-01', to: '2025-06-30' }],
      to: '2025-06-30',
    }),
    aUnit('xa', {
      kind: 'commune',
      name: 'UBND xã Suối Mây',
      from: '2025-07-01',
      parents: [{ parentId: 'so', from: '2025-07-01' }],
    }),
    aUnit('thcs', {
      name: 'Trường THCS Lá Lúa',
      parents: [
        { parentId: 'phong', from: '2000-01-01', to: '2025-06-30' },
        { parentId: 'xa', from: '2025-07-01' },
      ],
    }),
    aUnit('thpt', {
      name: 'Trường THPT Đồi Thông',
      parents: [{ parentId: 'so', from: '2000-01-01' }],
      school: { ...aProfile, schoolKind: 'thpt', levels: ['thpt'] },
    }),
  ])
