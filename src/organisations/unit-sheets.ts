import { addDays, printDay, type Day } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES, type SchoolKind } from '../kernel/unit-kinds.ts'
import { compareVietnamese } from '../kernel/words.ts'
import {
  readRows,
  row,
  type CellFault,
  type ColumnSpec,
  type ReadRow,
  type ReadTable,
  type RowOf,
  type SheetTable,
} from '../sheet-files/index.ts'
import { dayTree } from './day-tree.ts'
import { inForceOn } from './dated.ts'
import type { Operation } from './operation.ts'
import { LEVELS } from './operation-input.ts'
import { placesFor, placingOf, sameShape, toBePlaced } from './plan-changes.ts'
import {
  isSchool,
  nameOn,
  OWNERSHIP_NAMES,
  placeOn,
  schoolOn,
  UNIT_KIND_NAMES,
  type SchoolShape,
  type Unit,
} from './unit.ts'
import type { NewUnit, UnitChange } from './unit-change.ts'
import { managingUnitOn, parentIdOn, type UnitTree } from './unit-tree.ts'

const labelled = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

const UNIT_COLUMNS = [
  { key: 'code', head: 'Mã đơn vị', kind: 'text', required: true, maxLength: 60 },
  { key: 'kind', head: 'Loại đơn vị', kind: 'oneOf', required: true, options: labelled(UNIT_KIND_NAMES) },
  { key: 'name', head: 'Tên đơn vị', kind: 'text', required: true, maxLength: 300 },
  { key: 'shortName', head: 'Tên gọi tắt', kind: 'text', maxLength: 300 },
  { key: 'authority', head: 'Cơ quan chủ quản', kind: 'text', maxLength: 300 },
  { key: 'symbol', head: 'Ký hiệu', kind: 'text', required: true, maxLength: 40 },
  { key: 'place', head: 'Địa danh', kind: 'text', required: true, maxLength: 100 },
  { key: 'parentCode', head: 'Mã cấp quản lý', kind: 'text', maxLength: 60 },
  { key: 'from', head: 'Từ ngày', kind: 'day', required: true },
  { key: 'to', head: 'Đến ngày', kind: 'day' },
  { key: 'schoolKind', head: 'Loại trường', kind: 'oneOf', options: labelled(SCHOOL_KIND_NAMES) },
  { key: 'levels', head: 'Các cấp học', kind: 'text' },
  { key: 'ownership', head: 'Loại hình', kind: 'oneOf', options: labelled(OWNERSHIP_NAMES) },
] as const satisfies readonly ColumnSpec[]

type UnitRow = RowOf<typeof UNIT_COLUMNS>

const WIDTHS: Readonly<Record<string, number>> = { name: 44, authority: 26, parentCode: 18, code: 18, place: 18 }

/** The units of a day as a sheet; read back on the same tree it changes nothing. */
export function unitsSheet(tree: UnitTree, day: Day): SheetTable {
  const at = dayTree(tree, day)
  const order = ['province', 'district', 'commune', 'school']
  const units = at.active.toSorted(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || compareVietnamese(nameOn(a, day), nameOn(b, day)),
  )
  return {
    name: 'Đơn vị',
    title: [`Danh sách đơn vị vào ngày ${printDay(day)}`],
    notes: [
      'Mỗi dòng một đơn vị, nhận ra bằng mã. Đơn vị đã có: tên, địa danh, cấp quản lý, loại trường khác đi thì đổi từ “Từ ngày”.',
      '“Đến ngày” là ngày hoạt động cuối cùng. Nhập lại cùng một tệp không sinh đơn vị trùng.',
    ],
    columns: UNIT_COLUMNS.map(({ key, head, kind, ...rest }) => ({
      head,
      ...(kind === 'day' && { kind: 'day' as const }),
      width: WIDTHS[key] ?? 16,
      ...('options' in rest && { choices: rest.options.map(option => option.label) }),
    })),
    rows: units.map(unit => sheetRow(unit, day)),
    frozenColumns: 1,
    spareRows: 200,
  }
}

function sheetRow(unit: Unit, day: Day) {
  const name = inForceOn(unit.names, day)
  const spans = [unit.names, unit.places, unit.parents, unit.shapes ?? []].map(
    list => inForceOn<{ from: Day; to?: Day }>(list, day)?.from ?? unit.from,
  )
  const shape = isSchool(unit) ? schoolOn(unit, day) : undefined
  return row(
    unit.id,
    UNIT_KIND_NAMES[unit.kind],
    nameOn(unit, day),
    name?.shortName ?? null,
    name?.authority ?? null,
    unit.symbol,
    placeOn(unit, day),
    parentIdOn(unit, day) ?? null,
    spans.toSorted().at(-1) ?? unit.from,
    unit.to ?? null,
    shape ? SCHOOL_KIND_NAMES[shape.schoolKind] : null,
    shape ? shape.levels.map(level => SCHOOL_KIND_NAMES[level]).join(', ') : null,
    shape ? OWNERSHIP_NAMES[shape.ownership] : null,
  )
}

/** What a sheet of units would change on this tree; faults by cell, and then no changes. */
export async function readUnits(
  bytes: Buffer,
  tree: UnitTree,
): Promise<{
  readonly changes: readonly UnitChange[]
  readonly faults: readonly CellFault[]
  readonly from: Day | undefined
}> {
  const table = await readRows(bytes, UNIT_COLUMNS)
  const codes = new Set(table.rows.map(each => each.values.code))
  const read = table.rows.map((each, index) => {
    const first = table.rows.findIndex(other => other.values.code === each.values.code)
    const twice =
      first < index ? [table.faultAt(each, 'code', `Mã đã có ở dòng ${table.rows[first]?.number ?? ''}.`)] : []
    return { faults: [...twice, ...rowFaults(table, each, tree, codes)], changes: rowChanges(each.values, tree) }
  })
  const faults = [...table.faults, ...read.flatMap(each => each.faults)]
  const days = table.rows.map(each => each.values.from).toSorted()
  return { changes: faults.length > 0 ? [] : read.flatMap(each => each.changes), faults, from: days.at(-1) }
}

function rowFaults(
  table: ReadTable<UnitRow>,
  each: ReadRow<UnitRow>,
  tree: UnitTree,
  codes: ReadonlySet<string>,
): readonly CellFault[] {
  const { code, kind, parentCode, from, to, schoolKind } = each.values
  const known = tree.get(code)
  const fault = (when: boolean, key: keyof UnitRow, message: string): readonly CellFault[] =>
    when ? [table.faultAt(each, key, message)] : []
  return [
    ...fault(!/^[a-z0-9][a-z0-9-]{0,59}$/.test(code), 'code', 'Mã chỉ gồm chữ thường không dấu, chữ số và gạch nối.'),
    ...fault(known !== undefined && known.kind !== kind, 'kind', 'Loại đơn vị không đổi được; mã này đã là loại khác.'),
    ...fault(known === undefined && kind === 'province', 'kind', 'Không thêm Sở bằng bảng tính.'),
    ...fault(kind !== 'province' && parentCode === undefined, 'parentCode', 'Thiếu mã cấp quản lý.'),
    ...fault(
      parentCode !== undefined && !tree.has(parentCode) && !codes.has(parentCode),
      'parentCode',
      'Không có đơn vị mang mã này trong hệ thống hay trong tệp.',
    ),
    ...fault(to !== undefined && to < from, 'to', 'Ngày kết thúc trước ngày bắt đầu.'),
    ...fault(kind === 'school' && schoolKind === undefined, 'schoolKind', 'Trường cần có loại trường.'),
    ...fault(
      kind === 'school' && schoolKind === 'pho_thong_nhieu_cap_hoc' && levelsIn(each.values).length < 2,
      'levels',
      'Trường nhiều cấp học cần ít nhất hai cấp, cách nhau bằng dấu phẩy.',
    ),
  ]
}

const levelsIn = ({ levels = '' }: UnitRow) => {
  const named = levels.split(',').map(part => part.trim().toLocaleLowerCase('vi'))
  return LEVELS.filter(level => named.includes(SCHOOL_KIND_NAMES[level].toLocaleLowerCase('vi')))
}

function shapeIn(values: UnitRow): SchoolShape | undefined {
  // The column offers the keys of the record and nothing else.
  const schoolKind = values.schoolKind as SchoolKind | undefined
  if (values.kind !== 'school' || schoolKind === undefined) return undefined
  const levels = schoolKind === 'pho_thong_nhieu_cap_hoc' ? levelsIn(values) : [schoolKind]
  return { schoolKind, levels, ownership: values.ownership === 'private' ? 'private' : 'public' }
}

function rowChanges(values: UnitRow, tree: UnitTree): readonly UnitChange[] {
  const known = tree.get(values.code)
  if (!known) return [{ kind: 'add', unit: newUnit(values) }]
  const from = values.from < known.from ? known.from : values.from
  const { code: unitId, name, shortName, authority, place, parentCode, to } = values
  const current = inForceOn(known.names, from)
  const renamed = current?.name !== name || (shortName !== undefined && current.shortName !== shortName)
  const kept = {
    shortName: shortName ?? (current?.name === name ? current.shortName : undefined),
    authority: authority ?? current?.authority,
  }
  const shape = shapeIn(values)
  return [
    ...(renamed
      ? [
          {
            kind: 'rename',
            unitId,
            from,
            name: {
              name,
              ...(kept.shortName !== undefined && { shortName: kept.shortName }),
              ...(kept.authority !== undefined && { authority: kept.authority }),
            },
          } satisfies UnitChange,
        ]
      : []),
    ...(placeOn(known, from) === place ? [] : [{ kind: 'relocate', unitId, from, place } satisfies UnitChange]),
    ...(parentCode === undefined || parentIdOn(known, from) === parentCode
      ? []
      : [{ kind: 'move', unitId, from, parentId: parentCode } satisfies UnitChange]),
    ...(shape && isSchool(known) && !sameShape(schoolOn(known, from), shape)
      ? [{ kind: 'reshape', unitId, from, shape } satisfies UnitChange]
      : []),
    ...(to === undefined || known.to === to ? [] : [{ kind: 'close', unitId, to } satisfies UnitChange]),
  ]
}

function newUnit(values: UnitRow): NewUnit {
  const { code, kind, name, shortName, authority, symbol, place, parentCode, from, to } = values
  const life = { from, ...(to !== undefined && { to }) }
  const shape = shapeIn(values)
  return {
    id: code,
    // The column offers the kinds of units and nothing else.
    kind: kind as Unit['kind'],
    names: [
      { name, ...(shortName !== undefined && { shortName }), ...(authority !== undefined && { authority }), ...life },
    ],
    places: [{ place, ...life }],
    parents: parentCode === undefined ? [] : [{ parentId: parentCode, ...life }],
    symbol,
    ...life,
    ...(shape && {
      school: { ...shape, formerNames: [], address: '', phone: '', website: '', campuses: 1, difficultArea: 'none' },
    }),
  }
}

/** Names that tell the places apart: the code is added where two bear one name. */
const placeLabels = (places: ReturnType<typeof placesFor>) =>
  places.map(({ id, name }) => ({
    value: id,
    label: places.some(other => other.id !== id && other.name === name) ? `${name} (${id})` : name,
  }))

const placingColumns = (places: ReturnType<typeof placesFor>) =>
  [
    { key: 'code', head: 'Mã đơn vị', kind: 'text', required: true },
    { key: 'to', head: 'Cấp quản lý mới', kind: 'oneOf', options: placeLabels(places) },
  ] as const satisfies readonly ColumnSpec[]

/** The units that need a new managing unit, with what has been chosen so far, to be filled in and read back. */
export function placingSheet(operation: Operation, tree: UnitTree): SheetTable {
  const places = placesFor(operation, tree)
  const labels = new Map(placeLabels(places).map(({ value, label }) => [value, label]))
  const day = addDays(operation.from, -1)
  const placing = placingOf(operation.draft)
  const units = toBePlaced(operation, tree).map(unit => {
    const parent = managingUnitOn(tree, unit.id, day)
    return { id: unit.id, name: nameOn(unit, day), parent: parent ? nameOn(parent, day) : '' }
  })
  return {
    name: 'Cấp quản lý mới',
    title: [operation.title, `Cấp quản lý từ ngày ${printDay(operation.from)}`],
    notes: ['Chọn ở cột “Cấp quản lý mới”; dòng để trống giữ nguyên điều đã chọn trên màn hình.'],
    columns: [
      { head: 'Mã đơn vị', width: 20 },
      { head: 'Tên đơn vị', width: 44 },
      { head: 'Cấp quản lý hiện nay', width: 40 },
      { head: 'Cấp quản lý mới', width: 40, choices: [...labels.values()] },
    ],
    rows: units
      .toSorted((a, b) => compareVietnamese(a.parent, b.parent) || compareVietnamese(a.name, b.name))
      .map(({ id, name, parent }) => row(id, name, parent, labels.get(placing[id] ?? '') ?? null)),
    frozenColumns: 2,
  }
}

/** Which unit goes where, from a filled-in sheet of `placingSheet`. */
export async function readPlacing(bytes: Buffer, operation: Operation, tree: UnitTree) {
  const table = await readRows(bytes, placingColumns(placesFor(operation, tree)))
  const left = new Set(toBePlaced(operation, tree).map(unit => unit.id))
  const strangers = table.rows
    .filter(each => !left.has(each.values.code))
    .map(each => table.faultAt(each, 'code', 'Đơn vị này không cần cấp quản lý mới trong đợt này.'))
  return {
    faults: [...table.faults, ...strangers],
    placing: Object.fromEntries(
      table.rows.flatMap(({ values: { code, to } }) => (to === undefined ? [] : [[code, to]])),
    ),
  }
}
