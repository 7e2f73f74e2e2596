import { addDays, type Day } from '../kernel/dates.ts'
import { dayTree } from './day-tree.ts'
import type { Operation, OperationDraft, Placing, UnitDraft } from './operation.ts'
import { nameOn, shapeOf, type SchoolShape, type Unit } from './unit.ts'
import type { NewUnit, UnitChange } from './unit-change.ts'
import type { UnitTree } from './unit-tree.ts'

type Planned = Pick<Operation, 'draft' | 'from'>

const NO_PROFILE = {
  formerNames: [],
  address: '',
  phone: '',
  website: '',
  campuses: 1,
  difficultArea: 'none',
} as const

/** A unit that begins on the day; the head of a new school fills in its profile. */
export const foundedOn = ({ id, kind, name, place, symbol, parentId, shape }: UnitDraft, from: Day): NewUnit => ({
  id,
  kind,
  names: [{ ...name, from }],
  places: [{ place, from }],
  parents: [{ parentId, from }],
  symbol,
  from,
  ...(kind === 'school' &&
    shape && { school: { ...shapeOf(shape), ...NO_PROFILE, founded: Number(from.slice(0, 4)) } }),
})

const move = (unitId: string, parentId: string, from: Day): UnitChange => ({ kind: 'move', unitId, parentId, from })
const lastDayBefore = (from: Day): Day => addDays(from, -1)

/** The units that lose their managing unit when these end on the day before: what a placing must answer. */
export function leftWithout(tree: UnitTree, ending: readonly string[], from: Day): readonly Unit[] {
  const before = dayTree(tree, lastDayBefore(from))
  return ending
    .flatMap(id => before.childrenOf(id))
    .filter(unit => !ending.includes(unit.id) && (unit.to === undefined || unit.to >= from))
}

/** Units that end by the draft, on the day before it holds. */
export function endingBy(draft: OperationDraft): readonly string[] {
  switch (draft.kind) {
    case 'merge':
      return draft.sources
    case 'split':
      return draft.goesOn ? [] : [draft.unitId]
    case 'dissolve':
      return [draft.unitId]
    case 'twoTier':
      return draft.districts
    case 'add':
    case 'rename':
    case 'move':
    case 'reshape':
    case 'import':
      break
  }
  return []
}

/** The units whose new managing unit a person chooses one by one; a split that goes on may leave some where they are. */
export function toBePlaced({ draft, from }: Planned, tree: UnitTree): readonly Unit[] {
  if (draft.kind === 'split' && draft.goesOn) return leftWithout(tree, [draft.unitId], from)
  return 'placing' in draft ? leftWithout(tree, endingBy(draft), from) : []
}

export const placingOf = (draft: OperationDraft): Placing => ('placing' in draft ? draft.placing : {})

/** What has not been placed although its managing unit ends. */
export function unplacedOf(operation: Planned, tree: UnitTree): readonly Unit[] {
  const { draft } = operation
  if (draft.kind === 'split' && draft.goesOn) return []
  return toBePlaced(operation, tree).filter(unit => placingOf(draft)[unit.id] === undefined)
}

/** The single changes that a draft means on this tree, founded units first. Unplaced units are left alone. */
export function changesOf(operation: Planned, tree: UnitTree): readonly UnitChange[] {
  const { draft, from } = operation
  const add = (unit: UnitDraft): UnitChange => ({ kind: 'add', unit: foundedOn(unit, from) })
  const close = (unitId: string): UnitChange => ({ kind: 'close', unitId, to: lastDayBefore(from) })
  const placed = toBePlaced(operation, tree).flatMap(unit => {
    const parentId = placingOf(draft)[unit.id]
    return parentId === undefined ? [] : [move(unit.id, parentId, from)]
  })
  switch (draft.kind) {
    case 'add':
      return [add(draft.unit)]
    case 'rename':
      return [
        { kind: 'rename', unitId: draft.unitId, from, name: draft.name },
        ...(draft.place === undefined
          ? []
          : [{ kind: 'relocate', unitId: draft.unitId, from, place: draft.place } satisfies UnitChange]),
      ]
    case 'move':
      return draft.unitIds.map(unitId => move(unitId, draft.parentId, from))
    case 'reshape':
      return [{ kind: 'reshape', unitId: draft.unitId, from, shape: draft.shape }]
    case 'merge': {
      const { into, sources } = draft
      const targetId = 'unit' in into ? into.unit.id : into.unitId
      return [
        ...('unit' in into ? [add(into.unit)] : []),
        ...('unitId' in into && into.name
          ? [{ kind: 'rename', unitId: into.unitId, from, name: into.name } satisfies UnitChange]
          : []),
        ...leftWithout(tree, sources, from).map(unit => move(unit.id, targetId, from)),
        ...sources.map(close),
      ]
    }
    case 'split':
      return [...draft.parts.map(add), ...placed, ...endingBy(draft).map(close)]
    case 'dissolve':
      return [...placed, close(draft.unitId)]
    case 'twoTier':
      return [...draft.communes.map(add), ...placed, ...draft.districts.map(close)]
    case 'import':
      break
  }
  return draft.changes
}

/** Where a unit may be placed from the day on: communes and Sở that go on, districts too where they do, and what is founded. */
export function placesFor(
  { draft, from }: Planned,
  tree: UnitTree,
): readonly { readonly id: string; readonly name: string }[] {
  const founded = draft.kind === 'split' ? draft.parts : draft.kind === 'twoTier' ? draft.communes : []
  const ending = endingBy(draft)
  const going = dayTree(tree, from).active.filter(unit => unit.kind !== 'school' && !ending.includes(unit.id))
  return [
    ...founded.map(unit => ({ id: unit.id, name: unit.name.name })),
    ...going.map(unit => ({ id: unit.id, name: nameOn(unit, from) })),
  ]
}

/** The operation in one line, with the names of its day. */
export function titleOf({ draft, from }: Planned, tree: UnitTree): string {
  const name = (id: string): string => {
    const unit = tree.get(id)
    return unit ? nameOn(unit, lastDayBefore(from)) : id
  }
  const names = (ids: readonly string[]): string =>
    ids.length > 3
      ? `${ids.slice(0, 2).map(name).join(', ')} và ${ids.length - 2} đơn vị khác`
      : ids.map(name).join(', ')
  switch (draft.kind) {
    case 'add':
      return `Thêm ${draft.unit.name.name}`
    case 'rename':
      return `Đổi tên ${name(draft.unitId)} thành ${draft.name.name}`
    case 'move':
      return `Chuyển ${names(draft.unitIds)} về ${name(draft.parentId)}`
    case 'reshape':
      return `Đổi loại hình ${name(draft.unitId)}`
    case 'merge':
      return `Sáp nhập ${names(draft.sources)} ${'unit' in draft.into ? `thành ${draft.into.unit.name.name}` : `vào ${name(draft.into.unitId)}`}`
    case 'split':
      return `${draft.goesOn ? 'Tách' : 'Chia'} ${name(draft.unitId)}: ${draft.parts.map(part => part.name.name).join(', ')}`
    case 'dissolve':
      return `Giải thể ${name(draft.unitId)}`
    case 'twoTier':
      return `Sắp xếp chính quyền hai cấp: ${names(draft.districts)}`
    case 'import':
      break
  }
  return `Nhập từ bảng tính ${draft.fileName}`
}

export const sameShape = (a: SchoolShape, b: SchoolShape): boolean =>
  a.schoolKind === b.schoolKind && a.ownership === b.ownership && a.levels.join() === b.levels.join()
