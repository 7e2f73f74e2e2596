import type { Day } from '../kernel/dates.ts'
import type { SchoolKind, UnitKind } from '../kernel/unit-kinds.ts'
import { covers, nearestTo, type Span } from './dated.ts'

/** A level of schooling; a school with several levels lists each of them. */
export type SchoolLevel = Exclude<SchoolKind, 'pho_thong_nhieu_cap_hoc'>

export type Ownership = 'public' | 'private'
export type DifficultArea = 'none' | 'difficult' | 'extremelyDifficult'

/** The name borne in a span of days, and the People's Committee over it where the unit is one of its offices. */
export interface DatedName extends Span {
  readonly name: string
  readonly shortName?: string
  /** `UBND tỉnh …` over a Sở, `UBND huyện …` over a Phòng; absent for communes (they are the UBND) and schools. */
  readonly authority?: string
}

/** Địa danh printed in front of the date of the unit's documents. */
export interface DatedPlace extends Span {
  readonly place: string
}

/** Who managed the unit in a span of days. */
export interface DatedParent extends Span {
  readonly parentId: string
}

/** What kind of school it is, as its founding or a later decision says. */
export interface SchoolShape {
  readonly schoolKind: SchoolKind
  readonly levels: readonly SchoolLevel[]
  readonly ownership: Ownership
}

/** The shape in a span of days. */
export interface DatedShape extends Span, SchoolShape {}

/** What the head of Phần I asks about a school (process § 3.5.1) besides names and managing unit. */
export interface SchoolProfile {
  readonly schoolKind: SchoolKind
  /** One level, or all levels of a multi-level school, lowest first. */
  readonly levels: readonly SchoolLevel[]
  readonly ownership: Ownership
  /** Calendar year of foundation. */
  readonly founded?: number
  readonly formerNames: readonly string[]
  readonly address: string
  readonly phone: string
  readonly website: string
  /** Số điểm trường, the main one included. */
  readonly campuses: number
  readonly difficultArea: DifficultArea
  /** Mức độ đạt chuẩn quốc gia and the year of recognition. */
  readonly nationalStandard?: { readonly grade: 1 | 2; readonly year: number }
}

/** A node of the dated tree: a Sở, a Phòng (until 30/6/2025), a commune's UBND, or a school; its id outlives renames and moves. */
export interface Unit extends Span {
  readonly id: string
  readonly kind: UnitKind
  readonly names: readonly DatedName[]
  readonly places: readonly DatedPlace[]
  readonly parents: readonly DatedParent[]
  /** Ký hiệu viết tắt in document numbers, e.g. `THLL`. */
  readonly symbol: string
  /** Only on schools; kind, levels and ownership are those of the newest decision: `schoolOn` knows those of a day. */
  readonly school?: SchoolProfile
  /** Only on schools whose kind, levels or ownership changed; covers the whole life then. */
  readonly shapes?: readonly DatedShape[]
  readonly rev: number
}

/** A unit known to be a school. */
export type School = Unit & { readonly kind: 'school'; readonly school: SchoolProfile }

export const isSchool = (unit: Unit): unit is School => unit.kind === 'school' && unit.school !== undefined

/** The profile with the kind, levels and ownership of the day. */
export function schoolOn(school: School, day: Day): SchoolProfile {
  const shape = nearestTo(school.shapes ?? [], day)
  return shape ? { ...school.school, ...shapeOf(shape) } : school.school
}

export const shapeOf = ({ schoolKind, levels, ownership }: SchoolShape): SchoolShape => ({
  schoolKind,
  levels,
  ownership,
})

/** The full name on a day; the nearest name in time outside the unit's life. */
export const nameOn = (unit: Unit, day: Day): string => nearestTo(unit.names, day)?.name ?? unit.id

export function shortNameOn(unit: Unit, day: Day): string {
  const entry = nearestTo(unit.names, day)
  return entry?.shortName ?? entry?.name ?? unit.id
}

/** Địa danh on a day, empty when none is known. */
export const placeOn = (unit: Unit, day: Day): string => nearestTo(unit.places, day)?.place ?? ''

/** Whether the unit exists on the day. */
export const activeOn = (unit: Unit, day: Day): boolean => covers(unit, day)

export const UNIT_KIND_NAMES: Readonly<Record<UnitKind, string>> = {
  province: 'Sở Giáo dục và Đào tạo',
  district: 'Phòng Giáo dục và Đào tạo',
  commune: 'UBND cấp xã',
  school: 'Trường',
}

export const OWNERSHIP_NAMES: Readonly<Record<Ownership, string>> = { public: 'Công lập', private: 'Tư thục' }

export const DIFFICULT_AREA_NAMES: Readonly<Record<DifficultArea, string>> = {
  none: 'Không thuộc vùng khó khăn',
  difficult: 'Vùng khó khăn',
  extremelyDifficult: 'Vùng đặc biệt khó khăn',
}
