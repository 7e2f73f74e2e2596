/** The nine sections of a plan (CV 5932/5942 annex) by the part of its content that they hold. */
export type PlanSection =
  'purpose' | 'scope' | 'tools' | 'assignments' | 'training' | 'resources' | 'evidence' | 'experts' | 'timetable'

export interface SectionName {
  readonly key: PlanSection
  readonly no: string
  readonly name: string
  /** The word on the tab. */
  readonly short: string
  readonly slug: string
}

export const PLAN_SECTIONS: readonly SectionName[] = [
  { key: 'purpose', no: 'I', name: 'Mục đích', short: 'Mục đích', slug: 'muc-dich' },
  { key: 'scope', no: 'II', name: 'Phạm vi', short: 'Phạm vi', slug: 'pham-vi' },
  { key: 'tools', no: 'III', name: 'Công cụ', short: 'Công cụ', slug: 'cong-cu' },
  { key: 'assignments', no: 'IV', name: 'Hội đồng và phân công', short: 'Phân công', slug: 'phan-cong' },
  { key: 'training', no: 'V', name: 'Tập huấn', short: 'Tập huấn', slug: 'tap-huan' },
  { key: 'resources', no: 'VI', name: 'Nguồn lực', short: 'Nguồn lực', slug: 'nguon-luc' },
  { key: 'evidence', no: 'VII', name: 'Dự kiến minh chứng', short: 'Minh chứng', slug: 'minh-chung' },
  { key: 'experts', no: 'VIII', name: 'Chuyên gia', short: 'Chuyên gia', slug: 'chuyen-gia' },
  { key: 'timetable', no: 'IX', name: 'Thời gian biểu', short: 'Thời gian', slug: 'thoi-gian-bieu' },
]

const slugs = new Map(PLAN_SECTIONS.map(section => [section.key, section.slug]))

/** The section that an address names, `undefined` for any other word. */
export const sectionBySlug = (slug: string): SectionName | undefined =>
  PLAN_SECTIONS.find(section => section.slug === slug)

/** Address of a section's tab; section VII is shown standard by standard. */
export const sectionHref = (plan: string, section: PlanSection, standard?: string): string =>
  `${plan}/${slugs.get(section) ?? ''}${standard === undefined ? '' : `?tieuchuan=${standard}`}`
