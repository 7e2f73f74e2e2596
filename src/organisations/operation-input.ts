import { parseDay, type Day } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES, type SchoolKind } from '../kernel/unit-kinds.ts'
import { searchKey } from '../kernel/words.ts'
import { FieldMessages, formFields, type FormFields } from './form-fields.ts'
import type { NewOperation } from './operate.ts'
import type { OperationDraft, UnitDraft } from './operation.ts'
import { isSchool, type SchoolLevel, type SchoolShape, type Unit } from './unit.ts'
import { ancestorsOn, type UnitTree } from './unit-tree.ts'

/** Words of the address for what can be drawn up in a form. */
export const OPERATION_SLUGS = {
  them: 'add',
  'doi-ten': 'rename',
  chuyen: 'move',
  'doi-loai-hinh': 'reshape',
  'sap-nhap': 'merge',
  'chia-tach': 'split',
  'giai-the': 'dissolve',
  'hai-cap': 'twoTier',
} as const satisfies Readonly<Record<string, OperationDraft['kind']>>

export type OperationSlug = keyof typeof OPERATION_SLUGS

export const operationSlug = (text: string | undefined): OperationSlug | undefined =>
  // The keys are the record's own.
  (Object.keys(OPERATION_SLUGS) as OperationSlug[]).find(slug => slug === text)

const MAX_TEXT = 300

/** An id that no unit bears yet, from the name: `UBND xã Ví Dụ Đông` gives `xa-vi-du-dong`. */
export function freeId(tree: UnitTree, name: string, taken: readonly string[] = []): string {
  const base = searchKey(name)
    .replace(/^ubnd /, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 50)
  const free = (id: string): boolean => !tree.has(id) && !taken.includes(id)
  for (let n = 1; ; n++) {
    const id = n === 1 ? base || 'don-vi' : `${base || 'don-vi'}-${n}`
    if (free(id)) return id
  }
}

/** Kind, levels and ownership; a school of one level has that level alone. */
function shapeFrom(fields: FormFields, messages: FieldMessages): SchoolShape {
  const schoolKind = SCHOOL_KINDS.find(kind => kind === fields.text('schoolKind'))
  if (!schoolKind) messages.add('schoolKind', 'Xin chọn loại trường.')
  const levels = LEVELS.filter(level => fields.list('levels').includes(level))
  const one = schoolKind === 'pho_thong_nhieu_cap_hoc' ? undefined : schoolKind
  if (schoolKind !== undefined && one === undefined && levels.length < 2)
    messages.add('levels', 'Trường nhiều cấp học có ít nhất hai cấp.')
  return {
    schoolKind: schoolKind ?? 'tieu_hoc',
    levels: one === undefined ? levels : [one],
    ownership: fields.text('ownership') === 'private' ? 'private' : 'public',
  }
}

// The keys of the record are the kinds.
const SCHOOL_KINDS = Object.keys(SCHOOL_KIND_NAMES) as SchoolKind[]
export const LEVELS = SCHOOL_KINDS.filter((kind): kind is SchoolLevel => kind !== 'pho_thong_nhieu_cap_hoc')

function requiredText(fields: FormFields, messages: FieldMessages, name: string, asked: string): string {
  const text = fields.text(name)
  if (text === '') messages.add(name, asked)
  if (text.length > MAX_TEXT) messages.add(name, `Nhiều nhất ${MAX_TEXT} ký tự.`)
  return text
}

function nameFrom(fields: FormFields, messages: FieldMessages): UnitDraft['name'] {
  const [shortName, authority] = [fields.text('shortName'), fields.text('authority')]
  return {
    name: requiredText(fields, messages, 'name', 'Xin nhập tên đơn vị.'),
    ...(shortName !== '' && { shortName }),
    ...(authority !== '' && { authority }),
  }
}

function idFrom(fields: FormFields, messages: FieldMessages, tree: UnitTree, name: string): string {
  const id = fields.text('id')
  if (id === '') return freeId(tree, name)
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(id))
    messages.add('id', 'Mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối.')
  if (tree.has(id)) messages.add('id', `Đã có đơn vị mang mã “${id}”.`)
  return id
}

function unitFrom(
  fields: FormFields,
  messages: FieldMessages,
  tree: UnitTree,
  { kind, parentId }: Pick<UnitDraft, 'kind' | 'parentId'>,
): UnitDraft {
  const name = nameFrom(fields, messages)
  return {
    id: idFrom(fields, messages, tree, name.name),
    kind,
    name,
    place: requiredText(fields, messages, 'place', 'Xin nhập địa danh ghi trên văn bản.'),
    symbol: requiredText(fields, messages, 'symbol', 'Xin nhập ký hiệu viết tắt.'),
    parentId,
    ...(kind === 'school' && { shape: shapeFrom(fields, messages) }),
  }
}

/** Units a line each: `Tên; Ký hiệu; Địa danh; Mã` (the code may be left out). */
function unitsFrom(
  fields: FormFields,
  messages: FieldMessages,
  tree: UnitTree,
  { field, kind, parentId, shape }: Pick<UnitDraft, 'kind' | 'parentId' | 'shape'> & { readonly field: string },
): readonly UnitDraft[] {
  const taken: string[] = []
  const lines = fields
    .text(field)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
  return lines.map(line => {
    const [name = '', symbol = '', place = '', code = ''] = line.split(';').map(part => part.trim())
    if (name === '' || symbol === '' || place === '')
      messages.add(field, `Dòng “${line.slice(0, 60)}” cần đủ tên; ký hiệu; địa danh.`)
    const id = code === '' ? freeId(tree, name, taken) : code
    if (tree.has(id) || taken.includes(id)) messages.add(field, `Mã “${id}” đã có.`)
    taken.push(id)
    return { id, kind, name: { name }, place, symbol, parentId, ...(shape && { shape }) }
  })
}

/** Reads a form of operations; refuses with a message at each field. `unit` is the one the form is about, if any. */
export function operationFrom(
  slug: OperationSlug,
  body: unknown,
  tree: UnitTree,
  { provinceId, unit }: { readonly provinceId: string; readonly unit?: Unit | undefined },
): NewOperation {
  const fields = formFields(body)
  const messages = new FieldMessages()
  const from = parseDay(fields.text('from'))
  if (!from) messages.add('from', 'Xin nhập ngày có hiệu lực.')
  const draft = draftFrom(slug, fields, messages, { tree, provinceId, unit, from: from ?? '' })
  messages.refuseIfAny()
  return {
    provinceId,
    draft,
    from: from ?? '',
    decision: fields.text('decision').slice(0, MAX_TEXT),
    reason: fields.text('reason').slice(0, 2000),
  }
}

interface About {
  readonly tree: UnitTree
  readonly provinceId: string
  readonly unit: Unit | undefined
  readonly from: Day
}

function draftFrom(slug: OperationSlug, fields: FormFields, messages: FieldMessages, about: About): OperationDraft {
  const { tree, provinceId, unit, from } = about
  const unitId = unit?.id ?? ''
  const parentId = fields.text('parentId')
  const parentOf = (child: Unit | undefined): string =>
    (child && ancestorsOn(tree, child.id, from < child.from ? child.from : from)[0]?.id) ?? provinceId
  switch (OPERATION_SLUGS[slug]) {
    case 'add': {
      const kind = (['school', 'commune', 'district'] as const).find(each => each === fields.text('kind')) ?? 'school'
      if (parentId === '') messages.add('parentId', 'Xin chọn cấp quản lý trực tiếp.')
      return { kind: 'add', unit: unitFrom(fields, messages, tree, { kind, parentId }) }
    }
    case 'rename': {
      const place = fields.text('place')
      return { kind: 'rename', unitId, name: nameFrom(fields, messages), ...(place !== '' && { place }) }
    }
    case 'move':
      if (parentId === '') messages.add('parentId', 'Xin chọn cấp quản lý mới.')
      return { kind: 'move', unitIds: [unitId], parentId }
    case 'reshape':
      return { kind: 'reshape', unitId, shape: shapeFrom(fields, messages) }
    case 'merge':
      return mergeFrom(fields, messages, about, parentOf(unit))
    case 'split': {
      const kind = unit?.kind === 'province' || unit === undefined ? 'school' : unit.kind
      const shape = unit && isSchool(unit) ? unit.school : undefined
      const parts = unitsFrom(fields, messages, tree, {
        field: 'parts',
        kind,
        parentId: parentOf(unit),
        ...(shape && { shape: { schoolKind: shape.schoolKind, levels: shape.levels, ownership: shape.ownership } }),
      })
      const goesOn = fields.text('goesOn') === 'yes'
      if (parts.length < (goesOn ? 1 : 2))
        messages.add('parts', goesOn ? 'Xin nhập ít nhất một đơn vị mới.' : 'Chia thì có ít nhất hai đơn vị mới.')
      return { kind: 'split', unitId, goesOn, parts, placing: {} }
    }
    case 'dissolve':
      return { kind: 'dissolve', unitId, placing: {} }
    case 'twoTier':
      break
  }
  const districts = fields.list('districts').filter(id => tree.get(id)?.kind === 'district')
  if (districts.length === 0) messages.add('districts', 'Xin chọn các phòng kết thúc hoạt động.')
  const communes = unitsFrom(fields, messages, tree, { field: 'communes', kind: 'commune', parentId: provinceId })
  return { kind: 'twoTier', districts, communes, placing: {} }
}

function mergeFrom(
  fields: FormFields,
  messages: FieldMessages,
  { tree, unit }: About,
  parentId: string,
): OperationDraft {
  const typed = fields
    .text('others')
    .split(/[\s,;]+/)
    .filter(code => code !== '')
  const others = [...new Set([...fields.list('siblings'), ...typed])].filter(id => id !== unit?.id)
  const unknown = others.filter(id => tree.get(id)?.kind !== unit?.kind)
  if (others.length === 0) messages.add('siblings', 'Xin chọn ít nhất một đơn vị để sáp nhập.')
  if (unknown.length > 0) messages.add('others', `Không có đơn vị cùng loại mang mã: ${unknown.join(', ')}.`)
  if (fields.text('into') === 'new' && unit && unit.kind !== 'province') {
    const founded = unitFrom(fields, messages, tree, { kind: unit.kind, parentId })
    return { kind: 'merge', sources: [unit.id, ...others], into: { unit: founded } }
  }
  const renamed = fields.text('name') === '' ? {} : { name: nameFrom(fields, messages) }
  return { kind: 'merge', sources: others, into: { unitId: unit?.id ?? '', ...renamed } }
}

/** Which unit below an ending one goes where, from selects named `to:<unitId>`; what is left open stays open. */
export function placingFrom(body: unknown, unitIds: readonly string[]): Readonly<Record<string, string>> {
  const fields = formFields(body)
  const all = fields.text('all')
  return Object.fromEntries(
    unitIds.flatMap(id => {
      const chosen = fields.text(`to:${id}`) || all
      return chosen === '' ? [] : [[id, chosen]]
    }),
  )
}
