import type { SchoolKind } from '../kernel/unit-kinds.ts'
import type { DifficultArea, Ownership, SchoolLevel } from '../organisations/index.ts'

/** Everything of the province that is not a school. All names are made up and say so. */
export const PROVINCE = { id: 'so-minh-hoa', name: 'Minh Họa' } as const

export interface DistrictPlan {
  readonly id: string
  readonly name: string
  readonly symbol: string
  readonly place: string
}

export const DISTRICTS: readonly DistrictPlan[] = [
  { id: 'phong-mau-mot', name: 'huyện Mẫu Một', symbol: 'PGDMM', place: 'Mẫu Một' },
  { id: 'phong-mau-hai', name: 'thị xã Mẫu Hai', symbol: 'PGDMH', place: 'Mẫu Hai' },
]

/** Communes since 1 July 2025; `old` is the place name that documents of their schools bore before. */
export interface CommunePlan {
  readonly id: string
  readonly name: string
  readonly symbol: string
  readonly place: string
  readonly district: string
}

export const COMMUNES: readonly CommunePlan[] = [
  { id: 'xa-vi-du-dong', name: 'xã Ví Dụ Đông', symbol: 'VDD', place: 'Ví Dụ Đông', district: 'phong-mau-mot' },
  { id: 'xa-vi-du-nam', name: 'xã Ví Dụ Nam', symbol: 'VDN', place: 'Ví Dụ Nam', district: 'phong-mau-mot' },
  { id: 'xa-vi-du-bac', name: 'xã Ví Dụ Bắc', symbol: 'VDB', place: 'Ví Dụ Bắc', district: 'phong-mau-mot' },
  { id: 'phuong-vi-du-tay', name: 'phường Ví Dụ Tây', symbol: 'VDT', place: 'Ví Dụ Tây', district: 'phong-mau-hai' },
  { id: 'phuong-mau-moi', name: 'phường Mẫu Mới', symbol: 'MM', place: 'Mẫu Mới', district: 'phong-mau-hai' },
  { id: 'xa-mau-nui', name: 'xã Mẫu Núi', symbol: 'MN', place: 'Mẫu Núi', district: 'phong-mau-hai' },
  { id: 'dac-khu-thi-du', name: 'đặc khu Thí Dụ', symbol: 'TD', place: 'Thí Dụ', district: 'phong-mau-hai' },
]

/** Stages of a school's year in their order; `none`: it does not begin. */
const STAGES = [
  'none',
  'preparing',
  'council',
  'working',
  'agreed',
  'drafting',
  'consulting',
  'adopted',
  'published',
  'submitted',
  'reviewing',
  'returned',
  'accepted',
  'closed',
] as const
export type Stage = (typeof STAGES)[number]

/** How far a school gets in one year. */
export type Reach = Stage | 'cancelled'

/** Whether a year that gets so far comes through the stage; one that is called off comes through none. */
export const comesTo = (reach: Reach, stage: Stage): boolean =>
  reach !== 'cancelled' && STAGES.indexOf(reach) >= STAGES.indexOf(stage)

export interface SchoolPlan {
  readonly id: string
  readonly name: string
  readonly symbol: string
  readonly kind: SchoolKind
  readonly levels: readonly SchoolLevel[]
  readonly commune: string
  readonly ownership?: Ownership
  readonly area?: DifficultArea
  readonly campuses?: number
  /** Classes in each grade or age group. */
  readonly classes: number
  /** Oldest year first, the running year last. */
  readonly years: readonly [Reach, Reach, Reach]
  /** Level that the answers lead to; 3 by default. */
  readonly level?: 0 | 1 | 2 | 3
  /** The name it bore until the last day of July 2025. */
  readonly formerName?: string
  /** Merged into another school at the end of last year. */
  readonly merged?: boolean
}

type Short = Pick<SchoolPlan, 'commune' | 'classes' | 'years'> & Partial<SchoolPlan>

const KINDS = {
  mn: { kind: 'mam_non', levels: ['mam_non'], name: 'Trường Mầm non Mẫu Số', symbol: 'MNMS' },
  th: { kind: 'tieu_hoc', levels: ['tieu_hoc'], name: 'Trường Tiểu học Mẫu Số', symbol: 'THMS' },
  thcs: { kind: 'thcs', levels: ['thcs'], name: 'Trường THCS Ví Dụ', symbol: 'THCSVD' },
  thpt: { kind: 'thpt', levels: ['thpt'], name: 'Trường THPT Thí Dụ', symbol: 'THPTTD' },
} as const satisfies Record<string, Pick<SchoolPlan, 'kind' | 'levels' | 'name' | 'symbol'>>

const school = (kind: keyof typeof KINDS, no: number, rest: Short): SchoolPlan => ({
  id: `${kind}-${no}`,
  kind: KINDS[kind].kind,
  levels: KINDS[kind].levels,
  name: `${KINDS[kind].name} ${no}`,
  symbol: `${KINDS[kind].symbol}${no}`,
  ...rest,
})

/** The secondary school that is told in full: last year accepted and closed, the running year half-way. */
export const FULL_SECONDARY = school('thcs', 3, {
  commune: 'xa-vi-du-dong',
  classes: 4,
  level: 2,
  years: ['none', 'closed', 'working'],
})

/** The primary school that is told in full: its draft report lies open for comments. */
export const FULL_PRIMARY = school('th', 1, {
  commune: 'phuong-vi-du-tay',
  classes: 3,
  level: 2,
  years: ['none', 'none', 'consulting'],
})

/** The other schools: every kind, every state, private, renamed, merged, hard to reach. */
export const OTHER_SCHOOLS: readonly SchoolPlan[] = [
  school('th', 3, { commune: 'xa-vi-du-nam', classes: 2, years: ['none', 'accepted', 'returned'], level: 2 }),
  school('mn', 1, { commune: 'xa-vi-du-dong', classes: 1, years: ['closed', 'accepted', 'reviewing'] }),
  school('mn', 2, { commune: 'xa-vi-du-nam', classes: 1, years: ['none', 'accepted', 'accepted'], level: 1 }),
  school('mn', 3, {
    commune: 'phuong-vi-du-tay',
    classes: 2,
    years: ['none', 'accepted', 'agreed'],
    ownership: 'private',
    name: 'Trường Mầm non tư thục Ví Dụ Xanh',
    symbol: 'MNVDX',
  }),
  school('mn', 4, { commune: 'phuong-mau-moi', classes: 1, years: ['none', 'accepted', 'preparing'] }),
  school('mn', 5, {
    commune: 'xa-mau-nui',
    classes: 1,
    years: ['none', 'accepted', 'working'],
    area: 'extremelyDifficult',
    campuses: 4,
    level: 1,
  }),
  school('th', 2, { commune: 'xa-vi-du-dong', classes: 2, years: ['closed', 'accepted', 'submitted'] }),
  school('th', 4, {
    commune: 'xa-vi-du-bac',
    classes: 2,
    years: ['none', 'published', 'preparing'],
    formerName: 'Trường Tiểu học Thí Dụ Cũ',
    level: 1,
  }),
  school('th', 5, { commune: 'phuong-mau-moi', classes: 3, years: ['accepted', 'accepted', 'submitted'] }),
  school('th', 6, {
    commune: 'xa-mau-nui',
    classes: 1,
    years: ['none', 'submitted', 'council'],
    area: 'difficult',
    campuses: 3,
    level: 0,
  }),
  school('th', 7, { commune: 'dac-khu-thi-du', classes: 1, years: ['none', 'none', 'cancelled'] }),
  school('thcs', 1, { commune: 'xa-vi-du-nam', classes: 3, years: ['closed', 'accepted', 'drafting'], level: 2 }),
  school('thcs', 2, { commune: 'xa-vi-du-bac', classes: 2, years: ['none', 'accepted', 'working'], level: 1 }),
  school('thcs', 4, { commune: 'phuong-vi-du-tay', classes: 4, years: ['none', 'accepted', 'published'] }),
  school('thcs', 5, {
    commune: 'phuong-mau-moi',
    classes: 2,
    years: ['cancelled', 'none', 'none'],
    merged: true,
  }),
  school('thcs', 6, {
    commune: 'xa-mau-nui',
    classes: 2,
    years: ['none', 'none', 'working'],
    kind: 'pho_thong_nhieu_cap_hoc',
    levels: ['tieu_hoc', 'thcs'],
    name: 'Trường Tiểu học và THCS Mẫu Núi',
    symbol: 'THTHCSMN',
    area: 'difficult',
    campuses: 2,
    level: 1,
  }),
  school('thpt', 1, { commune: 'xa-vi-du-dong', classes: 5, years: ['closed', 'accepted', 'working'] }),
  school('thpt', 2, { commune: 'phuong-mau-moi', classes: 4, years: ['none', 'accepted', 'adopted'], level: 2 }),
  school('thpt', 3, {
    commune: 'phuong-vi-du-tay',
    classes: 2,
    years: ['none', 'none', 'drafting'],
    kind: 'pho_thong_nhieu_cap_hoc',
    levels: ['thcs', 'thpt'],
    name: 'Trường THCS và THPT Mẫu Liên Cấp',
    symbol: 'THPTMLC',
    ownership: 'private',
  }),
  school('thpt', 4, {
    commune: 'dac-khu-thi-du',
    classes: 2,
    years: ['none', 'none', 'preparing'],
    area: 'difficult',
  }),
  school('th', 8, { commune: 'xa-vi-du-bac', classes: 2, years: ['none', 'none', 'none'] }),
  school('mn', 6, { commune: 'dac-khu-thi-du', classes: 1, years: ['none', 'none', 'none'] }),
]

export const ALL_SCHOOLS: readonly SchoolPlan[] = [FULL_SECONDARY, FULL_PRIMARY, ...OTHER_SCHOOLS]

/** Upper secondary schools and those with upper secondary grades are managed by the Sở itself (process § 8). */
export const isUnderTheProvince = (plan: Pick<SchoolPlan, 'levels'>): boolean => plan.levels.includes('thpt')
