import type { Unit } from '../../src/organisations/index.ts'

/** Makes provinces and communes of made-up places that stand since a day. */
export const managingUnitSince =
  (since: string) =>
  (id: string, kind: Unit['kind'], name: string, parentId?: string): Unit => ({
    id,
    kind,
    names: [{ name, from: since }],
    places: [{ place: 'Minh Họa', from: since }],
    parents: parentId === undefined ? [] : [{ parentId, from: since }],
    symbol: id.toUpperCase(),
    from: since,
    rev: 1,
  })
